"""Long tables of values: filtered and ordered by the store, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import Breakdown, Integers
from workbench.errors import UsageError
from workbench.services.inventory import kept
from workbench.services.rows import ObservationRow, observation_rows
from workbench.store import grid_rows as store
from workbench.store import journal

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

PAGE = 200
"""Rows of a page."""
STATES = tuple(store.STATES)
"""Kinds of cells that can be asked for; the empty one means all."""
ORDERS = tuple(store.ORDERS)
"""What rows can be ordered by beside the order of their series."""
_FIRST_CHUNK = 64
"""Series looked at for a page; more are taken where these have too few rows."""
_FIELDS = np.dtype(
    [("place", "i8"), ("series", "i8"), ("period", "i8"), ("vintage", "i8"), ("field", "f8")]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSeries:
    """A series that has rows; ``id`` is its number in the store."""

    id: int
    variable: str
    area: str
    breakdown: Breakdown
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridQuestion:
    """Which rows, and in which order.

    Attributes:
        series: numbers of the series in the wanted order; of a negative one only the rows that
            hold all ``numbers``.
        vintage: only this version, taken back or not; None: the current content.
        first, last: periods; None: open.
        state: one of ``STATES``.
        numbers: years or values a row must hold.
        order: one of ``ORDERS``, or empty for the order of the series.
        descending: largest first.
    """

    series: tuple[int, ...]
    vintage: int | None = None
    first: Period | None = None
    last: Period | None = None
    state: str = ""
    numbers: tuple[float, ...] = ()
    order: str = ""
    descending: bool = False

    def conditions(self) -> store.Conditions:
        """What the store is asked."""
        whole = store.Conditions()
        return store.Conditions(
            vintage=self.vintage,
            first=whole.first if self.first is None else self.first.code,
            last=whole.last if self.last is None else self.last.code,
            state=self.state,
            numbers=self.numbers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPlace:
    """Where a page ends: place of the series and period, or the count of rows before it."""

    series: int
    period: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPage:
    """Some rows, and where the next page begins; None after the last row."""

    rows: tuple[ObservationRow, ...]
    after: GridPlace | None


def grid_series(
    ws: Workspace,
    dataset: str,
    *,
    variable: str | None = None,
    area: str | None = None,
    vintage: int | None = None,
) -> tuple[GridSeries, ...]:
    """Series of a source that have rows, by code; kept in memory until the next write."""

    def read() -> tuple[GridSeries, ...]:
        found = store.series_of_source(
            ws.db, dataset, variable=variable, area=area, vintage=vintage
        )
        cuts = {text: Breakdown.from_json(text) for text in {row[3] for row in found}}
        return tuple(
            GridSeries(
                id=row[0], variable=row[1], area=row[2], breakdown=cuts[row[3]], unit=row[4]
            )
            for row in found
        )

    return kept(ws, f"grid_series:{dataset}:{variable}:{area}:{vintage}", read)


def grid_page(
    ws: Workspace,
    question: GridQuestion,
    *,
    after: GridPlace | None = None,
    limit: int = PAGE,
    with_raw: bool = True,
) -> GridPage:
    """The rows that follow a place.

    Args:
        ws: open project.
        question: which rows in which order.
        after: end of the page before; None: the first page.
        limit: rows of a page.
        with_raw: False leaves out the text of the file.

    Raises:
        UsageError: the question names an unknown state or order.
    """
    _refuse_unknown(question)
    with journal.snapshot(ws.db):
        if question.order:
            keys, follows = _sorted_page(ws, question, after, limit)
        else:
            keys, follows = _series_page(ws, question, after, limit)
        rows = store.rows_of_keys(ws.db, keys)
        return GridPage(rows=observation_rows(ws.db, rows, with_raw=with_raw), after=follows)


def grid_count(ws: Workspace, question: GridQuestion) -> int:
    """How many rows there are in all.

    Raises:
        UsageError: the question names an unknown state.
    """
    _refuse_unknown(question)
    return store.count_rows(ws.db, question.series, question.conditions())


def lines(ws: Workspace, series: Iterable[int]) -> dict[int, tuple[tuple[int, float | None], ...]]:
    """Period code and value of the current rows of some series, by number; for small drawings.

    A value hidden by the source counts with the middle of its range.
    """
    found: dict[int, list[tuple[int, float | None]]] = {}
    for number, period, value, low, high, _status, _flags in store.lines_of(ws.db, tuple(series)):
        middle = (
            (low + high) / 2 if value is None and low is not None and high is not None else value
        )
        found.setdefault(number, []).append((period, middle))
    return {number: tuple(points) for number, points in found.items()}


def _series_page(
    ws: Workspace, question: GridQuestion, after: GridPlace | None, limit: int
) -> tuple[list[store.Key], GridPlace | None]:
    """Keys in the order of the series: a few series at a time until the page is full."""
    place = after or GridPlace(series=0)
    at, period, size = place.series, place.period, _FIRST_CHUNK
    keys: list[store.Key] = []
    wanted, ids = question.conditions(), question.series
    while at < len(ids):
        chunk = ids[at : at + size]
        room = limit - len(keys)
        found = store.page_keys(ws.db, chunk, wanted, after=period, limit=room)
        keys += [(number, when, vintage) for _place, number, when, vintage in found]
        if len(found) == room:
            return keys, GridPlace(series=at + found[-1][0], period=found[-1][2])
        at, period, size = at + len(chunk), -1, size * 4
    return keys, None


def _sorted_page(
    ws: Workspace, question: GridQuestion, after: GridPlace | None, limit: int
) -> tuple[list[store.Key], GridPlace | None]:
    """Keys in the order of a field; the order is found once and kept until the next write."""
    order = _sorted_keys(ws, question)
    start = 0 if after is None else after.series
    stop = min(start + limit, len(order))
    keys = [(a, b, c) for a, b, c in order[start:stop].tolist()]
    return keys, (GridPlace(series=stop) if stop < len(order) else None)


def _sorted_keys(ws: Workspace, question: GridQuestion) -> Integers:
    """Keys of all rows in order, shape (n, 3); rows without the field come last."""
    state = (ws.any_revision(), question)
    return ws.cache.kept(("grid_order",), state, lambda: _sorted_now(ws, question))


def _sorted_now(ws: Workspace, question: GridQuestion) -> Integers:
    rows = store.fields_of(ws.db, question.series, question.conditions(), order=question.order)
    table = np.fromiter(rows, dtype=_FIELDS)
    field = np.where(np.isinf(table["field"]) | (not question.descending), 1.0, -1.0)
    field = field * table["field"]
    order = np.lexsort((table["period"], table["place"], field))
    return np.column_stack([table[name][order] for name in ("series", "period", "vintage")])


def _refuse_unknown(question: GridQuestion) -> None:
    for name, known in ((question.state, STATES), (question.order, ("", *ORDERS))):
        if name not in known:
            raise UsageError(N_("“{name}” is no way to choose or order values."), name=name)


def matching(
    series: Sequence[GridSeries], words: Sequence[str], label: dict[int, str]
) -> tuple[int, ...]:
    """Numbers of the series whose label holds all words, for ``GridQuestion.series``.

    Where only words that are numbers are missing from the label, the number is negative: a row
    must then hold them as its year or value.

    Args:
        series: in the wanted order.
        words: folded words.
        label: folded label by number of the series.
    """
    numbers = {word for word in words if is_number(word)}
    found = []
    for entry in series:
        missing = [word for word in words if word not in label[entry.id]]
        if not missing:
            found.append(entry.id)
        elif all(word in numbers for word in missing):
            found.append(-entry.id)
    return tuple(found)


def is_number(word: str) -> bool:
    """Whether a typed word could be a year or a value."""
    return word.removeprefix("-").replace(".", "", 1).isdigit()
