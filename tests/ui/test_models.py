"""Every item model of the window keeps Qt's rules, and none is forgotten."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QApplication

import ui
from ui.theme import Theme
from ui.viewmodels.tables import CellText, HeadText, Row

HEADS = (HeadText(text="Year"), HeadText(text="Value"))


def _rows(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(key=n, cells=(CellText(text=str(n)), CellText(text="1", spark=(1.0, None))))
        for n in range(count)
    )


def _paged(tester: Any, _theme: Theme) -> None:
    from ui.viewmodels.tables import PAGE, PagedTableModel

    small = PagedTableModel()
    tester.check(small)
    small.show_rows(HEADS, _rows(3))
    small.show_rows((), ())
    model = PagedTableModel()
    model.show_rows(HEADS, _rows(2 * PAGE + 5), row_names=[str(n) for n in range(2 * PAGE + 5)])
    tester.check(model)  # only now: it fetches by itself, which nobody can during a reset
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())


def _long(tester: Any, _theme: Theme) -> None:
    from ui.viewmodels.long_table import LongTableModel, RowPage

    model = LongTableModel()
    tester.check(model)
    model.show_page(HEADS, RowPage(rows=_rows(5), after=5))
    model.fetchMore(QModelIndex())
    model.take_page(1, RowPage(rows=_rows(3)))
    model.take_page(0, RowPage(rows=_rows(5), after=5))
    tester.check(model)
    model.show_page(HEADS, RowPage(rows=()))
    tester.check(model)


def _entry(tester: Any, _theme: Theme) -> None:
    from ui.viewmodels.entry_table import EntryModel, EntryRow

    model = EntryModel()
    tester.check(model)
    rows = tuple(
        EntryRow(area="XVA", area_name="Valdoria", cut="", cut_name="total", shown=("1", "", ".."))
        for _ in range(2)
    )
    model.show_table(("2020", "2021", "2022"), rows, decimal=".")
    tester.check(model)
    model.setData(model.index(0, 2), "12")
    model.paste(0, 0, "1\t2\n3\tx1\n")
    model.undo()
    tester.check(model)


def _checklist(tester: Any, _theme: Theme) -> None:
    from ui.viewmodels.checklist_table import COLUMNS, ChecklistModel
    from ui.viewmodels.entry_table import EntryRow

    model = ChecklistModel()
    tester.check(model)
    row = EntryRow(
        area="law_01", area_name="A law", cut="CoE", cut_name="CoE (not read)",
        shown=("yes", "2011-03-01", "", "Law 12", "", ""), hints=("Ana",),
    )  # fmt: skip
    model.show_table(COLUMNS, (row, row), decimal=".")
    tester.check(model)
    model.setData(model.index(0, 2), "n")
    model.paste(1, 0, "y\t2012-01-01\n")
    model.undo()
    tester.check(model)


def _catalogue(tester: Any, _theme: Theme) -> None:
    from indicators.model.codes import Pillar
    from ui.viewmodels.indicators import Entry
    from ui.views.catalogue_list import CatalogueModel

    model = CatalogueModel()
    tester.check(model)
    entries = [
        Entry(
            code=f"PRV-0{n}",
            pillar=Pillar.PREVENTION,
            names={"en": "Staff"},
            core=True,
            state="computable",
        )
        for n in range(1, 4)
    ]
    model.show_entries(entries)
    tester.check(model)


def _screens(tester: Any, _theme: Theme) -> None:
    from ui.views.rail import ScreenModel

    model = ScreenModel()
    tester.check(model)


CASES: dict[str, Callable[[Any, Theme], None]] = {
    "ui.viewmodels.tables.PagedTableModel": _paged,
    "ui.viewmodels.long_table.LongTableModel": _long,
    "ui.viewmodels.checklist_table.ChecklistModel": _checklist,
    "ui.viewmodels.entry_table.EntryModel": _entry,
    "ui.views.catalogue_list.CatalogueModel": _catalogue,
    "ui.views.rail.ScreenModel": _screens,
}
"""By name of the model, what drives it under the tester. A new model needs an entry."""


def _modules() -> list[str]:
    names = [found.name for found in pkgutil.walk_packages(ui.__path__, "ui.")]
    return [name for name in names if not name.endswith("__main__")]


def _models() -> dict[str, type]:
    for name in _modules():
        importlib.import_module(name)
    found: dict[str, type] = {}
    waiting = [QAbstractItemModel]
    while waiting:
        kind = waiting.pop()
        for own in kind.__subclasses__():
            waiting.append(own)
            if own.__module__.split(".")[0] == "ui":
                found[f"{own.__module__}.{own.__qualname__}"] = own
    return found


def test_every_model_has_a_case(qapp: QApplication) -> None:
    assert set(_models()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_model_keeps_the_rules(
    name: str, qtmodeltester: Any, qapp: QApplication, theme: Theme
) -> None:
    CASES[name](qtmodeltester, theme)
