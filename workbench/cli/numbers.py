"""Commands on indicators: indicators, compute, explain."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.files import BREAKDOWN, PERIOD, act_text, period_range, required, row_fields
from workbench.cli.project import AREA, OPTIONAL_WORKSPACE, WORKSPACE, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from indicators.model.results import IndicatorSeries, IndicatorValue
    from workbench.services.indicators import Explained, MissingInput

PARAMETER = argument(
    "--parameter",
    help=N_("value of k (years) or g (group), such as k=5"),
    action="append",
    metavar="k=5",
)


def parameters(arguments: Namespace) -> dict[str, str] | None:
    """The parameters named on the command line, or None."""
    pairs = [text.partition("=") for text in arguments.parameter or ()]
    return {name: value for name, _sign, value in pairs} or None


def list_indicators(arguments: Namespace) -> Output:
    """The catalogue; with a project, what can be computed and what is missing."""
    from workbench.services import indicators as service

    wanted: tuple[MissingInput, ...] = ()
    if arguments.workspace:
        with opened(arguments, read_only=True) as ws:
            entries = service.catalogue(ws)
            wanted = service.missing_inputs(ws)
    else:
        entries = service.catalogue()
    by_code = {each.code: each for each in wanted}
    data = [
        {
            "code": entry.indicator.code,
            "name": i18n.local(entry.indicator.name),
            "pillar": entry.indicator.pillar.value,
            "kind": entry.indicator.kind.value,
            "unit": entry.indicator.unit,
            "set": entry.indicator.set.value,
            "direction": entry.indicator.direction.value,
            "state": entry.state or None,
            "missing_variables": list(entry.missing),
            "missing_inputs": [missing_fields(by_code[code]) for code in entry.missing],
        }
        for entry in entries
    ]
    words = {"computable": _("computable"), "partly": _("partly"), "not": _("not yet"), "": ""}
    rows = [
        (
            entry.indicator.code,
            i18n.local(entry.indicator.name),
            words[entry.state],
            ", ".join(entry.missing),
        )
        for entry in entries
    ]
    header = (_("code"), _("name"), _("state"), _("missing inputs"))
    lines = table_lines(header, rows)
    return Output(data=data, lines=[*lines, *(_missing_lines(wanted) if arguments.long else ())])


def missing_fields(each: MissingInput) -> dict[str, object]:
    """A missing input as data."""
    return {
        "variable": each.code,
        "name": each.name,
        "usual_source": each.usual_source,
        "sources": list(each.sources),
    }


def _missing_lines(wanted: Sequence[MissingInput]) -> list[str]:
    """What to ask a source for, the inputs first that most indicators wait for alone."""
    rows = [
        (each.code, each.name, each.usual_source, ", ".join(each.indicators)) for each in wanted
    ]
    header = (
        _("missing input"),
        _("name"),
        _("usually held in"),
        _("indicators that wait for it"),
    )
    return ["", *table_lines(header, rows)] if rows else []


def value_fields(series: IndicatorSeries, value: IndicatorValue) -> dict[str, object]:
    """One value with the keys of the contract."""
    reason = [value.reason] if value.reason else []
    return {
        "code": series.code,
        "area": series.area,
        "period": str(value.period),
        "breakdown": series.breakdown.as_dict(),
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "level": series.level,
        "method": series.method,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "status": value.status.name,
        "notes": [
            {"code": note.code, "text": i18n.note_text(note)} for note in (*reason, *value.notes)
        ],
        "vintages": list(value.vintages),
    }


def value_words(value: IndicatorValue) -> tuple[str, str]:
    """Value and range as shown to a person."""
    has_range = value.low is not None and value.high is not None
    between = {"low": value.low, "high": value.high}
    words = i18n.message(N_("{low} to {high}"), between) if has_range else ""
    if value.value is not None:
        return i18n.number(value.value), words
    if value.status is Status.S and has_range:
        return i18n.message(N_("between {low} and {high}"), between), ""
    return (i18n.note_text(value.reason) if value.reason else _("no value")), ""


def compute(arguments: Namespace) -> Output:
    """Compute indicators."""
    from workbench.services import indicators as service

    if bool(arguments.codes) == bool(arguments.all):
        raise TipError(N_("Name indicators, or say --all."))
    if arguments.area and arguments.all_areas:
        raise TipError(N_("Name one area, or say --all-areas."))
    first, last = period_range(arguments.period)
    with opened(arguments, read_only=True) as ws:
        cut = [Breakdown.parse(arguments.breakdown)] if arguments.breakdown else None
        found = [
            series
            for code in arguments.codes or service.computable(ws)
            for series in service.compute(
                ws,
                [code],
                areas=[arguments.area] if arguments.area else None,
                breakdowns=cut or service.usual_cuts(ws, code),
                first=first,
                last=last,
                parameters=parameters(arguments),
                everywhere=arguments.all_areas,
            )
        ]
    data = [value_fields(series, value) for series in found for value in series.values]
    rows = []
    for series in found:
        for value in series.values:
            shown, between = value_words(value)
            parts = (
                i18n.number(n) if n is not None else ""
                for n in (value.numerator, value.denominator)
            )
            rows.append(
                (
                    series.code,
                    " ".join(part for part in (series.area, str(series.breakdown)) if part),
                    str(value.period),
                    shown,
                    between,
                    *parts,
                    value.flags,
                )
            )
    header = (
        _("code"), _("area"), _("period"), _("value"), _("range"), _("above the line"),
        _("below the line"), "",
    )  # fmt: skip
    return Output(data=data, lines=table_lines(header, rows, "lllrrrrl"))


def explain(arguments: Namespace) -> Output:
    """From one value to its formula, inputs and cells."""
    from workbench.services import indicators as service
    from workbench.services.packs import catalogue

    cut = Breakdown.parse(arguments.breakdown) if arguments.breakdown else TOTAL
    with opened(arguments, read_only=True) as ws:
        found = service.explain(
            ws,
            arguments.code,
            arguments.area or ws.settings.area,
            Period.parse(arguments.period),
            cut,
            parameters=parameters(arguments),
        )
        known = catalogue(ws)
    cells = [
        {
            **row_fields(cell.observation),
            "cell": cell.cell,
            "sha256": cell.sha256,
            "mode": cell.mode,
            "made_by": cell.made_by,
            "imported_at": cell.imported_at,
        }
        for cell in found.cells
    ]
    from workbench.presenting.naming import pieces_text

    data = {
        "value": value_fields(found.series, found.value),
        "in_words": pieces_text(found.explanation.words, known),
        "with_numbers": pieces_text(found.explanation.numbers, known),
        "inputs": cells,
        "definition": i18n.local(found.indicator.definition),
        "cautions": i18n.local(found.indicator.cautions),
    }
    lines = [
        f"{found.indicator.code}  {i18n.local(found.indicator.name)}",
        _headline(found),
        pieces_text(found.explanation.words, known),
        pieces_text(found.explanation.numbers, known),
        "",
    ]
    rows = [
        (
            str(cell["variable"]),
            str(source.observation.breakdown),
            str(cell["period"]),
            str(cell["raw"] or ""),
            str(cell["cell"] or ""),
            str(cell["file"] or act_text(source)),
        )
        for cell, source in zip(cells, found.cells, strict=True)
    ]
    header = (
        _("input"), _("breakdown"), _("period"), _("file says"), _("cell"), _("file"),
    )  # fmt: skip
    return Output(data=data, lines=[*lines, *table_lines(header, rows, "lllrll")])


def _headline(found: Explained) -> str:
    from workbench.presenting.naming import unit_text

    shown, between = value_words(found.value)
    unit = found.indicator.unit
    fields = {
        "area": found.series.area,
        "period": found.value.period,
        "value": i18n.with_unit(shown, "%" if unit == "%" else unit_text(unit)),
        "range": between,
    }
    if found.value.value is None:
        return i18n.message(N_("{area}, {period}: {value}"), {**fields, "value": shown})
    if not between:
        return i18n.message(N_("{area}, {period}: {value}"), fields)
    return i18n.message(N_("{area}, {period}: {value} (range {range})"), fields)


NUMBER_COMMANDS = (
    Command(
        id="indicators",
        help=N_("the catalogue of indicators; with a project, what can be computed"),
        arguments=(
            OPTIONAL_WORKSPACE,
            argument(
                "--long",
                help=N_("also list the missing inputs and the files that usually hold them"),
                action="store_true",
            ),
        ),
        run=list_indicators,
    ),
    Command(
        id="compute",
        help=N_("compute indicators with their ranges"),
        arguments=(
            argument("codes", help=N_("indicator codes"), nargs="*", metavar="CODE"),
            WORKSPACE,
            argument("--all", help=N_("all that the data allow"), action="store_true"),
            AREA,
            argument(
                "--all-areas", help=N_("every area that has the inputs"), action="store_true"
            ),
            BREAKDOWN,
            PERIOD,
            PARAMETER,
        ),
        run=compute,
    ),
    Command(
        id="explain",
        help=N_("from one value to its formula, inputs and cells"),
        arguments=(
            argument("code", help=N_("indicator code"), metavar="CODE"),
            WORKSPACE,
            AREA,
            required("--period", N_("the period, such as 2020"), metavar="P"),
            BREAKDOWN,
            PARAMETER,
        ),
        run=explain,
    ),
)
