"""Commands on versions: compare two, and how much first values are revised."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import C_, N_
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.files import required
from workbench.cli.project import AREA, WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.revisions import CellState, LagMeasure, RevisedCell, Revision

MOST_SHOWN = 20
COUNTS = C_(
    "{total} value = {unchanged} unchanged + {changed} changed + {new} new + {gone} gone",
    "{total} values = {unchanged} unchanged + {changed} changed + {new} new + {gone} gone",
    by="total",
)


def _state_fields(state: CellState | None) -> dict[str, object] | None:
    if state is None:
        return None
    return {
        "value": state.value,
        "low": state.low,
        "high": state.high,
        "status": state.status.name,
        "vintage": state.vintage,
    }


def _cell_fields(cell: RevisedCell) -> dict[str, object]:
    return {
        "variable": cell.variable,
        "area": cell.area,
        "period": str(cell.period),
        "breakdown": cell.breakdown.as_dict(),
        "kind": cell.kind,
        "cause": cell.cause,
        "before": _state_fields(cell.before),
        "after": _state_fields(cell.after),
        "difference": cell.difference,
        "percent": cell.percent,
    }


def _words(state: CellState | None) -> str:
    if state is None:
        return "-"
    if state.value is not None:
        return i18n.number(state.value)
    if state.low is not None and state.high is not None:
        data = {"low": state.low, "high": state.high}
        return i18n.message(N_("between {low} and {high}"), data)
    return _("no value")


def _lines(found: Revision) -> list[str]:
    from workbench.services.revisions import CAUSE_TEXTS

    counts = {
        "total": found.total,
        "unchanged": found.unchanged,
        "changed": found.changed,
        "new": found.new,
        "gone": found.gone,
    }
    lines = [i18n.message(COUNTS, counts)]
    if found.mean_percent is not None and found.mean_absolute_percent is not None:
        text = C_(
            "{count} value was given again: it moved by {mean} %, by {absolute} % up or down.",
            "{count} values were given again: they moved by {mean} % on average, by "
            "{absolute} % up or down.",
        )
        data = {
            "count": found.compared,
            "mean": i18n.number(found.mean_percent, 1),
            "absolute": i18n.number(found.mean_absolute_percent, 1),
        }
        lines.append(i18n.message(text, data))
    rows = [
        (
            cell.variable,
            cell.area,
            str(cell.period),
            str(cell.breakdown),
            _words(cell.before),
            _words(cell.after),
            "" if cell.percent is None else i18n.number(cell.percent, 1),
            _(CAUSE_TEXTS[cell.cause]),
        )
        for cell in found.cells[:MOST_SHOWN]
    ]
    header = (
        _("input"), _("area"), _("period"), _("breakdown"), _("before"), _("after"), "%", _("cause"),
    )  # fmt: skip
    if rows:
        lines += table_lines(header, rows, "llllrrrl")
    rest = len(found.cells) - MOST_SHOWN
    if rest > 0:
        lines.append(i18n.message(N_("... and {rest} more; all with --json."), {"rest": rest}))
    return lines


def compare(arguments: Namespace) -> Output:
    """Compare two versions of a source."""
    from workbench.services import revisions

    with opened(arguments, read_only=True) as ws:
        found = revisions.compare_vintages(ws, arguments.a, arguments.b)
        cells = [_cell_fields(cell) for cell in found.cells]
        lines = _lines(found)
    data = {
        "a": found.a,
        "b": found.b,
        "dataset": found.dataset,
        "total": found.total,
        "unchanged": found.unchanged,
        "changed": found.changed,
        "new": found.new,
        "gone": found.gone,
        "causes": dict(found.causes()),
        "mean_percent": found.mean_percent,
        "mean_absolute_percent": found.mean_absolute_percent,
        "compared": found.compared,
        "cells": cells,
    }
    return Output(data=data, lines=lines)


def _lag_fields(entry: LagMeasure) -> dict[str, object]:
    return {
        "lag": entry.lag,
        "count": entry.count,
        "mean_percent": entry.mean_percent,
        "mean_absolute_percent": entry.mean_absolute_percent,
        "p_value": entry.p_value,
    }


def revisions(arguments: Namespace) -> Output:
    """How much the values of a source are revised after they are first given."""
    from workbench.services import revisions as service

    if arguments.publish:
        with opened(arguments) as ws:
            change = service.publish_revisions(
                ws, arguments.dataset, arguments.variable, by=arguments.author
            )
            return change_output(change)
    with opened(arguments, read_only=True) as ws:
        measures = service.lag_measures(
            ws, arguments.dataset, arguments.variable, area=arguments.area
        )
        area = arguments.area or ws.settings.area
        whole = service.triangle(ws, arguments.dataset, arguments.variable, area)
    values = [
        [None if value != value else value for value in row] for row in whole.values.tolist()
    ]
    data = {
        "dataset": arguments.dataset,
        "variable": arguments.variable,
        "area": area,
        "vintages": list(whole.vintages),
        "periods": [str(period) for period in whole.periods],
        "values": values,
        "lags": [_lag_fields(entry) for entry in measures],
    }
    lines = [
        i18n.message(
            N_(
                "Versions later: {lag}; values: {count}; they moved by {mean} % on average, by "
                "{absolute} % up or down."
            ),
            {
                "lag": entry.lag,
                "count": entry.count,
                "mean": i18n.number(entry.mean_percent, 1),
                "absolute": i18n.number(entry.mean_absolute_percent, 1),
            },
        )
        for entry in measures
    ]
    rows = [
        (str(period), *("-" if value is None else i18n.number(value) for value in row))
        for period, row in zip(whole.periods, values, strict=True)
    ]
    header = (_("period"), *(str(number) for number in whole.vintages))
    return Output(
        data=data, lines=[*lines, *table_lines(header, rows, "l" + "r" * len(whole.vintages))]
    )


REVISION_COMMANDS = (
    Command(
        id="compare-vintages",
        help=N_("compare two versions of a source"),
        arguments=(
            argument("a", help=N_("number of the earlier version"), type=int, metavar="A"),
            argument("b", help=N_("number of the later version"), type=int, metavar="B"),
            WORKSPACE,
        ),
        run=compare,
    ),
    Command(
        id="revisions",
        help=N_("how much first values of a source are revised later"),
        arguments=(
            WORKSPACE,
            required("--dataset", N_("code of the source"), metavar="D"),
            required("--variable", N_("code of the input"), metavar="V"),
            AREA,
            argument(
                "--publish",
                help=N_("enter first and latest values as inputs of the indicator"),
                action="store_true",
            ),
            argument("--author", help=N_("who enters them"), default="", metavar="NAME"),
        ),
        run=revisions,
    ),
)
