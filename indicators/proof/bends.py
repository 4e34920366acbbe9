"""Reference cases of joinpoint regression, on the log and on the linear scale."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from indicators.proof.rates import Produced, Settings, confidence, number
from indicators.proof.table import Table
from indicators.stats.joinpoints import Bends, Grid, best_bends
from indicators.stats.permutation import permutation_test

Floats = NDArray[np.float64]


def _grid(table: Table, settings: Settings, *, log: bool) -> Grid:
    is_weighted = "se" in str(settings.get("weights", ""))
    names = ("year", "rate", "se") if is_weighted else ("year", "rate")
    columns = table.complete(*names)
    order = np.argsort(columns[0], kind="stable")
    year, rate = columns[0][order], columns[1][order]
    weights = np.ones(year.size)
    if is_weighted:
        weights = (rate / columns[2][order]) ** 2 if log else columns[2][order] ** -2.0
    between = number(settings, "min_obs_between", 2)
    return Grid(
        time=year,
        values=np.log(rate) if log else rate,
        weights=weights,
        ends=int(number(settings, "min_obs_end", 2)),
        between=int(number(settings, "min_index_distance_between_joinpoints", between + 1)) - 1,
    )


def _percent(slopes: Floats) -> Floats:
    return 100 * np.expm1(slopes)


def _years(grid: Grid, found: Bends) -> list[int]:
    return [int(grid.time[place]) for place in found.places]


def joinpoint_loglinear(table: Table, settings: Settings) -> Produced:
    """Best lines with 0 to max bends, criteria, and the line selected."""
    grid = _grid(table, settings, log=True)
    level = confidence(settings)
    found = best_bends(grid, int(number(settings, "max_joinpoints", 3)))
    chosen = found[_selected(grid, found, settings)]
    low, high = chosen.slope_intervals(level)
    mean = _percent(np.array(chosen.mean_slope(grid.time, level)))
    lines = {
        f"k{k}": {
            "years": _years(grid, line),
            "sse": line.sse,
            "apc": _percent(line.slopes),
            "bic": line.bic,
            "bic3": line.bic3,
            "wbic": line.wbic,
            "r2max": line.r2max,
        }
        for k, line in enumerate(found)
    }
    return {
        "nci": {
            "selected_joinpoints": len(chosen.places),
            "joinpoint_years": _years(grid, chosen),
            "apc": list(_percent(chosen.slopes)),
        },
        "recomputed": {
            **lines,
            "selected_conditional_ci": {
                "df": grid.time.size - 2 * len(chosen.places) - 2,
                "apc_low": _percent(low),
                "apc_high": _percent(high),
            },
            "aapc_full": {"aapc": mean[0], "low": mean[1], "high": mean[2]},
        },
    }


def _selected(grid: Grid, found: tuple[Bends, ...], settings: Settings) -> int:
    if settings.get("selection", "weighted_bic") != "permutation":
        return int(np.argmin([line.wbic for line in found]))
    given = settings.get("permutation")
    options: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    return permutation_test(
        grid,
        len(found) - 1,
        alpha=number(options, "alpha", 0.05),
        permutations=int(number(options, "permutations", 4499)),
        seed=int(number(options, "seed", 1)),
    ).bends


def joinpoint_linear(table: Table, settings: Settings) -> Produced:
    """Best lines with 0 to max bends on the scale of the rate, with fitted rates."""
    grid = _grid(table, settings, log=False)
    found = best_bends(grid, int(number(settings, "max_joinpoints", 2)))
    return {
        "recomputed": {
            f"k{k}": {"years": _years(grid, line), "sse": line.sse, "slopes": line.slopes}
            for k, line in enumerate(found)
        },
        "nci": {
            f"k{k}": {
                f"fitted_{int(year)}": value
                for year, value in zip(grid.time, line.fit.fitted, strict=True)
            }
            for k, line in enumerate(found)
        },
    }
