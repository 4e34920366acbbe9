"""What a text in a year or period column means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.errors import IndicatorsError
from indicators.model.period import FIRST_YEAR, Period

_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")
_ACROSS = re.compile(r"(?:FY ?)?([0-9]{4}) ?[/\-–] ?([0-9]{2}|[0-9]{4})")
_FISCAL = re.compile(r"FY ?([0-9]{4})")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])/([0-9]{4})")
_MONTH_NAME = re.compile(r"([^\W\d_]{3,})\.?[ \-/]?(?:de )?([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.0+)?")
_MONTHS = (
    ("jan", "ene", "janv"),
    ("feb", "fev", "fév"),
    ("mar", "mär", "mars"),
    ("apr", "abr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "ago", "aoû", "aou"),
    ("sep", "set"),
    ("oct", "out"),
    ("nov",),
    ("dec", "dic", "dez", "déc"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRules:
    """How a column of periods is read.

    Attributes:
        last_year: latest year that is believed.
        fiscal_start: month in which a year written over two calendar years begins, or None.
        machine: True when ``2023/2024`` is a span of two years, as this program writes it.
    """

    last_year: int
    fiscal_start: int | None = None
    machine: bool = False


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
    across = is_across(text)
    if across is not None:
        if rules.fiscal_start is None:
            return "year_across"
        part = 60 + rules.fiscal_start if rules.fiscal_start > 1 else 0
        return _believed(across, part, rules)
    month = _month(text)
    if month is not None:
        return _believed(month[0], 40 + month[1], rules)
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


def _month(text: str) -> tuple[int, int] | None:
    match = _MONTH_FIRST.fullmatch(text)
    if match:
        return int(match[2]), int(match[1])
    match = _MONTH_NAME.fullmatch(text)
    if match is None:
        return None
    name = match[1].casefold()
    for number, starts in enumerate(_MONTHS, start=1):
        if name.startswith(starts):
            year = int(match[2])
            return (year if year >= 100 else 2000 + year), number
    return None


def _believed(year: int, part: int, rules: PeriodRules) -> int | str:
    if not FIRST_YEAR <= year <= rules.last_year:
        return "year_out_of_range"
    return year * 100 + part
