"""Commands from file to value: inspect, import, observations, source, correct."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from indicators.errors import N_, Severity, TipError
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench import i18n
from workbench.cli.command import Argument, Command, Output, argument, table_lines
from workbench.cli.project import AREA, WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.importing.report import ImportReport
    from workbench.services.boundaries import BoundaryPlan
    from workbench.services.observations import ObservationRow

PERIOD = argument("--period", help=N_("one period or a range: 2020 or 2010:2020"), metavar="P")
BREAKDOWN = argument("--breakdown", help=N_("the cut, such as SEX=F"), default="", metavar="D=C")
VARIABLE = argument("--variable", help=N_("code of the input"), metavar="V")
MOST_SHOWN = 10
CELLS_SHOWN = 5
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


def inspect(arguments: Namespace) -> Output:
    """Look at a file without importing it."""
    from workbench.importing.preview import question_dict
    from workbench.services import boundaries, imports

    if boundaries.is_boundary_file(arguments.file):
        return _boundary_output(boundaries.look(arguments.file))
    preview = imports.preview(arguments.file, sheet=arguments.sheet)
    data = preview.as_dict()
    words = {
        "name": preview.path.name,
        "format": preview.format,
        "encoding": preview.encoding or "-",
        "preset": preview.preset or _("none"),
    }
    lines = [i18n.message(N_("{name}: {format}, {encoding}; known layout: {preset}"), words)]
    for sheet in preview.sheets:
        if sheet.name:
            lines.append(i18n.message(N_("Sheet {name}"), {"name": sheet.name}))
        rows = [
            (
                column.name,
                column.role,
                " | ".join(f"{s.text} → {s.read}" for s in column.samples[:3]),
            )
            for column in sheet.columns
        ]
        if rows:
            lines += table_lines((_("column"), _("read as"), _("file says → we read")), rows)
    questions = [str(question_dict(entry)["text"]) for entry in preview.questions]
    notes: list[str] = []
    warnings: list[str] = []
    for remark in preview.oddities:
        place = f" [{', '.join(remark.cells[:CELLS_SHOWN])}]" if remark.cells else ""
        is_note = remark.kind.severity is Severity.NOTE
        (notes if is_note else warnings).append(remark.text + place)
    return Output(
        data=_by_sheet(data, preview.sheet), lines=[*lines, *notes, *questions], warnings=warnings
    )


def _by_sheet(data: dict[str, Any], active: str) -> dict[str, Any]:
    """The same data with oddities and questions also at the sheet they belong to."""
    sheets = [
        {
            **sheet,
            "oddities": data["oddities"] if sheet["name"] == active else [],
            "questions": data["questions"] if sheet["name"] == active else [],
        }
        for sheet in data["sheets"]
    ]
    return {**data, "sheets": sheets}


_LEFT_OUT = {
    "no_name": N_("Left out: piece {number} has neither a code nor a name."),
    "no_code": N_("Left out: {name} has no code of a country."),
    "no_boundary": N_("Left out: piece {number} ({name}) has no land."),
}


def _boundary_output(plan: BoundaryPlan) -> Output:
    """What a boundary file holds, or what was entered."""
    from workbench.services.boundaries import summary

    data = {**summary(plan), "sheets": [], "oddities": [], "questions": []}
    words = {
        "name": plan.path.name,
        "count": len(plan.shapes),
        "known": len(plan.known),
        "new": len(plan.new),
    }
    text = N_("{name}: boundaries of {count} areas; {known} known to the project, {new} new.")
    left = [
        i18n.message(_LEFT_OUT[entry.code], {"number": entry.number, "name": entry.name})
        for entry in plan.left_out
    ]
    return Output(data=data, lines=[i18n.message(text, words)], warnings=left)


def import_file(arguments: Namespace) -> Output:
    """Import a file through a recipe, a preset or the best guess; boundaries become areas."""
    from workbench.services import boundaries, imports

    ways = [arguments.recipe, arguments.preset, arguments.accept or None]
    if sum(way is not None for way in ways) != 1:
        raise TipError(
            N_("Say how {file} shall be read."),
            hint=N_("Give one of --recipe R.toml, --preset NAME or --accept."),
            file=arguments.file,
        )
    given = {
        "dataset": arguments.dataset,
        "variable": arguments.variable,
        "area": arguments.area,
        "sheet": arguments.sheet,
        "mode": arguments.mode,
        "author": arguments.author,
    }
    with opened(arguments) as ws:
        if arguments.accept and boundaries.is_boundary_file(arguments.file):
            entered = boundaries.import_boundaries(ws, arguments.file, by=arguments.author)
            return _boundary_output(entered.plan)
        if arguments.recipe is not None:
            recipe = imports.load_recipe(arguments.recipe)
            outcome = imports.commit(ws, arguments.file, recipe, **given)
        else:
            outcome = imports.accept(ws, arguments.file, preset=arguments.preset, **given)
    if arguments.save_recipe is not None:
        imports.save_recipe(outcome.recipe, arguments.save_recipe)
    report = outcome.report
    data = report.as_dict()
    lines = [*report_lines(report), *(remark.text for remark in report.notes)]
    return Output(data=data, lines=lines, warnings=[remark.text for remark in report.warnings])


ROWS = N_(
    "{rows_read} rows = {header_rows} header + {footer_rows} footer + {blank_rows} blank "
    "+ {rows_imported} imported + {rows_set_aside} set aside"
)
CELLS = N_(
    "{cells_read} cells = {observations} values + {missing} without a value "
    "+ {cells_set_aside} set aside + {cells_ignored} not needed"
)


def report_lines(report: ImportReport) -> list[str]:
    """The sums of an import, which close."""
    data = {**report.as_dict(), "missing": sum(report.missing.values())}
    lines = [i18n.message(ROWS, data), i18n.message(CELLS, data)]
    if report.censored:
        text = N_("{censored} of the values are hidden by the source and kept as ranges.")
        lines.append(i18n.message(text, data))
    lines += [
        i18n.message(
            N_("Set aside: row {row}, column {column}: {text}"),
            {"row": entry.row, "column": entry.column or "-", "text": entry.text},
        )
        for entry in report.set_aside[:MOST_SHOWN]
    ]
    rest = len(report.set_aside) - MOST_SHOWN
    if rest > 0:
        lines.append(i18n.message(N_("... and {rest} more; all with --json."), {"rest": rest}))
    return lines


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
        writer.writerow({**row, "breakdown": text})
    return sheet.getvalue().splitlines()


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
        )
    return change_output(change)


def required(flag: str, text: str, **options: object) -> Argument:
    """An option that must be given."""
    return argument(flag, help=text, required=True, **options)


_FILE = argument("file", help=N_("the file"), metavar="FILE")
_SHEET = argument("--sheet", help=N_("name of the sheet"), metavar="S")
_CELL = (
    required("--variable", N_("code of the input"), metavar="V"),
    required("--area", N_("code of the country or region"), metavar="A"),
    required("--period", N_("the period, such as 2020"), metavar="P"),
    BREAKDOWN,
)

FILE_COMMANDS = (
    Command(
        id="inspect",
        help=N_("look at a file without importing it"),
        arguments=(_FILE, _SHEET),
        run=inspect,
    ),
    Command(
        id="import",
        help=N_("import a file; every row and cell is accounted for"),
        arguments=(
            _FILE,
            WORKSPACE,
            argument("--recipe", help=N_("how to read it, as saved before"), metavar="R.toml"),
            argument("--preset", help=N_("name of a known public layout"), metavar="NAME"),
            argument(
                "--accept",
                help=N_("a known layout, else the best guess; stops where it is not certain"),
                action="store_true",
            ),
            argument("--dataset", help=N_("code of the source"), metavar="D"),
            VARIABLE,
            AREA,
            _SHEET,
            argument(
                "--mode",
                help=N_("replace the earlier version of the source, or append to it"),
                choices=("replace", "append"),
                default="replace",
            ),
            argument("--author", help=N_("who imports it"), default="", metavar="NAME"),
            argument("--save-recipe", help=N_("write how it was read"), metavar="R.toml"),
        ),
        run=import_file,
    ),
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
            argument("--author", help=N_("who corrects it"), default="", metavar="NAME"),
        ),
        run=correct,
    ),
)
