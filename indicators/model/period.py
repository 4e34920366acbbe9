"""Periods: calendar years, spans, half-years, quarters, months and fiscal years as one ordered integer.

``code = year * 100 + part``; part 00 calendar year, 02-09 span of that many years ending in the
year, 21-22 half-years, 31-34 quarters, 41-52 months, 61-72 fiscal year that begins in month
part-60 of the year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indicators.errors import N_, IndicatorsError

FIRST_YEAR = 1900
LAST_YEAR = 2200


class Frequency(Enum):
    """How many periods make a year, by name."""

    YEAR = "year"
    SPAN = "span"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    FISCAL = "fiscal"


_STEPS = {
    Frequency.YEAR: 1,
    Frequency.SPAN: 1,
    Frequency.HALF: 2,
    Frequency.QUARTER: 4,
    Frequency.MONTH: 12,
    Frequency.FISCAL: 1,
}
_FIRST_PART = {
    Frequency.YEAR: 0,
    Frequency.HALF: 21,
    Frequency.QUARTER: 31,
    Frequency.MONTH: 41,
}
_FORMS = (
    re.compile(r"(?P<year>\d{4})$"),
    re.compile(r"(?P<first>\d{4})/(?P<year>\d{4})$"),
    re.compile(r"(?P<year>\d{4})-S(?P<half>[12])$"),
    re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])$"),
    re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])$"),
    re.compile(r"FY(?P<year>\d{4})-(?P<fiscal>0[1-9]|1[0-2])$"),
)


def _frequency(part: int) -> Frequency | None:
    if part == 0:
        return Frequency.YEAR
    for frequency, first, last in (
        (Frequency.SPAN, 2, 9),
        (Frequency.HALF, 21, 22),
        (Frequency.QUARTER, 31, 34),
        (Frequency.MONTH, 41, 52),
        (Frequency.FISCAL, 61, 72),
    ):
        if first <= part <= last:
            return frequency
    return None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period.

    Args:
        code: ``year * 100 + part``.

    Raises:
        IndicatorsError: the code is no period.
    """

    code: int

    def __post_init__(self) -> None:
        """Refuse integers that are no period."""
        if not FIRST_YEAR <= self.code // 100 <= LAST_YEAR or _frequency(self.code % 100) is None:
            raise IndicatorsError(N_("“{code}” is not a period."), code=self.code)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(year * 100)

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """The month, 1 to 12."""
        return cls(year * 100 + 40 + month)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written ``2024``, ``2023/2024``, ``2024-S1``, ``2024-Q2``, ``2024-05`` or ``FY2024-04``."""
        for form in _FORMS:
            match = form.match(text.strip())
            if match is None:
                continue
            part = match.groupdict()
            year = int(part["year"])
            if part.get("first"):
                return cls(year * 100 + year - int(part["first"]) + 1)
            for name, base in (("half", 20), ("quarter", 30), ("month", 40), ("fiscal", 60)):
                if part.get(name):
                    return cls(year * 100 + base + int(part[name]))
            return cls.of_year(year)
        raise IndicatorsError(
            N_("“{text}” is not a period."),
            hint=N_("Write 2024, 2023/2024, 2024-S1, 2024-Q2, 2024-05 or FY2024-04."),
            text=text,
        )

    @property
    def year(self) -> int:
        """The year: of the end for spans, of the beginning for fiscal years."""
        return self.code // 100

    @property
    def part(self) -> int:
        """The last two digits of the code."""
        return self.code % 100

    @property
    def frequency(self) -> Frequency:
        """What kind of period it is."""
        frequency = _frequency(self.part)
        assert frequency is not None  # guaranteed by __post_init__
        return frequency

    @property
    def ordinal(self) -> int:
        """Position on the time axis counted in periods of its own frequency (years: the year)."""
        steps = _STEPS[self.frequency]
        return self.year * steps + (self.part - _FIRST_PART[self.frequency] if steps > 1 else 0)

    @property
    def decimal_year(self) -> float:
        """Position on a yearly axis: 2024 is 2024.0, July 2024 is 2024.5."""
        steps = _STEPS[self.frequency]
        return self.ordinal / steps

    def shift(self, count: int) -> Period:
        """The period ``count`` periods later (earlier when negative), of the same frequency."""
        frequency = self.frequency
        steps = _STEPS[frequency]
        if steps == 1:
            return Period(self.code + 100 * count)
        year, rest = divmod(self.ordinal + count, steps)
        return Period(year * 100 + _FIRST_PART[frequency] + rest)

    def __str__(self) -> str:
        """The written form that ``parse`` reads."""
        year, part = self.year, self.part
        match self.frequency:
            case Frequency.YEAR:
                return f"{year}"
            case Frequency.SPAN:
                return f"{year - part + 1}/{year}"
            case Frequency.HALF:
                return f"{year}-S{part - 20}"
            case Frequency.QUARTER:
                return f"{year}-Q{part - 30}"
            case Frequency.MONTH:
                return f"{year}-{part - 40:02d}"
            case Frequency.FISCAL:
                return f"FY{year}-{part - 60:02d}"
