"""The total with its doubts, and when there is none."""

from __future__ import annotations

import pytest

from indicators.errors import Severity
from indicators.model.results import PrevalenceResult, Refusal
from indicators.prevalence.estimate import estimate
from tests.indicators.prevalence.made import drawn, made


def _result(found: PrevalenceResult | Refusal) -> PrevalenceResult:
    assert isinstance(found, PrevalenceResult), found
    return found


def _refusal(found: PrevalenceResult | Refusal) -> Refusal:
    assert isinstance(found, Refusal), found
    return found


def test_total_of_independent_lists_is_found_with_three_ranges() -> None:
    found = _result(estimate(drawn(1500, (0.3, 0.35, 0.25, 0.3), seed=2)))

    assert found.low < found.estimate < found.high
    assert found.spread is not None
    assert found.spread[0] <= found.estimate <= found.spread[1]
    assert found.resampled is not None
    assert found.resampled[0] < 1500 < found.resampled[1]
    assert found.publishable
    assert len(found.assumptions) == 5
    assert any(note.code == "method_disputed" for note in found.warnings)


def test_equal_seed_gives_equal_ranges_and_another_seed_others() -> None:
    table = drawn(700, (0.3, 0.35, 0.25))
    one, two, three = (_result(estimate(table, seed=s, repeats=60)) for s in (1, 1, 2))

    assert one.resampled == two.resampled != three.resampled


def test_range_that_repeats_the_choice_is_wider_than_that_of_the_model() -> None:
    found = _result(estimate(drawn(700, (0.3, 0.35, 0.25, 0.2), seed=8)))

    assert found.resampled is not None
    assert found.given_model is not None
    assert found.resampled[1] - found.resampled[0] > found.given_model[1] - found.given_model[0]
    assert (found.low, found.high) == found.resampled


def test_model_picked_by_the_data_is_never_quoted_with_its_own_narrow_range() -> None:
    table = drawn(700, (0.3, 0.35, 0.25, 0.2), seed=8)
    picked, alone = (_result(estimate(table, repeats=n)) for n in (60, 0))
    decided = _result(estimate(table, terms=["A*B"], repeats=60))

    assert (picked.low, picked.high) != picked.given_model
    assert any(note.code == "choice_left_out" for note in alone.warnings)
    assert not any(note.code == "choice_left_out" for note in picked.warnings)
    assert (decided.low, decided.high) == decided.given_model


def test_given_terms_are_kept() -> None:
    found = _result(estimate(drawn(1500, (0.3, 0.35, 0.25)), terms=["B*A"], repeats=0))

    assert found.terms == ("A*B",)
    assert found.criterion == "given"
    assert found.resampled is None


def test_two_lists_are_marked_as_not_publishable() -> None:
    found = _result(estimate(made({"10": 150, "01": 41, "11": 50})))

    assert found.method == "two_lists"
    assert found.estimate == pytest.approx(201 * 92 / 51 - 1)
    assert not found.publishable
    assert any(note.severity is Severity.STOP for note in found.warnings)


def test_one_list_is_refused() -> None:
    assert _refusal(estimate(made({"1": 300}))).code == "too_few_lists"


def test_little_overlap_is_refused_with_both_numbers() -> None:
    found = _refusal(estimate(made({"100": 80, "010": 80, "001": 80, "110": 9, "011": 10})))

    assert (found.code, found.found, found.needed) == ("too_little_overlap", 19, 20)


def test_list_without_overlap_is_named() -> None:
    found = _refusal(estimate(made({"100": 80, "010": 80, "001": 80, "110": 60})))

    assert found.code == "list_without_overlap"
    assert found.data["list"] == "C"


def test_upper_limit_far_from_the_persons_seen_is_not_publishable() -> None:
    table = made({"100": 900, "010": 900, "001": 900, "110": 9, "011": 9, "101": 8, "111": 0})
    found = _result(estimate(table, repeats=0))

    assert found.high > 10 * found.observed
    assert not found.publishable


def test_given_model_without_a_finite_total_is_refused() -> None:
    table = made({"100": 30, "010": 0, "001": 30, "110": 0, "011": 0, "101": 25, "111": 3})

    assert _refusal(estimate(table, terms=["A*B", "A*C", "B*C"])).code == "does_not_exist"


def test_given_model_that_cannot_be_told_apart_is_refused() -> None:
    table = made(
        {"1000": 30, "0100": 25, "0010": 20, "0001": 9, "1100": 12, "1010": 14, "1001": 8}
    )
    terms = ["A*B", "A*C", "B*C", "A*D", "B*D", "C*D"]

    assert _refusal(estimate(table, terms=terms)).code == "not_identifiable"


def test_model_with_as_many_terms_as_overlaps_is_cautioned() -> None:
    terms = ["A*B", "A*C", "B*C"]
    found = _result(estimate(drawn(1500, (0.3, 0.35, 0.25)), terms=terms, repeats=0))

    assert any(note.code == "saturated" for note in found.warnings)
