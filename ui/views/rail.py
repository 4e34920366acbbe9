"""The rail: the screens in the order of the work, settings at the bottom."""

from __future__ import annotations

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
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from indicators.errors import N_
from ui.charts import marks
from ui.theme import Theme
from ui.viewmodels.wording import tip_text
from ui.views.widgets import button, column, label, row
from workbench.i18n import _
from workbench.presenting.spec import Shape

SCREENS: tuple[tuple[str, str, bool], ...] = (
    # id, name, line before it
    ("home", N_("Home"), False),
    ("data", N_("Data"), False),
    ("indicators", N_("Indicators"), False),
    ("trends", N_("Trends"), True),
    ("impact", N_("Impact"), False),
    ("scorecard", N_("Scorecard"), False),
)
_WIDTH, _NARROW, _ROW, _LINE = 168, 56, 35, 16
_BESIDE = 66
"""Room of icon and margins beside the name of a screen."""
Index = QModelIndex | QPersistentModelIndex


class ScreenModel(QAbstractListModel):
    """The screens as rows; greyed when they need a project and none is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}

    def follow(self, actions: dict[str, QAction]) -> None:
        """Take the actions whose enabled rule decides."""
        self._actions = actions
        for action in actions.values():
            action.changed.connect(self._changed)

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(SCREENS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One row a screen."""
        return 0 if parent.isValid() else len(SCREENS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name; the id under the user role."""
        if not index.isValid():
            return None
        name, text, _line = SCREENS[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            action = self._actions.get(name)
            keys = action.shortcut().toString() if action is not None else ""
            return f"{_(text)}  ({keys})"
        if role == Qt.ItemDataRole.UserRole:
            return name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Off while the screen cannot be used."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        action = self._actions.get(SCREENS[index.row()][0])
        if action is not None and not action.isEnabled():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RailDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of an item, with room for the line before it."""
        line = SCREENS[index.row()][2]
        return QSize(_WIDTH, self._theme.px(_ROW) + (_LINE if line else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, icon, name and focus ring."""
        theme = self._theme
        name, text, line = SCREENS[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if line:
            y = box.top() + _LINE // 2
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(box.left() + 14, y, box.right() - 14, y)
            box.setTop(box.top() + _LINE)
        box = box.adjusted(10, 0, -10, -1)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver) and enabled
        if on or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface" if on else "line"))
            painter.drawRoundedRect(QRectF(box), 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 7, 7)
        painter.setOpacity(1.0 if enabled else 0.5)
        icon = theme.pixmap(name, "accent" if on else "ink-2", 18)
        side = theme.px(18)
        painter.drawPixmap(box.left() + 9, box.center().y() - side // 2 + 1, icon)
        painter.setPen(theme.colour("ink" if on else "ink-2"))
        painter.setFont(theme.font("heavy" if on else "strong"))
        if box.width() < theme.px(80):
            painter.restore()
            return
        words = box.adjusted(9 + side + 10, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _(text))
        painter.restore()


class _ProgramMark(QWidget):
    """The three pillar marks on an ink square."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(26, 26)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ink"))
        painter.drawRoundedRect(QRectF(0, 0, 26, 26), 7, 7)
        for shape, x, y, radius, token in (
            (Shape.TRIANGLE, 10.0, 14.3, 3.9, "prevention"),
            (Shape.CIRCLE, 14.6, 9.4, 3.1, "protection"),
            (Shape.SQUARE, 18.0, 15.2, 2.9, "prosecution"),
        ):
            painter.setBrush(self._theme.colour(token))
            painter.drawPath(marks.shape_path(shape, QPointF(x, y), radius))
        painter.end()


class Rail(QWidget):
    """Program mark, project name, screens, settings.

    Signals:
        chosen: id of a screen.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, settings: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._narrow = theme, False
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, margins=(0, 10, 0, 8))
        top = row(margins=(18, 0, 10, 14), spacing=9)
        top.addWidget(_ProgramMark(theme, self))
        names = column(spacing=0)
        self.title = label("heavy", wrap=True, name="lbl_project")
        self.subtitle = label("micro", wrap=True, name="lbl_project_kind")
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        top.addLayout(names, 1)
        layout.addLayout(top)
        self.list = QListView()
        self.list.setObjectName("nav")
        self.model = ScreenModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RailDelegate(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        layout.addWidget(self.list, 1)
        self.settings = button("btn_settings")
        self.settings.setProperty("rail", "true")
        self.settings.clicked.connect(settings.trigger)
        self._settings_action = settings
        layout.addWidget(self.settings)
        theme.changed.connect(self.repaint_icons)
        self.repaint_icons()
        self.retranslate()

    def _chosen(self, current: Index) -> None:
        name = self.model.data(current, Qt.ItemDataRole.UserRole)
        if isinstance(name, str):
            self.chosen.emit(name)

    def show_screen(self, name: str) -> None:
        """Mark a screen as current."""
        for index, entry in enumerate(SCREENS):
            if entry[0] == name and self.list.currentIndex().row() != index:
                self.list.setCurrentIndex(self.model.index(index))

    def show_project(self, title: str, kind: str) -> None:
        """Name the project."""
        self.title.setText(title)
        self.subtitle.setText(kind)
        self.title.setToolTip(tip_text(title))

    def repaint_icons(self) -> None:
        """Colours and sizes in force."""
        self._fit_width()
        self.settings.setIcon(self._theme.icon("gear"))
        side = self._theme.px(16)
        self.settings.setIconSize(QSize(side, side))
        self.list.doItemsLayout()

    def _fit_width(self) -> None:
        """Wide enough for the longest name in the language in force."""
        words = QFontMetrics(self._theme.font("heavy"))
        longest = max(words.horizontalAdvance(_(text)) for _name, text, _line in SCREENS)
        wide = max(_WIDTH, self._theme.px(_WIDTH * 0.9), longest + self._theme.px(_BESIDE))
        self.setFixedWidth(self._theme.px(_NARROW) if self._narrow else wide)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only where the window is small for the size of its text."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self.title, self.subtitle):
            widget.setVisible(not narrow)
        self.repaint_icons()
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language in force."""
        # the en space puts the word where those of the screens stand
        self.settings.setText("" if self._narrow else "\u2002" + _("Settings"))
        self.settings.setAccessibleName(_("Settings"))
        self.settings.setToolTip(_("Settings"))
        self.list.setAccessibleName(_("Screens"))
        self._fit_width()
        self.list.viewport().update()
