"""The family of expected errors, coded remarks, and the marker for translatable text.

Texts are English templates with named fields; the fields stand in ``data``. Nothing here
translates: ``workbench.i18n`` turns a template and its data into a sentence of the chosen
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from numbers import Integral
from types import MappingProxyType

_COUNTING: dict[str, tuple[str, str]] = {}
COUNTING: Mapping[str, tuple[str, str]] = MappingProxyType(_COUNTING)
"""Templates that count, as ``C_`` declared them: that for several things is the key; the values
are the template for one thing and the field that holds the number."""


def N_(text: str) -> str:  # noqa: N802 - the marker every gettext tool knows
    """The same text; marks it for the translators without translating it."""
    return text


def C_(one: str, many: str, by: str = "count") -> str:  # noqa: N802 - a marker as N_
    """The template for several things; marks both for the translators and remembers the pair.

    Args:
        one: the template for one thing, with the same fields.
        many: the template for any other number of things.
        by: the field of the data that holds the number.

    Raises:
        ValueError: the same template is declared with another singular or another field.
    """
    if _COUNTING.setdefault(many, (one, by)) != (one, by):
        raise ValueError(f"counts in two ways: {many}")
    return many


def counting(text: str, data: Mapping[str, object]) -> tuple[str, int] | None:
    """The template for one thing and the number of things; None when the template counts nothing.

    A number that is missing, or not whole, counts as several.
    """
    if text not in COUNTING:
        return None
    one, by = COUNTING[text]
    value = data.get(by)
    whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
    return one, int(value) if whole else 2  # type: ignore[call-overload]


def _english(text: str, data: Mapping[str, object]) -> str:
    found = counting(text, data)
    return (found[0] if found and found[1] == 1 else text).format(**data)


class TipError(Exception):
    """An expected problem that is told to a person as title, detail and hint.

    Args:
        title: what happened, a template with named fields.
        detail: where, a template; may be empty.
        hint: what to do, a template; may be empty.
        data: the values of the fields.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "", **data: object) -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.data: dict[str, object] = data

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        parts = (self.title, self.detail, self.hint)
        return " ".join(_english(part, self.data) for part in parts if part)


class IndicatorsError(TipError):
    """A fault in definitions, formulas or codes."""


class DefinitionError(IndicatorsError):
    """A definition file or a block of one that cannot be used; data has pack, line, column."""


class FormulaError(IndicatorsError):
    """A formula that cannot be read or does not fit its inputs; data has formula, column."""


class Cancelled(Exception):  # noqa: N818 - not a failure: the person asked for it
    """The person stopped the work; the open transaction rolls back."""


class Severity(Enum):
    """How much a remark weighs."""

    NOTE = "note"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A coded, translatable remark that travels with a result.

    Attributes:
        code: stable identifier such as ``small_denominator``.
        text: English template marked with ``N_``.
        severity: note, warn or stop.
        data: values of the template's fields.
    """

    code: str
    text: str
    severity: Severity = Severity.NOTE
    data: Mapping[str, object] = field(default_factory=dict)
