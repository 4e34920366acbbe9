"""Results: indicator values, trends, impacts and refusals. Values are in the unit shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.errors import Note
from indicators.model.codes import Outcome, Pillar, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate with its limits, all in one unit; nan where there is none."""

    estimate: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A normal result: the data cannot answer.

    Attributes:
        code: ``too_few_points``, ``zero_on_log_scale``, ``censored_at_end`` ...
        text: English template marked with ``N_``; fields are ``found``, ``needed`` and ``data``.
        found: how much there is, in the unit of the sentence.
        needed: what would be enough.
        data: further fields.
    """

    code: str
    text: str
    found: float | None = None
    needed: float | None = None
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue:
    """One value of an indicator.

    Attributes:
        period: reference period.
        value: in the unit shown; None when the status is not A or Z.
        low, high: limits of the range, or the bounds of a suppressed result; None without.
        numerator, denominator: what was divided; None where the kind has none or they are missing.
        status: as for observations; S carries low and high and no value.
        reason: why there is no value, or None: ``Note`` with codes such as ``missing_input``,
            ``no_cases``, ``zero_population``.
        notes: cautions of this value (``small_denominator``, ``provisional`` ...).
        flags: union of the flags of the inputs, as letters.
        vintages: ids of the deliveries behind the inputs.
    """

    period: Period
    value: float | None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: Status = Status.A
    reason: Note | None = None
    notes: tuple[Note, ...] = ()
    flags: str = ""
    vintages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSeries:
    """An indicator for one area and breakdown, ordered by period.

    Attributes:
        code: indicator code.
        area: area code.
        breakdown: the cut asked for.
        unit: unit key.
        whole_population: True when a dimension of the numerator was put over the total of the
            denominator, which the unit text then says.
        level: confidence level of the ranges.
        method: rule of the range (``wilson``, ``poisson`` ...).
        values: one entry a period.
        variables: codes of the inputs.
        definition_digest: hash of the definition used.
    """

    code: str
    area: str
    unit: str
    method: str
    values: tuple[IndicatorValue, ...]
    breakdown: Breakdown = TOTAL
    whole_population: bool = False
    level: float = 0.95
    variables: tuple[str, ...] = ()
    definition_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """A dated event: law, plan, shelter, campaign, shock.

    Attributes:
        id: stable identifier such as ``law_2011``.
        name: label as entered, by language (at least ``en``).
        kind: law, plan, campaign, programme, budget, shock or other.
        start: first period in force.
        end: last period, for pulses; None while it lasts.
        area: area code or None for the whole country.
        pillar: pillar it serves, or None.
        recommendations: numbers 1-10.
        delay: periods until an effect can be expected.
        document: reference to the text of the law or plan.
        variables: codes it is expected to touch (empty: not said).
    """

    id: str
    name: Mapping[str, str]
    kind: str
    start: Period
    end: Period | None = None
    area: str | None = None
    pillar: Pillar | None = None
    recommendations: tuple[int, ...] = ()
    delay: int = 0
    document: str = ""
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """A dated change of definition, boundary or counting.

    Attributes:
        id: stable identifier.
        start: first period counted the new way.
        text: what changed, by language (at least ``en``).
        kind: definition, boundary, counting or currency.
        variables: codes it touches; empty means all of the areas.
        areas: area codes it touches; empty means all.
    """

    id: str
    start: Period
    text: Mapping[str, str]
    kind: str = "definition"
    variables: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A number that tells how well the model fits."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedPoint:
    """A point of a line with its band, in the unit of the series."""

    period: Period
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of steady change in percent a year (or units a year)."""

    first: Period
    last: Period
    apc: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelResult:
    """Fields that every fitted model carries (methods.md section 0).

    Attributes:
        outcome: the one thing the statement says.
        method, method_version: id in the registry and its version.
        estimate, low, high: main estimate with limits, in ``unit``.
        level: confidence level.
        p_value: two-sided, or None.
        unit: unit of the estimate (``percent a year``, ``percent``, ``log`` ...).
        transformation: ``log``, ``identity`` ...
        covariance: how standard errors were made (``quasi-poisson``, ``ols``, ``hac`` ...).
        df: residual degrees of freedom, or None.
        n: points used; first and last period used.
        missing: periods between first and last without a usable value.
        provisional_used: whether a provisional last period was used.
        censored_used: how many suppressed points entered as intervals.
        breaks_crossed: ids of breaks inside the window.
        family_size: number of series looked at together.
        assumptions: translatable sentences.
        diagnostics, warnings: numbers and remarks.
        fitted: line with band over the periods of the series.
        seed: seed of random methods.
        data_hash: SHA-256 of periods, values, bounds and states used.
        vintages: deliveries behind the data.
    """

    outcome: Outcome
    method: str
    method_version: str
    estimate: float
    low: float
    high: float
    unit: str
    n: int
    first: Period
    last: Period
    level: float = 0.95
    p_value: float | None = None
    transformation: str = "identity"
    covariance: str = ""
    df: int | None = None
    missing: tuple[Period, ...] = ()
    provisional_used: bool = False
    censored_used: int = 0
    breaks_crossed: tuple[str, ...] = ()
    family_size: int = 1
    assumptions: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    warnings: tuple[Note, ...] = ()
    fitted: tuple[FittedPoint, ...] = ()
    seed: int | None = None
    data_hash: str = ""
    vintages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendResult(ModelResult):
    """The change of a series over time; ``segments`` has one entry without change points.

    Attributes:
        without_provisional: estimate without the provisional last period, or None.
    """

    segments: tuple[Segment, ...] = ()
    without_provisional: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """The estimate at a date when nothing happened."""

    start: Period
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactResult(ModelResult):
    """What changed after an event, against where the series was heading.

    ``estimate`` is the level change in percent (count models) or units.

    Attributes:
        event: id of the intervention.
        start: first period after the event.
        slope: change of slope in percent a period, or None when the model has none.
        counterfactual: expected without the event, with prediction band.
        effect_total: events more (fewer) than expected over the periods after, with limits.
        rivals: ids of other events in the window.
        pulses: estimates of known pulses (a pandemic year), by event id, in percent.
        smallest_detectable: smallest change in percent that this series could show, or None.
        placebos: estimates at false dates before the event.
        leave_one_out: lowest and highest estimate when one period is left out, or None.
    """

    event: str = ""
    start: Period | None = None
    slope: Interval | None = None
    counterfactual: tuple[FittedPoint, ...] = ()
    effect_total: Interval | None = None
    rivals: tuple[str, ...] = ()
    pulses: Mapping[str, Interval] = field(default_factory=dict)
    smallest_detectable: float | None = None
    placebos: tuple[Placebo, ...] = ()
    leave_one_out: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrevalenceModel:
    """One model of overlapping lists.

    Attributes:
        terms: pairs of lists that are not independent, written ``A*B``.
        estimate, low, high: total with the limits given this model.
        aic: the smaller, the better the model fits for its size.
    """

    terms: tuple[str, ...]
    estimate: float
    low: float
    high: float
    aic: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrevalenceResult:
    """How many persons there are in all, those on no list included; never one bare number.

    Attributes:
        method, method_version: ``loglinear`` or ``two_lists`` and its version.
        lists: names of the lists.
        observed: persons on at least one list.
        estimate: total by the chosen model.
        low, high: limits given that model where it was decided on beforehand; else those that
            repeat the choice of the model, where there are any.
        level: confidence level.
        given_model: limits as if the chosen model had been known; None for two lists.
        terms: pairs of lists with a term in the chosen model.
        criterion: by which it was chosen (``aic``, ``bic_cells``, ``bic_cases``), ``given``, or
            ``none`` for two lists.
        spread: least and greatest total over all models within 2 AIC of the best, or None.
        resampled: limits that repeat the choice of the model, or None when too many repeats
            failed.
        repeats, seed: of those limits.
        models: the models within 2 AIC, best first.
        models_tried: how many were tried; ``models_refused`` of them had no finite or no single
            estimate.
        publishable: False when a guard says that the number must not be quoted.
        assumptions: translatable sentences.
        warnings: remarks, the grave ones first.
        diagnostics: AIC, BIC and overlaps of the chosen model.
        data_hash: SHA-256 of lists and counts.
    """

    method: str
    method_version: str
    lists: tuple[str, ...]
    observed: float
    estimate: float
    low: float
    high: float
    level: float = 0.95
    terms: tuple[str, ...] = ()
    criterion: str = "aic"
    given_model: tuple[float, float] | None = None
    spread: tuple[float, float] | None = None
    resampled: tuple[float, float] | None = None
    repeats: int = 0
    seed: int | None = None
    models: tuple[PrevalenceModel, ...] = ()
    models_tried: int = 1
    models_refused: int = 0
    publishable: bool = True
    assumptions: tuple[str, ...] = ()
    warnings: tuple[Note, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    data_hash: str = ""
