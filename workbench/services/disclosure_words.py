"""What is said of a protected table: sentences for people, fields for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, Note, Severity
from workbench import i18n
from workbench.services.prevalence import note_fields
from workbench.services.table_files import MARK

if TYPE_CHECKING:
    from indicators.disclosure.protection import Protection
    from indicators.disclosure.rounding import Rounding
    from indicators.model.tables import CountTable
    from workbench.services.disclosure import Asked, ProtectOutcome


def left_open(
    table: CountTable, result: Protection | Rounding, number: int | None
) -> tuple[int, int | None]:
    """The counts that a reader can think of who sees one number of the table."""
    from indicators.disclosure.rounding import Rounding

    if isinstance(result, Rounding):
        more = bool(result.secondary)
        left = result.rule.left_open(number, table.zeros, hides_more=more)
        return left.low, left.high
    return (table.floor, None) if number is None else (number, number)


def first(table: CountTable) -> Iterator[Note]:
    """Categories to join: what loses least is offered first."""
    from indicators.disclosure.merging import merging

    offered = merging(table)
    if offered is not None:
        yield Note(
            code="merge_first",
            text=N_(
                "Joining categories loses least: with {codes} of “{dimension}” as one, no small "
                "count would be left."
            ),
            data={
                "codes": ", ".join(f"“{code}”" for code in offered.codes),
                "dimension": offered.dimension,
            },
        )


_HIDDEN = N_(
    "Counts below {threshold} are hidden, and others through which they could be worked out; all "
    "have the mark {mark}."
)
_ZEROS = {
    "publish": N_("A count of 0 is not hidden."),
    "protect": N_("A count of 0 is hidden as small counts are."),
}
_MORE = C_(
    "{count} further number has the mark {mark}, because a small count could be worked out with "
    "it.",
    "{count} further numbers have the mark {mark}, because small counts could be worked out with "
    "them.",
)
_UNEQUAL = C_(
    "In this table {count} total is not the sum of its parts.",
    "In this table {count} totals are not the sums of their parts.",
)
_TOGETHER = C_(
    "It was looked at together with {count} earlier publication: {publications}.",
    "It was looked at together with {count} earlier publications: {publications}.",
)
_ENTERED = N_("It was entered in the log of publications as “{name}”.")
_NOT_ENTERED = N_(
    "It is not in the log of publications: say --publish NAME when the table is handed out."
)


def below(outcome: ProtectOutcome) -> tuple[str, ...]:
    """Sentences below a rounded table: a reader must know that it does not add up."""
    from indicators.disclosure.rounding import Rounding

    if not isinstance(outcome.result, Rounding):
        return ()
    return tuple(i18n.message(text, data) for text, data in _done(outcome))


def _done(outcome: ProtectOutcome) -> Iterator[tuple[str, dict[str, object]]]:
    """What was done to the numbers, as templates with their fields."""
    from indicators.disclosure.rounding import Rounding

    table, result = outcome.table, outcome.result
    if isinstance(result, Rounding):
        yield result.rule.text, {}
        if result.secondary:
            yield _MORE, {"count": len(result.secondary), "mark": MARK}
        if result.unequal:
            yield _UNEQUAL, {"count": result.unequal}
    else:
        yield _HIDDEN, {"threshold": table.threshold, "mark": MARK}
    if outcome.method != "round5":
        yield _ZEROS[table.zeros], {}


def statements(outcome: ProtectOutcome, asked: Asked | None = None) -> tuple[str, ...]:
    """What was done, in sentences of the language in force; empty for a refused table."""
    if outcome.path is None:
        return ()
    found = list(_done(outcome))
    if outcome.earlier:
        names = ", ".join(f"“{name}”" for name in outcome.earlier)
        found.append((_TOGETHER, {"count": len(outcome.earlier), "publications": names}))
    if outcome.publication is not None:
        name = asked.publish if asked is not None else outcome.publication
        found.append((_ENTERED, {"name": " ".join(name.split())}))
    elif asked is not None and asked.ws is not None:
        found.append((_NOT_ENTERED, {}))
    return tuple(i18n.message(text, data) for text, data in found)


def remarks(outcome: ProtectOutcome) -> tuple[Note, ...]:
    """All remarks on the table, those to think of first before the others."""
    from indicators.model.results import Refusal

    result = outcome.result
    own = () if isinstance(result, Refusal) else result.warnings
    return (*outcome.notes, *own)


def protect_fields(outcome: ProtectOutcome, asked: Asked | None = None) -> dict[str, object]:
    """The answer with the keys that ``protect --json`` prints; an internal account, not a table."""
    from indicators.disclosure.rounding import Rounding
    from indicators.model.results import Refusal

    result, table = outcome.result, outcome.table
    told = [(note.severity, note_fields(note) | dict(note.data)) for note in remarks(outcome)]
    fields: dict[str, object] = {
        "path": None if outcome.path is None else str(outcome.path),
        "internal": True,
        "method": outcome.method,
        "rule": "high - low >= threshold - 1 and high >= threshold",
        "threshold": table.threshold,
        "zeros": table.zeros,
        "cells": len(table.cells),
        "mark": MARK,
        "primary": None,
        "secondary": None,
        "reach": None,
        "rounded": None,
        "earlier": list(outcome.earlier),
        "publication": outcome.publication,
        "statements": list(statements(outcome, asked)),
        "notes": [entry for severity, entry in told if severity is Severity.NOTE],
        "warnings": [entry for severity, entry in told if severity is not Severity.NOTE],
        "refusal": None,
    }
    if isinstance(result, Refusal):
        text = i18n.refusal_text(result)
        return fields | {"refusal": {"code": result.code, "text": text, **result.data}}
    if isinstance(result, Rounding):
        fields |= {"rule": result.rule.id, "rounded": _rounded_fields(table, result)}
    return fields | {
        "primary": [list(cell) for cell in result.primary],
        "secondary": [list(cell) for cell in result.secondary],
        "reach": [
            {"cell": list(cell), "low": reach.low, "high": reach.high}
            for cell, reach in result.reach.items()
        ],
    }


def _rounded_fields(table: CountTable, result: Rounding) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for cell, number in result.shown.items():
        low, high = left_open(table, result, number)
        found.append({"cell": list(cell), "shown": number, "low": low, "high": high})
    return found
