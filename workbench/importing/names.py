"""Texts as keys: normal forms, visible control characters, codes of areas and categories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
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
    """

    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    variable_names: Mapping[str, str] = field(default_factory=dict)
    own_area: str = ""


class AreaFinder:
    """Area codes by what files write; new names are remembered, so spellings of one name agree.

    Args:
        known: names of the project's areas by code.
    """

    def __init__(self, known: Mapping[str, Iterable[str]]) -> None:
        self._codes = set(known)
        self._names = {normal(code): code for code in known}
        for code, names in known.items():
            for name in names:
                self._names.setdefault(normal(name), code)
        self.new: dict[str, str] = {}
        self.matched: dict[str, str] = {}

    def find(self, text: str) -> str:
        """The code for a text: exact code, then name in the project, then country, else new."""
        if text in self._codes:
            return text
        name = normal(text)
        code = self._names.get(name) or _country(text, name)
        if code is None:
            code = text
            self.new[code] = text
        elif code != text:
            self.matched[text] = code
        self._names.setdefault(name, code)
        return code


def _country(text: str, name: str) -> str | None:
    codes, names = _countries()
    return codes.get(text) or names.get(name)


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], dict[str, str]]:
    """ISO 3166 codes (two and three letters) and names, each to the three-letter code."""
    import pycountry

    from workbench.importing.aliases_files import area_aliases

    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for country in pycountry.countries:
        three = str(country.alpha_3)
        codes[three] = three
        codes[str(country.alpha_2)] = three
        for attribute in ("name", "official_name", "common_name"):
            label = getattr(country, attribute, None)
            if label:
                names.setdefault(normal(label), three)
    names.update(area_aliases())
    return codes, names


def is_country(code: str) -> bool:
    """Whether a code is a three-letter country code of ISO 3166."""
    return _countries()[0].get(code) == code
