"""The sheet as it was in the file: header, notes and imported cells marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from ui.theme import Theme
from ui.viewmodels.data import DataViewModel
from ui.viewmodels.data_reading import Raw
from ui.viewmodels.source import CellRef
from ui.views.flow_layout import FlowLayout
from ui.views.tables import TableView
from ui.views.widgets import column, label, restyle, row, rule
from workbench.i18n import _

_LEGEND_FROM = 620
"""Width from which the signs are explained in the head line."""


class RawSheetCard(QFrame):
    """The sheet of the chosen version, with the cell of the chosen value."""

    def __init__(
        self, viewmodel: DataViewModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setObjectName("raw_sheet")
        self._theme = theme
        layout = column(self, margins=(1, 1, 1, 1))
        holder = QWidget()
        head = FlowLayout(holder, spacing=10)
        head.setContentsMargins(16, 8, 14, 8)
        self._head, self.sheet_name = label("heavy"), label("small")
        self.sheets = QComboBox()
        self.sheets.setObjectName("pick_sheet")
        self.sheets.activated.connect(lambda: viewmodel.choose_sheet(self.sheets.currentText()))
        self.note = label("small")
        for widget in (self._head, self.sheet_name, self.sheets, self.note):
            head.addWidget(widget)
        self._legend = QWidget()
        line = row(self._legend, spacing=7)
        self._words = []
        for ground, frame in (("accent-soft", ""), ("", "border"), ("warn-soft", "")):
            words = label("small")
            line.addWidget(_Swatch(theme, ground, frame))
            line.addWidget(words)
            line.addSpacing(6)
            self._words.append(words)
        head.addWidget(self._legend)
        layout.addWidget(holder)
        layout.addWidget(rule())
        self.table = TableView(theme, "tbl_raw", grid=True, model=viewmodel.sheet.model)
        self.table.verticalHeader().show()
        layout.addWidget(self.table, 1)
        self.setMinimumHeight(140)

    def show_frame(self, *, framed: bool) -> None:
        """A card of its own, or a page of a card."""
        self.setProperty("card", "true" if framed else "false")
        restyle(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The signs are explained where there is room."""
        super().resizeEvent(event)
        self._legend.setVisible(self.width() / self._theme.scale > _LEGEND_FROM)

    def show_raw(self, raw: Raw) -> None:
        """Show another sheet; its rows are in the model already."""
        self.sheet_name.setText(raw.file)
        self.note.setText(raw.note)
        self.note.setVisible(bool(raw.note))
        self.sheets.clear()
        self.sheets.addItems(raw.sheets)
        self.sheets.setCurrentText(raw.sheet)
        self.sheets.setVisible(len(raw.sheets) > 1)
        self.table.fit_soon(most=200)

    def mark(self, cell: CellRef | None, raw: Raw) -> None:
        """Outline the cell of a value."""
        if cell is None or cell.row is None or cell.vintage != raw.vintage:
            self.table.clearSelection()
            return
        line = self.table.table.row_of(cell.row)
        if line >= 0 and cell.column is not None:
            index = self.table.table.index(line, cell.column - 1)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
            # rows above and below it help to recognise the place
            bar, view = self.table.verticalScrollBar(), self.table.viewport()
            middle = self.table.visualRect(index).center().y()
            bar.setValue(bar.value() + middle - view.height() // 2)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self._head.setText(_("Raw sheet"))
        self.sheets.setAccessibleName(_("Sheet"))
        self.table.setAccessibleName(_("Raw sheet"))
        for words, text in zip(self._words, (_("header"), _("imported"), _("note")), strict=True):
            words.setText(text)


class _Swatch(QFrame):
    """A small square of the legend."""

    def __init__(self, theme: Theme, ground: str, frame: str) -> None:
        super().__init__()
        self._theme, self._ground, self._frame = theme, ground, frame
        self.setFixedSize(13, 13)

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(self._theme.colour(self._frame), 1) if self._frame else Qt.PenStyle.NoPen
        )
        painter.setBrush(
            self._theme.colour(self._ground) if self._ground else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()
