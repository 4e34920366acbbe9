"""The search that reaches everything (Ctrl+K): type, choose with the arrows, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.theme import Theme
from ui.viewmodels.palette import PaletteEntry, matching
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.tables import TableView
from ui.views.widgets import column, label
from workbench.i18n import _
from workbench.presenting.spec import Alignment

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """A field and the things that fit.

    Args:
        entries: everything that can be reached.
        theme: the look in force.
        parent: the window.

    Signals:
        chosen: the ``PaletteEntry``.
    """

    chosen = Signal(object)

    def __init__(
        self, entries: Sequence[PaletteEntry], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_palette")
        self.setWindowTitle(_("Search everything"))
        self._entries, self._found = tuple(entries), list[PaletteEntry]()
        layout = column(self, margins=(12, 12, 12, 10), spacing=8)
        self.field = QLineEdit()
        self.field.setObjectName("edit_palette")
        self.field.setPlaceholderText(_("An action, an indicator, an area, help or a file"))
        self.field.setAccessibleName(_("Search everything"))
        self.field.setClearButtonEnabled(True)
        layout.addWidget(self.field)
        self.table = TableView(theme, "tbl_palette")
        self.table.setAccessibleName(_("What fits"))
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(lambda _index: self._take())
        layout.addWidget(self.table, 1)
        self.foot = label("micro")
        self.foot.setText(_("Arrow keys choose, Enter opens, Esc closes"))
        layout.addWidget(self.foot)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._take)
        self.resize(theme.px(620), theme.px(420))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if parent is not None:
            top = parent.window()
            self.resize(min(self.width(), top.width() - 80), min(self.height(), top.height() - 80))
            corner = top.mapToGlobal(top.rect().topLeft())
            self.move(
                corner.x() + (top.width() - self.width()) // 2,
                corner.y() + max((top.height() - self.height()) // 4, 40),
            )
        self._search("")

    @property
    def found(self) -> list[PaletteEntry]:
        """What fits, the best first."""
        return self._found

    def _search(self, text: str) -> None:
        self._found = matching(text, self._entries)
        heads = (HeadText(text="", elastic=True), HeadText(text="", align=Alignment.RIGHT))
        rows = [
            Row(
                key=index,
                cells=(
                    CellText(text=entry.title, icon=entry.icon, tone="ink"),
                    CellText(text=entry.hint, muted=True),
                ),
            )
            for index, entry in enumerate(self._found)
        ]
        if not rows:
            rows = [Row(key=-1, cells=(CellText(text=_("Nothing fits."), muted=True), CellText()))]
        self.table.table.show_rows(heads, rows)
        self.table.fit_soon(most=460)
        self.table.selectRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the focus."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            step = -1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1
            far = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            at = self.table.currentIndex().row() + step * (8 if far else 1)
            self.table.selectRow(min(max(at, 0), self.table.table.rowCount() - 1))
            return True
        return bool(super().eventFilter(watched, event))

    def _take(self) -> None:
        at = self.table.currentIndex().row()
        if 0 <= at < len(self._found):
            entry = self._found[at]
            self.accept()
            self.chosen.emit(entry)
