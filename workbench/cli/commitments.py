"""Commands on what the office follows: recommendations, duties, checklists, tracker."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from indicators.errors import N_, TipError
from indicators.model.codes import Pillar
from workbench import i18n
from workbench.cli.command import Argument, Command, Output, argument, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.cli.registers import ACTIONS
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.commitments import AnsweredItem, Commitment, CommitmentKind, Evidence
    from workbench.services.tracker import Published, TrackedValue
    from workbench.services.workspace import Workspace

T = TypeVar("T")
"""What a word of the command line is read as."""


def evidence_fields(evidence: Evidence) -> dict[str, object]:
    """What shows something, as data."""
    return {
        "text": evidence.text,
        "link": evidence.link,
        "date": evidence.date.isoformat() if evidence.date else None,
        "sha256": evidence.sha256,
    }


def commitment_fields(entry: Commitment) -> dict[str, object]:
    """One entry as data."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "instrument": entry.instrument,
        "title": dict(entry.title),
        "due": entry.due.isoformat(),
        "status": entry.status.value,
        "done": entry.done.isoformat() if entry.done else None,
        "pillar": entry.pillar.value if entry.pillar else None,
        "evidence": evidence_fields(entry.evidence),
        "by": entry.made_by,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TipError(
            N_("“{text}” is not a day."), hint=N_("Write 2024-06-30."), text=text
        ) from None


def _said(arguments: Namespace, name: str, earlier: T, read: Callable[[str], T]) -> T:
    """What the person said, or what stood there before."""
    text = getattr(arguments, name)
    return earlier if text is None else read(text)


def _needed(arguments: Namespace, *names: str) -> None:
    for name in names:
        if getattr(arguments, name) is None:
            raise TipError(
                N_("The action “{action}” needs --{name}."),
                action=arguments.action,
                name=name.replace("_", "-"),
            )


def _evidence(arguments: Namespace, before: Evidence) -> Evidence:
    from workbench.services.commitments import Evidence

    return Evidence(
        text=_said(arguments, "evidence", before.text, str),
        link=_said(arguments, "link", before.link, str),
        date=_said(arguments, "evidence_date", before.date, _day),
        sha256=_said(arguments, "sha256", before.sha256, str),
    )


def _made(arguments: Namespace, before: Commitment | None, kind: CommitmentKind) -> Commitment:
    """The entry as asked for; what is not said stays as it was."""
    from workbench.services.commitments import Commitment, Evidence, Progress

    title = dict(before.title) if before else {}
    if arguments.title is not None:
        title[i18n.language()] = arguments.title
    status = before.status if before else Progress.NONE
    return Commitment(
        id=arguments.id,
        kind=before.kind if before else kind,
        instrument=_said(arguments, "instrument", before.instrument if before else "", str),
        title=title,
        due=_said(arguments, "due", before.due if before else date.min, _day),
        status=_said(arguments, "status", status, Progress),
        done=_said(arguments, "done", before.done if before else None, _day),
        pillar=_said(arguments, "pillar", before.pillar if before else None, Pillar),
        evidence=_evidence(arguments, before.evidence if before else Evidence()),
        made_by=_said(arguments, "by", before.made_by if before else "", str),
    )


def _listed(entries: tuple[Commitment, ...]) -> Output:
    header = ("id", _("kind"), _("instrument"), _("due"), _("status"), _("done"), _("title"))
    rows = [
        (
            entry.id,
            _(KINDS[entry.kind.value]),
            entry.instrument,
            entry.due.isoformat(),
            _(STATUSES[entry.status.value]),
            entry.done.isoformat() if entry.done else "",
            i18n.local(entry.title),
        )
        for entry in entries
    ]
    return Output(
        data=[commitment_fields(entry) for entry in entries], lines=table_lines(header, rows)
    )


KINDS = {
    "recommendation": N_("recommendation"),
    "obligation": N_("obligation"),
    "report": N_("report"),
}
STATUSES = {"full": N_("done in full"), "part": N_("done in part"), "none": N_("not done")}


def _register(arguments: Namespace, kinds: tuple[CommitmentKind, ...]) -> Output:
    from workbench.services import commitments as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        entries = tuple(each for each in service.commitments(ws) if each.kind in kinds)
        if arguments.action == "list":
            return _listed(entries)
        _needed(arguments, "id")
        if arguments.action == "add":
            _needed(arguments, "title", "due", "instrument")
            entry = _made(arguments, None, kinds[0])
            return change_output(service.add_commitment(ws, entry, by=entry.made_by))
        before = _known(entries, arguments.id)
        if arguments.action == "remove":
            return change_output(service.remove_commitment(ws, before.id, by=arguments.by or ""))
        changed = _made(arguments, before, before.kind)
        return change_output(service.edit_commitment(ws, changed, by=changed.made_by))


def _known(entries: tuple[Commitment, ...], wanted: str) -> Commitment:
    found = next((entry for entry in entries if entry.id == wanted), None)
    if found is None:
        raise TipError(
            N_("There is no entry “{id}”."),
            hint=N_("Known: {known}."),
            id=wanted,
            known=", ".join(entry.id for entry in entries),
        )
    return found


def recommendations(arguments: Namespace) -> Output:
    """List, add, edit or remove recommendations."""
    from workbench.services.commitments import CommitmentKind

    return _register(arguments, (CommitmentKind.RECOMMENDATION,))


def duties(arguments: Namespace) -> Output:
    """List, add, edit or remove obligations and reports due."""
    from workbench.services.commitments import CommitmentKind

    both = (CommitmentKind.OBLIGATION, CommitmentKind.REPORT)
    if arguments.kind is None:
        return _register(arguments, both)
    wanted = CommitmentKind(arguments.kind)
    return _register(arguments, (wanted,))


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
    """List items, answer one, or withdraw an answer."""
    from workbench.services import commitments as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        if arguments.action == "list":
            items = service.answered(ws, arguments.item or "")
            header = (_("item"), _("met"), _("since"), _("what must be so"))
            rows = [(*_state(entry), i18n.local(entry.item.text)) for entry in items]
            return Output(
                data=[item_fields(entry) for entry in items], lines=table_lines(header, rows)
            )
        _needed(arguments, "item")
        if arguments.action == "withdraw":
            return change_output(service.withdraw_answer(ws, arguments.item))
        _needed(arguments, "met")
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
        since=_said(arguments, "since", None, _day),
        until=_said(arguments, "until", None, _day),
        evidence=_evidence(arguments, service.Evidence()),
        made_by=arguments.by or "",
    )
    return service.answer_item(ws, answer, by=arguments.by or "")


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


def _evidence_arguments() -> tuple[Argument, ...]:
    return (
        argument("--evidence", help=N_("what shows it, in words"), metavar="TEXT"),
        argument("--link", help=N_("where it is found"), metavar="LINK"),
        argument("--evidence-date", help=N_("day of the document"), metavar="DAY"),
        argument("--sha256", help=N_("hash of the document"), metavar="HASH"),
        argument("--by", help=N_("who judged it"), metavar="NAME"),
    )


def _register_arguments() -> tuple[Argument, ...]:
    return (
        argument(
            "action", help=N_("list, add, edit or remove"), choices=ACTIONS, metavar="ACTION"
        ),
        WORKSPACE,
        argument("--id", help=N_("short name of the entry"), metavar="ID"),
        argument("--title", help=N_("what is asked for"), metavar="TEXT"),
        argument("--instrument", help=N_("where it comes from, such as OAS"), metavar="CODE"),
        argument("--due", help=N_("last day, such as 2024-06-30"), metavar="DAY"),
        argument("--done", help=N_("day on which it was done or sent"), metavar="DAY"),
        argument(
            "--status", help=N_("how far it is: full, part or none"), choices=tuple(STATUSES)
        ),
        argument(
            "--pillar",
            help=N_("pillar it serves"),
            choices=tuple(pillar.value for pillar in Pillar),
        ),
        *_evidence_arguments(),
    )


COMMITMENT_COMMANDS = (
    Command(
        id="recommendations",
        help=N_("the tracker of recommendations by monitoring bodies and the rapporteur"),
        arguments=_register_arguments(),
        run=recommendations,
    ),
    Command(
        id="duties",
        help=N_("the tracker of obligations and the calendar of reports due"),
        arguments=(
            *_register_arguments(),
            argument(
                "--kind",
                help=N_("obligation (as a rule) or report"),
                choices=("obligation", "report"),
            ),
        ),
        run=duties,
    ),
    Command(
        id="checklist",
        help=N_("the checklists on rapporteur, law and rights"),
        arguments=(
            argument(
                "action",
                help=N_("list, answer or withdraw"),
                choices=("list", "answer", "withdraw"),
                metavar="ACTION",
            ),
            argument(
                "item",
                help=N_("item such as law_01; for list: rapporteur, law or rights"),
                nargs="?",
                metavar="ITEM",
            ),
            WORKSPACE,
            argument("--met", help=N_("whether it is met"), choices=("yes", "no")),
            argument("--since", help=N_("first day on which it was met"), metavar="DAY"),
            argument("--until", help=N_("last day on which it was met"), metavar="DAY"),
            *_evidence_arguments(),
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
