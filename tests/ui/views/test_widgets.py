"""Building blocks of the views: pages that scroll, the foot of dialogs."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.dialogs import foot
from ui.views.short_words import ShortButton
from ui.views.tables import TableView
from ui.views.widgets import scrolled


def page(*widgets: QWidget) -> QWidget:
    """A window with a long page and a button below it."""
    content, window = QWidget(), QWidget()
    inside = QVBoxLayout(content)
    for widget in widgets:
        inside.addWidget(widget)
    inside.addWidget(QLabel("\n".join(["text"] * 80)))
    outside = QVBoxLayout(window)
    outside.addWidget(scrolled(content, "area"))
    outside.addWidget(QPushButton("below"))
    window.resize(300, 240)
    window.show()
    QApplication.processEvents()
    return window


def test_a_page_with_controls_leaves_the_focus_to_them(theme: Theme, qtbot: Any) -> None:
    inner = QPushButton("inner")
    window = page(inner)
    qtbot.addWidget(window)
    area: Any = window.findChild(QWidget, "area")
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton)
    assert not area.hasFocus()

    window.activateWindow()
    qtbot.waitActive(window)
    inner.setFocus()
    QTest.keyClick(inner, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0

    inner.hide()
    QApplication.processEvents()
    assert area.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_page_of_text_can_be_reached_by_tab_only_where_it_scrolls(
    theme: Theme, qtbot: Any
) -> None:
    window = page()
    qtbot.addWidget(window)
    area: Any = window.findChild(QWidget, "area")
    assert area.focusPolicy() == Qt.FocusPolicy.TabFocus
    window.resize(300, 3000)
    QApplication.processEvents()
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("safe", [False, True])
def test_the_foot_of_a_dialog_acts_or_leaves_all_as_it_is(
    theme: Theme, qtbot: Any, safe: bool
) -> None:
    dialog, done = QDialog(), []
    layout = QVBoxLayout(dialog)
    edit = QLineEdit()
    layout.addWidget(edit)
    do = foot(dialog, layout, "btn_act", "Act", lambda: done.append(1), keep="Keep", safe=safe)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitActive(dialog)
    edit.setFocus()

    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert done == ([] if safe else [1])
    assert dialog.isVisible() is not safe
    dialog.open()
    do.click()
    assert len(done) == (1 if safe else 2)
    cancel: Any = dialog.findChild(QPushButton, "btn_cancel")
    assert cancel.text() == "Keep"
    cancel.click()
    assert not dialog.isVisible()


def test_a_short_button_shows_what_fits_and_tells_the_rest(theme: Theme, qtbot: Any) -> None:
    holder, made = QWidget(), ShortButton("btn_long")
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(made)
    made.setText("Add an indicator of your own & more…")
    holder.resize(160, 80)
    holder.show()
    QApplication.processEvents()
    assert made.text().endswith("…")
    assert made.sizeHint().width() <= made.width()
    assert made.accessibleName() == "Add an indicator of your own & more…"
    assert "of your own" in made.toolTip()

    holder.resize(600, 80)
    QApplication.processEvents()
    assert made.text() == "Add an indicator of your own && more…"
    assert made.toolTip() == ""


def test_names_in_a_narrow_table_stay_legible(theme: Theme, qtbot: Any) -> None:
    table = TableView(theme, "tbl_test")
    qtbot.addWidget(table)
    heads = [HeadText(text="Area", elastic=True), *(HeadText(text=f"{n}") for n in range(5))]
    cells = (CellText(text="Merenta Capital District"), *(CellText(text="1,234,567"),) * 5)
    table.table.show_rows(heads, [Row(key=1, cells=cells)])
    table.resize(400, 200)
    table.show()
    table.fit_columns()
    assert table.columnWidth(0) >= theme.px(120)
    assert table.horizontalScrollBar().maximum() > 0
