"""What followed an event, against where the series was heading, as a chart."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.errors import N_
from indicators.model.codes import Pillar
from indicators.model.results import (
    FittedPoint,
    ImpactResult,
    Intervention,
    Refusal,
    SeriesBreak,
)
from indicators.model.series import Series
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
    Event,
    KeyItem,
    Label,
    Line,
    Point,
    Points,
    RangeBar,
    Role,
    Sign,
    Stem,
)


def chart(
    result: ImpactResult | Refusal,
    series: Series,
    *,
    event: Intervention,
    name: str,
    unit: str,
    pillar: Pillar,
    rivals: Sequence[Intervention] = (),
    breaks: Sequence[SeriesBreak] = (),
    source: str = "",
    fictitious: bool = False,
    place: str = "",
    detail: str = "",
    raw: Mapping[str, str] | None = None,
) -> Chart:
    """The chart of an impact: observed, expected without the event, and stems between them.

    Args:
        result: the fitted design, or a refusal (points and the event only).
        series: the values.
        event: the event asked about.
        name: the series in the reader's language.
        unit: its unit word, or ``%``.
        pillar: decides colour and shape.
        rivals: other events of the same years, drawn as lettered circles.
        breaks: changes of counting to draw.
        source: publisher, file and version, without the word "Source".
        fictitious: True for invented data.
        place: name of the area.
        detail: what the values are cut to; may be empty.
        raw: text of the source for ranges, by written period.
    """
    role = frame.ROLES[pillar]
    dense = marks.is_dense(series.periods)
    fitted, expected = _curves(result)
    breaks_drawn = frame.break_marks(breaks, series.periods)
    drawn = marks.points(series, unit=unit)
    bars = marks.ranges(series, role=role, unit=unit, raw=raw)
    stubs = marks.hidden(series, role)
    bands = marks.fitted_bands(expected, breaks_drawn, Role.CONTEXT)
    x, y = axes.time_axis(series.periods), _y_axis(drawn, bars, bands, expected, unit)
    title = headlines.impact_title(result, event, name, unit)
    rival_marks = _rivals(rivals, x)
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
        lines=_lines(fitted, expected, breaks_drawn, event, role),
        stems=() if dense else _stems(drawn, expected, role),
        ranges=bars,
        points=(
            Points(
                points=drawn,
                role=role,
                shape=frame.SHAPES[pillar],
                small=dense,
            ),
        ),
        events=(frame.event_mark(event), *rival_marks),
        breaks=breaks_drawn,
        gaps=marks.gaps(series),
        hidden=stubs,
        labels=_labels(drawn, expected, role, unit),
        key=(
            *_key(result, expected, role),
            *marks.doubt_key(drawn, bars, breaks_drawn, role, stubs),
            *_rival_key(rival_marks),
        ),
        result=headlines.result_line(result, unit),
        source=frame.source_line(source, y, fictitious=fictitious),
        table=tables.impact_table(title, series, unit=unit, name=name, expected=expected),
        fictitious=fictitious,
        watermark=_(frame.FICTITIOUS) if fictitious else "",
    )
    return replace(made, description=description(made))


def _curves(
    result: ImpactResult | Refusal,
) -> tuple[tuple[FittedPoint, ...], tuple[FittedPoint, ...]]:
    """The fitted line, and the expected line from the first period after the event."""
    if isinstance(result, Refusal):
        return (), ()
    start = result.start
    after = tuple(p for p in result.counterfactual if start is None or p.period >= start)
    return result.fitted, after


def _lines(
    fitted: Sequence[FittedPoint],
    expected: Sequence[FittedPoint],
    breaks: Sequence[Break],
    event: Intervention,
    role: Role,
) -> tuple[Line, ...]:
    if not expected:
        return marks.fitted_lines(fitted, breaks, role)
    start = expected[0].period
    before = [point for point in fitted if point.period < start]
    after = [point for point in fitted if point.period >= start]
    # the dashed line leaves the fitted one where the event comes
    path = [*before[-1:], *expected]
    dashed = Line(
        xs=tuple(point.period.decimal_year for point in path),
        ys=tuple(point.value for point in path),
        role=Role.CONTEXT,
        dash=Dash.DASHED,
    )
    solid = (marks.fitted_lines(before, breaks, role), marks.fitted_lines(after, breaks, role))
    return (dashed, *solid[0], *solid[1])


def _stems(
    drawn: Sequence[Point], expected: Sequence[FittedPoint], role: Role
) -> tuple[Stem, ...]:
    values = {point.x: point.y for point in drawn}
    return tuple(
        Stem(x=x, start=point.value, end=values[x], role=role)
        for point in expected
        if (x := point.period.decimal_year) in values
    )


def _labels(
    drawn: Sequence[Point], expected: Sequence[FittedPoint], role: Role, unit: str
) -> tuple[Label, ...]:
    if not expected:
        return marks.last_label(drawn, role, unit)
    last = expected[-1]
    dashed = Label(
        x=last.period.decimal_year,
        y=last.value,
        text=_("expected without it"),
        role=Role.INK_2,
        strong=False,
    )
    return (*marks.last_label(drawn, role, unit, text=_("observed")), dashed)


def _rivals(rivals: Sequence[Intervention], axis: Axis) -> tuple[Event, ...]:
    inside = [event for event in rivals if axis.low <= event.start.decimal_year <= axis.high]
    inside.sort(key=lambda event: (event.start.decimal_year, event.id))
    return tuple(
        frame.event_mark(event, letter=letter)
        for event, letter in zip(inside, string.ascii_uppercase, strict=False)
    )


def _rival_key(rivals: Sequence[Event]) -> tuple[KeyItem, ...]:
    return tuple(
        KeyItem(
            sign=Sign.RIVAL,
            text=i18n.message(
                N_("{event} ({date})"), {"event": rival.tip[0], "date": rival.tip[1]}
            ),
            role=Role.EVENT,
            letter=rival.letter,
        )
        for rival in rivals
    )


def _key(
    result: ImpactResult | Refusal, expected: Sequence[FittedPoint], role: Role
) -> tuple[KeyItem, ...]:
    if isinstance(result, Refusal) or not expected:
        return ()
    level = i18n.percent(100 * result.level, 0)
    return (
        KeyItem(sign=Sign.LINE, text=_("observed trend"), role=role),
        KeyItem(
            sign=Sign.EXPECTED_BAND,
            text=i18n.message(N_("expected without the event, {level} band"), {"level": level}),
            role=Role.CONTEXT,
        ),
    )


def _y_axis(
    drawn: Sequence[Point],
    bars: Sequence[RangeBar],
    bands: Sequence[Band],
    expected: Sequence[FittedPoint],
    unit: str,
) -> Axis:
    values = [point.y for point in drawn]
    whole = all(value.is_integer() for value in values)
    values += [bar.high for bar in bars] + [point.value for point in expected]
    highest = max(values, default=1.0)
    values += [min(high, 1.6 * highest) for band in bands for high in band.highs]
    return axes.value_axis(
        min(values, default=0.0), max(values, default=1.0), unit=unit, whole=whole
    )
