"""The look: contrast of every pair, one home of colour values, fonts, style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui import theme as look
from ui.theme import KINDS, MARK_PAIRS, TEXT_PAIRS, TOKENS, Theme, contrast

UI = Path(look.__file__).parent


@pytest.mark.parametrize("kind", KINDS)
def test_text_reaches_four_and_a_half(kind: str) -> None:
    at = KINDS.index(kind)

    poor = {
        pair: round(contrast(TOKENS[pair[0]][at], TOKENS[pair[1]][at]), 2)
        for pair in TEXT_PAIRS
        if contrast(TOKENS[pair[0]][at], TOKENS[pair[1]][at]) < 4.5
    }

    assert poor == {}


@pytest.mark.parametrize("kind", KINDS)
def test_marks_and_outlines_reach_three(kind: str) -> None:
    at = KINDS.index(kind)

    assert all(contrast(TOKENS[a][at], TOKENS[b][at]) >= 3.0 for a, b in MARK_PAIRS)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_colour_values_stand_only_in_the_theme() -> None:
    found = [
        f"{file.relative_to(UI)}: {line.strip()}"
        for file in sorted(UI.rglob("*"))
        if file.suffix in (".py", ".svg") and file.name != "theme.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9A-Fa-f]{3,8}\b", line)
    ]

    assert found == []


def test_the_bundled_font_is_used(qapp: object, theme: Theme) -> None:
    from PySide6.QtGui import QFontDatabase, QFontInfo

    assert "Workbench Sans" in QFontDatabase.families()
    assert QFontInfo(theme.font("title")).family() == "Workbench Sans"
    assert QFontInfo(theme.font("title")).weight() == 600


def test_digits_of_the_font_have_one_width(qapp: object, theme: Theme) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font("body"))

    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_sheet_is_filled(qapp: object, kind: str) -> None:
    sheet = Theme(kind).style_sheet()

    assert "@" not in sheet
    for place in re.findall(r"url\(([^)]+)\)", sheet):
        assert place.endswith(".svg")


def test_text_size_scales_the_base_only(qapp: object) -> None:
    small, large = Theme("light", 100), Theme("light", 200)

    assert small.font("body").pixelSize() == 13
    assert large.font("body").pixelSize() == 26
    assert large.font("screen").pixelSize() == 40


def test_changing_the_theme_tells_who_paints(qapp: object, qtbot: object, theme: Theme) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.kind))

    theme.choose(qapp, kind="dark", text_percent=100)  # type: ignore[arg-type]

    assert told == ["dark"]
    assert qapp.palette().window().color() == theme.colour("canvas")  # type: ignore[attr-defined]


def test_every_icon_draws_something(qapp: object, theme: Theme) -> None:
    for file in sorted(look.ICON_FOLDER.glob("*.svg")):
        image = theme.pixmap(file.stem, "ink", 20).toImage()
        drawn = any(
            image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(40)
        )
        assert drawn, file.name
