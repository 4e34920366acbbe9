"""How changes are written."""

from __future__ import annotations

import pytest

from workbench.presenting.amounts import amount_of

N = "\u202f"


@pytest.mark.parametrize(
    ("estimate", "low", "high", "text"),
    [
        (10.4, 8.2, 12.7, f"10{N}%"),
        (3.8, 2.7, 4.9, f"3.8{N}%"),
        (2.4, 0.3, 9.6, f"2.4{N}%"),
        (0.2, 0.04, 0.36, f"0.20{N}%"),
    ],
)
def test_percents_have_the_digits_the_range_bears(
    estimate: float, low: float, high: float, text: str
) -> None:
    amount = amount_of(estimate, low, high, estimate_unit="percent a year", unit="persons")

    assert amount.text(estimate) == text


def test_limits_of_a_fall_are_sizes_in_order() -> None:
    amount = amount_of(-5, -8, -2, estimate_unit="percent", unit="persons")

    assert amount.limits(-8, -2, falling=True) == {"low": f"2{N}%", "high": f"8{N}%"}
    assert amount.limits(-8, -2) == {"low": f"−8{N}%", "high": f"−2{N}%"}


def test_changes_of_shares_are_percentage_points_unless_the_model_is_relative() -> None:
    absolute = amount_of(1.5, 1, 2, estimate_unit="% a year", unit="%")
    relative = amount_of(1.5, 1, 2, estimate_unit="percent a year", unit="%")

    assert absolute.text(1.5) == "1.5 percentage points"
    assert relative.text(1.5) == f"1.5{N}%"
