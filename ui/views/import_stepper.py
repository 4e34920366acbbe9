"""The five steps as numbered circles in one line: done with a tick, current, still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ui.theme import Theme
from ui.views.widgets import row


class StepButton(QToolButton):
    """One step; a step that was seen can be clicked.

    Args:
        theme: the look in force.
        number: its number.
    """

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.number = theme, number
        self.setObjectName(f"btn_step_{number}")
        self._state = "open"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_step(self, text: str, state: str, *, words: bool) -> None:
        """Take the words and whether it is ``done``, ``now`` or ``open``."""
        self._state = state
        self.setText(text if words else "")
        self.setToolTip(text)
        self.setAccessibleName(f"{self.number}. {text}")
        self.setEnabled(state == "done")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Circle and words."""
        kind = "heavy" if self._state == "now" else "strong"
        from PySide6.QtGui import QFontMetricsF

        words = QFontMetricsF(self._theme.font(kind)).horizontalAdvance(self.text())
        return QSize(round(words) + self._theme.px(22) + 16, self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, number or tick, words and focus ring."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(22)
        circle = QRectF(3, (self.height() - side) / 2, side, side)
        done, now = self._state == "done", self._state == "now"
        if done or now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if now else "ink-2"))
        else:
            painter.setPen(QPen(theme.colour("border"), 1.2))
        painter.drawEllipse(circle)
        if done:
            tick = theme.pixmap("check", "surface", 14)
            spare = (side - theme.px(14)) // 2
            painter.drawPixmap(round(circle.x()) + spare, round(circle.y()) + spare, tick)
        else:
            painter.setFont(theme.font("event"))
            painter.setPen(theme.colour("surface" if now else "ink-3"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setFont(theme.font("heavy" if now else "strong"))
        painter.setPen(theme.colour("ink" if now else "ink-2"))
        words = QRectF(self.rect()).adjusted(side + 10, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()


class Stepper(QWidget):
    """All steps.

    Signals:
        chosen: number of a step that was seen.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stepper")
        layout = row(self, spacing=10)
        self.steps = [StepButton(theme, number) for number in range(1, count + 1)]
        for step in self.steps:
            step.clicked.connect(lambda _on=False, n=step.number: self.chosen.emit(n))
            layout.addWidget(step)
        layout.addStretch(1)

    def render(
        self,
        texts: Sequence[str],
        current: int,
        *,
        finished: bool = False,
        compact: bool = False,
    ) -> None:
        """Show where we are; nothing can be clicked when finished.

        Args:
            texts: names of the steps.
            current: number of the step in view.
            finished: all is done.
            compact: only the step in view has words, for large text.
        """
        for step, text in zip(self.steps, texts, strict=True):
            if finished or step.number < current:
                state = "done"
            else:
                state = "now" if step.number == current else "open"
            step.show_step(text, state, words=not compact or step.number == current)
            if finished:
                step.setEnabled(False)
