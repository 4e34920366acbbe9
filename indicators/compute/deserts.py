"""Where nobody has been found: the population of regions without any detected victim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.compute import reasons
from indicators.compute.citizenship import country_of
from indicators.compute.task import Outcome, Task
from indicators.errors import N_, Note, Severity
from indicators.formula.cells import Cells
from indicators.formula.evaluate import Evaluation, Grid
from indicators.formula.tree import Reference, references
from indicators.model.codes import Status
from indicators.model.results import Refusal
from indicators.model.series import Floats

YEARS = 3
"""Periods of detections that are pooled."""
LEAST_EXPECTED = 3.0
"""With fewer expected cases none at all is no surprise: exp(-3) is 5 percent."""
MOST_UNCOVERED = 0.05
"""Regions must hold the population of the whole up to this part."""

_UNCOVERED = N_(
    "The regions hold {found} % of the population of the whole, so this cannot be said."
)
_DESERTS = N_("Regions without a detected victim in three years: {regions}.")
_NONE = N_("Every region that is large enough has detected victims in three years.")
_UNSURE = N_(
    "Too small or too little known to tell: {regions} ({share} % of the people); at the national "
    "rate fewer than {expected} victims were expected there, or a year is missing."
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Regions:
    """Regions of one whole; arrays of shape (region, breakdown, period).

    Attributes:
        codes: area codes.
        people: population of the last year; nan where the region is not there.
        exposure: population of the pooled years that are known.
        least: detections that are certain.
        most: detections at most; infinite where a year is missing.
    """

    codes: tuple[str, ...]
    people: Floats
    exposure: Floats
    least: Floats
    most: Floats


def deserts(task: Task) -> Outcome:
    """Share of the population in regions where no victim was detected in three years.

    Equation: sum of people_r over the deserts / sum of people_r over all regions r, times
    ``per``. A region is a desert when all three years are known and zero, and at least three
    victims were expected there at the rate of the whole (none at all would then have a chance of
    at most 5 percent). A region with fewer expected, with a missing year or with suppressed
    counts that may be zero cannot be told and is no desert; the note names it. The regions of an
    area are those below it in ``parents``; without these, all areas that are no country.
    """
    people, victims = (references(task.input(index))[0] for index in (0, 1))
    grid = task.evaluation.grid
    shape = grid.shape
    expected_rate, lacking = _national_rate(task, people, victims)
    value, top, bottom = (np.full(shape, np.nan) for _ in range(3))
    cause = np.where(lacking > 0, lacking, 0).astype(np.int32)
    notes: dict[tuple[int, int, int], tuple[Note, ...]] = {}
    why: dict[tuple[int, int, int], Note] = {}
    whole = _points(task.evaluation.read(people.variable, _chosen(people), people.shift), shape)
    for a, area in enumerate(grid.areas):
        codes = _below(task, area)
        if not codes:
            cause[:, a] = reasons.NO_REGIONS
            continue
        regions = _regions(task, people, victims, codes)
        desert, unsure = _told(regions, expected_rate[:, a])
        for b, p in np.ndindex(shape[0], shape[2]):
            place = (b, a, p)
            held = float(np.nansum(regions.people[:, b, p]))
            if cause[place] or held == 0:
                continue
            refusal = _uncovered(held, float(whole[place]))
            if refusal is not None:
                cause[place] = reasons.REFUSED
                why[place] = reasons.refused(refusal)
                continue
            top[place] = float(regions.people[:, b, p][desert[:, b, p]].sum())
            bottom[place] = held
            value[place] = top[place] * task.indicator.per / held
            notes[place] = _notes(regions, desert[:, b, p], unsure[:, b, p], b, p)
    return _outcome(value, top, bottom, cause, notes, why)


def _told(regions: _Regions, rate: Floats) -> tuple[Mask, Mask]:
    """Which regions are deserts, and which cannot be told."""
    there = ~np.isnan(regions.people)
    is_large = regions.exposure * rate[None] >= LEAST_EXPECTED
    desert = there & (regions.most == 0) & is_large
    return desert, there & (regions.least == 0) & ~desert


def _uncovered(held: float, whole: float) -> Refusal | None:
    if np.isnan(whole) or abs(held / whole - 1) <= MOST_UNCOVERED:
        return None
    return Refusal(
        code="regions_uncovered", text=_UNCOVERED, found=round(100 * held / whole, 1), needed=95
    )


def _below(task: Task, area: str) -> tuple[str, ...]:
    """Areas directly below one; without a tree all but countries, of the only country."""
    held = dict.fromkeys(code for cube in task.evaluation.cubes.values() for code in cube.areas)
    if task.parents:
        return tuple(code for code in held if task.parents.get(code) == area)
    if country_of(area, ()) != area:
        return ()
    is_only = country_of("", tuple(held)) == area
    return tuple(code for code in held if country_of(code, ()) is None) if is_only else ()


def _chosen(reference: Reference) -> dict[str, str]:
    return {dim: codes[0] for dim, codes in reference.selectors}


def _points(found: Cells, shape: tuple[int, ...]) -> Floats:
    return np.broadcast_to(np.where(found.is_point, found.value, np.nan), shape)


def _national_rate(
    task: Task, people: Reference, victims: Reference
) -> tuple[Floats, NDArray[np.int32]]:
    """Detections per person of the whole in the pooled years, and what is missing for it."""
    evaluation, shape = task.evaluation, task.evaluation.grid.shape
    sums = [np.zeros(shape), np.zeros(shape)]
    cause = np.zeros(shape, dtype=np.int32)
    for lag in range(YEARS):
        for index, reference in enumerate((victims, people)):
            found = evaluation.read(reference.variable, _chosen(reference), reference.shift + lag)
            sums[index] = sums[index] + _points(found, shape)
            own = np.where(found.status == int(Status.S), reasons.SUPPRESSED, found.cause)
            cause = np.where(cause == 0, np.broadcast_to(own, shape), cause)
    is_empty = (sums[1] <= 0) & (cause == 0)
    cause = np.where(is_empty, np.int32(reasons.REFUSED), cause)
    return sums[0] / np.where(sums[1] > 0, sums[1], np.nan), cause


def _regions(task: Task, people: Reference, victims: Reference, codes: Sequence[str]) -> _Regions:
    outer = task.evaluation
    grid = Grid(breakdowns=outer.grid.breakdowns, areas=tuple(codes), periods=outer.grid.periods)
    inner = Evaluation(cubes=outer.cubes, grid=grid, parameters=outer.parameters)
    least, most, exposure = (np.zeros(grid.shape) for _ in range(3))
    for lag in range(YEARS):
        found = inner.read(victims.variable, _chosen(victims), victims.shift + lag)
        low, high = found.bounds
        known = np.broadcast_to(found.status <= int(Status.S), grid.shape)
        least = least + np.where(known, np.nan_to_num(low, nan=0.0), 0.0)
        most = most + np.where(known, np.nan_to_num(high, nan=np.inf), np.inf)
        living = _points(
            inner.read(people.variable, _chosen(people), people.shift + lag), grid.shape
        )
        exposure = exposure + np.where(known, np.nan_to_num(living, nan=0.0), 0.0)
    now = _points(inner.read(people.variable, _chosen(people), people.shift), grid.shape)
    return _Regions(
        codes=tuple(codes),
        people=now.transpose(1, 0, 2),
        exposure=exposure.transpose(1, 0, 2),
        least=least.transpose(1, 0, 2),
        most=most.transpose(1, 0, 2),
    )


def _notes(regions: _Regions, desert: Mask, unsure: Mask, b: int, p: int) -> tuple[Note, ...]:
    found = _named(regions.codes, desert)
    first = (
        Note(code="deserts", text=_DESERTS, severity=Severity.NOTE, data={"regions": found})
        if found
        else Note(code="no_deserts", text=_NONE, severity=Severity.NOTE)
    )
    if not unsure.any():
        return (first,)
    people = regions.people[:, b, p]
    share = 100 * float(people[unsure].sum()) / float(np.nansum(people))
    data = {
        "regions": _named(regions.codes, unsure),
        "share": round(share, 1),
        "expected": int(LEAST_EXPECTED),
    }
    return first, Note(code="cannot_tell", text=_UNSURE, severity=Severity.WARN, data=data)


def _named(codes: tuple[str, ...], which: Mask) -> str:
    return ", ".join(code for code, is_one in zip(codes, which, strict=True) if is_one)


def _outcome(
    value: Floats,
    top: Floats,
    bottom: Floats,
    cause: NDArray[np.int32],
    notes: dict[tuple[int, int, int], tuple[Note, ...]],
    why: dict[tuple[int, int, int], Note],
) -> Outcome:
    known = ~np.isnan(value)
    # without regional populations there is nothing to add up
    cause = np.where(known, 0, np.where(cause == 0, reasons.NO_REGIONS, cause)).astype(np.int32)
    result = Cells(
        value=value,
        status=np.where(known, np.int8(Status.A), np.int8(Status.M)),
        causes=cause,
    )
    plain = np.zeros(value.shape, dtype=np.int32)
    sides = [
        Cells(value=side, status=np.where(known, np.int8(0), np.int8(Status.M)), causes=plain)
        for side in (top, bottom)
    ]
    return Outcome(
        result=result,
        numerator=sides[0],
        denominator=sides[1],
        cell_notes=notes,
        cell_reasons=why,
    )
