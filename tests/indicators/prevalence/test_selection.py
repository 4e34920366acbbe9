"""Search over terms of two lists."""

from __future__ import annotations

import numpy as np

from indicators.prevalence.model import Frame
from indicators.prevalence.selection import exhaustive, forward, search
from tests.indicators.prevalence.made import drawn


def test_every_set_of_terms_is_tried_up_to_five_lists() -> None:
    table = drawn(900, (0.3, 0.3, 0.3, 0.2))
    found = search(Frame.of(table), table)

    assert found.is_complete
    assert len(found.terms) == 64
    assert found.best is not None
    assert found.fits.aic[found.best] == found.fits.aic.min()


def test_forward_steps_never_raise_the_criterion() -> None:
    table = drawn(2000, (0.3, 0.3, 0.3, 0.2, 0.25, 0.2))
    frame = Frame.of(table)

    found = forward(frame, table)

    assert found.best is not None
    assert found.fits.aic[found.best] <= found.fits.aic[0]
    assert found.terms[found.best].sum() == len(found.order)


def test_bic_keeps_no_more_terms_than_aic() -> None:
    table = drawn(900, (0.3, 0.3, 0.3, 0.2), seed=4)
    frame = Frame.of(table)
    aic, bic = exhaustive(frame, table), exhaustive(frame, table, "bic_cases")

    assert aic.best is not None
    assert bic.best is not None
    assert bic.terms[bic.best].sum() <= aic.terms[aic.best].sum()


def test_models_within_two_hold_the_best() -> None:
    table = drawn(900, (0.3, 0.3, 0.3))
    found = exhaustive(Frame.of(table), table)

    assert found.best in found.near
    assert np.all(found.fits.aic[found.near] <= found.fits.aic.min() + 2)
