"""Where everything of a chart stands, in plain numbers: no Qt, no browser, only font widths.

Lengths are in the unit of the picture (1/96 inch for files). The y axis of the picture points down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.presenting.metrics import shortened, text_width, wrap
from workbench.presenting.placing import (
    LineLabel,
    Placed,
    Rows,
    line_places,
    side_lines,
    spread,
    top_marks,
)
from workbench.presenting.spec import Axis, Chart, KeyItem, Label, Sign

SIDE_GAP = 10.0
"""From the last point to its label."""
SIGN_WIDTHS = {Sign.TREND_BAND: 22.0, Sign.EXPECTED_BAND: 22.0, Sign.LINE: 22.0}
"""Width of a sign of the key line; 12 for the others."""
GOOD_PLOT, LEAST_PLOT = 0.34, 0.27
"""Part of the height for the marks: above the first event names are stacked, below the second
other words give way."""
RIVAL_STEP = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Font sizes and margins of a picture.

    Attributes:
        title, subtitle, result, axis, small, value: font sizes.
        margin: around everything.
        title_lines: most lines of the title.
        result_lines: most lines of the result; 0 leaves it out.
        remarks: False drops words below points and values, for half-width pictures.
        rows: most rows of event names; the other events become ticks.
        key_rows: most rows of the key line.
    """

    title: float = 17
    subtitle: float = 13
    result: float = 12
    axis: float = 12
    small: float = 11
    value: float = 14
    margin: float = 16
    title_lines: int = 2
    result_lines: int = 2
    remarks: bool = True
    rows: int = 3
    key_rows: int = 6


SMALL = Sizes(
    title=13,
    subtitle=11,
    result=10,
    axis=10,
    small=9.5,
    value=12,
    margin=12,
    title_lines=3,
    result_lines=0,
    remarks=False,
)
"""Half width: 80 x 70 mm."""


def sizes_of(width: float, height: float) -> Sizes:
    """Sizes for paper: whole width, strip or half width."""
    if width < 400:
        return SMALL
    return Sizes() if height >= 300 else Sizes(result_lines=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The rectangle of the marks and its two scales."""

    left: float
    top: float
    right: float
    bottom: float
    x_axis: Axis
    y_axis: Axis

    def x(self, value: float) -> float:
        """Place of a decimal year."""
        axis = self.x_axis
        share = (value - axis.low) / (axis.high - axis.low)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Place of a value."""
        axis = self.y_axis
        share = (value - axis.low) / (axis.high - axis.low)
        return self.bottom - share * (self.bottom - self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """An entry of the key line: its sign stands at ``x``, the middle of its row at ``y``."""

    item: KeyItem
    x: float
    y: float
    text: Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLabel:
    """A label right of the last point, its lines from top to bottom."""

    label: Label
    lines: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A lettered circle above the axis."""

    letter: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole picture.

    Attributes:
        width, height: of the picture.
        sizes: fonts and margins.
        plot: rectangle and scales of the marks.
        title, subtitle, result, source: lines of text.
        unit: unit word above the y axis, or None.
        key: the key line, in one or more rows.
        rule: y of the line above the source.
        tops: words of events and breaks.
        side: labels right of the plot.
        ticks: labels of the x axis that fit.
        grid: every how many-th label of the y axis is drawn.
        rivals: lettered circles whose event the key names; none over another.
    """

    width: float
    height: float
    sizes: Sizes
    plot: Plot
    title: tuple[Placed, ...]
    subtitle: tuple[Placed, ...]
    result: tuple[Placed, ...]
    source: tuple[Placed, ...]
    unit: Placed | None
    key: tuple[KeyPlace, ...]
    rule: float
    tops: tuple[LineLabel, ...]
    side: tuple[SideLabel, ...]
    ticks: tuple[Placed, ...]
    grid: int
    rivals: tuple[Rival, ...]


def arrange(chart: Chart, width: float, height: float, sizes: Sizes | None = None) -> Layout:
    """The layout of a chart in a picture of that size.

    Where words leave too little room for the marks they give way: first event names in the upper
    rows, then the last rows of the key with the rivals, then the result line, then the key.
    """
    full = sizes or sizes_of(width, height)
    fewer = replace(full, rows=1)
    short = replace(fewer, result_lines=0)
    steps = (
        (full, GOOD_PLOT),
        (replace(full, rows=2), GOOD_PLOT),
        (fewer, LEAST_PLOT),
        (replace(fewer, key_rows=3), LEAST_PLOT),
        (replace(fewer, key_rows=2), LEAST_PLOT),
        (replace(short, key_rows=2), LEAST_PLOT),
        (replace(short, key_rows=1), LEAST_PLOT),
        (replace(short, key_rows=0), LEAST_PLOT),
    )
    for step, needed in steps:
        layout = _arranged(chart, width, height, step)
        if layout.plot.bottom - layout.plot.top >= needed * height:
            break
    return layout


def _arranged(chart: Chart, width: float, height: float, s: Sizes) -> Layout:
    title, subtitle, result, y = _head(chart, width, s)
    source, rule = _foot(chart.source, width, height, s)
    key, key_top = _key_rows(chart.key, width, s, bottom=rule - 8)
    left = s.margin + _widest_tick(chart.y, s) + 8
    right = width - s.margin - _side_room(chart, s)
    unit = Placed(x=left + 2, y=0, text=chart.y.unit, size=s.axis)
    draft = Plot(left=left, right=right, top=0, bottom=1, x_axis=chart.x, y_axis=chart.y)
    places = [draft.x(x) for x in line_places(chart)]
    rows = Rows(
        top_marks(chart, places, s.small),
        left=left,
        right=width - s.margin,
        unit_end=unit.span[1] if unit.text else left - 6,
        size=s.small,
        most=s.rows,
    )
    plot = Plot(
        left=left,
        right=right,
        top=y + max(rows.height + 8, s.axis + 10 if unit.text else 12),
        bottom=key_top - s.axis - 16,
        x_axis=chart.x,
        y_axis=chart.y,
    )
    return Layout(
        width=width,
        height=height,
        sizes=s,
        plot=plot,
        title=title,
        subtitle=subtitle,
        result=result,
        source=source,
        unit=_at(unit, plot.top - 7) if unit.text else None,
        key=key,
        rule=rule,
        tops=rows.placed(plot.top - 7),
        side=_side_labels(chart, plot, s),
        ticks=_ticks(plot, s),
        grid=_grid_step(plot, s),
        rivals=_rivals(chart, plot, key),
    )


def _at(placed: Placed, y: float) -> Placed:
    return Placed(x=placed.x, y=y, text=placed.text, size=placed.size, weight=placed.weight)


def _head(
    chart: Chart, width: float, s: Sizes
) -> tuple[tuple[Placed, ...], tuple[Placed, ...], tuple[Placed, ...], float]:
    inner = width - 2 * s.margin
    size = s.title
    if len(wrap(chart.title, inner, size, 600)) > s.title_lines:
        size = s.title - 2
    title, y = _lines(chart.title, s.margin - 3, s.margin, inner, size, 600, s.title_lines + 1)
    subtitle, y = _lines(chart.subtitle, y + 1, s.margin, inner, s.subtitle, 400, 2)
    result: tuple[Placed, ...] = ()
    if s.result_lines:
        result, y = _lines(chart.result, y, s.margin, inner, s.result, 400, s.result_lines + 1)
    return title, subtitle, result, y + 6


def _lines(
    text: str, top: float, x: float, inner: float, size: float, weight: int, most: int
) -> tuple[tuple[Placed, ...], float]:
    """Lines of a paragraph from ``top`` down, and where the next may begin."""
    if not text:
        return (), top
    step = round(size * 1.35)
    rows = wrap(text, inner, size, weight, lines=most)
    placed = tuple(
        Placed(x=x, y=top + step * (index + 1) - 0.3 * size, text=row, size=size, weight=weight)
        for index, row in enumerate(rows)
    )
    return placed, top + step * len(rows)


def _foot(source: str, width: float, height: float, s: Sizes) -> tuple[tuple[Placed, ...], float]:
    rows = wrap(source, width - 2 * s.margin, s.small, lines=4) if source else ()
    step = s.small + 4
    first = height - 10 - step * (len(rows) - 1)
    placed = tuple(
        Placed(x=s.margin, y=first + step * index, text=row, size=s.small)
        for index, row in enumerate(rows)
    )
    return placed, (first - s.small - 6) if rows else height - 8


def _key_rows(
    items: tuple[KeyItem, ...], width: float, s: Sizes, *, bottom: float
) -> tuple[tuple[KeyPlace, ...], float]:
    """The key line, wrapped between entries; the last row ends at ``bottom``."""
    step = s.small + 6
    rows: list[list[tuple[KeyItem, float, str]]] = [[]]
    x = s.margin
    for item in items:
        sign = SIGN_WIDTHS.get(item.sign, 12.0) + 6
        text = shortened(item.text, width - 2 * s.margin - sign, s.small)
        needed = sign + text_width(text, s.small)
        if rows[-1] and x + needed > width - s.margin:
            rows.append([])
            x = s.margin
        rows[-1].append((item, x, text))
        x += needed + 16
    rows = rows[: s.key_rows] if items else []
    places = []
    for index, row in enumerate(rows):
        middle = bottom - step * (len(rows) - index) + step / 2
        for item, start, text in row:
            words = Placed(
                x=start + SIGN_WIDTHS.get(item.sign, 12.0) + 6,
                y=middle + 0.36 * s.small,
                text=text,
                size=s.small,
            )
            places.append(KeyPlace(item=item, x=start, y=middle, text=words))
    return tuple(places), bottom - step * len(rows)


def _widest_tick(axis: Axis, s: Sizes) -> float:
    return max((text_width(tick.label, s.axis) for tick in axis.ticks), default=0.0)


def _is_side(label: Label) -> bool:
    return bool(label.text)


def _side_room(chart: Chart, s: Sizes) -> float:
    widths = [
        text_width(text, size, weight)
        for label in chart.labels
        if _is_side(label)
        for text, size, weight in side_lines(label, value=s.value, small=s.small)
    ]
    return max(widths) + 12 if widths else 10.0


def _side_labels(chart: Chart, plot: Plot, s: Sizes) -> tuple[SideLabel, ...]:
    labels = sorted((label for label in chart.labels if _is_side(label)), key=lambda i: -i.y)
    blocks = [side_lines(label, value=s.value, small=s.small) for label in labels]
    heights = [4 + sum(size + 3 for _text, size, _weight in block) for block in blocks]
    wanted = [
        plot.y(label.y) - block[0][1] * 0.65 for label, block in zip(labels, blocks, strict=True)
    ]
    tops = spread(wanted, heights, plot.top - 8, plot.bottom)
    return tuple(
        SideLabel(label=label, lines=_stacked(plot.x(label.x) + SIDE_GAP, top, block))
        for label, block, top in zip(labels, blocks, tops, strict=True)
    )


def _stacked(
    x: float, top: float, block: tuple[tuple[str, float, int], ...]
) -> tuple[Placed, ...]:
    placed = []
    for text, size, weight in block:
        placed.append(Placed(x=x, y=top + size, text=text, size=size, weight=weight))
        top += size + 3
    return tuple(placed)


def _rivals(chart: Chart, plot: Plot, key: tuple[KeyPlace, ...]) -> tuple[Rival, ...]:
    named = {place.item.letter for place in key}
    placed: list[Rival] = []
    for event in chart.events:
        if event.letter not in named or not event.letter:
            continue
        x, y = plot.x(event.x), plot.bottom - 17
        while any(abs(x - r.x) < RIVAL_STEP and abs(y - r.y) < RIVAL_STEP for r in placed):
            y -= RIVAL_STEP
        placed.append(Rival(letter=event.letter, x=x, y=y))
    return tuple(placed)


def _grid_step(plot: Plot, s: Sizes) -> int:
    labels = len(plot.y_axis.ticks)
    room = (plot.bottom - plot.top) / max(1, labels - 1)
    return next((n for n in range(1, labels) if room * n >= 1.35 * s.axis), max(1, labels - 1))


def _ticks(plot: Plot, s: Sizes) -> tuple[Placed, ...]:
    """Labels of the x axis: first and last always, others where they fit."""
    all_ = [
        Placed(
            x=plot.x(tick.position),
            y=plot.bottom + s.axis + 7,
            text=tick.label,
            size=s.axis,
            anchor="middle",
        )
        for tick in plot.x_axis.ticks
    ]
    if len(all_) < 3:
        return tuple(all_)
    kept, last = [all_[0]], all_[-1]
    for tick in all_[1:-1]:
        after_previous = tick.span[0] > kept[-1].span[1] + 8
        if after_previous and tick.span[1] + 8 < last.span[0]:
            kept.append(tick)
    return (*kept, last)
