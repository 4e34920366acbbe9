"""Case records, lists and releases."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np

from sample_data.generator import micro
from sample_data.generator.seeds import generator
from sample_data.generator.victims import register
from tests.sample_data import shipped


def test_few_records_left_alone_are_joined_by_others_of_their_year() -> None:
    records = [["2018", "A"]] * 3 + [["2018", "B"]] * 9
    records = [list(record) for record in records]

    micro._fill_up(records)

    assert Counter(map(tuple, records)) == {("2018", "A"): 5, ("2018", "B"): 7}


def test_case_records_keep_most_of_their_detail() -> None:
    records = micro.cases(register(generator("vic_detected")))

    opened = sum(value == "_U" for record in records for value in record)
    assert opened / (5 * len(records)) < 0.25
    assert records == sorted(records)


def test_lists_that_would_hide_the_number_are_refused() -> None:
    independent = np.repeat([1, 2, 3, 4, 5, 6, 7], [100, 200, 60, 300, 90, 40, 26])

    assert micro.lists_missed(independent) == ("T16",)


def test_releases_only_ever_rise() -> None:
    files = [shipped.read(path) for path in micro_paths()]

    for before, after in pairwise(files):
        assert before.keys() == after.keys()
        assert all(float(before[key].value) <= float(after[key].value) for key in before)


def micro_paths():
    from sample_data import valdoria

    paths = valdoria.releases()
    assert [path.stem.removeprefix("release_") for path in paths] == list(micro.RELEASES)
    return paths


def test_noisy_edition_scatters_far_more_than_the_register() -> None:
    ledger = micro.noisy()
    noisy = np.array([float(row.value) for row in ledger.rows["n_vic_old_scope"]])

    even = np.diff(np.log(shipped.line("n_vic_old_scope"))).std()
    assert np.diff(np.log(noisy)).std() > 3 * even
