"""The whole window: first paint, languages, state that is kept, references to None."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from ui.app import PAINT_HOOK, Program
from ui.tasks import TaskRunner
from ui.viewmodels.preferences import Choices

Settle = Callable[[TaskRunner], None]
HEAVY = {"numpy", "pyqtgraph", "pandas", "scipy", "statsmodels", "sqlite_utils", "babel"}


def test_nothing_heavy_is_loaded_at_the_first_paint(tmp_path: Path) -> None:
    told = tmp_path / "told"
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        PAINT_HOOK: str(told),
        "XDG_CONFIG_HOME": str(tmp_path),
    }

    subprocess.run(
        [sys.executable, "-m", "ui"], env=environment, check=True, timeout=60, capture_output=True
    )

    loaded = set(told.read_text(encoding="utf-8").splitlines()[1].split())
    assert loaded & HEAVY == set()


def test_the_first_page_has_one_primary_button_with_the_focus(program: Program) -> None:
    primary = [
        made
        for made in program.window.findChildren(QPushButton)
        if made.property("primary") and made.isVisible()
    ]

    assert [made.objectName() for made in primary] == ["btn_open_sample"]
    assert program.window.focusWidget() is primary[0]


def test_screens_that_need_a_project_are_off_without_one(program: Program) -> None:
    table = program.window.actions_table

    assert not table["show_trends"].isEnabled()
    assert table["show_indicators"].isEnabled()


@pytest.mark.parametrize("name", ["home", "data", "indicators", "trends", "impact"])
def test_every_screen_opens_on_the_sample(
    open_program: Program, settle: Settle, name: str
) -> None:
    open_program.window.show_screen(name)
    settle(open_program.runner)

    screen = open_program.window.screens[name]
    assert screen.objectName() == f"screen_{name}"
    assert open_program.window.stack.currentWidget() is screen
    assert not open_program.window.grab().isNull()


def test_alt_and_a_number_change_the_screen(
    open_program: Program, qtbot: object, settle: Settle
) -> None:
    qtbot.waitActive(open_program.window).__enter__()  # type: ignore[attr-defined]

    qtbot.keyClick(open_program.window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)  # type: ignore[attr-defined]
    settle(open_program.runner)

    assert open_program.window.current_screen == "trends"


def test_the_language_changes_at_run_time(open_program: Program, settle: Settle) -> None:
    for name in ("data", "indicators", "trends", "impact"):
        open_program.window.show_screen(name)
        settle(open_program.runner)

    open_program.choose(replace(open_program.preferences.choices(), language="es"))
    settle(open_program.runner)

    indicators = open_program.window.screens["indicators"]
    assert indicators.viewmodel.state.chart.title == "Tasa de condena en las causas resueltas"
    open_program.choose(replace(open_program.preferences.choices(), language="en"))
    settle(open_program.runner)
    assert indicators.viewmodel.state.chart.title == "Conviction rate of cases decided"


def test_data_texts_are_never_rich_text(open_program: Program, settle: Settle) -> None:
    for name in ("data", "indicators", "trends", "impact"):
        open_program.window.show_screen(name)
        settle(open_program.runner)

    rich = {
        made.objectName()
        for made in open_program.window.findChildren(QLabel)
        if made.textFormat() == Qt.TextFormat.RichText and made.pixmap().isNull()
    }
    automatic = [
        made.text()
        for made in open_program.window.findChildren(QLabel)
        if made.textFormat() == Qt.TextFormat.AutoText and made.text()
    ]

    assert rich <= {"lbl_words"}  # it escapes what it shows
    assert automatic == []


def test_controls_have_names_that_are_read_aloud(open_program: Program, settle: Settle) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit

    for name in ("data", "indicators", "trends", "impact"):
        open_program.window.show_screen(name)
        settle(open_program.runner)
        nameless = [
            made.objectName()
            for made in open_program.window.screens[name].findChildren(QWidget)
            if isinstance(made, QAbstractButton | QComboBox | QLineEdit | QAbstractItemView)
            and made.isVisible()
            and made.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not made.accessibleName()
            and not (isinstance(made, QAbstractButton) and made.text())
            and made.objectName().startswith(("btn_", "pick_", "tbl_", "edit_", "check_"))
        ]
        assert nameless == [], name


def test_size_language_and_context_are_restored(
    make_program: Callable[[], Program], sample: Path, settle: Settle
) -> None:
    first = make_program()
    first.session.open_project(sample)
    settle(first.runner)
    first.window.resize(980, 700)
    first.session.choose_area("XV-01")
    first.session.choose_years(2010, 2020)
    first.choose(Choices(language="fr", theme="dark", text_percent=125))
    settle(first.runner)
    first.window.close()

    again = make_program()
    again.session.open_project(sample)
    settle(again.runner)

    assert again.preferences.choices() == Choices(language="fr", theme="dark", text_percent=125)
    assert again.window.height() == 700  # the offscreen screen is too narrow for the width
    state = again.session.state
    assert (state.area, state.first_year, state.last_year) == ("XV-01", 2010, 2020)
    assert [row.path for row in again.preferences.recent()] == [sample]


def test_a_dropped_project_is_opened(program: Program, sample: Path, settle: Settle) -> None:
    program.commands.files.take_file(sample)
    settle(program.runner)

    assert program.session.state.title == "Valdoria"
    assert program.window.fictitious.isVisible()


def test_a_file_dropped_without_a_project_is_answered(program: Program, tmp_path: Path) -> None:
    program.commands.files.take_file(tmp_path / "police.csv")

    assert program.window.undo_bar.isVisible()
    assert "project" in program.window.undo_bar.text.text()


def test_undo_and_redo_change_content_and_menus(open_program: Program, settle: Settle) -> None:
    from workbench.services import events
    from workbench.services.history import content_digest

    session, table = open_program.session, open_program.window.actions_table
    before = content_digest(session.workspace)
    change = events.remove_event(session.workspace, events.events(session.workspace)[0].id)
    session.wrote(change)
    settle(open_program.runner)
    assert open_program.window.undo_bar.isVisible()
    assert "Removed the event" in table["undo_change"].text()

    table["undo_change"].trigger()
    settle(open_program.runner)

    assert content_digest(session.workspace) == before
    assert table["redo_change"].isEnabled()


def test_common_calls_keep_the_references_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses one reference a call on Python 3.11 and the process ends."""
    from PySide6.QtCore import QObject, QSettings, Signal
    from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

    class Told(QObject):
        said = Signal(object)

    told, label, widget = Told(), QLabel("x"), QWidget()
    told.said.connect(lambda _thing: None)
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    painter, path = QPainter(image), QPainterPath()
    path.addRect(0, 0, 5, 5)
    calls = {
        "QLabel.setText": lambda: label.setText("y"),
        "QWidget.update": widget.update,
        "QWidget.resize": lambda: widget.resize(30, 30),
        "QWidget.setVisible": lambda: widget.setVisible(False),
        "QPainter.setBrush": lambda: painter.setBrush(QColor(1, 2, 3)),
        "QPainter.setPen": lambda: painter.setPen(QColor(1, 2, 3)),
        "QPainter.drawPath": lambda: painter.drawPath(path),
        "QPainter.drawText": lambda: painter.drawText(1, 1, "a"),
        "QPainter.save": lambda: (painter.save(), painter.restore()),
        "Signal.emit": lambda: told.said.emit(None),
        "QObject.setObjectName": lambda: widget.setObjectName("a"),
        "processEvents": qapp.processEvents,
        "QSettings": lambda: QSettings("tests", "none").value("x"),
    }
    lost = {}
    for name, call in calls.items():
        call()
        call()
        before = sys.getrefcount(None)
        for _index in range(100):
            call()
        if before - sys.getrefcount(None) > 20:
            lost[name] = before - sys.getrefcount(None)
    painter.end()

    assert lost == {}
