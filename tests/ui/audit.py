"""Walks a window as a person with a screen reader, a keyboard or large text would; returns findings."""

# ruff: noqa: TID251 - looks at widgets

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QWidget,
)

SMALLEST = 28
ELSEWHERE = re.compile(r"tbl_raw|tbl_help_pages|text_help|qt_dockwidget")
"""What does not speak the pseudo-language: the sheet as it was, the handbook, inner parts of Qt."""
INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def title(widget: QWidget) -> str:
    """A widget as a finding names it: classes and names from it outwards."""
    parts: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(parts) < 5:
        if at.objectName() or at is widget:
            parts.append(f"{type(at).__name__}#{at.objectName()}")
        at = at.parentWidget()
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return " < ".join(parts) + (f" {text[:50]!r}" if text else "")


def shown(root: QWidget) -> Iterator[QWidget]:
    """The visible widgets of one window, without the inner parts of Qt's own widgets."""
    for widget in root.findChildren(QWidget):
        inner = widget.objectName().startswith(INNER) or isinstance(
            widget.parentWidget(), QComboBox | QLineEdit | QAbstractSpinBox
        )
        if widget.isVisible() and widget.window() is root.window() and not inner:
            yield widget


def controls(root: QWidget) -> list[QWidget]:
    """What a person can use."""
    return [widget for widget in shown(root) if isinstance(widget, CONTROLS)]


class StrayWindows(QObject):
    """Notes every window that appears without being a dialog, a menu or a tooltip.

    A widget that is shown before it has a parent flashes as a window of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what is shown."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
        ):
            kind = watched.windowType()
            if kind == Qt.WindowType.Window and not isinstance(watched, QMainWindow):
                self.found.append(title(watched))
        return False


def focusable(root: QWidget) -> list[QWidget]:
    """What the Tab key must reach."""
    return [
        widget
        for widget in shown(root)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget, QTabBar) and widget.count() < 1)
        and not isinstance(widget, QMainWindow | QHeaderView)
        and not is_other_choice(widget)
    ]


def is_other_choice(widget: QWidget) -> bool:
    """Whether the arrow keys reach it from the chosen one of its group, which Tab reaches."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked() or not widget.isCheckable():
        return False
    group = widget.group()
    members = group.buttons() if group is not None and group.exclusive() else []
    if not members and isinstance(widget, QRadioButton) and widget.autoExclusive():
        members = list(widget.parentWidget().findChildren(QRadioButton))
    return any(made.isChecked() for made in members)


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    found = []
    for widget in controls(root):
        if isinstance(widget, QHeaderView):
            continue  # a part of its table
        spoken = QAccessible.queryAccessibleInterface(widget)
        name = spoken.text(QAccessible.Text.Name) if spoken is not None else ""
        tabs = isinstance(widget, QTabBar)
        if not name.strip() and not widget.accessibleName().strip() and not tabs:
            found.append(title(widget))
    return found


def small_targets(root: QWidget) -> list[str]:
    """Things to press that are smaller than 28 px."""
    found = []
    for widget in shown(root):
        if isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QAbstractSpinBox):
            place = pressed_place(widget)
            wide = isinstance(widget, QCheckBox | QRadioButton) or place.width() >= SMALLEST
            if place.height() < SMALLEST or not wide:
                found.append(f"{title(widget)} {place.width()}x{place.height()}")
    return found


def pressed_place(widget: QWidget) -> QWidget:
    """What takes the press: the whole row of a choice, else the control itself."""
    holder = widget.parentWidget()
    is_row = isinstance(widget, QRadioButton) and holder is not None and holder.property("choice")
    return holder if is_row and holder is not None else widget


def clipped(root: QWidget) -> list[str]:
    """Words that do not fit in their place."""
    found = []
    for widget in shown(root):
        if isinstance(widget, QLabel) and widget.text() and not is_elided(widget):
            lacks = label_lacks(widget)
        elif isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton):
            lacks = button_lacks(widget)
        else:
            continue
        if lacks:
            found.append(f"{title(widget)} {lacks}")
    return found


def is_elided(widget: QWidget) -> bool:
    """Whether a label shortens its words by itself and tells them whole as a tooltip."""
    return bool(widget.property("elided"))


def label_lacks(widget: QLabel) -> str:
    if not widget.text().strip() or not widget.pixmap().isNull():
        return ""
    if widget.wordWrap():
        need = widget.heightForWidth(widget.width())
        if need > widget.height() + 2:
            return f"needs {need} high, has {widget.height()}"
        return ""
    need = widget.sizeHint()
    if need.width() > widget.width() + 1 or need.height() > widget.height() + 2:
        return f"needs {need.width()}x{need.height()}, has {widget.width()}x{widget.height()}"
    return ""


def button_lacks(widget: QAbstractButton) -> str:
    if not widget.text():
        return ""
    if isinstance(widget, QToolButton) and (
        widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return ""
    need = widget.sizeHint()
    if need.width() > widget.width() + 1 or need.height() > widget.height() + 2:
        return f"needs {need.width()}x{need.height()}, has {widget.width()}x{widget.height()}"
    return ""


def overflowing(root: QWidget) -> list[str]:
    """Widgets that stick out of the window or of the widget that holds them, so that they are cut."""
    found = []
    for widget in shown(root):
        holder = widget.parentWidget()
        if holder is None or not isinstance(widget, QLabel | QAbstractButton | QComboBox):
            continue
        right = widget.geometry().right()
        if right > holder.width() + 1 or widget.x() < -1:
            found.append(f"{title(widget)} ends at {right} of {holder.width()}")
    return found


def unreached(root: QWidget, wait: Callable[[], object] = lambda: None) -> tuple[list[str], bool]:
    """Controls that Tab never reaches from the first one, and whether the walk came round again."""
    wanted = {id(widget): widget for widget in focusable(root)}
    if not wanted:
        return [], True
    start = QApplication.focusWidget()
    if start is None or start.window() is not root.window():
        start = next(iter(wanted.values()))
        start.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[int] = []
    links = 0
    for _step in range(3 * len(wanted) + 500):
        at = QApplication.focusWidget()
        if at is None:
            break
        if reached and id(at) == reached[0] and len(reached) > 1:
            return [title(each) for key, each in wanted.items() if key not in reached], True
        if reached and id(at) == reached[-1]:
            links += 1
            # Tab goes from link to link, or from cell to cell, before it leaves
            inside = isinstance(at, QTextBrowser) or (
                isinstance(at, QTableView) and at.tabKeyNavigation()
            )
            if len(wanted) == 1 or not inside or links > 400:
                return ([f"stuck at {title(at)}"], False) if len(wanted) > 1 else ([], True)
            QTest.keyClick(at, Qt.Key.Key_Tab)
            wait()
            continue
        reached.append(id(at))
        QTest.keyClick(at, Qt.Key.Key_Tab)
        wait()
    rest = [title(each) for key, each in wanted.items() if key not in reached]
    return rest, len(wanted) <= 1


def without_ring(root: QWidget) -> list[str]:
    """Controls that look the same with and without the focus."""
    found = []
    # as after a press of Tab: some rings are only for those who use the keyboard
    root.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    for widget in focusable(root):
        widget.clearFocus()
        holder = widget.parentWidget() or widget
        around = (
            widget.geometry().adjusted(-6, -6, 6, 6) if holder is not widget else widget.rect()
        )
        before = holder.grab(around).toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if holder.grab(around).toImage() == before:
            found.append(title(widget))
    return found


def looks_rich(text: str) -> bool:
    """Whether Qt would take a text for markup; escaped signs are none."""
    return re.search(r"<[a-zA-Z/!]", text) is not None


def rich_data(root: QWidget, mark: str) -> list[str]:
    """Places where a name with signs of markup would be read as markup."""
    found = []
    for widget in root.findChildren(QWidget):
        tip = widget.toolTip()
        if mark in tip and looks_rich(tip):
            found.append(f"tooltip of {title(widget)}")
        if isinstance(widget, QLabel) and mark in widget.text():
            plain = widget.textFormat() == Qt.TextFormat.PlainText
            if not plain and looks_rich(widget.text()):
                found.append(title(widget))
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            found += [
                f"tooltip in {title(view)}"
                for index in cells(model)
                if mark in str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                and looks_rich(str(index.data(Qt.ItemDataRole.ToolTipRole)))
            ]
    return found


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """The first rows of a model, with what is below them."""
    top = QModelIndex() if parent is None else parent
    for line in range(min(model.rowCount(top), 12)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
        for column in range(min(columns, 20)):
            index = model.index(line, column, top)
            yield index
            if column == 0 and not isinstance(model, QAbstractListModel | QAbstractTableModel):
                yield from cells(model, index)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a window that a person can see or hear, with where it stands."""
    for widget in (root, *root.findChildren(QWidget)):
        place = title(widget)
        plain: list[str] = [widget.accessibleName(), widget.toolTip()]
        if widget.isWindow():
            plain.append(widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            plain.append(widget.text())
        if isinstance(widget, QLineEdit):
            plain.append(widget.placeholderText())
        if isinstance(widget, QMenu):
            plain.append(widget.title())
        if isinstance(widget, QTabWidget):
            plain += [widget.tabText(index) for index in range(widget.count())]
        if isinstance(widget, QComboBox):
            plain += [widget.itemText(index) for index in range(widget.count())]
        if isinstance(widget, QTableView) and widget.model() is not None:
            heads = range(widget.model().columnCount())
            across = Qt.Orientation.Horizontal
            plain += [str(widget.model().headerData(at, across) or "") for at in heads]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            plain += [str(index.data() or "") for index in cells(widget.model())]
        for text in plain:
            if text and text.strip():
                yield place, text.replace("&", "")
    for action in root.findChildren(QAction):
        if action.text():
            yield action.objectName(), action.text().replace("&", "")
        if action.toolTip():
            yield action.objectName(), action.toolTip().replace("&", "")


def untranslated(root: QWidget, msgids: frozenset[str]) -> list[str]:
    """English texts of the program that are still shown in the pseudo-language."""
    return sorted(
        {
            f"{place}: {text!r}"
            for place, text in texts(root)
            if text in msgids and not ELSEWHERE.search(place) and re.search(r"[A-Za-z]{2}", text)
        }
    )
