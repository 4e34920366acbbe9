"""Money: budgets, prices, the yardstick of the anti-drug budget, assets; millions of VLD."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.model.series import Floats
from sample_data.generator.cells import Ledger
from sample_data.generator.country import YEARS, growing, moving
from sample_data.generator.seeds import generator

PILLARS = {"PRV": 0.20, "PRT": 0.45, "PRS": 0.25, "XCT": 0.10}
FUNCTIONS = {"POLI": 0.22, "JUST": 0.12, "LABI": 0.12, "SHEL": 0.28, "CAMP": 0.14, "CSOG": 0.12}
DRUG_FUNCTIONS = {
    "POLI": 0.55, "JUST": 0.25, "LABI": 0.02, "SHEL": 0.08, "CAMP": 0.07, "CSOG": 0.03,
}  # fmt: skip


def parity() -> Floats:
    """Money against trafficking per 100 against drugs: 4.0 in 2005 to 9.5 in 2024 (T08)."""
    return moving(4.0, 9.5)


def _parts(
    rng: np.random.Generator, totals: Floats, shares: Mapping[str, float], decimals: int
) -> dict[str, Floats]:
    """Parts of yearly totals that add up to them after rounding; the last takes the rest."""
    weights = np.array([list(shares.values())] * len(totals)).T
    weights = weights * np.exp(0.05 * rng.standard_normal(weights.shape))
    parts = np.round(totals * weights / weights.sum(axis=0), decimals)
    parts[-1] = np.round(totals - parts[:-1].sum(axis=0), decimals)
    return dict(zip(shares, parts, strict=True))


def budgets(rng: np.random.Generator) -> dict[str, Floats]:
    """Yearly money lines: executed, allocated, international, grants, drugs, trend lines."""
    drug = np.round(growing(118, 3.2) * np.exp(0.01 * rng.standard_normal(len(YEARS))), 3)
    executed = parity() / 100 * drug * np.exp(0.01 * rng.standard_normal(len(YEARS)))
    executed = np.round(executed, 3)
    rate = np.clip(moving(0.887, 0.955) + 0.01 * rng.standard_normal(len(YEARS)), 0.8, 0.99)
    return {
        "bud_exec": executed,
        "bud_alloc": np.round(executed / rate, 3),
        "bud_intl": np.round(1.9 * np.exp(0.25 * rng.standard_normal(len(YEARS))), 3),
        "bud_cso": np.round(0.107 * executed * np.exp(0.05 * rng.standard_normal(20)), 3),
        "bud_drug_exec": drug,
        "n_order_exp": np.round(growing(2_150, 3) * np.exp(0.01 * rng.standard_normal(20)), 1),
    }


def budgets_missed(lines: dict[str, Floats]) -> tuple[str, ...]:
    """T08 unless every year is within 0.3 points."""
    ratio = 100 * lines["bud_exec"] / lines["bud_drug_exec"]
    return () if np.all(np.abs(ratio - parity()) <= 0.3) else ("T08",)


def write_budgets(ledger: Ledger, lines: dict[str, Floats]) -> None:
    """Tables of the ministry of finance."""
    rng = generator("budget_parts")
    for variable, line in lines.items():
        decimals = 1 if variable == "n_order_exp" else 3
        ledger.nation(variable, line, decimals=decimals)
        for dim, shares in _tables(variable).items():
            for code, part in _parts(rng, line, shares, 3).items():
                ledger.nation(variable, part, cut=((dim, code),), decimals=3)


def _tables(variable: str) -> dict[str, Mapping[str, float]]:
    """Cuts of a money variable with the share of each code."""
    if variable in ("bud_exec", "bud_alloc"):
        return {"PIL": PILLARS, "BFN": FUNCTIONS}
    if variable == "bud_intl":
        return {"PIL": PILLARS}
    return {"BFN": DRUG_FUNCTIONS} if variable == "bud_drug_exec" else {}


def write_prices(ledger: Ledger) -> None:
    """Price index, 2020 = 1.00."""
    ledger.nation("defl", growing(1.0, 3.7, first=2020), decimals=4)


def write_assets(ledger: Ledger) -> None:
    """Assets seized and confiscated in the same year or the next: nothing in many years, a large case in some."""
    rng = generator("asset_seized")
    n = len(YEARS)
    seized = np.where(rng.random(n) < 0.3, 0.0, 0.4 / 0.7 * np.exp(0.7 * rng.standard_normal(n)))
    share = np.clip(moving(0.12, 0.40) + 0.05 * rng.standard_normal(n), 0.02, 0.9)
    final = share * (seized + np.roll(seized, 1) * (np.arange(n) > 0)) / 2
    ledger.nation("asset_seized", seized, decimals=3)
    ledger.nation("asset_confiscated", final, decimals=3)
