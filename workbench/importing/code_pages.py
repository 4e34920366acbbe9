"""Which code page a text without a byte mark is written in: by how natural its words look.

Every candidate is decoded strictly. A page is certain when no other one gives words that are
nearly as natural; else a person chooses between the first lines that differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

PAGES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac_roman", "cp850"),
    *("iso8859_15", "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "latin_1"),
)
"""Candidates, the likelier first."""
MOST_LINES = 2_000
MARGIN = 1.0
"""How much worse the next candidate must be, in all words together, before one is certain."""
SHOWN = 3
"""Candidates a person chooses from."""
_SHOWN_SIGNS = 60
_CHUNK = 1 << 20
_WORD = re.compile(r"[^\s\d,;|\t\"()/]+")
_USUAL = frozenset("áéíóúüñçãõâêôàè" + "áéíóúüñçãõâêôàè".upper() + "œŒªº°ß")
_SELDOM = frozenset("ùîïëûäöÙÎÏËÛÄÖ")
_AROUND = frozenset("«»“”‘…¿¡")
"""Signs that stand beside a word without a blank."""
_SIGNS = frozenset("–—‘’“”…€«»¿¡·§£½¼¾²³×±†‡•%‰\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The code page of a text.

    Attributes:
        encoding: the likeliest.
        rivals: this one and others that are nearly as likely, each with a text that differs;
            empty when it is certain.
    """

    encoding: str
    rivals: tuple[tuple[str, str], ...] = ()


def utf16_without_mark(head: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` when every other byte is mostly zero, else empty."""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    low, high = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if high > 0.7 * pairs and low < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 * pairs and high < 0.05 * pairs else ""


def letters_of(path: Path) -> Letters:
    """The code page of a file that is no UTF-8."""
    lines = list(_foreign_lines(path))
    texts: dict[tuple[str, ...], str] = {}
    for page in PAGES:
        decoded = _decoded(lines, page)
        if decoded is not None and fits(path, page):
            texts.setdefault(decoded, page)
    ranked = sorted(((_cost(text), PAGES.index(page), page, text) for text, page in texts.items()))
    if not ranked:
        return Letters(encoding=PAGES[0])
    best = ranked[0]
    near = [entry for entry in ranked if entry[0] < best[0] + MARGIN][:SHOWN]
    rivals = _differing([(page, text) for _, _, page, text in near]) if len(near) > 1 else ()
    return Letters(encoding=best[2], rivals=rivals)


def fits(path: Path, encoding: str) -> bool:
    """Whether a whole file can be read strictly in an encoding."""
    import codecs

    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        with path.open("rb") as stream:
            for chunk in iter(partial(stream.read, _CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", True)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _foreign_lines(path: Path) -> Iterator[bytes]:
    """The first lines that are not plain ASCII."""
    count = 0
    with path.open("rb") as stream:
        for line in iter(partial(stream.readline, _CHUNK), b""):
            if not line.isascii():
                yield line
                count += 1
            if count == MOST_LINES:
                return


def _decoded(lines: Iterable[bytes], page: str) -> tuple[str, ...] | None:
    try:
        return tuple(line.decode(page) for line in lines)
    except UnicodeDecodeError:
        return None


def _cost(lines: Sequence[str]) -> float:
    """How unnatural the words are that are not plain ASCII."""
    words = {word for line in lines for word in _WORD.findall(line) if not word.isascii()}
    return sum(map(_word_cost, words))


def _word_cost(word: str) -> float:
    cost = 0.0
    foreign = [sign for sign in word if not sign.isascii()]
    scripts = {_script(sign) for sign in word if sign.isalpha()}
    if len(scripts) > 1:
        cost += 8  # no word mixes alphabets; a town such as Łódź has three unusual letters
    elif scripts - {"LATIN"}:
        cost += 0.5
    elif len(foreign) > max(2, len(word) / 2):
        cost += 3
    for before, sign in zip(" " + word, word, strict=False):
        if before.islower() and sign.isupper():
            cost += 2
        if not sign.isascii():
            cost += _sign_cost(sign, word)
    return cost


def _sign_cost(sign: str, word: str) -> float:
    if sign in _USUAL or (sign.isalpha() and _script(sign) != "LATIN"):
        return 0.0
    if sign in _SELDOM:
        return 0.5
    if sign.isalpha():
        return 1.0
    if sign not in _SIGNS:
        return 4.0 if unicodedata.category(sign) == "Cc" else 2.0
    if sign in "’'":
        return 0.3
    in_word = any(other.isalpha() for other in word) and sign not in _AROUND
    return 2.0 if in_word or sign in word[1:-1] else 0.0


def _script(sign: str) -> str:
    return unicodedata.name(sign, "?").partition(" ")[0]


def _differing(texts: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, str], ...]:
    """The words of the first line in which the texts differ, by code page."""
    for lines in zip(*(text for _, text in texts), strict=True):
        if len(set(lines)) > 1:
            break
    parts = [_WORD.findall(line) for line in lines]
    shown = [
        " ".join(dict.fromkeys(word for word in words if not word.isascii()))[:_SHOWN_SIGNS]
        for words in parts
    ]
    return tuple((page, text) for (page, _), text in zip(texts, shown, strict=True))
