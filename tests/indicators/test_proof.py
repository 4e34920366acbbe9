from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indicators.proof import METHODS, run_case
from indicators.proof.walk import Check, agrees, checks
from tests.places import SHARED

CASES = sorted((SHARED / "reference").glob("s*.json")) if SHARED else []


def _case(method: str, text: str, expected: dict, **settings):
    case = {
        "id": "c",
        "method": method,
        "data_files": ["c.csv"],
        "settings": settings,
        "expected": expected,
    }
    return run_case(case, lambda _: text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_published_cases_pass_or_are_said_to_be_unsupported(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))

    result = run_case(case, lambda name: (path.parent / name).read_text(encoding="utf-8"))

    supported = case["method"] in METHODS
    assert result.outcome == ("passed" if supported else "unsupported"), result.failures


def test_first_set_is_supported() -> None:
    needed = {
        "rate_interval_poisson",
        "proportion_interval",
        "rate_ratio",
        "direct_standardisation",
        "apc_loglinear",
        "count_trend_offset",
        "its_count_segmented",
        "its_gaussian_hac",
        "controlled_its",
        "mann_kendall_theil_sen",
        "multiple_testing",
        "diagnostics",
        "ols_certified",
        "attrition",
    }

    assert needed <= set(METHODS.names)


def test_wrong_number_fails() -> None:
    result = _case("multiple_testing", "p\n0.01\n", {"bh": {"value": [0.02], "abs_tol": 0}})

    assert result.outcome == "failed"
    assert result.checks == 1
    assert "bh" in result.failures[0]


def test_number_that_is_not_produced_is_unsupported_never_passed() -> None:
    expected = {
        "bh": {"value": [0.01], "rel_tol": 1e-9},
        "hommel": {"value": [0.01], "rel_tol": 0.1},
    }

    result = _case("multiple_testing", "p\n0.01\n", expected)

    assert result.outcome == "unsupported"
    assert result.failures == ("hommel: not produced",)


def test_unknown_method_is_unsupported() -> None:
    assert _case("astrology", "p\n", {"x": {"value": 1}}).outcome == "unsupported"


@pytest.mark.parametrize("text", ["", "q\n1\n", "p\nabc\n"])
def test_unreadable_data_fail(text: str) -> None:
    assert (
        _case("multiple_testing", text, {"bh": {"value": [1], "abs_tol": 0}}).outcome == "failed"
    )


def test_case_without_expected_values_proves_nothing() -> None:
    result = _case("multiple_testing", "p\n0.01\n", {"context_only": {"value": 1}})

    assert (result.outcome, result.checks) == ("failed", 0)


def test_background_is_not_checked() -> None:
    expected = {
        "a": {"value": 1, "abs_tol": 0},
        "context_only": {"b": {"value": 2, "abs_tol": 0}},
        "c": {"d": {"context_only": "text"}, "e": {"value": 3, "rel_tol": 0}},
    }

    assert [check.path for check in checks(expected)] == [("a",), ("c", "e")]


@pytest.mark.parametrize(
    ("got", "want", "rel", "abs_", "good"),
    [
        (1.0000001, 1.0, 1e-6, None, True),
        (1.00001, 1.0, 1e-6, None, False),
        (1e-30, 0.0, 1e-6, None, False),
        (0.0, 0.0, 1e-6, None, True),
        (1.05, 1.0, None, 0.1, True),
        ([1.0, 2.0], [1.0, 2.0], 1e-9, None, True),
        ([1.0], [1.0, 2.0], 1e-9, None, False),
        ([], [], 1e-9, None, True),
        ([1.0], [], 1e-9, None, False),
        ([["a", "b"]], [["a", "b"]], None, 0, True),
        ([["b", "a"]], [["a", "b"]], None, 0, False),
        ("ok", "ok", None, 0, True),
        (float("nan"), 1.0, 1e-3, None, False),
        (True, 1, None, 0, False),
        (None, 1.0, 1e-3, None, False),
        ([1898.0], 1898, None, 1e-9, True),
    ],
)
def test_tolerances(got, want, rel, abs_, good: bool) -> None:
    assert agrees(got, Check(path=(), value=want, rel_tol=rel, abs_tol=abs_)) is good


def test_controlled_series_agree_with_statsmodels() -> None:
    import statsmodels.formula.api as smf
    from pandas import DataFrame

    rows = [
        (2010 + t, g, 10 + t + 3 * g + (t >= 6) * g * 5 + ((t * 7 + g * t * t) % 5))
        for g in (0, 1)
        for t in range(12)
    ]
    frame = DataFrame(rows, columns=["year", "group", "value"])
    frame["t"], frame["post"] = frame.year - 2010, (frame.year >= 2016).astype(int)
    frame["since"] = frame.post * (frame.year - 2016)
    full = smf.ols("value ~ t*group + post*group + since*group", frame).fit()
    simple = smf.ols("value ~ group*post", frame).fit()
    expected = {
        "level_diff": {"value": full.params["post:group"], "rel_tol": 1e-8},
        "level_diff_se": {"value": full.bse["post:group"], "rel_tol": 1e-8},
        "slope_diff": {"value": full.params["since:group"], "rel_tol": 1e-8},
        "slope_diff_se": {"value": full.bse["since:group"], "rel_tol": 1e-8},
        "did": {"value": simple.params["group:post"], "rel_tol": 1e-8},
        "did_se_ols": {"value": simple.bse["group:post"], "rel_tol": 1e-8},
    }
    text = "year,group,value\n" + "\n".join(f"{y},{'T' if g else 'C'},{v}" for y, g, v in rows)

    result = _case(
        "controlled_its", text, expected, intervention_year=2016, treated="T", time_origin=2010
    )

    assert result.outcome == "passed", result.failures


def test_ets_with_fixed_parameters_agrees_with_statsmodels() -> None:
    from pandas import Series as Frame
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    y = [12.0, 15, 14, 18, 17, 21, 20, 24, 22, 27]
    model = ETSModel(
        Frame(y),
        error="add",
        trend="add",
        initialization_method="known",
        initial_level=11,
        initial_trend=1.5,
    )
    theirs = model.smooth([0.4, 0.1])
    text = "year,value\n" + "\n".join(f"{2000 + i},{v}" for i, v in enumerate(y))
    expected = {
        "sse": {"value": theirs.sse, "rel_tol": 1e-9},
        "final_level": {"value": theirs.level.iloc[-1], "rel_tol": 1e-9},
        "forecast": {"value": theirs.forecast(3).tolist(), "rel_tol": 1e-9},
    }

    result = _case(
        "ets", text, expected, model="AAN", estimate=False, alpha=0.4, beta=0.1,
        initial_level=11, initial_trend=1.5, h=3,
    )  # fmt: skip

    assert result.outcome == "passed", result.failures


def test_counts_that_vary_little_report_no_overdispersion() -> None:
    text = "year,count,population\n" + "\n".join(f"{2000 + t},{20 + t},1000000" for t in range(10))

    result = _case(
        "count_trend_offset",
        text,
        {"negbin": {"status": {"value": "no_overdispersion", "abs_tol": 0}}},
    )

    assert result.outcome == "passed", result.failures


def test_two_lists_by_hand() -> None:
    """By hand: 201 * 51 / 10 - 1 = 1024.1 and 200 * 50 / 9 = 1111.11."""
    expected = {
        "chapman": {"value": 1024.1, "abs_tol": 0.01},
        "lincoln_petersen": {"value": 1111.11, "abs_tol": 0.01},
    }

    assert _case("capture_recapture_two", "n1,n2,m\n200,50,9\n", expected).outcome == "passed"


def test_goalposts_make_an_index_between_nought_and_one() -> None:
    """Human development: arithmetic inside education, geometric between the three dimensions."""
    text = "name,life,mean,expected,income\nA,80,10,15,20000\n"
    parts = (
        (80 - 20) / 65,
        (10 / 15 + 15 / 18) / 2,
        (np.log(20000) - np.log(100)) / (np.log(75000) - np.log(100)),
    )
    goalposts = {"life": [20, 85], "mean": [0, 15], "expected": [0, 18], "income": [100, 75000]}

    result = _case(
        "composite_goalposts",
        text,
        {"index": {"value": [float(np.prod(parts) ** (1 / 3))], "rel_tol": 1e-12}},
        goalposts=goalposts,
        log=["income"],
        cap=[0, 1],
        groups=[["life"], ["mean", "expected"], ["income"]],
    )

    assert result.outcome == "passed", result.failures
