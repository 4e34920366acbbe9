"""What the project holds: inputs, areas, single series."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from indicators.errors import N_
from indicators.model.period import Frequency, Period
from indicators.model.series import TOTAL, Breakdown, Series
from workbench.changes import AREAS_ENTERED, Change
from workbench.services.cubes import cube
from workbench.services.rows import AreaRow, DatasetRow, SeriesRow, VariableRow
from workbench.store import areas as area_store
from workbench.store import codes
from workbench.store import inventory as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

Row = TypeVar("Row")
"""Any record."""


def variables(ws: Workspace) -> tuple[VariableRow, ...]:
    """Variables with current values; kept in memory until the next write."""
    return kept(
        ws, "variables", lambda: tuple(_variable(row) for row in store.variable_rows(ws.db))
    )


def _variable(row: tuple[Any, ...]) -> VariableRow:
    return VariableRow(
        code=row[0],
        unit=row[1],
        observations=row[2],
        areas=row[3],
        first=Period(row[4]),
        last=Period(row[5]),
    )


def datasets(ws: Workspace) -> tuple[DatasetRow, ...]:
    """Sources with counts of versions and current values; kept in memory until the next write."""
    return kept(ws, "datasets", lambda: tuple(_dataset(row) for row in store.dataset_rows(ws.db)))


def _dataset(row: tuple[Any, ...]) -> DatasetRow:
    return DatasetRow(
        code=row[0],
        publisher=row[1],
        licence=row[2],
        fictitious=bool(row[3]),
        vintages=row[4],
        observations=row[5],
    )


def kept(ws: Workspace, name: str, make: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
    """Rows made once and kept in memory until the next write of any kind."""
    return ws.cache.kept((name,), ws.any_revision(), make)


def areas(ws: Workspace) -> tuple[AreaRow, ...]:
    """The tree of areas: parents before children, by code."""
    return tuple(
        AreaRow(
            code=entry.code,
            parent=entry.parent,
            level=entry.level,
            names=entry.names,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            successors=entry.successors,
        )
        for entry in area_store.stored_areas(ws.db)
    )


def define_areas(ws: Workspace, entries: Iterable[AreaRow], *, by: str = "") -> Change:
    """Enter or change areas: name, place in the tree, validity, successors.

    Undo puts changed areas back; new ones stay, without effect on values.

    Raises:
        WorkbenchError: an area is its own parent.
    """
    listed = tuple(entries)
    with ws.write("define_areas", AREAS_ENTERED, by=by, count=len(listed)) as draft:
        for entry in listed:
            stored = area_store.StoredArea(
                code=entry.code,
                parent=entry.parent,
                level=entry.level,
                names=entry.names,
                valid_from=entry.valid_from,
                valid_to=entry.valid_to,
                successors=entry.successors,
            )
            former, row = area_store.put_area(ws.db, stored)
            if former is not None:
                draft.forward.append({"op": "put", "table": "area", "row": row})
                draft.inverse.append({"op": "put", "table": "area", "row": former})
        for entry in listed:
            area_store.put_links(ws.db, entry.code, entry.successors)
    return draft.change()


def define_dataset(
    ws: Workspace,
    code: str,
    *,
    publisher: str,
    licence: str = "",
    fictitious: bool = False,
    by: str = "",
) -> Change:
    """Name a source before its first delivery: publisher, licence, whether its data are invented.

    A source that is known already stays as it is; undo leaves the name, without effect on values.
    """
    text = N_("Named the source “{publisher}”")
    with ws.write("define_dataset", text, by=by, publisher=publisher, dataset=code) as draft:
        codes.dataset_id(
            ws.db, code, publisher=publisher, licence=licence or None, fictitious=fictitious
        )
    return draft.change()


def series(
    ws: Workspace,
    variable: str,
    area: str,
    breakdown: Breakdown = TOTAL,
    *,
    frequency: Frequency = Frequency.YEAR,
    dataset: str | None = None,
) -> Series:
    """One line of current content, ordered by period; empty when nothing is held."""
    whole = cube(ws, variable, frequency=frequency, dataset=dataset)
    held = breakdown in whole.breakdowns and area in whole.areas
    at = (whole.breakdowns.index(breakdown), whole.areas.index(area)) if held else (0, 0)
    vintage = whole.vintage[at] if held else whole.vintage.reshape(-1)[:0]
    kept = vintage.nonzero()[0]
    numbers = tuple(sorted(set(vintage[kept].tolist())))

    def line(array: object) -> object:
        return array[at][kept] if held else array.reshape(-1)[:0]  # type: ignore[index,attr-defined]

    return Series(
        variable=variable,
        area=area,
        unit=whole.unit,
        periods=tuple(whole.periods[position] for position in kept.tolist()),
        values=line(whole.value),  # type: ignore[arg-type]
        low=line(whole.low),  # type: ignore[arg-type]
        high=line(whole.high),  # type: ignore[arg-type]
        status=line(whole.status),  # type: ignore[arg-type]
        flags=line(whole.flags),  # type: ignore[arg-type]
        breakdown=breakdown,
        dataset=dataset or _single_dataset(ws, numbers),
        vintages=numbers,
    )


def _single_dataset(ws: Workspace, numbers: tuple[int, ...]) -> str:
    names = store.datasets_of_vintages(ws.db, numbers)
    return next(iter(names)) if len(names) == 1 else ""


def single_cuts(ws: Workspace) -> tuple[Breakdown, ...]:
    """The cuts by one dimension that some series has, by dimension and code."""
    found = (Breakdown.from_json(text) for text in store.cuts(ws.db))
    return tuple(sorted(cut for cut in found if len(cut.dims) == 1))


def series_list(
    ws: Workspace, *, variable: str | None = None, area: str | None = None
) -> tuple[SeriesRow, ...]:
    """All series with current values: codes, years and count, without the values."""
    return tuple(
        SeriesRow(
            variable=row[0],
            area=row[1],
            breakdown=Breakdown.from_json(row[2]),
            dataset=row[3],
            unit=row[4],
            first=Period(row[5]),
            last=Period(row[6]),
            n=row[7],
        )
        for row in store.series_rows(ws.db, variable, area)
    )
