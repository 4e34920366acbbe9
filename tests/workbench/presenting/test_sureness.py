"""Bars and bold line of the how-sure card."""

from __future__ import annotations

import pytest

from indicators.errors import Note
from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import ImpactResult, Placebo, TrendResult
from tests.workbench.presenting import charts as c
from workbench.presenting.sureness import impact_sureness, trend_sureness, used_text

WARNED = (Note(code="autocorrelation", text="x"),)


@pytest.mark.parametrize(
    ("result", "bars", "word"),
    [
        (c.make_trend(), 3, "strong"),
        (c.make_trend(low=2.0, high=19.0), 2, "some"),
        (c.make_trend(warnings=WARNED), 2, "some"),
        (c.make_trend(low=2.0, high=19.0, warnings=(*WARNED, c.SEVERE)), 1, "weak"),
        (c.make_trend(Outcome.NO_CLEAR_CHANGE), 0, "none"),
        (c.make_trend(Outcome.STABLE), 3, "strong"),
        (c.make_trend(Outcome.STABLE, n=9), 2, "some"),
        (c.make_trend(warnings=(Note(code="rests_on_provisional", text="x"),)), 1, "weak"),
    ],
)
def test_bars_of_a_trend(result: TrendResult, bars: int, word: str) -> None:
    sure = trend_sureness(result)

    assert (sure.bars, sure.word) == (bars, word)
    assert sure.line


@pytest.mark.parametrize(
    ("result", "bars"),
    [
        (c.make_impact(rivals=()), 3),
        (c.make_impact(), 2),
        (c.make_impact(rivals=(), n=11), 2),
        (c.make_impact(rivals=(), leave_one_out=(-1.0, 30.0)), 1),
        (
            c.make_impact(
                rivals=(),
                placebos=(Placebo(start=Period.of_year(2008), estimate=-30, low=-50, high=-4),),
            ),
            2,
        ),
        (c.make_impact(Outcome.NO_CLEAR_EFFECT), 0),
    ],
)
def test_bars_of_an_impact(result: ImpactResult, bars: int) -> None:
    assert impact_sureness(result).bars == bars


def test_a_refusal_has_no_bars() -> None:
    assert trend_sureness(c.TOO_FEW).bars == 0
    assert impact_sureness(c.TOO_FEW).word == "none"


def test_the_periods_used_are_named_by_their_kind() -> None:
    monthly = c.make_trend(first=Period.parse("2018-01"), last=Period.parse("2019-02"), n=14)

    assert used_text(c.make_trend(n=1)) == "1 year used."
    assert used_text(monthly) == "14 months used."
