"""Small tables typed in: a grid of areas, periods and cuts, one typed version for each act."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indicators.checks.model import is_counted
from indicators.codelists import has_code, has_list
from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.changes import VALUES_TYPED, Change
from workbench.errors import WorkbenchError
from workbench.services.inventory import variables
from workbench.services.observations import observations, vintages
from workbench.store import observations as store
from workbench.store.journal import set_retracted
from workbench.store.vintages import stored_vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

DATASET = "typed"
"""Source of typed tables when none is named."""
MISSING_MARKS = frozenset({"..", "…", ":", "n.d.", "s.d."})
NOT_APPLICABLE_MARKS = frozenset({"x", "n/a", "na"})
_BELOW = re.compile(r"<\s*(\d+)$")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCell:
    """A value as typed.

    Attributes:
        variable, area, period, breakdown: what it is.
        value: None where there is none.
        low, high: bounds of a hidden value, or the range of an estimate (flag E).
        status: None: A for a number, Z for zero, M for none.
        flags: marks.
        unit: None: that of the catalogue, or of what is held.
    """

    variable: str
    area: str
    period: Period
    breakdown: Breakdown = TOTAL
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status | None = None
    flags: Flags = Flags.NONE
    unit: str | None = None

    @property
    def state(self) -> Status:
        """The status, said or read from the value."""
        if self.status is not None:
            return self.status
        if self.value is None:
            return Status.M
        return Status.A if self.value else Status.Z


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell of a grid as it stands; ``vintage`` 0 and no status when it is empty."""

    area: str
    period: Period
    breakdown: Breakdown
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status | None = None
    flags: Flags = Flags.NONE
    author: str = ""
    vintage: int = 0
    is_typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGrid:
    """A table to type in.

    Attributes:
        variable, unit, dataset: what is typed.
        areas, periods, breakdowns: its three sides.
        cells: by area, then breakdown, then period.
    """

    variable: str
    unit: str
    dataset: str
    areas: tuple[str, ...]
    periods: tuple[Period, ...]
    breakdowns: tuple[Breakdown, ...]
    cells: tuple[GridCell, ...] = field(repr=False)

    def cell(self, area: str, period: Period, breakdown: Breakdown = TOTAL) -> GridCell:
        """The cell at a place of the grid."""
        place = self.areas.index(area) * len(self.breakdowns) + self.breakdowns.index(breakdown)
        return self.cells[place * len(self.periods) + self.periods.index(period)]


def grid(
    ws: Workspace,
    variable: str,
    *,
    areas: Sequence[str],
    periods: Sequence[Period],
    breakdowns: Sequence[Breakdown] = (TOTAL,),
    dataset: str = DATASET,
) -> EntryGrid:
    """The table of a variable in one source as it stands now, with who typed what.

    Raises:
        WorkbenchError: neither the catalogue nor the project knows the variable.
    """
    unit = _unit(ws, variable)
    typed = {row.id: row for row in vintages(ws, dataset)}
    held = {
        (row.area, row.breakdown, row.period): row
        for row in observations(ws, variable=variable, dataset=dataset, with_raw=False)
    }
    cells = []
    for area in areas:
        for cut in breakdowns:
            for period in periods:
                row = held.get((area, cut, period))
                if row is None:
                    cells.append(GridCell(area=area, period=period, breakdown=cut))
                    continue
                cells.append(
                    GridCell(
                        area=area,
                        period=period,
                        breakdown=cut,
                        value=row.value,
                        low=row.low,
                        high=row.high,
                        status=row.status,
                        flags=row.flags,
                        author=typed[row.vintage].made_by,
                        vintage=row.vintage,
                        is_typed=typed[row.vintage].file is None,
                    )
                )
    return EntryGrid(
        variable=variable,
        unit=unit,
        dataset=dataset,
        areas=tuple(areas),
        periods=tuple(periods),
        breakdowns=tuple(breakdowns),
        cells=tuple(cells),
    )


def read_typed(cell: TypedCell, text: str, *, decimal: str = ".") -> TypedCell | None:
    """The cell with what a person typed; None for an empty text, which leaves it alone.

    Args:
        cell: the place.
        text: a number, ``<5``, ``1-4``, ``..`` (no value) or ``x`` (does not apply).
        decimal: decimal mark of the person, ``.`` or ``,``; the other one groups thousands.

    Raises:
        WorkbenchError: the text is none of these.
    """
    words = text.strip().casefold()
    if not words:
        return None
    if words in MISSING_MARKS:
        return replace(cell, value=None, low=None, high=None, status=Status.M)
    if words in NOT_APPLICABLE_MARKS:
        return replace(cell, value=None, low=None, high=None, status=Status.X)
    below, span = _BELOW.match(words), _RANGE.match(words)
    if below or span:
        low, high = (1.0, float(below[1]) - 1) if below else _ends(span)
        if low > high:
            raise _no_number(text)
        return replace(cell, value=None, low=low, high=high, status=Status.S)
    return replace(cell, value=_number(words, text, decimal), low=None, high=None, status=None)


def _ends(span: re.Match[str] | None) -> tuple[float, float]:
    assert span is not None  # the caller looked
    return float(span[1]), float(span[2])


def _number(words: str, text: str, decimal: str) -> float:
    group = "," if decimal == "." else "."
    form = rf"-?(\d+|\d{{1,3}}(?:[{group}\s\u00a0\u202f']\d{{3}})+)(?:{re.escape(decimal)}\d+)?"
    if re.fullmatch(form, words) is None:
        raise _no_number(text)
    whole, _, rest = words.partition(decimal)
    return float(re.sub(r"[^\d-]", "", whole) + "." + (rest or "0"))


def _no_number(text: str) -> WorkbenchError:
    return WorkbenchError(
        N_("“{text}” is not a value."),
        hint=N_("Type a number, <5, 1-4, .. for no value, or x where it does not apply."),
        text=text,
    )


def enter(
    ws: Workspace,
    cells: Iterable[TypedCell],
    *,
    dataset: str = DATASET,
    author: str = "",
    note: str = "",
    replace: bool = False,
    text: str = VALUES_TYPED,
    action: str = "entry",
    publisher: str = "",
    data: Mapping[str, object] | None = None,
) -> Change:
    """Write typed values as one version; undo takes it back. Values already so are left out.

    Args:
        ws: open project.
        cells: what was typed.
        dataset: the source; made when new.
        author: who typed it.
        note: where the values come from, in words.
        replace: end the earlier typed versions of the source: cells not typed again are gone.
        text: line of the history.
        action: coded action of that line.
        publisher: of a new source; the title of the project by default.
        data: further fields of the line.

    Raises:
        WorkbenchError: a cell cannot be right, is given twice, or nothing differs.
    """
    ws.refuse_read_only()
    listed = list(cells)
    _refuse_twice(listed)
    units = {code: _unit(ws, code, listed) for code in {cell.variable for cell in listed}}
    for cell in listed:
        _refuse_wrong(cell, units[cell.variable])
    wanted = listed if replace else _different(ws, listed, dataset)
    if not wanted:
        raise WorkbenchError(N_("Nothing was changed: all values are so already."))
    fields = {"source": dataset, **(data or {}), "count": len(wanted)}
    with ws.write(action, text, by=author) as draft:
        draft.data.update(fields)
        vintage = _write(ws, wanted, units, _record(ws, dataset, author, note, publisher))
        earlier = _earlier(ws, dataset, vintage) if replace else []
        set_retracted(ws.db, earlier, draft.id)
        for number in (vintage, *earlier):
            draft.variables.update(store.variables_of_vintage(ws.db, number))
        draft.data["vintage"] = vintage
        draft.forward.append({"op": "restore", "vintages": [vintage]})
        draft.inverse.append({"op": "retract", "vintages": [vintage]})
        if earlier:
            draft.forward.append({"op": "retract", "vintages": earlier})
            draft.inverse.append({"op": "restore", "vintages": earlier})
    return draft.change()


def _record(
    ws: Workspace, dataset: str, author: str, note: str, publisher: str
) -> store.VintageRecord:
    return store.VintageRecord(
        dataset=dataset,
        mode=store.Mode.ENTRY,
        made_by=author,
        note=note,
        publisher=publisher or ws.settings.title or dataset,
        fictitious=ws.settings.fictitious,
    )


def _write(
    ws: Workspace,
    cells: Sequence[TypedCell],
    units: Mapping[str, str],
    record: store.VintageRecord,
) -> int:
    vintage = store.begin_vintage(ws.db, record)
    keys = [(cell.variable, cell.area, cell.breakdown, units[cell.variable]) for cell in cells]
    numbers = store.series_ids(ws.db, record.dataset, keys)
    rows = sorted(
        (
            number,
            cell.period.code,
            vintage,
            cell.value,
            cell.low,
            cell.high,
            int(cell.state),
            int(cell.flags),
            *(0, None, None, None),
        )
        for number, cell in zip(numbers, cells, strict=True)
    )
    store.insert_observations(ws.db, rows)
    return vintage


def _earlier(ws: Workspace, dataset: str, vintage: int) -> list[int]:
    return [
        entry.id
        for entry in stored_vintages(ws.db, dataset=dataset)
        if entry.mode is store.Mode.ENTRY and not entry.retracted and entry.id != vintage
    ]


def _different(ws: Workspace, cells: Sequence[TypedCell], dataset: str) -> list[TypedCell]:
    held = {
        (row.variable, row.area, row.breakdown, row.period): row
        for code in {cell.variable for cell in cells}
        for row in observations(ws, variable=code, dataset=dataset, with_raw=False)
    }
    wanted = []
    for cell in cells:
        row = held.get((cell.variable, cell.area, cell.breakdown, cell.period))
        now = None if row is None else (row.value, row.low, row.high, row.status, row.flags)
        if now != (cell.value, cell.low, cell.high, cell.state, cell.flags):
            wanted.append(cell)
    return wanted


def _unit(ws: Workspace, variable: str, cells: Iterable[TypedCell] = ()) -> str:
    """The unit said with the cells, of what is held, or of the catalogue, in this order."""
    from workbench.services.packs import catalogue

    said = {cell.unit for cell in cells if cell.variable == variable and cell.unit}
    if len(said) == 1:
        return said.pop()
    held = {row.code: row.unit for row in variables(ws)}
    if variable in held:
        return held[variable]
    known = catalogue(ws).variables.get(variable)
    if known is None:
        raise WorkbenchError(
            N_("There is no input “{variable}”."),
            hint=N_("Check the code, or install the pack that defines it."),
            variable=variable,
        )
    return known.unit


def _refuse_twice(cells: Sequence[TypedCell]) -> None:
    seen: set[tuple[object, ...]] = set()
    for cell in cells:
        key = (cell.variable, cell.area, cell.breakdown, cell.period)
        if key in seen:
            raise _wrong(N_("The cell {area}, {period} is given twice."), cell)
        seen.add(key)


def _refuse_wrong(cell: TypedCell, unit: str) -> None:
    numbers = [n for n in (cell.value, cell.low, cell.high) if n is not None]
    if not all(math.isfinite(number) for number in numbers):
        raise _wrong(N_("The value for {area}, {period} is no number."), cell)
    if is_counted(unit) and any(number < 0 for number in numbers):
        raise _wrong(N_("The value for {area}, {period} is below zero."), cell)
    if (cell.value is not None) != (cell.state in (Status.A, Status.Z)):
        raise _wrong(N_("Value and state of {area}, {period} contradict each other."), cell)
    if not _bounds_fit(cell):
        raise _wrong(N_("Value and state of {area}, {period} contradict each other."), cell)
    if cell.low is not None and cell.high is not None and cell.low > cell.high:
        raise _wrong(N_("The bounds for {area}, {period} are in the wrong order."), cell)
    for dim, code in cell.breakdown.dims:
        if has_list(dim) and not has_code(dim, code):
            raise _wrong(N_("“{breakdown}” is no known cut."), cell)


def _bounds_fit(cell: TypedCell) -> bool:
    """A hidden value has both bounds; an estimate may have a range around it; others have none."""
    if cell.low is None or cell.high is None:
        return cell.low is None and cell.high is None and cell.state is not Status.S
    if cell.value is None:
        return cell.state is Status.S
    return Flags.E in cell.flags and cell.low <= cell.value <= cell.high


def _wrong(text: str, cell: TypedCell) -> WorkbenchError:
    return WorkbenchError(
        text, area=cell.area, period=str(cell.period), breakdown=str(cell.breakdown)
    )
