"""A series as marks: points, ranges, gaps, and lines that cross no break."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.errors import N_
from indicators.model.codes import Flags, Status
from indicators.model.period import Frequency, Period
from indicators.model.results import FittedPoint
from indicators.model.series import Series
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import frame
from workbench.presenting.spec import (
    Band,
    Break,
    Gap,
    HiddenStub,
    KeyItem,
    Label,
    Line,
    Point,
    RangeBar,
    Role,
    Sign,
)

NO_DATA = N_("no data")
PROVISIONAL = N_("provisional")
UNFINISHED = {
    "projected": N_("projected from earlier groups"),
    "open": N_("so far; not yet followed for the full time"),
}
"""What a hollow point that is not provisional stands for."""
LONGEST_MARK = 16
_SHOWN = (Status.A, Status.Z)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One period of a series in plain numbers."""

    period: Period
    status: Status
    value: float
    low: float
    high: float
    flags: Flags

    @property
    def shown(self) -> bool:
        """Whether there is a point."""
        return self.status in _SHOWN

    @property
    def hidden(self) -> bool:
        """Whether the value is hidden by us."""
        return Flags.H in self.flags

    @property
    def provisional(self) -> bool:
        """Whether the value may still change."""
        return Flags.P in self.flags


def cells(series: Series) -> tuple[Cell, ...]:
    """The periods of a series, one by one."""
    columns = zip(
        series.periods,
        series.status.tolist(),
        series.values.tolist(),
        series.low.tolist(),
        series.high.tolist(),
        series.flags.tolist(),
        strict=True,
    )
    return tuple(
        Cell(period=p, status=Status(s), value=v, low=lo, high=hi, flags=Flags(f))
        for p, s, v, lo, hi, f in columns
    )


def is_dense(periods: Sequence[Period]) -> bool:
    """Whether the marks must be small: more than 40 periods, or periods within the year."""
    return len(periods) > 40 or (bool(periods) and periods[0].frequency is Frequency.MONTH)


def points(
    series: Series,
    *,
    unit: str,
    left_out: Sequence[Period] = (),
    estimates: Mapping[Period, FittedPoint] | None = None,
) -> tuple[Point, ...]:
    """The values; hollow when provisional, faded when the model left them out."""
    return tuple(
        Point(
            x=cell.period.decimal_year,
            y=cell.value,
            hollow=cell.provisional,
            tip=_tip(cell, unit, (estimates or {}).get(cell.period)),
            key=str(cell.period),
            faded=cell.period in left_out,
        )
        for cell in cells(series)
        if cell.shown
    )


def _tip(cell: Cell, unit: str, fitted: FittedPoint | None) -> tuple[str, ...]:
    when = i18n.period_text(cell.period)
    what = {"period": when, "value": with_unit(frame.value_text(cell.value, unit), unit)}
    lines = [i18n.message(N_("{period}: {value}"), what)]
    if fitted is not None and fitted.low is not None and fitted.high is not None:
        lines.append(
            i18n.message(
                N_("trend line {value} ({range})"),
                {
                    "value": frame.value_text(fitted.value, unit),
                    "range": frame.range_text(fitted.low, fitted.high, unit),
                },
            )
        )
    if cell.provisional:
        lines.append(_(PROVISIONAL))
    return tuple(lines)


def with_unit(text: str, unit: str) -> str:
    """A written value with its unit word; percents already carry their sign."""
    return text if unit == "%" else i18n.with_unit(text, unit)


def source_mark(low: float, high: float) -> str:
    """How a source usually writes the range: “‹5” for 1 to 4, “5–9” otherwise."""
    if low <= 1:
        return f"‹{frame.plain_number(high + 1)}"
    return f"{frame.plain_number(low)}–{frame.plain_number(high)}"


def short_mark(text: str) -> str:
    """The source's text as a label: without control characters, at most 16 letters."""
    shown = i18n.visible(text.strip())
    return shown if len(shown) <= LONGEST_MARK else f"{shown[: LONGEST_MARK - 1]}…"


def ranges(
    series: Series, *, role: Role, unit: str, raw: Mapping[str, str] | None = None
) -> tuple[RangeBar, ...]:
    """The values the source gives only as a range, with its text.

    Args:
        series: the values.
        role: colour.
        unit: unit word for the tooltip.
        raw: text of the source by written period, where it is known.
    """
    bars = []
    for cell in cells(series):
        if cell.status is Status.S and cell.low == cell.low and cell.high == cell.high:
            label = (raw or {}).get(str(cell.period), "") or source_mark(cell.low, cell.high)
            between = frame.range_text(cell.low, cell.high, unit)
            what = {"period": i18n.period_text(cell.period), "value": with_unit(between, unit)}
            bars.append(
                RangeBar(
                    x=cell.period.decimal_year,
                    low=cell.low,
                    high=cell.high,
                    role=role,
                    label=short_mark(label),
                    tip=(i18n.message(N_("{period}: {value}"), what),),
                    key=str(cell.period),
                )
            )
    return tuple(bars)


def hidden(series: Series, role: Role) -> tuple[HiddenStub, ...]:
    """The values hidden by us."""
    return tuple(
        HiddenStub(x=cell.period.decimal_year, role=role) for cell in cells(series) if cell.hidden
    )


def gaps(series: Series) -> tuple[Gap, ...]:
    """The stretches of a series without a value; what we hide is no gap."""
    known = {
        cell.period
        for cell in cells(series)
        if cell.shown or cell.hidden or cell.status is Status.S
    }
    return gaps_between(series.periods, known)


def gaps_between(periods: Sequence[Period], known: Collection[Period]) -> tuple[Gap, ...]:
    """The stretches without a value; neighbouring periods share one label."""
    runs: list[list[Period]] = []
    before = True
    for period in every_period(periods):
        empty = period not in known
        if empty and before:
            runs.append([])
        if empty:
            runs[-1].append(period)
        before = not empty
    return tuple(
        Gap(x=(run[0].decimal_year + run[-1].decimal_year) / 2, label=_(NO_DATA)) for run in runs
    )


def every_period(periods: Sequence[Period]) -> Iterator[Period]:
    """All periods from the first to the last, also those the series lacks."""
    if periods:
        current = periods[0]
        while current <= periods[-1]:
            yield current
            current = current.shift(1)


def fitted_lines(
    fitted: Sequence[FittedPoint], breaks: Sequence[Break], role: Role
) -> tuple[Line, ...]:
    """The model line, cut at every break."""
    return tuple(
        Line(
            xs=tuple(p.period.decimal_year for p in run), ys=tuple(p.value for p in run), role=role
        )
        for run in _runs(fitted, breaks)
        if len(run) > 1
    )


def fitted_bands(
    fitted: Sequence[FittedPoint], breaks: Sequence[Break], role: Role
) -> tuple[Band, ...]:
    """The band of the model line, cut at every break."""
    with_limits = [p for p in fitted if p.low is not None and p.high is not None]
    return tuple(
        Band(
            xs=tuple(p.period.decimal_year for p in run),
            lows=tuple(float(p.low or 0.0) for p in run),
            highs=tuple(float(p.high or 0.0) for p in run),
            role=role,
        )
        for run in _runs(with_limits, breaks)
        if len(run) > 1
    )


def _runs(fitted: Sequence[FittedPoint], breaks: Sequence[Break]) -> list[list[FittedPoint]]:
    runs: list[list[FittedPoint]] = []
    for point in fitted:
        here = point.period.decimal_year
        if not runs or any(runs[-1][-1].period.decimal_year < b.x < here for b in breaks):
            runs.append([])
        runs[-1].append(point)
    return runs


def stops(
    gaps: Sequence[Gap],
    bars: Sequence[RangeBar],
    breaks: Sequence[Break],
    stubs: Sequence[HiddenStub] = (),
) -> tuple[float, ...]:
    """Places that the line between raw values does not cross."""
    return (
        *(gap.x for gap in gaps),
        *(stub.x for stub in stubs),
        *(bar.x for bar in bars),
        *(mark.x for mark in breaks),
    )


def value_line(drawn: Sequence[Point], skipped: Sequence[float], role: Role) -> tuple[Line, ...]:
    """The thin line that joins raw values; it stops at gaps, ranges and breaks."""
    runs: list[list[Point]] = []
    for point in drawn:
        if not runs or any(runs[-1][-1].x < x < point.x for x in skipped):
            runs.append([])
        runs[-1].append(point)
    return tuple(
        Line(xs=tuple(p.x for p in run), ys=tuple(p.y for p in run), role=role, thin=True)
        for run in runs
        if len(run) > 1
    )


def last_label(
    drawn: Sequence[Point], role: Role, unit: str, *, text: str = ""
) -> tuple[Label, ...]:
    """The last value written beside its point, with “provisional” below where it is."""
    if not drawn:
        return ()
    last = drawn[-1]
    remark = _(UNFINISHED.get(last.unfinished, PROVISIONAL)) if last.hollow else ""
    words = text or frame.value_text(last.y, unit)
    return (Label(x=last.x, y=last.y, text=words, role=role, remark=remark),)


def doubt_key(
    drawn: Sequence[Point],
    bars: Sequence[RangeBar],
    breaks: Sequence[Break],
    role: Role,
    stubs: Sequence[HiddenStub] = (),
) -> tuple[KeyItem, ...]:
    """Entries of the key line for the signs of doubt that are drawn."""
    items = []
    if any(point.hollow and not point.unfinished for point in drawn):
        items.append(KeyItem(sign=Sign.HOLLOW, text=_(PROVISIONAL), role=role))
    for why, words in UNFINISHED.items():
        if any(point.unfinished == why for point in drawn):
            items.append(KeyItem(sign=Sign.HOLLOW, text=_(words), role=role))
    if bars:
        bounds = {(bar.low, bar.high) for bar in bars}
        text = _("given by the source as a range")
        if len(bounds) == 1:
            text = i18n.message(
                N_("hidden by the source: {low} to {high}"),
                {"low": bars[0].low, "high": bars[0].high},
            )
        items.append(KeyItem(sign=Sign.RANGE, text=text, role=role))
    if stubs:
        items.append(KeyItem(sign=Sign.HIDDEN, text=_("hidden in the public view"), role=role))
    if breaks:
        items.append(KeyItem(sign=Sign.BREAK, text=_("break in the series"), role=Role.EVENT))
    return tuple(items)
