"""Reference cases of regressions: trends, interrupted series, ranks, residual checks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.impact.plan import seasons
from indicators.proof.rates import Produced, Settings, confidence, number
from indicators.proof.table import Table
from indicators.stats import diagnostics
from indicators.stats.intervals import normal_quantile, student_p, student_quantile
from indicators.stats.overdispersion import negative_binomial
from indicators.stats.ranks import rank_trend
from indicators.stats.regression import (
    CountFit,
    LinearFit,
    newey_west,
    ols,
    poisson,
    prais_winsten,
    standard_errors,
    wls,
)

Floats = NDArray[np.float64]


def _percent(value: float) -> float:
    return float(100 * np.expm1(value))


def _line(time: Floats) -> Floats:
    return np.column_stack([np.ones(time.size), time - time.mean()])


def apc_loglinear(table: Table, settings: Settings) -> Produced:
    """Annual percent change, plain and weighted by standard errors."""
    level = confidence(settings)
    year, rate = table.complete("year", "rate")
    produced = {"ols": _apc(wls(np.log(rate), _line(year), np.ones(rate.size)), level)}
    if "se" in table.columns:
        year, rate, se = table.complete("year", "rate", "se")
        produced["wls_se"] = _apc(wls(np.log(rate), _line(year), (rate / se) ** 2), level)
    return produced


def _apc(fit: LinearFit, level: float) -> Produced:
    slope, se = float(fit.coef[1]), float(fit.se[1])
    half = student_quantile(fit.df, level) * se
    return {
        "slope": slope,
        "se": se,
        "apc": _percent(slope),
        "apc_low": _percent(slope - half),
        "apc_high": _percent(slope + half),
        "p": student_p(slope / se, fit.df),
        "df": fit.df,
        "durbin_watson_unweighted_residuals": diagnostics.durbin_watson(fit.residuals),
    }


def count_trend_offset(table: Table, settings: Settings) -> Produced:
    """Poisson, quasi-Poisson, sandwich and negative binomial trend with population offset."""
    year, count, population = table.complete("year", "count", "population")
    level = confidence(settings)
    design, offset = _line(year), np.log(population)
    fit = poisson(count, design, offset)
    slope, se = float(fit.coef[1]), float(standard_errors(fit.bread)[1])
    quasi = float(standard_errors(fit.covariance(fit.dispersion))[1])
    z, t = normal_quantile(level), student_quantile(fit.df, level)
    return {
        "poisson": {
            "slope": slope,
            "se": se,
            "apc": _percent(slope),
            "wald_low": _percent(slope - z * se),
            "wald_high": _percent(slope + z * se),
            "deviance": fit.deviance,
            "pearson_chi2": fit.pearson,
            "aic": -2 * fit.loglik + 4,
        },
        "quasipoisson": {
            "dispersion": fit.dispersion,
            "se": quasi,
            "t": slope / quasi,
            "p": student_p(slope / quasi, fit.df),
            "low_t": _percent(slope - t * quasi),
            "high_t": _percent(slope + t * quasi),
            "df": fit.df,
        },
        "sandwich_HC0": {"se": standard_errors(fit.sandwich)[1]},
        "negbin": _negative_binomial(count, design, offset),
    }


def _negative_binomial(count: Floats, design: Floats, offset: Floats) -> Produced:
    fit = negative_binomial(count, design, offset)
    if fit is None:
        return {"status": "no_overdispersion"}
    return {
        "status": "ok",
        "slope": fit.coef[1],
        "se_given_alpha": fit.se_given_alpha[1],
        "se_joint": fit.se_joint[1],
        "theta": 1 / fit.alpha,
        "alpha": fit.alpha,
        "loglik": fit.loglik,
        "lr_vs_poisson": fit.gain,
    }


def _column(settings: Settings, name: str, default: str) -> str:
    value = settings.get(name, default)
    return value if isinstance(value, str) else default


def its_count_segmented(table: Table, settings: Settings) -> Produced:
    """Interrupted counts with offset: step, dispersion, season, change of slope."""
    offset_text = _column(settings, "offset", "").strip()
    is_log = offset_text.startswith("log(")
    offset_name = offset_text[4:].rstrip(") ") if is_log else offset_text
    names = [_column(settings, k, k) for k in ("outcome", "time", "post")]
    month_name = _column(settings, "month", "month")
    has_month = month_name in table.columns
    wanted = [
        *names,
        *([offset_name] if offset_name else []),
        *([month_name] if has_month else []),
    ]
    columns = dict(zip(wanted, table.complete(*wanted), strict=True))
    y, time, post = (columns[name] for name in names)
    raw = columns[offset_name] if offset_name else np.ones(y.size)
    shift = raw if offset_name.startswith("log") else np.log(raw)
    step = np.column_stack([np.ones(y.size), time, post])
    season = seasons(
        columns[month_name] if has_month else time,
        int(number(settings, "period", 12)),
        int(number(settings, "harmonics", 2)),
    )
    seasonal = np.column_stack([step, *season])
    origin = number(settings, "slope_origin", 0.0)
    wide = np.column_stack([seasonal, post * (time - origin)])
    z = normal_quantile(confidence(settings))
    plain, full, sloped = (poisson(y, x, shift) for x in (step, seasonal, wide))
    if settings.get("quantile") == "t":
        z = student_quantile(full.df, confidence(settings))
    ratio = (full.deviance - sloped.deviance) / sloped.dispersion
    without = seasonal.copy()
    without[:, 2] = 0.0
    expected = np.exp(without @ full.coef + shift)
    return {
        "poisson_step": _effect(plain, 2, 1.0, z),
        "quasipoisson_step": _effect(plain, 2, plain.dispersion, z),
        "quasipoisson_step_seasonal": _effect(full, 2, full.dispersion, z),
        "level": _effect(sloped, 2, sloped.dispersion, z),
        "slope": _effect(sloped, wide.shape[1] - 1, sloped.dispersion, z),
        "F": ratio,
        "F_p": _f_tail(ratio, sloped.df),
        "averted_post": float((expected - full.mean)[post > 0].sum()),
        "n": y.size,
    }


def _f_tail(ratio: float, df: int) -> float:
    from scipy.special import fdtrc

    return float(fdtrc(1, df, max(ratio, 0.0)))


def _effect(fit: CountFit, index: int, scale: float, z: float) -> Produced:
    coef = float(fit.coef[index])
    se = float(standard_errors(fit.covariance(scale))[index])
    return {
        "coef": coef,
        "se": se,
        "rr": np.exp(coef),
        "rr_low_z": np.exp(coef - z * se),
        "rr_high_z": np.exp(coef + z * se),
        "dispersion": scale,
    }


_TERMS = ("intercept", "trend", "level", "slope_change")


def _named(values: Floats) -> Produced:
    return dict(zip(_TERMS, values, strict=True))


def its_gaussian_hac(table: Table, settings: Settings) -> Produced:
    """Segmented regression with Newey-West and Prais-Winsten errors."""
    year, value = table.complete("year", "value")
    first = number(settings, "intervention_year", np.nan)
    post = (year >= first).astype(np.float64)
    time = np.arange(1, year.size + 1, dtype=np.float64)
    design = np.column_stack([np.ones(year.size), time, post, post * (year - first)])
    fit = ols(value, design)
    lag = int(number(settings, "lag", 1))
    other, rho = prais_winsten(value, design)
    godfrey = diagnostics.breusch_godfrey(fit)
    return {
        "coef": _named(fit.coef),
        "se_ols": _named(fit.se),
        "se_hac_unadjusted": _named(standard_errors(newey_west(fit, lag, small_sample=False))),
        "se_hac_smallsample": _named(standard_errors(newey_west(fit, lag))),
        "prais_winsten": {"rho": rho, "coef": _named(other.coef), "se": _named(other.se)},
        "durbin_watson": diagnostics.durbin_watson(fit.residuals),
        "breusch_godfrey1_chi2": godfrey[0],
        "breusch_godfrey1_p": godfrey[1],
        "n": year.size,
    }


def controlled_its(table: Table, settings: Settings) -> Produced:
    """One regression over a treated and a control group; difference in differences."""
    year, value = table.numbers("year"), table.numbers("value")
    treated = str(settings.get("treated", "1"))
    group = np.array([_same(cell, treated) for cell in table.text("group")], dtype=np.float64)
    keep = np.isfinite(year) & np.isfinite(value)
    year, value, group = year[keep], value[keep], group[keep]
    first = number(settings, "intervention_year", np.nan)
    time = year - number(settings, "time_origin", float(year.min()))
    post = (year >= first).astype(np.float64)
    since = post * (year - first)
    one = np.ones(year.size)
    columns = [one, time, group, group * time, post, since, group * post, group * since]
    full = ols(value, np.column_stack(columns))
    simple = ols(value, np.column_stack([one, group, post, group * post]))
    return {
        "level_diff": full.coef[6],
        "level_diff_se": full.se[6],
        "slope_diff": full.coef[7],
        "slope_diff_se": full.se[7],
        "did": simple.coef[3],
        "did_se_ols": simple.se[3],
    }


def _same(cell: str, code: str) -> bool:
    if cell == code:
        return True
    try:
        return float(cell) == float(code)
    except ValueError:
        return False


def mann_kendall_theil_sen(table: Table, settings: Settings) -> Produced:
    """Rank test and slope with all their numbers."""
    year, value = table.complete("year", "value")
    order = np.argsort(year, kind="stable")
    trend = rank_trend(year[order], value[order], confidence(settings))
    z = trend.z
    if settings.get("continuity_correction") is False and trend.variance > 0:
        z = trend.s / float(np.sqrt(trend.variance))
    produced: dict[str, object] = {
        "n": trend.n,
        "S": trend.s,
        "var_S": trend.variance,
        "z": z,
        "p_normal": 2 * _upper_normal(abs(z)),
        "tau_b": trend.tau_b,
        "sen_slope": trend.slope,
        "sen_low": trend.low,
        "sen_high": trend.high,
        "sen_intercept_conover": trend.intercept,
        "lag1_ols_residuals": diagnostics.lag1(ols(value, _line(year)).residuals),
    }
    if trend.p_exact is not None:
        produced["p_exact"] = trend.p_exact
    return produced


def _upper_normal(z: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(-z))


def residual_diagnostics(table: Table, settings: Settings) -> Produced:
    """Ljung-Box at several lags, Durbin-Watson, Shapiro-Wilk."""
    (r,) = table.complete("r")
    fitted_df = int(number(settings, "ljung_box_fitdf", 0))
    is_centred = settings.get("ljung_box_mean_removed") is not False
    produced: dict[str, object] = {}
    for lag in range(1, min(10, r.size - 1) + 1):
        statistic, p_value = diagnostics.ljung_box(
            r, lag, model_df=fitted_df, mean_removed=is_centred
        )
        produced[f"ljung_box_{lag}"] = statistic
        produced[f"ljung_box_{lag}_p"] = p_value
    shifted = r - r.mean() if settings.get("durbin_watson_mean_removed") is True else r
    produced["durbin_watson"] = diagnostics.durbin_watson(shifted)
    produced["shapiro_W"], produced["shapiro_p"] = diagnostics.shapiro(r)
    return produced


def ols_certified(table: Table, settings: Settings) -> Produced:
    """Multiple regression of y on every other column, intercept first."""
    names = [name for name in table.columns if name != "y"]
    y, *rest = table.complete("y", *names)
    fit = ols(y, np.column_stack([np.ones(y.size), *rest]))
    residual = float(fit.residuals @ fit.residuals)
    return {
        "coef": fit.coef,
        "se": fit.se,
        "residual_sd": np.sqrt(fit.variance),
        "r2": 1 - residual / float(((y - y.mean()) ** 2).sum()),
    }
