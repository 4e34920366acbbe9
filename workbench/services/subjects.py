"""What an analysis looks at: an indicator or an input as one series, with all that touches it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from indicators.model.codes import Flags, Kind, Pillar, Status
from indicators.model.definition import Indicator, LocalText, Variable
from indicators.model.period import Frequency, Period
from indicators.model.results import IndicatorSeries, IndicatorValue, Intervention, SeriesBreak
from indicators.model.series import TOTAL, Breakdown, Series
from indicators.stats.points import touching
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

POPULATION = "pop_total"
SHOCK = "shock"
"""Kind of the events that enter a model as a pulse of their own."""
_MATCHED = ("SEX", "AGE")
"""Dimensions in which victims are put over their own part of the population."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One series and what a reader must know of it.

    Attributes:
        code: indicator or variable code.
        area, breakdown: the series.
        name: label in the languages known (at least ``en``).
        unit: key of the unit of the values shown.
        pillar: of an indicator, else None.
        detection: whether a rise may mean better detection.
        variables: codes behind the values.
        series: the values shown.
        counts: the whole counts behind a rate, for models of counts; None when the series itself
            is to be fitted.
        exposure: population of each period of ``counts`` or ``series``; None when unknown.
        per_count: value shown of one count, by period; empty when ``counts`` is None.
    """

    code: str
    area: str
    breakdown: Breakdown
    name: LocalText | Mapping[str, str]
    unit: str
    series: Series
    variables: tuple[str, ...]
    pillar: Pillar | None = None
    detection: bool = False
    counts: Series | None = None
    exposure: Series | None = None
    per_count: Mapping[int, float] | None = None


def subject(
    ws: Workspace,
    code: str,
    area: str,
    breakdown: Breakdown = TOTAL,
    *,
    frequencies: Sequence[Frequency] = (Frequency.YEAR,),
    around: Period | None = None,
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Subject:
    """The series of an indicator or of an input.

    Args:
        ws: open project.
        code: indicator code or variable code.
        area: area code.
        breakdown: the cut.
        frequencies: kinds of period to try, best first; indicators are yearly.
        around: a date; periods that lie on both sides of it are preferred.
        dataset: only source of an input, or None for all.
        parameters: of the indicator's formula.

    Raises:
        WorkbenchError: neither an indicator nor an input of the project.
    """
    from workbench.services import observations, packs

    catalogue = packs.catalogue(ws)
    if code in catalogue.indicators:
        indicator = catalogue.indicators[code]
        return _of_indicator(ws, indicator, area, breakdown, parameters, catalogue.variables)
    variable = catalogue.variables.get(code)
    _known(ws, code, variable)
    found = [
        observations.series(ws, code, area, breakdown, frequency=frequency, dataset=dataset)
        for frequency in frequencies
    ]
    return _of_variable(ws, _preferred(found, around), variable)


def _known(ws: Workspace, code: str, variable: Variable | None) -> None:
    from workbench.services import observations

    if variable is None and code not in {row.code for row in observations.variables(ws)}:
        raise WorkbenchError(
            N_("There is no indicator and no input “{code}”."),
            hint=N_("List them with: tip-workbench indicators"),
            code=code,
        )


def _preferred(found: Sequence[Series], around: Period | None) -> Series:
    """The first series with values on both sides of a date, else the first with values."""
    filled = [series for series in found if series.periods]
    if around is not None:
        date = around.decimal_year
        for series in filled:
            if series.periods[0].decimal_year < date <= series.periods[-1].decimal_year:
                return series
    return filled[0] if filled else found[0]


def _of_variable(ws: Workspace, series: Series, variable: Variable | None) -> Subject:
    code = series.variable
    is_people = code == POPULATION
    return Subject(
        code=code,
        area=series.area,
        breakdown=series.breakdown,
        name=variable.name if variable else {"en": code},
        unit=series.unit or (variable.unit if variable else ""),
        series=series,
        variables=(code,),
        detection=bool(variable and variable.detection),
        exposure=None if is_people else population(ws, series.area, series.breakdown),
    )


def population(ws: Workspace, area: str, breakdown: Breakdown) -> Series | None:
    """Population of an area: of the same sex and age where it is known, else of all."""
    from workbench.services import observations

    part = breakdown.without(*(dim for dim, _ in breakdown.dims if dim not in _MATCHED))
    for cut in dict.fromkeys((part, TOTAL)):
        series = observations.series(ws, POPULATION, area, cut)
        if series.periods:
            return series
    return None


def _of_indicator(
    ws: Workspace,
    indicator: Indicator,
    area: str,
    breakdown: Breakdown,
    parameters: Mapping[str, str] | None,
    variables: Mapping[str, Variable],
) -> Subject:
    from workbench.services import indicators

    computed = indicators.compute(
        ws, [indicator.code], areas=[area], breakdowns=[breakdown], parameters=parameters
    )
    values = computed[0].values if computed else ()
    inputs = computed[0].variables if computed else ()
    kept = _trimmed(values)
    counts, exposure, per_count = (None, None, None)
    if indicator.kind is Kind.RATE and computed:
        counts, exposure, per_count = _counts_behind(computed[0], kept, indicator.per)
    return Subject(
        code=indicator.code,
        area=area,
        breakdown=breakdown,
        name=indicator.name,
        unit=indicator.unit,
        series=_series(indicator.code, area, breakdown, indicator.unit, kept),
        variables=inputs,
        pillar=indicator.pillar,
        detection=any(code in variables and variables[code].detection for code in inputs),
        counts=counts,
        exposure=exposure,
        per_count=per_count,
    )


def _trimmed(values: Sequence[IndicatorValue]) -> tuple[IndicatorValue, ...]:
    """The values from the first to the last that is not missing."""
    here = [i for i, value in enumerate(values) if value.status is not Status.M]
    return tuple(values[here[0] : here[-1] + 1]) if here else ()


def _series(
    code: str, area: str, breakdown: Breakdown, unit: str, values: Sequence[IndicatorValue]
) -> Series:
    bounded = [value.status is Status.S for value in values]
    return Series(
        variable=code,
        area=area,
        unit=unit,
        periods=tuple(value.period for value in values),
        values=_numbers([value.value for value in values]),
        low=_numbers([v.low if b else None for v, b in zip(values, bounded, strict=True)]),
        high=_numbers([v.high if b else None for v, b in zip(values, bounded, strict=True)]),
        status=np.array([value.status for value in values], dtype=np.int64),
        flags=np.array([Flags.of_letters(value.flags) for value in values], dtype=np.int64),
        breakdown=breakdown,
        vintages=tuple(sorted({id_ for value in values for id_ in value.vintages})),
    )


def _numbers(values: Sequence[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _counts_behind(
    computed: IndicatorSeries, values: Sequence[IndicatorValue], per: float
) -> tuple[Series, Series, Mapping[int, float]] | tuple[None, None, None]:
    """The counts and the population behind a rate, when every one is known and whole."""
    usable = [value for value in values if value.denominator]
    if len(usable) != len([v for v in values if v.status is not Status.M]) or not usable:
        return None, None, None
    shares = {v.period.code: per / float(v.denominator or np.nan) for v in usable}
    counts = [_count(value, shares[value.period.code]) for value in usable]
    known = [count for count in counts if count.value is not None]
    if any(abs(float(c.value or 0) - round(float(c.value or 0))) > 1e-9 for c in known):
        return None, None, None
    series = _series(computed.code, computed.area, computed.breakdown, "cases", counts)
    people = [
        IndicatorValue(period=value.period, value=value.denominator, vintages=value.vintages)
        for value in usable
    ]
    exposure = _series(POPULATION, computed.area, computed.breakdown, "persons", people)
    return series, exposure, shares


def _count(value: IndicatorValue, share: float) -> IndicatorValue:
    is_range = value.status is Status.S and value.low is not None and value.high is not None
    return IndicatorValue(
        period=value.period,
        value=None if is_range else value.numerator,
        low=round(float(value.low or 0) / share) if is_range else None,
        high=round(float(value.high or 0) / share) if is_range else None,
        status=value.status,
        flags=value.flags,
        vintages=value.vintages,
    )


def breaks_touching(ws: Workspace, looked_at: Subject) -> tuple[SeriesBreak, ...]:
    """The project's breaks that touch the inputs of a subject in its area."""
    from workbench.services import events

    return touching(events.breaks(ws), looked_at.variables, looked_at.area)


def events_of(ws: Workspace, looked_at: Subject) -> tuple[Intervention, ...]:
    """The project's events of the whole country or of the subject's area, in order of time."""
    from workbench.services import events

    found = [
        event
        for event in events.events(ws)
        if event.area in (None, looked_at.area) and _inside(event, looked_at.series.periods)
    ]
    return tuple(sorted(found, key=lambda event: (event.start.decimal_year, event.id)))


def _inside(event: Intervention, periods: Sequence[Period]) -> bool:
    if not periods:
        return False
    last = periods[-1].shift(1).decimal_year
    return periods[0].decimal_year <= event.start.decimal_year < last


def is_about(event: Intervention, variables: Sequence[str]) -> bool:
    """Whether an event is expected to touch one of the variables (or does not say)."""
    return not event.variables or bool(set(event.variables) & set(variables))
