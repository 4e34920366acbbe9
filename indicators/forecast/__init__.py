"""Forecasts: a few years ahead, tested against "no change", with a band that was tested too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indicators.errors import C_, N_, Note, Severity
from indicators.forecast import paths
from indicators.forecast.backtest import (
    LEAST_ORIGINS,
    MOST_ORIGINS,
    back_test,
    band,
    origins_of,
)
from indicators.forecast.results import DRAWN_LEVEL, BackTest, ForecastResult, Member
from indicators.forecast.scale import Scale, scale_of
from indicators.model.results import FittedPoint, Refusal, SeriesBreak
from indicators.model.series import Series
from indicators.registry import Registry
from indicators.stats.guards import censored_refusal
from indicators.stats.limits import LENGTHS, max_horizon
from indicators.stats.points import Points, breaks_of, data_hash, is_yearly, usable, windowed
from indicators.trends import is_count

__all__ = ["FORECASTS", "BackTest", "ForecastModel", "ForecastResult", "Member", "forecast"]

Floats = NDArray[np.float64]

BASELINE = "no_change"
VERSION = "1"
DETECTIONS = N_("A forecast of detections is not a forecast of victims.")
ASSUMPTIONS = (
    N_("The coming years continue the pattern of the past ones; no new law, budget or event."),
    N_("The band holds what such paths did; it cannot hold what never happened before."),
)
_POOR_COVERAGE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastModel:
    """A way to carry a series forward.

    Attributes:
        id: stable name.
        title: translatable.
        path: from values behind to a path ahead.
        length: its row in the length table.
        is_tried: whether it is tried without being asked for.
        origins: earlier years from which it is tried again; few for slow models.
        source: citation.
    """

    id: str
    title: str
    path: Callable[[Floats, int], paths.Path]
    length: str
    is_tried: bool = True
    origins: int = MOST_ORIGINS
    source: str = ""


FORECASTS: Registry[ForecastModel] = Registry(
    "forecast model",
    [
        ForecastModel(
            id=BASELINE,
            title=N_("No change"),
            path=paths.no_change,
            length="forecast",
            source="Hyndman and Athanasopoulos (2021), Forecasting, 3rd ed., ch. 5",
        ),
        ForecastModel(
            id="drift",
            title=N_("Mean change carried on"),
            path=paths.drift,
            length="forecast",
            source="Hyndman and Athanasopoulos (2021), Forecasting, 3rd ed., ch. 5",
        ),
        ForecastModel(
            id="damped",
            title=N_("Change that fades out"),
            path=paths.damped,
            length="forecast",
            source="Gardner and McKenzie (1985), Management Science 31(10)",
        ),
        ForecastModel(
            id="local_level",
            title=N_("Level that wanders"),
            path=paths.local_level,
            length="forecast_all",
            source="Durbin and Koopman (2012), Time Series Analysis by State Space Methods, ch. 2",
        ),
        ForecastModel(
            id="combination",
            title=N_("Mean of three models"),
            path=paths.combination,
            length="forecast_all",
            source="Bates and Granger (1969), Oper. Res. Q. 20(4)",
        ),
        ForecastModel(
            id="local_linear",
            title=N_("Level and pace that wander"),
            path=paths.local_linear,
            length="forecast_all",
            is_tried=False,
            origins=LEAST_ORIGINS,
            source="Harvey (1989), Forecasting, Structural Time Series Models, ch. 2",
        ),
        ForecastModel(
            id="arima",
            title=N_("Dependence on earlier years (ARIMA)"),
            path=paths.arima,
            length="arima",
            is_tried=False,
            origins=LEAST_ORIGINS,
            source="Box and Jenkins (1970), Time Series Analysis",
        ),
    ],
)


def proposed(n: int) -> str:
    """The model drawn when it does not lose: drift for short series, else the mean of three."""
    return "combination" if n >= LENGTHS["forecast_all"].points else "drift"


def forecast(
    series: Series,
    *,
    model: str | None = None,
    horizon: int | None = None,
    level: float = 0.95,
    breaks: Sequence[SeriesBreak] = (),
    use_provisional: bool = True,
    cross_breaks: bool = False,
) -> ForecastResult | Refusal:
    """A few years ahead of a yearly series.

    Every model is started again from at least four earlier years; one that does worse than "no
    change" is named and not drawn. Counts and amounts never go below 0. Begins at the last break.
    Missing: left out, real gaps kept. Suppressed: refused by rule 4 of the methods page.

    Args:
        series: values by year; how many are enough is the length table.
        model: id of ``FORECASTS``; None takes the one proposed for the length.
        horizon: years ahead; None for as many as the length allows, at most 3.
        level: confidence level of the outer band.
        breaks: breaks that touch the series.
        use_provisional: whether a provisional last year is the start.
        cross_breaks: use the years before the last break too.

    Returns:
        Path and bands of the model drawn, all models tried, their past; or a Refusal.

    Raises:
        IndicatorsError: the model is unknown.
    """
    if not is_yearly(series):
        return Refusal(
            code="yearly_only", text=N_("A forecast needs one value a year. Choose yearly values.")
        )
    points = windowed(usable(series), breaks_of(series, breaks), cross=cross_breaks)
    if not use_provisional:
        points = points.without_provisional_end()
    refusal = censored_refusal(points) if points.n else None
    if refusal is not None:
        return refusal
    points = points.take(~points.censored)
    asked = FORECASTS[model or proposed(points.n)]
    ahead = min(3, max_horizon(points.n)) if horizon is None else horizon
    return _refused(points, asked, ahead) or _forecast(series, points, asked, ahead, level)


def _refused(points: Points, asked: ForecastModel, ahead: int) -> Refusal | None:
    needed = LENGTHS[asked.length].points
    if points.n < needed:
        return Refusal(
            code="too_few_points" if points.since is None else "too_few_points_after_break",
            text=C_(
                "Only {found} year: too few for this forecast; {needed} would be enough.",
                "Only {found} years: too few for this forecast; {needed} would be enough.",
                by="found",
            ),
            found=points.n,
            needed=needed,
        )
    most = max_horizon(points.n)
    if not 1 <= ahead <= most:
        return Refusal(
            code="horizon_too_long",
            text=C_(
                "{found} year ahead is more than {n} years bear; the most is {needed}.",
                "{found} years ahead are more than {n} years bear; the most is {needed}.",
                by="found",
            ),
            found=ahead,
            needed=most,
            data={"n": points.n},
        )
    if len(origins_of(_spaced(points))) < LEAST_ORIGINS:
        return Refusal(
            code="too_few_origins",
            text=N_("The past cannot be forecast again from {needed} years, so nothing is shown."),
            found=len(origins_of(_spaced(points))),
            needed=LEAST_ORIGINS,
        )
    return None


def _spaced(points: Points) -> Floats:
    """Values year by year, nan where there is none."""
    place = np.round(points.time - points.time[0]).astype(np.intp)
    values = np.full(int(place[-1]) + 1, np.nan)
    values[place] = points.value
    return values


def _forecast(
    series: Series, points: Points, asked: ForecastModel, ahead: int, level: float
) -> ForecastResult:
    values = _spaced(points)
    scale = scale_of(points.value, series.unit, is_count=is_count(series))
    models = [
        model
        for model in FORECASTS
        if model.id == asked.id or (model.is_tried and points.n >= LENGTHS[model.length].points)
    ]
    unclear = False
    members = []
    for model in models:
        call = _held(model, scale.forward(values))
        path = call(scale.forward(values), ahead)
        unclear |= path.unclear_noise and model.id in (asked.id, "local_level")
        test = back_test(call, values, scale, ahead, model.origins)
        members.append(_member(points, model.id, path, scale, level, test))
    lost = tuple(m.model for m in members if m.model != BASELINE and m.test.loses)
    drawn = BASELINE if asked.id in lost else asked.id
    past = next(m.test for m in members if m.model == drawn)
    return ForecastResult(
        method=drawn,
        method_version=VERSION,
        asked=asked.id,
        members=tuple(members),
        lost=lost,
        horizon=ahead,
        level=level,
        scale=scale.id,
        unit=series.unit,
        n=points.n,
        first=points.periods[0],
        last=points.periods[-1],
        missing=points.missing,
        provisional_used=bool(points.provisional[-1]),
        breaks_crossed=points.breaks_crossed,
        assumptions=ASSUMPTIONS,
        warnings=_notes(points, series.unit, asked, lost, past, unclear=unclear),
        data_hash=data_hash(points, series.unit),
        vintages=series.vintages,
    )


def _held(model: ForecastModel, values: Floats) -> Callable[[Floats, int], paths.Path]:
    """The path of a model; ARIMA keeps the orders of the whole series over its past."""
    if model.id != "arima":
        return model.path
    return partial(paths.arima, chosen=paths.arima_order(values))


def _member(
    points: Points, name: str, path: paths.Path, scale: Scale, level: float, test: BackTest
) -> Member:
    last = points.periods[-1]

    def drawn(at: float) -> tuple[FittedPoint, ...]:
        low, middle, high = band(path, scale, at)
        return tuple(
            FittedPoint(
                period=last.shift(i + 1),
                value=float(middle[i]),
                low=float(low[i]),
                high=float(high[i]),
            )
            for i in range(middle.size)
        )

    return Member(model=name, points=drawn(level), inner=drawn(DRAWN_LEVEL), test=test)


def _notes(
    points: Points,
    unit: str,
    asked: ForecastModel,
    lost: tuple[str, ...],
    test: BackTest,
    *,
    unclear: bool,
) -> tuple[Note, ...]:
    notes = []
    if ":" not in unit:
        notes.append(Note(code="forecast_of_detections", text=DETECTIONS, severity=Severity.WARN))
    if points.since is not None:
        notes.append(
            Note(
                code="fitted_from_break",
                text=N_("The line begins in {since}, when the way of counting changed."),
                data={"since": points.since.start, "break": points.since.id},
            )
        )
    if asked.id in lost:
        notes.append(
            Note(
                code="loses_to_no_change",
                text=N_(
                    "“{model}” would have done worse than no change in earlier years and is not "
                    "drawn."
                ),
                severity=Severity.WARN,
                data={"model": asked.title},
            )
        )
    if test.coverage < _POOR_COVERAGE:
        notes.append(
            Note(
                code="band_too_narrow",
                text=N_(
                    "In earlier years only {share} % of the values fell inside a band that should "
                    "hold 80 %: read it as too narrow."
                ),
                severity=Severity.WARN,
                data={"share": round(100 * test.coverage)},
            )
        )
    if bool(points.provisional[-1]):
        notes.append(
            Note(
                code="starts_provisional",
                text=N_("The forecast starts from a provisional year."),
                severity=Severity.WARN,
            )
        )
    if unclear:
        notes.append(
            Note(
                code="noise_unclear",
                text=N_("The data cannot tell level noise from measurement noise."),
            )
        )
    return tuple(notes)
