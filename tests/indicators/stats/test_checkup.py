from __future__ import annotations

import numpy as np
import pytest

from indicators.model.period import Period
from indicators.stats import checkup

RNG = np.random.default_rng(14)


def _names(size: int) -> set[str]:
    return {item.name for item in checkup.residual_checks(RNG.normal(size=size))}


def test_lags_follow_the_length() -> None:
    assert "ljung_box_3" in _names(15)
    assert "ljung_box_2" in _names(12)
    assert not {"ljung_box_2", "ljung_box_3"} & _names(7)


def test_normality_is_looked_at_from_eight_points() -> None:
    assert "shapiro_p" in _names(8)
    assert "shapiro_p" not in _names(7)


def test_largest_influence_names_its_year() -> None:
    periods = tuple(Period.of_year(year) for year in (2010, 2011, 2012))
    found = checkup.influence_checks(np.array([0.1, 2.0, np.nan]), periods)

    assert [item.value for item in found] == [2.0, 2011.0]
    assert checkup.influence_checks(np.array([np.nan]), periods[:1]) == ()


def test_each_point_is_left_out_once() -> None:
    values = np.array([1.0, 2.0, 6.0])
    left_out = checkup.drop_one(3, lambda keep: float(values[keep].sum()))
    (whole, first, last) = checkup.drop_one_checks(9.0, left_out)

    assert left_out.tolist() == [8.0, 7.0, 3.0]
    assert (whole.value, whole.low, whole.high) == (9.0, 3.0, 8.0)
    assert (first.value, last.value) == (8.0, 3.0)


@pytest.mark.parametrize(("n", "words"), [(11, "too short"), (12, "second range")])
def test_short_series_get_a_caution_and_no_correction(n: int, words: str) -> None:
    (note,) = checkup.dependence_notes(n, dependent=True)

    assert words in note.text
    assert checkup.dependence_notes(n, dependent=False) == ()
