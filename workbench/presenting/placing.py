"""Labels that keep out of each other's way: events and breaks at the top, values at the side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from workbench.presenting.metrics import text_width, wrap
from workbench.presenting.spec import Break, Chart, Event, Label

EVENT_WIDTH = 190.0
SIDE_WIDTH = 88.0
GAP_TO_LINE = 6.0
MOST_ROWS = 3
MOST_TRIED = 7
"""With more labels the sides are chosen one by one instead of all ways tried."""
_UNPLACED = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A line of text with its place (baseline).

    Attributes:
        anchor: ``start``, ``middle`` or ``end``.
    """

    x: float
    y: float
    text: str
    size: float
    weight: int = 400
    anchor: str = "start"

    @property
    def span(self) -> tuple[float, float]:
        """Left and right edge."""
        width = text_width(self.text, self.size, self.weight)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, left + width


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event or break line that wants words at its top.

    Attributes:
        x: place in the picture.
        lines: words with their weight.
        source: the event or break.
    """

    x: float
    lines: tuple[tuple[str, int], ...]
    source: Event | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLabel:
    """Words at the top of an event or break; its line reaches up to ``top``."""

    source: Event | Break
    x: float
    top: float
    lines: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    mark: Mark
    row: int
    is_right: bool
    span: tuple[float, float]


def line_places(chart: Chart) -> tuple[float, ...]:
    """Decimal years of the events, then of the breaks."""
    return (*(event.x for event in chart.events), *(item.x for item in chart.breaks))


def top_marks(chart: Chart, places: Sequence[float], size: float) -> tuple[Mark, ...]:
    """The events and breaks that have words, with their lines wrapped.

    Args:
        chart: the chart.
        places: x in the picture of its events, then of its breaks.
        size: font size.
    """
    found = []
    items: list[Event | Break] = [*chart.events, *chart.breaks]
    for item, x in zip(items, places, strict=True):
        if not item.label:
            continue
        is_event = isinstance(item, Event)
        weight = 600 if is_event else 400
        lines = [(line, weight) for line in wrap(item.label, EVENT_WIDTH, size, weight, lines=3)]
        if isinstance(item, Event) and item.detail:
            lines.append((item.detail, 400))
        found.append(Mark(x=x, lines=tuple(lines), source=item))
    return tuple(sorted(found, key=lambda mark: mark.x))


class Rows:
    """Words above the plot in at most three rows, none over another.

    Args:
        marks: from left to right.
        left: left edge of the plot.
        right: right edge of the picture.
        unit_end: right edge of the unit word, which stands in the lowest row.
        size: font size.
        most: rows that may be used.
    """

    def __init__(
        self,
        marks: Sequence[Mark],
        *,
        left: float,
        right: float,
        unit_end: float,
        size: float,
        most: int = MOST_ROWS,
    ) -> None:
        self._size, self._most = size, most
        self._left, self._right, self._unit_end = left, right, unit_end
        self._choices: list[_Choice] = []
        both = (True, False)
        ways: list[tuple[tuple[bool, ...], ...]] = [tuple(both for _mark in marks)]
        if len(marks) <= MOST_TRIED:
            single = product(both, repeat=len(marks))
            ways = [tuple((side,) for side in sides) for sides in single]
        tried = [self._placing(marks, way) for way in ways]
        self._choices = min(tried, key=lambda found: found[0])[1]

    def _placing(
        self, marks: Sequence[Mark], sides: Sequence[tuple[bool, ...]]
    ) -> tuple[float, list[_Choice]]:
        """Cost and places when each label may stand on these sides of its line only."""
        self._choices = []
        cost = 0.0
        for mark, allowed in zip(marks, sides, strict=True):
            options = list(self._options(mark, marks, allowed))
            if options:
                cheapest = min(options, key=lambda option: option[0])
                cost += cheapest[0]
                self._choices.append(cheapest[1])
            else:
                cost += _UNPLACED
        return cost, self._choices

    def _options(
        self, mark: Mark, marks: Sequence[Mark], sides: tuple[bool, ...]
    ) -> Iterator[tuple[float, _Choice]]:
        width = max(text_width(text, self._size, weight) for text, weight in mark.lines)
        prefers_right = mark.x < (self._left + self._right) / 2
        for row in range(self._most):
            for is_right in sides:
                start = mark.x + GAP_TO_LINE if is_right else mark.x - GAP_TO_LINE - width
                choice = _Choice(
                    mark=mark, row=row, is_right=is_right, span=(start, start + width)
                )
                if self._is_free(choice):
                    cost = row + 0.8 * self._crossings(choice, marks)
                    yield cost + (0.0 if is_right is prefers_right else 0.3), choice

    def _is_free(self, choice: _Choice) -> bool:
        start, end = choice.span
        floor = self._unit_end + 6 if choice.row == 0 else self._left
        if start < floor or end > self._right:
            return False
        return all(
            other.row != choice.row or start > other.span[1] + 8 or end < other.span[0] - 8
            for other in self._choices
        )

    def _crossings(self, choice: _Choice, marks: Sequence[Mark]) -> int:
        rows = {id(other.mark): other.row for other in self._choices}
        start, end = choice.span
        over_lines = sum(
            start - 3 < mark.x < end + 3 and rows.get(id(mark), 0) >= choice.row
            for mark in marks
            if mark is not choice.mark
        )
        under_words = sum(
            other.span[0] - 3 < choice.mark.x < other.span[1] + 3 and other.row <= choice.row
            for other in self._choices
        )
        return over_lines + under_words

    def _row_heights(self) -> list[float]:
        heights = [0.0] * MOST_ROWS
        for choice in self._choices:
            needed = len(choice.mark.lines) * (self._size + 2) + 4
            heights[choice.row] = max(heights[choice.row], needed)
        return heights

    @property
    def height(self) -> float:
        """Height of all rows together."""
        return sum(self._row_heights())

    def placed(self, bottom: float) -> tuple[LineLabel, ...]:
        """The words with their places; the lowest row ends at ``bottom``."""
        heights = self._row_heights()
        return tuple(
            self._placed(choice, bottom - sum(heights[: choice.row])) for choice in self._choices
        )

    def _placed(self, choice: _Choice, bottom: float) -> LineLabel:
        step = self._size + 2
        lines = choice.mark.lines
        first = bottom - step * (len(lines) - 1)
        x = choice.mark.x + (GAP_TO_LINE if choice.is_right else -GAP_TO_LINE)
        return LineLabel(
            source=choice.mark.source,
            x=choice.mark.x,
            top=first - self._size,
            lines=tuple(
                Placed(
                    x=x,
                    y=first + step * index,
                    text=text,
                    size=self._size,
                    weight=weight,
                    anchor="start" if choice.is_right else "end",
                )
                for index, (text, weight) in enumerate(lines)
            ),
        )


def side_lines(label: Label, *, value: float, small: float) -> tuple[tuple[str, float, int], ...]:
    """The lines of a side label: words, size, weight."""
    size, weight = (value, 600) if label.strong else (small, 400)
    lines = [(line, size, weight) for line in wrap(label.text, SIDE_WIDTH, size, weight, lines=3)]
    if label.remark:
        lines += [(line, small, 400) for line in wrap(label.remark, SIDE_WIDTH, small, lines=2)]
    return tuple(line for line in lines if line[0])


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Tops of blocks near where they want to be, in the same order, none over another.

    Args:
        wanted: wished tops, increasing.
        heights: of the blocks.
        low: smallest top.
        high: largest bottom.
    """
    tops: list[float] = []
    edge = low
    for top, height in zip(wanted, heights, strict=True):
        tops.append(max(top, edge))
        edge = tops[-1] + height
    edge = high
    for index in range(len(tops) - 1, -1, -1):
        tops[index] = min(tops[index], edge - heights[index])
        edge = tops[index]
    return tops
