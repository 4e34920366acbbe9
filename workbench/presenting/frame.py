"""What every chart has in common: colour and shape of a pillar, values in words, lines around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicators.errors import N_
from indicators.model.codes import Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from workbench import i18n
from workbench.i18n import _
from workbench.presenting.spec import Axis, Break, Event, Role, Shape

MOST_EVENTS = 5
FICTITIOUS = N_("FICTITIOUS DATA")
_INNER_QUOTES = str.maketrans('“”"', "‘’'")
ROLES: Mapping[Pillar, Role] = {
    Pillar.PREVENTION: Role.PREVENTION,
    Pillar.PROTECTION: Role.PROTECTION,
    Pillar.PROSECUTION: Role.PROSECUTION,
    Pillar.CROSS_CUTTING: Role.CROSS_CUTTING,
}
SHAPES: Mapping[Pillar, Shape] = {
    Pillar.PREVENTION: Shape.TRIANGLE,
    Pillar.PROTECTION: Shape.CIRCLE,
    Pillar.PROSECUTION: Shape.SQUARE,
    Pillar.CROSS_CUTTING: Shape.DIAMOND,
}


SHAPE_OF: Mapping[Role, Shape] = {ROLES[pillar]: SHAPES[pillar] for pillar in Pillar}
"""Mark by colour role."""


def value_text(value: float, unit: str, *, few: bool = False) -> str:
    """A value as charts and tables write it: counts whole, percents with one decimal.

    Args:
        value: in the unit shown.
        unit: ``%`` is written behind the number; other units stand elsewhere.
        few: True when fewer than 50 were counted: percents are whole then.
    """
    if unit == "%":
        return i18n.percent(value, 0 if few else 1)
    return plain_number(value)


def plain_number(value: float) -> str:
    """Counts whole; other values with about two or three figures."""
    size = abs(value)
    if float(value).is_integer() or size >= 100:
        return i18n.number(value, 0)
    return i18n.number(value, 1 if size >= 1 else None)


def range_text(low: float, high: float, unit: str, *, few: bool = False) -> str:
    """The words “49.9 to 64.7 %” for the limits of a range."""
    first = value_text(low, "" if unit == "%" else unit, few=few)
    if unit == "%":
        first = i18n.number(low, 0 if few else 1)
    return i18n.message(
        N_("{low} to {high}"), {"low": first, "high": value_text(high, unit, few=few)}
    )


def unit_word(unit: str, name: str) -> str:
    """The counting unit, where the name does not say it already."""
    return "" if unit == "%" or unit.casefold() in name.casefold() else unit


def subtitle(*parts: str) -> str:
    """What, counting unit and place as one line; empty parts are left out."""
    line = ", ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def years_text(periods: Sequence[Period]) -> str:
    """First to last period, “2005–2024”; empty without periods."""
    if not periods:
        return ""
    first, last = (i18n.period_text(p, short=True) for p in (periods[0], periods[-1]))
    return first if first == last else f"{first}–{last}"


def source_line(source: str, axis: Axis, *, fictitious: bool) -> str:
    """Source, remark on the axis and the mark of invented data, one sentence each."""
    lines = []
    if source:
        lines.append(i18n.message(N_("Source: {source}."), {"source": source.strip().rstrip(".")}))
    if not axis.from_zero:
        lines.append(_("The axis does not start at zero."))
    if fictitious:
        lines.append(_("Fictitious data."))
    return " ".join(lines)


def event_marks(events: Sequence[Intervention], axis: Axis) -> tuple[Event, ...]:
    """The events inside the axis; after the fifth they are ticks without label."""
    inside = [event for event in events if axis.low <= event.start.decimal_year <= axis.high]
    inside.sort(key=lambda event: (event.start.decimal_year, event.id))
    return tuple(
        event_mark(event, labelled=index < MOST_EVENTS) for index, event in enumerate(inside)
    )


def inner_name(event: Intervention) -> str:
    """The name of an event for use between quotation marks."""
    return i18n.local(event.name).translate(_INNER_QUOTES)


def event_mark(event: Intervention, *, labelled: bool = True, letter: str = "") -> Event:
    """One event as a line with its label, a tick, or a lettered circle."""
    name, when = i18n.local(event.name), i18n.period_text(event.start)
    plain = labelled and not letter
    return Event(
        x=event.start.decimal_year,
        label=name if plain else "",
        detail=when if plain else "",
        letter=letter,
        tip=(name, when),
    )


def break_marks(breaks: Sequence[SeriesBreak], periods: Sequence[Period]) -> tuple[Break, ...]:
    """The breaks between the first and the last period, each before its first new period."""
    if len(periods) < 2:
        return ()
    low, high = periods[0].decimal_year, periods[-1].decimal_year
    marks = {
        place: Break(x=place, label=i18n.local(item.text).rstrip("."))
        for item in sorted(breaks, key=lambda item: (item.start, item.id))
        if low < (place := break_place(item, periods[0])) < high
    }
    return tuple(marks.values())


def break_place(item: SeriesBreak, like: Period) -> float:
    """Where the double line stands: half a period before the first one counted the new way."""
    step = like.shift(1).decimal_year - like.decimal_year
    return item.start.decimal_year - step / 2
