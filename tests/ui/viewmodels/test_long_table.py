"""Long tables: pages are asked for, come later, are let go far from view and read again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex

from ui.tasks import TaskRunner
from ui.viewmodels import long_table
from ui.viewmodels.long_table import LongTable, LongTableModel, RowPage
from ui.viewmodels.tables import CellText, HeadText, Row

Settle = Callable[[TaskRunner], None]
HEADS = (HeadText(text="Number"),)
TOP = QModelIndex()
SIZE, COUNT = 10, 120


def page(start: int) -> RowPage:
    stop = min(start + SIZE, COUNT)
    rows = tuple(Row(key=n, cells=(CellText(text=str(n)),)) for n in range(start, stop))
    return RowPage(rows=rows, after=stop if stop < COUNT else None)


def fetch_all(table: LongTable, runner: TaskRunner, settle: Settle) -> None:
    while table.model.canFetchMore(TOP):
        table.model.fetchMore(TOP)
        settle(runner)


@pytest.fixture
def table(qapp: object) -> LongTable:
    return LongTable(TaskRunner(), "test")


def test_the_next_page_is_asked_for_once_and_comes_later(qapp: object) -> None:
    model = LongTableModel()
    asked: list[int] = []
    model.wanted.connect(asked.append)
    model.show_page(HEADS, page(0))

    assert model.rowCount() == SIZE
    model.fetchMore(TOP)
    model.fetchMore(TOP)
    assert (asked, model.rowCount()) == ([1], SIZE)
    assert not model.canFetchMore(TOP)  # it is on its way

    model.take_page(1, page(10))
    assert model.rowCount() == 2 * SIZE
    assert model.canFetchMore(TOP)


def test_all_rows_come_in_order(table: LongTable, settle: Settle) -> None:
    runner = table._runner
    table.show(HEADS, [page(0)], page)

    fetch_all(table, runner, settle)

    shown = [table.model.index(row, 0).data() for row in range(table.model.rowCount())]
    assert shown == [str(number) for number in range(COUNT)]


def test_pages_far_from_view_are_let_go_and_read_again(
    table: LongTable, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_table, "KEPT_PAGES", 3)
    runner, reads = table._runner, []

    def read(after: int) -> RowPage:
        reads.append(after)
        return page(after)

    table.show(HEADS, [page(0)], read)
    while table.model.canFetchMore(TOP):
        table.model.fetchMore(TOP)
        settle(runner)
        table.model.index(table.model.rowCount() - 1, 0).data()
    held = [p is not None for p in table.model._pages.pages]
    assert sum(held) == 3

    assert table.model.index(25, 0).data() == "…"
    settle(runner)

    assert table.model.index(25, 0).data() == "25"
    assert reads.count(20) == 2
    assert table.model.rowCount() == COUNT


def test_a_page_of_other_rows_is_dropped(table: LongTable, settle: Settle) -> None:
    runner = table._runner
    table.show(HEADS, [page(0)], page)
    table.model.fetchMore(TOP)
    other = RowPage(rows=(Row(key="x", cells=(CellText(text="x"),)),))
    table.show(HEADS, [other], page)

    settle(runner)

    assert table.model.rowCount() == 1


def test_a_page_that_failed_can_be_asked_for_again(table: LongTable, settle: Settle) -> None:
    from indicators.errors import TipError

    told: list[object] = []
    table.failed.connect(told.append)
    broken = [True]

    def read(after: int) -> RowPage:
        if broken[0]:
            raise TipError("no")
        return page(after)

    table.show(HEADS, [page(0)], read)
    table.model.fetchMore(TOP)
    settle(table._runner)
    assert len(told) == 1

    broken[0] = False
    fetch_all(table, table._runner, settle)
    assert table.model.rowCount() == COUNT
