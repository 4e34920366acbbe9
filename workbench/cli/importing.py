"""Commands that look at a file and import it; files of boundaries become areas."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import C_, N_, Severity, TipError
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import AREA, WORKSPACE, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.importing.recipe import Recipe
    from workbench.importing.report import ImportReport
    from workbench.services.boundaries import BoundaryPlan
    from workbench.services.workspace import Workspace

MOST_SHOWN = 10
CELLS_SHOWN = 5


def inspect(arguments: Namespace) -> Output:
    """Look at a file without importing it."""
    from workbench.importing.preview import question_dict
    from workbench.services import boundaries, imports

    if boundaries.is_boundary_file(arguments.file):
        return _boundary_output(boundaries.look(arguments.file))
    said = _answers(arguments.answer)
    preview = imports.preview(arguments.file, sheet=arguments.sheet, answers=said)
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
    questions = [_question_line(question_dict(entry)) for entry in preview.questions]
    notes: list[str] = []
    warnings: list[str] = []
    for remark in preview.oddities:
        place = f" [{', '.join(remark.cells[:CELLS_SHOWN])}]" if remark.cells else ""
        is_note = remark.kind.severity is Severity.NOTE
        (notes if is_note else warnings).append(remark.text + place)
    return Output(
        data=_by_sheet(data, preview.sheet), lines=[*lines, *notes, *questions], warnings=warnings
    )


def _question_line(question: dict[str, Any]) -> str:
    """A question with what ``--answer`` takes for it."""
    words = {
        "text": question["text"],
        "code": question["code"],
        "choices": " | ".join(question["choices"]) or "…",
    }
    return i18n.message(N_("{text} (--answer “{code}={choices}”)"), words)


def _answers(words: list[str] | None) -> dict[str, str]:
    """Answers by code of the question, or ``code:column``.

    Raises:
        TipError: one has no equals sign.
    """
    pairs = [word.rpartition("=") for word in words or []]
    bad = next((answer for code, _, answer in pairs if not code), None)
    if bad is not None:
        raise TipError(
            N_("“{answer}” is no answer to a question."),
            hint=N_("Write the code of the question, = and the answer, as “inspect” shows them."),
            answer=bad,
        )
    return {code: answer for code, _, answer in pairs}


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
    text = C_(
        "{name}: boundaries of {count} area; {known} known to the project, {new} new.",
        "{name}: boundaries of {count} areas; {known} known to the project, {new} new.",
    )
    left = [
        i18n.message(_LEFT_OUT[entry.code], {"number": entry.number, "name": entry.name})
        for entry in plan.left_out
    ]
    return Output(data=data, lines=[i18n.message(text, words)], warnings=left)


def import_file(arguments: Namespace) -> Output:
    """Import a file through a recipe, a preset or the best guess; boundaries become areas."""
    from workbench.services import boundaries, imports

    ways = [arguments.recipe, arguments.recipe_text, arguments.preset, arguments.accept or None]
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
        if arguments.recipe is not None or arguments.recipe_text is not None:
            recipe = _recipe(arguments)
            outcome = imports.commit(ws, arguments.file, recipe, **given)
        else:
            said = _answers(arguments.answer)
            outcome = imports.accept(
                ws, arguments.file, preset=arguments.preset, answers=said, **given
            )
        compared = _compared(ws, outcome.report.dataset)
    if arguments.save_recipe is not None:
        imports.save_recipe(outcome.recipe, arguments.save_recipe)
    report = outcome.report
    data = {**report.as_dict(), "compared": compared}
    lines = [*report_lines(report), *(remark.text for remark in report.notes)]
    if compared is not None:
        lines.append(i18n.message(COMPARED, compared))
    return Output(data=data, lines=lines, warnings=[remark.text for remark in report.warnings])


def _recipe(arguments: Namespace) -> Recipe:
    from workbench.services import imports

    if arguments.recipe is not None:
        return imports.load_recipe(arguments.recipe)
    return imports.parse_recipe(arguments.recipe_text, Path(arguments.file))


COMPARED = C_(
    "Against version {a}: {total} value = {unchanged} unchanged + {changed} changed "
    "+ {new} new + {gone} gone; compare-vintages {a} {b} shows which.",
    "Against version {a}: {total} values = {unchanged} unchanged + {changed} changed "
    "+ {new} new + {gone} gone; compare-vintages {a} {b} shows which.",
    by="total",
)


def _compared(ws: Workspace, dataset: str) -> dict[str, int] | None:
    """How the newest file of a source differs from the one before; None for the first."""
    from workbench.services.revisions import compare_vintages, deliveries

    files = deliveries(ws, dataset)
    if len(files) < 2:
        return None
    found = compare_vintages(ws, files[-2], files[-1])
    names = ("a", "b", "total", "unchanged", "changed", "new", "gone")
    return {name: getattr(found, name) for name in names}


ROWS = C_(
    "{rows_read} row = {header_rows} header + {footer_rows} footer + {blank_rows} "
    "blank + {rows_imported} imported + {rows_set_aside} set aside",
    "{rows_read} rows = {header_rows} header + {footer_rows} footer + {blank_rows} "
    "blank + {rows_imported} imported + {rows_set_aside} set aside",
    by="rows_read",
)
CELLS = C_(
    "{cells_read} cells = {observations} value + {missing} without a value + "
    "{cells_set_aside} set aside + {cells_ignored} not needed",
    "{cells_read} cells = {observations} values + {missing} without a value + "
    "{cells_set_aside} set aside + {cells_ignored} not needed",
    by="observations",
)


def report_lines(report: ImportReport) -> list[str]:
    """The sums of an import, which close."""
    data = {**report.as_dict(), "missing": sum(report.missing.values())}
    lines = [i18n.message(ROWS, data), i18n.message(CELLS, data)]
    if report.censored:
        text = C_(
            "{censored} of the values is hidden by the source and kept as a range.",
            "{censored} of the values are hidden by the source and kept as ranges.",
            by="censored",
        )
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


_FILE = argument("file", help=N_("the file"), metavar="FILE")
_SHEET = argument("--sheet", help=N_("name of the sheet"), metavar="S")
_ANSWER = argument(
    "--answer",
    help=N_("answer to a question that “inspect” asks; may be given several times"),
    action="append",
    metavar="CODE=ANSWER",
)

IMPORT_COMMANDS = (
    Command(
        id="inspect",
        help=N_("look at a file without importing it"),
        arguments=(_FILE, _SHEET, _ANSWER),
        run=inspect,
    ),
    Command(
        id="import",
        help=N_("import a file; every row and cell is accounted for"),
        arguments=(
            _FILE,
            WORKSPACE,
            argument("--recipe", help=N_("how to read it, as saved before"), metavar="R.toml"),
            argument(
                "--recipe-text", help=N_("how to read it, as the text of a recipe"), metavar="TOML"
            ),
            argument("--preset", help=N_("name of a known public layout"), metavar="NAME"),
            argument(
                "--accept",
                help=N_("a known layout, else the best guess; stops where it is not certain"),
                action="store_true",
            ),
            _ANSWER,
            argument("--dataset", help=N_("code of the source"), metavar="D"),
            argument("--variable", help=N_("code of the input"), metavar="V"),
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
)
