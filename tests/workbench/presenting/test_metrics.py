"""Widths of words against Qt, and wrapping that loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from workbench.presenting.font_table import FAMILY, FILES, font_table
from workbench.presenting.metrics import ELLIPSIS, shortened, text_width, wrap


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("weight", [400, 500, 600])
@pytest.mark.parametrize(
    "text", ["Víctimas detectadas", "1 234,5 %", "0123456789", "‹5", "−3.0", "João, déjà vu"]
)
def test_widths_are_those_of_the_bundled_font_in_qt(text: str, weight: int) -> None:
    for path in FILES.values():
        QFontDatabase.addApplicationFont(str(path))
    font = QFont(FAMILY)
    font.setPixelSize(100)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)

    expected = QFontMetricsF(font).horizontalAdvance(text)

    # kerning, which we leave out, is worth two percent at most in such words
    assert text_width(text, 100, weight) == pytest.approx(expected, rel=0.02)


def test_digits_have_one_width() -> None:
    for weight in FILES:
        widths = font_table(weight).widths
        assert len({widths[ord(digit)] for digit in "0123456789"}) == 1


def test_the_font_has_every_letter_and_sign_of_the_four_languages() -> None:
    widths = font_table(400).widths
    for character in "áéíóúñüçãõâêôàèùœæÁÉÍÓÚÑÇÃÕ¿¡«»“”‘’–—−…‹›·×÷≈≤≥\u00a0\u202f‑":
        assert ord(character) in widths, character


def test_a_character_outside_the_font_gets_a_width() -> None:
    assert text_width("漢", 10) > 0


@given(text=st.text(alphabet="abc d e\u00a0\u202f", max_size=80), width=st.floats(20, 300))
def test_wrapping_loses_no_letter_and_fits(text: str, width: float) -> None:
    rows = wrap(text, width, 12)

    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(row, 12) <= width or len(row) == 1 for row in rows)


def test_wrapping_never_parts_a_number_from_its_unit() -> None:
    rows = wrap("about 10\u202f% a year", text_width("about 10\u202f", 12), 12)

    assert rows == ("about", "10\u202f% a", "year")


def test_the_last_allowed_line_ends_with_an_ellipsis() -> None:
    rows = wrap("one two three four five six", 60, 12, lines=2)

    assert len(rows) == 2
    assert rows[1].endswith(ELLIPSIS)
    assert text_width(rows[1], 12) <= 60


def test_a_text_that_fits_is_not_shortened() -> None:
    assert shortened("short", 100, 12) == "short"
    assert shortened("a very long line indeed", 60, 12).endswith(ELLIPSIS)
