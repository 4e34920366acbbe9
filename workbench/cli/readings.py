"""Commands that read numbers beside each other: reading, regions."""

from __future__ import annotations

from argparse import Namespace
from math import isnan
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.results import Refusal
from indicators.model.series import TOTAL, Breakdown
from workbench import i18n
from workbench.cli.command import DONE, REFUSED, Command, Output, argument, table_lines
from workbench.cli.files import BREAKDOWN, PERIOD, period_range, required
from workbench.cli.project import AREA, WORKSPACE, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from indicators.composite.regional import Funnel, FunnelPoint, Inequality
    from indicators.errors import Note
    from indicators.model.results import Interval
    from workbench.services.readings import DetectionAnswer
    from workbench.services.regions import RegionsAnswer

POSITIONS = {
    "inside": N_("within the limits"),
    "above": N_("above the 95 % limits"),
    "far_above": N_("above the 99.8 % limits"),
    "below": N_("below the 95 % limits"),
    "far_below": N_("below the 99.8 % limits"),
    "unknown": N_("cannot be said"),
}
"""Where a region lies beside the limits of chance, in words."""


# reading ---------------------------------------------------------------------------------------


def reading_fields(answer: DetectionAnswer) -> dict[str, object]:
    """A paired reading as data."""
    found = answer.reading
    return {
        "area": answer.area,
        "first": str(answer.first) if answer.first else None,
        "last": str(answer.last) if answer.last else None,
        "reading": found.code,
        "likely": _(found.likely),
        "next": _(found.next),
        "detected": found.detected.value,
        "proactive": found.proactive.value,
        "effort": found.effort.value,
        "new_rule": found.new_rule,
        "series": [
            {
                "code": each.code,
                "name": i18n.local(each.name),
                "role": each.role,
                "movement": each.movement.value,
                "refusal": i18n.refusal_text(each.result)
                if isinstance(each.result, Refusal)
                else None,
            }
            for each in answer.series
        ],
        "events": [event.id for event in answer.events],
        "breaks": [entry.id for entry in answer.breaks],
    }


def reading(arguments: Namespace) -> Output:
    """Detected victims beside proactive finds and effort."""
    from workbench.services import readings

    first, last = period_range(arguments.period)
    with opened(arguments, read_only=True) as ws:
        answer = readings.detection_answer(
            ws,
            arguments.area or ws.settings.area,
            first=first,
            last=last,
            cross_breaks=arguments.cross_breaks,
        )
    return Output(data=reading_fields(answer), lines=readings.detection_lines(answer))


# regions ---------------------------------------------------------------------------------------


def _refusal_fields(refusal: Refusal) -> dict[str, object]:
    return {
        "code": refusal.code,
        "text": i18n.refusal_text(refusal),
        "found": refusal.found,
        "needed": refusal.needed,
    }


def _interval_fields(found: Interval) -> dict[str, object]:
    value = None if isnan(found.estimate) else found.estimate
    return {"value": value, "low": found.low, "high": found.high, "level": found.level}


def _note_fields(notes: tuple[Note, ...]) -> list[dict[str, object]]:
    return [{"code": note.code, "text": i18n.note_text(note)} for note in notes]


def inequality_fields(found: Inequality, per: float) -> dict[str, object]:
    """Gini and Theil as data; the rate in the unit of the indicator."""
    return {
        "gini": _interval_fields(found.gini),
        "theil": _interval_fields(found.theil),
        "expected_gini": found.expected,
        "rate": found.rate * per,
        "regions": found.regions,
        "seed": found.seed,
        "notes": _note_fields(found.notes),
    }


def point_fields(point: FunnelPoint, per: float) -> dict[str, object]:
    """One region as data; limits are counts."""
    return {
        "area": point.code,
        "low": point.low,
        "high": point.high,
        "people": point.people,
        "rate_low": point.low / point.people * per,
        "rate_high": point.high / point.people * per,
        "expected": point.expected,
        "limits_95": list(point.usual),
        "limits_99_8": list(point.wide),
        "position": point.position.value,
        "small": point.small,
    }


def funnel_fields(found: Funnel, per: float) -> dict[str, object]:
    """The regions beside the limits of chance as data."""
    return {
        "rate": found.rate * per,
        "points": [point_fields(point, per) for point in found.points],
        "notes": _note_fields(found.notes),
    }


def _inequality_lines(found: Inequality) -> list[str]:
    text = N_("{name} {value} (range {low} to {high})")
    unsure = N_("{name} between {low} and {high}")
    lines = []
    for name, each in (("Gini", found.gini), ("Theil", found.theil)):
        template = unsure if isnan(each.estimate) else text
        numbers = {
            key: i18n.number(getattr(each, field), 3)
            for key, field in (("value", "estimate"), ("low", "low"), ("high", "high"))
        }
        lines.append(i18n.message(template, {"name": name, **numbers}))
    return [*lines, *(i18n.note_text(note) for note in found.notes)]


def _count(low: float, high: float) -> str:
    if low == high:
        return i18n.number(low)
    return i18n.message(N_("{low} to {high}"), {"low": low, "high": high})


def _place(point: FunnelPoint) -> str:
    """Where a region lies, and whether its numbers are small."""
    where = _(POSITIONS[point.position.value])
    return i18n.message(N_("{place} (few cases)"), {"place": where}) if point.small else where


def _funnel_lines(found: Funnel, per: float) -> list[str]:
    rows = [
        (
            point.code,
            _count(point.low, point.high),
            i18n.number(round(point.expected, 1)),
            _count(*point.wide),
            i18n.number(point.high / point.people * per) if point.low == point.high else "",
            _place(point),
        )
        for point in found.points
    ]
    header = (
        _("region"), _("cases"), _("expected"), _("99.8 % limits"), _("rate"), _("where it lies"),
    )  # fmt: skip
    notes = [i18n.note_text(note) for note in found.notes]
    return [*table_lines(header, rows, "lrrrrl"), *notes]


def regions_fields(unequal: RegionsAnswer, limits: RegionsAnswer) -> dict[str, object]:
    """Both answers as data; what was refused is null and named."""
    refused = [each.result for each in (unequal, limits) if isinstance(each.result, Refusal)]
    return {
        "code": unequal.indicator.code,
        "area": unequal.area,
        "first": str(unequal.first),
        "last": str(unequal.last),
        "unit": unequal.indicator.unit,
        "inequality": None
        if isinstance(unequal.result, Refusal)
        else inequality_fields(unequal.result, unequal.per),  # type: ignore[arg-type]
        "funnel": None
        if isinstance(limits.result, Refusal)
        else funnel_fields(limits.result, limits.per),  # type: ignore[arg-type]
        "refusals": [_refusal_fields(refusal) for refusal in refused],
    }


def regions(arguments: Namespace) -> Output:
    """How unequal the rates of regions are, and which lie outside the limits of chance."""
    from indicators.composite.regional import Funnel, Inequality
    from workbench.services import regions as service

    first, last = period_range(arguments.period)
    cut = Breakdown.parse(arguments.breakdown) if arguments.breakdown else TOTAL
    window = (first or last, last or first)
    assert window[0] is not None  # the option is required
    assert window[1] is not None
    with opened(arguments, read_only=True) as ws:
        chosen = {"area": arguments.area, "breakdown": cut}
        unequal = service.inequality(ws, arguments.code, (window[0], window[1]), **chosen)
        is_single = window[0] == window[1]
        limits = service.funnel(
            ws, arguments.code, window[0], last=None if is_single else window[1], **chosen
        )
    lines: list[str] = []
    for answer in (unequal, limits):
        found = answer.result
        if isinstance(found, Inequality):
            lines += [*_inequality_lines(found), ""]
        elif isinstance(found, Funnel):
            lines += _funnel_lines(found, answer.per)
        elif i18n.refusal_text(found) not in lines:
            lines.append(i18n.refusal_text(found))
    both = all(isinstance(each.result, Refusal) for each in (unequal, limits))
    return Output(
        data=regions_fields(unequal, limits), lines=lines, code=REFUSED if both else DONE
    )


READING_COMMANDS = (
    Command(
        id="reading",
        help=N_("detected victims read beside the effort to find them"),
        arguments=(
            argument("what", help=N_("what is read"), choices=("detection",), metavar="detection"),
            WORKSPACE,
            AREA,
            PERIOD,
            argument(
                "--cross-breaks",
                help=N_("use the years before a break in the series too"),
                action="store_true",
            ),
        ),
        run=reading,
    ),
    Command(
        id="regions",
        help=N_("how unequal the rates of regions are, and which lie outside the limits of chance"),
        arguments=(
            argument("code", help=N_("code of a rate"), metavar="CODE"),
            WORKSPACE,
            AREA,
            BREAKDOWN,
            required("--period", N_("a period or several taken together: 2022 or 2022:2024"),
                     metavar="P"),
        ),
        run=regions,
    ),
)  # fmt: skip
