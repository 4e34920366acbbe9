"""A trend, or the points of a series without one, as a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.errors import N_
from indicators.model.codes import Outcome, Pillar
from indicators.model.period import Period
from indicators.model.results import FittedPoint, Intervention, Refusal, SeriesBreak, TrendResult
from indicators.model.series import Series
from indicators.stats.limits import SHORT_SEGMENT
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import axes, frame, headlines, marks, tables
from workbench.presenting.describe import description
from workbench.presenting.spec import (
    Axis,
    Band,
    Break,
    Chart,
    Dash,
    KeyItem,
    Label,
    Line,
    Point,
    Points,
    RangeBar,
    Role,
    Sign,
)

_BENT = (Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION)


def chart(
    result: TrendResult | Refusal | None,
    series: Series,
    *,
    name: str,
    unit: str,
    pillar: Pillar,
    events: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    source: str = "",
    fictitious: bool = False,
    place: str = "",
    detail: str = "",
    raw: Mapping[str, str] | None = None,
    remarks: Mapping[str, str] | None = None,
    from_zero: bool = True,
) -> Chart:
    """The chart of a trend.

    Args:
        result: the fitted model, a refusal (points without a line), or None (points joined by a
            thin line, nothing claimed).
        series: the values.
        name: the series in the reader's language.
        unit: its unit word, or ``%``.
        pillar: decides colour and shape.
        events: dated events to draw.
        breaks: changes of counting to draw.
        source: publisher, file and version, without the word "Source".
        fictitious: True for invented data.
        place: name of the area.
        detail: what the values are cut to ("women only"); may be empty.
        raw: text of the source for ranges, by written period.
        remarks: words below single points, by written period ("courts closed").
        from_zero: False lets the axis of a rate begin higher.
    """
    role = frame.ROLES[pillar]
    fitted = () if result is None or isinstance(result, Refusal) else result.fitted
    breaks_drawn = frame.break_marks(breaks, series.periods)
    drawn = marks.points(
        series,
        unit=unit,
        left_out=_left_out(result, series),
        estimates={point.period: point for point in fitted},
    )
    bars = marks.ranges(series, role=role, unit=unit, raw=raw)
    bands = marks.fitted_bands(fitted, breaks_drawn, role)
    y = _y_axis(drawn, bars, bands, unit, from_zero=from_zero)
    x = axes.time_axis(series.periods)
    gaps, stubs = marks.gaps(series), marks.hidden(series, role)
    lines = _fitted_lines(result, fitted, breaks_drawn, role)
    if result is None:
        lines = marks.value_line(drawn, marks.stops(gaps, bars, breaks_drawn, stubs), role)
    title = name if result is None else headlines.trend_title(result, name, unit)
    made = Chart(
        title=title,
        subtitle=frame.subtitle(
            name if title != name else "",
            detail,
            frame.unit_word(unit, name),
            place,
            frame.years_text(series.periods),
        ),
        x=x,
        y=y,
        bands=bands,
        lines=lines,
        ranges=bars,
        points=(
            Points(
                points=drawn,
                role=role,
                shape=frame.SHAPES[pillar],
                small=marks.is_dense(series.periods),
            ),
        ),
        events=frame.event_marks(events, x),
        breaks=breaks_drawn,
        gaps=gaps,
        hidden=stubs,
        labels=(*marks.last_label(drawn, role, unit), *_remarks(drawn, remarks or {})),
        key=(*_key(result, bands), *marks.doubt_key(drawn, bars, breaks_drawn, role, stubs)),
        result="" if result is None else headlines.result_line(result, unit),
        source=frame.source_line(source, y, fictitious=fictitious),
        table=tables.trend_table(title, series, unit=unit, name=name, fitted=fitted),
        fictitious=fictitious,
        watermark=_(frame.FICTITIOUS) if fictitious else "",
    )
    return replace(made, description=description(made))


def _fitted_lines(
    result: TrendResult | Refusal | None,
    fitted: Sequence[FittedPoint],
    breaks: Sequence[Break],
    role: Role,
) -> tuple[Line, ...]:
    """The model line; short stretches between bends are dashed."""
    if not isinstance(result, TrendResult) or result.outcome not in _BENT:
        return marks.fitted_lines(fitted, breaks, role)
    lines: list[Line] = []
    for part in result.segments:
        points = [point for point in fitted if part.first <= point.period <= part.last]
        dash = Dash.DASHED if len(points) < SHORT_SEGMENT else Dash.SOLID
        lines += (replace(line, dash=dash) for line in marks.fitted_lines(points, breaks, role))
    return tuple(lines)


def _left_out(result: TrendResult | Refusal | None, series: Series) -> tuple[Period, ...]:
    if result is None or isinstance(result, Refusal):
        return ()
    outside = (p for p in series.periods if not result.first <= p <= result.last)
    return (*outside, *result.missing)


def _y_axis(
    drawn: Sequence[Point],
    bars: Sequence[RangeBar],
    bands: Sequence[Band],
    unit: str,
    *,
    from_zero: bool,
) -> Axis:
    values = [point.y for point in drawn]
    values += [limit for bar in bars for limit in (bar.low, bar.high)]
    whole = all(value.is_integer() for value in values)
    highest = max(values, default=1.0)
    # a band that runs away must not flatten the values
    ceiling = highest + 0.6 * (highest - min(0.0, *values)) if values else highest
    values += [min(high, ceiling) for band in bands for high in band.highs]
    values += [max(low, min(0.0, *values)) for band in bands for low in band.lows]
    return axes.value_axis(
        min(values, default=0.0),
        max(values, default=1.0),
        unit=unit,
        whole=whole,
        from_zero=from_zero,
    )


def _remarks(drawn: Sequence[Point], remarks: Mapping[str, str]) -> tuple[Label, ...]:
    return tuple(
        Label(
            x=point.x,
            y=point.y,
            text="",
            remark=remarks[point.key],
            role=Role.INK_3,
            strong=False,
        )
        for point in drawn
        if point.key in remarks
    )


def _key(result: TrendResult | Refusal | None, bands: Sequence[Band]) -> tuple[KeyItem, ...]:
    if result is None or isinstance(result, Refusal) or not bands:
        return ()
    level = i18n.percent(100 * result.level, 0)
    text = i18n.message(N_("trend and {level} band"), {"level": level})
    return (KeyItem(sign=Sign.TREND_BAND, text=text, role=bands[0].role),)
