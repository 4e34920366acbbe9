"""Commands of daily work: what to do next, and small tables typed in a file of one's own."""

from __future__ import annotations

import csv
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.errors import UserFileError
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.entry import TypedCell

NEEDED = ("variable", "area", "period", "value")
"""Columns of a table to enter; further ones in capitals are breakdowns."""


def what_next(arguments: Namespace) -> Output:
    """List what to do next, the most urgent first."""
    from workbench.services.next_steps import next_steps

    today = arguments.today or datetime.now().astimezone().date()
    with opened(arguments, read_only=True) as ws:
        found = next_steps(ws, today)
    data = [
        {
            "code": step.code,
            "text": i18n.message(step.text, step.data),
            "action": step.action,
            "target": step.target,
        }
        for step in found
    ]
    rows = [(row["action"], row["text"]) for row in data]
    lines = table_lines((_("what"), _("why")), rows) if rows else [_("There is nothing to do.")]
    return Output(data=data, lines=lines)


def enter(arguments: Namespace) -> Output:
    """Enter the values of a small table as one typed version."""
    from workbench.services import entry

    cells = read_table(arguments.file, decimal=arguments.decimal)
    with opened(arguments) as ws:
        change = entry.enter(
            ws,
            cells,
            dataset=arguments.dataset,
            author=arguments.author,
            note=arguments.reason,
        )
    return change_output(change)


def read_table(path: Path, *, decimal: str = ".") -> list[TypedCell]:
    """The cells of a table in our own codes; blank values are left alone.

    Args:
        path: a CSV file with the columns of ``NEEDED``.
        decimal: decimal mark of the numbers.

    Raises:
        UserFileError: it cannot be read, or a column is missing.
        TipError: a period, breakdown or value cannot be read; the row is named.
    """
    from workbench.services.entry import TypedCell, read_typed

    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserFileError(
            N_("“{name}” cannot be read."),
            N_("The system says: {reason}."),
            path=path,
            reason=str(error),
        ) from error
    lacking = [name for name in NEEDED if rows and name not in rows[0]]
    if lacking or not rows:
        raise UserFileError(
            N_("“{name}” is no table to enter."),
            hint=N_(
                "It needs the columns variable, area, period and value, and at least one row."
            ),
            path=path,
        )
    found = []
    for row in rows:
        cut = {name: code for name, code in row.items() if name and name.isupper() and code}
        place = TypedCell(
            variable=(row["variable"] or "").strip(),
            area=(row["area"] or "").strip(),
            period=Period.parse(row["period"] or ""),
            breakdown=Breakdown.of(**cut),
            unit=row.get("unit") or None,
        )
        cell = read_typed(place, row["value"] or "", decimal=decimal)
        if cell is not None:
            found.append(cell)
    return found


WORKING_COMMANDS = (
    Command(
        id="next",
        help=N_("list what to do next, made from the state of the project"),
        arguments=(
            WORKSPACE,
            argument(
                "--today",
                help=N_("the day for which reports due are listed, as 2026-03-31"),
                type=date.fromisoformat,
                default=None,
                metavar="DAY",
            ),
        ),
        run=what_next,
    ),
    Command(
        id="enter",
        help=N_("enter the values of a small table by hand, as one version"),
        arguments=(
            argument(
                "file",
                help=N_("a CSV file with the columns variable, area, period and value"),
                type=Path,
                metavar="TABLE.csv",
            ),
            WORKSPACE,
            argument("--dataset", help=N_("code of the source"), default="typed", metavar="D"),
            argument("--author", help=N_("who typed them"), default="", metavar="NAME"),
            argument("--reason", help=N_("where they are from"), default="", metavar="TEXT"),
            argument(
                "--decimal",
                help=N_("decimal mark of the numbers"),
                default=".",
                choices=(".", ","),
            ),
        ),
        run=enter,
    ),
)
