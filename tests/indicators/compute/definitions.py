"""Indicators for tests, with everything that does not matter filled in."""

from __future__ import annotations

from typing import Any

from indicators.model.codes import (
    Direction,
    IndicatorSet,
    IndicatorType,
    IntervalRule,
    Kind,
    Pillar,
)
from indicators.model.definition import Example, Indicator, LocalText, Side


def text(words: str) -> LocalText:
    """The same words in all languages."""
    return LocalText(en=words, es=words, pt=words, fr=words)


def make_indicator(
    kind: str, numerator: str = "", denominator: str = "", *, interval: str = "none", **more: Any
) -> Indicator:
    """An indicator of a kind; sides, formula or calculator as given."""
    fields: dict[str, Any] = {
        "code": "N-T01",
        "name": text("Test"),
        "definition": text("Test"),
        "pillar": Pillar.PROTECTION,
        "type": IndicatorType.PROCESS,
        "unit": "%",
        "set": IndicatorSet.CORE,
        "direction": Direction.UP,
        "reason": text("Test"),
        "cautions": text("Test"),
        "time": "same year",
        "example": Example(inputs={}, value=0.0),
        "per": 100.0,
        "minimum_denominator": 0,
        "breakdowns": ("SEX", "AGE", "CITG", "FORM"),
    }
    if numerator:
        fields["numerator"] = Side(formula=numerator, text=text("part"))
        fields["denominator"] = Side(formula=denominator, text=text("whole"))
    return Indicator(**(fields | {"kind": Kind(kind), "interval": IntervalRule(interval)} | more))
