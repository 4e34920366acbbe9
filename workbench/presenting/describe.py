"""A chart in words, for those who cannot see it: the same facts in the same order."""

from __future__ import annotations

from indicators.errors import N_
from workbench import i18n
from workbench.i18n import counted
from workbench.presenting.spec import Chart, Point


def description(chart: Chart) -> str:
    """Title, first and last value, highest and lowest, doubts, events: whole sentences."""
    sentences = [_ended(chart.title), _ended(chart.subtitle)]
    for group in chart.points:
        sentences += _values(group.points, chart)
    sentences += _bars(chart)
    sentences += _doubts(chart)
    sentences += _lines_across(chart)
    sentences.append(_ended(chart.result))
    return " ".join(sentence for sentence in sentences if sentence)


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".!?" else f"{text}."


def _when(point: Point) -> str:
    return point.tip[0].partition(":")[0] if point.tip else i18n.number(point.x)


def _value(point: Point, chart: Chart) -> str:
    percent = any("%" in tick.label for tick in chart.y.ticks)
    return i18n.percent(point.y, 1) if percent else i18n.number(round(point.y, 2))


def _values(points: tuple[Point, ...], chart: Chart) -> list[str]:
    if not points:
        return []
    first, last = points[0], points[-1]
    most, least = max(points, key=lambda p: p.y), min(points, key=lambda p: p.y)
    data = {
        "first_value": _value(first, chart),
        "first": _when(first),
        "last_value": _value(last, chart),
        "last": _when(last),
        "highest": _value(most, chart),
        "when_highest": _when(most),
        "lowest": _value(least, chart),
        "when_lowest": _when(least),
    }
    if len(points) == 1:
        return [i18n.message(N_("One value: {first_value} in {first}."), data)]
    return [
        i18n.message(N_("From {first_value} in {first} to {last_value} in {last}."), data),
        i18n.message(
            N_("Highest {highest} in {when_highest}, lowest {lowest} in {when_lowest}."), data
        ),
    ]


def _bars(chart: Chart) -> list[str]:
    return [
        i18n.message(N_("{name}: {value}."), {"name": bar.label, "value": bar.text})
        for bar in chart.bars
    ]


def _doubts(chart: Chart) -> list[str]:
    points = [point for group in chart.points for point in group.points]
    hollow = sum(point.hollow and not point.unfinished for point in points)
    projected, open_ = (
        sum(point.unfinished == why for point in points) for why in ("projected", "open")
    )
    bars, hidden, gaps = len(chart.ranges), len(chart.hidden), len(chart.gaps)
    written = (
        (hollow, counted("{n} value is provisional.", "{n} values are provisional.", hollow)),
        (
            projected,
            counted(
                "{n} value is projected from earlier groups.",
                "{n} values are projected from earlier groups.",
                projected,
            ),
        ),
        (
            open_,
            counted(
                "{n} group is not yet followed for the full time.",
                "{n} groups are not yet followed for the full time.",
                open_,
            ),
        ),
        (
            bars,
            counted(
                "{n} value is known only as a range.",
                "{n} values are known only as a range.",
                bars,
            ),
        ),
        (hidden, counted("{n} value is hidden.", "{n} values are hidden.", hidden)),
        (gaps, counted("{n} stretch is without data.", "{n} stretches are without data.", gaps)),
    )
    return [sentence for n, sentence in written if n]


def _lines_across(chart: Chart) -> list[str]:
    events = [
        i18n.message(N_("Event: {name}, {date}."), {"name": event.tip[0], "date": event.tip[1]})
        for event in chart.events
        if len(event.tip) == 2
    ]
    breaks = [
        i18n.message(N_("Break in the series: {name}."), {"name": item.label})
        for item in chart.breaks
    ]
    return events + breaks
