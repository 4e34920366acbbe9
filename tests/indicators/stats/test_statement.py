from __future__ import annotations

import pytest

from indicators.model.codes import Outcome
from indicators.stats.statement import STABLE_BAND, Estimate, outcome_of


def _estimate(low: float, high: float, **fields) -> Estimate:
    return Estimate(
        estimate=(low + high) / 2,
        low=low,
        high=high,
        p_value=None,
        unit="percent a year",
        transformation="log",
        covariance="ols",
        df=8,
        fitted=(),
        **fields,
    )


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (1.5, 4, Outcome.RISING),
        (0.5, 4, Outcome.RISING),
        (-4, -0.1, Outcome.FALLING),
        (-4, 4, Outcome.NO_CLEAR_CHANGE),
        (-0.9, 1.1, Outcome.NO_CLEAR_CHANGE),
        (-0.9, 0.9, Outcome.STABLE),
        (0.2, 0.9, Outcome.STABLE),
    ],
)
def test_one_outcome_for_each_interval(low: float, high: float, outcome: Outcome) -> None:
    assert outcome_of(_estimate(low, high), STABLE_BAND) is outcome


def test_band_is_the_persons_choice() -> None:
    assert outcome_of(_estimate(0.2, 0.9), (-0.5, 0.5)) is Outcome.RISING
    assert outcome_of(_estimate(-2, 2), (-3.0, 3.0)) is Outcome.STABLE


def test_a_test_that_disagrees_makes_it_unclear() -> None:
    assert outcome_of(_estimate(1.5, 4, is_clear=False), STABLE_BAND) is Outcome.NO_CLEAR_CHANGE


def test_units_are_turned_into_percent_for_the_band() -> None:
    assert outcome_of(_estimate(-5, 5, percent_scale=0.1), STABLE_BAND) is Outcome.STABLE
