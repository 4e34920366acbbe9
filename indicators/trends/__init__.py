"""Trend models: how fast a series changes, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.errors import N_
from indicators.model.codes import Status
from indicators.model.results import Refusal, TrendResult
from indicators.model.series import Series
from indicators.registry import Registry
from indicators.stats.batch import Lines
from indicators.stats.joinpoint_batch import BentLines
from indicators.stats.limits import LENGTHS
from indicators.stats.rank_batch import RankLines
from indicators.trends import breaks, counts, joinpoint, linear, rank


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendModel:
    """A way to describe how a series changes.

    Attributes:
        id: stable name; its row in the length table.
        title: translatable.
        fit: one series in detail.
        fit_many: slopes of thousands of series, or None.
        censored: ``interval`` when suppressed cells enter with their bounds, else ``refuse``.
        source: citation.
        options: names of further arguments of ``fit``.
    """

    id: str
    title: str
    fit: Callable[..., TrendResult | Refusal]
    fit_many: Callable[..., Lines | RankLines | BentLines] | None = None
    censored: Literal["interval", "refuse"] = "refuse"
    source: str = ""
    options: frozenset[str] = frozenset()


TRENDS: Registry[TrendModel] = Registry(
    "trend model",
    [
        TrendModel(
            id="count_trend",
            title=N_("Percent change of counts"),
            fit=counts.count_trend,
            fit_many=counts.count_trend_many,
            censored="interval",
            source="McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., ch. 6 and 9",
        ),
        TrendModel(
            id="apc_loglinear",
            title=N_("Percent change of rates and amounts"),
            fit=linear.apc_loglinear,
            fit_many=linear.apc_loglinear_many,
            source="Kleinbaum, Kupper and Muller (1988), Applied Regression Analysis, ch. 5",
        ),
        TrendModel(
            id="theil_sen",
            title=N_("Typical change by ranks"),
            fit=rank.theil_sen,
            fit_many=rank.theil_sen_many,
            source="Sen (1968), J. Am. Stat. Assoc. 63(324)",
        ),
        TrendModel(
            id="joinpoint",
            title=N_("Changes of pace or direction"),
            fit=joinpoint.joinpoint,
            fit_many=joinpoint.joinpoint_many,
            source="Kim, Fay, Feuer and Midthune (2000), Stat. Med. 19(3)",
            options=frozenset(("max_joinpoints", "selection", "scale")),
        ),
        TrendModel(
            id="breaks",
            title=N_("Sudden step"),
            fit=breaks.breaks,
            source="Andrews (1993), Econometrica 61(4)",
            options=frozenset(("date",)),
        ),
    ],
)

NOT_COUNTED = frozenset(
    ("money", "index", "score", "ratio", "days", "months", "FTE", "0/1", "0-1", "0-2", "constant")
)
"""Units that measure; money also shows as ``currency:scale``, shares and rates by their signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The model proposed for a series and why, as a translatable sentence."""

    model: str
    reason: str


def is_counted_unit(unit: str) -> bool:
    """Whether a unit is of things counted: no share, rate, money or time."""
    return not (":" in unit or "%" in unit or "per " in unit or unit.split(" ")[0] in NOT_COUNTED)


def is_count(series: Series) -> bool:
    """Whether the values count things: whole, not below zero, no share, rate or money."""
    if not is_counted_unit(series.unit):
        return False
    known = np.concatenate([series.values, series.low, series.high])
    known = known[np.isfinite(known)]
    return bool(known.size and (known >= 0).all() and (known == np.floor(known)).all())


def recommendation(series: Series) -> Recommendation:
    """The model proposed for a series, with the reason."""
    state = series.status
    usable = np.isin(state, (Status.A, Status.Z)) & np.isfinite(series.values)
    bounded = (state == Status.S) & np.isfinite(series.high)
    n = int((usable | bounded).sum())
    if is_count(series):
        if n >= LENGTHS["count_trend"].points:
            return Recommendation(
                model="count_trend",
                reason=N_("The values are counts: chance is larger in small years."),
            )
        return Recommendation(model="theil_sen", reason=N_("Too few years for a model of counts."))
    if series.unit.startswith("%"):
        return Recommendation(
            model="theil_sen",
            reason=N_("The values are shares: their change is told in percentage points."),
        )
    positive = bool((series.values[usable] > 0).all())
    if positive and n >= LENGTHS["apc_loglinear"].points:
        return Recommendation(
            model="apc_loglinear",
            reason=N_("The values are rates or amounts above zero."),
        )
    return Recommendation(
        model="theil_sen",
        reason=N_("The series is short or has zeros: ranks need the least."),
    )


def recommended(series: Series) -> str:
    """Id of the model proposed for a series."""
    return recommendation(series).model
