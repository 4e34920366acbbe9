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
        own_area: code of the country of the project, which words such as ``Total`` mean.
    """

    def __init__(self, known: Mapping[str, Iterable[str]], own_area: str = "") -> None:
        self._codes = set(known)
        self._own = own_area
        self._names = {normal(code): code for code in known}
        for code, names in known.items():
            for name in names:
                self._names.setdefault(normal(name), code)
        self.new: dict[str, str] = {}
        self.matched: dict[str, str] = {}
        self.aggregates: dict[str, None] = {}

    def find(self, text: str, scheme: str = "") -> str:
        """The code for a text: exact code, then name in the project, then country, else new.

        Args:
            text: what the file says.
            scheme: see ``recipe.Column``.
        """
        if text in self._codes:
            return text
        name = normal(text)
        code = self._names.get(name) or self._whole(name, scheme)
        if code is None and scheme != "own":
            code = _country(text, name) or (_m49().get(text) if scheme == "m49" else None)
        if code is None:
            code = text
            self.new[code] = text
            if scheme in ("world", "m49") and is_aggregate(text):
                self.aggregates[code] = None
        elif code != text:
            self.matched[text] = code
        self._names.setdefault(name, code)
        return code

    def _whole(self, name: str, scheme: str) -> str | None:
        """The project's own country for a word that means all of it."""
        if scheme in ("world", "m49") or not self._own:
            return None
        return self._own if name in whole_country_words() else None


def _country(text: str, name: str) -> str | None:
    codes, names = _countries()
    return codes.get(text) or names.get(name)


def country_code(text: str) -> str | None:
    """The three-letter code of a country named or coded by a text, or None."""
    return _country(text, normal(text))


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """Three-letter codes by the codes of two and three letters of ISO 3166."""
    import pycountry

    codes: dict[str, str] = {}
    for country in pycountry.countries:
        codes[str(country.alpha_3)] = codes[str(country.alpha_2)] = str(country.alpha_3)
    return codes


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], dict[str, str]]:
    """ISO 3166 codes (two and three letters) and names, each to the three-letter code."""
    import pycountry

    from workbench.importing.aliases_files import area_aliases

    codes = _country_codes()
    names: dict[str, str] = {}
    for country in pycountry.countries:
        three = str(country.alpha_3)
        for attribute in ("name", "official_name", "common_name"):
            label = getattr(country, attribute, None)
            if label:
                names.setdefault(normal(label), three)
    for name, three in _names_in_languages(codes).items():
        names.setdefault(name, three)
    names.update(area_aliases())
    return codes, names


def _names_in_languages(codes: Mapping[str, str]) -> dict[str, str]:
    """Codes by the names of the CLDR in four languages; a name of two countries is left out."""
    from babel import Locale

    found: dict[str, str] = {}
    twice: set[str] = set()
    for language in ("en", "es", "pt", "fr"):
        for two, label in Locale(language).territories.items():
            three = codes.get(str(two)) if len(str(two)) == 2 else None
            if three is not None and found.setdefault(normal(label), three) != three:
                twice.add(normal(label))
    return {name: three for name, three in found.items() if name not in twice}


@lru_cache(maxsize=1)
def _m49() -> dict[str, str]:
    """Three-letter codes by the numbers of M49, which are those of ISO 3166."""
    import pycountry

    return {str(country.numeric): str(country.alpha_3) for country in pycountry.countries}


def is_m49(text: str) -> bool:
    """Whether a text is the three-digit number of a country."""
    return text in _m49()


def is_country(code: str) -> bool:
    """Whether a code is a three-letter country code of ISO 3166."""
    return _country_codes().get(code) == code


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
