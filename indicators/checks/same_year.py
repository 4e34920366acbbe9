"""How often a later step exceeds the earlier one of the same year: one remark for all places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.checks.model import CheckInput
from indicators.checks.rules import STAGES, Stage
from indicators.errors import C_, Note
from indicators.model.codes import Status
from indicators.model.period import Frequency, Period
from indicators.model.series import TOTAL, Cube

MOST_NAMED = 8
"""Examples that are named, the largest excess first."""
_COUNTRIES = C_(
    "In {count} of {total} country-year ({share} %) more people were convicted than "
    "prosecuted in the same year: {examples}. They are different people, so read "
    "conviction by PRS-05 or PRS-06 and not by PRS-04.",
    "In {count} of {total} country-years ({share} %) more people were convicted than "
    "prosecuted in the same year: {examples}. They are different people, so read "
    "conviction by PRS-05 or PRS-06 and not by PRS-04.",
    by="total",
)
_YEARS = C_(
    "In {count} of {total} year ({share} %) more people were convicted than "
    "prosecuted in the same year: {examples}. They are different people, so read "
    "conviction by PRS-05 or PRS-06 and not by PRS-04.",
    "In {count} of {total} years ({share} %) more people were convicted than "
    "prosecuted in the same year: {examples}. They are different people, so read "
    "conviction by PRS-05 or PRS-06 and not by PRS-04.",
    by="total",
)


def convicted_in_the_same_year(checked: CheckInput) -> tuple[Note, ...]:
    """The share of country-years in which more people are convicted than prosecuted.

    Only the total cells of countries count, and only where both numbers are known: a number that
    is hidden at the source could lie on either side. It is no error of the data; cases take time.
    """
    return tuple(note for stage in STAGES if (note := _note(stage, checked)) is not None)


def _note(stage: Stage, checked: CheckInput) -> Note | None:
    later, earlier = checked.cubes.get(stage.later), checked.cubes.get(stage.earlier)
    if later is None or earlier is None:
        return None
    after, before = _known(later, checked.parents), _known(earlier, checked.parents)
    both = [place for place in after if place in before]
    above = [place for place in both if after[place] > before[place]]
    if not above:
        return None
    above.sort(key=lambda place: (before[place] - after[place], place))
    is_one = len({area for area, _ in both}) == 1
    named = [
        f"{'' if is_one else f'{area} '}{period} ({after[area, period]:g} > {before[area, period]:g})"
        for area, period in above[:MOST_NAMED]
    ]
    rest = len(above) - len(named)
    return Note(
        code="convicted_in_the_same_year",
        text=_YEARS if is_one else _COUNTRIES,
        data={
            "variable": later.variable,
            "earlier": earlier.variable,
            "area": both[0][0] if is_one else "",
            "period": "",
            "breakdown": "",
            "count": len(above),
            "total": len(both),
            "share": round(100 * len(above) / len(both), 1),
            "examples": ", ".join(named) + (f", +{rest}" if rest else ""),
        },
    )


def _known(cube: Cube, parents: Mapping[str, str]) -> dict[tuple[str, Period], float]:
    """The known totals of areas that lie in no other area of the cube, by area and period."""
    if TOTAL not in cube.breakdowns or cube.periods[0].frequency is not Frequency.YEAR:
        return {}
    row = cube.breakdowns.index(TOTAL)
    known = (cube.status[row] <= int(Status.Z)) & ~np.isnan(cube.value[row])
    return {
        (cube.areas[area], cube.periods[period]): float(cube.value[row, area, period])
        for area, period in np.argwhere(known).tolist()
        if parents.get(cube.areas[area]) not in cube.areas
    }
