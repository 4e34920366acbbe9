"""The command on findings of the checks: list, accept, later, reopen."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_, Severity
from workbench import i18n
from workbench.cli.command import Command, Output, argument, existing, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.findings import Finding

ACTIONS = ("list", "accept", "later", "reopen")


def finding_fields(entry: Finding) -> dict[str, object]:
    """One finding as data."""
    return {
        "id": entry.id,
        "rule": entry.rule,
        "level": entry.level.value,
        "answer": entry.answer,
        "text": i18n.note_text(entry.note),
        "reason": entry.reason,
        "by": entry.by,
        "at": entry.at,
        "changed": entry.changed,
        "data": dict(entry.note.data),
    }


def checks(arguments: Namespace) -> Output:
    """List the findings, answer them, or take answers back."""
    from workbench.services import findings

    if arguments.action == "list":
        return _list(arguments)
    chosen, by = arguments.id or (), arguments.author
    with opened(arguments) as ws:
        if arguments.action == "accept":
            return change_output(findings.accept(ws, chosen, reason=arguments.reason, by=by))
        if arguments.action == "later":
            return change_output(findings.put_off(ws, chosen, reason=arguments.reason, by=by))
        return change_output(findings.reopen(ws, chosen, by=by))


def _list(arguments: Namespace) -> Output:
    from workbench.services import findings

    with opened(arguments, read_only=True) as ws:
        found = findings.findings(ws)
        if arguments.output is not None:
            written = findings.write_report(ws, arguments.output)
            line = i18n.message(N_("Wrote {file}."), {"file": str(written)})
            return Output(data=[finding_fields(entry) for entry in found], lines=[line])
    rows = [
        (
            entry.id,
            _(findings.LEVELS[entry.level]),
            _(findings.ANSWERS[entry.answer]),
            i18n.note_text(entry.note),
        )
        for entry in found
    ]
    stops = [
        i18n.note_text(entry.note)
        for entry in found
        if entry.level is Severity.STOP and entry.answer == "open"
    ]
    lines = table_lines((_("name"), _("level"), _("answer"), _("finding")), rows)
    return Output(
        data=[finding_fields(entry) for entry in found],
        lines=lines if rows else [_("Nothing was found.")],
        warnings=stops,
    )


CHECK_COMMANDS = (
    Command(
        id="checks",
        help=N_("list the findings of the checks, or answer them"),
        arguments=(
            argument("action", help=N_("what to do"), choices=ACTIONS),
            WORKSPACE,
            argument(
                "--id",
                help=N_("name of a finding; may be given again"),
                action="append",
                metavar="ID",
            ),
            argument("--reason", help=N_("why, in a few words"), default="", metavar="TEXT"),
            argument("--author", help=N_("who answers"), default="", metavar="NAME"),
            argument(
                "-o",
                "--output",
                help=N_("with list: write the report to a .csv or .html file"),
                type=existing,
                metavar="FILE",
            ),
        ),
        run=checks,
    ),
)
