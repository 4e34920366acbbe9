"""Commands of daily work: what to do next, and small tables typed in a file of one's own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from indicators.model.codes import Flags
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.cli.rows import ROW, given_rows
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

    rows = given_rows(arguments.file, arguments, NEEDED)
    cells = typed_cells(rows, decimal=arguments.decimal)
    with opened(arguments) as ws:
        change = entry.enter(
            ws,
            cells,
            dataset=arguments.dataset,
            author=arguments.author,
            note=arguments.reason,
            replace=arguments.replace,
        )
    return change_output(change)


def typed_cells(rows: Sequence[Mapping[str, str]], *, decimal: str = ".") -> list[TypedCell]:
    """The cells of rows in our own codes; blank values are left alone.

    Args:
        rows: texts by the columns of ``NEEDED``, of breakdowns in capitals, and by ``unit``,
            ``low`` and ``high`` (the range of an estimate) and ``flags`` (letters).
        decimal: decimal mark of the numbers.

    Raises:
        TipError: a period, breakdown, value or flag cannot be read.
    """
    from workbench.services.entry import TypedCell, read_typed

    found = []
    for row in rows:
        cut = {name: code for name, code in row.items() if name.isupper() and code}
        place = TypedCell(
            variable=row["variable"].strip(),
            area=row["area"].strip(),
            period=Period.parse(row["period"]),
            breakdown=Breakdown.of(**cut),
            flags=_flags(row.get("flags") or ""),
            unit=row.get("unit") or None,
        )
        cell = read_typed(place, row["value"], decimal=decimal)
        if cell is not None:
            found.append(_with_range(cell, row, decimal))
    return found


def _flags(letters: str) -> Flags:
    try:
        found = Flags.of_letters(letters.strip())
    except KeyError:
        found = Flags.H
    if Flags.H in found:  # that one is never said, only shown
        known = Flags.B | Flags.D | Flags.E | Flags.I | Flags.P | Flags.U
        raise TipError(
            N_("“{text}” are no flags."),
            hint=N_("Known: {known}."),
            text=letters,
            known=known.letters(),
        )
    return found


def _with_range(cell: TypedCell, row: Mapping[str, str], decimal: str) -> TypedCell:
    """The cell with the range around an estimate."""
    from workbench.services.entry import read_typed

    ends = [read_typed(cell, row.get(name) or "", decimal=decimal) for name in ("low", "high")]
    if ends[0] is None or ends[1] is None:
        return cell
    return replace(cell, low=ends[0].value, high=ends[1].value)


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
                nargs="?",
                type=Path,
                metavar="TABLE.csv",
            ),
            WORKSPACE,
            ROW,
            argument("--dataset", help=N_("code of the source"), default="typed", metavar="D"),
            argument(
                "--replace",
                help=N_("values typed earlier for this source and not again are gone"),
                action="store_true",
            ),
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
