"""A chart is copied, saved and described from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ui.app import Program
from ui.tasks import TaskRunner
from ui.views.chart_commands import DescribeDialog, file_name, with_ending

Settle = Callable[[TaskRunner], None]


@pytest.fixture
def trends(open_program: Program, settle: Settle) -> Program:
    open_program.window.show_screen("trends")
    settle(open_program.runner)
    return open_program


def test_the_picture_goes_to_the_clipboard(trends: Program, settle: Settle) -> None:
    trends.window.actions_table["copy_picture"].trigger()
    settle(trends.runner)

    image = QGuiApplication.clipboard().image()
    assert image.width() > image.height() > 500


def test_the_data_of_a_chart_are_copied_with_title_and_source(
    trends: Program, settle: Settle
) -> None:
    trends.window.setFocus()
    trends.window.actions_table["copy_selection"].trigger()

    lines = QGuiApplication.clipboard().text().split("\n")
    chart = trends.commands.charts.chart()
    assert chart is not None
    assert chart.table is not None
    assert lines[0] == chart.title
    assert lines[-1] == chart.source
    assert len([line for line in lines if "\t" in line]) == len(chart.table.rows) + 1


@pytest.mark.parametrize(
    ("ending", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")]
)
def test_a_chart_is_saved(
    trends: Program, settle: Settle, tmp_path: Path, ending: str, start: bytes
) -> None:
    chart = trends.commands.charts.chart()
    assert chart is not None
    file = tmp_path / f"trend{ending}"

    trends.commands.charts.write(chart, file)
    settle(trends.runner)

    assert start in file.read_bytes()[:200]
    assert trends.window.undo_bar.isVisible()


def test_a_chart_is_described_in_words(trends: Program, settle: Settle) -> None:
    trends.window.actions_table["describe_chart"].trigger()
    settle(trends.runner)

    (dialog,) = trends.window.findChildren(DescribeDialog)
    dialog.copy.click()
    chart = trends.commands.charts.chart()
    assert chart is not None
    assert QGuiApplication.clipboard().text() == chart.description
    assert len(chart.description) > 40
    dialog.accept()


def test_where_there_is_no_chart_it_is_said(open_program: Program, settle: Settle) -> None:
    open_program.window.actions_table["save_chart"].trigger()

    assert open_program.window.undo_bar.isVisible()
    assert not open_program.window.undo_bar.action.isVisible()


def test_files_get_a_name_and_an_ending() -> None:
    assert file_name("Victims / persons: 2005–2024?") == "Victims persons 2005 2024"
    assert with_ending(Path("a"), "Picture (*.png)") == Path("a.png")
    assert with_ending(Path("a.PDF"), "Picture (*.png)") == Path("a.PDF")
