"""Coverage and false positives of the methods on series whose truth is known.

Run: ``python -m tests.benchmarks.simulation [PIECE ...] [--replications N]``; the pieces are
intervals, trends, joinpoint, steps, forecasts, impact, compared, lists. Each prints rows of the
table in ``docs/methods/simulation.md``. Counts are negative binomial (variance m + m^2/k); dependent years
come from a Gaussian copula with lag-1 correlation rho. One seed a piece: the rows can be repeated.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from scipy.special import ndtr, stdtr
from scipy.stats import nbinom, norm, poisson

from indicators.forecast import paths
from indicators.stats import intervals
from indicators.stats.batch import Lines, ols_lines, quasi_poisson_lines
from indicators.stats.intervals import student_quantile
from indicators.stats.joinpoint_batch import bent_lines
from indicators.stats.joinpoint_limits import profile_limits
from indicators.stats.joinpoints import Grid, best_bends, change_years
from indicators.stats.limits import max_joinpoints
from indicators.stats.permutation import permutation_test
from indicators.stats.rank_batch import rank_lines
from indicators.stats.ranks import exact_p
from indicators.stats.steps import best_step
from tests.benchmarks.simulation_impact import compared_rows, impact_rows
from tests.benchmarks.simulation_lists import list_rows

SEED = 20120607
LENGTHS = (8, 12, 20)
MEANS = (6, 30, 300)
OVERDISPERSION = (20.0, 1000.0)
"""k of the negative binomial: the noise of the sample country, strong and weak."""
CORRELATIONS = (0.0, 0.3)
Row = tuple[str, str, int, int, float, float]
"""What is measured, of what, n, replications, rho, share."""


def counts(
    rng: np.random.Generator, mean: np.ndarray, k: float, rho: float, size: int
) -> np.ndarray:
    """Negative binomial counts of shape ``(size, n)``, neighbours correlated by rho."""
    n = mean.size
    z = rng.standard_normal((size, n))
    for t in range(1, n):
        z[:, t] = rho * z[:, t - 1] + np.sqrt(1 - rho**2) * z[:, t]
    return np.asarray(nbinom.ppf(ndtr(z), k, k / (k + mean)), dtype=float)


def _cells(lengths: tuple[int, ...] = LENGTHS) -> Iterator[tuple[int, int, float, float]]:
    yield from product(lengths, MEANS, OVERDISPERSION, CORRELATIONS)


def _mean_by(rows: list[Row]) -> list[Row]:
    """Averages over means and overdispersion, with the worst cell behind."""
    groups: dict[tuple[str, str, int, float], list[tuple[float, int]]] = {}
    for what, method, n, size, rho, share in rows:
        groups.setdefault((what, method, n, rho), []).append((share, size))
    return [
        (what, method, n, sum(s for _, s in found), rho, float(np.mean([f for f, _ in found])))
        for (what, method, n, rho), found in groups.items()
    ]


def worst(rows: list[Row]) -> dict[tuple[str, str, int, float], tuple[float, float]]:
    """Least and largest share of the cells behind each average."""
    found: dict[tuple[str, str, int, float], list[float]] = {}
    for what, method, n, _, rho, share in rows:
        found.setdefault((what, method, n, rho), []).append(share)
    return {key: (min(values), max(values)) for key, values in found.items()}


# single counts and shares: exact sums, no random draws


def interval_rows(_: int) -> list[Row]:
    """Coverage of limits of a count and of a share, summed over all outcomes."""
    rows: list[Row] = []
    for name, method in (("garwood", intervals.garwood), ("byar", intervals.byar)):
        cover = []
        for mean in np.linspace(1, 60, 119):
            x = np.arange(0, 200)
            low, high = method(x)
            cover.append(poisson.pmf(x, mean)[(low <= mean) & (mean <= high)].sum())
        rows += _spread(name, cover)
    for name, method in (
        ("wilson", intervals.wilson),
        ("clopper_pearson", intervals.clopper_pearson),
    ):
        cover = []
        for size in (20, 50, 100):
            x = np.arange(size + 1)
            low, high = method(x, np.full(size + 1, size))
            from scipy.stats import binom

            for p in np.linspace(0.05, 0.95, 91):
                cover.append(binom.pmf(x, size, p)[(low <= p) & (p <= high)].sum())
        rows += _spread(name, cover)
    return rows


def _spread(name: str, cover: list[float]) -> list[Row]:
    return [
        ("coverage, mean", name, 1, len(cover), 0.0, float(np.mean(cover))),
        ("coverage, least", name, 1, len(cover), 0.0, float(np.min(cover))),
    ]


# straight trends


def _clear(lines: Lines, *, floor: float) -> tuple[np.ndarray, np.ndarray]:
    """Half widths and p-values; counts never with a dispersion below 1."""
    scale = np.sqrt(np.maximum(lines.dispersion, floor) / lines.dispersion) if floor else 1.0
    error = lines.se * scale
    reach = np.array([student_quantile(df) for df in lines.df[:1]])[0] * error
    p = 2 * stdtr(lines.df, -np.abs(lines.slope / error))
    return reach, p


def trend_rows(size: int) -> list[Row]:
    """Coverage at 5 percent a year and false positives without change."""
    rng, rows = np.random.default_rng(SEED), []
    for n, mean, k, rho in _cells():
        t = np.arange(n, dtype=float)
        flat = counts(rng, np.full(n, float(mean)), k, rho, size)
        rising = counts(rng, mean * np.exp(0.05 * (t - t.mean())), k, rho, size)
        rows += _count_rows(t, flat, rising, n, rho)
        rows += _log_rows(t, flat, rising, n, rho)
        rows += _rank_rows(t, flat, n, rho)
    return rows


def _count_rows(
    t: np.ndarray, flat: np.ndarray, rising: np.ndarray, n: int, rho: float
) -> list[Row]:
    size = len(flat)
    lines = quasi_poisson_lines(t, rising)
    reach, _ = _clear(lines, floor=1.0)
    p = _clear(quasi_poisson_lines(t, flat), floor=1.0)[1]
    cover = float(np.mean(np.abs(lines.slope - 0.05) <= reach))
    return [
        ("coverage", "count_trend", n, size, rho, cover),
        ("false positives", "count_trend", n, size, rho, float(np.mean(p < 0.05))),
    ]


def _log_rows(
    t: np.ndarray, flat: np.ndarray, rising: np.ndarray, n: int, rho: float
) -> list[Row]:
    flat, rising = flat[(flat > 0).all(axis=1)], rising[(rising > 0).all(axis=1)]
    if len(flat) < 100 or len(rising) < 100:
        return []
    lines = ols_lines(t, np.log(rising))
    reach, _ = _clear(lines, floor=0.0)
    p = _clear(ols_lines(t, np.log(flat)), floor=0.0)[1]
    cover = float(np.mean(np.abs(lines.slope - 0.05) <= reach))
    return [
        ("coverage", "apc_loglinear", n, len(rising), rho, cover),
        ("false positives", "apc_loglinear", n, len(flat), rho, float(np.mean(p < 0.05))),
    ]


def _rank_rows(t: np.ndarray, flat: np.ndarray, n: int, rho: float) -> list[Row]:
    """The slope without change is 0 on any scale, so the limits must hold 0."""
    lines = rank_lines(t, flat)
    ties = np.array([np.unique(row).size < n for row in flat])
    groups = [np.unique(row, return_counts=True)[1] for row in flat]
    tied = np.array([(g * (g - 1.0) * (2 * g + 5)).sum() for g in groups])
    variance = np.maximum((n * (n - 1) * (2 * n + 5) - tied) / 18, 1e-9)
    z = (lines.s - np.sign(lines.s)) / np.sqrt(variance)
    p = 2 * norm.sf(np.abs(z))
    if n <= 10:
        exact = {s: exact_p(s, n) for s in range(-n * n, n * n + 1)}
        p = np.where(ties, p, [exact[int(s)] for s in lines.s])
    cover = float(np.mean((lines.low <= 0) & (lines.high >= 0)))
    return [
        ("coverage", "theil_sen", n, len(flat), rho, cover),
        ("false positives", "theil_sen", n, len(flat), rho, float(np.mean(p < 0.05))),
    ]


# bends


def joinpoint_rows(size: int) -> list[Row]:
    """False bends on a straight percent trend; coverage of slopes and years on a bent one."""
    rng, rows = np.random.default_rng(SEED + 1), []
    for n, mean, k, rho in _cells((12, 16, 20)):
        if mean == MEANS[0]:
            continue  # zeros: the method refuses
        t = np.arange(n, dtype=float)
        flat = counts(rng, mean * np.exp(0.03 * (t - t.mean())), k, rho, size)
        flat = np.log(flat[(flat > 0).all(axis=1)])
        most = max_joinpoints(n)
        tested = [
            permutation_test(_grid(t, row), most, permutations=999, seed=i).bends > 0
            for i, row in enumerate(flat)
        ]
        by_wbic = bent_lines(t, flat, most).chosen > 0
        rows.append(("false positives", "joinpoint", n, len(flat), rho, float(np.mean(tested))))
        rows.append(
            (
                "false positives",
                "joinpoint (weighted BIC)",
                n,
                len(flat),
                rho,
                float(np.mean(by_wbic)),
            )
        )
        if rho == 0:
            rows += _bent_rows(rng, n, mean, k, size)
    return rows


def _grid(t: np.ndarray, values: np.ndarray) -> Grid:
    return Grid(time=t, values=values, weights=np.ones(t.size))


def _bent_rows(rng: np.random.Generator, n: int, mean: float, k: float, size: int) -> list[Row]:
    """One bend in the middle, from 12 to -6 percent a year, of series where one is found."""
    t = np.arange(n, dtype=float)
    bend = n // 2
    truth = 0.12 * t - 0.18 * np.maximum(t - bend, 0)
    values = counts(rng, mean * np.exp(truth - truth.mean()), k, 0.0, size)
    values = np.log(values[(values > 0).all(axis=1)])
    slopes, given, mean_slope, years = [], [], [], []
    for i, row in enumerate(values):
        grid = _grid(t, row)
        if permutation_test(grid, 1, permutations=499, seed=i).bends != 1:
            continue
        line = best_bends(grid, 1)[1]
        low, high = line.slope_intervals()
        given += [low[0] <= 0.12 <= high[0], low[1] <= -0.06 <= high[1]]
        limits = profile_limits(grid, line, [None])
        low, high = limits.low, limits.high
        slopes += [low[0] <= 0.12 <= high[0], low[1] <= -0.06 <= high[1]]
        low_m, high_m = limits.spans[0]
        mean_slope.append(low_m <= (truth[-1] - truth[0]) / (n - 1) <= high_m)
        (year,) = change_years(grid, line)
        years.append(year.low <= bend <= year.high)
    found = len(years)
    if found < 50:
        return []
    return [
        ("coverage", "joinpoint: stretches", n, found, 0.0, float(np.mean(slopes))),
        ("coverage", "joinpoint: stretches, years held", n, found, 0.0, float(np.mean(given))),
        ("coverage", "joinpoint: mean change", n, found, 0.0, float(np.mean(mean_slope))),
        ("coverage", "joinpoint: change year", n, found, 0.0, float(np.mean(years))),
    ]


def step_rows(size: int) -> list[Row]:
    """False steps on a straight percent trend, n = 20."""
    rng, rows = np.random.default_rng(SEED + 2), []
    n = 20
    t = np.arange(n, dtype=float)
    for _, mean, k, rho in _cells((n,)):
        if mean == MEANS[0]:
            continue
        flat = counts(rng, mean * np.exp(0.03 * (t - t.mean())), k, rho, size)
        flat = np.log(flat[(flat > 0).all(axis=1)])
        false = [
            best_step(t, row, permutations=499, seed=i).p_value < 0.05
            for i, row in enumerate(flat)
        ]
        rows.append(("false positives", "breaks", n, len(flat), rho, float(np.mean(false))))
    return rows


# forecasts


def _walk(rng: np.random.Generator, n: int) -> np.ndarray:
    return np.cumsum(rng.normal(0.03, 0.1, n))


def _line(rng: np.random.Generator, n: int) -> np.ndarray:
    return 0.03 * np.arange(n) + rng.normal(0, 0.1, n)


def _level(rng: np.random.Generator, n: int) -> np.ndarray:
    return np.cumsum(rng.normal(0, 0.05, n)) + rng.normal(0, 0.1, n)


def forecast_rows(size: int) -> list[Row]:
    """Coverage of 95 and 80 percent bands three years ahead, mean of three worlds."""
    rng, rows = np.random.default_rng(SEED + 3), []
    models = {
        "no_change": paths.no_change,
        "drift": paths.drift,
        "damped": paths.damped,
        "local_level": paths.local_level,
        "combination": paths.combination,
    }
    for n in (12, 20):
        for world in (_walk, _line, _level):
            hits: dict[tuple[str, int], list[bool]] = {}
            for _ in range(size):
                values = world(rng, n + 3)
                for name, model in models.items():
                    if n == 12 and name in ("local_level", "combination"):
                        continue
                    path = model(values[:n], 3)
                    for level in (95, 80):
                        reach = student_quantile(path.df, level / 100) * path.error
                        inside = np.abs(path.middle - values[n:]) <= reach
                        hits.setdefault((name, level), []).append(bool(inside[-1]))
            rows += [
                (f"coverage of the {level} % band", name, n, size, 0.0, float(np.mean(held)))
                for (name, level), held in hits.items()
            ]
    return rows


PIECES: dict[str, tuple[Callable[[int], list[Row]], int]] = {
    "intervals": (interval_rows, 1),
    "trends": (trend_rows, 2000),
    "joinpoint": (joinpoint_rows, 300),
    "steps": (step_rows, 300),
    "forecasts": (forecast_rows, 250),
    "impact": (impact_rows, 2000),
    "compared": (compared_rows, 500),
    "lists": (list_rows, 1000),
}
"""Pieces with their usual number of replications."""


def main() -> None:
    """Print the rows of the pieces asked for, averages over the grid with the range of cells."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pieces", nargs="*", default=list(PIECES))
    parser.add_argument("--replications", type=int)
    chosen = parser.parse_args()
    print("| measured | method | n | lag-1 | replications | mean | least cell | largest cell |")
    print("|---|---|---|---|---|---|---|---|")
    for piece in chosen.pieces:
        start = time.process_time()
        call, usual = PIECES[piece]
        rows = call(chosen.replications or usual)
        ends = worst(rows)
        for what, method, n, size, rho, share in _mean_by(rows):
            low, high = ends[what, method, n, rho]
            print(
                f"| {what} | {method} | {n} | {rho} | {size} | {100 * share:.1f} % "
                f"| {100 * low:.1f} % | {100 * high:.1f} % |",
                flush=True,
            )
        print(f"<!-- {piece}: {time.process_time() - start:.0f} s of one core -->", flush=True)


if __name__ == "__main__":
    main()
