"""Reference cases of breaks, recursions and state-space models."""

from __future__ import annotations

import numpy as np

from indicators.proof.rates import Produced, Settings, confidence, number
from indicators.proof.table import Table
from indicators.stats import level_shifts, smoothing
from indicators.stats.autoregression import fit_arma
from indicators.stats.bent_line import fit_bent_line
from indicators.stats.intervals import normal_quantile
from indicators.stats.local_level import fit_local_level


def structural_break(table: Table, settings: Settings) -> Produced:
    """Sup-F, OLS-CUSUM and the best partitions of a mean."""
    time, value = table.complete("time" if "time" in table.columns else "year", "value")
    trim = number(settings, "trim", 0.15)
    statistic, p_value = level_shifts.sup_f(value, trim)
    cusum, cusum_p = level_shifts.ols_cusum(value)
    breaks = level_shifts.mean_breaks(value, int(number(settings, "max_breaks", 5)), trim)
    return {
        "supF": statistic,
        "supF_p": p_value,
        "ols_cusum": cusum,
        "ols_cusum_p": cusum_p,
        "rss_by_m": breaks.rss,
        "bic_by_m": breaks.bic,
        "n_breaks_bic": breaks.best,
        "break_times": [time[size - 1] for size in breaks.sizes[breaks.best]],
    }


def chow(table: Table, settings: Settings) -> Produced:
    """Chow test of the mean at a known date."""
    year, value = table.complete("year" if "year" in table.columns else "time", "value")
    size = int((year <= number(settings, "point_after", np.nan)).sum())
    statistic = level_shifts.chow_f(value, size)
    return {"F": statistic, "p": level_shifts.f_p(statistic, value.size - 2)}


def segmented_continuous(table: Table, settings: Settings) -> Produced:
    """One bend anywhere on the axis."""
    year, value = table.complete("year", "value")
    line = fit_bent_line(year, value)
    return {
        "psi": line.bend,
        "psi_se": line.bend_se,
        "slope1": line.slope_before,
        "slope2": line.slope_after,
        "rss": line.rss,
    }


def rw_drift(table: Table, settings: Settings) -> Produced:
    """Random walk with drift."""
    _, value = table.complete("year", "value")
    path = smoothing.random_walk_drift(value, int(number(settings, "h", 1)))
    return {
        "drift": path.drift,
        "drift_se": path.drift_se,
        "forecast": path.forecast,
        "forecast_se_with_drift_uncertainty": path.forecast_se,
    }


def holt_fixed(table: Table, settings: Settings) -> Produced:
    """Holt's recursion with fixed parameters; the first value starts it and is not scored."""
    _, value = table.complete("year", "value")
    alpha = number(settings, "alpha", np.nan)
    beta = alpha * number(settings, "beta_star", np.nan)
    level = number(settings, "initial_level", float(value[0]))
    trend = number(settings, "initial_trend", float(value[1] - value[0]))
    path = smoothing.smooth(value[1:], alpha, beta, level, trend)
    return {
        "sse": path.sse,
        "final_level": path.level,
        "final_trend": path.trend,
        "forecast": path.forecast(int(number(settings, "h", 1))),
    }


def ets(table: Table, settings: Settings) -> Produced:
    """Exponential smoothing with additive error, fixed or estimated."""
    _, value = table.complete("year", "value")
    has_trend = settings.get("model", "ANN") == "AAN"
    is_estimated = settings.get("estimate", True) is not False
    if is_estimated:
        fit = smoothing.fit_smoothing(value, has_trend=has_trend)
        alpha, beta, path = fit.alpha, fit.beta, fit.smoothed
    else:
        alpha = number(settings, "alpha", np.nan)
        beta = number(settings, "beta", 0.0) if has_trend else 0.0
        trend = number(settings, "initial_trend", 0.0) if has_trend else 0.0
        path = smoothing.smooth(
            value, alpha, beta, number(settings, "initial_level", np.nan), trend
        )
    horizon = int(number(settings, "h", 1))
    variance = number(settings, "sigma2", path.sse / value.size)
    reach = normal_quantile(confidence(settings)) * smoothing.forecast_errors(
        variance, alpha, beta, horizon
    )
    forecast = path.forecast(horizon)
    return {
        "sse": path.sse,
        "final_level": path.level,
        "final_trend": path.trend,
        "alpha": alpha,
        "beta": beta,
        "forecast": forecast,
        "lower95": forecast - reach,
        "upper95": forecast + reach,
    }


def ucm_local_level(table: Table, settings: Settings) -> Produced:
    """Local level model: variances, forecast, two-sided level at every year."""
    years, values = table.numbers("year"), table.numbers("value")
    first, last = int(years.min()), int(years.max())
    path = np.full(last - first + 1, np.nan)
    path[(years - first).astype(np.intp)] = values
    fit = fit_local_level(path)
    horizon = int(number(settings, "h", 10))
    smoothed = {f"smoothed_at_{first + i}": level for i, level in enumerate(fit.smoothed)}
    errors = {f"forecast_se_h{k}": fit.forecast_se(k) for k in range(1, max(horizon, 10) + 1)}
    return {
        "var_irregular": fit.var_irregular,
        "var_level": fit.var_level,
        "loglik_diffuse": fit.loglik,
        "forecast": fit.level,
        **errors,
        **smoothed,
    }


def arima(table: Table, settings: Settings) -> Produced:
    """ARIMA and regression with ARIMA errors by exact maximum likelihood."""
    years, values = table.numbers("year"), table.numbers("value")
    keep = np.isfinite(years)
    years, values = years[keep], values[keep]
    given = settings.get("order")
    order = [int(item) for item in given] if isinstance(given, list) else [1, 0, 0]
    horizon = int(number(settings, "h", 1))
    has_trend, has_constant = "xreg" in settings, order[1] == 0
    origin = number(settings, "xreg_origin", 1920.0)
    later = years[-1] + np.arange(1, horizon + 1)
    regressors, ahead = (
        np.column_stack([np.ones(t.size), t - origin])[:, wanted] if any(wanted) else None
        for wanted in ([has_constant, has_trend],)
        for t in (years, later)
    )
    fit = fit_arma(
        values, (order[0], order[1], order[2]), horizon, regressors=regressors, ahead=ahead
    )
    coefficients = {f"ar{i}": value for i, value in enumerate(fit.ar, start=1)}
    coefficients |= {f"ma{i}": value for i, value in enumerate(fit.ma, start=1)}
    names = [*(["intercept"] if has_constant else []), *(["trend"] if has_trend else [])]
    coefficients |= dict(zip(names, fit.regression, strict=True))
    return {
        **coefficients,
        "sigma2": fit.sigma2,
        "loglik": fit.loglik,
        "aic": fit.aic,
        "forecast": fit.forecast,
        "forecast_se": fit.forecast_se,
    }
