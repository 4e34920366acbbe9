from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from indicators.stats import multiplicity

P = np.array([0.031, 0.0004, 0.2, 0.0019, 0.9, 0.04, 0.04])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (multiplicity.benjamini_hochberg, "fdr_bh"),
        (multiplicity.benjamini_yekutieli, "fdr_by"),
        (multiplicity.holm, "holm"),
        (multiplicity.bonferroni, "bonferroni"),
    ],
)
def test_adjusted_p_keeps_the_order_and_agrees_with_statsmodels(ours, theirs: str) -> None:
    assert ours(P) == pytest.approx(multipletests(P, method=theirs)[1], abs=1e-14)


def test_adjusting_costs_something() -> None:
    """Trap 10: ten unlucky series of a hundred are not ten findings."""
    p = np.linspace(0.01, 1, 100)

    assert (p < 0.05).sum() == 4
    assert (multiplicity.benjamini_hochberg(p) < 0.05).sum() == 0
