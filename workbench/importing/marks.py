"""Marks beside a number: footnotes such as ``12 (3)`` or ``45*``, and letters such as ``120 p``."""

from __future__ import annotations

import re
from typing import NamedTuple

from indicators.model.codes import Flags
from workbench.importing.names import normal

LETTERS = {
    "p": Flags.P,
    "e": Flags.E,
    "s": Flags.E,
    "f": Flags.E,
    "b": Flags.B,
    "d": Flags.D,
    "u": Flags.U,
    "i": Flags.I,
    "r": Flags.NONE,
}
"""What a letter behind a number means; ``r`` (revised) is kept as a footnote only."""
_WORDS = {
    "provisional": "P",
    "provisional value": "P",
    "preliminary": "P",
    "preliminar": "P",
    "provisorio": "P",
    "provisoire": "P",
    "prov": "P",
    "estimated": "E",
    "estimated value": "E",
    "estimate": "E",
    "estimado": "E",
    "estimada": "E",
    "estimacion": "E",
    "estime": "E",
    "imputed": "I",
    "imputado": "I",
    "impute": "I",
    "break": "B",
    "break in time series": "B",
    "ruptura": "B",
    "rupture": "B",
    "definition differs": "D",
    "low reliability": "U",
    "unreliable": "U",
    "revised": "",
    "revisado": "",
    "revisada": "",
    "revise": "",
    "rev": "",
    "final": "",
    "definitivo": "",
    "definitif": "",
    "normal": "",
    "normal value": "",
}
_MARK = (
    r"\*{1,3}|†{1,2}|‡|§|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\((?:\d{1,2}|[a-z])\)|\[(?:\d{1,2}|[a-z])\]"
    r"|(?<=\s)\d{1,2}/"
)
_MARKED = re.compile(
    rf"(?P<number>[+\-−<≤]?=?\s?\d(?:[\d.,'’\s]*\d)?|[:.]{{1,3}}|n/?[ad])\s*"
    rf"(?P<marks>(?:(?:{_MARK})\s*)+(?:(?<=\s)[a-z]{{1,3}})?|(?<=[\s\d:])[a-z]{{1,3}})"
)


class Marked(NamedTuple):
    """A text without its marks.

    Attributes:
        text: what is left.
        mark: what was taken away.
        flags: what its letters mean, as an integer of ``Flags``.
    """

    text: str
    mark: str
    flags: int


def separated(text: str) -> Marked | None:
    """The text and the marks behind it, or None when there are none that are understood."""
    match = _MARKED.fullmatch(text)
    if match is None:
        return None
    mark = match["marks"].strip()
    letters = re.search(r"(?<![(\[a-z])[a-z]{1,3}$", mark)
    flags = Flags.NONE
    for letter in letters[0] if letters else "":
        if letter not in LETTERS:
            return None
        flags |= LETTERS[letter]
    return Marked(match["number"].strip(), mark, int(flags))


def bare(text: str) -> str:
    """The text without its marks."""
    found = separated(text)
    return found.text if found else text


def flag_letters(text: str) -> str | None:
    """Our letters for the text of a column of flags; None when it says something else."""
    try:
        known = Flags.of_letters(text)
        if Flags.H not in known:
            return known.letters()
    except KeyError:
        pass
    name = normal(text).strip("*(). ")
    if name in _WORDS:
        return _WORDS[name]
    if name and all(letter in LETTERS for letter in name):
        found = Flags.NONE
        for letter in name:
            found |= LETTERS[letter]
        return found.letters()
    return None
