"""Commands on values: observations, source, correct; with those that import files."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench import i18n
from workbench.cli.command import Argument, Command, Output, argument, table_lines
from workbench.cli.importing import IMPORT_COMMANDS
from workbench.cli.project import AREA, WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.observations import CellSource, ObservationRow

PERIOD = argument("--period", help=N_("one period or a range: 2020 or 2010:2020"), metavar="P")
BREAKDOWN = argument("--breakdown", help=N_("the cut, such as SEX=F"), default="", metavar="D=C")
VARIABLE = argument("--variable", help=N_("code of the input"), metavar="V")
_FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
COLUMNS = (
    "variable", "area", "period", "breakdown", "value", "low", "high", "status", "flags", "raw",
    "file", "sheet", "row", "column", "vintage",
)  # fmt: skip


def period_range(text: str | None) -> tuple[Period | None, Period | None]:
    """First and last period of ``2010:2020``, ``2020`` or nothing."""
    if not text:
        return None, None
    first, colon, last = text.partition(":")
    if not colon:
        return Period.parse(first), Period.parse(first)
    return (Period.parse(first) if first else None, Period.parse(last) if last else None)


def row_fields(row: ObservationRow) -> dict[str, object]:
    """One observation with the keys of the contract."""
    return {
        "variable": row.variable,
        "area": row.area,
        "period": str(row.period),
        "breakdown": row.breakdown.as_dict(),
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "status": row.status.name,
        "flags": row.flags.letters(),
        "raw": row.raw,
        "file": row.file,
        "sheet": row.sheet,
        "row": row.row,
        "column": row.column,
        "vintage": row.vintage,
    }


def _as_csv(rows: list[dict[str, object]]) -> list[str]:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cut = row["breakdown"]
        text = ",".join(f"{k}={v}" for k, v in cut.items()) if isinstance(cut, dict) else ""
        cells = {**row, "breakdown": text}
        writer.writerow({key: _neutral(cell) for key, cell in cells.items()})
    return sheet.getvalue().splitlines()


def _neutral(cell: object) -> object:
    """The cell, with an apostrophe before a text that a spreadsheet would run as a formula.

    Our own import takes the apostrophe away again; numbers and single marks stay as they are.
    """
    from workbench.importing.numbers import readings

    if not isinstance(cell, str) or len(cell) < 2 or cell[0] not in _FORMULA_STARTS:
        return cell
    return cell if readings(cell) else f"'{cell}"


def value_text(row: ObservationRow) -> str:
    """The value in words: a number, a range, or why there is none."""
    if row.value is not None:
        return i18n.number(row.value)
    if row.low is not None and row.high is not None:
        data = {"low": row.low, "high": row.high}
        return i18n.message(N_("between {low} and {high}"), data)
    return _("no value")


def observations(arguments: Namespace) -> Output:
    """List values with the cells they came from."""
    from workbench.services import observations as service

    first, last = period_range(arguments.period)
    cut = Breakdown.parse(arguments.breakdown) if arguments.breakdown else None
    with opened(arguments, read_only=True) as ws:
        rows = service.observations(
            ws,
            variable=arguments.variable,
            area=arguments.area,
            first=first,
            last=last,
            breakdown=cut,
            vintage=arguments.vintage,
        )
    data = [row_fields(row) for row in rows]
    if arguments.csv:
        return Output(data=data, lines=_as_csv(data))
    header = (
        _("input"), _("area"), _("period"), _("breakdown"), _("file says"), _("value"), _("status"),
    )  # fmt: skip
    words = [
        (
            row.variable,
            row.area,
            str(row.period),
            str(row.breakdown),
            row.raw or "",
            value_text(row),
            row.status.name + (" " + row.flags.letters() if row.flags else ""),
        )
        for row in rows
    ]
    return Output(data=data, lines=table_lines(header, words, "llllrrl"))


ACTS = {
    "correction": N_("Corrected {when} as version {vintage} by {by}: {reason}"),
    "entry": N_("Typed in {when} as version {vintage} by {by}."),
}
"""Sentences on values that came from no file, by the mode of their version."""


def act_text(cell: CellSource) -> str:
    """Who typed or corrected a value that came from no file, and when; empty for all others."""
    if cell.mode not in ACTS or cell.observation.file:
        return ""
    act = {
        "when": cell.imported_at,
        "vintage": cell.observation.vintage,
        "by": cell.made_by or "-",
        "reason": cell.note or "-",
    }
    return i18n.message(ACTS[cell.mode], act)


def source(arguments: Namespace) -> Output:
    """Name the cell a value came from."""
    from workbench.services import observations as service

    with opened(arguments, read_only=True) as ws:
        cell = service.source(
            ws,
            variable=arguments.variable,
            area=arguments.area,
            period=Period.parse(arguments.period),
            breakdown=Breakdown.parse(arguments.breakdown),
        )
    row = cell.observation
    data = {
        **row_fields(row),
        "cell": cell.cell,
        "sha256": cell.sha256,
        "imported_at": cell.imported_at,
        "made_by": cell.made_by,
        "mode": cell.mode,
        "reason": cell.note,
        "recipe": cell.recipe,
        "corrections": [row_fields(earlier) for earlier in cell.corrections],
        "redacted": list(cell.redacted),
    }
    where = {
        "variable": row.variable, "area": row.area, "period": row.period, "value": value_text(row),
    }  # fmt: skip
    lines = [i18n.message(N_("{variable}, {area}, {period}: {value}"), where)]
    if row.file:
        place = {"cell": cell.cell, "raw": row.raw, "file": row.file, "sheet": row.sheet or ""}
        template = (
            N_("Cell {cell} of sheet {sheet} in {file} says “{raw}”.")
            if row.sheet
            else N_("Cell {cell} of {file} says “{raw}”.")
        )
        if cell.is_counted:
            template = N_("No single cell: rows of {file} were counted, one row a person or case.")
        lines.append(i18n.message(template, place))
        when = {"when": cell.imported_at, "sha256": cell.sha256, "vintage": row.vintage}
        lines.append(
            i18n.message(N_("Imported {when} as version {vintage}; SHA-256 {sha256}."), when)
        )
    elif cell.mode in ACTS:
        lines.append(act_text(cell))
    lines += [
        i18n.message(
            N_("Before: {value} (version {vintage})."),
            {"value": value_text(earlier), "vintage": earlier.vintage},
        )
        for earlier in cell.corrections
    ]
    return Output(data=data, lines=lines)


def correct(arguments: Namespace) -> Output:
    """Correct one value; the earlier one stays."""
    from workbench.services import observations as service

    with opened(arguments) as ws:
        change = service.correct(
            ws,
            variable=arguments.variable,
            area=arguments.area,
            period=Period.parse(arguments.period),
            breakdown=Breakdown.parse(arguments.breakdown),
            value=arguments.value,
            reason=arguments.reason,
            author=arguments.author,
            dataset=arguments.dataset,
        )
    return change_output(change)


def required(flag: str, text: str, **options: object) -> Argument:
    """An option that must be given."""
    return argument(flag, help=text, required=True, **options)


_CELL = (
    required("--variable", N_("code of the input"), metavar="V"),
    required("--area", N_("code of the country or region"), metavar="A"),
    required("--period", N_("the period, such as 2020"), metavar="P"),
    BREAKDOWN,
)

FILE_COMMANDS = (
    *IMPORT_COMMANDS,
    Command(
        id="observations",
        help=N_("list values with the cells they came from"),
        arguments=(
            WORKSPACE,
            VARIABLE,
            AREA,
            PERIOD,
            BREAKDOWN,
            argument("--vintage", help=N_("number of a version"), type=int, metavar="N"),
            argument("--csv", help=N_("print as CSV"), action="store_true"),
        ),
        run=observations,
    ),
    Command(
        id="source",
        help=N_("name the file, sheet and cell a value came from"),
        arguments=(WORKSPACE, *_CELL),
        run=source,
    ),
    Command(
        id="correct",
        help=N_("correct one value; the earlier one stays on record"),
        arguments=(
            WORKSPACE,
            *_CELL,
            required("--value", N_("the right value"), type=float, metavar="X"),
            required("--reason", N_("why, in a few words"), metavar="TEXT"),
            argument("--dataset", help=N_("code of the source"), metavar="D"),
            argument("--author", help=N_("who corrects it"), default="", metavar="NAME"),
        ),
        run=correct,
    ),
)
