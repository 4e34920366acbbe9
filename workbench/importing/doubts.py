"""Doubts about numbers, units, dates and editions that only a person can settle."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from workbench.importing.names import normal
from workbench.importing.numbers import NumberFormat, parse_number
from workbench.importing.periods import (
    PeriodRules,
    is_across,
    is_plain_year,
    parse_period,
    year_and_month,
    year_and_quarter,
)
from workbench.importing.raw_table import BrokenRow, Row

MAGNITUDES = {
    1_000: ("thousand", "thousands", "miles", "mil", "milhares", "milliers", "(000)", "'000"),
    100_000: ("lakh", "lakhs"),
    1_000_000: ("million", "millions", "millon", "millones", "milhao", "milhoes"),
    10_000_000: ("crore", "crores"),
    1_000_000_000: ("billion", "billions", "milliard", "milliards"),
}
"""Words by factor, in normal form."""
_FACTORS = {word: factor for factor, words in MAGNITUDES.items() for word in words}
_SAID = re.compile(
    r"(?:^|\b(?:in|en|em)\s|[(\[,;:]\s?(?:in\s|en\s|em\s)?)"
    r"(thousands?|miles|milhares|milliers|lakhs?|millions?|millones|millon|milhoes|crores?|billions?|milliards?)\b"
    r"|(\(000\)|'000)|\b(thousands|milhares|milliers|lakhs|millions|millones|milhoes|crores) (?:of|de)\b"
)
UNITS = ("", "units", "unit", "unidades", "unidade", "unites", "ones", "0", "1")
_GAP = 1_000
_LEAST_NUMBERS = 20
_COUNT_WORDS = ("person", "pessoa", "number", "numero", "nombre", "count", "case", "caso", "cas")


def magnitude_of(text: str) -> int:
    """The factor that a title, header or unit declares; 1 without, or for a rate."""
    name = normal(text)
    match = _SAID.search(name)
    if match is None:
        return 1
    return _FACTORS[match[1] or match[2] or match[3]]


def factor_of(text: str) -> int | None:
    """The factor in a column of magnitudes: a word, a number, or a power of ten of SDMX."""
    name = normal(text)
    if name in UNITS:
        return 1
    if name in _FACTORS:
        return _FACTORS[name]
    if name.isdecimal() and len(name) < 13:
        number = int(name)
        return 10**number if number <= 9 else number
    return None


def far_numbers(texts: Mapping[str, int], form: NumberFormat) -> tuple[int, list[str]]:
    """Highest believed number and the texts beyond it, when a few are codes that slipped in.

    Such are whole numbers of seven and more digits, a thousand times larger than all others.
    """
    numbers = {}
    for text in texts:
        value = parse_number(text, form)
        if value is not None and value > 0:
            numbers[text] = value
    ordered = sorted(set(numbers.values()))
    total = sum(texts[text] for text in numbers)
    for lower, upper in pairwise(ordered):
        if upper <= _GAP * lower:
            continue
        far = [text for text, value in numbers.items() if value >= upper]
        count = sum(texts[text] for text in far)
        if total - count >= _LEAST_NUMBERS and count <= 0.05 * total:
            if upper >= 1e6 and all(text.isdecimal() for text in far):
                return int(lower) + 1, far
            return 0, []
    return 0, []


def period_doubt(texts: Sequence[str]) -> tuple[str, str]:
    """Kind of doubt about a column of periods and a text that shows it; empty without."""
    across = [text for text in texts if is_across(text) is not None]
    if len(across) > len(texts) / 2 and not are_months(texts):
        return "year_across", across[0]
    if len(texts) > 1 and all(re.fullmatch(r"\d{4}-01-01", text) for text in texts):
        return "january_dates", texts[0]
    return "", ""


def are_quarters(texts: Sequence[str]) -> bool:
    """Whether a column such as ``2005 - 1`` holds quarters: all four occur, and no fifth.

    Whole years may stand among them.
    """
    said = [text.strip() for text in texts]
    found = [year_and_quarter(text) for text in said if text and not is_plain_year(text)]
    parts = {quarter[1] for quarter in found if quarter is not None}
    years = {quarter[0] for quarter in found if quarter is not None}
    return None not in found and len(parts) == 4 and len(years) > 1


def are_months(texts: Sequence[str]) -> bool:
    """Whether ``2009/10`` and ``2009-10`` are months, because other texts of the column are."""
    doubtful = [text for text in texts if is_across(text) is not None]
    if not doubtful or not all(year_and_month(text) for text in doubtful):
        return False
    rules = PeriodRules(last_year=9999)
    others = [parse_period(text, rules) for text in texts if is_across(text) is None]
    return any(isinstance(code, int) and 41 <= code % 100 <= 52 for code in others)


def changing_units(rows: Sequence[Row], keys: Sequence[int], unit: int) -> list[str]:
    """Units that one series is given in; the one of counts, else the most frequent, comes first."""
    by_key: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    counts: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, BrokenRow) or len(row) <= max([*keys, unit]) or not row[unit].strip():
            continue
        text = row[unit].strip()
        by_key[tuple(row[i].strip() for i in keys)][text] = None
        counts[text] += 1
    if all(len(units) < 2 for units in by_key.values()):
        return []
    mixed = {text for units in by_key.values() if len(units) > 1 for text in units}
    return sorted(mixed, key=lambda text: (not _is_count(text), -counts[text], text))


def _is_count(text: str) -> bool:
    name = normal(text)
    return any(name.startswith(word) for word in _COUNT_WORDS)


def tells_editions(
    rows: Sequence[Row], keys: Sequence[int], value: int, index: int
) -> tuple[str, ...]:
    """Texts of a column that tells apart values given twice; empty when it does not."""
    seen: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if isinstance(row, BrokenRow) or len(row) <= max([*keys, value, index]):
            continue
        seen[tuple(row[i].strip() for i in keys)].setdefault(row[index].strip(), row[value])
    twice = [said for said in seen.values() if len(said) > 1]
    if len(twice) < max(3, 0.1 * len(seen)):
        return ()
    return tuple(sorted({text for said in seen.values() for text in said}))
