"""How numbers are written: two decimal marks, any blank as grouping, decided on a whole column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

MACHINE_MARK = "\x1e"
"""Stands before a number that came typed from a spreadsheet: it is written with a point."""
LONGEST_NUMBER = 40
_BLANKS = " \u00a0\u202f\u2009\u2007\u2008\u3000'’"
"""Every blank and apostrophe that groups digits."""
_GROUP = f"[{_BLANKS}]"


class NumberFormat(Enum):
    """How the numbers of a column are written; the value is what people see."""

    WHOLE = "1234"
    """Digits only; any separator is a doubt."""
    POINT = "1,234.5"
    COMMA = "1.234,5"
    MACHINE = "1234.5"
    """Decimal point, no grouping: what programs write."""
    GROUPED = "1 234"
    """Whole numbers; blank, comma and point all group thousands."""


_ALIASES = {"1 234,5": NumberFormat.COMMA, "1 234.5": NumberFormat.POINT}

_SIGN = "[+\\-−]?"
_PATTERNS = {
    NumberFormat.WHOLE: re.compile(rf"{_SIGN}[0-9]+"),
    NumberFormat.MACHINE: re.compile(rf"{_SIGN}[0-9]+(?:\.[0-9]+)?"),
    NumberFormat.POINT: re.compile(
        rf"{_SIGN}(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|(?:{_GROUP}[0-9]{{3}})+))"
        r"(?:\.[0-9]+)?"
    ),
    NumberFormat.COMMA: re.compile(
        rf"{_SIGN}(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|(?:{_GROUP}[0-9]{{3}})+))"
        r"(?:,[0-9]+)?"
    ),
    NumberFormat.GROUPED: re.compile(
        rf"{_SIGN}(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|(?:\.[0-9]{{3}})+"
        rf"|(?:{_GROUP}[0-9]{{3}})+))"
    ),
}
_DROP: dict[NumberFormat, dict[int, str | None]] = {
    NumberFormat.WHOLE: {ord("−"): "-"},
    NumberFormat.MACHINE: {ord("−"): "-"},
    NumberFormat.GROUPED: {ord("−"): "-", **dict.fromkeys(map(ord, _BLANKS + ",."))},
    NumberFormat.POINT: {ord("−"): "-", **dict.fromkeys(map(ord, _BLANKS + ","))},
    NumberFormat.COMMA: {
        ord("−"): "-",
        ord(","): ".",
        **dict.fromkeys(map(ord, _BLANKS + ".")),
    },
}
_SCIENTIFIC = re.compile(r"[+\-−]?[0-9]+(?:[.,][0-9]+)?[eE][+\-]?[0-9]+")


def stripped(text: str) -> str:
    """A text without blanks around it; the mark of a typed number stays (it counts as a blank)."""
    if text.startswith(MACHINE_MARK):
        return MACHINE_MARK + text[1:].strip()
    return text.strip()


def number_format(text: str) -> NumberFormat:
    """The format named in a recipe; ``1 234,5`` is the comma format."""
    return _ALIASES.get(text) or NumberFormat(text)


def is_scientific(text: str) -> bool:
    """Whether the text is a number with an exponent."""
    return _SCIENTIFIC.fullmatch(text) is not None


def parse_number(text: str, form: NumberFormat) -> float | None:
    """The number a text is in that format, or None; never infinite."""
    if text.startswith(MACHINE_MARK):
        return _finite(text[1:])
    if len(text) > LONGEST_NUMBER or _PATTERNS[form].fullmatch(text) is None:
        return None
    return _finite(text.translate(_DROP[form]))


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def readings(text: str) -> dict[NumberFormat, float]:
    """What a text is under each of the two grouped formats that can read it."""
    found = {}
    for form in (NumberFormat.POINT, NumberFormat.COMMA):
        value = parse_number(text, form)
        if value is not None:
            found[form] = value
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The format of a column, or why it cannot be told.

    Attributes:
        form: the format, or None when a person must choose.
        question: ``ambiguous_number`` or ``mixed_numbers`` when ``form`` is None.
        examples: the texts that show the doubt.
        numbers: how many distinct texts were numbers; ``fractions``: how many of them not whole.
    """

    form: NumberFormat | None
    question: str = ""
    examples: tuple[str, ...] = ()
    numbers: int = 0
    fractions: int = 0


def decide(texts: Iterable[str]) -> Decision:
    """The number format of a column from all its distinct texts.

    A text that only one format can read decides; texts that both read as different numbers need
    such a witness, else a person is asked; witnesses for both formats are a doubt as well.
    """
    seen = _Evidence()
    for text in texts:
        seen.take(text)
    form, question, examples = seen.verdict()
    return Decision(
        form=form,
        question=question,
        examples=examples,
        numbers=seen.numbers,
        fractions=seen.fractions,
    )


class _Evidence:
    """What the texts of one column have shown so far."""

    def __init__(self) -> None:
        self.witness: dict[NumberFormat, str] = {}
        self.doubtful: dict[str, str] = {}
        self.numbers = 0
        self.fractions = 0
        self.has_separators = False

    def take(self, text: str) -> None:
        """Look at one more text."""
        if text.startswith(MACHINE_MARK):
            self.numbers += 1
            self.fractions += 1
            return
        found = readings(text)
        if not found:
            return
        self.numbers += 1
        if not _PATTERNS[NumberFormat.WHOLE].fullmatch(text):
            self.has_separators = True
        if len(found) == 1:
            (form,) = found
            self.witness.setdefault(form, text)
            self.fractions += not found[form].is_integer()
        elif len(set(found.values())) == 2:
            self.doubtful.setdefault("," if "," in text else ".", text)

    def verdict(self) -> tuple[NumberFormat | None, str, tuple[str, ...]]:
        """Format, or question and examples."""
        if len(self.witness) == 2:
            return None, "mixed_numbers", tuple(self.witness.values())
        if self.witness:
            return next(iter(self.witness)), "", ()
        if len(self.doubtful) == 2:
            return None, "mixed_numbers", tuple(self.doubtful.values())
        if self.doubtful:
            return None, "ambiguous_number", tuple(self.doubtful.values())
        return (NumberFormat.POINT if self.has_separators else NumberFormat.WHOLE), "", ()


def plain(value: float) -> str:
    """A number as programs write it: whole numbers without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
