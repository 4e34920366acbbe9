"""The shape of a kind of remark; the kinds themselves stand in ``issues`` and ``oddity_kinds``."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKind:
    """A kind of remark.

    Attributes:
        id: stable code such as ``conflict``.
        text: English template.
        hint: what to do, a template; may be empty.
        severity: weight of the remark.
        left_out: True when a row or cell is set aside for it.
    """

    id: str
    text: str
    hint: str = ""
    severity: Severity = Severity.WARN
    left_out: bool = False


def note(code: str, text: str, hint: str = "") -> IssueKind:
    """A kind that only informs."""
    return IssueKind(id=code, text=text, hint=hint, severity=Severity.NOTE)
