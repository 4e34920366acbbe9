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
from workbench.cli.registers import ACTIONS, in_language, said_or, texts
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.commitments import (
        Commitment,
        CommitmentKind,
        Evidence,
    )

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


def day(text: str) -> date:
    """The day of a text.

    Raises:
        TipError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TipError(
            N_("“{text}” is not a day."), hint=N_("Write 2024-06-30."), text=text
        ) from None


def said(arguments: Namespace, name: str, earlier: T, read: Callable[[str], T]) -> T:
    """What the person said, or what stood there before."""
    text = getattr(arguments, name)
    return earlier if text is None else read(text)


def optional(
    arguments: Namespace, name: str, earlier: T | None, read: Callable[[str], T]
) -> T | None:
    """The same where nothing can be said: with an empty text."""
    return said_or(getattr(arguments, name), earlier, read, None)


def required(arguments: Namespace, *names: str) -> None:
    """Refuse an action that lacks an option.

    Raises:
        TipError: with the name of the option.
    """
    for name in names:
        if getattr(arguments, name) is None:
            raise TipError(
                N_("The action “{action}” needs --{name}."),
                action=arguments.action,
                name=name.replace("_", "-"),
            )


def evidence_of(arguments: Namespace, before: Evidence) -> Evidence:
    """What shows it; what is not said stays as it was."""
    from workbench.services.commitments import Evidence

    return Evidence(
        text=said(arguments, "evidence", before.text, str),
        link=said(arguments, "link", before.link, str),
        date=optional(arguments, "evidence_date", before.date, day),
        sha256=said(arguments, "sha256", before.sha256, str),
    )


def _made(arguments: Namespace, before: Commitment | None, kind: CommitmentKind) -> Commitment:
    """The entry as asked for; what is not said stays as it was."""
    from workbench.services.commitments import Commitment, Evidence, Progress

    own = {} if arguments.title is None else {i18n.language(): arguments.title}
    title = texts({**(before.title if before else {}), **own}, None, arguments.title_in)
    status = before.status if before else Progress.NONE
    return Commitment(
        id=arguments.id,
        kind=before.kind if before else kind,
        instrument=said(arguments, "instrument", before.instrument if before else "", str),
        title=title,
        due=said(arguments, "due", before.due if before else date.min, day),
        status=said(arguments, "status", status, Progress),
        done=optional(arguments, "done", before.done if before else None, day),
        pillar=optional(arguments, "pillar", before.pillar if before else None, Pillar),
        evidence=evidence_of(arguments, before.evidence if before else Evidence()),
        made_by=said(arguments, "by", before.made_by if before else "", str),
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
        required(arguments, "id")
        if arguments.action == "add":
            named = ["title"] if arguments.title_in is None else []
            required(arguments, *named, "due", "instrument")
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


def evidence_arguments() -> tuple[Argument, ...]:
    """Options for what shows something and who judged it."""
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
        in_language("--title-in"),
        argument("--instrument", help=N_("where it comes from, such as OAS"), metavar="CODE"),
        argument("--due", help=N_("last day, such as 2024-06-30"), metavar="DAY"),
        argument("--done", help=N_("day on which it was done or sent"), metavar="DAY"),
        argument(
            "--status", help=N_("how far it is: full, part or none"), choices=tuple(STATUSES)
        ),
        argument(
            "--pillar",
            help=N_("pillar it serves"),
            choices=("", *(pillar.value for pillar in Pillar)),
        ),
        *evidence_arguments(),
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
)
