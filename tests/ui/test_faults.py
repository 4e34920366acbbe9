"""Faults are logged and told without any data."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from ui import faults
from ui.messages import problem_box

SECRET = "Name of a person 4711"


def failing() -> None:
    try:
        dict[str, int]()[SECRET]
    except KeyError as error:
        raise ValueError(SECRET) from error


def caught() -> BaseException:
    try:
        failing()
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    before = list(faults.LOG.handlers)
    path = faults.start_log(tmp_path / "log")
    assert path is not None
    yield path
    qInstallMessageHandler(None)
    for handler in [each for each in faults.LOG.handlers if each not in before]:
        handler.close()
        faults.LOG.removeHandler(handler)


def test_a_report_names_places_and_classes_and_no_text_of_errors() -> None:
    report = faults.fault_of(caught()).report

    assert "test_faults.py" in report
    assert "in failing" in report
    assert report.index("KeyError") < report.index("which led to") < report.index("ValueError")
    assert SECRET not in report
    assert str(Path(__file__).parent) not in report


def test_a_fault_is_logged_and_shown_once(
    log: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", sys.excepthook)
    seen: list[faults.Fault] = []

    def show(fault: faults.Fault) -> None:
        seen.append(fault)
        if len(seen) < 5:
            faults.told(caught(), show)  # the note itself fails: it must not come again and again

    faults.install(show)
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)

    assert len(seen) == 1
    text = log.read_text(encoding="utf-8")
    assert text.count("fault in the window") == 2
    assert SECRET not in text


def test_the_log_never_grows_beyond_its_cap(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = faults.LOG.handlers[-1]
    monkeypatch.setattr(handler, "maxBytes", 2_000)
    for _ in range(200):
        faults.LOG.warning("x" * 90)

    assert len(list(log.parent.iterdir())) == 1 + faults.MOST_FILES
    assert all(path.stat().st_size <= 2_100 for path in log.parent.iterdir())


def test_a_folder_that_cannot_be_written_is_no_reason_to_refuse_the_start(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file")

    assert faults.start_log(tmp_path / "log") is None


def test_the_note_copies_goes_on_or_restarts(qapp: QApplication, qtbot: object) -> None:
    restarted: list[bool] = []
    box = problem_box(None, faults.Fault("the report"), lambda: restarted.append(True))
    box.show()
    buttons = {button.text(): button for button in box.buttons()}
    copy, again = buttons["Copy report"], buttons["Restart"]
    assert isinstance(copy, QPushButton)
    copy.click()
    assert box.isVisible()
    assert QGuiApplication.clipboard().text() == "the report"
    assert box.defaultButton().text() == "Continue"
    again.click()
    assert restarted == [True]
    assert logging.getLogger("tip_workbench.ui") is faults.LOG
    box.close()
