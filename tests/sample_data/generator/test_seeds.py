"""Child seeds: independent of each other, tried in order, never endless."""

from __future__ import annotations

import pytest

from sample_data.generator.seeds import ATTEMPTS, TruthLostError, generator, settle


def test_generator_depends_on_table_and_attempt_only() -> None:
    first = generator("police", 0).integers(1_000_000)
    generator("courts", 0).integers(1_000_000)

    assert generator("police", 0).integers(1_000_000) == first
    assert generator("police", 1).integers(1_000_000) != first
    assert generator("courts", 0).integers(1_000_000) != first


def test_settle_takes_the_next_child_seed_until_the_truth_shows() -> None:
    tried = []

    def make(rng):
        tried.append(rng)
        return len(tried)

    made, attempt = settle("table", make, lambda n: () if n == 3 else ("T99",))

    assert (made, attempt) == (3, 2)


def test_settle_gives_up_and_names_the_truth() -> None:
    tried = []

    with pytest.raises(TruthLostError, match="T98"):
        settle("table", tried.append, lambda _: ("T98",))

    assert len(tried) == ATTEMPTS
