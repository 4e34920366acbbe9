"""What one value cell says: a number, a range, a confirmed zero, a kind of missing, or a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.model.codes import Confidentiality, Flags, Missing, Status
from workbench.importing.marks import flag_letters, separated
from workbench.importing.names import clean, normal
from workbench.importing.numbers import (
    MACHINE_MARK,
    NumberFormat,
    is_scientific,
    parse_number,
    plain,
    stripped,
)
from workbench.importing.periods import is_across

ZERO = "zero"
DEFAULT_MISSING: Mapping[str, str] = {
    "": "blank",
    "..": "not_available",
    "...": "not_available",
    "…": "not_available",
    ":": "not_available",
    "-": "not_available",
    "–": "not_available",
    "—": "not_available",
    "−": "not_available",
    "n/a": "not_available",
    "N/A": "not_available",
    "n.a.": "not_available",
    "na": "not_available",
    "NA": "not_available",
    "NaN": "not_available",
    "nan": "not_available",
    "NULL": "not_available",
    "null": "not_available",
    "m": "not_available",
    "M": "not_available",
    "#N/A": "not_available",
    "s/d": "not_available",
    "n.d.": "not_available",
    "x": "not_applicable",
    "X": "not_applicable",
    "c": "confidential",
    "C": "confidential",
    ":c": "confidential",
    ": c": "confidential",
}
"""Marks in value cells; a recipe can say otherwise, also ``zero``."""
SAID_BESIDE: Mapping[str, str] = {
    **dict.fromkeys(("z", "not applicable", "no se aplica", "no aplica"), "not_applicable"),
    **dict.fromkeys(("nao se aplica", "sans objet", "non applicable"), "not_applicable"),
    **dict.fromkeys(("n", "not available", "no disponible", "sin dato"), "not_available"),
    **dict.fromkeys(("nao disponivel", "non disponible", "indisponible"), "not_available"),
    **dict.fromkeys(("missing", "l", "o", "m"), "not_available"),
    **dict.fromkeys(("confidential", "confidencial", "confidentiel"), "confidential"),
    **dict.fromkeys(("suppressed", "q"), "confidential"),
}
"""Why a blank value is blank, as a column beside it says in normal form."""
_BELOW = re.compile(r"(?:<|&lt;|less than|fewer than|menos de|moins de) ?(.+)", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:<=|≤|up to) ?(.+)", re.IGNORECASE)
_FROM_TO = re.compile(
    r"(?:(?:between|entre|de|from) )?([0-9][0-9.,\u00a0\u202f ]*?)"
    r"(?: ?[-–—] ?| (?:to|until|a|à|and|y|e|et) )([0-9][0-9.,\u00a0\u202f ]*)",
    re.IGNORECASE,
)
_WIDEST = 10
"""How many times its low end a range may reach, from 10 on; wider ones are telephone numbers."""
_LARGEST = 2.0**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a value cell says, as the store holds it.

    Attributes:
        value, low, high: the number or the range.
        status, flags, conf: integers of ``Status``, ``Flags``, ``Confidentiality``.
        missing: kind of missing, or None.
        fault: code of the reason why it cannot be taken, or empty.
        text: the raw text, for ranges, marks and faults; empty for plain numbers.
        mark: the footnote or letter that stood beside the number.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: int = int(Status.A)
    flags: int = 0
    conf: int = 0
    missing: Missing | None = None
    fault: str = ""
    text: str = ""
    mark: str = ""

    @property
    def count_fault(self) -> str:
        """Reason why the cell cannot be a count, or empty."""
        if self.value is None:
            return ""
        if self.value < 0:
            return "negative_count"
        if not self.value.is_integer():
            return "fraction_of_count"
        return "number_too_large" if self.value >= _LARGEST else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRules:
    """How the cells of a value column are read.

    Attributes:
        form: number format.
        missing: kind of missing (or ``zero``) by mark.
        below_low: low end of ``<5``: 1, or 0 where the source says that zero is included.
        zeros_confirmed: True when the source says that a zero means none (status Z).
        flag_texts: letters by text of the flags column.
        status_texts: letter by text of the status column.
        scale: what every number is multiplied with (thousands: 1000).
        largest: above it a number is no value but a code that slipped in; 0: no limit.
        scales: factor by text of the column of magnitudes.
    """

    form: NumberFormat
    missing: Mapping[str, str] = field(default_factory=lambda: DEFAULT_MISSING)
    below_low: int = 1
    zeros_confirmed: bool = False
    flag_texts: Mapping[str, str] = field(default_factory=dict)
    status_texts: Mapping[str, str] = field(default_factory=dict)
    scale: int = 1
    largest: int = 0
    scales: Mapping[str, int] = field(default_factory=dict)


def read_cell(
    text: str, status_text: str, flags_text: str, rules: CellRules, magnitude: str = ""
) -> Cell:
    """The cell with its columns of state, marks and magnitude; all are raw texts."""
    raw = text
    text = clean(text) if not text.startswith(MACHINE_MARK) else stripped(text)
    status_text = status_text.strip()
    flags_text = flags_text.strip()
    status = rules.status_texts.get(status_text, status_text)
    letters = rules.flag_texts.get(flags_text, flags_text)
    if status and status not in Status.__members__:
        text, status, more = _mark_as_status(text, status, rules)
        if more is None:
            return Cell(fault="unknown_status", text=status_text)
        letters += more
    known = flag_letters(letters)
    if known is None and _kind_beside(letters, rules):
        text, known = _with_kind(text, letters, rules), ""
    if known is None:
        return Cell(fault="unknown_flag", text=flags_text)
    cell = _with_status(_value(text, rules), status, raw)
    flags = int(Flags.of_letters(known))
    if flags and not cell.fault:
        cell = _replace(cell, flags=flags | cell.flags)
    return _in_full(cell, rules, magnitude)


def _mark_as_status(text: str, status: str, rules: CellRules) -> tuple[str, str, str | None]:
    """Value text, state and flags when the state column holds a mark of the office.

    ``..`` beside a blank value says why it is blank; ``E`` and ``p`` beside a number are flags.
    """
    kind = _kind_beside(status, rules)
    if kind and not text:
        return kind, "", ""
    return text, "", flag_letters(status)


def _with_kind(text: str, letters: str, rules: CellRules) -> str:
    """The mark for why a value is not there; a number stays what it is."""
    is_open = not text or rules.missing.get(text) == "not_available"
    return _kind_beside(letters, rules) if is_open else text


_KIND_MARKS = {"not_available": "..", "not_applicable": "x", "confidential": "c"}


def _kind_beside(text: str, rules: CellRules) -> str:
    """The usual mark for the kind of missing that a column beside the value names, or empty."""
    kind = SAID_BESIDE.get(normal(text)) or rules.missing.get(text, "")
    return _KIND_MARKS.get(kind, "")


def _in_full(cell: Cell, rules: CellRules, magnitude: str) -> Cell:
    """The cell in whole units, or with a fault when it is far beyond what is believed."""
    magnitude = magnitude.strip()
    if magnitude and magnitude not in rules.scales:
        return Cell(fault="unknown_magnitude", text=magnitude)
    scale = rules.scale * (rules.scales[magnitude] if magnitude else 1)
    if rules.largest and cell.value is not None and cell.value > rules.largest:
        return Cell(fault="out_of_range", text=cell.text or plain(cell.value))
    if scale == 1:
        return cell
    parts = {
        name: float(Decimal(repr(number)) * scale)
        for name, number in (("value", cell.value), ("low", cell.low), ("high", cell.high))
        if number is not None
    }
    return _replace(cell, **parts) if parts else cell


def _replace(cell: Cell, **changes: object) -> Cell:
    from dataclasses import replace

    return replace(cell, **changes)  # type: ignore[arg-type]


def _value(text: str, rules: CellRules) -> Cell:
    """The cell from its value text alone."""
    kind = rules.missing.get(text)
    if kind is not None:
        return _marked(text, kind)
    number = parse_number(text, rules.form)
    if number is not None:
        confirmed = number == 0 and rules.zeros_confirmed
        return Cell(value=number, status=int(Status.Z if confirmed else Status.A))
    return _interval(text, rules) or _marked_number(text, rules)


def _marked_number(text: str, rules: CellRules) -> Cell:
    """A number with a footnote or letter behind it, or a fault."""
    found = separated(text)
    if found is None:
        return Cell(fault=_fault(text), text=text)
    cell = _value(found.text, rules)
    if cell.fault:
        return Cell(fault=cell.fault, text=text)
    return _replace(cell, text=text, mark=found.mark, flags=cell.flags | found.flags)


def _marked(text: str, kind: str) -> Cell:
    if kind == ZERO:
        return Cell(value=0.0, status=int(Status.Z), text=text)
    missing = Missing(kind)
    if missing is Missing.CONFIDENTIAL:
        return Cell(
            low=0.0,
            status=int(Status.S),
            conf=int(Confidentiality.C),
            missing=missing,
            text=text,
        )
    status = Status.X if missing is Missing.NOT_APPLICABLE else Status.M
    return Cell(status=int(status), missing=missing, text=text)


def _interval(text: str, rules: CellRules) -> Cell | None:
    for pattern, inclusive in ((_AT_MOST, True), (_BELOW, False)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        limit = parse_number(match[1], rules.form)
        if limit is None or not limit.is_integer():
            return None
        high = limit if inclusive else limit - 1
        low = float(min(rules.below_low, 1))
        if high < low:
            return None
        return Cell(low=low, high=high, status=int(Status.S), text=text)
    return _from_to(text, rules)


def is_hidden_number(text: str) -> bool:
    """Whether a text gives a range in place of a number, such as ``<5`` or ``1-4``."""
    if text.startswith("<"):
        return True
    return _from_to(text, CellRules(form=NumberFormat.GROUPED)) is not None


def _from_to(text: str, rules: CellRules) -> Cell | None:
    """A range of whole numbers such as ``1-4`` or ``1 to 4``, which hides the number."""
    match = _FROM_TO.fullmatch(text)
    if match is None or is_across(text) is not None:
        return None
    low, high = (parse_number(part.strip(), rules.form) for part in match.groups())
    if low is None or high is None or not (low.is_integer() and high.is_integer()):
        return None
    if not low < high <= _WIDEST * max(low, _WIDEST):
        return None
    return Cell(low=low, high=high, status=int(Status.S), text=text)


def _fault(text: str) -> str:
    if is_scientific(text):
        return "scientific_notation"
    for form in NumberFormat:
        if parse_number(text, form) is not None:
            return "other_number_format"
    return "number_too_large" if text.lstrip("+-").isdecimal() else "not_a_number"


def _with_status(cell: Cell, status: str, raw: str) -> Cell:
    """The cell under the state its file states; a contradiction is a fault."""
    if cell.fault or not status:
        return cell
    actual = Status(cell.status).name
    blank = cell.missing is Missing.BLANK
    if status == "Z" and cell.value == 0:
        return _replace(cell, status=int(Status.Z))
    if status == "S" and (blank or cell.missing is Missing.CONFIDENTIAL):
        return _marked(raw.strip(), "confidential")
    if status == "M" and cell.missing is Missing.BLANK:
        return _marked(raw.strip(), "not_available")
    if status == "X" and cell.value is None and cell.low is None:
        return _marked(raw.strip(), "not_applicable")
    agrees = actual == status or (status == "A" and actual == "Z")
    shown = raw.strip() if cell.value is None else plain(cell.value)
    return cell if agrees else Cell(fault="status_conflict", text=f"{shown} ({status})")
