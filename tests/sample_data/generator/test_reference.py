"""The reference estimators on data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from sample_data.generator import reference


def test_count_fit_returns_the_line_that_made_the_data() -> None:
    X = np.column_stack([np.ones(30), np.arange(30.0)])
    exposure = np.linspace(100, 200, 30)

    fit = reference.count_fit(exposure * np.exp(X @ [0.5, 0.02]), X, np.log(exposure))

    assert fit.beta == pytest.approx([0.5, 0.02], abs=1e-9)
    assert fit.dispersion == pytest.approx(0, abs=1e-9)


def test_joinpoints_of_an_exact_line_are_found() -> None:
    years = np.arange(2000.0, 2020.0)
    y = np.exp(0.03 * (years - 2000) + 0.1 * np.clip(years - 2007, 0, None))
    y = y * np.exp(-0.2 * np.clip(years - 2013, 0, None))

    found, apc = reference.two_joinpoints(years, y)

    assert found == (2007, 2013)
    assert apc == pytest.approx(100 * (np.exp([0.03, 0.13, -0.07]) - 1))


def test_gini_of_equal_rates_is_zero_and_of_one_holder_nearly_one() -> None:
    people = np.ones(10)

    assert reference.gini(np.full(10, 3.0), people) == pytest.approx(0)
    assert reference.gini(np.eye(10)[0], people) == pytest.approx(0.9)


def test_season_names_month_and_amplitude() -> None:
    t = np.arange(120)
    y = 1000 * np.exp(0.2 * np.cos(2 * np.pi * (t - 4) / 12))

    amplitude, month = reference.season(y)

    assert (amplitude, month) == (pytest.approx(0.2, abs=0.01), 5)


def test_three_lists_with_the_right_term_return_the_hidden_number() -> None:
    x, y, z, hidden = 0.3, 0.2, 0.4, 1000.0
    cells = hidden * np.array([z, y, y * z, x, x * z, 2 * x * y, 2 * x * y * z])

    assert reference.three_lists(cells, together=True) == pytest.approx(hidden + cells.sum())
    assert reference.three_lists(cells, together=False) < hidden + cells.sum()


def test_poisson_trend_is_kept_for_poisson_like_numbers() -> None:
    smooth = np.round(100 * np.exp(0.02 * np.arange(20)))
    wild = smooth * np.tile([0.4, 1.6], 10)

    assert not reference.poisson_rejected(smooth)
    assert reference.poisson_rejected(wild)


def test_panel_and_elasticity_return_what_was_put_in() -> None:
    units, times = np.repeat(np.arange(4.0), 6), np.tile(np.arange(6.0), 4)
    treated = ((units == 1) & (times >= 3)).astype(float)
    y = units + 0.1 * times - 0.4 * treated
    x = 10 + 3 * units + times

    assert reference.panel(y, units, times, treated, np.ones(24)) == pytest.approx(-0.4)
    assert reference.elasticity(np.exp(units) * x**0.6, x, units) == pytest.approx(0.6)
