"""Between a subject and a model: the window looked at, its population, the unit of its lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from indicators.errors import N_, Note
from indicators.model.period import Period
from indicators.model.results import FittedPoint, ImpactResult, ModelResult, Refusal
from indicators.model.series import Series
from workbench.services.subjects import Subject

Result = TypeVar("Result", bound=ModelResult)
"""Either kind of finding."""

PER_HEAD = frozenset(("persons", "cases", "offences"))
"""What is counted per head of the population unless the person says otherwise."""


def no_values(code: str, area: str) -> Refusal:
    """The refusal of a series without any period."""
    return Refusal(
        code="no_values",
        text=N_("There are no values of {code} for {area}."),
        found=0,
        data={"code": code, "area": area},
    )


def window(series: Series, first: Period | None, last: Period | None) -> Series:
    """The part of a series between two periods; years bound months too."""
    if first is None and last is None:
        return series
    low = -math.inf if first is None else first.decimal_year
    high = math.inf if last is None else last.shift(1).decimal_year
    keep = [low <= period.decimal_year < high for period in series.periods]
    return replace(
        series,
        periods=tuple(p for p, kept in zip(series.periods, keep, strict=True) if kept),
        values=series.values[keep],
        low=series.low[keep],
        high=series.high[keep],
        status=series.status[keep],
        flags=series.flags[keep],
    )


def exposure_of(
    looked_at: Subject, fitted: Series, wanted: bool | None
) -> tuple[Series | None, Note | None]:
    """The population for a model of counts and what a reader must be told about it."""
    from indicators.stats.points import usable
    from indicators.trends import is_count

    if wanted is False or not is_count(fitted):
        return None, None
    if wanted is None and (fitted.unit not in PER_HEAD or looked_at.code.startswith("pop_")):
        return None, None
    people = looked_at.exposure
    if people is not None:
        points = usable(fitted, people)
        is_known = points.population is not None and not any(
            math.isnan(value) for value in points.population.tolist()
        )
        if is_known and looked_at.counts is not None:
            return people, None  # a rate: its own base is the exposure, and its unit says so
        if is_known or wanted:
            return people, Note(
                code="per_population", text=N_("The change is counted per head of the population.")
            )
    return None, Note(
        code="no_population",
        text=N_(
            "The population of some years is not known here: the change is that of the numbers "
            "themselves."
        ),
    )


def finished(
    result: Result | Refusal, looked_at: Subject, fitted: Series, note: Note | None
) -> Result | Refusal:
    """The result with its note, and its lines in the unit shown."""
    if isinstance(result, Refusal):
        return result
    noted = result if note is None else replace(result, warnings=(*result.warnings, note))
    if not looked_at.per_count or fitted.unit == looked_at.unit:
        return noted
    scaled = replace(noted, fitted=_scaled(noted.fitted, looked_at.per_count))
    if isinstance(scaled, ImpactResult):
        return replace(scaled, counterfactual=_scaled(scaled.counterfactual, looked_at.per_count))
    return scaled


def _scaled(points: Sequence[FittedPoint], factor: Mapping[int, float]) -> tuple[FittedPoint, ...]:
    return tuple(
        replace(
            point,
            value=point.value * factor[point.period.code],
            low=None if point.low is None else point.low * factor[point.period.code],
            high=None if point.high is None else point.high * factor[point.period.code],
        )
        for point in points
    )
