"""Look at a file, import it, and say what came of it; the sums must close."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_
from ui.tasks import Task, TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.imports import ImportOutcome


ROLES = {
    "area": N_("area"),
    "period": N_("period"),
    "variable": N_("input"),
    "value": N_("value"),
    "unit": N_("unit"),
    "flag": N_("mark"),
    "note": N_("note"),
    "ignore": N_("not used"),
    "breakdown": N_("breakdown"),
    "low": N_("lower end"),
    "high": N_("upper end"),
}
"""Roles of columns in words; others are shown as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column of the file: its header, what it is taken for, samples."""

    name: str
    role: str
    samples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A line of the summary; ``depth`` 1 for parts of a sum."""

    text: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportState:
    """What the dialog renders.

    Attributes:
        stage: ``reading``, ``ready``, ``importing``, ``done`` or ``failed``.
        file: name of the file.
        about: format, sheet, preset in words.
        columns: how the columns are read.
        questions: what must be decided first, as sentences.
        oddities: remarks on the file.
        sheets: names of the sheets; ``sheet`` the chosen one.
        rows, cells: the two sums that close, as lines.
        remarks: warnings and notes of the import.
        left_out: rows and cells set aside, as sentences.
        done, total: progress.
    """

    stage: str = "reading"
    file: str = ""
    about: str = ""
    columns: tuple[ColumnLine, ...] = ()
    questions: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    rows: tuple[ReportLine, ...] = ()
    cells: tuple[ReportLine, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    done: int = 0
    total: int = -1


class ImportViewModel(QObject):
    """State of one import.

    Args:
        path: the file.
        session: the open project.

    Signals:
        changed: a new ``ImportState``.
        failed: a problem to tell.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, path: Path, session: SessionViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path, self.session = path, session
        self.state = ImportState(file=path.name)
        self._task: Task | None = None

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def look(self, sheet: str = "") -> None:
        """Read the file without writing anything."""
        path = self.path
        self._set(stage="reading")
        self._task = self.session.runner.start(
            lambda _progress: read_preview(path, sheet),
            done=lambda fields: self._set(stage="ready", **fields),
            failed=self._failed,
        )

    def run(self, *, mode: str = "replace", author: str = "") -> None:
        """Import the file as one step that can be undone."""
        ws, path, sheet = self.session.workspace, self.path, self.state.sheet
        self._set(stage="importing", done=0, total=-1)

        def work(progress: TaskProgress) -> ImportOutcome:
            from workbench.services import imports

            outcome = imports.accept(
                ws, path, sheet=sheet or None, mode=mode, author=author, progress=progress
            )
            outcome.report.check()
            return outcome

        self._task = self.session.runner.start(
            work,
            done=self._imported,
            failed=self._failed,
            progressed=lambda done, total, _text: self._set(done=done, total=total),
            writes=True,
        )
        self._task.stopped.connect(lambda: self._set(stage="ready"))

    def cancel(self) -> None:
        """Stop; nothing is written then."""
        if self._task is not None and self.state.stage in ("reading", "importing"):
            self._task.cancel()

    def _imported(self, outcome: ImportOutcome) -> None:
        self._task = None
        self._set(stage="done", **report_fields(outcome.report))
        self.session.wrote(outcome.change)

    def _failed(self, problem: Any) -> None:
        self._task = None
        self._set(stage="failed")
        self.failed.emit(problem)


def read_preview(path: Path, sheet: str) -> dict[str, Any]:
    """The fields of the state that a look at the file gives; called in a worker."""
    from workbench.i18n import _, message
    from workbench.services import imports

    seen = imports.preview(path, sheet=sheet or None)
    facts = seen.as_dict()
    parts = [message("Format: {format}.", {"format": seen.format})]
    if seen.preset:
        parts.append(message("Known layout: {preset}.", {"preset": seen.preset}))
    shown = next((item for item in seen.sheets if item.name == seen.sheet), None)
    columns = () if shown is None else tuple(
        ColumnLine(
            name=item.name,
            role=_(ROLES.get(item.role, item.role)),
            samples=", ".join(sample.text for sample in item.samples[:4]),
        )
        for item in shown.columns
    )  # fmt: skip
    questions: Any = facts["questions"]
    return {
        "about": " ".join(parts),
        "columns": columns,
        "questions": tuple(str(item["text"]) for item in questions),
        "oddities": tuple(remark.text for remark in seen.oddities),
        "sheets": tuple(item.name for item in seen.sheets if item.name),
        "sheet": seen.sheet,
    }


def report_fields(report: Any) -> dict[str, Any]:
    """The fields of the state that a finished import gives."""
    from workbench.i18n import _, message

    rows = (
        ReportLine(text=_("Rows in the file"), count=report.rows_read),
        ReportLine(text=_("imported"), count=report.rows_imported, depth=1),
        ReportLine(text=_("left out"), count=report.rows_set_aside, depth=1),
        ReportLine(text=_("header"), count=report.header_rows, depth=1),
        ReportLine(text=_("notes below the table"), count=report.footer_rows, depth=1),
        ReportLine(text=_("blank"), count=report.blank_rows, depth=1),
    )
    cells = (
        ReportLine(text=_("Cells with values"), count=report.cells_read),
        ReportLine(text=_("imported"), count=report.observations, depth=1),
        ReportLine(text=_("no value in the file"), count=sum(report.missing.values()), depth=1),
        ReportLine(text=_("left out"), count=report.cells_set_aside, depth=1),
        ReportLine(text=_("not needed"), count=report.cells_ignored, depth=1),
    )
    left_out = tuple(
        message(
            "Row {row}: “{value}”. {reason}",
            {"row": entry.row, "value": entry.value, "reason": entry.text},
        )
        for entry in report.set_aside[:50]
    )
    remarks = tuple(remark.text for remark in (*report.warnings, *report.notes))
    return {"rows": rows, "cells": cells, "remarks": remarks, "left_out": left_out}
