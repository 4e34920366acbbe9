"""The pass rule of one range."""

from __future__ import annotations

import pytest

from indicators.disclosure.audit import Reach


@pytest.mark.parametrize(
    ("low", "high", "is_wide"),
    [(1, 5, True), (2, 5, False), (0, 4, False), (3, 6, False), (3, 7, True), (9, None, True)],
)
def test_range_must_be_wide_and_reach_the_threshold(
    low: int, high: int | None, *, is_wide: bool
) -> None:
    assert Reach(low=low, high=high).is_wide(5) is is_wide
