"""The command that adds parts up to a total: an act with a name."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.series import TOTAL, Breakdown
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.files import BREAKDOWN, PERIOD, period_range, required
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.added_totals import AddedTotal
    from workbench.services.adding_up import Plan


def total_fields(each: AddedTotal) -> dict[str, object]:
    """One total as data."""
    cell = each.cell
    return {
        "variable": cell.variable,
        "area": cell.area,
        "period": str(cell.period),
        "breakdown": cell.breakdown.as_dict(),
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "status": cell.state.name,
        "flags": cell.flags.letters(),
        "parts": list(each.parts),
        "source": each.source,
    }


def plan_fields(found: Plan) -> dict[str, object]:
    """What is added up, and what is refused, as data."""
    return {
        "variable": found.variable,
        "over": found.over,
        "totals": [total_fields(each) for each in found.totals],
        "refused": [
            {
                "area": each.area,
                "period": str(each.period),
                "code": each.reason.code,
                "text": i18n.note_text(each.reason),
            }
            for each in found.refused
        ],
    }


def _lines(found: Plan) -> list[str]:
    rows = [
        (
            each.cell.area,
            i18n.period_text(each.cell.period),
            i18n.number(each.cell.value)
            if each.cell.value is not None
            else i18n.message(
                N_("{low} to {high}"), {"low": each.cell.low, "high": each.cell.high}
            ),
            " + ".join(each.parts),
            each.source,
        )
        for each in found.totals
    ]
    header = (_("area"), _("period"), _("total"), _("parts"), _("source"))
    return table_lines(header, rows, "llr") if rows else []


def _codes(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def add_up(arguments: Namespace) -> Output:
    """Add up parts, or show what would be added up."""
    from workbench.services import adding_up

    first, last = period_range(arguments.period)
    areas = _codes(arguments.area) or None
    cut = Breakdown.parse(arguments.breakdown) if arguments.breakdown else TOTAL
    code, over, by = arguments.variable, arguments.over, arguments.author
    with opened(arguments, read_only=arguments.dry_run) as ws:
        if arguments.dry_run:
            found = adding_up.plan(
                ws, code, over, areas=areas, first=first, last=last, breakdown=cut
            )
            data, lines = plan_fields(found), _lines(found)
        else:
            change, found = adding_up.add_up(
                ws, code, over, areas=areas, first=first, last=last, breakdown=cut, by=by
            )
            done = change_output(change)
            data = {**plan_fields(found), "id": change.id, "vintage": change.data["vintage"]}
            lines = [*_lines(found), *done.lines]
    refused = [i18n.note_text(each.reason) for each in found.refused]
    return Output(data=data, lines=[*lines, *refused])


ADDING_UP_COMMANDS = (
    Command(
        id="add-up",
        help=N_("add complete parts up to a total that no source gives"),
        arguments=(
            argument("variable", help=N_("code of the input"), metavar="VARIABLE"),
            WORKSPACE,
            required("--over", N_("the parts: SEX, AGE ..., or REG for the areas below"),
                     metavar="DIM"),
            argument("--area", help=N_("regions whose totals, with commas"), metavar="A,A"),
            BREAKDOWN,
            PERIOD,
            argument("--author", help=N_("who does it"), default="", metavar="NAME"),
            argument("--dry-run", help=N_("show what would be added up"), action="store_true"),
        ),
        run=add_up,
    ),
)  # fmt: skip
