"""The command on composite indices: composite."""

from __future__ import annotations

import math
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from workbench import i18n
from workbench.cli.command import Command, Output, argument
from workbench.cli.files import PERIOD, period_range
from workbench.cli.project import AREA, WORKSPACE, opened

if TYPE_CHECKING:
    from workbench.services.composites import CompositeAnswer, Wanted

NORMALISATIONS = ("goalposts", "baseline", "minmax", "zscore", "rank")
Fields = dict[str, object]


def composite(arguments: Namespace) -> Output:
    """Put several series together, with every run behind the score."""
    from workbench.services import composites, profiles

    if bool(arguments.codes) == bool(arguments.profile):
        raise TipError(N_("Name the members of the index, or say --profile."))
    first, last = period_range(arguments.period)
    with opened(arguments, read_only=True) as ws:
        area = arguments.area or ws.settings.area
        if arguments.profile:
            found: Sequence[CompositeAnswer] = profiles.profile(ws, area, first=first, last=last)
        else:
            found = [
                composites.composite(
                    ws,
                    _wanted(arguments),
                    area,
                    over=arguments.over,
                    first=first,
                    last=last,
                    normalisation=arguments.normalisation,
                    aggregation=arguments.aggregation,
                )
            ]
    lines = list(dict.fromkeys(line for answer in found for line in _words(answer)))
    data = [_fields(answer) for answer in found]
    return Output(data=data if arguments.profile else data[0], lines=lines)


def _wanted(arguments: Namespace) -> list[Wanted]:
    from workbench.services.composites import Wanted

    posts = dict(_posts(text) for text in arguments.goalposts or ())
    pillars = dict(pair for text in arguments.pillar or () for pair in _pillar(text))
    signs = dict.fromkeys(arguments.higher or (), 1) | dict.fromkeys(arguments.lower or (), -1)
    members = [_member(text) for text in arguments.codes]
    known = {code for code, _weight in members}
    for code in (*posts, *pillars, *signs):
        if code not in known:
            raise TipError(N_("{code} is no member of this index."), code=code)
    if pillars and set(pillars) != known:
        raise TipError(N_("With --pillar every member needs one."))
    return [
        Wanted(
            code=code,
            weight=weight,
            pillar=pillars.get(code, ""),
            sign=signs.get(code, 0),
            posts=posts.get(code),
        )
        for code, weight in members
    ]


def _member(text: str) -> tuple[str, float]:
    code, equals, weight = text.partition("=")
    return code, _number(weight, text) if equals else 1.0


def _posts(text: str) -> tuple[str, tuple[float, float]]:
    code, _equals, ends = text.partition("=")
    low, _colon, high = ends.partition(":")
    return code, (_number(low, text), _number(high, text))


def _pillar(text: str) -> list[tuple[str, str]]:
    name, _equals, codes = text.partition("=")
    return [(code.strip(), name) for code in codes.split(",")]


def _number(text: str, whole: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise TipError(N_("“{text}” holds no number where one is needed."), text=whole)
    return value


def _words(answer: CompositeAnswer) -> list[str]:
    from workbench.presenting.composite import sentences

    return sentences(
        name=answer.name,
        units=answer.units,
        ranked=answer.over == "regions",
        components=answer.components,
        index=answer.index,
        notes=answer.notes,
    )


def _fields(answer: CompositeAnswer) -> Fields:
    made = answer.index
    ranked = answer.over == "regions"
    arrays = (made.scores, made.low, made.high, made.worst, made.best, made.present)
    names = ("score", "low", "high", "worst", "best", "present")
    return {
        "pillar": answer.name or None,
        "area": answer.area,
        "over": answer.over,
        "normalisation": answer.normalisation,
        "aggregation": answer.aggregation,
        "scores": [
            {"unit": unit}
            | {name: _plain(row[i]) for name, row in zip(names, arrays, strict=True)}
            | {
                "rank_low": _plain(made.rank_low[i]) if ranked else None,
                "rank_high": _plain(made.rank_high[i]) if ranked else None,
            }
            for i, unit in enumerate(answer.units)
        ],
        "members": [
            {
                "code": component.code,
                "weight": component.weight,
                "pillar": component.pillar or None,
                "direction": "higher" if component.sign > 0 else "lower",
                "goalposts": None if component.posts is None else list(component.posts),
                "values": [_plain(value) for value in component.values],
                "scores": [_plain(value) for value in made.members[i]],
            }
            for i, component in enumerate(answer.components)
        ],
        "runs": [
            {
                "normalisation": run.normalisation,
                "aggregation": run.aggregation,
                "weights": run.weights,
                "left_out": run.left_out or None,
                "scores": [_plain(value) for value in run.scores],
            }
            for run in made.runs
        ],
        "sensitivity": {
            factor: {"alone": made.first_order[factor], "with_others": made.total[factor]}
            for factor in made.total
        },
        "same_direction": None if ranked else made.agreement(),
        "alpha": made.alpha,
        "correlations": [[_plain(value) for value in row] for row in made.correlations],
        "notes": [{"code": note.code, "text": i18n.note_text(note)} for note in answer.notes],
        "vintages": list(answer.vintages),
        "sentences": _words(answer),
    }


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


COMPOSITE_COMMANDS = (
    Command(
        id="composite",
        help=N_("put several series together, with every run behind the score"),
        arguments=(
            argument(
                "codes",
                help=N_("members: indicator or input code, with a weight if not 1"),
                nargs="*",
                metavar="CODE[=WEIGHT]",
            ),
            WORKSPACE,
            AREA,
            PERIOD,
            argument(
                "--profile",
                help=N_("the three pillars against the own baseline, side by side"),
                action="store_true",
            ),
            argument(
                "--over",
                help=N_("years of one area, or the regions of a country in one period"),
                choices=("years", "regions"),
                default="years",
            ),
            argument(
                "--normalisation",
                help=N_("how values become scores"),
                choices=NORMALISATIONS,
                default="goalposts",
            ),
            argument(
                "--aggregation",
                help=N_("mean between pillars"),
                choices=("arithmetic", "geometric"),
            ),
            argument(
                "--goalposts",
                help=N_("values that mean 0 and 100 points; may be repeated"),
                action="append",
                metavar="CODE=LOW:HIGH",
            ),
            argument(
                "--pillar",
                help=N_("members that are put together first; may be repeated"),
                action="append",
                metavar="NAME=CODE,CODE",
            ),
            argument(
                "--higher",
                help=N_("member of which more is better; may be repeated"),
                action="append",
                metavar="CODE",
            ),
            argument(
                "--lower",
                help=N_("member of which less is better; may be repeated"),
                action="append",
                metavar="CODE",
            ),
        ),
        run=composite,
    ),
)
