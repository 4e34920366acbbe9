"""A picture or a table as data; the window and the SVG writer paint the same description.

Positions on the x axis are decimal years (``Period.decimal_year``); y positions are in the unit
shown. Colours are names of roles (``prosecution``, ``context``, ``event`` ...), never values: each
painter has its own theme. All texts are already in the language of the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a colour means; the value is the token of the theme."""

    PREVENTION = "prevention"
    PROTECTION = "protection"
    PROSECUTION = "prosecution"
    CROSS_CUTTING = "cross"
    CONTEXT = "context"
    EVENT = "event"
    INK = "ink"
    INK_2 = "ink-2"
    INK_3 = "ink-3"


class Shape(Enum):
    """Mark of a pillar."""

    TRIANGLE = "triangle"
    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"


class Dash(Enum):
    """Stroke pattern."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"


class Alignment(Enum):
    """Side on which a cell or label stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled position on an axis."""

    position: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Range, ticks and unit word of an axis.

    Attributes:
        low, high: ends of the axis.
        ticks: labelled positions.
        unit: word above the top label ("persons"); empty for the x axis.
        from_zero: False draws the zigzag and says so in the source line.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...]
    unit: str = ""
    from_zero: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A polyline; nan in ``ys`` is a gap that is not bridged.

    Attributes:
        thin: True for the 1.4 px line that joins raw values, False for a 2.2 px model line.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    role: Role
    dash: Dash = Dash.SOLID
    thin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The area between two lines, without outline."""

    xs: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value.

    Attributes:
        hollow: True for provisional or open values.
        low, high: ends of a whisker; None without.
        tip: lines of the tooltip: value, range, source.
        key: identifies the value for the source dock (the written period).
        faded: True for values left out of the model.
        unfinished: why a hollow value is not provisional but unfinished: ``projected`` from
            earlier groups, or ``open``, of a group not yet followed for the full time; else empty.
    """

    x: float
    y: float
    hollow: bool = False
    low: float | None = None
    high: float | None = None
    tip: tuple[str, ...] = ()
    key: str = ""
    faded: bool = False
    unfinished: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The values of one series, with the shape of its pillar.

    Attributes:
        small: True for long or monthly series, whose marks are half as large.
    """

    points: tuple[Point, ...]
    role: Role
    shape: Shape
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """A value known only as low to high (censored at the source): hatched bar with the source's text."""

    x: float
    low: float
    high: float
    role: Role
    label: str
    tip: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenStub:
    """A value hidden by us: hatched stub of fixed size, no number, no length that tells."""

    x: float
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A thin vertical line from the expected to the observed value."""

    x: float
    start: float
    end: float
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A thin dashed vertical line with a label at the top, or a lettered circle on the axis.

    Attributes:
        label, detail: name and date; empty label draws a tick only.
        letter: set for rivals, drawn as a circle on the axis instead of a line.
    """

    x: float
    label: str
    detail: str = ""
    letter: str = ""
    tip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A double line that nothing crosses, with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A period without a value: words above the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A direct label at the end of a line, with a remark below.

    Attributes:
        strong: True for the 14 px value in the text colour of the role.
    """

    x: float
    y: float
    text: str
    role: Role
    remark: str = ""
    strong: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A share as text with its range on a short track.

    Attributes:
        text: the share.
        low, high: ends of the range, 0 to 1; None without.
    """

    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A horizontal bar from zero, with text behind its end.

    Attributes:
        value: length; None draws only the span from ``low`` to ``high``.
        low, high: whisker ends; None without.
        hatched: True when the bar needs its explanation (a later step larger than an earlier one).
        group: heading of the rows it belongs to; a new one begins where it changes.
        group_note: what is counted, beside the heading.
        strip: first column right of the bars.
        last: last column right of the bars.
        remark: words instead of, or below, the strip.
    """

    label: str
    value: float | None
    role: Role
    text: str
    low: float | None = None
    high: float | None = None
    hatched: bool = False
    group: str = ""
    group_note: str = ""
    strip: Strip | None = None
    last: str = ""
    remark: str = ""


class Sign(Enum):
    """Signs that a key line can explain."""

    TREND_BAND = "trend_band"
    EXPECTED_BAND = "expected_band"
    LINE = "line"
    HOLLOW = "hollow"
    RANGE = "range"
    WHISKER = "whisker"
    BREAK = "break"
    HIDDEN = "hidden"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyItem:
    """One entry of the key line.

    Attributes:
        letter: letter of a rival event.
    """

    sign: Sign
    text: str
    role: Role
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    id: str
    title: str
    align: Alignment = Alignment.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of words; one text a column, already formatted for the reader."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with everything a reader needs: title, marks, key, source, description, table twin.

    ``bars`` makes a bar chart (one row a bar); otherwise x is time.
    """

    title: str
    subtitle: str
    x: Axis
    y: Axis
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    stems: tuple[Stem, ...] = ()
    ranges: tuple[RangeBar, ...] = ()
    hidden: tuple[HiddenStub, ...] = ()
    points: tuple[Points, ...] = ()
    events: tuple[Event, ...] = ()
    breaks: tuple[Break, ...] = ()
    gaps: tuple[Gap, ...] = ()
    labels: tuple[Label, ...] = ()
    bars: tuple[Bar, ...] = ()
    bar_heads: tuple[str, str] = ("", "")
    key: tuple[KeyItem, ...] = ()
    result: str = ""
    source: str = ""
    description: str = ""
    table: Table | None = None
    fictitious: bool = False
    watermark: str = ""
