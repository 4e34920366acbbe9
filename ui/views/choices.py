"""Rows to choose from: a radio button with its name and the reason in one line; series and events."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from indicators.model.codes import Pillar
from ui.charts import marks
from ui.theme import Theme
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.series_screen import SeriesChoice
from ui.viewmodels.trends import ModelChoice
from ui.viewmodels.wording import tip_text
from ui.views.short_words import ShortPicker
from ui.views.widgets import Badge, clear, column, label, restyle, row
from workbench.i18n import _, local


class ChoiceRow(QFrame):
    """One model: name, mark of the recommended one, reason; the whole row can be clicked."""

    def __init__(self, theme: Theme, choice: ModelChoice, *, chosen: bool) -> None:
        super().__init__()
        self.id = choice.id
        self.setProperty("choice", "chosen" if chosen else "true")
        layout = row(self, margins=(8, 7, 8, 8), spacing=8)
        self.radio = QRadioButton()
        self.radio.setObjectName(f"radio_{choice.id}")
        self.radio.setEnabled(choice.enabled)
        self.radio.setChecked(chosen)
        self.radio.setAccessibleName(_(choice.title))
        self.radio.setAccessibleDescription(choice.reason)
        layout.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=3)
        title = label("heavy" if chosen else "strong", wrap=True)
        title.setText(_(choice.title))
        title.setEnabled(choice.enabled)
        words.addWidget(title)
        if choice.recommended:
            badge = Badge(theme)
            badge.show_badge(_("recommended"))
            words.addWidget(badge)
        if choice.reason:
            reason = label("quiet", wrap=True)
            reason.setText(choice.reason)
            words.addWidget(reason)
        layout.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the row chooses it."""
        if self.radio.isEnabled() and not self.radio.isChecked():
            self.radio.click()


class ChoiceList(QWidget):
    """The models of a series.

    Signals:
        chosen: id of a model.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout: QVBoxLayout = column(self, spacing=2)
        self._group = QButtonGroup(self)
        self._shown: tuple[object, ...] = ()

    def render(self, choices: Sequence[ModelChoice], chosen: str, language: str) -> None:
        """Show the choices; nothing is rebuilt when nothing changed."""
        key = (tuple(choices), chosen, language, self._theme.scale)
        if key == self._shown:
            return
        self._shown = key
        had_focus = any(radio.hasFocus() for radio in self.findChildren(QRadioButton))
        clear(self._layout)
        for choice in choices:
            made = ChoiceRow(self._theme, choice, chosen=choice.id == chosen)
            self._group.addButton(made.radio)
            made.radio.clicked.connect(lambda _on=False, model=choice.id: self.chosen.emit(model))
            self._layout.addWidget(made)
            restyle(made)
            if had_focus and choice.id == chosen:
                made.radio.setFocus()


class NoWheel(QObject):
    """Scrolling over a picker scrolls the page, it does not change the choice."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop wheel events of pickers without focus."""
        return (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        )


class SeriesPicker(QComboBox):
    """Indicators and inputs with the mark of their pillar.

    Args:
        theme: the look in force.
        name: object name.

    Signals:
        code_chosen: code of the series.
    """

    code_chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.setMaxVisibleItems(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(NoWheel(self))
        self.activated.connect(lambda: self.code_chosen.emit(self.currentData()))

    def render(self, choices: Sequence[SeriesChoice], chosen: str, language: str) -> None:
        """Show the series; mark one."""
        key = (tuple(choices), language, self._theme.kind)
        if key != self._shown:
            self._shown = key
            self.clear()
            marks_of = {pillar: self._mark(pillar) for pillar in ROLES}
            for choice in choices:
                self.addItem(marks_of[choice.pillar], local(choice.names), choice.code)
                self.setItemData(
                    self.count() - 1, tip_text(f"{local(choice.names)} ({choice.code})"),
                    Qt.ItemDataRole.ToolTipRole,
                )  # fmt: skip
        self.setCurrentIndex(self.findData(chosen))
        self.setToolTip(tip_text(self.currentText()))

    def _mark(self, pillar: Pillar) -> QIcon:
        pixmap = QPixmap(28, 28)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour(ROLES[pillar].value)
        marks.mark(
            painter, SHAPES[pillar], pixmap.rect().center().toPointF(), colour=colour,
            ground=colour, radius=9.0,
        )  # fmt: skip
        painter.end()
        pixmap.setDevicePixelRatio(2)
        return QIcon(pixmap)


def plain_picker(name: str) -> QComboBox:
    """A picker of a form that does not change by scrolling."""
    box = ShortPicker()
    box.setObjectName(name)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    box.installEventFilter(NoWheel(box))
    return box


class NumberBox(QSpinBox):
    """A whole number to type or to step; it does not change by scrolling past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(NoWheel(self))
        # the style sheet pads the box, not what is typed in it
        self.lineEdit().setTextMargins(9, 0, 0, 0)
