"""Models of tables and lists keep Qt's rules and appear in pages."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from indicators.model.codes import Pillar
from ui.viewmodels.indicators import Entry
from ui.viewmodels.tables import (
    KEY_ROLE,
    PAGE,
    STRONG_ROLE,
    CellText,
    HeadText,
    PagedTableModel,
    Row,
)
from ui.views.catalogue_list import CatalogueModel
from ui.views.rail import SCREENS, ScreenModel
from workbench.presenting.spec import Alignment, Column, Table

HEADS = (HeadText(text="Year"), HeadText(text="Value", align=Alignment.RIGHT))


def rows(count: int) -> list[Row]:
    return [
        Row(key=year, cells=(CellText(text=str(year)), CellText(text="1", strong=True)))
        for year in range(count)
    ]


def rules_of(model: object) -> QAbstractItemModelTester:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    return QAbstractItemModelTester(model, mode)  # type: ignore[arg-type]


def test_rows_appear_in_pages(qapp: object) -> None:
    model = PagedTableModel()

    model.show_rows(HEADS, rows(PAGE * 2 + 50))

    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    checked = rules_of(model)  # the tester itself fetches, which it cannot do during a reset
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE * 2 + 50
    assert not model.canFetchMore(QModelIndex())
    assert checked is not None


def test_a_row_beyond_the_page_is_fetched_when_asked(qapp: object) -> None:
    model = PagedTableModel()
    model.show_rows(HEADS, rows(PAGE * 2))

    assert model.row_of(PAGE + 7) == PAGE + 7
    assert model.rowCount() > PAGE + 7
    assert model.row_of("nothing") == -1


def test_cells_tell_words_key_and_weight(qapp: object) -> None:
    model = PagedTableModel()
    model.show_rows(HEADS, rows(3))

    index = model.index(2, 1)
    assert index.data() == "1"
    assert index.data(STRONG_ROLE)
    assert index.data(KEY_ROLE) == 2
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert model.rowCount(index) == 0
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Year"


def test_a_table_description_becomes_rows(qapp: object) -> None:
    table = Table(
        title="t",
        columns=(Column(id="period", title="Year"), Column(id="value", title="Value")),
        rows=(("2024", "57.5"), ("2023", "58.1")),
    )
    model = PagedTableModel()
    checked = rules_of(model)

    model.show_table(table, ["2024", "2023"])
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert model.row_of("2023") == 1
    model.show_table(None)
    assert model.rowCount() == 0
    assert checked is not None


def test_the_catalogue_groups_by_pillar(qapp: object) -> None:
    model = CatalogueModel()
    checked = rules_of(model)
    entries = [
        Entry(code="PRV-03", pillar=Pillar.PREVENTION, names={"en": "Staff"}, core=True, state="computable"),
        Entry(code="PRS-05", pillar=Pillar.PROSECUTION, names={"en": "Rate"}, core=True, state="not", missing=({"en": "Persons convicted"},)),
    ]  # fmt: skip

    model.show_entries(entries)

    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "Prevention",
        "PRV-03 Staff",
        "Prosecution",
        "PRS-05 Rate",
    ]
    heading = model.flags(model.index(0))
    assert not heading & Qt.ItemFlag.ItemIsSelectable
    assert "Persons convicted" in model.index(3).data(Qt.ItemDataRole.ToolTipRole)
    assert checked is not None


def test_the_rail_lists_only_screens_that_exist(qapp: object) -> None:
    model = ScreenModel()
    checked = rules_of(model)

    names = ["home", "data", "indicators", "trends", "impact", "scorecard"]
    assert [row[0] for row in SCREENS] == names
    assert model.rowCount() == len(names)
    assert checked is not None
