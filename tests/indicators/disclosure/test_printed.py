"""Rates and shares beside hidden counts enter the audit with their rounding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.disclosure.printed import count_range
from indicators.disclosure.protection import Protection, audit, protect
from indicators.errors import IndicatorsError
from indicators.model.results import Refusal
from tests.indicators.disclosure.made import table_of

VALUES = np.array([[3, 20, 30], [25, 40, 35], [28, 33, 41]])
SMALL = ("a0", "b0")


@pytest.mark.parametrize(
    ("rate", "decimals", "base", "per", "wanted"),
    [
        (3.1, 1, 96_774, 100_000, (3, 3)),  # a fine rate is the count
        (3.0, 0, 96_774, 100_000, (3, 3)),
        (0.3, 1, 1_000_000, 100_000, (3, 3)),
        (0.0, 0, 1_000_000, 100_000, (0, 5)),
        (12.0, 0, 25, 100, (3, 3)),
        (1.0, 0, 400, 100, (2, 6)),
    ],
)
def test_counts_that_a_printed_rate_leaves(
    rate: float, decimals: int, base: float, per: float, wanted: tuple[int, int]
) -> None:
    found = count_range(rate, decimals, base, per)

    assert found == wanted
    # every count in the range prints as this rate, its neighbours do not
    prints = [
        count
        for count in range(60)
        if abs(count * per / base - rate) <= 0.5 * 10.0**-decimals + 1e-9
    ]
    assert (prints[0], prints[-1]) == wanted


def test_rate_of_a_hidden_count_makes_the_table_unsafe() -> None:
    table = table_of(VALUES)
    safe = protect(table)
    assert isinstance(safe, Protection)
    assert audit(table, safe.hidden) == ()

    with_rate = replace(table, printed={SMALL: (3, 3)})
    assert audit(with_rate, safe.hidden) == (SMALL,)
    refused = protect(with_rate)
    assert isinstance(refused, Refusal)
    assert refused.code == "rates_give_away"


def test_rate_of_a_secondary_cell_gives_the_small_one_away_too() -> None:
    table = table_of(VALUES)
    safe = protect(table)
    assert isinstance(safe, Protection)
    beside = next(cell for cell in safe.secondary if cell[0] == "a0")
    count = dict(zip(table.cells, table.counts, strict=True))[beside]

    leaky = replace(table, printed={beside: (count, count)})
    assert SMALL in audit(leaky, safe.hidden)
    other = protect(leaky)  # another pattern is found that does without that cell
    assert isinstance(other, Protection)
    assert beside not in other.hidden
    assert audit(leaky, other.hidden) == ()


def test_coarse_rate_gives_nothing_away() -> None:
    table = replace(table_of(VALUES), printed={SMALL: (0, 12)})
    found = protect(table)

    assert isinstance(found, Protection)
    assert found.reach[SMALL].high is not None
    assert found.reach[SMALL].high <= 12
    assert audit(table, found.hidden) == ()


def test_rate_that_does_not_fit_its_count_is_an_error() -> None:
    with pytest.raises(IndicatorsError, match="does not fit"):
        protect(replace(table_of(VALUES), printed={SMALL: (7, 9)}))
