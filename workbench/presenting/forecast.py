"""A forecast as a chart and in plain words: dashed path, two bands, what did better in the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.errors import N_
from indicators.forecast import FORECASTS
from indicators.forecast.results import DRAWN_LEVEL, BackTest, ForecastResult
from indicators.model.codes import Pillar
from indicators.model.results import FittedPoint, Refusal, SeriesBreak
from indicators.model.series import Series
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import axes, frame, trend
from workbench.presenting.cautions import Caution, detection_caution, warnings_of
from workbench.presenting.describe import description
from workbench.presenting.sentences import Words, refusal_words, series_fields
from workbench.presenting.spec import Band, Chart, Dash, KeyItem, Label, Line, Role, Sign
from workbench.presenting.sureness import WORDS, Sureness

_LEAD = N_(
    "**If the past goes on, {series} will be about {value} in {last}** (between {low} and {high})."
)
_PAST = N_(
    "Started again from {origins} earlier years, {share} % of the values fell inside the {level} % band."
)
_LOST = N_("Worse than no change in earlier years, so not drawn: {models}.")
_BETTER = N_("In earlier years it was closer than no change.")
_SAME = N_("Nothing tried did better than the last value held.")
_SURE = {
    0: N_("A guess, not more"),
    1: N_("A rough direction, not more"),
    2: N_("A fair idea of the next years"),
}


def forecast_words(
    result: ForecastResult | Refusal, *, name: str, unit: str = "", detection: bool = False
) -> Words:
    """A forecast in plain words.

    Args:
        result: what the models or the length table said.
        name: the series in the reader's language.
        unit: its unit word, or ``%``.
        detection: True when a rise may mean better detection.
    """
    if isinstance(result, Refusal):
        return refusal_words(result)
    last = result.drawn.points[-1]
    data = {
        **series_fields(name),
        "last": last.period,
        "value": frame.value_text(last.value, unit),
        "low": frame.value_text(float(last.low or 0.0), unit),
        "high": frame.value_text(float(last.high or 0.0), unit),
    }
    parts = [i18n.fill(part, data) for part in _(_LEAD).split("**")]
    return Words(
        lead="".join(parts),
        key=parts[1],
        doubt=_doubt(result),
        sure=_sure(result),
        cautions=_cautions(result, detection=detection),
    )


def _doubt(result: ForecastResult) -> tuple[str, ...]:
    test = result.drawn.test
    past = {
        "origins": test.origins,
        "share": round(100 * test.coverage),
        "level": round(100 * DRAWN_LEVEL),
    }
    sentences = [_(_SAME if result.method == "no_change" else _BETTER), i18n.message(_PAST, past)]
    if result.lost:
        names = tuple(_(FORECASTS[model].title) for model in result.lost)
        sentences.append(i18n.message(_LOST, {"models": names}))
    return tuple(sentences)


def _sure(result: ForecastResult) -> Sureness:
    """Two bars at most: a year ahead is never sure."""
    bars = 2 - int(result.method == "no_change") - int(_is_narrow(result.drawn.test))
    bars = max(0, bars)
    return Sureness(bars=bars, word=_(WORDS[bars]), line=_(_SURE[bars]))


def _is_narrow(test: BackTest) -> bool:
    return test.coverage < DRAWN_LEVEL - 0.2


def _cautions(result: ForecastResult, *, detection: bool) -> tuple[Caution, ...]:
    named = tuple(
        note
        if note.code != "loses_to_no_change"
        else replace(note, data={"model": _(str(note.data["model"]))})
        for note in result.warnings
    )
    return (*(detection_caution() if detection else ()), *warnings_of(named))


def chart(
    result: ForecastResult | Refusal,
    series: Series,
    *,
    name: str,
    unit: str,
    pillar: Pillar,
    breaks: Sequence[SeriesBreak] = (),
    source: str = "",
    fictitious: bool = False,
    place: str = "",
) -> Chart:
    """The values with the path ahead: dashed, the 80 % band inside the outer one.

    Args:
        result: the forecast, or a refusal (values without a path).
        series: the values.
        name: the series in the reader's language.
        unit: its unit word, or ``%``.
        pillar: decides colour and shape.
        breaks: changes of counting to draw.
        source: publisher, file and version.
        fictitious: True for invented data.
        place: name of the area.
    """
    base = trend.chart(
        None if isinstance(result, ForecastResult) else result,
        series,
        name=name,
        unit=unit,
        pillar=pillar,
        breaks=breaks,
        source=source,
        fictitious=fictitious,
        place=place,
    )
    if isinstance(result, Refusal):
        return base
    role = frame.ROLES[pillar]
    start = FittedPoint(period=result.last, value=_last_value(series, result))
    points = (start, *result.drawn.points)
    bands = (_band(start, result.drawn.points, role), _band(start, result.drawn.inner, role))
    values = [point.y for group in base.points for point in group.points]
    values += [value for band in bands for value in (*band.lows, *band.highs)]
    words = forecast_words(result, name=name, unit=unit)
    made = replace(
        base,
        x=axes.time_axis((*series.periods, *(p.period for p in result.drawn.points))),
        y=axes.value_axis(min(values), max(values), unit=unit),
        bands=bands,
        lines=(
            *base.lines,
            Line(
                xs=tuple(p.period.decimal_year for p in points),
                ys=tuple(p.value for p in points),
                role=role,
                dash=Dash.DASHED,
            ),
        ),
        labels=(_end_label(result, role, unit),),
        key=(*_key(result, role), *base.key),
        result=words.lead,
    )
    return replace(made, description=description(made))


def _end_label(result: ForecastResult, role: Role, unit: str) -> Label:
    """The last year ahead, written at the end of the path."""
    last = result.drawn.points[-1]
    return Label(
        x=last.period.decimal_year,
        y=last.value,
        text=frame.value_text(last.value, unit),
        role=role,
    )


def _last_value(series: Series, result: ForecastResult) -> float:
    where = series.periods.index(result.last)
    value = float(series.values[where])
    return value if value == value else 0.0


def _band(start: FittedPoint, points: Sequence[FittedPoint], role: Role) -> Band:
    return Band(
        xs=(start.period.decimal_year, *(p.period.decimal_year for p in points)),
        lows=(start.value, *(float(p.low or 0.0) for p in points)),
        highs=(start.value, *(float(p.high or 0.0) for p in points)),
        role=role,
    )


def _key(result: ForecastResult, role: Role) -> tuple[KeyItem, ...]:
    levels = {
        "inner": i18n.percent(100 * DRAWN_LEVEL, 0),
        "outer": i18n.percent(100 * result.level, 0),
    }
    text = i18n.message(N_("path ahead with {inner} and {outer} bands"), levels)
    return (KeyItem(sign=Sign.TREND_BAND, text=text, role=role),)
