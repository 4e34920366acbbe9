"""Trends, bends and ranks of 20,000 series against loops over one series at a time.

Run: ``python -m tests.benchmarks.bench_trends``. The floor is the bare matrix product that gives
the slopes; the loops run on a sample and are scaled up. Ratios decide, seconds are only reported.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np

from indicators.stats.batch import ols_lines, quasi_poisson_lines
from indicators.stats.damped import fit_damped
from indicators.stats.joinpoint_batch import bent_lines
from indicators.stats.joinpoints import Grid, best_bends
from indicators.stats.local_level import fit_local_level
from indicators.stats.permutation import permutation_test
from indicators.stats.rank_batch import rank_lines

SERIES = 20_000
YEARS = 20
SAMPLE = 150
ROUNDS = 5
OLS_TARGET_MS = 50
POISSON_TARGET_S = 0.5
POISSON_TARGET_RATIO = 50


def _data() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(20120607)
    year = np.arange(2005, 2005 + YEARS, dtype=float)
    slopes = rng.normal(0.03, 0.05, (SERIES, 1))
    levels = rng.uniform(1.5, 6.0, (SERIES, 1))
    mean = np.exp(levels + slopes * (year - year.mean()))
    counts = rng.poisson(rng.gamma(20, mean / 20)).astype(float)
    population = rng.uniform(1e5, 1e7, (SERIES, 1)) * 1.01 ** (year - 2005)
    return year, counts, population


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _statsmodels_ols(year: np.ndarray, logs: np.ndarray) -> None:
    import statsmodels.api as sm

    x = sm.add_constant(year - year.mean())
    for y in logs[:SAMPLE]:
        fit = sm.OLS(y, x).fit()
        _ = fit.params, fit.bse


def _statsmodels_poisson(year: np.ndarray, counts: np.ndarray, offset: np.ndarray) -> None:
    import statsmodels.api as sm

    x = sm.add_constant(year - year.mean())
    for y, shift in zip(counts[:SAMPLE], offset[:SAMPLE], strict=True):
        fit = sm.GLM(y, x, family=sm.families.Poisson(), offset=shift).fit(scale="X2")
        _ = fit.params, fit.bse


def main() -> None:
    """Print floor, loop, ours and the ratios, medians of interleaved rounds."""
    warnings.simplefilter("ignore")
    year, counts, population = _data()
    logs, offset = np.log(counts + 1), np.log(population)
    centred = year - year.mean()
    calls: dict[str, Callable[[], object]] = {
        "floor": lambda: logs @ centred,
        "ols": lambda: ols_lines(year, logs),
        "poisson": lambda: quasi_poisson_lines(year, counts, population),
        "loop ols": lambda: _statsmodels_ols(year, logs),
        "loop poisson": lambda: _statsmodels_poisson(year, counts, offset),
    }
    for call in calls.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            taken[name].append(_seconds(call))
    median = {name: statistics.median(values) for name, values in taken.items()}
    scale = SERIES / SAMPLE
    loops = {"ols": median["loop ols"] * scale, "poisson": median["loop poisson"] * scale}
    fits = quasi_poisson_lines(year, counts, population)
    print(f"{SERIES} series x {YEARS} years, medians of {ROUNDS} interleaved rounds")
    print(f"floor (one matrix product)   {1e3 * median['floor']:9.1f} ms")
    for name in ("ols", "poisson"):
        print(
            f"{name:8} ours {1e3 * median[name]:9.1f} ms   statsmodels loop {loops[name]:7.1f} s"
            f" (scaled from {SAMPLE})   loop / ours {loops[name] / median[name]:8.0f}"
            f"   ours / floor {median[name] / median['floor']:7.1f}"
        )
    print(f"fitted: {np.isfinite(fits.slope).sum()} of {SERIES}")
    print(
        f"targets: ols <= {OLS_TARGET_MS} ms: {1e3 * median['ols'] <= OLS_TARGET_MS}; "
        f"poisson <= {POISSON_TARGET_S} s: {median['poisson'] <= POISSON_TARGET_S}; "
        f"poisson loop / ours >= {POISSON_TARGET_RATIO}: "
        f"{loops['poisson'] / median['poisson'] >= POISSON_TARGET_RATIO}"
    )
    bends()


def _grid(year: np.ndarray, values: np.ndarray) -> Grid:
    return Grid(time=year, values=values, weights=np.ones(year.size))


def _loop_bends(year: np.ndarray, logs: np.ndarray) -> None:
    for y in logs[:SAMPLE]:
        best_bends(_grid(year, y), 3)


def _loop_ranks(year: np.ndarray, logs: np.ndarray) -> None:
    from scipy.stats import theilslopes

    for y in logs[:SAMPLE]:
        theilslopes(y, year)


def bends() -> None:
    """Print the rows of bends, ranks and single forecasts, medians of interleaved rounds."""
    year, counts, _ = _data()
    logs = np.log(counts + 1)
    gaps = logs.copy()
    patterns = np.random.default_rng(1).random((40, YEARS)) < 0.1
    gaps[patterns[np.arange(SERIES) % 40]] = np.nan
    one = _grid(year, np.interp(year, [2005, 2013, 2019, 2024], [0, 0.25, 0.9, 0.8]) + logs[0] / 9)
    calls: dict[str, tuple[Callable[[], object], float]] = {
        "bends to 3": (lambda: bent_lines(year, logs, 3, has_criterion=False), 1.0),
        "bends, weighted BIC": (lambda: bent_lines(year, logs, 3), 2.0),
        "bends, 40 gap patterns": (lambda: bent_lines(year, gaps, 3), 2.0),
        "Theil-Sen": (lambda: rank_lines(year, logs), 0.3),
        "one permutation test": (lambda: permutation_test(one, 3), 0.1),
        "one damped trend": (lambda: fit_damped(logs[0]), 0.1),
        "one local level": (lambda: fit_local_level(logs[0]), 0.1),
        "loop bends": (lambda: _loop_bends(year, logs), np.inf),
        "loop scipy ranks": (lambda: _loop_ranks(year, logs), np.inf),
    }
    for call, _ in calls.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, (call, _) in calls.items():
            taken[name].append(_seconds(call))
    for name, (_, target) in calls.items():
        median = statistics.median(taken[name])
        if name.startswith("loop"):
            print(f"{name:24} {median * SERIES / SAMPLE:9.2f} s (scaled from {SAMPLE})")
        else:
            print(f"{name:24} {median:9.3f} s   target {target} s: {median <= target}")


if __name__ == "__main__":
    main()
