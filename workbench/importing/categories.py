"""Codes of breakdown categories from what files write: codes, labels, ages, words for total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from workbench.importing.aliases_files import category_aliases
from workbench.importing.names import normal, own_category

DIMENSIONS = (
    *("SEX", "AGE", "CIT", "CITG", "FORM", "VST", "STG", "PDEC", "OUT", "SEN", "SRC", "SRCPAT"),
    *("CHN", "SVC", "ACT", "MNS", "RCR", "MOV", "REG", "BFN", "PIL", "BST", "FND", "ROL"),
    *("RSK", "COR", "SECT", "SEC", "INS", "K", "STAT", "DAY"),
)
"""Dimensions of the classifications; a column of that name holds its codes."""
TOTAL_CODE = "_T"
UNKNOWN_CODE = "_U"
_YEARS = r"(?: (?:years?|anos|ans)(?: old| de edad| de idade)?)?"
_BAND = re.compile(rf"(?:aged? |de )?(\d{{1,2}})(?: | ?(?:to|a|until|/) ?)(\d{{1,3}}){_YEARS}")
_OPEN = re.compile(
    rf"(?:aged? )?(\d{{1,3}})(?: ?\+{_YEARS}"
    rf"|{_YEARS} (?:and|or|y|e|et|ou|o) (?:over|older|more|mas|mais|plus|above))"
)
_UNDER = re.compile(
    rf"(?:under|menos de|menor(?:es)? de|moins de|mineurs? de|less than|younger than|below|<) ?(\d{{1,3}}){_YEARS}"
)


def category(dimension: str, text: str) -> tuple[str, bool]:
    """The code of a category and whether the program knew it; an empty text is the total."""
    if not text or text == TOTAL_CODE:
        return TOTAL_CODE, True
    known = _code_list(dimension)
    if text in known:
        return text, True
    name = normal(text)
    code = _labels(dimension).get(name) or category_aliases().get((dimension, name))
    code = code or category_aliases().get(("*", name))
    if code is None and dimension == "AGE":
        code = age_band(name)
    if code is None and dimension in ("K", "DAY") and text.isascii() and text.isdigit():
        code = str(int(text))
    if code is None and dimension in ("CIT", "COR"):
        code = _citizenship(text)
    if code is not None:
        return code, True
    return own_category(text), False


_SEPARATORS = (" / ", ", ", "; ", " | ", " - ", " – ", " — ", ": ", ",", ";", "|", "/", "_", " ")


def split_codes(
    text: str, dimensions: Sequence[str], values: Mapping[str, str] | None = None
) -> dict[str, str] | None:
    """Code by dimension of a text such as ``Women, under 18``; None when a part is not known.

    Args:
        text: what the file says.
        dimensions: those that can stand in it.
        values: our code by normal form of a part, ``DIM=CODE``.
    """
    if not text or _is_total(text):
        return {}
    for separator in _SEPARATORS:
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) <= len(dimensions) and all(parts):
            found = _codes_of_parts(parts, dimensions, values or {})
            if found is not None:
                return found
    return None


def _is_total(text: str) -> bool:
    return category_aliases().get(("*", normal(text))) == TOTAL_CODE


def _codes_of_parts(
    parts: Sequence[str], dimensions: Sequence[str], values: Mapping[str, str]
) -> dict[str, str] | None:
    """Each part in the one dimension that knows it; two of one dimension are none."""
    found: dict[str, str] = {}
    for part in parts:
        if _is_total(part):
            continue
        mapped = values.get(normal(part), "")
        fits = [tuple(mapped.split("=", 1))] if mapped else []
        if not mapped:
            for dimension in dimensions:
                code, known = category(dimension, part)
                if known and not code.startswith("_"):
                    fits.append((dimension, code))
        if len(fits) != 1 or fits[0][0] in found:
            return None
        found[fits[0][0]] = fits[0][1]
    return found


def age_band(name: str) -> str | None:
    """The code of an age band written in words or figures: ``0 to 14``, ``75 and over``."""
    match = _BAND.fullmatch(name)
    if match and int(match[1]) <= int(match[2]) <= 130:
        return f"Y{int(match[1])}T{int(match[2])}"
    match = _OPEN.fullmatch(name)
    if match:
        return f"Y_GE{int(match[1])}"
    match = _UNDER.fullmatch(name)
    return f"Y0T{int(match[1]) - 1}" if match and int(match[1]) > 0 else None


def _citizenship(text: str) -> str | None:
    from workbench.importing import countries

    return countries.citizenship(text)


@lru_cache(maxsize=64)
def is_closed(role: str) -> bool:
    """Whether a role is a dimension whose codes are all listed, or are countries."""
    from indicators.codelists import code_list, has_list

    if role in ("CIT", "COR"):
        return True
    return has_list(role) and code_list(role).pattern is None


@lru_cache(maxsize=64)
def _code_list(dimension: str) -> frozenset[str]:
    return frozenset(entries(dimension)) | {TOTAL_CODE, UNKNOWN_CODE}


@lru_cache(maxsize=64)
def _labels(dimension: str) -> dict[str, str]:
    """Code by normal form of its labels in all languages; a label of two codes is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for code, labels in entries(dimension).items():
        for label in labels:
            if found.setdefault(normal(label), code) != code:
                twice.add(normal(label))
    return {name: code for name, code in found.items() if name not in twice}


@lru_cache(maxsize=64)
def entries(dimension: str) -> dict[str, tuple[str, ...]]:
    """Labels by code of a dimension's code list; empty for a dimension without one."""
    from indicators.codelists import code_list
    from indicators.errors import IndicatorsError

    try:
        entries = code_list(dimension).entries
    except IndicatorsError:
        return {}
    return {
        entry.code: tuple(getattr(entry.label, language) for language in ("en", "es", "pt", "fr"))
        for entry in entries
    }
