"""Reference cases of rates, shares, ratios, standardised rates, flows and multiplicity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.proof.table import Table
from indicators.stats import intervals, multiplicity

Settings = Mapping[str, object]
Produced = Mapping[str, object]


def number(settings: Settings, name: str, default: float) -> float:
    """A setting as a number, or its default."""
    value = settings.get(name, default)
    return float(value) if isinstance(value, (int, float)) else default


def confidence(settings: Settings) -> float:
    """The confidence level of the case."""
    return number(settings, "confidence", 0.95)


def _by_label(table: Table, columns: Mapping[str, object]) -> Produced:
    labels = table.text("label") if "label" in table.columns else table.text(table.first)
    return {
        label: {name: np.asarray(column)[i] for name, column in columns.items()}
        for i, label in enumerate(labels)
    }


def rate_interval_poisson(table: Table, settings: Settings) -> Produced:
    """Rates with Garwood and Byar limits, by label."""
    count, population = table.numbers("count"), table.numbers("population")
    level = confidence(settings)
    if settings.get("two_sided") is False:
        level = 2 * level - 1
    scale = number(settings, "multiplier", 100_000) / population
    exact, approximate = intervals.garwood(count, level), intervals.byar(count, level)
    columns = {
        "rate_per_100k": count * scale,
        "exact_low": exact[0] * scale,
        "exact_high": exact[1] * scale,
        "byar_low": approximate[0] * scale,
        "byar_high": approximate[1] * scale,
    }
    return _by_label(table, columns)


def proportion_interval(table: Table, settings: Settings) -> Produced:
    """Shares with four intervals, by label."""
    x, n = table.numbers("x"), table.numbers("n")
    level = confidence(settings)
    columns: dict[str, object] = {"p": x / n}
    for name, method in (
        ("wilson", intervals.wilson),
        ("wilson_cc", intervals.wilson_corrected),
        ("clopper", intervals.clopper_pearson),
        ("agresti_coull", intervals.agresti_coull),
    ):
        columns[f"{name}_low"], columns[f"{name}_high"] = method(x, n, level)
    return _by_label(table, columns)


def rate_ratio(table: Table, settings: Settings) -> Produced:
    """Ratios of two rates with exact and Wald limits, by label."""
    x1, n1, x0, n0 = (table.numbers(name) for name in ("x1", "n1", "x0", "n0"))
    level = confidence(settings)
    exact = intervals.rate_ratio_exact(x1, n1, x0, n0, level)
    wald = intervals.rate_ratio_wald(x1, n1, x0, n0, level)
    rows = zip(x1, n1, x0, n0, strict=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x1 / n1 / (x0 / n0)
    columns = {
        "rate_ratio": ratio,
        "exact_low": exact[0],
        "exact_high": exact[1],
        "exact_p": [intervals.rate_ratio_p(int(a), b, int(c), d) for a, b, c, d in rows],
        "wald_log_low": wald[0],
        "wald_log_high": wald[1],
    }
    return _by_label(table, columns)


def direct_standardisation(table: Table, settings: Settings) -> Produced:
    """Crude and standardised rate with Fay-Feuer limits."""
    count, population, standard = table.complete("count", "population", "standard")
    scale = number(settings, "multiplier", 100_000)
    rate = intervals.standardised_rate(count, population, standard, confidence(settings))
    return {
        "crude": count.sum() / population.sum() * scale,
        "adjusted": rate.estimate * scale,
        "low": rate.low * scale,
        "high": rate.high * scale,
    }


def attrition(table: Table, settings: Settings) -> Produced:
    """Step and overall shares of a cohort with Wilson limits, by stage after the first."""
    stages, count = table.text("stage"), table.numbers("count")
    level = confidence(settings)
    step, overall = (intervals.wilson(count[1:], base, level) for base in (count[:-1], count[:1]))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = count[1:] / count[:-1], count[1:] / count[0]
    return {
        stage: {
            "step": shares[0][i],
            "step_low": step[0][i],
            "step_high": step[1][i],
            "overall": shares[1][i],
            "overall_low": overall[0][i],
            "overall_high": overall[1][i],
        }
        for i, stage in enumerate(stages[1:])
    }


def multiple_testing(table: Table, settings: Settings) -> Produced:
    """Adjusted p-values in the order of the file and how many are rejected."""
    (p,) = table.complete("p")
    q = number(settings, "q", 0.05)
    adjusted = {
        "bh": multiplicity.benjamini_hochberg(p),
        "by": multiplicity.benjamini_yekutieli(p),
        "holm": multiplicity.holm(p),
        "bonferroni": multiplicity.bonferroni(p),
    }
    rejected = {
        f"n_reject_{name}_05": int((values <= q).sum()) for name, values in adjusted.items()
    }
    return {**adjusted, **rejected}
