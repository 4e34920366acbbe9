"""Forecast of an indicator or input, with its picture and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.model.period import Frequency, Period
from indicators.model.results import Refusal, SeriesBreak
from indicators.model.series import TOTAL, Breakdown, Series
from workbench import i18n
from workbench.services.fitting import no_values, window
from workbench.services.result_fields import forecast_fields
from workbench.services.subjects import Subject, breaks_touching, subject

if TYPE_CHECKING:
    from indicators.forecast import ForecastResult
    from workbench.presenting.sentences import Words
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace

__all__ = [
    "ForecastAnswer",
    "forecast",
    "forecast_chart",
    "forecast_fields",
    "forecast_words",
    "is_forecast",
]

_YEARLY = (Frequency.YEAR, Frequency.FISCAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastAnswer:
    """A forecast with everything a chart and its sentences need.

    Attributes:
        result: the forecast or the refusal.
        series: the values shown.
        subject: name, unit, pillar, detection, inputs.
        breaks: those that touch the series.
        fictitious: all data of the project are invented.
    """

    result: ForecastResult | Refusal
    series: Series
    subject: Subject
    breaks: tuple[SeriesBreak, ...] = ()
    fictitious: bool = False


def is_forecast(model: str | None) -> bool:
    """Whether a model id names a forecast rather than a trend."""
    from indicators.forecast import FORECASTS

    return model in FORECASTS


def forecast(
    ws: Workspace,
    code: str,
    area: str,
    *,
    breakdown: Breakdown = TOTAL,
    model: str | None = None,
    horizon: int | None = None,
    first: Period | None = None,
    last: Period | None = None,
    level: float = 0.95,
    use_provisional: bool = True,
    cross_breaks: bool = False,
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> ForecastAnswer:
    """A few years ahead of an indicator or input.

    Args:
        ws: open project.
        code: indicator or variable code.
        area: area code.
        breakdown: the cut.
        model: id of ``FORECASTS``; None takes the one proposed for the length.
        horizon: years ahead; None takes what the length allows, at most 3.
        first: first year of the window.
        last: last year of the window.
        level: confidence level of the outer band.
        use_provisional: whether a provisional last year is the start.
        cross_breaks: use the years before the last break too.
        dataset: only source of an input.
        parameters: of the indicator's formula.

    Raises:
        WorkbenchError: the code is unknown.
        IndicatorsError: the model is unknown.
    """
    from indicators import forecast as forecasting

    looked_at = subject(
        ws, code, area, breakdown, frequencies=_YEARLY, dataset=dataset, parameters=parameters
    )
    shown = window(looked_at.series, first, last)
    breaks = breaks_touching(ws, looked_at)
    result = no_values(code, area) if not shown.periods else forecasting.forecast(
        shown,
        model=model,
        horizon=horizon,
        level=level,
        breaks=breaks,
        use_provisional=use_provisional,
        cross_breaks=cross_breaks,
    )  # fmt: skip
    return ForecastAnswer(
        result=result,
        series=shown,
        subject=looked_at,
        breaks=breaks,
        fictitious=ws.settings.fictitious,
    )


def forecast_words(answer: ForecastAnswer) -> Words:
    """What a forecast says, with doubt, sureness and cautions."""
    from workbench.presenting import forecast as presenting
    from workbench.services import pictures

    return presenting.forecast_words(
        answer.result,
        name=i18n.local(answer.subject.name),
        unit=pictures.unit_word(answer.subject),
        detection=answer.subject.detection,
    )


def forecast_chart(ws: Workspace, answer: ForecastAnswer) -> Chart:
    """The picture of a forecast."""
    from workbench.presenting import forecast as presenting
    from workbench.services import pictures

    beside = pictures.around(
        ws, answer.subject.area, answer.subject.variables, answer.series.vintages
    )
    return presenting.chart(
        answer.result,
        answer.series,
        name=i18n.local(answer.subject.name),
        unit=pictures.unit_word(answer.subject),
        pillar=pictures.pillar(answer.subject),
        breaks=answer.breaks,
        source=beside.source,
        fictitious=answer.fictitious,
        place=beside.place,
    )
