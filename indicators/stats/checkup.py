"""The diagnostics shown with each fit (methods.md section 15), as named numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, Note, Severity
from indicators.model.period import Period
from indicators.model.results import Diagnostic
from indicators.stats import diagnostics as numbers
from indicators.stats.limits import MIN_HAC_UNCAUTIONED, MIN_SHAPIRO

Floats = NDArray[np.float64]

_CLEAR_LAG1 = 0.4
_CLEAR_P = 0.10


def residual_checks(residuals: Floats) -> tuple[Diagnostic, ...]:
    """Dependence in time and shape of residuals.

    A regression takes no lag parameters, so the Ljung-Box statistic keeps all its degrees of
    freedom; the lags are 1 and min(3, n/5).
    """
    n = residuals.size
    longest = max(1, min(3, n // 5))
    first, last = numbers.ljung_box(residuals, 1), numbers.ljung_box(residuals, longest)
    values = {
        "lag1": numbers.lag1(residuals),
        "durbin_watson": numbers.durbin_watson(residuals),
        "ljung_box_1": first[0],
        "ljung_box_1_p": first[1],
    }
    if longest > 1:
        values |= {f"ljung_box_{longest}": last[0], f"ljung_box_{longest}_p": last[1]}
    if n >= MIN_SHAPIRO:
        values["shapiro_w"], values["shapiro_p"] = numbers.shapiro(residuals)
    return tuple(Diagnostic(name=name, value=value) for name, value in values.items())


def influence_checks(distance: Floats, periods: tuple[Period, ...]) -> tuple[Diagnostic, ...]:
    """Largest Cook distance and the year it belongs to."""
    if not np.isfinite(distance).any():
        return ()
    where = int(np.nanargmax(distance))
    return (
        Diagnostic(name="cook_max", value=float(distance[where])),
        Diagnostic(name="cook_period", value=periods[where].decimal_year),
    )


def drop_one(n: int, estimate_without: Callable[[NDArray[np.bool_]], float]) -> Floats:
    """The estimate with each point left out in turn, shape ``(n,)``."""
    keep = np.ones(n, dtype=bool)
    result = np.empty(n)
    for i in range(n):
        keep[i] = False
        result[i] = estimate_without(keep)
        keep[i] = True
    return result


def drop_one_checks(estimate: float, left_out: Floats) -> tuple[Diagnostic, ...]:
    """Range of the estimate when one point is left out, and without the first and the last."""
    good = left_out[np.isfinite(left_out)]
    if good.size == 0:
        return ()
    return (
        Diagnostic(name="drop_one", value=estimate, low=float(good.min()), high=float(good.max())),
        Diagnostic(name="drop_first", value=float(left_out[0])),
        Diagnostic(name="drop_last", value=float(left_out[-1])),
    )


def is_dependent(residuals: Floats, p_value: float = 1.0) -> bool:
    """Whether neighbouring residuals are clearly alike."""
    return abs(numbers.lag1(residuals)) > _CLEAR_LAG1 or p_value < _CLEAR_P


def dependence_notes(n: int, *, dependent: bool) -> tuple[Note, ...]:
    """Caution when neighbouring years are alike."""
    if not dependent:
        return ()
    if n < MIN_HAC_UNCAUTIONED:
        text = N_(
            "Neighbouring years are alike, and the series is too short to allow for it: the "
            "range may be too narrow."
        )
    else:
        text = N_("Neighbouring years are alike: see the second range that allows for it.")
    return (Note(code="autocorrelation", text=text, severity=Severity.WARN),)


def alike_notes(*, dependent: bool) -> tuple[Note, ...]:
    """Caution where no second range allows for neighbouring years that are alike."""
    if not dependent:
        return ()
    return (
        Note(
            code="autocorrelation",
            text=N_("Neighbouring years are alike: the range may be too narrow."),
            severity=Severity.WARN,
        ),
    )
