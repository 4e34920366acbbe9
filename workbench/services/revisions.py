"""What changed between two versions of a source, and how much first values are revised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indicators.errors import N_
from indicators.model.period import Frequency, Period
from indicators.model.series import TOTAL, Breakdown, Floats
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services.entry import TypedCell, enter
from workbench.services.revised_cells import (
    CAUSE_TEXTS,
    KINDS,
    Cause,
    Cells,
    CellState,
    RevisedCell,
)
from workbench.store import inventory, journal
from workbench.store import revisions as store
from workbench.store.vintages import Mode, VintageHeader, headers

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = [
    "CAUSE_TEXTS",
    "CellState",
    "Cells",
    "LagMeasure",
    "RevisedCell",
    "Revision",
    "Triangle",
    "compare_vintages",
    "deliveries",
    "lag_measures",
    "publish_revisions",
    "triangle",
]

DATASET = "revisions"
"""Source that holds the first and latest values for the indicator of revisions."""
FEWEST_VERSIONS = 5
"""Versions from which a bias is tested."""
YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Two versions compared: unchanged + changed + new + gone = all.

    Attributes:
        a, b: numbers of the versions; ``dataset`` their source.
        total: cells that either holds.
        unchanged, changed, new, gone: how many of them.
        cells: all that differ, largest percentage first.
        mean_percent, mean_absolute_percent: over the cells given again with a number above zero
            before; None without any. ``compared``: how many these are.
    """

    a: int
    b: int
    dataset: str
    total: int
    unchanged: int
    changed: int
    new: int
    gone: int
    cells: Cells
    mean_percent: float | None
    mean_absolute_percent: float | None
    compared: int

    def causes(self) -> Mapping[Cause, int]:
        """How many cells differ for each cause."""
        return self.cells.causes()


def compare_vintages(ws: Workspace, a: int, b: int) -> Revision:
    """What counted when ``a`` was the newest version against when ``b`` was.

    Raises:
        WorkbenchError: there is no such version, or they belong to different sources.
    """
    with journal.snapshot(ws.db):
        first, second = _known(ws, a), _known(ws, b)
        if first.dataset != second.dataset:
            raise WorkbenchError(
                N_("Versions {a} and {b} belong to different sources."),
                hint=N_("Compare two versions of one source."),
                a=a,
                b=b,
            )
        held, rows = store.compare(ws.db, store.counting_at(ws.db, a), store.counting_at(ws.db, b))
        differing = [row for row in rows if row[-1]]
        modes = {entry.id: entry.mode for entry in headers(ws.db, first.dataset)}
        cells = Cells(differing, lambda: inventory.series_keys(ws.db), modes)
    kinds = Counter(KINDS[row[-1]] for row in differing)
    total = held + kinds["new"]
    moved = _moved(rows)
    return Revision(
        a=a,
        b=b,
        dataset=first.dataset,
        total=total,
        unchanged=total - len(differing),
        changed=kinds["changed"],
        new=kinds["new"],
        gone=kinds["gone"],
        cells=cells,
        mean_percent=float(moved.mean()) if len(moved) else None,
        mean_absolute_percent=float(np.abs(moved).mean()) if len(moved) else None,
        compared=len(moved),
    )


def _moved(rows: Sequence[tuple[Any, ...]]) -> Floats:
    """Revisions in percent of the cells given again with a number above zero before."""
    pairs = [(row[4], row[8]) for row in rows if row[4] is not None and row[8] is not None]
    old, new = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    positive = old > 0
    sizes: Floats = 100.0 * (new[positive] - old[positive]) / old[positive]
    return sizes


def _known(ws: Workspace, vintage: int) -> VintageHeader:
    found = next((entry for entry in headers(ws.db) if entry.id == vintage), None)
    if found is None:
        raise WorkbenchError(N_("There is no version {vintage}."), vintage=vintage)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """One series as every delivery gave it.

    Attributes:
        vintages: numbers of the deliveries, oldest first.
        periods: rows.
        values: shape (periods, vintages); nan where a delivery holds no number.
    """

    variable: str
    area: str
    breakdown: Breakdown
    vintages: tuple[int, ...]
    periods: tuple[Period, ...]
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LagMeasure:
    """How far values are from their first publication some deliveries later.

    Attributes:
        lag: deliveries after the first that held the cell.
        count: cells compared.
        mean_percent, mean_absolute_percent: of the first value.
        p_value: t test of a mean of zero; None below five deliveries or without spread.
    """

    lag: int
    count: int
    mean_percent: float
    mean_absolute_percent: float
    p_value: float | None = None


def deliveries(ws: Workspace, dataset: str) -> tuple[int, ...]:
    """Files of a source that were not undone, oldest first."""
    undone = store.undone(ws.db, dataset)
    return tuple(
        entry.id
        for entry in headers(ws.db, dataset)
        if entry.mode in (Mode.REPLACE, Mode.APPEND) and entry.id not in undone
    )


def triangle(
    ws: Workspace, dataset: str, variable: str, area: str, breakdown: Breakdown = TOTAL
) -> Triangle:
    """One series in every delivery of a source.

    Raises:
        WorkbenchError: no delivery holds the series.
    """
    with journal.snapshot(ws.db):
        lines = _lines(ws, dataset, variable)
    found = lines.get((area, breakdown))
    if found is None:
        raise WorkbenchError(
            N_("The source “{dataset}” holds no series of “{variable}” for {area}."),
            dataset=dataset,
            variable=variable,
            area=area,
        )
    numbers = deliveries(ws, dataset)
    periods = tuple(sorted(found))
    return Triangle(
        variable=variable,
        area=area,
        breakdown=breakdown,
        vintages=numbers,
        periods=tuple(Period(code) for code in periods),
        values=np.array([[found[code].get(v, np.nan) for v in numbers] for code in periods]),
    )


def lag_measures(
    ws: Workspace, dataset: str, variable: str, *, area: str | None = None
) -> tuple[LagMeasure, ...]:
    """Mean and mean absolute revision of a variable (in one area), one line a lag."""
    numbers = deliveries(ws, dataset)
    revisions: dict[int, list[float]] = {}
    for (where, _), cells in _lines(ws, dataset, variable).items():
        if area is not None and where != area:
            continue
        for given in cells.values():
            values = [given.get(number, np.nan) for number in numbers]
            held = [place for place, value in enumerate(values) if not np.isnan(value)]
            if not held or values[held[0]] <= 0:
                continue
            first = held[0]
            for place in held[1:]:
                size = 100.0 * (values[place] - values[first]) / values[first]
                revisions.setdefault(place - first, []).append(size)
    return tuple(
        LagMeasure(
            lag=lag,
            count=len(sizes),
            mean_percent=float(np.mean(sizes)),
            mean_absolute_percent=float(np.mean(np.abs(sizes))),
            p_value=_bias(sizes) if len(numbers) >= FEWEST_VERSIONS else None,
        )
        for lag, sizes in sorted(revisions.items())
    )


def _bias(sizes: Sequence[float]) -> float | None:
    if len(sizes) < FEWEST_VERSIONS or np.ptp(sizes) == 0:
        return None
    from scipy.stats import ttest_1samp

    return float(ttest_1samp(sizes, 0.0).pvalue)


Lines = dict[tuple[str, Breakdown], dict[int, dict[int, float]]]
"""Value by area and breakdown, period code, and delivery."""


def _lines(ws: Workspace, dataset: str, variable: str) -> Lines:
    numbers = deliveries(ws, dataset)
    keys = inventory.series_keys(ws.db)
    lines: Lines = {}
    for series, period, vintage, value in store.delivered_values(
        ws.db, dataset, variable, numbers
    ):
        if value is not None:
            _, area, dims, _, _ = keys[series]
            line = lines.setdefault((area, Breakdown.from_json(dims)), {})
            line.setdefault(period, {})[vintage] = value
    return lines


def publish_revisions(
    ws: Workspace, dataset: str, variable: str, *, by: str = "", years: int = YEARS
) -> Change:
    """Enter first and latest values of a variable as inputs of the indicator of revisions.

    One typed version of the source ``revisions``, in place of the one before: yearly totals of
    the last years that at least two deliveries hold.

    Raises:
        WorkbenchError: no year was delivered twice.
    """
    cells: list[TypedCell] = []
    lines = _lines(ws, dataset, variable)
    held = [code for line in lines.values() for code in line]
    newest = max(held, default=0) // 100
    for (area, breakdown), line in sorted(lines.items()):
        for code, given in sorted(line.items()):
            period = Period(code)
            is_recent = period.frequency is Frequency.YEAR and period.year > newest - years
            if breakdown != TOTAL or not is_recent or len(given) < 2:
                continue
            for name, vintage in (("rev_first", min(given)), ("rev_latest", max(given))):
                cells.append(
                    TypedCell(
                        variable=name, area=area, period=period, value=given[vintage], unit="any"
                    )
                )
    if not cells:
        raise WorkbenchError(
            N_("No year of “{variable}” was delivered twice by the source “{dataset}”."),
            variable=variable,
            dataset=dataset,
        )
    return enter(
        ws,
        cells,
        dataset=DATASET,
        author=by,
        note=f"{variable} ({dataset})",
        replace=True,
        text=N_("Entered first and latest values of {variable} from the source {source}"),
        data={"variable": variable, "source": dataset},
    )
