"""Commands on checklists and on the numbers that they, the tracker and the events give."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.commitments import (
    day,
    evidence_arguments,
    evidence_fields,
    evidence_of,
    optional,
    required,
)
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.cli.rows import ROW, given_rows
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.commitments import AnsweredItem, ChecklistAnswer
    from workbench.services.tracker import Published, TrackedValue
    from workbench.services.workspace import Workspace

WITHDRAWN = "none"
"""How a row says that an item is left without answer again."""


def item_fields(entry: AnsweredItem) -> dict[str, object]:
    """One item with its answer as data."""
    answer = entry.answer
    return {
        "item": entry.item.code,
        "checklist": entry.checklist.id,
        "indicator": entry.checklist.indicator,
        "text": i18n.local(entry.item.text),
        "reference": entry.item.reference,
        "verified": entry.item.verified,
        "met": None if answer is None else answer.met,
        "since": answer.since.isoformat() if answer and answer.since else None,
        "until": answer.until.isoformat() if answer and answer.until else None,
        "evidence": None if answer is None else evidence_fields(answer.evidence),
        "by": None if answer is None else answer.made_by,
    }


def checklist(arguments: Namespace) -> Output:
    """List items, answer one, withdraw an answer, or answer many at once."""
    from workbench.services import commitments as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        if arguments.action == "list":
            items = service.answered(ws, arguments.item or "")
            header = (_("item"), _("met"), _("since"), _("what must be so"))
            rows = [(*_state(entry), i18n.local(entry.item.text)) for entry in items]
            return Output(
                data=[item_fields(entry) for entry in items], lines=table_lines(header, rows)
            )
        if arguments.action == "enter":
            return change_output(_entered(ws, arguments))
        required(arguments, "item")
        if arguments.action == "withdraw":
            return change_output(
                service.withdraw_answer(ws, arguments.item, by=arguments.by or "")
            )
        required(arguments, "met")
        return change_output(_answer(ws, arguments))


def _state(entry: AnsweredItem) -> tuple[str, str, str]:
    answer = entry.answer
    if answer is None:
        return entry.item.code, _("no answer"), ""
    since = answer.since.isoformat() if answer.since else ""
    return entry.item.code, _("yes") if answer.met else _("no"), since


def _answer(ws: Workspace, arguments: Namespace) -> Change:
    from workbench.services import commitments as service

    answer = service.ChecklistAnswer(
        item=arguments.item,
        met=arguments.met == "yes",
        since=optional(arguments, "since", None, day),
        until=optional(arguments, "until", None, day),
        evidence=evidence_of(arguments, service.Evidence()),
        made_by=arguments.by or "",
    )
    return service.answer_item(ws, answer, by=arguments.by or "")


def _entered(ws: Workspace, arguments: Namespace) -> Change:
    from workbench.services import checklists

    file = None if arguments.item is None else Path(arguments.item)
    rows = [row for row in given_rows(file, arguments, ("item", "met")) if row["met"].strip()]
    withdrawn = [row["item"].strip() for row in rows if row["met"].strip() == WITHDRAWN]
    answers = [_row_answer(row) for row in rows if row["met"].strip() != WITHDRAWN]
    by, last = arguments.by or "", arguments.last
    return checklists.answer_items(ws, answers, withdrawn=withdrawn, last=last, by=by)


def _row_answer(row: Mapping[str, str]) -> ChecklistAnswer:
    from workbench.services.commitments import ChecklistAnswer, Evidence

    met = row["met"].strip()
    if met not in ("yes", "no"):
        raise TipError(
            N_("“{text}” is no answer to “{id}”."),
            hint=N_("Write yes, no, or none to leave it without answer."),
            text=met,
            id=row["item"],
        )
    days = {name: row.get(name, "").strip() for name in ("since", "until", "evidence_date")}
    read = {name: day(text) if text else None for name, text in days.items()}
    return ChecklistAnswer(
        item=row["item"].strip(),
        met=met == "yes",
        since=read["since"],
        until=read["until"],
        evidence=Evidence(
            text=row.get("evidence", ""),
            link=row.get("link", ""),
            date=read["evidence_date"],
            sha256=row.get("sha256", ""),
        ),
        made_by=row.get("by", ""),
    )


def tracker(arguments: Namespace) -> Output:
    """Show or enter the numbers that the tracker gives."""
    from workbench.services import tracker as service

    with opened(arguments, read_only=arguments.action == "show") as ws:
        if arguments.action == "publish":
            return _published(
                service.publish_tracker(ws, last=arguments.last, by=arguments.by or "")
            )
        values = service.tracked_values(ws, arguments.last)
    header = (_("input"), _("period"), _("breakdown"), _("value"))
    rows = [
        (value.variable, str(value.period), str(value.breakdown), str(value.value))
        for value in values
    ]
    return Output(data=_numbers(values), lines=table_lines(header, rows, "lllr"))


def _published(published: Published) -> Output:
    change = published.change
    return Output(
        data={"id": change.id, "action": change.action, "values": _numbers(published.values)},
        lines=change_output(change).lines,
        warnings=[i18n.note_text(note) for note in published.notes],
    )


def _numbers(values: tuple[TrackedValue, ...]) -> list[dict[str, object]]:
    return [
        {
            "variable": value.variable,
            "period": str(value.period),
            "breakdown": value.breakdown.as_dict(),
            "value": value.value,
        }
        for value in values
    ]


CHECKLIST_COMMANDS = (
    Command(
        id="checklist",
        help=N_("the checklists on rapporteur, law and rights"),
        arguments=(
            argument(
                "action",
                help=N_("list, answer, withdraw, or enter many answers at once"),
                choices=("list", "answer", "withdraw", "enter"),
                metavar="ACTION",
            ),
            argument(
                "item",
                help=N_(
                    "item such as law_01; for list: rapporteur, law or rights; for enter: a CSV "
                    "file with the columns item and met"
                ),
                nargs="?",
                metavar="ITEM",
            ),
            WORKSPACE,
            argument("--met", help=N_("whether it is met"), choices=("yes", "no")),
            argument("--since", help=N_("first day on which it was met"), metavar="DAY"),
            argument("--until", help=N_("last day on which it was met"), metavar="DAY"),
            ROW,
            argument(
                "--last",
                help=N_("with enter: enter the counts for the indicators too, up to this year"),
                type=int,
                metavar="YEAR",
            ),
            *evidence_arguments(),
        ),
        run=checklist,
    ),
    Command(
        id="tracker",
        help=N_("the numbers that tracker, checklists and events give to the indicators"),
        arguments=(
            argument(
                "action",
                help=N_("show, or publish to enter them as values"),
                choices=("show", "publish"),
                metavar="ACTION",
            ),
            WORKSPACE,
            argument(
                "--last",
                help=N_("last year to count; one that has ended"),
                type=int,
                required=True,
                metavar="YEAR",
            ),
            argument("--by", help=N_("who does it"), metavar="NAME"),
        ),
        run=tracker,
    ),
)
