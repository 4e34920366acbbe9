"""Words that have no room end in a sign that says so."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.views.choices import plain_picker
from ui.views.short_words import ShortPicker

LONG = "Todos los valores que dice el archivo"


def test_a_picker_says_that_its_words_go_on(qtbot: QtBot) -> None:
    box = plain_picker("kinds")
    qtbot.addWidget(box)
    assert isinstance(box, ShortPicker)
    box.addItems([LONG, "Sí"])
    box.resize(120, 34)
    box.show()

    assert box.shown().endswith("…")
    assert box.currentText() == LONG
    box.setCurrentIndex(1)
    assert box.shown() == "Sí"
    box.setCurrentIndex(0)
    box.resize(600, 34)
    assert box.shown() == LONG
    assert not box.grab().isNull()
