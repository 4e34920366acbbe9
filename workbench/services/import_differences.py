"""What a file would change in its source: new, other, same and missing values against what counts now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench.importing.prepared import Prepared
from workbench.services.grid import GridSeries, grid_series
from workbench.store import grid_rows as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

MOST_COMPARED = 300_000
"""Values of a file that are compared one by one; a larger file is not compared."""
MOST_EXAMPLES = 50
_CHUNK = 500
Content = tuple[float | None, float | None, float | None, int]
"""Value, low, high and state of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedValue:
    """A value that the file gives otherwise; None where there is no number.

    Attributes:
        variable, area, period, breakdown: what it is.
        was, now: the numbers.
        was_range, now_range: bounds of hidden values.
    """

    variable: str
    area: str
    period: Period
    breakdown: Breakdown
    was: float | None
    now: float | None
    was_range: tuple[float, float] | None = None
    now_range: tuple[float, float] | None = None

    @property
    def size(self) -> float:
        """How large the change is, in the unit of the value; endless where a number came or went."""
        if self.was is None or self.now is None:
            return float("inf")
        return abs(self.now - self.was)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDifferences:
    """Counts of values, and the largest changes.

    Attributes:
        dataset: the source.
        new: in the file, not held yet.
        same: as held.
        changed: held otherwise.
        gone: held, not in the file.
        examples: the largest changes first.
    """

    dataset: str
    new: int
    same: int
    changed: int
    gone: int
    examples: tuple[ChangedValue, ...] = ()


def differences(ws: Workspace, prepared: Prepared, dataset: str) -> ImportDifferences | None:
    """What the values of a file would change in their source.

    Args:
        ws: open project.
        prepared: the file, read and checked.
        dataset: code of the source.

    Returns:
        The counts; None when the source holds nothing yet or the file is too long to compare.
    """
    held = grid_series(ws, dataset)
    if not held or len(prepared.cell) > MOST_COMPARED:
        return None
    ids = {(entry.variable, entry.area, entry.breakdown): entry for entry in held}
    coming = _coming(prepared)
    totals = dict.fromkeys(("new", "same", "changed", "gone"), 0)
    examples: list[ChangedValue] = []
    matched: set[int] = set()
    known = [(ids[key], cells) for key, cells in coming.items() if key in ids]
    totals["new"] += sum(len(cells) for key, cells in coming.items() if key not in ids)
    for start in range(0, len(known), _CHUNK):
        part = known[start : start + _CHUNK]
        now = _held(ws, [entry.id for entry, _cells in part])
        for entry, cells in part:
            matched.add(entry.id)
            _compare(entry, now.get(entry.id, {}), cells, totals, examples)
    rest = [entry.id for entry in held if entry.id not in matched]
    for start in range(0, len(rest), _CHUNK):
        lost = _held(ws, rest[start : start + _CHUNK])
        totals["gone"] += sum(len(cells) for cells in lost.values())
    examples.sort(key=lambda one: (-one.size, one.variable, one.area, one.period.code))
    return ImportDifferences(dataset=dataset, examples=tuple(examples[:MOST_EXAMPLES]), **totals)


def _coming(
    prepared: Prepared,
) -> dict[tuple[str, str, Breakdown], dict[int, Content]]:
    """Content of the file by series and period; of two editions the later counts."""
    found: dict[tuple[str, str, Breakdown], dict[int, Content]] = {}
    keys = [(key.variable, key.area, key.breakdown) for key in prepared.series]
    for lot in prepared.lots(range(len(keys)), 0, 0):
        for series, period, _vintage, value, low, high, status, *_rest in lot:
            found.setdefault(keys[series], {})[period] = (value, low, high, int(status))
    return found


def _held(ws: Workspace, ids: list[int]) -> dict[int, dict[int, Content]]:
    found: dict[int, dict[int, Content]] = {}
    for series, period, value, low, high, status, _flags in store.lines_of(ws.db, ids):
        found.setdefault(series, {})[period] = (value, low, high, status)
    return found


def _compare(
    entry: GridSeries,
    held: dict[int, Content],
    coming: dict[int, Content],
    totals: dict[str, int],
    examples: list[ChangedValue],
) -> None:
    """Count the cells of one series, and keep those that differ."""
    for period, now in coming.items():
        was = held.get(period)
        if was is None:
            totals["new"] += 1
        elif _alike(was, now):
            totals["same"] += 1
        else:
            totals["changed"] += 1
            examples.append(_change(entry, period, was, now))
    totals["gone"] += sum(period not in coming for period in held)


def _alike(was: Content, now: Content) -> bool:
    """Whether nobody would see a difference; a confirmed zero is a zero."""
    zero = (Status.A, Status.Z)
    same_state = was[3] == now[3] or (was[3] in zero and now[3] in zero)
    return same_state and was[:3] == now[:3]


def _change(entry: GridSeries, period: int, was: Content, now: Content) -> ChangedValue:
    return ChangedValue(
        variable=entry.variable,
        area=entry.area,
        period=Period(period),
        breakdown=entry.breakdown,
        was=was[0],
        now=now[0],
        was_range=_bounds(was),
        now_range=_bounds(now),
    )


def _bounds(content: Content) -> tuple[float, float] | None:
    value, low, high, _status = content
    return (low, high) if value is None and low is not None and high is not None else None
