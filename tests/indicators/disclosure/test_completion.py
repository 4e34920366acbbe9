"""Counts that fit sums: found when there are some, None when there are none."""

from __future__ import annotations

import numpy as np

from indicators.disclosure.completion import completion, sparse_rows


def test_unknown_cells_get_whole_counts_within_their_ranges() -> None:
    rows = [{0: 1, 1: -1, 2: -1}, {3: 1, 1: -1}]

    found = completion(rows, {1: (1, None), 2: (3, 7), 3: (0, 4)}, {0: 10}.__getitem__)

    assert found is not None
    assert found[1] + found[2] == 10
    assert found[3] == found[1]
    assert 3 <= found[2] <= 7
    assert found[1] <= 4


def test_no_counts_fit_sums_that_contradict_each_other() -> None:
    assert completion([{0: 1, 1: -1}], {1: (1, 4)}, {0: 9}.__getitem__) is None
    assert completion([{0: 1, 1: -1}], {}, {0: 9, 1: 8}.__getitem__) is None
    # half of an odd count is no count
    assert completion([{0: 1, 1: -2}], {1: (0, None)}, {0: 9}.__getitem__) is None


def test_rows_without_unknown_cells_only_have_to_hold() -> None:
    assert completion([{0: 1, 1: -1}], {}, {0: 9, 1: 9}.__getitem__) == {}
    assert completion([], {5: (0, None)}, {}.__getitem__) == {}


def test_sparse_rows_have_their_shape_even_when_empty() -> None:
    assert sparse_rows([], 3).shape == (0, 3)
    assert np.array_equal(sparse_rows([{0: 2}, {}], 2).toarray(), [[2, 0], [0, 0]])
