"""Commands on series: trend, impact, chart."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from indicators.model.series import TOTAL, Breakdown
from workbench import i18n
from workbench.cli import flows, prevalence
from workbench.cli.command import Command, Output, argument
from workbench.cli.files import BREAKDOWN, PERIOD, period_range, required
from workbench.cli.numbers import PARAMETER, parameters
from workbench.cli.project import AREA, WORKSPACE, opened

if TYPE_CHECKING:
    from workbench.presenting.sentences import Words
    from workbench.presenting.spec import Chart
    from workbench.services.analysis import ImpactAnswer, TrendAnswer
    from workbench.services.forecasts import ForecastAnswer
    from workbench.services.workspace import Workspace

KINDS = ("indicator", "trend", "impact", "flow", "prevalence")
THEMES = ("light",)
LINES = ("level", "level_slope")
DESIGN_IDS = ("interrupted", "controlled", "difference", "synthetic")


def _cut(arguments: Namespace) -> Breakdown:
    return Breakdown.parse(arguments.breakdown) if arguments.breakdown else TOTAL


def _trend(ws: Workspace, arguments: Namespace) -> TrendAnswer:
    from workbench.services import analysis

    first, last = period_range(arguments.period)
    return analysis.trend(
        ws,
        arguments.code,
        arguments.area or ws.settings.area,
        breakdown=_cut(arguments),
        model=arguments.model,
        first=first,
        last=last,
        use_provisional=not arguments.without_provisional,
        cross_breaks=arguments.cross_breaks,
        parameters=parameters(arguments),
        options={
            "max_joinpoints": arguments.max_joinpoints,
            "selection": arguments.selection,
            "scale": arguments.scale,
        },
        seed=arguments.seed,
    )


def _looks_ahead(arguments: Namespace) -> bool:
    from workbench.services import forecasts

    return arguments.horizon is not None or forecasts.is_forecast(arguments.model)


def _forecast(ws: Workspace, arguments: Namespace) -> ForecastAnswer:
    from workbench.services import forecasts

    first, last = period_range(arguments.period)
    return forecasts.forecast(
        ws,
        arguments.code,
        arguments.area or ws.settings.area,
        breakdown=_cut(arguments),
        model=arguments.model,
        horizon=arguments.horizon,
        first=first,
        last=last,
        use_provisional=not arguments.without_provisional,
        cross_breaks=arguments.cross_breaks,
        parameters=parameters(arguments),
    )


def _family(ws: Workspace, arguments: Namespace) -> Output:
    """The trends of all parts by one dimension, as one family."""
    from workbench.services import analysis, pictures

    first, last = period_range(arguments.period)
    found = analysis.trends_many(
        ws,
        arguments.code,
        arguments.area or ws.settings.area,
        dimension=arguments.by,
        model=arguments.model,
        first=first,
        last=last,
        use_provisional=not arguments.without_provisional,
        cross_breaks=arguments.cross_breaks,
        parameters=parameters(arguments),
        seed=arguments.seed,
    )
    rows, lines = [], []
    for answer in (*found.answers, *found.refused):
        said = sentences(pictures.trend_words(answer))
        cut = str(answer.subject.breakdown)
        rows.append({"breakdown": cut, **analysis.result_fields(answer.result, said)})
        lines.append(f"{cut}: {said[0]}")
    data = {
        "family_size": found.family_size,
        "adjustment": found.adjustment,
        "trends": rows[: len(found.answers)],
        "refused": rows[len(found.answers) :],
    }
    return Output(data=data, lines=lines)


def _design_id(arguments: Namespace) -> str | None:
    """The design named by ``--design-id`` or by ``--design``, or None."""
    named = None if arguments.design in LINES else arguments.design
    chosen: str | None = arguments.design_id or named
    return chosen


def _impact(ws: Workspace, arguments: Namespace) -> ImpactAnswer:
    from workbench.services import analysis

    if not arguments.event:
        raise TipError(
            N_("Name the event to look at."),
            hint=N_("List them with: tip-workbench events list -w W.tipw"),
        )
    first, last = period_range(arguments.period)
    return analysis.impact(
        ws,
        arguments.code,
        arguments.area or ws.settings.area,
        arguments.event,
        breakdown=_cut(arguments),
        design=arguments.design if arguments.design in LINES else "level",
        method=_design_id(arguments),
        controls=arguments.control or (),
        treated=arguments.treated or (),
        delay=arguments.delay,
        first=first,
        last=last,
        use_provisional=not arguments.without_provisional,
        cross_breaks=arguments.cross_breaks,
        date_from_data=arguments.date_from_data,
        parameters=parameters(arguments),
    )


def sentences(words: Words) -> list[str]:
    """What a result says, one sentence a line."""
    cautions = [f"{caution.title}: {caution.text}" for caution in words.cautions]
    return [words.lead, *words.doubt, words.sure.line, *words.sure.detail, *cautions]


def trend(arguments: Namespace) -> Output:
    """Whether a series has changed, or where it is heading."""
    from workbench.services import forecasts, pictures
    from workbench.services.analysis import result_fields

    with opened(arguments, read_only=True) as ws:
        if arguments.by:
            return _family(ws, arguments)
        if _looks_ahead(arguments):
            ahead = _forecast(ws, arguments)
            said = sentences(forecasts.forecast_words(ahead))
            return Output(data=forecasts.forecast_fields(ahead.result, said), lines=said)
        answer = _trend(ws, arguments)
        said = sentences(pictures.trend_words(answer))
    return Output(data=result_fields(answer.result, said), lines=said)


def _all_impacts(arguments: Namespace) -> Output:
    """One event over all series of counts, as one family."""
    from workbench.presenting.impact_many import sentences as words
    from workbench.services import impacts_many, packs
    from workbench.services.result_fields import many_fields

    with opened(arguments, read_only=True) as ws:
        found = impacts_many.impacts_all(
            ws,
            arguments.event,
            variables=(arguments.code,) if arguments.code else (),
            delay=arguments.delay,
            dependent=arguments.dependent,
        )
        said = list(words(found, packs.catalogue(ws)))
    return Output(data=many_fields(found, said), lines=said)


def impact(arguments: Namespace) -> Output:
    """What changed after an event."""
    if arguments.all:
        return _all_impacts(arguments)
    if not arguments.code:
        raise TipError(N_("Name an indicator or input, or say --all."))
    from workbench.services import pictures
    from workbench.services.analysis import result_fields

    with opened(arguments, read_only=True) as ws:
        answer = _impact(ws, arguments)
        said = sentences(pictures.impact_words(answer))
        before = pictures.impact_beforehand(answer)
    data = result_fields(answer.result, said) | {"beforehand": before or None}
    lines = dict.fromkeys((before, *said) if before else said)
    return Output(data=data, lines=list(lines))


def _indicator_chart(ws: Workspace, arguments: Namespace) -> Chart:
    from workbench.services import indicators, pictures

    first, last = period_range(arguments.period)
    (series,) = indicators.compute(
        ws,
        [arguments.code],
        areas=[arguments.area or ws.settings.area],
        breakdowns=[_cut(arguments)],
        first=first,
        last=last,
        parameters=parameters(arguments),
    )
    return pictures.indicator_chart(ws, series)


def chart(arguments: Namespace) -> Output:
    """Write a chart as SVG, PNG or PDF."""
    from workbench.services import forecasts, pictures
    from workbench.services.reports import write_chart

    with opened(arguments, read_only=True) as ws:
        match arguments.kind:
            case "indicator":
                made = _indicator_chart(ws, arguments)
            case "flow":
                made = flows.picture(ws, arguments)
            case "prevalence":
                made = prevalence.picture(ws, arguments)
            case "trend" if _looks_ahead(arguments):
                made = forecasts.forecast_chart(ws, _forecast(ws, arguments))
            case "trend":
                made = pictures.trend_chart(ws, _trend(ws, arguments))
            case _:
                made = pictures.impact_chart(ws, _impact(ws, arguments))
        path = write_chart(ws, made, Path(arguments.out), public=arguments.public)
    text = i18n.message(N_("Wrote {file}."), {"file": str(path)})
    data = {"path": str(path), "title": made.title, "description": made.description}
    return Output(data=data, lines=[text])


_SERIES = (
    argument("code", help=N_("indicator or input code"), metavar="CODE|VARIABLE"),
    WORKSPACE,
    AREA,
    BREAKDOWN,
    PERIOD,
    PARAMETER,
    argument(
        "--without-provisional",
        help=N_("leave a provisional last year out"),
        action="store_true",
    ),
    argument(
        "--cross-breaks",
        help=N_("use the years before a break in the series too"),
        action="store_true",
    ),
)
_MODEL = argument("--model", help=N_("way to read the change"), metavar="M")
_BENDS = (
    argument(
        "--max-joinpoints",
        help=N_("most changes of pace; asking allows 9 to 11 years too"),
        type=int,
        metavar="K",
    ),
    argument(
        "--selection",
        help=N_("rule for the number of changes of pace"),
        choices=("auto", "permutation", "weighted_bic"),
    ),
    argument("--scale", help=N_("percent a year or units a year"), choices=("log", "linear")),
    argument("--horizon", help=N_("years ahead: a forecast"), type=int, metavar="H"),
)
_BY = argument("--by", help=N_("all parts by one dimension, looked at together"), metavar="DIM")
_SEED = argument("--seed", help=N_("seed of random methods"), type=int, metavar="N")
_DESIGN = argument(
    "--design",
    help=N_("what may change (level, level_slope), or the design"),
    choices=(*LINES, *DESIGN_IDS),
    default="level",
)
_DELAY = argument(
    "--delay", help=N_("periods after the event that are left out"), type=int, metavar="N"
)

_COMPARED = (
    argument(
        "--date-from-data",
        help=N_("the date was picked by looking at this series"),
        action="store_true",
    ),
    argument("--design-id", help=N_("way to compare before and after"), choices=DESIGN_IDS),
    argument(
        "--control",
        help=N_("area or code the event did not touch, or others; may be repeated"),
        action="append",
        metavar="AREA|CODE",
    ),
    argument(
        "--treated",
        help=N_("further area that the event touched; may be repeated"),
        action="append",
        metavar="AREA",
    ),
)

ANALYSIS_COMMANDS = (
    Command(
        id="trend",
        help=N_("whether a series has changed, with its range"),
        arguments=(*_SERIES, _MODEL, *_BENDS, _BY, _SEED),
        run=trend,
    ),
    Command(
        id="impact",
        help=N_("what changed after an event, against the earlier trend"),
        arguments=(
            argument(
                "code", help=N_("indicator or input code"), metavar="CODE|VARIABLE", nargs="?"
            ),
            *_SERIES[1:],
            argument(
                "--all",
                help=N_("all series of counts (of one input, or of all), looked at together"),
                action="store_true",
            ),
            argument(
                "--dependent",
                help=N_("with --all: allow for any dependence between the series"),
                action="store_true",
            ),
            required("--event", N_("id of the event"), metavar="ID"),
            _DESIGN,
            _DELAY,
            *_COMPARED,
        ),
        run=impact,
    ),
    Command(
        id="chart",
        help=N_("write a chart as a picture file"),
        arguments=(
            argument("kind", help=N_("indicator, trend, impact, flow or prevalence"), choices=KINDS, metavar="KIND"),
            *_SERIES,
            _MODEL,
            *_BENDS,
            _SEED,
            argument("--event", help=N_("id of the event"), metavar="ID"),
            _DESIGN,
            _DELAY,
            *_COMPARED,
            flows.COHORT,
            *prevalence.CHOICES,
            argument(
                "-o", "--out", help=N_("file to write: .svg, .png or .pdf"), required=True,
                metavar="FILE",
            ),
            argument(
                "--theme", help=N_("files are always light"), choices=THEMES, default="light"
            ),
            argument(
                "--public",
                help=N_("only when nothing in the picture must be protected"),
                action="store_true",
            ),
        ),
        run=chart,
    ),
)  # fmt: skip
