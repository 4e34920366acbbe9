"""A rehearsal of an import and the report of a finished one, in words; called in workers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import Cancelled, TipError
from ui.viewmodels.import_differences import difference_fields
from ui.viewmodels.import_recipe import Recipe
from ui.viewmodels.import_state import ReportLine, Trial

if TYPE_CHECKING:
    from ui.tasks import TaskProgress
    from workbench.services.import_steps import PlannedValue
    from workbench.services.workspace import Workspace


def rehearse(
    ws: Workspace, path: Path, recipe: Recipe, sheet: str, dataset: str, progress: TaskProgress
) -> Trial:
    """What the import would do; a file that cannot be read gives the reason."""
    from workbench.i18n import error_text
    from workbench.services import import_steps

    try:
        made = import_steps.rehearse(
            ws, path, recipe, dataset=dataset or None, sheet=sheet or None, progress=progress
        )
    except Cancelled:
        raise
    except TipError as error:
        return Trial(problem=" ".join(part for part in error_text(error) if part))
    fields = report_fields(made.report)
    return Trial(
        rows=fields["rows"],
        cells=fields["cells"],
        first=tuple(_planned(value) for value in made.first),
        total=made.report.observations + sum(made.report.missing.values()),
        rows_in=made.report.rows_imported,
        rows_left=made.report.rows_set_aside,
        remarks=fields["remarks"],
        left_out=fields["left_out"],
        **difference_fields(ws, made.differences),
    )


def _planned(value: PlannedValue) -> tuple[str, str, str]:
    from indicators.model.series import Breakdown
    from workbench.i18n import _, number, period_text
    from workbench.presenting.naming import breakdown_text

    cut = breakdown_text(Breakdown.parse(value.breakdown)) if value.breakdown else ""
    place = f"{value.area}, {period_text(value.period)}"
    if value.value is not None:
        return place, cut or _("total"), number(value.value)
    if value.low is not None and value.high is not None:
        return place, cut or _("total"), f"{number(value.low)}–{number(value.high)}"
    return place, cut or _("total"), _("no value")


def report_fields(report: Any) -> dict[str, Any]:
    """The fields of the state that a finished import gives."""
    from workbench.i18n import _

    rows = (
        ReportLine(text=_("Rows in the file"), count=report.rows_read),
        ReportLine(text=_("imported"), count=report.rows_imported, depth=1),
        ReportLine(text=_("left out"), count=report.rows_set_aside, depth=1),
        ReportLine(text=_("header"), count=report.header_rows, depth=1),
        ReportLine(text=_("notes below the table"), count=report.footer_rows, depth=1),
        ReportLine(text=_("blank"), count=report.blank_rows, depth=1),
    )
    cells = (
        ReportLine(text=_("Cells with values"), count=report.cells_read),
        ReportLine(text=_("imported"), count=report.observations, depth=1),
        ReportLine(text=_("no value in the file"), count=sum(report.missing.values()), depth=1),
        ReportLine(text=_("left out"), count=report.cells_set_aside, depth=1),
        ReportLine(text=_("not needed"), count=report.cells_ignored, depth=1),
    )
    left_out = tuple(_left_out(entry) for entry in report.set_aside[:50])
    remarks = tuple(
        remark.text for remark in (*report.warnings, *report.notes) if not remark.kind.left_out
    )
    return {"rows": rows, "cells": cells, "remarks": remarks, "left_out": left_out}


def _left_out(entry: Any) -> str:
    """Where, what and why: “Sheet *2023*, cell C14: “1.2x” is not a number.”."""
    from ui.viewmodels.data_reading import letters
    from workbench.i18n import message

    reason = entry.text
    if entry.value and entry.value not in reason:
        reason = message("“{value}”. {reason}", {"value": entry.value, "reason": reason})
    if entry.column is None:
        where = {"row": entry.row, "sheet": entry.sheet, "reason": reason}
        if entry.sheet:
            return message("Sheet “{sheet}”, row {row}: {reason}", where)
        return message("Row {row}: {reason}", where)
    cell = f"{letters(entry.column)}{entry.row}"
    where = {"cell": cell, "sheet": entry.sheet, "reason": reason}
    if entry.sheet:
        return message("Sheet “{sheet}”, cell {cell}: {reason}", where)
    return message("Cell {cell}: {reason}", where)
