"""Would a model have done better than "no change" from earlier years on?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.paths import Path, no_change
from indicators.forecast.results import DRAWN_LEVEL, BackTest
from indicators.forecast.scale import Scale
from indicators.stats.intervals import student_quantile

Floats = NDArray[np.float64]
Model = Callable[[Floats, int], Path]

LEAST_ORIGINS = 4
MOST_ORIGINS = 8
LEAST_BEHIND = 8
"""Values a model must have before an origin."""


def origins_of(values: Floats) -> tuple[int, ...]:
    """Positions from which the past is forecast again: the latest, at least four where possible."""
    seen = np.flatnonzero(np.isfinite(values))
    usable = seen[LEAST_BEHIND - 1 : -1]
    return tuple(int(place) for place in usable[-MOST_ORIGINS:])


def back_test(
    model: Model, values: Floats, scale: Scale, horizon: int, most: int = MOST_ORIGINS
) -> BackTest:
    """Rolling origin over the past of a series.

    Args:
        model: carries values on the scale forward.
        values: in the unit of the series, equally spaced, nan where missing.
        scale: of the model.
        horizon: most years ahead; only years that came are compared.
        most: latest origins used.

    Returns:
        Errors in the unit of the series against those of "no change" at the same places.
    """
    origins = origins_of(values)[-most:]
    errors: list[float] = []
    baseline: list[float] = []
    hits: list[bool] = []
    for origin in origins:
        behind = scale.forward(values[: origin + 1])
        coming = values[origin + 1 : origin + 1 + horizon]
        came = np.isfinite(coming)
        path = model(behind, coming.size)
        low, middle, high = band(path, scale, DRAWN_LEVEL)
        plain = scale.back(no_change(behind, coming.size).middle)
        errors.extend(np.abs(middle - coming)[came].tolist())
        baseline.extend(np.abs(plain - coming)[came].tolist())
        hits.extend(((low <= coming) & (coming <= high))[came].tolist())
    usual = np.abs(np.diff(values[np.isfinite(values)])).mean()
    mean, plain_mean = float(np.mean(errors)), float(np.mean(baseline))
    return BackTest(
        origins=len(origins),
        pairs=len(errors),
        mase=mean / float(usual) if usual > 0 else 0.0,
        relative=mean / plain_mean if plain_mean > 0 else 1.0 if mean == 0 else np.inf,
        coverage=float(np.mean(hits)),
    )


def band(path: Path, scale: Scale, level: float) -> tuple[Floats, Floats, Floats]:
    """Low, middle and high of a path in the unit of the series."""
    reach = student_quantile(path.df, level) * path.error
    return (
        scale.back(path.middle - reach),
        scale.back(path.middle),
        scale.back(path.middle + reach),
    )
