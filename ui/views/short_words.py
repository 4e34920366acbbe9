"""Buttons and pickers whose words end in … where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from ui.viewmodels.wording import tip_text

_ICON_GAP, _EDGES = 4, 2
"""Pixels between icon and words of a picker, and what the style keeps free beside the words."""


def shorten(made: QAbstractButton, text: str, width: int) -> None:
    """Words of a button that take no more room than that; the whole words are told beside it.

    Args:
        made: the button.
        text: whole words.
        width: most pixels for the words.
    """
    made.ensurePolished()
    short = made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
    QAbstractButton.setText(made, short.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setToolTip(tip_text(text) if short != text else "")


class ShortButton(QPushButton):
    """A button that takes the width it is given: long words end in …, and are told beside it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def setText(self, text: str) -> None:
        """Take the whole words."""
        self._whole = text
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """A few letters are enough."""
        height = super().minimumSizeHint().height()
        return QSize(2 * height, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        super().setText(self._whole.replace("&", "&&"))
        frame = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self._whole)
        shorten(self, self._whole, max(self.width() - frame, 0))


class ShortPicker(QComboBox):
    """A picker whose chosen words end in … where they are longer than the box; its list has them all."""

    def shown(self) -> str:
        """The words as they are painted now."""
        return self._option().currentText

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + _ICON_GAP
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, field.width() - icon - _EDGES
        )
        return option

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box with the words that fit."""
        painter = QStylePainter(self)
        option = self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
