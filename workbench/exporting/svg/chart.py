"""A chart as one self-contained SVG file, always in the light theme.

Nothing is referred to from outside and nothing is clipped by the viewer: QSvgRenderer ignores
``clipPath``, ``paint-order`` and font lists, so geometry is cut here, halos are a second text under
the first, and ``workbench.exporting.rendering`` names the one bundled family. The same chart
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workbench.exporting.svg import bars
from workbench.exporting.svg.marks import Pen, clipped_polygon, clipped_runs
from workbench.exporting.svg.parts import (
    FONT_LIST,
    MARKS,
    TEXTS,
    TOKENS,
    decimal,
    halo_text,
    text_element,
    xml_text,
)
from workbench.exporting.svg.signs import (
    BAND_OPACITY,
    double_line,
    faint,
    hatched,
    lettered,
    sign,
    stroke,
)
from workbench.i18n import _, language
from workbench.presenting.frame import FICTITIOUS
from workbench.presenting.layout import Layout, Plot, SideLabel, arrange
from workbench.presenting.metrics import text_width
from workbench.presenting.placing import LineLabel, Placed
from workbench.presenting.spec import (
    Chart,
    Dash,
    HiddenStub,
    Label,
    Line,
    Point,
    Points,
    RangeBar,
    Role,
)

WIDTH, HEIGHT = 605, 378
"""160 x 100 mm at 96 units an inch."""
BAR_WIDTH = 9.0
STUB_HEIGHT = 16.0
CROWDED = 4.0
"""Points closer than this are drawn small and under the lines."""
_DASHES = {Dash.DASHED: "6 4", Dash.DOTTED: "2 3", Dash.SOLID: ""}


def write(chart: Chart, *, width: float = WIDTH, height: float = HEIGHT) -> str:
    """The chart as SVG text.

    Args:
        chart: what to draw.
        width: 605 units are 160 mm.
        height: 378 units are 100 mm; half width (302 x 265) and strips (605 x 227) are laid out
            too. A chart of bars is as high as its rows need.
    """
    if chart.bars or not chart.y.ticks:
        return bars.write(chart, width=width)
    layout = arrange(chart, width, height)
    size = f'width="{decimal(width)}" height="{decimal(height)}"'
    box = f'viewBox="0 0 {decimal(width)} {decimal(height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" '
        f'xml:lang="{xml_text(language())}" font-family="{FONT_LIST}">\n'
        f"<title>{xml_text(chart.title)}</title>\n"
        f"<desc>{xml_text(chart.description)}</desc>\n"
        f'<rect width="{decimal(width)}" height="{decimal(height)}" fill="{TOKENS["surface"]}"/>\n'
    )
    return head + "\n".join(_elements(chart, layout)) + "\n</svg>\n"


def _elements(chart: Chart, layout: Layout) -> Iterator[str]:
    pen = Pen(plot=layout.plot, rim=TOKENS["surface"])
    yield from _words(layout)
    yield from _grid(layout)
    yield from _watermark(chart, layout)
    yield from _bands(chart, pen)
    yield from _events(chart, layout)
    crowded = any(_mark_size(group, pen) < CROWDED for group in chart.points)
    points, lines = list(_points(chart, pen)), [*_lines(chart, pen), *_doubts(chart, layout, pen)]
    yield from points if crowded else lines
    yield from _breaks(chart, layout)
    yield from lines if crowded else points
    yield from _labels(chart, layout)
    yield from _key(layout)


def _words(layout: Layout) -> Iterator[str]:
    small = (layout.subtitle, layout.result)
    yield from (text_element(line, TOKENS["ink"]) for line in layout.title)
    yield from (text_element(line, TOKENS["ink-2"]) for lines in small for line in lines)
    yield from (text_element(line, TOKENS["ink-3"]) for line in layout.source)
    if layout.source:
        left, right = layout.sizes.margin, layout.width - layout.sizes.margin
        yield stroke(f"M{decimal(left)} {decimal(layout.rule)}H{decimal(right)}", "line", 1)


def _grid(layout: Layout) -> Iterator[str]:
    yield from _value_ticks(layout)
    if layout.unit is not None:
        yield text_element(layout.unit, TOKENS["ink-3"])
    for place in layout.ticks:
        yield stroke(f"M{decimal(place.x)} {decimal(layout.plot.bottom)}v5", "axis", 1)
        yield text_element(place, TOKENS["ink-3"])


def _value_ticks(layout: Layout) -> Iterator[str]:
    plot, sizes = layout.plot, layout.sizes
    across = f"H{decimal(plot.right)}"
    for tick in plot.y_axis.ticks[:: layout.grid]:
        y = plot.y(tick.position)
        base = tick.position == 0 or (plot.y_axis.low > 0 and tick.position == plot.y_axis.low)
        yield stroke(f"M{decimal(plot.left)} {decimal(y)}{across}", "axis" if base else "grid", 1)
        place = Placed(
            x=plot.left - 8,
            y=y + 0.36 * sizes.axis,
            text=tick.label,
            size=sizes.axis,
            anchor="end",
        )
        yield text_element(place, TOKENS["ink-3"])
    if not plot.y_axis.from_zero:
        foot = f"M{decimal(plot.left - 4)} {decimal(plot.bottom)}"
        yield stroke(f"{foot}l4 -2l-4 -2l4 -2l-4 -2", "axis", 1)


def _watermark(chart: Chart, layout: Layout) -> Iterator[str]:
    text = chart.watermark or (_(FICTITIOUS) if chart.fictitious else "")
    if not text:
        return
    plot = layout.plot
    x, y = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
    fits = 0.86 * (plot.right - plot.left) / (text_width(text, 1, 600) + 0.07 * len(text))
    size = min(44.0, fits, (plot.bottom - plot.top) / 2)
    turn = f' letter-spacing="{decimal(size * 0.07)}" transform="rotate(-16 {decimal(x)} {decimal(y)})"'
    place = Placed(x=x, y=y + 0.36 * size, text=text, size=size, weight=600, anchor="middle")
    yield text_element(place, TOKENS["ink"], f' opacity="0.05"{turn}')


def _bands(chart: Chart, pen: Pen) -> Iterator[str]:
    for band in chart.bands:
        top = list(zip(band.xs, band.highs, strict=True))
        bottom = list(zip(band.xs, band.lows, strict=True))
        shape = clipped_polygon([*top, *reversed(bottom)], pen.plot)
        if shape:
            path = "M" + "L".join(pen.place(x, y) for x, y in shape) + "Z"
            yield f'<path d="{path}" fill="{MARKS[band.role]}" fill-opacity="{BAND_OPACITY}"/>'


def _lines(chart: Chart, pen: Pen) -> Iterator[str]:
    for line in chart.lines:
        yield from _line(line, pen)


def _line(line: Line, pen: Pen) -> Iterator[str]:
    dash = f' stroke-dasharray="{_DASHES[line.dash]}"' if _DASHES[line.dash] else ""
    look = ' stroke-opacity="0.5"' if line.thin else ""
    width = 1.4 if line.thin else 2.2
    for run in clipped_runs(list(zip(line.xs, line.ys, strict=True)), pen.plot):
        path = "M" + "L".join(pen.place(x, y) for x, y in run)
        yield (
            f'<path d="{path}" fill="none" stroke="{MARKS[line.role]}" stroke-width="{width}" '
            f'stroke-linejoin="round" stroke-linecap="round"{dash}{look}/>'
        )


def _events(chart: Chart, layout: Layout) -> Iterator[str]:
    plot = layout.plot
    tops = {id(label.source): label.top for label in layout.tops}
    for event in chart.events:
        if not plot.x_axis.low <= event.x <= plot.x_axis.high:
            continue
        x = plot.x(event.x)
        if event.letter:
            continue
        if id(event) in tops:
            path = f"M{decimal(x)} {decimal(tops[id(event)])}V{decimal(plot.bottom)}"
            yield stroke(path, "event", 1, ' stroke-dasharray="3 3"')
        else:
            yield stroke(f"M{decimal(x)} {decimal(plot.top)}v6", "event", 1.5)
    for rival in layout.rivals:
        foot = f"M{decimal(rival.x)} {decimal(plot.bottom)}V{decimal(rival.y + 8)}"
        yield stroke(foot, "event", 1)
    for rival in layout.rivals:
        yield from lettered(rival.letter, rival.x, rival.y, 8)
    for top in layout.tops:
        yield from _top_words(top)


def _top_words(top: LineLabel) -> Iterator[str]:
    for line in top.lines:
        token = "ink" if line.weight == 600 else "ink-2"
        yield from halo_text(line, TOKENS[token])


def _doubts(chart: Chart, layout: Layout, pen: Pen) -> Iterator[str]:
    plot = layout.plot
    for stem in chart.stems:
        for run in clipped_runs([(stem.x, stem.start), (stem.x, stem.end)], plot):
            path = "M" + "L".join(pen.place(x, y) for x, y in run)
            yield faint(path, stem.role, 1, 0.45)
    for bar in chart.ranges:
        yield from _range(bar, chart, layout)
    for stub in chart.hidden:
        yield from _stub(stub, plot)
    yield from _gaps(chart, layout)


def _range(bar: RangeBar, chart: Chart, layout: Layout) -> Iterator[str]:
    plot = layout.plot
    low = max(bar.low, plot.y_axis.low)
    high = min(bar.high, plot.y_axis.high)
    if high < low:
        return
    top, bottom = plot.y(high), plot.y(low)
    height = max(3.0, bottom - top)
    yield from hatched(plot.x(bar.x) - BAR_WIDTH / 2, top, BAR_WIDTH, height, bar.role)
    if layout.sizes.remarks:
        place = Placed(
            x=plot.x(bar.x), y=top - 5, text=bar.label, size=layout.sizes.small, anchor="middle"
        )
        yield from halo_text(_clear(place, chart, plot), TOKENS["ink-2"])


def _clear(label: Placed, chart: Chart, plot: Plot) -> Placed:
    """A label lifted over the marks that it would cover."""
    left, right = label.span
    edges = sorted(
        (
            plot.y(point.y if point.high is None else point.high)
            for group in chart.points
            for point in group.points
            if left - 6 < plot.x(point.x) < right + 6
        ),
        reverse=True,
    )
    y = label.y
    for edge in edges:
        if y - label.size - 4 < edge < y + 6:
            y = edge - 7
    return replace(label, y=max(y, plot.top + label.size))


def _stub(stub: HiddenStub, plot: Plot) -> Iterator[str]:
    left = plot.x(stub.x) - BAR_WIDTH / 2
    yield from hatched(left, plot.bottom - STUB_HEIGHT, BAR_WIDTH, STUB_HEIGHT, stub.role)


def _gaps(chart: Chart, layout: Layout) -> Iterator[str]:
    plot, size = layout.plot, layout.sizes.small
    edge = plot.left
    for gap in chart.gaps if layout.sizes.remarks else ():
        place = Placed(
            x=plot.x(gap.x), y=plot.bottom - 8, text=gap.label, size=size, anchor="middle"
        )
        if place.span[0] > edge:
            yield from halo_text(_clear(place, chart, plot), TOKENS["ink-3"])
            edge = place.span[1] + 6


def _breaks(chart: Chart, layout: Layout) -> Iterator[str]:
    plot = layout.plot
    tops = {id(label.source): label.top for label in layout.tops}
    for item in chart.breaks:
        if plot.x_axis.low <= item.x <= plot.x_axis.high:
            yield from double_line(plot.x(item.x), tops.get(id(item), plot.top), plot.bottom)


def _points(chart: Chart, pen: Pen) -> Iterator[str]:
    for group in chart.points:
        inside = [point for point in group.points if pen.holds(point.x, point.y)]
        size = _mark_size(group, pen)
        for point in inside:
            yield from _whisker(point, group.role, pen)
        for point in inside:
            yield pen.mark(point, shape=group.shape, colour=MARKS[group.role], size=size)


def _mark_size(group: Points, pen: Pen) -> float:
    """7 units; smaller where neighbours would touch."""
    room = (pen.plot.right - pen.plot.left) / max(1, len(group.points))
    if room < CROWDED:
        return 3.6
    return 5.5 if group.small or room < 10 else 7.0


def _whisker(point: Point, role: Role, pen: Pen) -> Iterator[str]:
    if point.low is None or point.high is None or point.low == point.high:
        return
    for run in clipped_runs([(point.x, point.low), (point.x, point.high)], pen.plot):
        path = "M" + "L".join(pen.place(x, y) for x, y in run)
        yield faint(path, role, 1.5, 0.55)


def _labels(chart: Chart, layout: Layout) -> Iterator[str]:
    for side in layout.side:
        yield from _side(side)
    if layout.sizes.remarks:
        for label in chart.labels:
            if not label.text and label.remark:
                yield from _remark(label, layout)


def _side(side: SideLabel) -> Iterator[str]:
    for line in side.lines:
        named = line.weight == 600 or not side.label.strong
        colour = TEXTS[side.label.role] if named else TOKENS["ink-3"]
        yield from halo_text(line, colour)


def _remark(label: Label, layout: Layout) -> Iterator[str]:
    plot, size = layout.plot, layout.sizes.small
    y = min(plot.y(label.y) + 8 + size, plot.bottom - 6)
    place = Placed(x=plot.x(label.x), y=y, text=label.remark, size=size, anchor="middle")
    yield from halo_text(place, TOKENS["ink-3"])


def _key(layout: Layout) -> Iterator[str]:
    for place in layout.key:
        yield from sign(place)
        yield text_element(place.text, TOKENS["ink-3"])
