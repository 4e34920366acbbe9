"""Packed columns hold the very numbers they were given, whatever their shape."""

from __future__ import annotations

import random

import numpy as np
import pytest

from workbench.importing.packed import BLOCK, Packed, aligned

RANDOM = random.Random(20240501)
SHAPES = {
    "one number": [7] * (2 * BLOCK + 5),
    "a step up": list(range(-40, 3 * BLOCK)),
    "a step down": list(range(3 * BLOCK, 0, -3)),
    "close together": [200_400 + RANDOM.randrange(250) for _ in range(2 * BLOCK + 1)],
    "two bytes": [RANDOM.randrange(-30_000, 35_000) for _ in range(BLOCK)],
    "anything": [RANDOM.randrange(-(2**31), 2**31) for _ in range(2 * BLOCK + 77)],
    "a step but for one": [*range(BLOCK - 2), 5, BLOCK - 1, 9],
    "nothing": [],
}


@pytest.mark.parametrize("numbers", SHAPES.values(), ids=SHAPES)
def test_a_column_gives_back_what_it_got(numbers: list[int]) -> None:
    column = Packed()
    for start in range(0, len(numbers), 500):
        column.extend(numbers[start : start + 500])

    assert len(column) == len(numbers)
    assert column.tolist() == column.whole().tolist() == numbers
    for place in (0, 1, BLOCK - 1, BLOCK, len(numbers) - 1):
        if 0 <= place < len(numbers):
            assert column[place] == numbers[place]


@pytest.mark.parametrize("numbers", SHAPES.values(), ids=SHAPES)
def test_numbers_at_positions(numbers: list[int]) -> None:
    column = Packed(numbers)
    places = sorted(RANDOM.sample(range(len(numbers)), min(len(numbers), 900)))

    assert column.at(np.array(places, dtype=np.int32)).tolist() == [numbers[i] for i in places]
    RANDOM.shuffle(places)
    taken = column.taken(np.array(places, dtype=np.int64))
    assert taken.tolist() == [numbers[i] for i in places]


def test_one_number_at_a_time_or_repeated() -> None:
    column = Packed([4])
    column.append(9)
    column.repeat(3, BLOCK)

    assert column.tolist() == [4, 9, *[3] * BLOCK]
    assert column.counts(10).tolist() == [0, 0, 0, BLOCK, 1, 0, 0, 0, 0, 1]


def test_columns_of_unequal_length_are_not_put_side_by_side() -> None:
    with pytest.raises(AssertionError):
        aligned(Packed([1, 2]), Packed([1]))


def test_rows_in_order_take_no_memory_of_their_own() -> None:
    rows, values = Packed(range(1, 20 * BLOCK + 1)), Packed()
    for _ in range(20 * BLOCK // 512):
        values.extend(RANDOM.choices(range(200), k=512))

    assert sum(block.held is not None for block in rows._blocks) == 0
    assert sum(block.held.nbytes for block in values._blocks if block.held is not None) == (
        20 * BLOCK
    )
