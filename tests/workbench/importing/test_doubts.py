"""Doubts about numbers, units and dates."""

from workbench.importing.doubts import are_months, factor_of, far_numbers, magnitude_of
from workbench.importing.numbers import NumberFormat


def test_declared_magnitudes_but_no_rates() -> None:
    assert magnitude_of("Victims (in thousands)") == 1_000
    assert magnitude_of("Población en miles") == 1_000
    assert magnitude_of("Amount, millions") == 1_000_000
    assert magnitude_of("Por 100 mil habitantes") == 1
    assert [factor_of(t) for t in ("units", "3", "Thousands", "?")] == [1, 1_000, 1_000, None]


def test_codes_that_slipped_in_are_far_beyond_all_others() -> None:
    texts = {str(n): 1 for n in range(1, 80)}

    assert far_numbers({**texts, "61102019": 1}, NumberFormat.WHOLE) == (80, ["61102019"])
    assert far_numbers(texts, NumberFormat.WHOLE) == (0, [])
    assert far_numbers({str(10**n): 9 for n in range(14)}, NumberFormat.WHOLE) == (0, [])


def test_slashed_years_are_months_only_beside_other_months() -> None:
    assert are_months(["2009/10", "2009/03"])
    assert not are_months(["2009/10", "2010/11"])
