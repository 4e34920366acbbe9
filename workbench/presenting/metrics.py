"""Widths of words in the bundled font, so that layout needs no Qt and no system font."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.presenting.font_table import font_table

ELLIPSIS = "…"
# a no-break space in all its widths never ends a line
_BREAKS_AFTER = " "


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of one line of text.

    Args:
        text: the words; kerning is left out, which makes the answer a little too wide.
        size: font size; the width comes in the same unit.
        weight: 400, 500 or 600.
    """
    table = font_table(weight)
    return size * sum(table.widths.get(ord(character), table.default) for character in text)


def wrap(
    text: str, width: float, size: float, weight: int = 400, *, lines: int | None = None
) -> tuple[str, ...]:
    """The text in lines no wider than ``width``.

    Breaks at ordinary spaces only; a single word wider than the line is cut by letters.

    Args:
        text: the words.
        width: of a line.
        size: of the font, in the same unit.
        weight: 400, 500 or 600.
        lines: at most so many; the last one ends with an ellipsis when words are left.
    """
    rows: list[str] = []
    row = ""
    for word in _words(text, width, size, weight):
        longer = f"{row} {word}" if row else word
        if not row or text_width(longer, size, weight) <= width:
            row = longer
        else:
            rows.append(row)
            row = word
    rows.append(row)
    if lines is None or len(rows) <= lines:
        return tuple(rows)
    kept = rows[: lines - 1]
    rest = " ".join(rows[lines - 1 :])
    return (*kept, shortened(rest, width, size, weight))


def _words(text: str, width: float, size: float, weight: int) -> Iterator[str]:
    for word in text.split(_BREAKS_AFTER):
        piece = ""
        for character in word:
            if piece and text_width(piece + character, size, weight) > width:
                yield piece
                piece = ""
            piece += character
        if piece:
            yield piece


def shortened(text: str, width: float, size: float, weight: int = 400) -> str:
    """The text, cut with an ellipsis when it is wider than ``width``."""
    if text_width(text, size, weight) <= width:
        return text
    kept = text
    while kept and text_width(kept.rstrip() + ELLIPSIS, size, weight) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
