"""From a series to the points a model may use: states, breaks, provisional end, real time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency, Period
from indicators.model.results import SeriesBreak
from indicators.model.series import Series

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Usable points in order of time; arrays have shape ``(n,)``.

    Attributes:
        periods: their periods.
        time: real time axis in periods of the series' frequency.
        value: nan where the count is only known as a range.
        low, high: bounds; equal to the value where it is known.
        censored: where only the bounds are known.
        provisional: flagged P.
        missing: periods between first and last without a usable value (not applicable is not
            missing).
        breaks_crossed: ids of breaks inside the window.
        since: the break from which the points begin, or None.
        population: exposure of each point, or None.
    """

    periods: tuple[Period, ...]
    time: Floats
    value: Floats
    low: Floats
    high: Floats
    censored: Marks
    provisional: Marks
    missing: tuple[Period, ...] = ()
    breaks_crossed: tuple[str, ...] = ()
    since: SeriesBreak | None = None
    population: Floats | None = None

    @property
    def n(self) -> int:
        """How many points."""
        return len(self.periods)

    @property
    def exact(self) -> int:
        """How many points have a known value."""
        return self.n - int(self.censored.sum())

    def take(self, keep: Marks) -> Points:
        """The points where ``keep`` is true; everything else stays."""
        return replace(
            self,
            periods=tuple(p for p, kept in zip(self.periods, keep, strict=True) if kept),
            time=self.time[keep],
            value=self.value[keep],
            low=self.low[keep],
            high=self.high[keep],
            censored=self.censored[keep],
            provisional=self.provisional[keep],
            population=None if self.population is None else self.population[keep],
        )

    def without_provisional_end(self) -> Points:
        """The points without the provisional ones at the end, nor the gaps just before those."""
        last = self.n
        while last and self.provisional[last - 1]:
            last -= 1
        kept = self.take(np.arange(self.n) < last)
        end = kept.periods[-1].code if last else 0
        return replace(kept, missing=tuple(p for p in self.missing if p.code < end))


def usable(series: Series, population: Series | None = None) -> Points:
    """Points with a value, a confirmed zero or bounds; everything else is left out.

    A suppressed point without bounds cannot be used. Population is matched by period, monthly
    points by their year; nan where there is none.
    """
    state = series.status
    value = np.where(state == Status.Z, 0.0, series.values)
    exact = np.isin(state, (Status.A, Status.Z)) & np.isfinite(value)
    censored = (state == Status.S) & np.isfinite(series.low) & np.isfinite(series.high)
    keep = exact | censored
    everything = Points(
        periods=series.periods,
        time=series.ordinals,
        value=np.where(exact, value, np.nan),
        low=np.where(exact, value, series.low),
        high=np.where(exact, value, series.high),
        censored=censored,
        provisional=(series.flags & int(Flags.P)) != 0,
        population=None if population is None else _matched(series.periods, population),
    )
    points = everything.take(keep)
    return replace(points, missing=_gaps(series, points.periods))


def _matched(periods: Sequence[Period], population: Series) -> Floats:
    known = {
        period.code: float(value)
        for period, value in zip(population.periods, population.values, strict=True)
        if value > 0
    }
    found = [known.get(p.code, known.get(p.year * 100, np.nan)) for p in periods]
    return np.array(found, dtype=np.float64)


def _gaps(series: Series, used: tuple[Period, ...]) -> tuple[Period, ...]:
    if not used:
        return ()
    have = {period.code for period in used} | {
        period.code
        for period, state in zip(series.periods, series.status, strict=True)
        if state == Status.X
    }
    length = used[-1].ordinal - used[0].ordinal
    between = (used[0].shift(step) for step in range(1, length))
    return tuple(period for period in between if period.code not in have)


def breaks_of(series: Series, breaks: Sequence[SeriesBreak]) -> tuple[SeriesBreak, ...]:
    """The breaks given and those flagged B in the series, in order of time, one a date.

    The breaks given are taken to touch the series; ``touching`` picks them from all.
    """
    flagged = [
        SeriesBreak(id=f"flag-{period}", start=period, text={"en": "break flagged in the data"})
        for period, flags in zip(series.periods, series.flags, strict=True)
        if int(flags) & int(Flags.B)
    ]
    result: dict[float, SeriesBreak] = {}
    for item in (*breaks, *flagged):
        result.setdefault(item.start.decimal_year, item)
    return tuple(result[date] for date in sorted(result))


def touching(
    breaks: Sequence[SeriesBreak], variables: Sequence[str], area: str
) -> tuple[SeriesBreak, ...]:
    """The breaks that touch one of the variables in the area; an empty list touches all."""
    return tuple(
        item
        for item in breaks
        if (not item.variables or set(item.variables) & set(variables))
        and (not item.areas or area in item.areas)
    )


def windowed(points: Points, breaks: Sequence[SeriesBreak], *, cross: bool = False) -> Points:
    """The points from the last break on, or all of them with the breaks named.

    A break before the first or after the last point touches nothing.
    """
    dates = np.array([period.decimal_year for period in points.periods])
    inside = [
        item for item in breaks if points.n and dates[0] < item.start.decimal_year <= dates[-1]
    ]
    if not inside:
        return points
    if cross:
        return replace(points, breaks_crossed=tuple(item.id for item in inside))
    last = inside[-1]
    kept = points.take(dates >= last.start.decimal_year)
    first = kept.periods[0].code
    return replace(kept, since=last, missing=tuple(p for p in points.missing if p.code > first))


def is_yearly(series: Series) -> bool:
    """Whether the series has one value a year, calendar or fiscal."""
    return all(p.frequency in (Frequency.YEAR, Frequency.FISCAL) for p in series.periods)


def data_hash(points: Points, unit: str = "") -> str:
    """SHA-256 of periods, values, bounds, states and population used."""
    digest = hashlib.sha256(unit.encode())
    digest.update(np.array([p.code for p in points.periods], dtype="<i8").tobytes())
    parts = [points.value, points.low, points.high]
    if points.population is not None:
        parts.append(points.population)
    for part in parts:
        digest.update(np.where(np.isnan(part), np.float64(np.nan), part).astype("<f8").tobytes())
    digest.update(points.censored.astype("u1").tobytes())
    digest.update(points.provisional.astype("u1").tobytes())
    return digest.hexdigest()
