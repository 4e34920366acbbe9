"""Small results from which the tests of charts, sentences and files are made."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from indicators.errors import N_, Note, Severity
from indicators.model.codes import (
    Direction,
    Flags,
    IndicatorSet,
    IndicatorType,
    IntervalRule,
    Kind,
    Outcome,
    Pillar,
    Status,
)
from indicators.model.definition import Example, Indicator, LocalText
from indicators.model.period import Period
from indicators.model.results import (
    Diagnostic,
    FittedPoint,
    ImpactResult,
    IndicatorSeries,
    IndicatorValue,
    Interval,
    Intervention,
    Placebo,
    Refusal,
    Segment,
    SeriesBreak,
    TrendResult,
)
from indicators.model.series import Series, frozen
from workbench.presenting import impact, indicator, trend
from workbench.presenting.spec import Chart

NAN = math.nan
Value = float | str | None


def make_series(
    values: Mapping[int | str, Value],
    *,
    provisional: Sequence[int | str] = (),
    unit: str = "persons",
) -> Series:
    """A series from values by period: a number, ``"1-4"`` for a range, None for no data."""
    rows = []
    for key, value in values.items():
        low = high = number = NAN
        status = Status.A
        if value is None:
            status = Status.M
        elif isinstance(value, str):
            low, high = (float(part) for part in value.split("-"))
            status = Status.S
        else:
            number = float(value)
            status = Status.A if value else Status.Z
        flags = Flags.P if key in provisional else Flags.NONE
        rows.append((Period.parse(str(key)), number, low, high, int(status), int(flags)))
    columns = list(zip(*rows, strict=True))
    return Series(
        variable="x",
        area="XVA",
        unit=unit,
        periods=columns[0],
        values=frozen(columns[1]),
        low=frozen(columns[2]),
        high=frozen(columns[3]),
        status=frozen(columns[4], int),  # type: ignore[arg-type]
        flags=frozen(columns[5], int),  # type: ignore[arg-type]
    )


COURTS: Mapping[int | str, Value] = {
    2005: "1-4", 2006: 5, 2007: 7, 2008: None, 2009: 8, 2010: 7, 2011: 9, 2012: 11, 2013: 13,
    2014: 12, 2015: 16, 2016: 18, 2017: 17, 2018: 21, 2019: 24, 2020: 15, 2021: 26, 2022: 29,
    2023: 33, 2024: 34,
}  # fmt: skip


def law(
    year: int | str = 2011, name: str = "Anti-trafficking Act", id_: str = "law"
) -> Intervention:
    """An event."""
    return Intervention(
        id=id_, name={"en": name, "es": f"Ley: {name}"}, kind="law", start=Period.parse(str(year))
    )


def growth(
    first: int, last: int, start: float, rate: float, spread: float = 0.12
) -> tuple[FittedPoint, ...]:
    """A line of steady yearly change with its band."""
    points = []
    for year in range(first, last + 1):
        value = start * (1 + rate / 100) ** (year - first)
        wide = spread * (1 + abs(year - (first + last) / 2) / (last - first))
        points.append(
            FittedPoint(
                period=Period.of_year(year),
                value=value,
                low=value * (1 - wide),
                high=value * (1 + wide),
            )
        )
    return tuple(points)


def make_trend(outcome: Outcome = Outcome.RISING, **changes: object) -> TrendResult:
    """A trend; any field can be replaced."""
    estimate, low, high = {
        Outcome.FALLING: (-5.2, -8.1, -2.0),
        Outcome.NO_CLEAR_CHANGE: (0.2, -3.0, 3.4),
        Outcome.STABLE: (0.1, -0.6, 0.8),
    }.get(outcome, (10.4, 8.2, 12.7))
    fields: dict[str, object] = {
        "outcome": outcome,
        "method": "apc_loglinear",
        "method_version": "1",
        "estimate": estimate,
        "low": low,
        "high": high,
        "unit": "percent a year",
        "n": 18,
        "first": Period.of_year(2006),
        "last": Period.of_year(2024),
        "missing": (Period.of_year(2008),),
        "provisional_used": True,
        "fitted": growth(2006, 2024, 5.8, 10.4),
        "without_provisional": Interval(estimate=10.1, low=7.3, high=13.6),
    }
    return TrendResult(**{**fields, **changes})  # type: ignore[arg-type]


def bent(before: float, after: float, outcome: Outcome, **changes: object) -> TrendResult:
    """A trend with one bend in 2014."""
    year = Period.of_year
    segments = (
        Segment(first=year(2006), last=year(2014), apc=before, low=before - 1, high=before + 1),
        Segment(first=year(2014), last=year(2024), apc=after, low=after - 1, high=after + 1),
    )
    found = (Diagnostic(name="change_year", value=2014, low=2012, high=2016),)
    return make_trend(outcome, segments=segments, diagnostics=found, method="joinpoint", **changes)


TOO_FEW = Refusal(
    code="too_few_points",
    text=N_(
        "Only {found} years: too few for a trend; {needed} would be enough. The points are shown without a line."
    ),
    found=5,
    needed=8,
)

CASES: Mapping[int | str, Value] = dict(
    zip(
        range(2005, 2017),
        (190, 201, 195, 207, 203, 214, 272, 284, 276, 301, 292, 310),
        strict=True,
    )
)


def make_impact(outcome: Outcome = Outcome.HIGHER, **changes: object) -> ImpactResult:
    """An impact of 2011; any field can be replaced."""
    estimate, low, high = {
        Outcome.LOWER: (-18.0, -30.0, -4.0),
        Outcome.NO_CLEAR_EFFECT: (6.0, -9.0, 24.0),
    }.get(outcome, (26.0, 6.0, 49.0))
    before = [
        FittedPoint(period=Period.of_year(y), value=190 + 4.6 * (y - 2005))
        for y in range(2005, 2011)
    ]
    after = [
        FittedPoint(period=Period.of_year(y), value=274 + 6.2 * (y - 2011))
        for y in range(2011, 2017)
    ]
    expected = (
        *before,  # the engine gives the line over all periods
        *(
            FittedPoint(
                period=Period.of_year(y),
                value=217 + 5.2 * (y - 2011),
                low=196,
                high=243 + 12 * (y - 2011),
            )
            for y in range(2011, 2017)
        ),
    )
    fields: dict[str, object] = {
        "outcome": outcome,
        "method": "interrupted",
        "method_version": "1",
        "estimate": estimate,
        "low": low,
        "high": high,
        "unit": "percent",
        "n": 12,
        "first": Period.of_year(2005),
        "last": Period.of_year(2016),
        "fitted": (*before, *after),
        "event": "law",
        "start": Period.of_year(2011),
        "counterfactual": expected,
        "rivals": ("unit", "split"),
        "smallest_detectable": 14.0,
        "placebos": (Placebo(start=Period.of_year(2008), estimate=2.0, low=-9.0, high=14.0),),
        "leave_one_out": (21.0, 30.0),
    }
    return ImpactResult(**{**fields, **changes})  # type: ignore[arg-type]


RIVALS = (law("2012-07", "New police unit", "unit"), law(2014, "Region Hohenmark split", "split"))


def make_indicator(name: str = "Conviction rate of cases decided", unit: str = "%") -> Indicator:
    """A definition of which charts use name, pillar and unit."""

    def text(words: str) -> LocalText:
        return LocalText(en=words, es=words, pt=words, fr=words)

    return Indicator(
        code="PRS-05",
        name=text(name),
        definition=text("Share"),
        pillar=Pillar.PROSECUTION,
        type=IndicatorType.OUTCOME,
        kind=Kind.SHARE,
        unit=unit,
        set=IndicatorSet.CORE,
        direction=Direction.AMB,
        reason=text("r"),
        cautions=text("c"),
        interval=IntervalRule.WILSON,
        time="same year",
        example=Example(inputs={}, value=1),
    )


def make_shares() -> IndicatorSeries:
    """Shares with ranges, one hidden by the source, one missing, one provisional."""
    values = []
    for year in range(2012, 2025):
        period = Period.of_year(year)
        if year == 2015:
            reason = Note(
                code="missing_input", text=N_("No value: {name} is missing."), data={"name": "x"}
            )
            values.append(
                IndicatorValue(period=period, value=None, status=Status.M, reason=reason)
            )
        elif year == 2017:
            values.append(
                IndicatorValue(period=period, value=None, low=48.0, high=55.0, status=Status.S)
            )
        else:
            share = 52 + 7 * math.sin(year) ** 2
            values.append(
                IndicatorValue(
                    period=period,
                    value=share,
                    low=share - 8,
                    high=share + 8,
                    numerator=round(1.6 * share),
                    denominator=160,
                    flags="P" if year == 2024 else "",
                )
            )
    return IndicatorSeries(
        code="PRS-05", area="XVA", unit="%", method="wilson", values=tuple(values)
    )


SPLIT = SeriesBreak(
    id="b", start=Period.of_year(2017), text={"en": "New counting rule"}, kind="counting"
)
COMMON = {"source": "Courts of Valdoria, Judgments 2024; version March 2025", "place": "Valdoria"}


def rising_chart() -> Chart:
    """A rise with a range, a gap, an event, a remark and a provisional end."""
    return trend.chart(
        make_trend(),
        make_series(COURTS, provisional=[2024]),
        name="Persons convicted for forced labour",
        unit="persons",
        pillar=Pillar.PROSECUTION,
        events=[law()],
        remarks={"2020": "courts closed"},
        fictitious=True,
        **COMMON,
    )


def broken_chart() -> Chart:
    """No clear change after a break that no line crosses."""
    rates = (3.3, 3.36, 3.46, 3.48, 3.6, 3.54, 3.74, 3.8, 3.88, 4.3, 4.7, 5.15)
    later = (6.7, 7.3, 8.1, 6.3, 7.7, 7.4, 7.3, 6.9)
    values: dict[int | str, Value] = dict(zip(range(2005, 2025), (*rates, *later), strict=True))
    fitted = (*growth(2005, 2016, 3.1, 3.8, 0.05), *growth(2017, 2024, 7.2, 0.1, 0.1))
    note = Note(
        code="fitted_from_break",
        text=N_("The line begins in {since}, when the way of counting changed."),
        data={"since": "2017"},
    )
    return trend.chart(
        make_trend(
            Outcome.NO_CLEAR_CHANGE,
            first=Period.of_year(2005),
            fitted=fitted,
            warnings=(note,),
            missing=(),
            n=20,
        ),
        make_series(values, provisional=[2024]),
        name="Detected victims",
        unit="per 100,000 people",
        pillar=Pillar.PROTECTION,
        events=[law()],
        breaks=[SPLIT],
        fictitious=True,
        **COMMON,
    )


def refused_chart() -> Chart:
    """Five points and no line."""
    return trend.chart(
        TOO_FEW,
        make_series({2020: 3, 2021: 0, 2022: "1-4", 2023: 6, 2024: 4}, provisional=[2024]),
        name="Victims paid compensation",
        unit="persons",
        pillar=Pillar.PROTECTION,
        events=[law(2022, "Compensation fund")],
        fictitious=True,
        **COMMON,
    )


def impact_chart() -> Chart:
    """A step after a law with two rivals."""
    return impact.chart(
        make_impact(),
        make_series(CASES),
        event=law(),
        name="Investigations opened",
        unit="cases",
        pillar=Pillar.PROSECUTION,
        rivals=RIVALS,
        fictitious=True,
        **COMMON,
    )


def shares_chart() -> Chart:
    """Shares with whiskers."""
    return indicator.chart(
        make_shares(), make_indicator(), unit="%", events=[law(2018)], fictitious=True, **COMMON
    )


def monthly_chart() -> Chart:
    """Calls by month around a campaign."""
    values: dict[int | str, Value] = {}
    fitted, expected = [], []
    for index in range(72):
        period = Period.of_month(2018 + index // 12, index % 12 + 1)
        level = 40 + 0.25 * index + (18 if index >= 40 else 0)
        values[str(period)] = float(round(level + 6 * math.sin(index * 2.1)))
        fitted.append(FittedPoint(period=period, value=level))
        if index >= 40:
            base = 40 + 0.25 * index
            wide = 4 + 0.25 * (index - 40)
            expected.append(
                FittedPoint(period=period, value=base, low=base - wide, high=base + wide)
            )
    result = make_impact(
        n=72,
        first=Period.of_month(2018, 1),
        last=Period.of_month(2023, 12),
        fitted=tuple(fitted),
        counterfactual=tuple(expected),
        start=Period.of_month(2021, 5),
        rivals=(),
    )
    return impact.chart(
        result,
        make_series(values),
        event=law("2021-05", "Hotline campaign", "campaign"),
        name="Calls to the hotline",
        unit="calls",
        pillar=Pillar.PREVENTION,
        fictitious=True,
        **COMMON,
    )


CHARTS = {
    "rising": rising_chart,
    "broken": broken_chart,
    "refused": refused_chart,
    "impact": impact_chart,
    "shares": shares_chart,
    "monthly": monthly_chart,
}
SEVERE = Note(
    code="few_points",
    text=N_("Only {n} years: this is weak evidence."),
    severity=Severity.WARN,
    data={"n": 7},
)
