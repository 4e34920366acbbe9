"""Screens on paper: the same values as in view, heads on every page, who may read it."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QComboBox

from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels import printing as pages
from ui.viewmodels.printing import Printable
from ui.viewmodels.session import SessionState
from ui.views import printing
from ui.views.printing import Printing, Sheets
from workbench.presenting.spec import Column, Table

Settle = Callable[[TaskRunner], None]


def printed(sheets: Sheets, path: Path, size: QPageSize | None = None) -> list[str]:
    """Text of each page of the file that is printed, without spaces."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(size or printing.paper("es_AR"))
    printing.paint(sheets, printer)
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


def sheets_of(program: Program, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> Sheets:
    kept: list[Sheets] = []
    monkeypatch.setattr(Printing, "preview", lambda _self, sheets: kept.append(sheets))
    program.window.actions_table["print_screen"].trigger()
    settle(program.runner)
    return kept[0]


def test_an_indicator_is_printed_with_chart_values_and_formula(
    open_program: Program, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_program.window.show_indicator("PRS-05")
    settle(open_program.runner)
    sheets = sheets_of(open_program, settle, monkeypatch)

    assert len(sheets.pictures) == 1
    text = "".join(printed(sheets, tmp_path / "p.pdf"))
    assert "66.8%" in text
    assert "FICTITIOUSDATA" in text
    assert "Valdoria" in text
    assert "1of" in text


@pytest.mark.parametrize("screen", ["home", "scorecard", "data"])
def test_each_screen_has_a_page(
    open_program: Program,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    screen: str,
) -> None:
    open_program.window.show_screen(screen)
    settle(open_program.runner)
    sheets = sheets_of(open_program, settle, monkeypatch)
    table = next(block for block in sheets.page.blocks if isinstance(block, Table))

    assert table.rows
    texts = printed(sheets, tmp_path / "p.pdf")
    assert texts
    assert all("FICTITIOUSDATA" in text for text in texts)
    if screen == "data":
        view: Any = open_program.window.screens["data"]
        shown = view.viewmodel.state.grid
        assert table.rows[0] == tuple(cell.text for cell in shown.rows[0].cells)


def test_heads_stand_on_every_page_and_no_row_is_lost(qapp: QApplication, tmp_path: Path) -> None:
    table = Table(
        title="Values",
        columns=(Column(id="a", title="Headword"), Column(id="b", title="Number")),
        rows=tuple((f"<b>row</b> {number}", str(number)) for number in range(300)),
    )
    page = Printable(title="T", context="C", blocks=(table,), mark="INTERNAL")
    texts = printed(Sheets(page, ()), tmp_path / "p.pdf")

    assert len(texts) > 3
    assert all("Headword" in text and "INTERNAL" in text for text in texts)
    whole = "".join(texts)
    assert all(f"<b>row</b>{number}{number}" in whole for number in range(300))


def test_paper_follows_the_country() -> None:
    assert printing.paper("es_MX").id() == QPageSize.PageSizeId.Letter
    assert printing.paper("pt_BR").id() == QPageSize.PageSizeId.A4


def test_the_mark_says_who_may_read(open_program: Program) -> None:
    from dataclasses import replace

    state = replace(open_program.session.state, fictitious=False)
    assert pages.mark_of(state) == "INTERNAL: not for publication"
    assert pages.mark_of(replace(state, public_view=True)) == "Public view"


def test_the_preview_opens(open_program: Program, qapp: QApplication) -> None:
    page = Printable(title="T", context="C", blocks=("words",), mark="")
    dialog = Printing(open_program.window, open_program.session).preview(Sheets(page, ()))

    assert isinstance(dialog, QPrintPreviewDialog)
    assert dialog.isVisible()
    dialog.close()
    dialog.deleteLater()


def test_the_preview_paints_after_it_was_opened(open_program: Program, settle: Settle) -> None:
    open_program.window.show_screen("scorecard")
    settle(open_program.runner)
    open_program.window.actions_table["print_screen"].trigger()
    settle(open_program.runner)
    gc.collect()

    (dialog,) = open_program.window.findChildren(QPrintPreviewDialog)
    preview = dialog.findChild(QPrintPreviewWidget)
    preview.updatePreview()
    assert preview.pageCount() == 1
    zoom = dialog.findChild(QComboBox)
    assert zoom.accessibleName() == "Size of the preview"
    dialog.reject()


def test_a_project_named_like_its_area_is_named_once() -> None:
    state = SessionState(title="Valdoria", first_year=2005, last_year=2024)

    assert pages.context_of(state, "Valdoria", "Women") == "Valdoria · 2005–2024 · Only: Women"
    assert pages.context_of(state, "North") == "Valdoria · North · 2005–2024"
