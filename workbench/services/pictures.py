"""Answers as charts and words, the same for window, command line and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Pillar, Status
from indicators.model.results import IndicatorSeries, Intervention, SeriesBreak
from workbench import i18n
from workbench.presenting import impact as impact_charts
from workbench.presenting import indicator as indicator_charts
from workbench.presenting import naming, sentences
from workbench.presenting import trend as trend_charts
from workbench.presenting.sentences import Words
from workbench.presenting.spec import Chart

if TYPE_CHECKING:
    from workbench.services.analysis import ImpactAnswer, TrendAnswer
    from workbench.services.subjects import Subject
    from workbench.services.workspace import Workspace

MOST_SOURCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the values of a chart.

    Attributes:
        events: events expected to touch the inputs.
        breaks: changes of counting that touch the inputs and the area.
        source: publisher, file and date of the versions used.
        fictitious: all data of the project are invented.
        place: name of the area.
    """

    events: tuple[Intervention, ...]
    breaks: tuple[SeriesBreak, ...]
    source: str
    fictitious: bool
    place: str


def area_name(ws: Workspace, code: str) -> str:
    """The name of an area; its code where it has none."""
    from workbench.services import observations

    names = next((row.names for row in observations.areas(ws) if row.code == code), {})
    return i18n.local(names) if names else code


def around(
    ws: Workspace, area: str, variables: Sequence[str], vintages: Sequence[int] = ()
) -> Around:
    """Events, breaks and source of some inputs in an area."""
    from workbench.services import events

    wanted = set(variables)
    return Around(
        events=relevant(events.events(ws), variables),
        breaks=tuple(
            entry
            for entry in events.breaks(ws)
            if (not entry.variables or not wanted.isdisjoint(entry.variables))
            and (not entry.areas or area in entry.areas)
        ),
        source=source_text(ws, variables, vintages),
        fictitious=ws.settings.fictitious,
        place=area_name(ws, area),
    )


def relevant(events: Sequence[Intervention], variables: Sequence[str]) -> tuple[Intervention, ...]:
    """Events expected to touch the inputs."""
    wanted = set(variables)
    return tuple(event for event in events if not wanted.isdisjoint(event.variables))


def source_text(ws: Workspace, variables: Sequence[str], vintages: Sequence[int] = ()) -> str:
    """Who delivered the values, with the file and the number of its newest version."""
    from workbench.services import observations

    names = {row.code: row.publisher or row.code for row in observations.datasets(ws)}
    newest = {
        row.dataset: row
        for row in observations.vintages(ws)
        if not row.retracted and row.file and (not vintages or row.id in vintages)
    }
    held = {
        row.dataset for code in variables for row in observations.series_list(ws, variable=code)
    }
    parts = [
        i18n.message(
            N_("{publisher}, {file}, version {vintage}"),
            {"publisher": names[name], "file": newest[name].file, "vintage": newest[name].id},
        )
        for name in sorted(held & newest.keys())
    ]
    return "; ".join(parts[:MOST_SOURCES])


def unit_word(subject: Subject) -> str:
    """The unit of a subject as shown, or ``%``."""
    return "%" if subject.unit == "%" else naming.unit_text(subject.unit)


def pillar(subject: Subject) -> Pillar:
    """The pillar that gives colour and mark."""
    return subject.pillar or naming.pillar_of(subject.code)


def raw_texts(ws: Workspace, subject: Subject) -> dict[str, str]:
    """What the file says for hidden values of an input, by written period."""
    from workbench.services import observations

    if subject.code not in subject.variables:
        return {}
    if not (subject.series.status == int(Status.S)).any():
        return {}
    rows = observations.observations(
        ws, variable=subject.code, area=subject.area, breakdown=subject.breakdown
    )
    return {str(row.period): row.raw for row in rows if row.status is Status.S and row.raw}


def trend_chart(ws: Workspace, answer: TrendAnswer, *, with_model: bool = True) -> Chart:
    """The picture of a trend; without a model the points alone."""
    subject = answer.subject
    beside = around(ws, subject.area, subject.variables, answer.series.vintages)
    return trend_charts.chart(
        answer.result if with_model else None,
        answer.series,
        name=i18n.local(subject.name),
        unit=unit_word(subject),
        pillar=pillar(subject),
        events=relevant(answer.events, subject.variables),
        breaks=answer.breaks,
        source=beside.source,
        fictitious=answer.fictitious,
        place=beside.place,
        detail=naming.breakdown_text(subject.breakdown),
        raw=raw_texts(ws, subject),
    )


def trend_words(answer: TrendAnswer) -> Words:
    """What a trend says, with doubt, sureness and cautions."""
    subject = answer.subject
    return sentences.trend_words(
        answer.result,
        name=i18n.local(subject.name),
        unit=unit_word(subject),
        detection=subject.detection,
    )


def impact_chart(ws: Workspace, answer: ImpactAnswer) -> Chart:
    """The picture of what followed an event."""
    subject = answer.subject
    beside = around(ws, subject.area, subject.variables, answer.series.vintages)
    return impact_charts.chart(
        answer.result,
        answer.series,
        event=answer.event,
        name=i18n.local(subject.name),
        unit=unit_word(subject),
        pillar=pillar(subject),
        rivals=answer.rivals,
        breaks=answer.breaks,
        source=beside.source,
        fictitious=answer.fictitious,
        place=beside.place,
        detail=naming.breakdown_text(subject.breakdown),
        raw=raw_texts(ws, subject),
    )


def impact_words(answer: ImpactAnswer) -> Words:
    """What followed an event in words, with doubt, sureness and cautions."""
    subject = answer.subject
    return sentences.impact_words(
        answer.result,
        event=answer.event,
        name=i18n.local(subject.name),
        unit=unit_word(subject),
        rivals=answer.rivals,
        detection=subject.detection,
    )


def impact_beforehand(answer: ImpactAnswer) -> str:
    """What the series could show at all, to be read before its answer."""
    return sentences.beforehand(answer.result, unit_word(answer.subject))


def indicator_chart(ws: Workspace, series: IndicatorSeries) -> Chart:
    """The picture of an indicator with its ranges."""
    from workbench.services.indicators import definition
    from workbench.services.packs import catalogue

    entry, known = definition(series.code, ws), catalogue(ws)
    used = {number for value in series.values for number in value.vintages}
    beside = around(ws, series.area, series.variables, tuple(used))
    return indicator_charts.chart(
        series,
        entry,
        unit="%" if entry.unit == "%" else naming.unit_text(entry.unit, known),
        events=beside.events,
        breaks=beside.breaks,
        source=beside.source,
        fictitious=beside.fictitious,
        place=beside.place,
        detail=naming.breakdown_text(series.breakdown, known),
        sides=naming.headings_of_sides(entry, known),
    )
