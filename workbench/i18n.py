"""Words, numbers and dates in the language and number format of the reader.

The language belongs to the process (``use``); a report in another language is made inside
``using``. Catalogues are compiled gettext files under ``locale``; English needs none, because the
texts in the code are English. Babel is imported at the first number or date.
"""

from __future__ import annotations

import errno
import gettext
import math
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import N_, Note, TipError, counting
from indicators.model.codes import LANGUAGES
from indicators.model.definition import LocalText
from indicators.model.period import Frequency, Period

if TYPE_CHECKING:  # numpy comes with it, and the command line starts here
    from indicators.model.results import Refusal

LOCALE_FOLDER = Path(__file__).with_name("locale")
DOMAIN = "workbench"
PSEUDO = "qps"
"""Pseudo-language for layout tests: accented and 40 % longer, made at run time."""
DEFAULT_FORMATS = {"en": "en_US", "es": "es_MX", "pt": "pt_BR", "fr": "fr_CA", PSEUDO: "en_US"}
"""Number format of a language when no country is named."""
NARROW_SPACE = "\u202f"
"""Joins a number and its unit."""
MINUS = "\u2212"
_PLAIN_FIELDS = frozenset({"year", "line", "row", "column", "code", "id", "version", "port"})


@dataclass(frozen=True, slots=True)
class _Words:
    """Language and format in force."""

    language: str
    country_format: str
    catalogue: gettext.NullTranslations


class _State:
    """The only module state: the words of the process."""

    default = _Words("en", DEFAULT_FORMATS["en"], gettext.NullTranslations())


_override: ContextVar[_Words | None] = ContextVar("words", default=None)


def use(language: str, country_format: str | None = None) -> None:
    """Set the language of the process.

    Args:
        language: ``en``, ``es``, ``pt`` (Brazil), ``fr`` or ``qps``; any other means English.
        country_format: locale whose numbers are used (``es_AR``); that of the language by default.
    """
    _State.default = _words(language, country_format)


@contextmanager
def using(language: str, country_format: str | None = None) -> Iterator[None]:
    """Another language inside a ``with`` block, for this thread only (a report, an export)."""
    token = _override.set(_words(language, country_format))
    try:
        yield
    finally:
        _override.reset(token)


def language() -> str:
    """Code of the language in force."""
    return _now().language


def country_format() -> str:
    """Locale of the numbers in force."""
    return _now().country_format


def _now() -> _Words:
    return _override.get() or _State.default


def _words(wanted: str, country: str | None) -> _Words:
    chosen = wanted if wanted in DEFAULT_FORMATS else "en"
    return _Words(chosen, (country or DEFAULT_FORMATS[chosen]).replace("-", "_"), _load(chosen))


@lru_cache(maxsize=8)
def _load(chosen: str) -> gettext.NullTranslations:
    if chosen == PSEUDO:
        return _Pseudo()
    if chosen == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_FOLDER, languages=[chosen], fallback=True)


class _Pseudo(gettext.NullTranslations):
    """Every text accented and lengthened; fields stay as they are."""

    def gettext(self, message: str) -> str:
        parts = (
            _accented(literal) + (f"{{{field}{':' + spec if spec else ''}}}" if field else "")
            for literal, field, spec, _conversion in string.Formatter().parse(message)
        )
        return "[" + "".join(parts) + "~" * math.ceil(len(message) * 0.4) + "]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _accented(text: str) -> str:
    return text.translate(str.maketrans("aeiouncAEIOU", "áéíóúñçÁÉÍÓÚ"))


def _(text: str) -> str:
    """The text in the language in force; the English text where no translation exists."""
    return _now().catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The template for that number of things; fields are still to be filled."""
    return _now().catalogue.ngettext(one, many, n)


class _Filler(string.Formatter):
    """Fills named fields; numbers, periods and local texts are written for the reader."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        # a sentence with a visible hole is better than no sentence
        return _Shown(str(key), kwargs[str(key)]) if str(key) in kwargs else f"{{{key}}}"

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, _Shown):
            return str(value)
        return shown(value.value, field=value.field, spec=format_spec)


@dataclass(frozen=True, slots=True)
class _Shown:
    field: str
    value: object


def fill(template: str, data: Mapping[str, object]) -> str:
    """A template that is already in the reader's language, with its fields filled."""
    return _Filler().vformat(template, (), data)


def message(template: str, data: Mapping[str, object]) -> str:
    """An English template as a sentence of the language in force.

    Numbers are written in the number format in force (years and row numbers without grouping),
    periods and local texts in words. A template marked with ``C_`` agrees with its number.
    """
    found = counting(template, data)
    return fill(ngettext(found[0], template, found[1]) if found else _(template), data)


def counted(one: str, many: str, n: int, data: Mapping[str, object] | None = None) -> str:
    """A sentence about ``n`` things; the templates may use ``{n}``."""
    return fill(ngettext(one, many, n), {"n": n, **(data or {})})


def shown(value: object, *, field: str = "", spec: str = "") -> str:
    """Any value of a template's data as the reader sees it."""
    match value:
        case bool() | None:
            return str(value)
        case int() if field in _PLAIN_FIELDS or field.endswith("_year"):
            return str(value)
        case int() | float():
            return number(value, _decimals_of(spec))
        case Period():
            return period_text(value)
        case LocalText():
            return local(value)
        case Mapping():
            return local(value)
        case datetime() | date():
            return date_text(value)
        case tuple() | list() | set() | frozenset():
            return ", ".join(shown(item, field=field) for item in value)
    return visible(str(value))


def _decimals_of(spec: str) -> int | None:
    digits = spec.partition(".")[2].rstrip("fg%")
    return int(digits) if digits.isdigit() else None


_MARKS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"}
_MARKS |= dict.fromkeys(
    (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
)
_MARKS |= dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF), "\ufffd")


def visible(text: str) -> str:
    """The text with control and direction characters shown as marks."""
    return text.translate(_MARKS)


def local(text: LocalText | Mapping[str, str]) -> str:
    """The text in the language in force; English, else whatever there is, where it lacks."""
    wanted = language() if language() in LANGUAGES else "en"
    if isinstance(text, LocalText):
        return text.in_language(wanted)
    return text.get(wanted) or text.get("en") or next(iter(text.values()), "")


def note_text(note: Note) -> str:
    """A remark as a sentence."""
    return message(note.text, note.data)


def refusal_text(refusal: Refusal) -> str:
    """Why the data cannot answer and what would be enough, as a sentence."""
    fields = {"found": refusal.found, "needed": refusal.needed, **refusal.data}
    return message(refusal.text, fields)


def error_text(error: TipError) -> tuple[str, str, str]:
    """What happened, where, and what to do; the last two may be empty."""
    title, detail, hint = (
        message(part, error.data) if part else ""
        for part in (error.title, error.detail, error.hint)
    )
    return title, detail, hint


def number(value: float, decimals: int | None = None) -> str:
    """A number in the format in force, with non-breaking grouping and a true minus sign.

    Args:
        value: any finite number; nan becomes a dash.
        decimals: digits after the mark; None shows whole numbers whole and others with about
            three figures.
    """
    if not math.isfinite(value):
        return "–" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    digits = _natural_decimals(value) if decimals is None else decimals
    return _formatted(round(value, digits) + 0.0, digits, country_format())


def _natural_decimals(value: float) -> int:
    size = abs(value)
    if float(value).is_integer():
        return 0
    if size >= 10:
        return 1
    return 2 if size >= 1 else min(6, 1 - math.floor(math.log10(size)))


@lru_cache(maxsize=4096)
def _formatted(value: float, digits: int, locale: str) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(value, format=pattern, locale=_locale(locale, "en_US"))
    return text.replace("-", MINUS).replace(" ", "\u00a0")


@lru_cache(maxsize=64)
def _locale(wanted: str, otherwise: str) -> Any:
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(wanted)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(otherwise)


def percent(value: float, decimals: int | None = None) -> str:
    """A number of percent (12.5 is 12.5 %) with its sign, joined by a narrow space."""
    return with_unit(number(value, decimals), "%")


def with_unit(text: str, unit: str) -> str:
    """A written number and its unit, kept on one line; without unit the number alone."""
    return f"{text}{NARROW_SPACE}{unit}" if unit else text


def _words_locale() -> Any:
    """Locale of month names: the format country where it speaks the language in force."""
    now = _now()
    speaks = now.country_format.split("_")[0] == now.language
    return _locale(
        now.country_format if speaks else DEFAULT_FORMATS[now.language],
        DEFAULT_FORMATS[now.language],
    )


def date_text(value: date, *, length: str = "long") -> str:
    """A date in words; ``short`` and ``medium`` abbreviate. Times of day are left out."""
    from babel.dates import format_date

    return str(format_date(value, format=length, locale=_words_locale()))


def period_text(period: Period, *, short: bool = False) -> str:
    """A period in words: 2024, 2023–2024, second half of 2024, May 2024 ...

    Args:
        period: any period.
        short: for table cells and axes.
    """
    year, part = period.year, period.part
    match period.frequency:
        case Frequency.YEAR:
            return f"{year}"
        case Frequency.SPAN:
            return f"{year - part + 1}–{year}"
        case Frequency.MONTH:
            return _month(period, "yMMM" if short else "yMMMM")
        case Frequency.FISCAL:
            return message(
                N_("{year} (from {month})"), {"year": year, "month": _month_name(part - 60)}
            )
        case Frequency.HALF:
            return _part_of_year(_HALVES[part - 21], _("S{part}"), period, short=short)
    return _part_of_year(_QUARTERS[part - 31], _("Q{part}"), period, short=short)


_HALVES = (N_("first half of {year}"), N_("second half of {year}"))
_QUARTERS = (
    N_("first quarter of {year}"),
    N_("second quarter of {year}"),
    N_("third quarter of {year}"),
    N_("fourth quarter of {year}"),
)


def _part_of_year(template: str, mark: str, period: Period, *, short: bool) -> str:
    if short:
        return f"{fill(mark, {'part': period.part % 10})}\u00a0{period.year}"
    return message(template, {"year": period.year})


def _month(period: Period, skeleton: str) -> str:
    from babel.dates import format_skeleton

    day = datetime(period.year, period.part - 40, 1)  # noqa: DTZ001 - a calendar month has no zone
    return str(format_skeleton(skeleton, day, locale=_words_locale()))


def _month_name(month: int) -> str:
    from babel.dates import format_date

    return str(format_date(date(2000, month, 1), "LLLL", locale=_words_locale()))


_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("you are not allowed to"),
    errno.EPERM: N_("you are not allowed to"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the medium can only be read"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
}


def system_reason(fault: OSError) -> str:
    """Why the system refused, in the language in force; its own words where we have none."""
    words = _REASONS.get(fault.errno or 0)
    return _(words) if words else fault.strerror or str(fault)
