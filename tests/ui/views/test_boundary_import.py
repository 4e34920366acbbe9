"""A file of boundaries goes into the project at once; a damaged one is told."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from ui.app import Program
from ui.tasks import TaskRunner

Settle = Callable[[TaskRunner], None]
ONE = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "XV-01"},'
    ' "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}}]}'
)


def test_a_boundary_file_is_entered_and_can_be_undone(
    open_program: Program, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "regions.geojson"
    path.write_text(ONE, encoding="utf-8")

    open_program.commands.files.import_path(path)
    settle(open_program.runner)

    bar = open_program.window.undo_bar
    assert "regions.geojson" in bar.text.text()
    assert not open_program.window.findChildren(QDialog, "dlg_import")
    undo = open_program.session.state.undo
    assert undo is not None


def test_a_damaged_boundary_file_is_told(
    open_program: Program, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "regions.geojson"
    path.write_text(ONE[:-20], encoding="utf-8")
    told: list[object] = []
    open_program.session.failed.disconnect()
    open_program.session.failed.connect(told.append)

    open_program.commands.files.import_path(path)
    settle(open_program.runner)

    assert "regions.geojson" in str(told[0])
