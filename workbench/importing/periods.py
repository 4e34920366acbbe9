"""What a text in a year or period column means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.errors import IndicatorsError
from indicators.model.period import FIRST_YEAR, Period
from workbench.importing.names import normal

_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")
_ACROSS = re.compile(r"(?:FY ?)?([0-9]{4}) ?[/\-–] ?([0-9]{2}|[0-9]{4})")
_FISCAL = re.compile(r"FY ?([0-9]{4})")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])/([0-9]{4})")
_MONTH_NAME = re.compile(r"([^\W\d_]{3,})\.?[ \-/,]*(?:(?:de|del|of) )?([0-9]{4}|'?[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[ \-/.]*([^\W\d_]{3,})\.?")
_YEAR_MONTH = re.compile(r"([0-9]{4}) ?[\-/.mM] ?(0[1-9]|1[0-2])")
_QUARTER = re.compile(
    r"(?:([0-9]{4})[ \-/]?)?(?:[QT] ?([1-4])|([1-4])(?:[Qq]|st|nd|rd|th|er|o|º|°|[eè]me)?[ .]*"
    r"(?:quarter|trimestre|trim\.?|trimester|[QT]))(?:[ \-/]*(?:(?:de|of) )?([0-9]{4}))?",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:([0-9]{4})[ \-/]?)?(?:[SH] ?([12])|([12])(?:st|nd|er|o|º|°|[eè]me)?[ .]*"
    r"(?:half(?:-year)?|semestre|sem\.?|semester))(?:[ \-/]*(?:(?:de|of) )?([0-9]{4}))?",
    re.IGNORECASE,
)
_YEAR_QUARTER = re.compile(r"([0-9]{4}) ?[\- ] ?([1-4])")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-01(?:T00:00:00)?")
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.0+)?")
_MONTHS = (
    "jan january ene enero janeiro janv janvier",
    "feb february febr febrero fev fevereiro fevr fevrier",
    "mar march marzo marco mars",
    "apr april abr abril avr avril",
    "may mayo mai maio",
    "jun june junio junho juin",
    "jul july julio julho juil juillet",
    "aug august ago agosto aou aout",
    "sep sept september septiembre setiembre set setembro septembre",
    "oct october octubre out outubro octobre",
    "nov november noviembre novembro novembre",
    "dec december dic dez diciembre dezembro decembre",
)
_MONTH_OF = {name: number for number, line in enumerate(_MONTHS, 1) for name in line.split()}
"""Month by name or short name in four languages, without accents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRules:
    """How a column of periods is read.

    Attributes:
        last_year: latest year that is believed.
        fiscal_start: month in which a year written over two calendar years begins, or None.
        machine: True when ``2023/2024`` is a span of two years, as this program writes it.
        dates: ``years``: a first of January means the year; ``months``: ``2009/10`` is October;
            ``quarters``: ``2009 - 1`` is the first quarter.
    """

    last_year: int
    fiscal_start: int | None = None
    machine: bool = False
    dates: str = ""


def parse_period(text: str, rules: PeriodRules) -> int | str:
    """The code of the period, or the code of the reason why there is none."""
    text = text.strip()
    if not text:
        return "blank_period"
    match = _YEAR.fullmatch(text)
    if match:
        return _believed(int(match[1]), 0, rules)
    if rules.machine:
        try:
            period = Period.parse(text)
        except IndicatorsError:
            pass
        else:
            return _believed(period.year, period.part, rules)
    return _other_form(text, rules)


def _other_form(text: str, rules: PeriodRules) -> int | str:
    month = year_and_month(text) if rules.dates == "months" else None
    if month is not None:
        return _believed(month[0], 40 + month[1], rules)
    if rules.dates == "years" and text[4:10] == "-01-01":
        return _believed(int(text[:4]), 0, rules)
    quarter = year_and_quarter(text) if rules.dates == "quarters" else None
    if quarter is not None:
        return _believed(quarter[0], 30 + quarter[1], rules)
    across = is_across(text)
    if across is not None:
        if rules.fiscal_start is None:
            return "year_across"
        part = 60 + rules.fiscal_start if rules.fiscal_start > 1 else 0
        return _believed(across, part, rules)
    found = _part_of_year(text)
    if found is not None:
        return _believed(found[0], found[1], rules)
    try:
        period = Period.parse(text)
    except IndicatorsError:
        return "date_number" if _SERIAL.fullmatch(text) else "not_a_period"
    return _believed(period.year, period.part, rules)


def is_across(text: str) -> int | None:
    """First year of a text such as ``2017-18``, ``2017/2018`` or ``FY2017``; None for any other."""
    match = _FISCAL.fullmatch(text)
    if match:
        return int(match[1])
    match = _ACROSS.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), match[2]
    follows = (first + 1) % 100 == int(second) if len(second) == 2 else first + 1 == int(second)
    return first if follows else None


def is_year(text: str, last_year: int) -> bool:
    """Whether a text is a plain year that is believed."""
    match = _YEAR.fullmatch(text.strip())
    return match is not None and FIRST_YEAR <= int(match[1]) <= last_year


def is_plain_year(text: str) -> bool:
    """Whether a text is nothing but four digits."""
    return _YEAR.fullmatch(text) is not None


def _part_of_year(text: str) -> tuple[int, int] | None:
    """Year and part (month, quarter, half-year) that a text names, or None."""
    match = _MONTH_FIRST.fullmatch(text)
    if match:
        return int(match[2]), 40 + int(match[1])
    match = _DATE.fullmatch(text)
    if match:
        return int(match[1]), 40 + int(match[2])
    match = _MONTH_NAME.fullmatch(text)
    if match and month_of(match[1]):
        year = int(match[2].lstrip("'"))
        return (year if year >= 100 else 2000 + year), 40 + month_of(match[1])
    numbers = year_and_month(text)
    if numbers is not None:
        return numbers[0], 40 + numbers[1]
    match = _YEAR_FIRST.fullmatch(text)
    if match and month_of(match[2]):
        return int(match[1]), 40 + month_of(match[2])
    for pattern, base in ((_QUARTER, 30), (_HALF, 20)):
        match = pattern.fullmatch(text)
        if match and bool(match[1]) != bool(match[4]):
            return int(match[1] or match[4]), base + int(match[2] or match[3])
    return None


def year_and_month(text: str) -> tuple[int, int] | None:
    """Year and month of a text such as ``2021/04`` or ``2021M04``."""
    match = _YEAR_MONTH.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def year_and_quarter(text: str) -> tuple[int, int] | None:
    """Year and quarter of a text such as ``2005 - 1`` or ``2005 1``."""
    match = _YEAR_QUARTER.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def month_of(text: str) -> int:
    """Number of the month that a name or short name means, or 0."""
    return _MONTH_OF.get(normal(text).strip(". "), 0)


def part_of_year(text: str) -> int:
    """Part of a period for a text that names a month, quarter or half-year alone; 0 without."""
    text = text.strip()
    month = month_of(text)
    if month:
        return 40 + month
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 12:
        return 40 + int(text)
    for pattern, base in ((_QUARTER, 30), (_HALF, 20)):
        match = pattern.fullmatch(text)
        if match and not match[1] and not match[4]:
            return base + int(match[2] or match[3])
    return 0


def parse_parts(year: str, part: str, rules: PeriodRules) -> int | str:
    """The code of a period whose year and part stand in two columns; no part: the year."""
    code = parse_period(year, rules)
    if isinstance(code, str) or not part.strip() or is_total_word(part):
        return code
    number = part_of_year(part)
    if not number or code % 100:
        return "not_a_period"
    return code + number


def is_total_word(text: str) -> bool:
    """Whether a text in a column of months means the whole year."""
    return normal(text) in ("total", "annual", "anual", "annuel", "year", "todos", "all", "t")


def _believed(year: int, part: int, rules: PeriodRules) -> int | str:
    if not FIRST_YEAR <= year <= rules.last_year:
        return "year_out_of_range"
    return year * 100 + part
