"""Small linear programs by HiGHS: bounds of a quantity, and strictly positive solutions.

scipy is imported at the first call.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def largest_margin(equal: Floats, target: Floats) -> float:
    """The largest s with ``equal @ m = target`` and every entry of m at least s; at most 1.

    Above 0 there is a solution without any zero; -inf when there is no solution at all.

    Args:
        equal: shape ``(equations, n)``.
        target: shape ``(equations,)``.
    """
    from scipy.optimize import linprog

    rows, n = equal.shape
    # m = s + rest with rest >= 0
    system = np.column_stack([equal, equal.sum(axis=1)])
    cost = np.zeros(n + 1)
    cost[-1] = -1.0
    bounds = [(0.0, None)] * n + [(None, 1.0)]
    found = linprog(cost, A_eq=system, b_eq=target, bounds=bounds, method="highs")
    return -np.inf if not rows or found.x is None else float(found.x[-1])


def smallest(
    cost: Floats, equal: Any, target: Floats, bounds: Floats
) -> tuple[float, Floats] | None:
    """Least value of ``cost @ v`` under equations and bounds, with a solution; None without one.

    The value is -inf when nothing limits it; the solution then holds nan.

    Args:
        cost: shape ``(n,)``.
        equal: matrix, sparse or not, shape ``(equations, n)``.
        target: shape ``(equations,)``.
        bounds: least and greatest value of each entry, shape ``(n, 2)``.
    """
    from scipy.optimize import linprog

    ends = [(float(low), float(high)) for low, high in bounds]
    found = linprog(cost, A_eq=equal, b_eq=target, bounds=ends, method="highs")
    if found.status == 3:
        return -np.inf, np.full(cost.size, np.nan)
    if found.status != 0:
        return None
    value = np.nan if found.fun is None else float(found.fun)
    return value, np.asarray(found.x, dtype=np.float64)


def smallest_whole(
    cost: Floats, equal: Any, target: Floats, bounds: Floats
) -> tuple[float, Floats] | None:
    """As ``smallest`` over whole numbers only."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        cost,
        constraints=LinearConstraint(equal, target, target),
        bounds=Bounds(bounds[:, 0], bounds[:, 1]),
        integrality=np.ones(cost.size, dtype=np.int64),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    return float(found.fun), np.asarray(np.round(found.x), dtype=np.float64)
