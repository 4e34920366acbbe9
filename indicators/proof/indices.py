"""Reference cases of composite indices and of the two-list estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.proof.rates import Produced, Settings
from indicators.proof.table import Table

Floats = NDArray[np.float64]


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _floats(value: object) -> Floats:
    return np.array([float(str(item)) for item in _list(value)], dtype=np.float64)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _ranks(score: Floats) -> list[int]:
    """1 is best; equal scores share the better rank."""
    return [int((score > own + 1e-12).sum()) + 1 for own in score]


def composite_index(table: Table, settings: Settings) -> Produced:
    """Min-max scores, pillars, arithmetic and geometric index, z-score index."""
    units = table.text(table.first)
    names = [name for name in table.columns if name != table.first]
    raw = np.column_stack([table.numbers(name) for name in names])
    direction = (
        _floats(settings.get("direction")) if settings.get("direction") else np.ones(len(names))
    )
    pillars = {
        name: [names.index(str(column)) for column in _list(columns)]
        for name, columns in _mapping(settings.get("pillars")).items()
    }
    weights = _floats(settings.get("pillar_weights"))
    if weights.size == 0:
        weights = np.full(len(pillars), 1 / len(pillars))
    low, high = raw.min(axis=0), raw.max(axis=0)
    share = (raw - low) / (high - low)
    minmax = 100 * np.where(direction > 0, share, 1 - share)
    signed = direction * (raw - raw.mean(axis=0)) / raw.std(axis=0, ddof=1)
    scores = np.column_stack([minmax[:, columns].mean(axis=1) for columns in pillars.values()])
    z_scores = np.column_stack([signed[:, columns].mean(axis=1) for columns in pillars.values()])
    weights = weights / weights.sum()
    arithmetic = scores @ weights
    geometric = np.exp(np.log(1 + 0.99 * scores) @ weights)
    return {
        "minmax": {unit: minmax[i] for i, unit in enumerate(units)},
        **{name: scores[:, i] for i, name in enumerate(pillars)},
        "arithmetic": arithmetic,
        "geometric_1_100": geometric,
        "rank_arithmetic": _ranks(arithmetic),
        "rank_geometric": _ranks(geometric),
        "zscore_composite": z_scores @ weights,
        "spearman_arith_geom": _spearman(arithmetic, geometric),
    }


def _spearman(a: Floats, b: Floats) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(a, b).statistic)


def composite_goalposts(table: Table, settings: Settings) -> Produced:
    """Index of components between fixed goalposts: arithmetic inside, geometric between groups."""
    logged = {str(name) for name in _list(settings.get("log"))}
    cap = _floats(settings.get("cap", [0, 1]))
    component = {}
    for name, posts in _mapping(settings.get("goalposts")).items():
        values, ends = table.numbers(name), _floats(posts)
        if name in logged:
            values, ends = np.log(values), np.log(ends)
        component[name] = np.clip((values - ends[0]) / (ends[1] - ends[0]), cap[0], cap[-1])
    groups = [[str(name) for name in _list(group)] for group in _list(settings.get("groups"))]
    groups = groups or [[name] for name in component]
    means = np.array([np.mean([component[name] for name in group], axis=0) for group in groups])
    with np.errstate(divide="ignore"):
        return {"index": np.exp(np.log(means).mean(axis=0))}
