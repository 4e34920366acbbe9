"""An indicator over time as a chart: values with their ranges, and a table with both counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from indicators.errors import N_
from indicators.model.codes import Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries, IndicatorValue, Intervention, SeriesBreak
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import axes, frame, marks, tables
from workbench.presenting.describe import description
from workbench.presenting.spec import (
    Axis,
    Chart,
    Gap,
    HiddenStub,
    KeyItem,
    Label,
    Point,
    Points,
    RangeBar,
    Role,
    Sign,
)

PROJECTED, OPEN_COHORT = "projected", "open_cohort"
"""Codes of the remark on a projected value, and of the reason of a group still followed."""
MOST_LETTERS = 110
"""Longer descriptions of both sides do not fit under the title."""


def chart(
    series: IndicatorSeries,
    indicator: Indicator,
    *,
    unit: str,
    events: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    source: str = "",
    fictitious: bool = False,
    place: str = "",
    detail: str = "",
    sides: tuple[str, str] = ("", ""),
    raw: Mapping[str, str] | None = None,
    from_zero: bool = True,
) -> Chart:
    """The chart of an indicator.

    Args:
        series: its values for one area and breakdown.
        indicator: its definition.
        unit: unit in the reader's language, or ``%``.
        events: dated events to draw.
        breaks: changes of counting to draw.
        source: publisher, file and version, without the word "Source".
        fictitious: True for invented data.
        place: name of the area.
        detail: what the values are cut to ("women only"); may be empty.
        sides: headings of the counts above and below the line in the table.
        raw: text of the source for ranges, by written period.
        from_zero: False lets the axis of a rate begin higher.
    """
    role = frame.ROLES[indicator.pillar]
    periods = tuple(value.period for value in series.values)
    breaks_drawn = frame.break_marks(breaks, periods)
    drawn = _points(series, unit)
    bars = _ranges(series, role, unit, raw or {})
    unfinished = _open_points(series, indicator.per, unit)
    gaps = _gaps(series, periods, {point.key for point in unfinished})
    stubs = tuple(
        HiddenStub(x=value.period.decimal_year, role=role)
        for value in series.values
        if tables.is_hidden(value)
    )
    x = axes.time_axis(periods)
    y = _y_axis((*drawn, *unfinished), bars, unit, from_zero=from_zero)
    groups = (drawn, unfinished) if unfinished else (drawn,)
    title = i18n.local(indicator.name)
    made = Chart(
        title=title,
        subtitle=frame.subtitle(
            *_parts(series, indicator, unit, detail), place, frame.years_text(periods)
        ),
        x=x,
        y=y,
        lines=marks.value_line(drawn, marks.stops(gaps, bars, breaks_drawn, stubs), role),
        ranges=bars,
        points=tuple(
            Points(
                points=group,
                role=role,
                shape=frame.SHAPES[indicator.pillar],
                small=marks.is_dense(periods),
            )
            for group in groups
        ),
        events=frame.event_marks(events, x),
        breaks=breaks_drawn,
        gaps=gaps,
        hidden=stubs,
        labels=_labels(series, drawn, role, unit),
        key=(
            *_key(drawn, series, role),
            *marks.doubt_key((*drawn, *unfinished), bars, breaks_drawn, role, stubs),
        ),
        source=frame.source_line(source, y, fictitious=fictitious),
        table=tables.indicator_table(title, series, unit=unit, sides=sides),
        fictitious=fictitious,
        watermark=_(frame.FICTITIOUS) if fictitious else "",
    )
    return replace(made, description=description(made))


def _parts(
    series: IndicatorSeries, indicator: Indicator, unit: str, detail: str
) -> tuple[str, ...]:
    """What is divided by what where that is short, the cut, the unit, its base."""
    whole = _("of the whole population") if series.whole_population else ""
    sides = ""
    if unit == "%" and indicator.numerator and indicator.denominator:
        above, below = (i18n.local(s.text) for s in (indicator.numerator, indicator.denominator))
        if len(above) + len(below) <= MOST_LETTERS:
            data = {"numerator": above, "denominator": below}
            sides = i18n.message(N_("{numerator} ÷ {denominator}"), data)
    return (sides, detail, "" if unit == "%" else unit, whole)


def _points(series: IndicatorSeries, unit: str) -> tuple[Point, ...]:
    return tuple(
        Point(
            x=value.period.decimal_year,
            y=value.value,
            hollow="P" in value.flags or _is_projected(value),
            low=value.low,
            high=value.high,
            tip=_tip(value, unit),
            key=str(value.period),
            unfinished="projected" if _is_projected(value) else "",
        )
        for value in series.values
        if value.value is not None
    )


def _is_projected(value: IndicatorValue) -> bool:
    return any(note.code == PROJECTED for note in value.notes)


def _open_points(series: IndicatorSeries, per: float, unit: str) -> tuple[Point, ...]:
    """Groups not yet followed for the full time: what is so far, and up to what it can become.

    They stand apart: no line joins them to finished groups.
    """
    found = []
    for value in series.values:
        is_open = value.reason is not None and value.reason.code == OPEN_COHORT
        end = _so_far(value, per) if is_open else None
        if end is None:
            continue
        shown = replace(value, value=end, numerator=None, denominator=None)
        found.append(
            Point(
                x=value.period.decimal_year,
                y=end,
                hollow=True,
                low=value.low,
                high=value.high,
                tip=_tip(shown, unit),
                key=str(value.period),
                unfinished="open",
            )
        )
    return tuple(found)


def _so_far(value: IndicatorValue, per: float) -> float | None:
    """The end of the range at which the group stands now; None where there is no range."""
    if value.low is None or value.high is None:
        return None
    if value.numerator is None or not value.denominator:
        return value.low
    now = value.numerator / value.denominator * per
    # of an impunity rate it is the upper end: further convictions lower it
    return min((value.low, value.high), key=lambda end: abs(end - now))


def _tip(value: IndicatorValue, unit: str) -> tuple[str, ...]:
    assert value.value is not None  # only shown values have a tip
    few = tables.has_few(value)
    written = marks.with_unit(frame.value_text(value.value, unit, few=few), unit)
    when = i18n.period_text(value.period)
    lines = [i18n.message(N_("{period}: {value}"), {"period": when, "value": written})]
    if value.low is not None and value.high is not None:
        limits = frame.range_text(value.low, value.high, unit, few=few)
        lines.append(i18n.message(N_("range {range}"), {"range": limits}))
    if value.numerator is not None and value.denominator is not None:
        counts = {"numerator": value.numerator, "denominator": value.denominator}
        lines.append(i18n.message(N_("{numerator} of {denominator}"), counts))
    remark = tables.indicator_remark(value)
    return (*lines, remark) if remark else tuple(lines)


def _ranges(
    series: IndicatorSeries, role: Role, unit: str, raw: Mapping[str, str]
) -> tuple[RangeBar, ...]:
    bars = []
    for value in series.values:
        if value.status is Status.S and value.low is not None and value.high is not None:
            limits = (
                f"{frame.plain_number(value.low)}–{frame.value_text(value.high, unit, few=True)}"
            )
            what = {"period": i18n.period_text(value.period), "value": limits}
            bars.append(
                RangeBar(
                    x=value.period.decimal_year,
                    low=value.low,
                    high=value.high,
                    role=role,
                    label=marks.short_mark(raw.get(str(value.period), limits)),
                    tip=(i18n.message(N_("{period}: {value}"), what),),
                    key=str(value.period),
                )
            )
    return tuple(bars)


def _gaps(
    series: IndicatorSeries, periods: Sequence[Period], drawn: Collection[str] = ()
) -> tuple[Gap, ...]:
    known = {
        value.period
        for value in series.values
        if value.value is not None
        or value.status is Status.S
        or tables.is_hidden(value)
        or str(value.period) in drawn
    }
    return marks.gaps_between(periods, known)


def _labels(
    series: IndicatorSeries, drawn: Sequence[Point], role: Role, unit: str
) -> tuple[Label, ...]:
    last = next((value for value in reversed(series.values) if value.value is not None), None)
    if last is None or last.value is None:
        return ()
    text = frame.value_text(last.value, unit, few=tables.has_few(last))
    return marks.last_label(drawn, role, unit, text=text)


def _key(drawn: Sequence[Point], series: IndicatorSeries, role: Role) -> tuple[KeyItem, ...]:
    if not any(point.low is not None for point in drawn):
        return ()
    level = i18n.percent(100 * series.level, 0)
    text = i18n.message(N_("{level} range"), {"level": level})
    return (KeyItem(sign=Sign.WHISKER, text=text, role=role),)


def _y_axis(
    drawn: Sequence[Point], bars: Sequence[RangeBar], unit: str, *, from_zero: bool
) -> Axis:
    values = [point.y for point in drawn]
    whole = bool(values) and all(value.is_integer() for value in values) and unit != "%"
    highest = max(values, default=1.0)
    limits = [point.high for point in drawn if point.high is not None]
    limits += [bar.high for bar in bars]
    values += [min(limit, 2.5 * highest) if highest > 0 else limit for limit in limits]
    values += [point.low for point in drawn if point.low is not None]
    values += [bar.low for bar in bars]
    return axes.value_axis(
        min(values, default=0.0),
        max(values, default=1.0),
        unit=unit,
        whole=whole,
        from_zero=from_zero,
    )
