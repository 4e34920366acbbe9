"""Trend of a series and change after an event, for any indicator or input of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indicators.errors import N_, Note, Severity
from indicators.model.period import Frequency, Period
from indicators.model.results import (
    Diagnostic,
    Intervention,
    Refusal,
    SeriesBreak,
    TrendResult,
)
from indicators.model.series import TOTAL, Breakdown, Series
from workbench.errors import WorkbenchError
from workbench.services.fitting import exposure_of, finished, no_values, window
from workbench.services.impacts import ImpactAnswer, impact
from workbench.services.result_fields import result_fields
from workbench.services.subjects import (
    POPULATION,
    Subject,
    breaks_touching,
    events_of,
    subject,
)

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = [
    "FamilyAnswer",
    "ImpactAnswer",
    "TrendAnswer",
    "impact",
    "result_fields",
    "trend",
    "trends_many",
]

_YEARLY = (Frequency.YEAR, Frequency.FISCAL, Frequency.MONTH, Frequency.QUARTER, Frequency.HALF)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendAnswer:
    """A trend with everything a chart and its sentences need.

    Attributes:
        result: the finding or the refusal.
        series: the values shown.
        subject: name, unit, pillar, detection, inputs.
        model: id of the model used.
        reason: why this model, translatable; empty when it was chosen by the person.
        population_used: code of the population behind the model, or empty.
        events, breaks: those of the area that lie in the window.
        fictitious: all data of the project are invented.
    """

    result: TrendResult | Refusal
    series: Series
    subject: Subject
    model: str
    reason: str = ""
    population_used: str = ""
    events: tuple[Intervention, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    fictitious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyAnswer:
    """Trends that are looked at together.

    Attributes:
        answers: those that could be fitted, largest change first; each result knows the family.
        refused: those that could not; they do not count in the family.
        family_size: how many were tested.
        adjustment: how the p-values were adjusted.
    """

    answers: tuple[TrendAnswer, ...]
    refused: tuple[TrendAnswer, ...]
    family_size: int
    adjustment: str = "benjamini_hochberg"


def trend(
    ws: Workspace,
    code: str,
    area: str,
    *,
    breakdown: Breakdown = TOTAL,
    model: str | None = None,
    frequency: Frequency | None = None,
    first: Period | None = None,
    last: Period | None = None,
    level: float = 0.95,
    use_population: bool | None = None,
    use_provisional: bool = True,
    cross_breaks: bool = False,
    stable_band: tuple[float, float] = (-1.0, 1.0),
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
    seed: int | None = None,
) -> TrendAnswer:
    """How fast an indicator or input changes.

    Args:
        ws: open project.
        code: indicator or variable code.
        area: area code.
        breakdown: the cut.
        model: id of ``TRENDS``; None takes the one proposed for the series.
        frequency: kind of period; None takes yearly values where there are any.
        first: first period of the window; None for the first of the series.
        last: last period of the window; None for the last of the series.
        level: confidence level.
        use_population: counts per head; None does so when the population of every period is known.
        use_provisional: whether a provisional last year enters the main estimate.
        cross_breaks: fit across breaks instead of from the last one.
        stable_band: percent a year that counts as no change.
        dataset: only source of an input.
        parameters: of the indicator's formula.
        options: further choices of the model (``max_joinpoints``, ``selection``, ``scale`` of
            ``joinpoint``, ``date`` of ``breaks``); without a model they name the one they are of.
        seed: of random models.

    Raises:
        WorkbenchError: the code is unknown, or the model has no such choice.
        IndicatorsError: the model is unknown.
    """
    from indicators.trends import TRENDS, recommendation

    given = {name: value for name, value in (options or {}).items() if value is not None}
    named = model or _model_with(given)

    wanted = (frequency,) if frequency else _YEARLY
    looked_at = subject(
        ws, code, area, breakdown, frequencies=wanted, dataset=dataset, parameters=parameters
    )
    shown = window(looked_at.series, first, last)
    fitted = window(looked_at.counts, first, last) if looked_at.counts is not None else shown
    proposed = recommendation(fitted)
    chosen = TRENDS[named or proposed.model]
    _check_options(chosen.id, given, chosen.options)
    if chosen.id != "count_trend":
        fitted = shown
    people, note = exposure_of(looked_at, fitted, use_population)
    breaks = breaks_touching(ws, looked_at)
    result = no_values(code, area) if not shown.periods else chosen.fit(
        fitted,
        population=people,
        level=level,
        breaks=breaks,
        use_provisional=use_provisional,
        cross_breaks=cross_breaks,
        stable_band=stable_band,
        seed=seed,
        **given,
    )  # fmt: skip
    is_count = chosen.id == "count_trend"
    return TrendAnswer(
        result=finished(result, looked_at, fitted, note if is_count else None),
        series=shown,
        subject=looked_at,
        model=chosen.id,
        reason="" if named else proposed.reason,
        population_used=POPULATION
        if is_count and people is not None and looked_at.counts is None
        else "",
        events=events_of(ws, looked_at),
        breaks=breaks,
        fictitious=ws.settings.fictitious,
    )


def _model_with(options: Mapping[str, object]) -> str | None:
    """The model whose choices these are, or None without any."""
    from indicators.trends import TRENDS

    if not options:
        return None
    return next((model.id for model in TRENDS if set(options) <= model.options), None)


def _check_options(model: str, given: Mapping[str, object], known: frozenset[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise WorkbenchError(
            N_("The model “{model}” has no choice “{option}”."),
            hint=N_("Leave it out, or choose another model."),
            model=model,
            option=unknown[0],
        )


def trends_many(
    ws: Workspace,
    code: str,
    area: str,
    *,
    dimension: str | None = None,
    areas: Sequence[str] = (),
    model: str | None = None,
    first: Period | None = None,
    last: Period | None = None,
    level: float = 0.95,
    use_provisional: bool = True,
    cross_breaks: bool = False,
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
    seed: int | None = None,
) -> FamilyAnswer:
    """The trends of all parts that are looked at together, with adjusted p-values.

    Benjamini-Hochberg over the series that could be tested; refused ones do not count and are
    listed. A change that is clear alone and not in the family carries a caution.

    Args:
        ws: open project.
        code: indicator or variable code.
        area: area code; with ``areas`` only those are looked at.
        dimension: every code of it that has values.
        areas: area codes, instead of a dimension.
        model: one model for all; None proposes it series by series.
        first: first period of the window.
        last: last period of the window.
        level: confidence level.
        use_provisional: whether a provisional last period enters.
        cross_breaks: fit across breaks.
        dataset: only source of an input.
        parameters: of the indicator's formula.
        seed: of random models.

    Raises:
        WorkbenchError: the code is unknown, or there is nothing to look at together.
    """
    places = tuple((place, TOTAL) for place in areas) or tuple(
        (area, cut) for cut in _cuts(ws, code, area, dimension or "")
    )
    if not places:
        raise WorkbenchError(
            N_("{code} has no values by “{dimension}” in {area}."),
            code=code,
            dimension=dimension or "",
            area=area,
        )
    answers = [
        trend(
            ws, code, place, breakdown=cut, model=model, first=first, last=last, level=level,
            use_provisional=use_provisional, cross_breaks=cross_breaks, dataset=dataset,
            parameters=parameters, seed=seed,
        )
        for place, cut in places
    ]  # fmt: skip
    return _family(answers, level)


def _cuts(ws: Workspace, code: str, area: str, dimension: str) -> tuple[Breakdown, ...]:
    """The cuts by one dimension alone for which the inputs of a code have values."""
    from workbench.services import observations

    inputs = subject(ws, code, area).variables or (code,)
    found = {
        row.breakdown
        for variable in inputs
        for row in observations.series_list(ws, variable=variable, area=area)
        if [name for name, _ in row.breakdown.dims] == [dimension]
    }
    return tuple(sorted(found))


def _family(answers: Sequence[TrendAnswer], level: float) -> FamilyAnswer:
    import numpy as np

    from indicators.stats.multiplicity import benjamini_hochberg

    fitted = [item for item in answers if isinstance(item.result, TrendResult)]
    tested = [item for item in fitted if item.result.p_value is not None]  # type: ignore[union-attr]
    p_values = np.array([item.result.p_value for item in tested], dtype=np.float64)  # type: ignore[union-attr]
    adjusted = dict(zip(map(id, tested), benjamini_hochberg(p_values).tolist(), strict=True))
    told = [
        replace(item, result=_adjusted(item.result, adjusted.get(id(item)), len(tested), level))
        for item in fitted
        if isinstance(item.result, TrendResult)
    ]
    told.sort(key=lambda item: -abs(getattr(item.result, "estimate", 0.0)))
    return FamilyAnswer(
        answers=tuple(told),
        refused=tuple(item for item in answers if isinstance(item.result, Refusal)),
        family_size=len(tested),
    )


def _adjusted(
    result: TrendResult, p_value: float | None, family: int, level: float
) -> TrendResult:
    """A result that knows how many others it was looked at with."""
    if p_value is None:
        return replace(result, family_size=family)
    warnings = result.warnings
    if result.p_value is not None and result.p_value < 1 - level <= p_value:
        warnings = (
            *warnings,
            Note(
                code="unclear_in_family",
                text=N_(
                    "Looked at by itself the change is clear; among the {count} looked at "
                    "together it can be chance."
                ),
                severity=Severity.WARN,
                data={"count": family},
            ),
        )
    return replace(
        result,
        family_size=family,
        warnings=warnings,
        diagnostics=(*result.diagnostics, Diagnostic(name="adjusted_p", value=p_value)),
    )
