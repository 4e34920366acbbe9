"""Table twins: the same values as a chart, newest first, with range and N."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency, Period
from indicators.model.results import FittedPoint, IndicatorSeries, IndicatorValue
from indicators.model.series import Series
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import frame, marks
from workbench.presenting.spec import Alignment, Column, Table

NOTHING = "–"
HIDDEN = ":c"
"""The one mark of a value hidden by us."""
HIDDEN_WORDS = N_("hidden in the public view")
_NO_VALUE = {
    Status.M: N_("no data"),
    Status.X: N_("not applicable"),
    Status.S: N_("hidden by the source"),
}
_FLAG_WORDS = (
    (Flags.P, N_("provisional")),
    (Flags.B, N_("break in the series")),
    (Flags.D, N_("definition differs")),
    (Flags.E, N_("estimated")),
    (Flags.I, N_("filled in by the source")),
    (Flags.U, N_("not reliable")),
)


def period_title(periods: Iterable[Period]) -> str:
    """Heading of the period column."""
    first = next(iter(periods), None)
    months = first is not None and first.frequency is Frequency.MONTH
    return _("Month") if months else _("Year")


def _number_column(id_: str, title: str) -> Column:
    return Column(id=id_, title=title, align=Alignment.RIGHT)


def remark(status: Status, flags: Flags) -> str:
    """State and flags in words; empty for a plain value."""
    if Flags.H in flags:
        return _(HIDDEN_WORDS)
    words = [_(_NO_VALUE[status])] if status in _NO_VALUE else []
    words += [_(text) for flag, text in _FLAG_WORDS if flag in flags]
    return ", ".join(words)


def trend_table(
    title: str, series: Series, *, unit: str, name: str, fitted: Iterable[FittedPoint] = ()
) -> Table:
    """Values with trend line and its range."""
    lines = {point.period: point for point in fitted}
    columns = [
        Column(id="period", title=period_title(series.periods)),
        _number_column("value", _headed(name, unit)),
        _number_column("range", _("Range")),
    ]
    if lines:
        columns += [
            _number_column("trend", _("Trend line")),
            _number_column("trend_range", _("Range of the line")),
        ]
    columns.append(Column(id="remark", title=_("Remark")))
    rows = []
    for cell in reversed(marks.cells(series)):
        row = [i18n.period_text(cell.period, short=True), *_value_and_range(cell, unit)]
        if lines:
            row += _line_and_range(lines.get(cell.period), unit)
        rows.append((*row, remark(cell.status, cell.flags)))
    return Table(title=title, columns=tuple(columns), rows=tuple(rows))


def impact_table(
    title: str,
    series: Series,
    *,
    unit: str,
    name: str,
    expected: Iterable[FittedPoint],
) -> Table:
    """Values beside what was expected without the event, and their difference."""
    lines = {point.period: point for point in expected}
    columns = (
        Column(id="period", title=period_title(series.periods)),
        _number_column("value", _headed(name, unit)),
        _number_column("range", _("Range")),
        _number_column("expected", _("Expected without the event")),
        _number_column("expected_range", _("Range of the expected")),
        _number_column("difference", _("Difference")),
        Column(id="remark", title=_("Remark")),
    )
    rows = []
    for cell in reversed(marks.cells(series)):
        line = lines.get(cell.period)
        gap = NOTHING
        if cell.shown and line is not None:
            gap = frame.value_text(round(cell.value - line.value, 1), unit)
        rows.append(
            (
                i18n.period_text(cell.period, short=True),
                *_value_and_range(cell, unit),
                *_line_and_range(line, unit),
                gap,
                remark(cell.status, cell.flags),
            )
        )
    return Table(title=title, columns=columns, rows=tuple(rows))


def _headed(name: str, unit: str) -> str:
    return i18n.message(N_("{name}, {unit}"), {"name": name, "unit": unit}) if unit else name


def _value_and_range(cell: marks.Cell, unit: str) -> list[str]:
    if cell.hidden:
        return [HIDDEN, NOTHING]
    if cell.shown:
        return [frame.value_text(cell.value, unit), NOTHING]
    if cell.status is Status.S and cell.low == cell.low:
        return [
            marks.source_mark(cell.low, cell.high),
            frame.range_text(cell.low, cell.high, unit),
        ]
    return [_(_NO_VALUE[cell.status]), NOTHING]


def _line_and_range(point: FittedPoint | None, unit: str) -> list[str]:
    if point is None:
        return [NOTHING, NOTHING]
    limits = NOTHING
    if point.low is not None and point.high is not None:
        limits = frame.range_text(round(point.low, 1), round(point.high, 1), unit)
    return [frame.value_text(round(point.value, 1), unit), limits]


def indicator_table(
    title: str, series: IndicatorSeries, *, unit: str, sides: tuple[str, str]
) -> Table:
    """Values with range and both counts.

    Args:
        title: of the table.
        series: the indicator.
        unit: unit word.
        sides: headings of the counts above and below the line; empty ones are left out.
    """
    periods = [value.period for value in series.values]
    columns = [
        Column(id="period", title=period_title(periods)),
        _number_column("value", _headed(_("Value"), unit)),
        _number_column("range", _("Range")),
    ]
    with_sides = any(value.numerator is not None for value in series.values)
    if with_sides:
        columns += [
            _number_column("numerator", sides[0] or _("Counted above the line")),
            _number_column("denominator", sides[1] or _("Counted below the line")),
        ]
    columns.append(Column(id="remark", title=_("Remark")))
    rows = []
    for value in reversed(series.values):
        row = [i18n.period_text(value.period, short=True), *_indicator_value(value, unit)]
        if with_sides:
            row += [_count(value.numerator), _count(value.denominator)]
        rows.append((*row, indicator_remark(value)))
    return Table(title=title, columns=tuple(columns), rows=tuple(rows))


def _indicator_value(value: IndicatorValue, unit: str) -> list[str]:
    few = has_few(value)
    limits = NOTHING
    if value.low is not None and value.high is not None:
        limits = frame.range_text(value.low, value.high, unit, few=few)
    if is_hidden(value):
        return [HIDDEN, NOTHING]
    if value.value is not None:
        return [frame.value_text(value.value, unit, few=few), limits]
    return [_(_NO_VALUE.get(value.status, _NO_VALUE[Status.M])), limits]


def is_hidden(value: IndicatorValue) -> bool:
    """Whether the value is not shown because an input is hidden in the public view."""
    return value.value is None and "H" in value.flags


def has_few(value: IndicatorValue) -> bool:
    """Whether fewer than 50 were counted, so that percents are written whole."""
    return value.denominator is not None and value.denominator < 50


def _count(value: float | None) -> str:
    return NOTHING if value is None else frame.plain_number(value)


def indicator_remark(value: IndicatorValue) -> str:
    """Why there is no value, or flags and cautions of the value, in words."""
    if is_hidden(value):
        return _(HIDDEN_WORDS)
    words = [i18n.note_text(value.reason)] if value.reason is not None else []
    words += [_(text) for flag, text in _FLAG_WORDS if flag in Flags.of_letters(value.flags)]
    words += [i18n.note_text(note) for note in value.notes if note.code != "provisional"]
    return "; ".join(dict.fromkeys(words))
