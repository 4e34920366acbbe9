"""Paper: Home, the grid, an indicator and the scorecard on A4 or Letter, with a preview."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLineEdit

from ui.tasks import TaskProgress
from ui.theme import TOKENS
from ui.viewmodels import printing
from ui.viewmodels.printing import CHART, Printable
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow
from workbench.i18n import _, message
from workbench.presenting.spec import Chart

MARGIN_MM = 16.0
TEXT_PT = 9.0
DPI = 96
"""Text is laid out in units of 1/96 inch, whatever the screen and the printer have."""
FOOT = 30.0
"""Height of the line at the foot of each page."""
WIDEST = 605.0
"""Width of a chart: 160 mm."""
LETTER = ("US", "CA", "MX", "CO", "PR", "JM", "HT", "CL")
"""Countries whose paper is Letter; elsewhere it is A4."""
INK, QUIET, HAIRLINE = (TOKENS[name][0] for name in ("ink", "ink-2", "line"))
"""Colours of the light look: paper is white whatever the window is."""
STYLE = (
    "h1 { font-size: 15pt; } h2 { font-size: 11pt; } p { font-size: 9pt; } "
    f".context {{ color: {QUIET}; }} th {{ font-size: 8pt; border-bottom: 1px solid {QUIET}; }} "
    f"td {{ font-size: 8pt; border-bottom: 1px solid {HAIRLINE}; }}"
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A page to print with the pictures of its charts."""

    page: Printable
    pictures: tuple[QImage, ...]


class Printing(QObject):
    """Puts the screen in view on paper.

    Args:
        window: the frame.
        session: the open project.
    """

    def __init__(self, window: MainWindow, session: SessionViewModel) -> None:
        super().__init__(window)
        self.window, self.session = window, session
        self._printer: QPrinter | None = None

    def print_screen(self) -> None:
        """Show a preview of the screen in view."""
        name = self.window.current_screen
        screen: Any = self.window.screens.get(name)
        page = self._page(name, screen)
        if name == "data" and self.session.state.has_project:
            self._prepare_grid(screen.viewmodel)
        elif page is None:
            self.window.undo_bar.say(
                _("This screen is printed through its chart: save it as a page."), undoable=False
            )
        else:
            self._prepare(page)

    def _page(self, name: str, screen: Any) -> Printable | None:
        from ui.views.head import cut_text
        from workbench.i18n import local

        state = self.session.state
        if not state.has_project:
            return None
        if name == "home":
            return printing.home_page(screen.viewmodel.state, state)
        if name == "scorecard":
            return printing.scorecard_page(screen.viewmodel.state, state)
        if name == "indicators":
            names = {area.code: local(area.names) for area in state.areas}
            place = names.get(state.area) or state.area
            return printing.indicator_page(
                screen.viewmodel.state, state, place, cut_text(state.cut)
            )
        return None

    def _prepare_grid(self, viewmodel: Any) -> None:
        ws, state, question = self.session.workspace, self.session.state, viewmodel.question()
        source = viewmodel.source_name

        def work(_progress: TaskProgress) -> Sheets:
            from ui.viewmodels import data_grid

            asked = data_grid.ask(ws, question)
            return Sheets(printing.grid_page(ws, asked, state, source), ())

        self._start(work)

    def _prepare(self, page: Printable) -> None:
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> Sheets:
            return Sheets(page, tuple(_picture(ws, chart) for chart in page.charts))

        self._start(work)

    def _start(self, work: Any) -> None:
        def done(sheets: Sheets) -> None:
            self.preview(sheets)

        self.session.runner.start(work, done=done, failed=self.session.failed.emit, lane="print")

    def preview(self, sheets: Sheets) -> QPrintPreviewDialog:
        """Open the preview; printing starts only there."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(paper(self.session.state.country_format))
        printer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
        printer.setDocName(sheets.page.title)
        dialog = QPrintPreviewDialog(printer, self.window)
        dialog.setObjectName("dlg_print")
        dialog.setWindowTitle(_("Print"))
        # Qt takes no hold of the printer: without this it would be gone before the first page
        self._printer = printer
        dialog.paintRequested.connect(lambda device: paint(sheets, device))
        dialog.resize(self.window.size() * 0.85)
        dialog.open()
        _name_parts(dialog)
        return dialog


def _name_parts(dialog: QPrintPreviewDialog) -> None:
    """Names for a screen reader, and the keys in the first control: Qt gives neither."""
    for kind, name in (
        (QComboBox, _("Size of the preview")),
        (QLineEdit, _("Page")),
        (QGraphicsView, _("Pages")),
    ):
        for part in dialog.findChildren(kind):
            part.setAccessibleName(name)
    zoom = dialog.findChild(QComboBox)
    if zoom is not None:
        zoom.setFocus()


def paper(country_format: str) -> QPageSize:
    """The size of paper that the country of the numbers uses."""
    country = country_format.partition("_")[2]
    return QPageSize(QPageSize.PageSizeId.Letter if country in LETTER else QPageSize.PageSizeId.A4)


def _picture(ws: Any, chart: Chart) -> QImage:
    """The chart as it goes to paper; called in a worker."""
    from workbench.services import reports

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chart.png"
        reports.write_chart(ws, chart, file)
        return QImage(str(file))


@lru_cache(maxsize=1)
def _device() -> QImage:
    """A device of 96 dots an inch to measure text with."""
    made = QImage(1, 1, QImage.Format.Format_RGB32)
    made.setDotsPerMeterX(round(DPI / 0.0254))
    made.setDotsPerMeterY(round(DPI / 0.0254))
    return made


def document(sheets: Sheets, width: float) -> QTextDocument:
    """The page laid out as text, in units of 1/96 inch.

    Args:
        sheets: page and pictures.
        width: of the text.
    """
    made = QTextDocument()
    made.documentLayout().setPaintDevice(_device())
    made.setDocumentMargin(0)
    font = QFont(QGuiApplication.font().family(), int(TEXT_PT))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setDefaultFont(font)
    made.setDefaultStyleSheet(STYLE)
    for number, picture in enumerate(sheets.pictures):
        made.addResource(
            QTextDocument.ResourceType.ImageResource, QUrl(f"{CHART}{number}"), picture
        )
    words = printing.html(sheets.page)
    for number, picture in enumerate(sheets.pictures):
        wide = min(width, WIDEST)
        high = wide * picture.height() / max(picture.width(), 1)
        words = words.replace(
            f'src="{CHART}{number}"',
            f'src="{CHART}{number}" width="{wide:.0f}" height="{high:.0f}"',
        )
    made.setHtml(words)
    return made


def paint(sheets: Sheets, printer: QPrinter) -> int:
    """Paint all pages; returns how many."""
    painter = QPainter(printer)
    scale = printer.resolution() / DPI
    area = printer.pageLayout().paintRectPixels(printer.resolution())
    wide, high = area.width() / scale, area.height() / scale
    body = QSizeF(wide, high - FOOT)
    text = document(sheets, wide)
    text.setPageSize(body)
    pages = max(text.pageCount(), 1)
    painter.scale(scale, scale)
    for number in range(pages):
        if number:
            printer.newPage()
        painter.save()
        painter.translate(0, -number * body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, number * body.height(), wide, body.height())
        context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
        painter.setClipRect(context.clip)
        text.documentLayout().draw(painter, context)
        painter.restore()
        _foot(painter, sheets.page, QRectF(0, body.height(), wide, FOOT), number + 1, pages)
    painter.end()
    return pages


def _foot(painter: QPainter, page: Printable, place: QRectF, number: int, pages: int) -> None:
    font = QFont(QGuiApplication.font().family())
    font.setPixelSize(10)  # painters of printers take points by their own resolution
    painter.setFont(font)
    painter.setPen(QColor(QUIET))
    line = place.adjusted(0, 8, 0, 0)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, page.context)
    told = message("{number} of {pages}", {"number": number, "pages": pages})
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, told)
    painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, page.mark)
