"""Detected victims of an area read beside proactive finds and effort, over one window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Direction
from indicators.model.period import Period
from indicators.model.results import Intervention, Refusal, SeriesBreak
from workbench.i18n import _, local, message, period_text, refusal_text
from workbench.services import analysis

if TYPE_CHECKING:
    from indicators.compute.reading import Movement, Reading
    from indicators.model.definition import LocalText
    from indicators.model.results import TrendResult
    from workbench.services.workspace import Workspace

LAW = "law"
DETECTED_VICTIMS = "vic_detected"
ROLES = ("detected", "proactive", "effort")
MOVEMENTS = {
    "up": N_("rises"),
    "flat": N_("no clear change"),
    "down": N_("falls"),
    "mixed": N_("not the same way"),
    "unknown": N_("cannot be said"),
}
"""A movement in words, by its value."""
_WINDOW = N_("{area}, {first} to {last}, all series over the same years.")
_LINE = N_("{code} {name}: {movement}")
_NEXT = N_("Check next: {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSeries:
    """One of the series that are read together.

    Attributes:
        code: of the indicator.
        name: its name.
        role: ``detected``, ``proactive`` or ``effort``.
        movement: where it goes.
        result: its trend, or why there is none.
    """

    code: str
    name: LocalText | Mapping[str, str]
    role: str
    movement: Movement
    result: TrendResult | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionAnswer:
    """The paired reading of detected victims with everything a screen shows of it.

    Attributes:
        area: area code.
        reading: the row of the table that fits, or why none does.
        series: detected victims first, then proactive finds, then effort.
        first, last: the window of all series; None where detections could not be read.
        events: laws and other events of the window.
        breaks: registered changes of counting inside the window or at its start.
    """

    area: str
    reading: Reading
    series: tuple[ReadSeries, ...]
    first: Period | None = None
    last: Period | None = None
    events: tuple[Intervention, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()


def has_reading(ws: Workspace, code: str) -> bool:
    """Whether the paired reading belongs beside an indicator.

    It does beside ambiguous ones that count detected victims and nothing else above the line.
    """
    from indicators.formula.tree import variables
    from workbench.services.packs import catalogue

    entry = catalogue(ws).indicators.get(code)
    if entry is None or entry.direction is not Direction.AMB or entry.numerator is None:
        return False
    from indicators.formula.parse import parse

    return variables(parse(entry.numerator.formula)) == (DETECTED_VICTIMS,)


def detection_reading(
    ws: Workspace,
    area: str,
    *,
    first: Period | None = None,
    last: Period | None = None,
    cross_breaks: bool = False,
) -> Reading:
    """The likely reading alone; see ``detection_answer``."""
    answer = detection_answer(ws, area, first=first, last=last, cross_breaks=cross_breaks)
    return answer.reading


def detection_answer(
    ws: Workspace,
    area: str,
    *,
    first: Period | None = None,
    last: Period | None = None,
    cross_breaks: bool = False,
) -> DetectionAnswer:
    """The likely reading of the trend of detected victims, and what to check next.

    All series are read over the window in which detections could be fitted, which begins at
    their last break unless breaks are crossed.

    Args:
        ws: open project.
        area: area code.
        first: first period of the window; None for the first of the series.
        last: last period of the window; None for the last of the series.
        cross_breaks: read across breaks, which makes the break the likely reading.
    """
    from indicators.compute.reading import DETECTED, EFFORT, PROACTIVE, paired_reading

    answer = analysis.trend(ws, DETECTED, area, first=first, last=last, cross_breaks=cross_breaks)
    result = answer.result
    series = [_read(answer, DETECTED, "detected")]
    if isinstance(result, Refusal):
        moves = {each.code: each.movement for each in series}
        return DetectionAnswer(area=area, reading=paired_reading(moves), series=tuple(series))
    for code in (PROACTIVE, *EFFORT):
        other = analysis.trend(
            ws, code, area, first=result.first, last=result.last, cross_breaks=cross_breaks
        )
        series.append(_read(other, code, "proactive" if code == PROACTIVE else "effort"))
    inside = tuple(
        event
        for event in answer.events
        if result.first.decimal_year < event.start.decimal_year <= result.last.decimal_year
    )
    new_rule = bool(result.breaks_crossed) or any(event.kind == LAW for event in inside)
    return DetectionAnswer(
        area=area,
        reading=paired_reading({each.code: each.movement for each in series}, new_rule=new_rule),
        series=tuple(series),
        first=result.first,
        last=result.last,
        events=inside,
        breaks=answer.breaks,
    )


def _read(answer: analysis.TrendAnswer, code: str, role: str) -> ReadSeries:
    from indicators.compute.reading import movement

    return ReadSeries(
        code=code,
        name=answer.subject.name,
        role=role,
        movement=movement(answer.result),
        result=answer.result,
    )


def detection_lines(answer: DetectionAnswer) -> tuple[str, ...]:
    """The reading in sentences: the likely reading first, then the series, then what to check."""
    lines = [_(answer.reading.likely)]
    if answer.first is not None and answer.last is not None:
        window = {
            "area": answer.area,
            "first": period_text(answer.first),
            "last": period_text(answer.last),
        }
        lines.append(message(_WINDOW, window))
    for each in answer.series:
        moved = _(MOVEMENTS[each.movement.value])
        line = {"code": each.code, "name": local(each.name), "movement": moved}
        why = f" ({refusal_text(each.result)})" if isinstance(each.result, Refusal) else ""
        lines.append(message(_LINE, line) + why)
    return (*lines, message(_NEXT, {"text": _(answer.reading.next)}))
