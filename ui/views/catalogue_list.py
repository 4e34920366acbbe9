"""The list of indicators, grouped by pillar, with badges for what cannot be computed yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from indicators.model.codes import Pillar
from ui.charts import marks
from ui.theme import Theme
from ui.viewmodels.indicators import ORDER, Entry
from ui.viewmodels.pillars import NAMES, ROLES, SHAPES
from ui.viewmodels.wording import tip_text
from workbench.i18n import _, local, message

Index = QModelIndex | QPersistentModelIndex
Line = Entry | tuple[Pillar, int, int]


class CatalogueModel(QAbstractListModel):
    """Headings of pillars and entries in one list; headings cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        lines: list[Line] = []
        for pillar in ORDER:
            group = [entry for entry in entries if entry.pillar is pillar]
            if group:
                ready = sum(entry.state == "computable" for entry in group)
                lines += [(pillar, ready, len(group)), *group]
        if tuple(lines) != self.lines:
            self.beginResetModel()
            self.lines = tuple(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Headings and entries."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words; the line itself under the user role."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if not isinstance(line, Entry):
            return _(NAMES[line[0]]) if role == Qt.ItemDataRole.DisplayRole else None
        text = f"{line.code} {local(line.names)}"
        if role == Qt.ItemDataRole.ToolTipRole and line.missing:
            names = ", ".join(local(each) for each in line.missing)
            needs = message("Needs: {inputs}.", {"inputs": names})
            return tip_text(f"{text}\n{needs}")
        return tip_text(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if index.isValid() and isinstance(self.lines[index.row()], Entry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags


class CatalogueDelegate(QStyledItemDelegate):
    """Paints headings with their mark and entries with code, name and badge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.badges = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of a line."""
        heading = not isinstance(index.data(Qt.ItemDataRole.UserRole), Entry)
        return QSize(200, self._theme.px(34 if heading else 31))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Entry):
            self._entry(painter, option, line)
        elif line is not None:
            self._heading(painter, QRect(option.rect), line)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRect, line: tuple[Pillar, int, int]) -> None:
        theme, (pillar, ready, total) = self._theme, line
        colour = theme.colour(ROLES[pillar].value)
        middle = box.center().y() + 2
        centre = QPointF(box.left() + 18.5, middle)
        marks.mark(painter, SHAPES[pillar], centre, colour=colour, ground=colour, radius=4.6)
        painter.setFont(theme.font("heavy"))
        painter.setPen(theme.colour("ink"))
        words = box.adjusted(31, 4, -14, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _(NAMES[pillar]))
        if self.badges:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink-2"))
            text = message("{ready} of {total}", {"ready": ready, "total": total})
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, align, text)

    def _entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        theme, box = self._theme, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hover:
            painter.fillRect(box, theme.colour("accent-soft" if chosen else "sunken"))
        if chosen:
            painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), theme.colour("accent"))
        ready = entry.state in ("", "computable") or not self.badges
        right = box.right() - 12
        if not ready:
            right -= self._badge(
                painter, box, _("partly") if entry.state == "partly" else _("not yet")
            )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink-2"))
        width = QFontMetrics(theme.font("small")).horizontalAdvance("PRV-00") + 12
        left = box.left() + 14
        painter.drawText(
            QRect(left, box.top(), width, box.height()),
            Qt.AlignmentFlag.AlignVCenter,
            entry.code,
        )
        font = theme.font("heavy" if chosen else "body")
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if ready else "ink-3"))
        room = QRect(left + width, box.top(), right - left - width, box.height())
        text = QFontMetrics(font).elidedText(
            local(entry.names), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _badge(self, painter: QPainter, box: QRect, text: str) -> int:
        theme = self._theme
        font = theme.font("label")
        wide = QFontMetrics(font).horizontalAdvance(text) + 14
        high = theme.px(19)
        place = QRectF(box.right() - 10 - wide, box.center().y() - high / 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("note-soft"))
        painter.drawRoundedRect(place, 5, 5)
        painter.setFont(font)
        painter.setPen(theme.colour("ink-2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return wide + 6


class CatalogueList(QListView):
    """The list with its model and delegate.

    Signals:
        code_chosen: code of an indicator.
    """

    code_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tbl_catalogue")
        self._quiet = False
        self.entries = CatalogueModel(self)
        self.setModel(self.entries)
        self._delegate = CatalogueDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._picked)
        theme.changed.connect(self.doItemsLayout)

    def _picked(self, current: Index) -> None:
        line = current.data(Qt.ItemDataRole.UserRole) if current.isValid() else None
        if isinstance(line, Entry) and not self._quiet:
            self.code_chosen.emit(line.code)

    def show_entries(self, entries: Sequence[Entry], chosen: str, *, badges: bool) -> None:
        """Show entries and mark the chosen one without telling."""
        self._delegate.badges = badges
        self._quiet = True
        self.entries.show_entries(entries)
        for index, line in enumerate(self.entries.lines):
            if isinstance(line, Entry) and line.code == chosen:
                if self.currentIndex().row() != index:
                    self.setCurrentIndex(self.entries.index(index))
                    self.scrollTo(self.entries.index(index), QListView.ScrollHint.PositionAtCenter)
                break
        self._quiet = False
        self.viewport().update()
