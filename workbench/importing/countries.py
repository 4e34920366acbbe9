"""Countries by what files write: codes of ISO 3166 and M49, names, demonyms, countries that ended.

A code counts before a name and a name before a demonym. What could mean two countries means none:
``ambiguous`` says which, and a person decides. Names come from ISO 3166, from the CLDR in four
languages and from ``aliases/*.csv``; demonyms and former countries only from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workbench.importing import aliases_files
from workbench.importing.demonyms import forms
from workbench.importing.names import normal

LANGUAGES = ("en", "es", "pt", "fr")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_ARTICLE_BEHIND = re.compile(r" \((?:the|el|la|los|las|le|les|l'|o|a|os|as)\)$")
_ARTICLE = re.compile(r"^the ")
_INVERTED = re.compile(r"([^,]+), ([^,]+)")
_BOTH_GENDERS = re.compile(r" ?[/(] ?-?(?:a|o|as|os|e|es|ne|nes|sa|esa)\)?$")
_CITIZENS = re.compile(
    r"^(?:(?:nacional(?:es)?|nacionais|ciudadan[oa]s?|cidada[os]?|cidadaos|cidadas|ressortissante?s?"
    r"|citoyen(?:ne)?s?|citizens?|nationals?) (?:(?:de|da|do|du|des|of)(?: la| las| los| the)? )?"
    r"|d'(?=\w))|"
    r" (?:nationals?|citizens?|nationality|nation)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A country whose code was withdrawn (ISO 3166-3).

    Attributes:
        code: its three letters.
        name: in English.
        until: year of the withdrawal.
        successors: codes of what took its place.
        renamed: only the name changed, so the territory and its number in M49 stayed.
    """

    code: str
    name: str
    until: int
    successors: tuple[str, ...]
    renamed: bool


_PRIVATE = re.compile(r"X[A-W][A-Z]")
"""Three-letter codes that no country has or will get; passports use XX for people without one."""


def key(text: str) -> str:
    """The form in which names of countries are compared: ``normal``, articles and dots apart."""
    name = normal(text.translate(_QUOTES)).replace(".", " ").replace("&", " and ")
    before = ""
    while name != before:
        before, name = name, _bare(name)
    return name


def _bare(name: str) -> str:
    """The name without blanks, stars and articles around it."""
    name = _ARTICLE_BEHIND.sub("", " ".join(name.rstrip("* ").split()))
    return re.sub(r"^st ", "saint ", _ARTICLE.sub("", name))


def repaired(text: str) -> str:
    """The text with letters put right that another program had read wrongly (``CÃ´te``)."""
    if text.isascii():
        return text
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return text


def find(text: str) -> str | None:
    """The code of a country given by a code (two or three letters) or a name; None otherwise."""
    found = codes().get(text) or names().get(key(text))
    if found is None and (right := repaired(text)) != text:
        found = names().get(key(right))
    return found


def citizenship(text: str) -> str | None:
    """The country whose citizens a text means: as ``find``, then demonyms of any gender.

    Codes that ISO 3166 leaves to its users (XAA to XWZ) stand for themselves.
    """
    if _PRIVATE.fullmatch(text):
        return text
    found = find(text)
    if found is not None:
        return found
    for said in _shorter(key(repaired(text))):
        found = names().get(said) or demonyms().get(said)
        if found is not None:
            return found
    return None


def _shorter(name: str) -> Iterable[str]:
    """A label, and what is left without its second gender and words for citizens."""
    yield name
    one = _BOTH_GENDERS.sub("", name)
    if one != name:
        yield one
    bare = _CITIZENS.sub("", one).strip()
    if bare and bare != one:
        yield bare


def ambiguous(text: str) -> tuple[str, ...]:
    """Codes that a text could mean when it could mean several; a person decides."""
    if find(text) is not None:
        return ()
    listed = _listed_doubts()
    for said in _shorter(key(repaired(text))):
        if said in listed:
            return listed[said]
        if said in names() or said in demonyms():
            return ()
        if said in _shared_demonyms():
            return _shared_demonyms()[said]
    return ()


def by_number(text: str) -> str | None:
    """The code of a country given by its number in M49; leading zeros may be missing."""
    return _numbers().get(text.zfill(3)) if text.isascii() and text.isdigit() else None


def is_country(code: str) -> bool:
    """Whether a code is a three-letter code of a country of today or of the past."""
    return len(code) == 3 and codes().get(code) == code


def former(code: str) -> Former | None:
    """The country that ended, or None."""
    found = _former().get(code)
    return None if found is None or found.renamed else found


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """Three-letter codes by the codes that name them; a code only renamed leads to its country."""
    import pycountry

    found: dict[str, str] = {"XKX": "XKX"}
    for country in pycountry.countries:
        found[str(country.alpha_3)] = found[str(country.alpha_2)] = str(country.alpha_3)
    for row in aliases_files.rows("historic.csv"):
        now = row["successors"] if row["kind"] == "renamed" else row["code"]
        for code in (row["code"], row["alpha2"]):
            if code:
                found.setdefault(code, now)
    for row in aliases_files.rows("country_codes.csv"):
        found.setdefault(row["alias"], row["code"])
    return found


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Three-letter codes by ``key`` of a name; names of two countries are left out."""
    shared = _Shared()
    for code, label in _labels():
        shared.add(key(label), code)
    found = shared.single()
    found.update({key(alias): code for alias, code in aliases_files.area_names().items()})
    for alias in _listed_doubts():
        found.pop(alias, None)
    return found


class _Shared:
    """Codes by text, and the texts that have several."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, None]] = {}

    def add(self, text: str, code: str) -> None:
        self._codes.setdefault(text, {})[code] = None

    def single(self) -> dict[str, str]:
        return {text: next(iter(own)) for text, own in self._codes.items() if len(own) == 1}

    def several(self) -> dict[str, tuple[str, ...]]:
        return {text: tuple(sorted(own)) for text, own in self._codes.items() if len(own) > 1}


def _labels() -> Iterable[tuple[str, str]]:
    """Pairs of code and name: ISO 3166 also turned round, the CLDR, countries that ended."""
    import pycountry

    for country in pycountry.countries:
        code = str(country.alpha_3)
        for attribute in ("common_name", "name", "official_name"):
            label = str(getattr(country, attribute, "") or "")
            if label:
                yield code, label
                yield from ((code, turned) for turned in _turned(label))
    yield from _cldr()
    for row in aliases_files.rows("historic.csv"):
        now = row["successors"] if row["kind"] == "renamed" else row["code"]
        for language in LANGUAGES:
            yield from ((now, name) for name in row[language].split(";") if name)


def _turned(label: str) -> tuple[str, ...]:
    """``Iran, Islamic Republic of`` as other lists write it."""
    match = _INVERTED.fullmatch(label)
    if match is None or not match[2].endswith((" of", " of the", "Kingdom of")):
        return ()
    return f"{match[1]} ({match[2]})", f"{match[2]} {match[1]}"


def _cldr() -> Iterable[tuple[str, str]]:
    from babel import Locale

    known = codes()
    for language in LANGUAGES:
        for two, label in Locale(language).territories.items():
            three = known.get(str(two)) if len(str(two)) == 2 else None
            if three is not None:
                yield three, str(label)


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Three-letter codes by ``key`` of a demonym in four languages, of one country only."""
    listed = _listed_doubts()
    return {text: code for text, code in _all_demonyms().single().items() if text not in listed}


@lru_cache(maxsize=1)
def _shared_demonyms() -> dict[str, tuple[str, ...]]:
    return _all_demonyms().several()


@lru_cache(maxsize=1)
def _all_demonyms() -> _Shared:
    shared = _Shared()
    for row in aliases_files.rows("demonyms.csv"):
        for language in LANGUAGES:
            for form in forms(row[language], language):
                shared.add(key(form), row["code"])
    return shared


@lru_cache(maxsize=1)
def _listed_doubts() -> dict[str, tuple[str, ...]]:
    return {
        key(row["alias"]): tuple(row["codes"].split())
        for row in aliases_files.rows("ambiguous.csv")
    }


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    import pycountry

    found = {str(country.numeric): str(country.alpha_3) for country in pycountry.countries}
    for row in aliases_files.rows("historic.csv"):
        if row["numeric"]:
            found.setdefault(row["numeric"], row["code"])
    for row in aliases_files.rows("country_codes.csv"):
        if row["alias"].isdigit():
            found.setdefault(row["alias"], row["code"])
    return found


@lru_cache(maxsize=1)
def _former() -> Mapping[str, Former]:
    return {
        row["code"]: Former(
            code=row["code"],
            name=row["en"].split(";")[0],
            until=int(row["until"]),
            successors=tuple(row["successors"].split()),
            renamed=row["kind"] == "renamed",
        )
        for row in aliases_files.rows("historic.csv")
    }


@lru_cache(maxsize=2)
def labels(kind: str = "area") -> dict[str, tuple[str, ...]]:
    """Names by code, for guesses: the usual ones first; with demonyms for ``citizenship``."""
    found: dict[str, dict[str, None]] = {}
    pairs = [(code, label) for code, label in _labels() if len(label) < 40]
    pairs += [(code, label) for label, code in aliases_files.area_names().items()]
    if kind == "citizenship":
        for row in aliases_files.rows("demonyms.csv"):
            for language in LANGUAGES:
                pairs += [(row["code"], form) for form in forms(row[language], language)]
    for code, label in pairs:
        found.setdefault(code, {})[label] = None
    return {code: tuple(own) for code, own in found.items()}


def named(language: str) -> dict[str, str]:
    """Every country of today and of the past by code, named in a language; else in English.

    Countries that ended carry the year of their end.
    """
    import pycountry
    from babel import Locale

    own = language if language in LANGUAGES else LANGUAGES[0]
    words = Locale(own).territories
    found = {
        str(country.alpha_3): str(words.get(str(country.alpha_2)) or country.name)
        for country in pycountry.countries
    }
    found["XKX"] = str(words.get("XK") or "Kosovo")
    for row in aliases_files.rows("historic.csv"):
        if row["kind"] != "renamed":
            name = (row[own] or row["en"]).split(";")[0]
            found[row["code"]] = f"{name} (–{row['until']})"
    return found
