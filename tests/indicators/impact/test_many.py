"""One event over many series: equal to one by one, false discoveries held down."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.impact.interrupted import interrupted
from indicators.impact.many import interrupted_many
from indicators.model.results import ImpactResult
from tests.indicators.made import make_event, make_series

TIME = np.arange(2005.0, 2025.0)


def _counts(series: int, changed: int = 0, seed: int = 1) -> np.ndarray:
    draw = np.random.default_rng(seed)
    mean = 60 * np.exp(0.02 * (TIME - 2005)) * np.ones((series, 1))
    mean[:changed, 13:] *= 3
    return draw.poisson(mean).astype(float)


def test_each_series_equals_the_fit_alone() -> None:
    counts = _counts(4)
    counts[2, 5] = np.nan
    many = interrupted_many(TIME, counts, 2018.0)

    for i in range(4):
        cells = [None if np.isnan(value) else value for value in counts[i]]
        alone = interrupted(make_series(cells, 2005), make_event(2018))
        assert isinstance(alone, ImpactResult)
        assert many.estimate[i] == pytest.approx(alone.estimate, rel=1e-8)
        assert many.low[i] == pytest.approx(alone.low, rel=1e-8)
        assert many.p_value[i] == pytest.approx(alone.p_value, rel=1e-7)
        assert many.smallest_detectable[i] == pytest.approx(alone.smallest_detectable, rel=1e-8)


def test_population_enters_as_in_the_fit_alone() -> None:
    counts = _counts(1)
    people = 1e5 * 1.05 ** np.arange(20)
    many = interrupted_many(TIME, counts, 2018.0, population=people)
    alone = interrupted(
        make_series(counts[0].tolist(), 2005),
        make_event(2018),
        population=make_series(people.tolist(), 2005),
    )

    assert isinstance(alone, ImpactResult)
    assert many.estimate[0] == pytest.approx(alone.estimate, rel=1e-8)


def test_true_changes_are_named_and_few_others() -> None:
    found = interrupted_many(TIME, _counts(1000, changed=100), 2018.0)

    assert found.family_size == 1000
    assert found.clear[:100].sum() >= 90
    assert found.clear[100:].sum() <= 0.1 * found.clear.sum()
    assert (found.adjusted >= found.p_value).all()


def test_short_and_empty_series_are_refused_and_leave_the_family() -> None:
    counts = _counts(5)
    counts[0, :10] = np.nan
    counts[1] = 0.0
    counts[2, 13:] = 0.0

    found = interrupted_many(TIME, counts, 2018.0)

    assert found.refused.tolist() == [True, True, True, False, False]
    assert found.family_size == 2
    assert np.isnan(found.estimate[:3]).all()
    assert not found.clear[:3].any()
