"""The command on the history of a project: what was done, and how it is done again."""

from __future__ import annotations

from argparse import Namespace

from indicators.errors import N_
from workbench import i18n
from workbench.cli.command import Command, Output, argument, existing, table_lines
from workbench.cli.project import WORKSPACE, opened
from workbench.i18n import _


def history(arguments: Namespace) -> Output:
    """List what was done, or write it to a file."""
    from workbench.services import history_export
    from workbench.services.reports import INTERNAL

    with opened(arguments, read_only=True) as ws:
        data = history_export.history_fields(ws)
        if arguments.output is not None:
            written = history_export.write_history(ws, arguments.output)
            line = i18n.message(N_("Wrote {file}."), {"file": str(written)})
            remark = [] if ws.settings.fictitious else [_(INTERNAL)]
            return Output(data=data, lines=[line, *remark])
    if arguments.commands:
        return Output(data=data, lines=_commands(data))
    lines = table_lines(
        ("", _("when"), _("what"), ""),
        [
            (
                str(row["id"]),
                str(row["at"]),
                str(row["text"]),
                _("taken back") if row["undone"] else "",
            )
            for row in data
        ],
        "rlll",
    )
    return Output(data=data, lines=lines)


def _commands(data: list[dict[str, object]]) -> list[str]:
    """One command a line; what has none is a remark of the shell."""
    lines: list[str] = []
    for row in data:
        if row["command"]:
            lines += str(row["command"]).split("\n")
        else:
            lines.append(f"# {row['id']}: {row['text']} - {row['why_no_command']}")
    return lines


HISTORY_COMMANDS = (
    Command(
        id="history",
        help=N_("list what was done"),
        arguments=(
            WORKSPACE,
            argument(
                "--commands",
                help=N_("list the commands that do it again"),
                action="store_true",
            ),
            argument(
                "-o",
                "--output",
                help=N_("write it with the commands to a .csv or .json file"),
                type=existing,
                metavar="FILE",
            ),
        ),
        run=history,
    ),
)
