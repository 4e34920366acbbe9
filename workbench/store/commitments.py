"""Recommendations, obligations, reports due and answers to checklists as rows of their tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from indicators.model.codes import Pillar
from workbench.store.records import Row
from workbench.store.texts import parsed


class CommitmentKind(Enum):
    """What the office has to follow."""

    RECOMMENDATION = "recommendation"
    """Of a monitoring body or the rapporteur; stays on the list until it is done."""
    OBLIGATION = "obligation"
    """Under an agreement or the conclusions of a meeting; due in one year."""
    REPORT = "report"
    """An international report or questionnaire; ``done`` is the day it was sent."""


class Progress(Enum):
    """How far it is."""

    FULL = "full"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows that something was done.

    Attributes:
        text: in words.
        link: where it is found.
        date: date of the document, or None.
        sha256: hash of the document; may be empty.
    """

    text: str = ""
    link: str = ""
    date: date | None = None
    sha256: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is a text or a place to look."""
        return bool(self.text.strip() or self.link.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One entry of the tracker.

    Attributes:
        id: short name.
        kind: recommendation, obligation or report.
        instrument: code of the list INS.
        title: by language, at least one.
        due: last day.
        status: how far it is; for reports FULL when it was sent.
        done: day on which ``status`` was reached (sent, for reports), or None.
        pillar: pillar it serves, or None.
        evidence: what shows it.
        made_by: who judged it.
    """

    id: str
    kind: CommitmentKind
    instrument: str
    title: dict[str, str]
    due: date
    status: Progress = Progress.NONE
    done: date | None = None
    pillar: Pillar | None = None
    evidence: Evidence = field(default_factory=Evidence)
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistAnswer:
    """Whether an item of a checklist is met.

    Attributes:
        item: code of the item.
        met: True when it is met, or was until ``until``.
        since, until: first and last day on which it was met; None where not known or not ended.
        evidence: what shows it.
        made_by: who judged it.
    """

    item: str
    met: bool
    since: date | None = None
    until: date | None = None
    evidence: Evidence = field(default_factory=Evidence)
    made_by: str = ""


def commitment_row(entry: Commitment) -> Row:
    """The row of an entry."""
    return {
        "code": entry.id,
        "kind": entry.kind.value,
        "instrument": entry.instrument,
        "titles": _json(entry.title),
        "due": entry.due.isoformat(),
        "status": entry.status.value,
        "done": _written(entry.done),
        "pillar": None if entry.pillar is None else entry.pillar.value,
        **_evidence_columns(entry.evidence),
        "made_by": entry.made_by,
    }


def commitment_of_row(row: Row) -> Commitment:
    """The entry of a row."""
    return Commitment(
        id=str(row["code"]),
        kind=CommitmentKind(row["kind"]),
        instrument=str(row["instrument"]),
        title=parsed(str(row["titles"])),
        due=date.fromisoformat(str(row["due"])),
        status=Progress(row["status"]),
        done=_day(row["done"]),
        pillar=None if row["pillar"] is None else Pillar(row["pillar"]),
        evidence=_evidence(row),
        made_by=str(row["made_by"]),
    )


def answer_row(entry: ChecklistAnswer) -> Row:
    """The row of an answer."""
    return {
        "code": entry.item,
        "met": int(entry.met),
        "since": _written(entry.since),
        "until": _written(entry.until),
        **_evidence_columns(entry.evidence),
        "made_by": entry.made_by,
    }


def answer_of_row(row: Row) -> ChecklistAnswer:
    """The answer of a row."""
    return ChecklistAnswer(
        item=str(row["code"]),
        met=bool(row["met"]),
        since=_day(row["since"]),
        until=_day(row["until"]),
        evidence=_evidence(row),
        made_by=str(row["made_by"]),
    )


def _evidence_columns(evidence: Evidence) -> Row:
    return {
        "evidence": evidence.text,
        "link": evidence.link,
        "evidence_date": _written(evidence.date),
        "sha256": evidence.sha256,
    }


def _evidence(row: Row) -> Evidence:
    return Evidence(
        text=str(row["evidence"]),
        link=str(row["link"]),
        date=_day(row["evidence_date"]),
        sha256=str(row["sha256"]),
    )


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
