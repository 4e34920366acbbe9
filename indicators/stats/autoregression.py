"""Regression with ARMA errors by exact Gaussian maximum likelihood (statsmodels)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmaFit:
    """A fitted model.

    Attributes:
        ar, ma: coefficients; y = e + theta e(-1).
        regression: coefficients of the regressors (the constant first when there is one).
        sigma2: divided by the number of differenced observations.
        loglik, aic: k counts AR, MA, regression terms and sigma2.
        forecast, forecast_se: without parameter uncertainty.
    """

    ar: Floats
    ma: Floats
    regression: Floats
    sigma2: float
    loglik: float
    aic: float
    forecast: Floats
    forecast_se: Floats


def fit_arma(
    values: Floats,
    order: tuple[int, int, int],
    horizon: int,
    *,
    regressors: Floats | None = None,
    ahead: Floats | None = None,
) -> ArmaFit:
    """The fit run to convergence; differencing is done before the likelihood.

    Args:
        values: equally spaced, nan where missing.
        order: (p, d, q).
        horizon: steps ahead.
        regressors: shape ``(n, r)``, the constant included; None for none.
        ahead: regressors of the steps ahead, shape ``(horizon, r)``.
    """
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks on start values; the fit is polished below
        model = SARIMAX(
            values, exog=regressors, order=order, trend="n", simple_differencing=order[1] > 0
        )
        rough = model.fit(disp=False, maxiter=500, method="lbfgs", pgtol=1e-9, factr=10.0)
        fit = model.fit(rough.params, disp=False, maxiter=200, method="bfgs", gtol=1e-7)
        whole = SARIMAX(values, exog=regressors, order=order, trend="n").smooth(fit.params)
        path = whole.get_forecast(horizon, exog=ahead)
    p, _, q = order
    r = 0 if regressors is None else regressors.shape[1]
    params = np.asarray(fit.params, dtype=np.float64)
    return ArmaFit(
        ar=params[r : r + p],
        ma=params[r + p : r + p + q],
        regression=params[:r],
        sigma2=float(params[-1]),
        loglik=float(fit.llf),
        aic=float(-2 * fit.llf + 2 * params.size),
        forecast=np.asarray(path.predicted_mean, dtype=np.float64),
        forecast_se=np.asarray(path.se_mean, dtype=np.float64),
    )
