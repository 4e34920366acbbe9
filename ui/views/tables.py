"""Tables on screen: row lines, accent bar of the chosen row, signs before words."""

from __future__ import annotations

import math

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.charts.spark import draw_spark
from ui.theme import Theme
from ui.viewmodels.tables import (
    AFTER_ROLE,
    FRAME_ROLE,
    GROUND_ROLE,
    ICON_ROLE,
    MUTED_ROLE,
    SPARK_ROLE,
    STRONG_ROLE,
    TONE_ROLE,
    PagedTableModel,
)

Index = QModelIndex | QPersistentModelIndex
INSET = 10
SPARK_WIDTH = 84
NEAR_PAGES = 2
"""Heights of the view before the end at which further rows are asked for."""
_NARROWEST = 72
_LEGIBLE, _LEGIBLE_HEAD = 120, 84
_TOP = QModelIndex()


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from the roles of ``PagedTableModel``.

    Args:
        theme: the look in force.
        grid: True for the raw sheet, which has vertical lines too.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, grid: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._grid = theme, grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for words, sign and insets."""
        if index.data(SPARK_ROLE):
            return QSize(self._theme.px(SPARK_WIDTH) + 2 * INSET, self._theme.px(30))
        text = str(index.data() or "")
        font = self._theme.font("heavy" if index.data(STRONG_ROLE) else "body")
        icon = self._theme.px(21) if index.data(ICON_ROLE) else 0
        width = QFontMetricsF(font).horizontalAdvance(text) + icon + 2 * INSET + 4
        return QSize(math.ceil(width), self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, line, bar, sign and words."""
        theme, box = self._theme, QRect(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "accent-soft" if chosen else str(index.data(GROUND_ROLE) or "")
        if ground:
            painter.fillRect(box, theme.colour(ground))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if self._grid:
            painter.drawLine(box.topRight(), box.bottomRight())
        elif chosen and index.column() == 0:
            painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), theme.colour("accent"))
        frame = str(index.data(FRAME_ROLE) or "")
        if frame:
            painter.setPen(QPen(theme.colour("accent" if chosen else frame), 2 if chosen else 1))
            painter.drawRect(box.adjusted(0, 0, -2, -2))
        if option.state & QStyle.StateFlag.State_HasFocus and chosen and not self._grid:
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(QRectF(box).adjusted(1.5, 0.5, -1.5, -1.5))
        inner = box.adjusted(INSET, 0, -INSET, 0)
        spark = index.data(SPARK_ROLE)
        if spark:
            width = min(theme.px(SPARK_WIDTH), inner.width())
            place = QRectF(inner.left(), box.top() + 5, width, box.height() - 11)
            draw_spark(painter, spark, place, colour=theme.colour("ink-2"))
        else:
            self._words(painter, inner, index)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, index: Index) -> None:
        theme = self._theme
        icon = str(index.data(ICON_ROLE) or "")
        token = str(index.data(TONE_ROLE) or "ink-2")
        if icon:
            side = theme.px(15)
            pixmap = theme.pixmap(icon, token, 15)
            painter.drawPixmap(box.left(), box.center().y() - side // 2 + 1, pixmap)
            box = box.adjusted(side + 6, 0, 0, 0)
        after = str(index.data(AFTER_ROLE) or "")
        text = str(index.data() or "")
        if after:
            text = text.removesuffix(after).rstrip()
        strong = bool(index.data(STRONG_ROLE)) and not index.data(MUTED_ROLE)
        font = theme.font("heavy" if strong else "body")
        if icon:
            font = theme.font("small")
        painter.setFont(font)
        ink = "ink-3" if index.data(MUTED_ROLE) else (token if icon else "ink")
        painter.setPen(theme.colour(ink))
        metrics = QFontMetrics(font)
        align = Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align, shown)
        if after:
            rest = box.adjusted(metrics.horizontalAdvance(text) + 6, 0, 0, 0)
            painter.setPen(theme.colour("ink-3"))
            painter.setFont(theme.font("body"))
            more = QFontMetrics(theme.font("body")).elidedText(
                after, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, more)


class TableView(QTableView):
    """A table that tells which row was chosen.

    Signals:
        chosen: key of the row.
        ordered: what its rows shall be ordered by, because a heading was clicked.
    """

    chosen = Signal(object)
    ordered = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        grid: bool = False,
        model: PagedTableModel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._natural: list[int] = []
        self._least: list[int] = []
        self._most = 240
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(0)
        self._fit_timer.timeout.connect(lambda: self.fit_columns(most=self._most))
        self.table = model if model is not None else PagedTableModel(self)
        self.setModel(self.table)
        self.setItemDelegate(CellDelegate(theme, self, grid=grid))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(not grid)
        header.setMinimumSectionSize(36)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setResizeContentsPrecision(30)
        if not grid:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            self.verticalHeader().hide()
        self._rows()
        theme.changed.connect(self._rows)
        self.selectionModel().currentRowChanged.connect(self._picked)
        self.verticalScrollBar().valueChanged.connect(self._ask_ahead)
        if model is not None:
            header.setSectionsClickable(True)
            header.sectionClicked.connect(self._head_clicked)

    def _head_clicked(self, column: int) -> None:
        orders = self.table.orders()
        if 0 <= column < len(orders) and orders[column]:
            self.ordered.emit(orders[column])

    def show_order(self, order: str, *, descending: bool) -> None:
        """Mark the heading by which the rows are ordered; empty marks none."""
        header, orders = self.horizontalHeader(), self.table.orders()
        column = orders.index(order) if order in orders and order else -1
        header.setSortIndicatorShown(column >= 0)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, way)

    def _ask_ahead(self, value: int) -> None:
        """Ask for rows before the end is reached, so that scrolling does not halt."""
        bar, model = self.verticalScrollBar(), self.model()
        if value > bar.maximum() - NEAR_PAGES * bar.pageStep() and model.canFetchMore(_TOP):
            model.fetchMore(_TOP)

    def _rows(self) -> None:
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        self.fit_soon()

    def fit_columns(self, *, most: int = 240) -> None:
        """Columns as wide as their words, but not wider than ``most``; spare width is shared."""
        header = self.horizontalHeader()
        self.resizeColumnsToContents()
        count = header.count()
        self._natural = [min(header.sectionSize(i), most) for i in range(count)]
        head = self._theme.px(_LEGIBLE_HEAD)
        self._least = [
            max(self.sizeHintForColumn(i), min(header.sectionSizeHint(i), head), _NARROWEST)
            for i in range(count)
        ]
        self._share()

    def fit_soon(self, *, most: int = 240) -> None:
        """Fit the columns once the table has its place; many calls are one."""
        self._most = most
        self._fit_timer.start()

    def _share(self) -> None:
        header, widths = self.horizontalHeader(), list(self._natural)
        if not widths or len(widths) != header.count():
            return
        spare = self.viewport().width() - sum(widths)
        elastic = self.table.elastic()
        others = [index for index in range(len(widths)) if index not in elastic]
        # names keep enough to be told apart; where that does not fit, the table scrolls sideways
        legible = [min(width, self._theme.px(_LEGIBLE)) for width in widths]
        for columns, least in ((elastic, legible), (others, self._least)):
            spare = _shrink(widths, columns, least, spare)
        more = max(spare // len(widths), 0)
        for index, width in enumerate(widths):
            header.resizeSection(index, width + more)
        if self.currentIndex().isValid():  # it stays in view when the columns move
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()

    def _picked(self, current: Index) -> None:
        key = self.table.key_at(current.row())
        if key is not None and current.isValid():
            self.chosen.emit(key)

    def choose(self, key: object) -> None:
        """Mark the row with a key without telling."""
        row = self.table.row_of(key)
        if row < 0 or row == self.currentIndex().row():
            return
        model = self.selectionModel()
        model.blockSignals(True)
        self.selectRow(row)
        model.blockSignals(False)
        self.scrollTo(self.table.index(row, 0))
        self.viewport().update()


def _shrink(widths: list[int], columns: list[int], least: list[int], spare: int) -> int:
    """Take width from the widest of some columns until it fits; returns what is left over."""
    while spare < 0:
        wide = [index for index in columns if widths[index] > least[index]]
        if not wide:
            break
        widest = max(wide, key=lambda index: widths[index])
        cut = min(-spare, 6, widths[widest] - least[widest])
        widths[widest] -= cut
        spare += cut
    return spare


def selection_text(view: QTableView) -> str:
    """Chosen rows with headings, columns parted by tabs."""
    model, selection = view.model(), view.selectionModel()
    rows = sorted({index.row() for index in selection.selectedIndexes()})
    columns = range(model.columnCount())
    horizontal = Qt.Orientation.Horizontal
    lines = ["\t".join(str(model.headerData(c, horizontal) or "") for c in columns)]
    lines += [
        "\t".join(str(model.index(row, column).data() or "") for column in columns) for row in rows
    ]
    return "\n".join(lines)
