"""Ranges of indicator values: which primitive of ``stats.intervals`` gets which counts."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from indicators.compute.task import Task
from indicators.formula.cells import Cells
from indicators.formula.evaluate import is_population
from indicators.formula.functions import FUNCTIONS
from indicators.formula.parse import parse
from indicators.formula.tree import Call, Node, Number, Operation, Reference
from indicators.model.codes import IntervalRule
from indicators.model.series import Floats
from indicators.stats import intervals

Pair = tuple[Floats, Floats]
BLOCK = 24_576
"""Cells that are worked on at once: five arrays of them fit into the second-level memory."""


_quantile = lru_cache(maxsize=64)(intervals.normal_quantile)


def window(tree: Node) -> int:
    """By what the value of a mean over periods is multiplied to be a count again."""
    if isinstance(tree, Call) and tree.function.startswith("mean"):
        return FUNCTIONS[tree.function].window
    return 1


def _counts(found: Cells, factor: int) -> Floats:
    """Whole counts; nan where there is no point."""
    value = found.value
    if factor == 1:
        return value
    counts = value * factor
    rounded: Floats = np.round(counts)
    return np.where(np.abs(counts - rounded) < 1e-6, rounded, counts)


def quotient_range(task: Task, top: Cells, bottom: Cells, sides: tuple[Node, Node]) -> Pair | None:
    """Limits of numerator over denominator, in the unit shown.

    Args:
        task: the computation.
        top: cells of the numerator.
        bottom: cells of the denominator.
        sides: trees of numerator and denominator.

    Returns:
        Arrays of the grid, nan where there is no range; None when the rule gives none.
    """
    per = task.indicator.per
    factors = window(sides[0]), window(sides[1])
    x, n = _counts(top, factors[0]), _counts(bottom, factors[1])
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        match task.indicator.interval:
            case IntervalRule.WILSON if task.indicator.n_effective is None:
                counted = top.counts and bottom.counts and factors == (1, 1)
                return wilson_blocks(x, n, per, task.level, counted=counted)
            case IntervalRule.WILSON:
                low, high = _share_range(task, x, n)
            case IntervalRule.POISSON:
                low, high = (limit / factors[0] / bottom.value for limit in _garwood(task, x))
            case IntervalRule.BOOTSTRAP:
                low, high = (
                    limit * factors[1] / factors[0]
                    for limit in intervals.bootstrap_ratio(x, n, task.level)
                )
            case _:
                return None
    return low * per, high * per


def wilson_blocks(
    x: Floats, n: Floats, per: float, level: float, *, counted: bool = False
) -> Pair:
    """Limits of ``intervals.wilson`` times ``per``, for millions of cells.

    Equation: (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)), the same written with two
    divisions. It works on pieces that stay in the fast memory of the processor, in place, and
    whole arrays are written once.

    Args:
        x: cases; nan where there is no value.
        n: base; broadcasts to ``x`` or the other way round.
        per: factor of the unit shown.
        level: confidence level.
        counted: every number on both sides is known to be whole, zero or above, so nothing but
            an empty whole and a part above its whole can make no sense.

    Returns:
        Arrays of the common shape; nan where counts make no sense, as ``wilson`` has it.
    """
    part, base = (x, n) if x.shape == n.shape else np.broadcast_arrays(x, n)
    low, high = np.empty(part.shape), np.empty(part.shape)
    flat_x, flat_n = np.ravel(part), np.ravel(base)
    flat_low, flat_high = low.reshape(-1), high.reshape(-1)
    scratch = [np.empty(min(BLOCK, part.size)) for _ in range(2)]
    z = _quantile(level)
    for first in range(0, part.size, BLOCK):
        piece = slice(first, min(first + BLOCK, part.size))
        space = [each[: piece.stop - first] for each in scratch]
        ends = flat_low[piece], flat_high[piece]
        largest = _wilson_block(flat_x[piece], flat_n[piece], *ends, space, z, per)
        if counted:
            _mend_counts(flat_x[piece], flat_n[piece], *ends, per, largest)
        else:
            _mend_ends(flat_x[piece], flat_n[piece], *ends, per)
    return low, high


def _wilson_block(
    x: Floats, n: Floats, low: Floats, high: Floats, scratch: list[Floats], z: float, per: float
) -> float:
    """One piece; ``low``, ``high`` and ``scratch`` are overwritten. Returns the largest share."""
    half, scale = scratch
    np.add(n, z * z, out=scale)
    np.divide(per / 2, scale, out=scale)
    np.divide(x, n, out=half)
    largest = float(np.fmax.reduce(half))
    np.subtract(1.0, half, out=half)
    half *= x
    half *= 4.0 * z * z
    half += (z * z) ** 2  # the root of a square is exact, so none of the cases have the limit 0
    np.sqrt(half, out=half)
    np.multiply(x, 2.0, out=high)
    high += z * z
    np.subtract(high, half, out=low)
    high += half
    low *= scale
    high *= scale
    return largest


def _mend_counts(
    x: Floats, n: Floats, low: Floats, high: Floats, per: float, largest: float
) -> None:
    """``_mend_ends`` of whole numbers, zero or above; it writes only where there is something.

    Such limits lie inside the whole, but for all of the cases.
    """
    if largest < 1 and np.fmin.reduce(n) > 0:
        return
    full = np.flatnonzero(x >= n)
    high[full] = per
    odd = full[(x[full] > n[full]) | (n[full] == 0)]
    low[odd] = high[odd] = np.nan


def _mend_ends(x: Floats, n: Floats, low: Floats, high: Floats, per: float) -> None:
    """Limits stay inside the whole, are its ends where counts are, and are none for no counts."""
    np.maximum(low, 0.0, out=low)
    np.minimum(high, per, out=high)
    # none or all of the cases: the limit is the end itself, not a hair beside it
    low[x == 0] = 0.0
    high[x == n] = per
    odd = ~((x >= 0) & (n > 0) & (x <= n) & (x == np.floor(x)) & (n == np.floor(n)))
    if odd.any():
        low[odd] = high[odd] = np.nan


def _share_range(task: Task, x: Floats, n: Floats) -> Pair:
    assert task.indicator.n_effective is not None  # plain shares are done in blocks
    effective = task.evaluation.evaluate(parse(task.indicator.n_effective))
    return intervals.wilson_share(x / n, effective.value, task.level)


def _garwood(task: Task, x: Floats) -> Pair:
    # exact limits cost a microsecond each and counts repeat: one look-up a distinct count
    distinct, place = np.unique(x, return_inverse=True)
    low, high = intervals.garwood(distinct, task.level)
    return low[place].reshape(x.shape), high[place].reshape(x.shape)


# products of counts on the log scale ----------------------------------------------------------


def product_range(task: Task, tree: Node, result: Cells) -> Pair | None:
    """Delta limits of a product of counts on the log scale, in the unit shown.

    Equation: var(log f) = sum over pairs of factors s_i s_j cov_ij with cov = 1/X for a count
    with itself and 1/Y for a count inside a count Y; populations and constants do not vary.
    A formula ``product - 1`` (a growth) has the limits of its product, minus 1.

    Args:
        task: the computation.
        tree: the formula.
        result: its cells, in the unit shown.

    Returns:
        None when the formula is not such a product.
    """
    product, offset = _without_offset(tree)
    factors = _factors(product, 1)
    if factors is None:
        return None
    variance = _log_variance(task, factors)
    per = task.indicator.per
    estimate = np.where(result.is_point, result.value, np.nan) / per + offset
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        low, high = intervals.log_delta(estimate, variance, task.level)
    return (low - offset) * per, (high - offset) * per


def factor_counts(task: Task, tree: Node) -> list[Floats]:
    """The counts that a product of counts compares; empty when it is no such product."""
    factors = _factors(_without_offset(tree)[0], 1) or []
    return [_counts(task.evaluation.evaluate(node), window(node)) for node, _ in factors]


def known_bounds(found: Cells) -> Pair:
    """Bounds of estimated inputs; nan where the estimate came without any."""
    low, high = found.bounds
    flat = np.isclose(low, high, rtol=1e-12, atol=0.0)
    return np.where(flat, np.nan, low), np.where(flat, np.nan, high)


def _without_offset(tree: Node) -> tuple[Node, float]:
    if (
        isinstance(tree, Operation)
        and tree.operator == "-"
        and isinstance(tree.right, Number)
        and tree.right.value == 1
    ):
        return tree.left, 1.0
    return tree, 0.0


def _factors(tree: Node, power: int) -> list[tuple[Node, int]] | None:
    match tree:
        case Number():
            return []
        case Reference():
            return [] if is_population(tree.variable) else [(tree, power)]
        case Call(arguments=(Reference() as inner,)) if FUNCTIONS[tree.function].window > 1:
            return [] if is_population(inner.variable) else [(tree, power)]
        case Operation(operator="*" | "/"):
            left = _factors(tree.left, power)
            right = _factors(tree.right, power if tree.operator == "*" else -power)
            return None if left is None or right is None else left + right
        case _:
            return None


def _log_variance(task: Task, factors: list[tuple[Node, int]]) -> Floats:
    counts = [_counts(task.evaluation.evaluate(node), window(node)) for node, _ in factors]
    total: Floats = np.zeros(task.evaluation.grid.shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        for i, (a, power_a) in enumerate(factors):
            for j, (b, power_b) in enumerate(factors):
                larger = _larger(i, j, _place(task, a), _place(task, b))
                if larger is not None:
                    total = total + power_a * power_b / np.where(
                        counts[larger] > 0, counts[larger], np.nan
                    )
    # rounding may leave a variance of a hair below zero
    return np.where(total > -1e-12, np.maximum(total, 0.0), np.nan)


_Place = tuple[str, tuple[int, int], dict[str, frozenset[str]]]


def _place(task: Task, node: Node) -> _Place:
    """Which cells a factor counts: variable, first and last lag, codes by dimension."""
    length = FUNCTIONS[node.function].window if isinstance(node, Call) else 1
    inner = node.arguments[0] if isinstance(node, Call) else node
    assert isinstance(inner, Reference)  # guaranteed by _factors
    filled = inner.with_parameters(dict(task.evaluation.parameters))
    codes = {dim: frozenset(codes) for dim, codes in filled.selectors}
    return filled.variable, (filled.shift, filled.shift + length - 1), codes


def _larger(i: int, j: int, a: _Place, b: _Place) -> int | None:
    """The index of the wider of two factors that count the same cells, or None."""
    if i == j:
        return i
    if a[:2] != b[:2]:
        return None
    if all(dim in a[2] and a[2][dim] <= codes for dim, codes in b[2].items()):
        return j
    if all(dim in b[2] and b[2][dim] <= codes for dim, codes in a[2].items()):
        return i
    return None
