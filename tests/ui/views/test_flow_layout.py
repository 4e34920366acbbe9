"""A layout that goes on in the next line."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from ui.views.flow_layout import FlowLayout


def boxes(holder: QWidget, layout: FlowLayout, widths: list[int]) -> list[QWidget]:
    made = []
    for width in widths:
        box = QWidget(holder)
        box.setFixedSize(width, 20)
        layout.addWidget(box)
        made.append(box)
    return made


def test_what_does_not_fit_stands_in_the_next_line(qapp: QApplication) -> None:
    holder = QWidget()
    layout = FlowLayout(holder, spacing=10)
    layout.setContentsMargins(5, 3, 5, 4)
    made = boxes(holder, layout, [100, 100, 100])

    assert layout.heightForWidth(330) == 20 + 7
    assert layout.heightForWidth(329) == 50 + 7
    layout.setGeometry(QRect(0, 0, 230, 100))
    assert [(b.x(), b.y()) for b in made] == [(5, 3), (115, 3), (5, 33)]


def test_hidden_widgets_take_no_room(qapp: QApplication) -> None:
    holder = QWidget()
    layout = FlowLayout(holder, spacing=10)
    made = boxes(holder, layout, [100, 100])
    made[0].hide()

    layout.setGeometry(QRect(0, 0, 105, 100))
    assert layout.heightForWidth(105) == 20
    assert (made[1].x(), made[1].y()) == (0, 0)


def test_one_widget_takes_the_spare_width(qapp: QApplication) -> None:
    holder = QWidget()
    layout = FlowLayout(holder, spacing=10, stretch=0)
    first, second = QWidget(holder), QWidget(holder)
    for box in (first, second):
        box.setMinimumSize(50, 20)
        layout.addWidget(box)

    layout.setGeometry(QRect(0, 0, 300, 40))
    assert first.width() == 300 - 10 - second.width()
    assert second.geometry().right() == 299
