"""Log-linear models of lists: fits against a general program, existence, identifiability."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.errors import IndicatorsError
from indicators.model.tables import ListTable
from indicators.prevalence.model import Fits, Frame, all_terms, fit_many, terms_of
from tests.indicators.prevalence.made import drawn, full, made


def _fit(table: ListTable, *names: str) -> tuple[Frame, Fits]:
    frame = Frame.of(table)
    terms = terms_of(frame, names)[None, :]
    return frame, fit_many(frame, table.counts[None, :], terms)


def test_total_and_error_agree_with_a_general_program() -> None:
    import statsmodels.api as sm

    table = drawn(900, (0.3, 0.4, 0.2, 0.35))
    frame, fits = _fit(table, "A*B", "C*D")
    keep = np.r_[0:5, 5, 10]

    oracle = sm.GLM(table.counts, frame.x[:, keep], family=sm.families.Poisson()).fit(tol=1e-14)

    assert fits.unseen[0] == pytest.approx(np.exp(oracle.params[0]), rel=1e-8)
    assert fits.se[0] == pytest.approx(oracle.bse[0], rel=1e-8)
    assert fits.loglik[0] == pytest.approx(oracle.llf, rel=1e-10)


def test_many_models_together_equal_each_alone() -> None:
    table = drawn(600, (0.3, 0.4, 0.2, 0.35), seed=3)
    frame = Frame.of(table)
    terms = all_terms(len(frame.pairs))

    together = fit_many(frame, np.broadcast_to(table.counts, (len(terms), 15)), terms)

    for row in (0, 5, 17, 63):
        alone = fit_many(frame, table.counts[None, :], terms[row][None, :])
        assert together.unseen[row] == pytest.approx(alone.unseen[0], rel=1e-9)


def test_empty_overlap_is_removed_and_still_counts_as_a_parameter() -> None:
    table = made(
        {**full(3), "110": 0, "111": 0, "100": 60, "010": 50, "001": 40, "101": 20, "011": 15}
    )

    frame, fits = _fit(table, "A*B")

    assert fits.ok[0]
    assert frame.names(fits.empty[0]) == ("A*B",)
    assert fits.parameters[0] == 5
    # five patterns, four means that count: (100 x 001 / 101 + 010 x 001 / 011) pooled over A and B
    assert fits.unseen[0] == pytest.approx((60 + 50) * 40 / 35, rel=0.01)


def test_no_finite_estimate_is_found_by_the_linear_program() -> None:
    # as many columns as patterns: only the table itself has its sums, and it holds a 0
    table = made({"100": 30, "010": 25, "001": 30, "110": 0, "011": 9, "101": 8, "111": 3})

    _, fits = _fit(table, "A*B", "A*C", "B*C")

    assert not fits.empty.any()
    assert not fits.exists[0]
    assert fits.identified[0]
    assert not fits.ok[0]
    assert np.isnan(fits.unseen[0])


def test_zero_pattern_alone_does_not_forbid_an_estimate() -> None:
    table = made({"100": 30, "010": 25, "001": 30, "110": 0, "011": 9, "101": 8, "111": 3})

    _, fits = _fit(table, "B*C")

    assert fits.ok[0]


def test_terms_that_emptied_patterns_leave_alike_are_not_identifiable() -> None:
    # A and B share nobody, A and C share nobody: what is left of A is its own pattern alone
    table = made({"100": 30, "010": 25, "001": 20, "110": 0, "011": 12, "101": 0, "111": 0})

    _, fits = _fit(table, "A*B", "A*C", "B*C")

    assert fits.exists[0]
    assert not fits.identified[0]
    assert not fits.ok[0]


def test_lists_in_another_order_give_the_same_total() -> None:
    table = drawn(800, (0.3, 0.4, 0.2), seed=5)
    turned = ListTable.of(
        ("C", "A", "B"),
        [
            ([int(p[2]), int(p[0]), int(p[1])], float(n))
            for p, n in zip(table.patterns, table.counts, strict=True)
        ],
    )

    _, one = _fit(table, "A*B")
    _, other = _fit(turned, "B*A")

    assert one.unseen[0] == pytest.approx(other.unseen[0], rel=1e-9)


def test_unknown_pair_is_refused_with_the_names() -> None:
    with pytest.raises(IndicatorsError, match="A, B, C"):
        terms_of(Frame.of(drawn(50, (0.5, 0.5, 0.5))), ["A*X"])


def test_row_on_no_list_is_refused() -> None:
    with pytest.raises(IndicatorsError, match="no list"):
        made({"000": 3, "100": 1})
