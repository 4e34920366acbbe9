"""Findings of the checks with the answers of people: accepted with a reason, put off, or open."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indicators.errors import C_, N_, Note, Severity
from workbench import i18n
from workbench.changes import FINDINGS_ACCEPTED, FINDINGS_PUT_OFF, FINDINGS_REOPENED, Change
from workbench.errors import UserFileError, WorkbenchError
from workbench.i18n import _
from workbench.services.checks import data_notes, version_notes
from workbench.store import journal, records
from workbench.store.journal import now

if TYPE_CHECKING:
    from workbench.exporting.document import Document
    from workbench.services.workspace import Workspace

Answer = Literal["open", "accepted", "later"]
TABLE = "accepted_check"
ACTIONS = ("accept_check", "put_off_check", "reopen_check")
PLACE = ("variable", "area", "breakdown", "period", "dimension", "whole", "first", "second", "file", "sheet", "column", "vintage", "problem")  # fmt: skip
"""Fields that tell where a finding is; all others tell what was seen there."""
LEVELS = {Severity.STOP: N_("stop"), Severity.WARN: N_("warning"), Severity.NOTE: N_("note")}
ANSWERS: Mapping[Answer, str] = {
    "open": N_("open"),
    "accepted": N_("accepted"),
    "later": N_("later"),
}
COLUMNS = ("id", "rule", "level", "answer", "text", "reason", "by", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        id: stable as long as the same rule finds the same place.
        rule: code of the finding.
        level: stop, warn or note.
        note: the sentence and its fields.
        answer: ``open``, ``accepted`` or ``later``.
        reason, by, at: of the answer.
        changed: True when it was answered before, for other numbers; it is open again.
    """

    id: str
    rule: str
    level: Severity
    note: Note
    answer: Answer = "open"
    reason: str = ""
    by: str = ""
    at: str = ""
    changed: bool = False


def findings(ws: Workspace, *, open_only: bool = False) -> tuple[Finding, ...]:
    """What the checks find in data and imports now, gravest first, with the answers given."""
    found = with_answers(ws, _notes(ws))
    order = {Severity.STOP: 0, Severity.WARN: 1, Severity.NOTE: 2}
    kept = [entry for entry in found if entry.answer == "open" or not open_only]
    return tuple(sorted(kept, key=lambda entry: order[entry.level]))


def with_answers(ws: Workspace, notes: Iterable[Note]) -> tuple[Finding, ...]:
    """Remarks of a check with the answers given to them, in the same order."""
    answers = {str(row["id"]): row for row in records.fetch_all(ws.db, TABLE)}
    return tuple(answered(note, answers) for note in notes)


def answered(note: Note, answers: Mapping[str, Mapping[str, object]]) -> Finding:
    """A remark of a check as finding with the answer that still fits it."""
    name = finding_id(note)
    row = answers.get(name)
    if row is None or row["seen"] != _seen(note):
        return Finding(
            id=name, rule=note.code, level=note.severity, note=note, changed=row is not None
        )
    return Finding(
        id=name,
        rule=note.code,
        level=note.severity,
        note=note,
        answer="accepted" if row["answer"] == "accepted" else "later",
        reason=str(row["reason"]),
        by=str(row["made_by"]),
        at=str(row["made_at"]),
    )


def finding_id(note: Note) -> str:
    """Twelve signs made from the rule and the place, never from the numbers."""
    place = [note.code, *(str(note.data.get(name, "")) for name in PLACE)]
    return hashlib.sha256(json.dumps(place, ensure_ascii=False).encode()).hexdigest()[:12]


def accept(ws: Workspace, ids: Collection[str], *, reason: str, by: str = "") -> Change:
    """Accept findings with a reason; they come back when the numbers change.

    Raises:
        WorkbenchError: the reason is empty, or a finding is not there.
    """
    if not reason.strip():
        raise WorkbenchError(N_("Accepting a finding needs a reason."))
    text = FINDINGS_ACCEPTED
    return _answer(ws, ids, "accept_check", text, answer="accepted", reason=reason, by=by)


def put_off(ws: Workspace, ids: Collection[str], *, reason: str = "", by: str = "") -> Change:
    """Leave findings for later; they stay in the list and no longer warn.

    Raises:
        WorkbenchError: a finding is not there.
    """
    text = FINDINGS_PUT_OFF
    return _answer(ws, ids, "put_off_check", text, answer="later", reason=reason, by=by)


def reopen(ws: Workspace, ids: Collection[str], *, by: str = "") -> Change:
    """Take back the answers to findings.

    Raises:
        WorkbenchError: a finding has no answer.
    """
    wanted = _listed(ids)
    with ws.write("reopen_check", FINDINGS_REOPENED, by=by) as draft:
        draft.data["count"] = len(wanted)
        for name in wanted:
            former = records.fetch(ws.db, TABLE, name)
            if former is None:
                raise _unknown(name)
            records.remove(ws.db, TABLE, name)
            draft.forward.append({"op": "remove", "table": TABLE, "key": name})
            draft.inverse.append({"op": "put", "table": TABLE, "row": former})
    return draft.change()


def _answer(
    ws: Workspace,
    ids: Collection[str],
    action: str,
    text: str,
    *,
    answer: Answer,
    reason: str,
    by: str,
) -> Change:
    ws.refuse_read_only()
    wanted = _listed(ids)
    notes = {finding_id(note): note for note in _notes(ws)}
    with ws.write(action, text, by=by, count=len(wanted), reason=reason) as draft:
        for name in wanted:
            if name not in notes:
                raise _unknown(name)
            former = records.fetch(ws.db, TABLE, name)
            row: dict[str, object] = {
                "id": name,
                "rule": notes[name].code,
                "seen": _seen(notes[name]),
                "answer": answer,
                "reason": reason.strip(),
                "made_by": by,
                "made_at": now(),
            }
            records.put(ws.db, TABLE, row)
            draft.forward.append({"op": "put", "table": TABLE, "row": row})
            draft.inverse.append(
                {"op": "remove", "table": TABLE, "key": name}
                if former is None
                else {"op": "put", "table": TABLE, "row": former}
            )
    return draft.change()


def _listed(ids: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise WorkbenchError(
            N_("Say which findings."), hint=N_("The list of checks shows the name of each.")
        )
    return wanted


def _unknown(name: str) -> WorkbenchError:
    return WorkbenchError(
        N_("There is no finding “{name}”."),
        hint=N_("The list of checks shows the name of each; what was put right is gone."),
        name=name,
    )


def _notes(ws: Workspace) -> tuple[Note, ...]:
    """All remarks, kept in memory until something else than an answer is written."""
    state = journal.last_line_except(ws.db, ACTIONS)
    return ws.cache.kept(("check_notes",), state, lambda: (*version_notes(ws), *data_notes(ws)))


def _seen(note: Note) -> str:
    """The numbers of a finding, so that an answer ends with them."""
    seen = {name: value for name, value in note.data.items() if name not in PLACE}
    return json.dumps(seen, ensure_ascii=False, sort_keys=True, default=str)


def report_csv(found: Iterable[Finding]) -> str:
    """Findings as a text table in the language of the person."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in found:
        writer.writerow([_plain(text) for text in _cells(entry)])
    return sheet.getvalue()


def report_document(ws: Workspace, found: Iterable[Finding]) -> Document:
    """Findings as a report, for the writers of reports."""
    from workbench.exporting.document import Document, Paragraph
    from workbench.presenting.spec import Column, Table

    listed = tuple(found)
    titles = {
        "level": _("Severity"),
        "text": _("Finding"),
        "answer": _("Answer"),
        "reason": _("Reason"),
        "by": _("Who"),
        "at": _("When"),
    }
    rows = tuple(
        (
            _(LEVELS[entry.level]),
            i18n.note_text(entry.note),
            _(ANSWERS[entry.answer]),
            entry.reason,
            entry.by,
            entry.at,
        )
        for entry in listed
    )
    table = Table(
        title=_("Findings"),
        columns=tuple(Column(id=name, title=title) for name, title in titles.items()),
        rows=rows,
    )
    counts = {
        "count": len(listed),
        "open": sum(entry.answer == "open" for entry in listed),
        "accepted": sum(entry.answer == "accepted" for entry in listed),
    }
    text = C_(
        "{count} finding; open: {open}, accepted with a reason: {accepted}.",
        "{count} findings; open: {open}, accepted with a reason: {accepted}.",
    )
    return Document(
        title=i18n.message(N_("Checks of “{title}”"), {"title": ws.settings.title}),
        lead=i18n.message(text, counts),
        blocks=(table,) if rows else (Paragraph(text=_("Nothing was found.")),),
        language=i18n.language(),
        watermark=_("INTERNAL"),
    )


def write_report(ws: Workspace, path: str | Path) -> Path:
    """Write all findings as CSV or HTML, by the end of the name.

    Raises:
        UserFileError: the ending is another, or the folder cannot be written.
    """
    from workbench.exporting.writers import html_report
    from workbench.services import reports

    target = Path(path)
    found = findings(ws)
    if target.suffix.lower() == ".csv":
        content = report_csv(found)
    elif target.suffix.lower() in (".html", ".htm"):
        content = html_report.write(report_document(ws, found))
    else:
        raise UserFileError(N_("“{path}” is neither a .csv nor a .html file."), path=target)
    reports.write(target, content)
    return target


def _cells(entry: Finding) -> tuple[str, ...]:
    return (
        entry.id,
        entry.rule,
        entry.level.value,
        entry.answer,
        i18n.note_text(entry.note),
        entry.reason,
        entry.by,
        entry.at,
    )


def _plain(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
