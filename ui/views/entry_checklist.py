"""The page of the entry window that answers a checklist: one row an item, with what shows it."""

from __future__ import annotations

import math

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Theme
from ui.viewmodels.checklist_table import COLUMNS, MET, met_of
from ui.viewmodels.entry_checklist import ChecklistState, ChecklistViewModel
from ui.viewmodels.entry_table import FIXED
from ui.viewmodels.tables import GROUND_ROLE, MUTED_ROLE, STRONG_ROLE, Index
from ui.views.choices import NumberBox
from ui.views.entry_table import EntryTable
from ui.views.flow_layout import FlowLayout
from ui.views.tables import INSET, CellDelegate
from ui.views.widgets import card, column, label
from workbench.i18n import _, counted, message

LEAST = (190, 104, 58, 104, 104, 120, 100, 104, 104)
"""Widths of the columns, item first; with less room the table gets a scroll bar."""
SHARES = (4, 1, 0, 0, 0, 3, 2, 0, 1)
"""How they share what is left over."""
PADDING = 7


class ChecklistDelegate(CellDelegate):
    """Paints words in as many lines as they need; yes or no is chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of the words in the width of the column."""
        widget = option.widget
        width = widget.columnWidth(index.column()) - 2 * INSET
        metrics = QFontMetrics(self._font(index))
        wrap = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(QRect(0, 0, max(width, 20), 10_000), wrap, _words(index))
        return QSize(width, max(box.height() + 2 * PADDING, self._theme.px(30)))

    def _font(self, index: Index) -> QFont:
        if index.column() == 1 or index.column() == FIXED + len(COLUMNS):
            return self._theme.font("small")
        return self._theme.font("heavy" if index.data(STRONG_ROLE) else "body")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, lines and words."""
        theme, box = self._theme, QRect(option.rect)
        state = option.state
        painter.save()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = str(index.data(GROUND_ROLE) or "") or ("accent-soft" if is_chosen else "")
        if ground:
            painter.fillRect(box, theme.colour(ground))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.setFont(self._font(index))
        painter.setPen(theme.colour("ink-3" if index.data(MUTED_ROLE) else "ink"))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box.adjusted(INSET, 2, -INSET, -2), flags, _words(index))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list of yes and no; a field for the rest."""
        if index.column() != FIXED + MET:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(["–", _("yes"), _("no")])  # a word would take the first letter of no
        box.setAccessibleName(_("Met"))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The answer that stands there."""
        if isinstance(editor, QComboBox):
            met = met_of(str(index.data() or ""))
            editor.setCurrentIndex(0 if met is None else 1 if met else 2)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The answer that was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText() if editor.currentIndex() else "")
        else:
            super().setModelData(editor, model, index)


def _words(index: Index) -> str:
    return str(index.data() or "")


class ChecklistTable(EntryTable):
    """The items; columns share the width, rows are as high as their words."""

    def __init__(self, viewmodel: ChecklistViewModel, theme: Theme) -> None:
        super().__init__(viewmodel, theme, "tbl_checklist")
        self.setItemDelegate(ChecklistDelegate(theme, self))
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.fit)
        viewmodel.model.typed.connect(self._soon.start)

    def fit(self) -> None:
        """Share the width, none below its head, then give every row the height of its words."""
        head = self.horizontalHeader()
        least = [
            max(self._theme.px(width), head.sectionSizeHint(at)) for at, width in enumerate(LEAST)
        ]
        spare = max(self.viewport().width() - sum(least), 0)
        for at in range(self.model().columnCount()):
            more = math.floor(spare * SHARES[at] / sum(SHARES))
            self.setColumnWidth(at, least[at] + more)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._soon.start()


class ChecklistPage(QWidget):
    """Renders ``ChecklistState``.

    Args:
        viewmodel: its state.
        theme: the look in force.
        last: year up to which answers are counted, unless the person says another.
    """

    def __init__(self, viewmodel: ChecklistViewModel, theme: Theme, last: int) -> None:
        super().__init__()
        self.viewmodel = viewmodel
        layout = column(self, spacing=10)
        frame = card("checklist")
        inside = column(frame, margins=(1, 1, 1, 1))
        self.table = ChecklistTable(viewmodel, theme)
        self.table.setAccessibleName(_("Items of the checklist"))
        inside.addWidget(self.table)
        layout.addWidget(frame, 1)
        hint = label("small", wrap=True)
        hint.setText(
            _("Answer yes or no; the first letter is enough. A yes needs its first day, such as "
              "2011-03-01, and what shows it, in words or as a link.")
        )  # fmt: skip
        layout.addWidget(hint)
        layout.addWidget(self._counting(last))
        viewmodel.changed.connect(self.render)
        viewmodel.model.modelReset.connect(self.table.fit)

    def _counting(self, last: int) -> QFrame:
        frame = QFrame()
        layout = FlowLayout(frame, spacing=10)
        self.done = label("body2")
        self.counts, self.last = QCheckBox(), NumberBox()
        self.counts.setObjectName("check_checklist_counts")
        self.last.setObjectName("spin_checklist_last")
        self.last.setRange(1900, 2199)
        self.last.setValue(last)
        self.last.setAccessibleName(_("Last year to count"))
        self.counts.setChecked(True)
        for widget in (self.done, self.counts, self.last):
            layout.addWidget(widget)
        return frame

    def render(self, state: ChecklistState) -> None:
        """Show the state."""
        said = {"answered": state.answered, "items": state.items}
        self.done.setText(
            message("{answered} of {items} items answered", said) if state.items else ""
        )
        self.counts.setText(
            message("Count them for {code}, up to the year", {"code": state.indicator})
        )
        self.counts.setEnabled(state.is_complete)
        self.counts.setToolTip(
            "" if state.is_complete else _("Possible once every item has an answer.")
        )
        self.last.setEnabled(state.is_complete)

    def last_year(self) -> int | None:
        """Up to which year the answers are counted; None: they are not."""
        chosen = self.counts.isChecked() and self.viewmodel.state.is_complete
        return self.last.value() if chosen else None

    def problem_head(self) -> str:
        """How many answers cannot be kept, in words."""
        wrong = self.viewmodel.state.wrong
        return counted("{n} answer is not complete", "{n} answers are not complete", wrong)

    def button_text(self) -> str:
        """What the button of the window says."""
        typed = self.viewmodel.state.typed
        if not typed:
            return _("Keep the answers")
        return counted("Keep {n} answer", "Keep {n} answers", typed)
