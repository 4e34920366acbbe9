"""Charts of horizontal bars as SVG: case flow and ranges of totals; as high as their rows need."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbench.exporting.svg.parts import (
    FONT_LIST,
    MARKS,
    TEXTS,
    TOKENS,
    decimal,
    text_element,
    xml_text,
)
from workbench.exporting.svg.signs import hatched, sign, stroke
from workbench.i18n import language
from workbench.presenting.layout import KeyPlace
from workbench.presenting.metrics import shortened, text_width, wrap
from workbench.presenting.placing import Placed
from workbench.presenting.spec import Bar, Chart

MARGIN = 16.0
BAR, GAP, HEAD, RULE = 24.0, 12.0, 24.0, 14.0
"""Heights: a bar, the space to the next, the heading of a group, the space between groups."""
LABELS = 0.34
"""Most of the width for names of bars."""
TRACK = 56.0
TITLE, TEXT, SMALL = 17.0, 12.0, 11.0
STEP = 1.35


def write(chart: Chart, *, width: float) -> str:
    """The bars of a chart as SVG text; the height follows from the rows."""
    parts, height = _Picture(chart, width).made()
    size = f'width="{decimal(width)}" height="{decimal(height)}"'
    box = f'viewBox="0 0 {decimal(width)} {decimal(height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" '
        f'xml:lang="{xml_text(language())}" font-family="{FONT_LIST}">\n'
        f"<title>{xml_text(chart.title)}</title>\n"
        f"<desc>{xml_text(chart.description)}</desc>\n"
        f'<rect width="{decimal(width)}" height="{decimal(height)}" fill="{TOKENS["surface"]}"/>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


class _Picture:
    """Positions of one picture, from top to bottom."""

    def __init__(self, chart: Chart, width: float) -> None:
        self.chart, self.width = chart, width
        names = [text_width(bar.label, TEXT, 500) for bar in chart.bars]
        self.left = MARGIN + min(max(names, default=0.0), LABELS * width) + 10
        self.first, self.last = self._columns()
        texts = [text_width(bar.text, TEXT, 600) for bar in chart.bars]
        self.right = self.first - 14 - max(texts, default=0.0)

    def _columns(self) -> tuple[float, float]:
        """Where the two columns right of the bars stand: the left end, and the right end."""
        bars, last = self.chart.bars, self.width - MARGIN
        if not any(bar.strip or bar.last or bar.remark for bar in bars):
            return last, last
        ends = [bar.last for bar in bars]
        wide = max((text_width(t, TEXT) for t in (*ends, self.chart.bar_heads[1])), default=0.0)
        shares = [text_width(bar.strip.text, TEXT, 600) for bar in bars if bar.strip]
        track = max(shares, default=0.0) + 8 + TRACK
        track = max(track, text_width(self.chart.bar_heads[0], SMALL))
        return last - wide - 12 - track, last

    def made(self) -> tuple[list[str], float]:
        """Elements and height."""
        parts: list[str] = []
        y = MARGIN
        for text, size, weight, token in (
            (self.chart.title, TITLE, 600, "ink"),
            (self.chart.subtitle, 13.0, 400, "ink-2"),
            (self.chart.result, TEXT, 400, "ink-2"),
        ):
            y = self._paragraph(parts, text, y, size, weight, token)
        y += 8
        group = None
        for bar in self.chart.bars:
            if bar.group != group:
                y = self._heading(parts, bar, y, is_first=group is None)
                group = bar.group
            parts += self._row(bar, y)
            y += BAR + GAP
        parts += self._drops()
        y = self._key(parts, y)
        y = self._source(parts, y)
        return [*self._watermark(y), *parts], y

    def _paragraph(
        self, parts: list[str], text: str, y: float, size: float, weight: int, token: str
    ) -> float:
        if not text:
            return y
        for row in wrap(text, self.width - 2 * MARGIN, size, weight, lines=4):
            y += round(size * STEP)
            place = Placed(x=MARGIN, y=y - 0.3 * size, text=row, size=size, weight=weight)
            parts.append(text_element(place, TOKENS[token]))
        return y

    def _heading(self, parts: list[str], bar: Bar, y: float, *, is_first: bool) -> float:
        if not is_first:
            parts.append(
                stroke(f"M{decimal(MARGIN)} {decimal(y)}H{decimal(self.last)}", "line", 1)
            )
            y += RULE
        if is_first and any(self.chart.bar_heads):
            for x, anchor, text in (
                (self.first, "start", self.chart.bar_heads[0]),
                (self.last, "end", self.chart.bar_heads[1]),
            ):
                place = Placed(x=x, y=y + 13, text=text, size=SMALL, anchor=anchor)
                parts.append(text_element(place, TOKENS["ink-3"]))
        if not bar.group:
            return y + (HEAD if any(self.chart.bar_heads) else 0.0)
        name = Placed(x=MARGIN, y=y + 13, text=bar.group, size=13.0, weight=600)
        parts.append(text_element(name, TEXTS[bar.role]))
        x = MARGIN + text_width(bar.group, 13.0, 600) + 8
        note = Placed(x=x, y=y + 13, text=bar.group_note, size=SMALL)
        parts.append(text_element(note, TOKENS["ink-3"]))
        return y + HEAD

    def _x(self, value: float) -> float:
        high = self.chart.x.high or 1.0
        return self.left + min(value, high) / high * (self.right - self.left)

    def _row(self, bar: Bar, y: float) -> Iterator[str]:
        middle = y + BAR / 2 + 0.36 * TEXT
        yield from self._name(bar, y + BAR / 2)
        yield from self._shape(bar, y)
        end = max(self._x(v) for v in (bar.value, bar.high, 0.0) if v is not None)
        text = Placed(x=end + 7, y=middle, text=bar.text, size=TEXT, weight=600)
        yield text_element(text, TOKENS["ink"])
        yield from self._share(bar, y, middle)

    def _name(self, bar: Bar, middle: float) -> Iterator[str]:
        """The name left of a bar, in two smaller lines where it is long."""
        room = self.left - MARGIN - 10
        rows, size = [bar.label], TEXT
        if text_width(bar.label, TEXT, 500) > room:
            rows, size = list(wrap(bar.label, room, SMALL, 500, lines=2)), SMALL
        top = middle - 0.5 * (len(rows) - 1) * (size + 2)
        for index, row in enumerate(rows):
            y = top + index * (size + 2) + 0.36 * size
            place = Placed(x=self.left - 10, y=y, text=row, size=size, weight=500, anchor="end")
            yield text_element(place, TOKENS["ink"])

    def _shape(self, bar: Bar, y: float) -> Iterator[str]:
        if bar.value is None:
            if bar.low is not None and bar.high is not None:
                start, end = self._x(bar.low), self._x(bar.high)
                yield from hatched(start, y, max(end - start, 3.0), BAR, bar.role)
            return
        length = max(self._x(bar.value) - self.left, 1.0)
        if bar.hatched:
            yield from hatched(self.left, y, length, BAR, bar.role)
            return
        box = (
            f'x="{decimal(self.left)}" y="{decimal(y)}" width="{decimal(length)}" height="{BAR:g}"'
        )
        yield f'<rect {box} rx="2" fill="{MARKS[bar.role]}" fill-opacity="0.87"/>'

    def _share(self, bar: Bar, y: float, middle: float) -> Iterator[str]:
        if bar.strip is not None:
            text = Placed(x=self.first, y=middle, text=bar.strip.text, size=TEXT, weight=600)
            yield text_element(text, TOKENS["ink"])
            if bar.strip.low is not None and bar.strip.high is not None:
                yield from self._track(bar, bar.strip.low, bar.strip.high, y + BAR / 2)
        if bar.remark:
            below = bar.strip is not None
            at = middle + SMALL + 3 if below else middle
            room = self.last - self.first
            words = shortened(bar.remark, room, SMALL)
            place = Placed(x=self.first, y=at, text=words, size=SMALL)
            yield text_element(place, TOKENS["ink-2"])
        if bar.last:
            place = Placed(x=self.last, y=middle, text=bar.last, size=TEXT, anchor="end")
            yield text_element(place, TOKENS["ink-2"])

    def _track(self, bar: Bar, low: float, high: float, y: float) -> Iterator[str]:
        shares = [text_width(b.strip.text, TEXT, 600) for b in self.chart.bars if b.strip]
        start = self.first + max(shares) + 8
        yield stroke(f"M{decimal(start)} {decimal(y)}h{TRACK:g}", "grid", 3)
        a, b = start + low * TRACK, start + min(high, 1.0) * TRACK
        colour = MARKS[bar.role]
        path = f"M{decimal(a)} {decimal(y)}H{decimal(max(b, a + 1.5))}"
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="3.5"/>'

    def _drops(self) -> Iterator[str]:
        """Dotted lines from the end of a bar down to the next one of its group."""
        y = self._top_of_rows()
        for bar, after in pairwise(self.chart.bars):
            same = bar.group == after.group
            drops = same and bool(self.chart.bar_heads[1])
            if drops and bar.value is not None and after.value is not None:
                x = decimal(self._x(bar.value) - 0.5)
                yield stroke(
                    f"M{x} {decimal(y + BAR)}v{decimal(GAP)}",
                    "ink-3",
                    1,
                    ' stroke-dasharray="2 2"',
                )
            y += BAR + GAP + (0.0 if same else RULE + HEAD)

    def _top_of_rows(self) -> float:
        y = MARGIN
        for text, size, weight in (
            (self.chart.title, TITLE, 600),
            (self.chart.subtitle, 13.0, 400),
            (self.chart.result, TEXT, 400),
        ):
            if text:
                rows = wrap(text, self.width - 2 * MARGIN, size, weight, lines=4)
                y += round(size * STEP) * len(rows)
        has_head = any(self.chart.bar_heads) or (self.chart.bars and self.chart.bars[0].group)
        return y + 8 + (HEAD if has_head else 0.0)

    def _key(self, parts: list[str], y: float) -> float:
        x = MARGIN
        for item in self.chart.key:
            text = Placed(x=x + 18, y=y + 4, text=item.text, size=SMALL)
            parts += sign(KeyPlace(item=item, x=x, y=y, text=text))
            parts.append(text_element(text, TOKENS["ink-3"]))
            x += 18 + text_width(item.text, SMALL) + 18
        return y + (16 if self.chart.key else 0)

    def _source(self, parts: list[str], y: float) -> float:
        if not self.chart.source:
            return y
        parts.append(stroke(f"M{decimal(MARGIN)} {decimal(y)}H{decimal(self.last)}", "line", 1))
        y = self._paragraph(parts, self.chart.source, y + 4, SMALL, 400, "ink-3")
        return y + 10

    def _watermark(self, height: float) -> Iterator[str]:
        text = self.chart.watermark
        if not text:
            return
        unit = text_width(text, 1, 600) + 0.07 * len(text)
        # turned by 16 degrees it rises by 0.28 of its length
        size = min(44.0, 0.8 * self.width / unit, 0.9 * height / (0.28 * unit + 1))
        x, y = self.width / 2, height / 2
        turn = (
            f' opacity="0.05" letter-spacing="{decimal(size * 0.07)}"'
            f' transform="rotate(-16 {decimal(x)} {decimal(y)})"'
        )
        place = Placed(x=x, y=y, text=text, size=size, weight=600, anchor="middle")
        yield text_element(place, TOKENS["ink"], turn)
