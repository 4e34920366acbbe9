"""Reference cases: published data and published answers, recomputed by the program's estimators.

The estimators are called below the guard layer, because several cases test the arithmetic on
series that the screens would refuse. What the program cannot produce is reported as unsupported,
never passed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from indicators.errors import TipError
from indicators.proof import bends, hidden, indices, paths, protection, rates, regressions
from indicators.proof.table import Table
from indicators.proof.walk import MISSING, agrees, checks, found, plain
from indicators.registry import Registry

Run = Callable[[Table, Mapping[str, object]], Mapping[str, object]]
ReadFile = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofMethod:
    """A method id of the reference cases and the call that recomputes it."""

    id: str
    run: Run


METHODS: Registry[ProofMethod] = Registry(
    "reference method",
    [
        ProofMethod(id="rate_interval_poisson", run=rates.rate_interval_poisson),
        ProofMethod(id="proportion_interval", run=rates.proportion_interval),
        ProofMethod(id="rate_ratio", run=rates.rate_ratio),
        ProofMethod(id="direct_standardisation", run=rates.direct_standardisation),
        ProofMethod(id="attrition", run=rates.attrition),
        ProofMethod(id="multiple_testing", run=rates.multiple_testing),
        ProofMethod(id="apc_loglinear", run=regressions.apc_loglinear),
        ProofMethod(id="count_trend_offset", run=regressions.count_trend_offset),
        ProofMethod(id="its_count_segmented", run=regressions.its_count_segmented),
        ProofMethod(id="its_gaussian_hac", run=regressions.its_gaussian_hac),
        ProofMethod(id="controlled_its", run=regressions.controlled_its),
        ProofMethod(id="mann_kendall_theil_sen", run=regressions.mann_kendall_theil_sen),
        ProofMethod(id="diagnostics", run=regressions.residual_diagnostics),
        ProofMethod(id="ols_certified", run=regressions.ols_certified),
        ProofMethod(id="joinpoint_loglinear", run=bends.joinpoint_loglinear),
        ProofMethod(id="joinpoint_linear", run=bends.joinpoint_linear),
        ProofMethod(id="structural_break", run=paths.structural_break),
        ProofMethod(id="chow", run=paths.chow),
        ProofMethod(id="segmented_continuous", run=paths.segmented_continuous),
        ProofMethod(id="rw_drift", run=paths.rw_drift),
        ProofMethod(id="holt_fixed", run=paths.holt_fixed),
        ProofMethod(id="ets", run=paths.ets),
        ProofMethod(id="ucm_local_level", run=paths.ucm_local_level),
        ProofMethod(id="arima", run=paths.arima),
        ProofMethod(id="arima_xreg", run=paths.arima),
        ProofMethod(id="composite_index", run=indices.composite_index),
        ProofMethod(id="composite_goalposts", run=indices.composite_goalposts),
        ProofMethod(id="capture_recapture_two", run=hidden.capture_recapture_two),
        ProofMethod(id="mse_loglinear", run=hidden.mse_loglinear),
        ProofMethod(id="suppression", run=protection.suppression),
        ProofMethod(id="ucm_missing", run=paths.ucm_local_level),
    ],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What became of one reference case.

    Attributes:
        id: of the case.
        method: of the case.
        outcome: ``passed``, ``failed`` or ``unsupported``.
        checks: how many values were compared.
        failures: in words, one a value that failed or could not be produced.
    """

    id: str
    method: str
    outcome: str
    checks: int
    failures: tuple[str, ...] = ()


def run_case(case: Mapping[str, object], read_file: ReadFile) -> CaseResult:
    """The result of one reference case.

    Args:
        case: the parsed JSON: id, method, data_files, settings, expected.
        read_file: text of a data file by its name.

    Returns:
        Passed when every expected value was produced and agrees; unsupported when the method or
        a value of it is not built; failed when a value differs or the data cannot be read.
    """
    name, method = str(case.get("id", "")), str(case.get("method", ""))
    if method not in METHODS:
        return CaseResult(id=name, method=method, outcome="unsupported", checks=0)
    try:
        produced = _produced(case, METHODS[method], read_file)
    except (
        TipError,
        ArithmeticError,
        LookupError,
        OSError,
        ValueError,
        np.linalg.LinAlgError,
    ) as e:
        return CaseResult(id=name, method=method, outcome="failed", checks=0, failures=(str(e),))
    return _compared(name, method, case.get("expected"), produced)


def _produced(
    case: Mapping[str, object], method: ProofMethod, read_file: ReadFile
) -> Mapping[str, object]:
    files, settings = case.get("data_files"), case.get("settings")
    first = files[0] if isinstance(files, list) and files else ""
    table = Table.parse(read_file(str(first)))
    return method.run(table, settings if isinstance(settings, Mapping) else {})


def _compared(
    name: str, method: str, expected: object, produced: Mapping[str, object]
) -> CaseResult:
    failures, absent, count = [], [], 0
    for check in checks(expected):
        count += 1
        got, where = found(produced, check.path), ".".join(check.path)
        if got is MISSING:
            absent.append(f"{where}: not produced")
        elif not agrees(got, check):
            failures.append(f"{where}: {plain(got)!r} instead of {check.value!r}")
    outcome = "failed" if failures or count == 0 else "unsupported" if absent else "passed"
    return CaseResult(
        id=name,
        method=method,
        outcome=outcome,
        checks=count,
        failures=(*failures, *absent),
    )
