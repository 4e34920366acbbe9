"""The rows of a sheet in bands: header, data, notes; their edges are dragged, or moved with arrows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.viewmodels.import_state import ImportState
from ui.views.tables import TableView
from workbench.i18n import _, message

WHOLE_BELOW = 50
"""A sheet with fewer rows is in view as a whole, so that its end can be moved."""
MOST_HEADER_ROWS, MOST_NOTES = 20, 20
_HEIGHT = 13
_KEY_PAUSE_MS = 350
HEADER, DATA, NOTES = "header", "data", "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where the bands begin, as row numbers from 0.

    Attributes:
        header: first row of the header.
        data: first row of data.
        notes: first row of the notes; ``rows`` when there are none.
        rows: rows in view.
        whole: the end of the sheet is in view.
    """

    header: int
    data: int
    notes: int
    rows: int
    whole: bool

    @classmethod
    def of(cls, state: ImportState) -> Bands:
        """The bands of a look."""
        rows = len(state.first_rows)
        header = max(state.header_row - 1, 0)
        whole = rows < WHOLE_BELOW
        return cls(
            header=header,
            data=header + state.header_rows,
            notes=rows - state.footer_rows if whole else rows,
            rows=rows,
            whole=whole,
        )

    def moved(self, edge: str, row: int) -> Bands:
        """The bands with one edge at another row; the other edges give way."""
        header, data, notes = self.header, self.data, self.notes
        if edge == HEADER:
            header = min(max(row, 0), self.rows - 1)
            data = min(max(data, header + 1), header + MOST_HEADER_ROWS)
        elif edge == DATA:
            data = min(max(row, 1), self.rows)
            header = max(min(header, data - 1), data - MOST_HEADER_ROWS)
        else:
            notes = min(max(row, data, self.rows - MOST_NOTES), self.rows)
        return Bands(
            header=header,
            data=data,
            notes=max(notes, min(data, self.rows)),
            rows=self.rows,
            whole=self.whole,
        )

    def ground(self, row: int) -> str:
        """Colour token of a row (from 0): above the table, header, notes, or none."""
        if row < self.header:
            return "sunken"
        if row < self.data:
            return "accent-soft"
        return "warn-soft" if self.whole and row >= self.notes else ""


class BandEdge(QWidget):
    """One edge: a line across with its name; dragged, or moved with the arrow keys.

    Signals:
        moving: name of the edge and the row it would stand above.
        dropped: the person let it go.
    """

    moving = Signal(str, int)
    dropped = Signal()

    def __init__(
        self, name: str, theme: Theme, table: TableView, nearest: Callable[[int], int]
    ) -> None:
        super().__init__(table.viewport())
        self.name, self._theme, self._nearest = name, theme, nearest
        self.setObjectName(f"edge_{name}")
        self.row, self._text = 0, ""
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEY_PAUSE_MS)
        self._pause.timeout.connect(self.dropped)

    def show_edge(self, row: int, text: str, spoken: str) -> None:
        """Take its row and words."""
        self.row, self._text = row, text
        self.setAccessibleName(spoken)
        self.setToolTip(_("Drag it, or move it with the arrow keys"))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        self._dragged = event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse from row to row."""
        if self._dragged:
            row = self._nearest(self.mapToParent(event.position().toPoint()).y())
            if row != self.row:
                self.moving.emit(self.name, row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if self._dragged:
            self._dragged = False
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move it; a pause applies it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.moving.emit(self.name, self.row + step)
        self._pause.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was moved counts at once."""
        super().focusOutEvent(event)
        if self._pause.isActive():
            self._pause.stop()
            self.dropped.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line, name and grip."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, accent = self.height() / 2, theme.colour("accent")
        painter.setPen(QPen(accent, 3 if self.hasFocus() else 2))
        painter.drawLine(0, round(middle), self.width(), round(middle))
        font = theme.font("event")
        words = QFontMetrics(font).horizontalAdvance(self._text) + 26
        chip = QRectF(self.width() - words - 12, 0.5, words, self.height() - 1)
        painter.setPen(QPen(accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(chip, 6, 6)
        painter.setPen(QPen(theme.colour("surface"), 1.4))
        for up in (-2, 1):
            y = round(middle) + up
            painter.drawLine(round(chip.left()) + 7, y, round(chip.left()) + 15, y)
        painter.setFont(font)
        place = chip.adjusted(19, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class BandEdges(QObject):
    """The three edges over a table.

    Signals:
        moved: bands while an edge is being moved.
        dropped: bands when it was let go.
    """

    moved = Signal(object)
    dropped = Signal(object)

    def __init__(self, table: TableView, theme: Theme) -> None:
        super().__init__(table)
        self._table, self._theme = table, theme
        self.bands = Bands(header=0, data=1, notes=0, rows=0, whole=True)
        self.edges = {
            name: BandEdge(name, theme, table, self._nearest) for name in (HEADER, DATA, NOTES)
        }
        for edge in self.edges.values():
            edge.moving.connect(self._moving)
            edge.dropped.connect(lambda: self.dropped.emit(self.bands))
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The edges follow the table."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def show_bands(self, bands: Bands) -> None:
        """Put the edges where the bands begin."""
        self.bands = bands
        spoken = {
            HEADER: _("The header begins in row {row}. Arrow keys move the edge."),
            DATA: _("The data begin in row {row}. Arrow keys move the edge."),
            NOTES: _("The notes begin in row {row}. Arrow keys move the edge."),
        }
        words = {HEADER: _("header"), DATA: _("first row of data"), NOTES: _("notes")}
        rows = {HEADER: bands.header, DATA: bands.data, NOTES: bands.notes}
        for name, edge in self.edges.items():
            row = rows[name]
            edge.show_edge(row, words[name], message(spoken[name], {"row": row + 1}))
            edge.setVisible(bands.rows > 0 and (name != NOTES or bands.whole))
        self._place()

    def _moving(self, name: str, row: int) -> None:
        bands = self.bands.moved(name, row)
        if bands != self.bands:
            self.show_bands(bands)
            self.moved.emit(bands)

    def _top_of(self, row: int) -> int:
        table = self._table
        if row < table.table.rowCount():
            return table.rowViewportPosition(row)
        last = table.table.rowCount() - 1
        return table.rowViewportPosition(last) + table.rowHeight(last) if last >= 0 else 0

    def _nearest(self, y: int) -> int:
        """The row whose upper edge is nearest to a height in the view."""
        rows = range(self.bands.rows + 1)
        return min(rows, key=lambda row: abs(self._top_of(row) - y), default=0)

    def _place(self) -> None:
        height, width = self._theme.px(_HEIGHT) + 4, self._table.viewport().width()
        for edge in self.edges.values():
            top = self._top_of(edge.row) - height // 2
            edge.setGeometry(0, max(top, 0) if edge.row == 0 else top, width, height)
            edge.raise_()
