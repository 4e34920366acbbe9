"""Texts as keys: normal forms, visible control characters, codes of areas and categories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_KEPT = frozenset("\u200c\u200d\u00ad")
_UNSAFE_START = frozenset("=+-@\t\r\n＝＋－＠")
_CODE = re.compile(r"[A-Za-z0-9_.\-]{1,40}")


def clean(text: str) -> str:
    """The text as a key: NFC, trimmed, runs of blanks as one, hidden characters visible.

    An apostrophe that our own files put before a text that looks like a formula is taken away.
    """
    if text.isascii() and text.isprintable():
        text = text.strip()
        if "  " in text:
            text = " ".join(text.split())
    else:
        text = visible(" ".join(unicodedata.normalize("NFC", text).split()))
    if len(text) > 1 and text[0] == "'" and text[1] in _UNSAFE_START:
        return text[1:]
    return text


def visible(text: str) -> str:
    """The text with control, direction and unassigned characters as marks such as ``⟨U+202E⟩``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(sign):04X}⟩" if _is_hidden(sign) else sign for sign in text)


def has_hidden(text: str) -> bool:
    """Whether a text holds characters that ``visible`` would mark."""
    return not (text.isascii() and text.isprintable()) and any(
        _is_hidden(sign) for sign in text.strip()
    )


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN and sign not in _KEPT


def normal(text: str) -> str:
    """The form in which names are compared: no accents, no case, single blanks."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\s_\-–—]+", " ", bare.casefold()).split())


def slug(text: str) -> str:
    """A text as the end of a code: lower case letters, digits, underscores; at most 50."""
    parts = re.findall(r"[a-z0-9]+", normal(text).replace(" ", "_"))
    return "_".join(parts)[:50].rstrip("_") or "unnamed"


def own_variable(text: str) -> str:
    """The code of a variable the program does not know: ``n_`` and its name."""
    name = slug(text)
    return name if name.startswith("n_") else f"n_{name}"


def own_category(text: str) -> str:
    """The code of a category the program does not know."""
    return text if _CODE.fullmatch(text) and text == text.upper() else slug(text).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a project and the catalogue call things.

    Attributes:
        areas: names by area code (any language).
        variables: unit by variable code.
        variable_names: variable code by normal form of a name.
        own_area: the project's own area code.
        spans: first and last period code of areas that did not always exist; 0 for open.
    """

    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    variable_names: Mapping[str, str] = field(default_factory=dict)
    own_area: str = ""
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


SEVERAL = "\x1f"
"""Stands behind each code of an area found by a name whose meaning depends on the period."""


def exists(code: str, year: int, spans: Mapping[str, tuple[int, int]]) -> bool:
    """Whether an area existed in a year.

    Args:
        code: of the area.
        year: calendar year.
        spans: see ``Names.spans``; areas without one always exist.
    """
    first, last = spans.get(code, (0, 0))
    return (not first or first // 100 <= year) and (not last or year <= last // 100)


class AreaFinder:
    """Area codes by what files write; new names are remembered, so spellings of one name agree.

    Args:
        known: names of the project's areas by code.
        own_area: code of the country of the project, which words such as ``Total`` mean.
        spans: see ``Names.spans``.
    """

    def __init__(
        self,
        known: Mapping[str, Iterable[str]],
        own_area: str = "",
        spans: Mapping[str, tuple[int, int]] | None = None,
    ) -> None:
        self._codes = set(known)
        self._own = own_area
        self._spans = spans or {}
        self._names = {normal(code): code for code in known}
        for name, codes in self._by_name(known).items():
            self._names.setdefault(name, self._meant(codes))
        self.new: dict[str, str] = {}
        self.matched: dict[str, str] = {}
        self.aggregates: dict[str, None] = {}
        self.outside: dict[str, None] = {}

    @staticmethod
    def _by_name(known: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, names in known.items():
            for name in dict.fromkeys(map(normal, names)):
                found.setdefault(name, []).append(code)
        return found

    def _meant(self, codes: Sequence[str]) -> str:
        """The code of a name; with the years of areas that ended or began, all its codes."""
        if all(code not in self._spans for code in codes):
            return codes[0]
        return "".join(code + SEVERAL for code in codes)

    def find(self, text: str, scheme: str = "") -> str:
        """The code for a text: exact code, then name in the project, then country, else new.

        The result ends with ``SEVERAL`` when the period decides what the name means.

        Args:
            text: what the file says.
            scheme: see ``recipe.Column``.
        """
        if text in self._codes:
            return text
        name = normal(text)
        code = self._names.get(name) or self._whole(name, scheme)
        if code is None and scheme != "own":
            code = self._country(text, scheme)
        if code is None:
            code = text
            self.new[code] = text
            if scheme in ("world", "m49"):
                (self.aggregates if is_aggregate(text) else self.outside)[code] = None
        elif code != text:
            self.matched[text] = code.rstrip(SEVERAL).replace(SEVERAL, ", ")
        self._names.setdefault(name, code)
        return code

    def _country(self, text: str, scheme: str) -> str | None:
        """The country; one that ended is new to the project, with its name and last year."""
        from workbench.importing import countries

        code = countries.find(text)
        if code is None and scheme == "m49":
            code = countries.by_number(text)
        ended = countries.former(code) if code else None
        if ended is not None and ended.code not in self._codes:
            self.new[ended.code] = f"{ended.name} ({ended.until})"
        return code

    def _whole(self, name: str, scheme: str) -> str | None:
        """The project's own country for a word that means all of it."""
        if scheme in ("world", "m49") or not self._own:
            return None
        return self._own if name in whole_country_words() else None


def country_code(text: str) -> str | None:
    """The three-letter code of a country named or coded by a text, or None."""
    from workbench.importing import countries

    return countries.find(text)


def is_m49(text: str) -> bool:
    """Whether a text is the number of a country in M49."""
    from workbench.importing import countries

    return countries.by_number(text) is not None


def is_country(code: str) -> bool:
    """Whether a code is a three-letter code of a country of today or of the past."""
    from workbench.importing import countries

    return countries.is_country(code)


@lru_cache(maxsize=1)
def whole_country_words() -> frozenset[str]:
    """Normal forms of words for a whole country."""
    from workbench.importing.aliases_files import area_words

    return area_words("country")


def is_aggregate(text: str) -> bool:
    """Whether a text names a group of countries, such as the world; never part of a sum."""
    from workbench.importing.aliases_files import area_words

    name = normal(text)
    return name in area_words("group") or name in area_words("country")
