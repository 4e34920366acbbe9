"""The chart of the very first page: an illustration with invented numbers that shows the signs of doubt.

It is painted before anything heavy is loaded, so nothing is computed for it; its caption says that
the data are fictitious.
"""

from __future__ import annotations

import math

from workbench.i18n import _
from workbench.presenting.spec import (
    Axis,
    Band,
    Chart,
    Event,
    Label,
    Line,
    Point,
    Points,
    RangeBar,
    Role,
    Shape,
    Tick,
)

FIRST_YEAR = 2006
VALUES = (5, 7, None, 8, 7, 9, 11, 13, 12, 16, 18, 17, 21, 24, 15, 26, 29, 33, 34)
START, GROWTH = 5.9, 1.1
"""Fitted value of the first year and yearly factor."""
_LOW_START, _LOW_END, _HIGH_START, _HIGH_END = 0.74, 0.84, 1.38, 1.26


def first_chart() -> Chart:
    """Persons convicted for forced labour in the sample country, with its trend and band."""
    years = tuple(range(FIRST_YEAR, FIRST_YEAR + len(VALUES)))
    fitted = tuple(START * GROWTH**index for index in range(len(VALUES)))
    count = len(VALUES) - 1
    lows = tuple(
        fit * (_LOW_START + (_LOW_END - _LOW_START) * index / count)
        for index, fit in enumerate(fitted)
    )
    highs = tuple(
        fit * (_HIGH_START + (_HIGH_END - _HIGH_START) * index / count)
        for index, fit in enumerate(fitted)
    )
    role = Role.PROSECUTION
    points = tuple(
        Point(x=float(year), y=math.nan if value is None else float(value), hollow=year == 2024)
        for year, value in zip(years, VALUES, strict=True)
    )
    xs = tuple(float(year) for year in years)
    return Chart(
        title=_("Persons convicted, forced labour"),
        subtitle="",
        x=Axis(low=2004.4, high=2024.6, ticks=_ticks((2005, 2015, 2024))),
        y=Axis(low=0, high=50, ticks=_ticks((0, 25, 50))),
        bands=(Band(xs=xs, lows=lows, highs=highs, role=role),),
        lines=(Line(xs=xs, ys=fitted, role=role),),
        ranges=(RangeBar(x=2005, low=1, high=4, role=role, label="‹5"),),
        points=(Points(points=points, role=role, shape=Shape.SQUARE),),
        events=(Event(x=2011, label=_("Law of 2011")),),
        labels=(Label(x=2024, y=34, text="34", role=role),),
        description=_("A line that rises from about 6 in 2006 to about 34 in 2024."),
    )


def _ticks(positions: tuple[int, ...]) -> tuple[Tick, ...]:
    return tuple(Tick(position=float(value), label=str(value)) for value in positions)
