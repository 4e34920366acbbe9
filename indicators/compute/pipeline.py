"""An indicator and cubes -> indicator series, from the choice of axes to the finished values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from indicators.compute import reasons
from indicators.compute.assemble import Columns, Labels, columns, series
from indicators.compute.axes import (
    dimensions_of,
    grid_of,
    main_references,
    obstacle,
    whole_population,
)
from indicators.compute.citizenship import is_derived, with_groups
from indicators.compute.kinds import followed_years, run
from indicators.compute.profile import axes_of
from indicators.compute.task import (
    Member,
    Outcome,
    Task,
    chosen_parameters,
    required,
)
from indicators.errors import Note
from indicators.formula.cells import Cells, Mask
from indicators.formula.evaluate import Evaluation, currency
from indicators.formula.facts import remembered
from indicators.model.codes import Kind, Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries
from indicators.model.series import TOTAL, Breakdown, Cube


def compute(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    *,
    areas: Sequence[str] | None = None,
    breakdowns: Sequence[Breakdown] | None = None,
    periods: tuple[Period, Period] | None = None,
    level: float = 0.95,
    parameters: Mapping[str, object] | None = None,
    latest: Period | None = None,
    parents: Mapping[str, str] | None = None,
) -> tuple[IndicatorSeries, ...]:
    """The indicator for every area, breakdown and period, in one pass over the cubes.

    Args:
        indicator: the definition.
        cubes: one cube a variable, all of one frequency; an absent one is missing everywhere.
        areas: areas of the result; None for all of the numerator.
        breakdowns: cuts of the result; None for all that the numerator has and the definition
            names. A dimension that both sides carry is matched; one that only the numerator
            carries uses the total of the denominator.
        periods: first and last period; None for all.
        level: confidence level of the ranges.
        parameters: ``k``, ``g`` or ``dimension``; the worked example's where not given.
        latest: last period for which the data are complete, for groups followed over time; None
            for the last period with data.
        parents: code of the area above, by area code; without it all areas that are no country
            are regions of the only country.

    Returns:
        One series an area and breakdown, in the order of the axes; those without any data are
        left out unless both area and breakdown were asked for.
    """
    task = prepare(
        indicator,
        cubes,
        areas=areas,
        breakdowns=breakdowns,
        periods=periods,
        level=level,
        parameters=parameters,
        latest=latest,
        parents=parents,
    )
    return series_of(task, everything=areas is not None and breakdowns is not None)


def series_of(task: Task, *, everything: bool) -> tuple[IndicatorSeries, ...]:
    """The series of a prepared computation.

    Args:
        task: result of ``prepare``.
        everything: also areas and breakdowns for which the main side has no data.
    """
    outcome, table = compute_columns(task)
    evaluation, indicator = task.evaluation, task.indicator
    labels = Labels(
        task=task,
        whole=whole_population(indicator, evaluation.cubes, evaluation.dropped),
        always=_always(indicator),
    )
    shape = evaluation.grid.shape[:2]
    listed = np.ones(shape, dtype=bool) if everything else _listed(task, outcome)
    places = [(int(b), int(a)) for b, a in np.argwhere(listed)]
    return series(labels, table, outcome, places)


def prepare(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    *,
    areas: Sequence[str] | None = None,
    breakdowns: Sequence[Breakdown] | None = None,
    periods: tuple[Period, Period] | None = None,
    level: float = 0.95,
    parameters: Mapping[str, object] | None = None,
    latest: Period | None = None,
    parents: Mapping[str, str] | None = None,
) -> Task:
    """The grid and cubes of one computation; arguments as in ``compute``."""
    chosen = chosen_parameters(indicator, parameters)
    grouped = {code: cubes[code] for code in required(indicator) if code in cubes}
    if _wants_groups(indicator, breakdowns):
        grouped = with_groups(grouped)
    last = latest or _last_with_data(grouped)
    members = _members(indicator, grouped, areas, level, last)
    grid = (
        axes_of(members, areas=areas, breakdowns=breakdowns, periods=periods, latest=last)
        if indicator.members
        else grid_of(
            indicator, grouped, chosen, areas=areas, breakdowns=breakdowns, periods=periods
        )
    )
    return Task(
        indicator=indicator,
        evaluation=Evaluation(cubes=grouped, grid=grid, parameters=chosen),
        level=level,
        latest=last,
        derived=any(is_derived(cubes.get(ref.variable)) for ref in main_references(indicator)),
        parents=parents or {},
        members=members,
        is_asked=breakdowns is not None,
    )


def _members(
    indicator: Indicator,
    cubes: Mapping[str, Cube],
    areas: Sequence[str] | None,
    level: float,
    latest: Period | None,
) -> tuple[Member, ...]:
    """The indicators that a profile sums up, over all their periods."""
    found = []
    for member in indicator.members:
        task = prepare(member, cubes, areas=areas, breakdowns=(TOTAL,), level=level, latest=latest)
        grid = task.evaluation.grid
        delay = followed_years(task) if member.kind is Kind.COHORT else 0
        _, table = compute_columns(task)
        found.append(
            Member(
                indicator=member,
                areas=grid.areas,
                periods=tuple(period.shift(delay) for period in grid.periods),
                value=table.value[0],
                delay=delay,
                reads=tuple(task.evaluation.reads),
            )
        )
    return tuple(found)


def _wants_groups(indicator: Indicator, breakdowns: Sequence[Breakdown] | None) -> bool:
    """Whether citizenship groups can be part of the result."""
    named = "CITG" in {name.strip("()") for name in indicator.breakdowns}
    if breakdowns is None or indicator.calculator is not None:
        return named
    return any(breakdown.code("CITG") for breakdown in breakdowns)


def compute_columns(task: Task) -> tuple[Outcome, Columns]:
    """The result as arrays of shape (breakdown, area, period), for many series at once."""
    with np.errstate(all="ignore"):
        outcome = _without_impossible(task, run(task))
        return outcome, columns(task, outcome)


def _last_with_data(cubes: Mapping[str, Cube]) -> Period | None:
    last = [period for cube in cubes.values() if (period := _last_of(cube)) is not None]
    return max(last, default=None)


def _last_of(cube: Cube) -> Period | None:
    """The last period in which anything is known; looks from the end and stops there."""
    facts = remembered(cube)
    if facts.last is not None:
        return cube.periods[facts.last]
    for index in range(len(cube.periods) - 1, -1, -1):
        if (cube.status[:, :, index] != int(Status.M)).any():
            return cube.periods[index]
    return None


def _without_impossible(task: Task, outcome: Outcome) -> Outcome:
    """Takes away what was computed for a cut that the main side lacks, or across currencies."""
    evaluation = task.evaluation
    currencies = {currency(cube.unit) for cube in evaluation.cubes.values()} - {None}
    cuts = evaluation.grid.breakdowns
    if len(currencies) > 1:
        return _emptied(task, outcome, np.ones(len(cuts), dtype=bool), reasons.CURRENCIES)
    if not task.is_asked:
        return outcome  # cuts that the data cannot have were never chosen
    carried, main = dimensions_of(evaluation.cubes), main_references(task.indicator)
    lacking = np.array([obstacle(main, cut, carried) is not None for cut in cuts], dtype=bool)
    return _emptied(task, outcome, lacking, reasons.NOT_CARRIED) if lacking.any() else outcome


def _emptied(task: Task, outcome: Outcome, lacking: Mask, cause: int) -> Outcome:
    where = np.broadcast_to(lacking[:, None, None], task.evaluation.grid.shape)

    def emptied(cells: Cells) -> Cells:
        low, high = cells.bounds
        return Cells(
            value=np.where(where, np.nan, cells.value),
            low=np.where(where, np.nan, low),
            high=np.where(where, np.nan, high),
            status=np.where(where, np.int8(Status.M), cells.status),
            causes=np.where(where, np.int32(cause), cells.cause),
        )

    return replace(
        outcome,
        result=emptied(outcome.result),
        numerator=None if outcome.numerator is None else emptied(outcome.numerator),
        denominator=None if outcome.denominator is None else emptied(outcome.denominator),
    )


def _listed(task: Task, outcome: Outcome) -> np.ndarray:
    """Which (breakdown, area) have any data on the main side, or a refusal to tell."""
    shown = outcome.numerator or outcome.result
    shape = task.evaluation.grid.shape
    listed = np.array(np.broadcast_to(shown.status != int(Status.M), shape).any(axis=2))
    if outcome.result.low is not None:
        listed |= np.broadcast_to(np.isfinite(outcome.result.low), shape).any(axis=2)
    for b, a, _ in outcome.cell_reasons:
        listed[b, a] = True
    return listed


def _always(indicator: Indicator) -> tuple[Note, ...]:
    """The fixed warning of a ratio of two different groups of people of one year."""
    is_named = indicator.kind is Kind.RATIO and indicator.time.startswith("same year: numerator")
    return (reasons.SAME_YEAR,) if is_named else ()
