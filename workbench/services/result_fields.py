"""Results of analyses as plain data: the keys that the command line prints as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.model.codes import Outcome
from indicators.model.results import (
    FittedPoint,
    ImpactResult,
    Interval,
    ModelResult,
    Refusal,
    TrendResult,
)
from workbench import i18n
from workbench.i18n import _

if TYPE_CHECKING:
    from indicators.forecast.results import BackTest, ForecastResult
    from indicators.impact.family import ImpactsAnswer

Fields = dict[str, object]

_KEYS = (
    "outcome",
    "method",
    "method_version",
    "estimate",
    "low",
    "high",
    "level",
    "p_value",
    "unit",
    "transformation",
    "covariance",
    "df",
    "n",
    "first",
    "last",
    "missing",
    "provisional_used",
    "censored_used",
    "breaks_crossed",
    "family_size",
    "assumptions",
    "diagnostics",
    "warnings",
    "fitted",
    "counterfactual",
    "segments",
    "smallest_detectable",
    "refusal",
    "seed",
    "data_hash",
    "vintages",
    "sentences",
)
"""Keys of decisions.md section 11, in its order; those that do not apply are None."""


def result_fields(
    result: TrendResult | ImpactResult | Refusal, sentences: Sequence[str] | None = None
) -> Fields:
    """A trend or an impact with every key of the contract; numbers in full precision.

    Args:
        result: what the model said.
        sentences: the same in words, made by ``workbench.presenting.sentences``.
    """
    fields: Fields = dict.fromkeys(_KEYS)
    if isinstance(result, Refusal):
        fields |= _refusal_fields(result)
    else:
        fields |= _model_fields(result)
        own = _impact_fields if isinstance(result, ImpactResult) else _trend_fields
        fields |= own(result)  # type: ignore[arg-type]
    if sentences is not None:
        fields["sentences"] = list(sentences)
    return fields


def _refusal_fields(refusal: Refusal) -> Fields:
    return {
        "outcome": Outcome.REFUSED.value,
        "refusal": {
            "code": refusal.code,
            "text": i18n.refusal_text(refusal),
            "found": refusal.found,
            "needed": refusal.needed,
        },
    }


def _model_fields(result: ModelResult) -> Fields:
    return {
        "outcome": result.outcome.value,
        "method": result.method,
        "method_version": result.method_version,
        "estimate": _plain(result.estimate),
        "low": _plain(result.low),
        "high": _plain(result.high),
        "level": result.level,
        "p_value": _plain(result.p_value),
        "unit": result.unit,
        "transformation": result.transformation,
        "covariance": result.covariance,
        "df": result.df,
        "n": result.n,
        "first": str(result.first),
        "last": str(result.last),
        "missing": [str(period) for period in result.missing],
        "provisional_used": result.provisional_used,
        "censored_used": result.censored_used,
        "breaks_crossed": list(result.breaks_crossed),
        "family_size": result.family_size,
        "assumptions": [_(text) for text in result.assumptions],
        "diagnostics": [
            {
                "name": item.name,
                "value": _plain(item.value),
                "low": _plain(item.low),
                "high": _plain(item.high),
            }
            for item in result.diagnostics
        ],
        "warnings": [
            {"code": note.code, "text": i18n.note_text(note)} for note in result.warnings
        ],
        "fitted": _points(result.fitted),
        "seed": result.seed,
        "data_hash": result.data_hash,
        "vintages": list(result.vintages),
    }


def _trend_fields(result: TrendResult) -> Fields:
    return {
        "segments": [
            {
                "first": str(segment.first),
                "last": str(segment.last),
                "apc": _plain(segment.apc),
                "low": _plain(segment.low),
                "high": _plain(segment.high),
            }
            for segment in result.segments
        ],
        "without_provisional": _interval(result.without_provisional),
    }


def _impact_fields(result: ImpactResult) -> Fields:
    return {
        "counterfactual": _points(result.counterfactual),
        "smallest_detectable": _plain(result.smallest_detectable),
        "event": result.event,
        "start": None if result.start is None else str(result.start),
        "slope": _interval(result.slope),
        "effect_total": _interval(result.effect_total),
        "rivals": list(result.rivals),
        "pulses": {name: _interval(value) for name, value in result.pulses.items()},
        "placebos": [
            {
                "start": str(item.start),
                "estimate": _plain(item.estimate),
                "low": _plain(item.low),
                "high": _plain(item.high),
            }
            for item in result.placebos
        ],
        "leave_one_out": None if result.leave_one_out is None else list(result.leave_one_out),
    }


def forecast_fields(
    result: ForecastResult | Refusal, sentences: Sequence[str] | None = None
) -> Fields:
    """A forecast with every key of a trend; ``estimate`` is the last year ahead.

    Further keys: ``horizon``, ``asked``, ``lost`` (models that lose to "no change") and
    ``members``, each with its path, its 80 % band and how it did in the past.

    Args:
        result: what the models said.
        sentences: the same in words.
    """
    if isinstance(result, Refusal):
        return result_fields(result, sentences)
    last = result.drawn.points[-1]
    fields: Fields = dict.fromkeys(_KEYS)
    fields |= {
        "method": result.method,
        "method_version": result.method_version,
        "estimate": _plain(last.value),
        "low": _plain(last.low),
        "high": _plain(last.high),
        "level": result.level,
        "unit": result.unit,
        "transformation": result.scale,
        "n": result.n,
        "first": str(result.first),
        "last": str(result.last),
        "missing": [str(period) for period in result.missing],
        "provisional_used": result.provisional_used,
        "breaks_crossed": list(result.breaks_crossed),
        "family_size": 1,
        "assumptions": [_(text) for text in result.assumptions],
        "diagnostics": [
            {"name": name, "value": _plain(value), "low": None, "high": None}
            for name, value in _past(result.drawn.test).items()
        ],
        "warnings": [
            {"code": note.code, "text": i18n.note_text(note)} for note in result.warnings
        ],
        "fitted": _points(result.drawn.points),
        "data_hash": result.data_hash,
        "vintages": list(result.vintages),
        "horizon": result.horizon,
        "asked": result.asked,
        "lost": list(result.lost),
        "members": [
            {
                "model": member.model,
                "points": _points(member.points),
                "inner": _points(member.inner),
                **{name: _plain(value) for name, value in _past(member.test).items()},
            }
            for member in result.members
        ],
    }
    if sentences is not None:
        fields["sentences"] = list(sentences)
    return fields


def many_fields(answer: ImpactsAnswer, sentences: Sequence[str]) -> Fields:
    """One event over many series with the keys that ``impact --all --json`` prints."""
    numbers = ("estimate", "low", "high", "p_value", "adjusted", "smallest_detectable")
    return {
        "event": answer.event.id,
        "family_size": answer.family_size,
        "adjustment": answer.adjustment,
        "level": answer.level,
        "clear": sum(row.clear for row in answer.rows),
        "rivals": [rival.id for rival in answer.rivals],
        "left_out": list(answer.left_out),
        "series": [
            {
                "variable": row.variable,
                "area": row.area,
                "breakdown": row.breakdown.as_dict(),
                **{name: _plain(getattr(row, name)) for name in numbers},
                "clear": row.clear,
                "tested": row.is_tested,
                "note": None
                if row.reason is None
                else {"code": row.reason.code, "text": i18n.note_text(row.reason)},
            }
            for row in answer.rows
        ],
        "sentences": list(sentences),
    }


def _past(test: BackTest) -> dict[str, float]:
    return {
        "origins": test.origins,
        "pairs": test.pairs,
        "mase": test.mase,
        "relative_to_no_change": test.relative,
        "coverage_80": test.coverage,
    }


def _points(points: Sequence[FittedPoint]) -> list[Fields]:
    return [
        {
            "period": str(point.period),
            "value": _plain(point.value),
            "low": _plain(point.low),
            "high": _plain(point.high),
        }
        for point in points
    ]


def _interval(interval: Interval | None) -> Fields | None:
    if interval is None:
        return None
    return {
        "estimate": _plain(interval.estimate),
        "low": _plain(interval.low),
        "high": _plain(interval.high),
    }


def _plain(value: float | None) -> float | None:
    """A number that JSON can hold; None for nan and infinity."""
    return None if value is None or not math.isfinite(value) else float(value)
