"""Changes of what is counted that nobody registered, and categories that are seen only once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indicators.checks.model import CheckInput
from indicators.errors import N_, Note
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import Cube

FEWEST_PERIODS = 6
"""Periods a cut must span before one of its categories can be called new, ended or rare."""
FEWEST_WITHOUT = 2
"""Periods a category must be absent before it is called new, or after it ended."""
OPEN = frozenset({"CIT", "DAY", "INS", "K", "STAT"})
"""Dimensions whose codes come and go, or are not categories."""


def flagged_breaks(checked: CheckInput) -> tuple[Note, ...]:
    """Breaks that the files mark and the register of breaks does not hold."""
    return tuple(note for cube in checked.cubes.values() for note in _flagged(cube, checked))


def new_categories(checked: CheckInput) -> tuple[Note, ...]:
    """Categories that begin or end inside the years of a cut without a registered break.

    One remark a category and period, however many variables it touches.
    """
    touched: dict[tuple[str, str, str, Period], list[str]] = {}
    for cube in checked.cubes.values():
        for dim, codes in _categories(cube).items():
            for name, code, period in _comings(cube, codes):
                if not checked.is_break(cube.variable, period):
                    touched.setdefault((name, dim, code, period), []).append(cube.variable)
    return tuple(
        Note(
            code=name,
            text=_TEXTS[name],
            data={
                "variable": names[0] if len(names) == 1 else "",
                "area": "",
                "period": str(period),
                "breakdown": f"{dim}={code}",
                "dimension": dim,
                "code": code,
                "variables": ", ".join(names),
            },
        )
        for (name, dim, code, period), names in touched.items()
    )


def rare_categories(checked: CheckInput) -> tuple[Note, ...]:
    """Categories that occur in one period alone: perhaps misspelt."""
    return tuple(
        note
        for cube in checked.cubes.values()
        for dim, codes in _categories(cube).items()
        for note in _rare(cube, dim, codes)
    )


def boundaries(checked: CheckInput) -> tuple[Note, ...]:
    """Areas that begin or end without a registered break."""
    return tuple(_boundaries(checked))


def _flagged(cube: Cube, checked: CheckInput) -> Iterator[Note]:
    breaks = (cube.flags & int(Flags.B)) != 0
    differs = (cube.flags & int(Flags.D)) != 0
    begins = differs.copy()
    begins[:, :, 1:] &= ~differs[:, :, :-1]
    begins[:, :, 0] = False
    marked: NDArray[np.bool_] = (breaks | begins).any(axis=0)
    for place in np.flatnonzero(marked.any(axis=0)).tolist():
        period = cube.periods[place]
        named = [cube.areas[area] for area in np.flatnonzero(marked[:, place]).tolist()]
        if all(checked.is_break(cube.variable, period, area) for area in named):
            continue
        yield Note(
            code="break_not_registered",
            text=N_(
                "The file marks a change in “{variable}” in {period} ({area}), but no break is "
                "registered. Register it, so that no trend runs across."
            ),
            data={
                "variable": cube.variable,
                "area": ", ".join(named),
                "period": str(period),
                "breakdown": "",
            },
        )


def _categories(cube: Cube) -> dict[str, dict[str, NDArray[np.bool_]]]:
    """Whether a code of a dimension has any content in each period, by dimension and code."""
    seen: NDArray[np.bool_] = (cube.status != int(Status.M)).any(axis=1)
    found: dict[str, dict[str, NDArray[np.bool_]]] = {}
    for row, cut in enumerate(cube.breakdowns):
        for dim, code in cut.dims:
            if dim not in OPEN and not code.startswith("_"):
                codes = found.setdefault(dim, {})
                codes[code] = codes.get(code, np.zeros_like(seen[row])) | seen[row]
    return {dim: codes for dim, codes in found.items() if len(codes) > 1}


def _span(lines: dict[str, NDArray[np.bool_]]) -> NDArray[np.int64]:
    """Positions of the periods in which any code is seen."""
    return np.flatnonzero(np.any(list(lines.values()), axis=0))


def _comings(cube: Cube, codes: dict[str, NDArray[np.bool_]]) -> Iterator[tuple[str, str, Period]]:
    """What happens to which code from which period on."""
    whole = _span(codes)
    if len(whole) < FEWEST_PERIODS:
        return
    for code, line in codes.items():
        own = np.flatnonzero(line)
        if len(own) < FEWEST_WITHOUT:
            continue
        after = whole[whole > own[-1]]
        if int((whole < own[0]).sum()) >= FEWEST_WITHOUT:
            yield "new_category", code, cube.periods[own[0]]
        if len(after) >= FEWEST_WITHOUT:
            yield "ended_category", code, cube.periods[after[0]]


_TEXTS = {
    "new_category": N_(
        "{code} of {dimension} is counted from {period} on in: {variables}. If the definition "
        "changed, register a break."
    ),
    "ended_category": N_(
        "{code} of {dimension} is not counted from {period} on in: {variables}. If the "
        "definition changed, register a break."
    ),
}


def _rare(cube: Cube, dim: str, codes: dict[str, NDArray[np.bool_]]) -> Iterator[Note]:
    usual = np.median([line.sum() for line in codes.values()])
    if len(_span(codes)) < FEWEST_PERIODS or usual < FEWEST_PERIODS:
        return
    for code, line in codes.items():
        if line.sum() == 1:
            period = cube.periods[int(np.flatnonzero(line)[0])]
            text = N_(
                "“{variable}”: {code} of {dimension} occurs in {period} only. Perhaps it is "
                "another category, misspelt."
            )
            yield Note(code="rare_category", text=text, data=_cut(cube, dim, code, period))


def _cut(cube: Cube, dim: str, code: str, period: Period) -> dict[str, object]:
    return {
        "variable": cube.variable,
        "area": "",
        "period": str(period),
        "breakdown": f"{dim}={code}",
        "dimension": dim,
        "code": code,
    }


def _boundaries(checked: CheckInput) -> Iterator[Note]:
    years = {period.year for cube in checked.cubes.values() for period in cube.periods}
    held = {area for cube in checked.cubes.values() for area in cube.areas}
    for area, (first, last) in sorted(checked.validity.items()):
        if area not in held:
            continue
        begins = None if first is None else first // 100
        follows = None if last is None else last // 100 + 1
        for year in {year for year in (begins, follows) if year is not None}:
            if not min(years) < year <= max(years):
                continue
            if any(area in entry.areas and entry.start.year == year for entry in checked.breaks):
                continue
            yield Note(
                code="boundary_not_registered",
                text=N_(
                    "The boundary of {area} changes in {period}, but no break is registered for "
                    "it."
                ),
                data={"variable": "", "area": area, "period": str(year), "breakdown": ""},
            )
