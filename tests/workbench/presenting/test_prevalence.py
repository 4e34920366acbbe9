"""The picture of a hidden population: ranges over the people seen, words where there is none."""

from __future__ import annotations

import re

from indicators.model.results import PrevalenceResult, Refusal
from indicators.prevalence.estimate import estimate
from tests.indicators.prevalence.made import drawn, made
from workbench.presenting.prevalence import chart, prevalence_sentences


def _found(**more: object) -> PrevalenceResult:
    result = estimate(drawn(1500, (0.3, 0.35, 0.25, 0.3), seed=2), repeats=40, **more)  # type: ignore[arg-type]
    assert isinstance(result, PrevalenceResult)
    return result


def test_total_is_never_one_bare_number() -> None:
    result = _found()
    picture = chart(result)

    assert re.match(r"Between [\d,]+ and [\d,]+ persons in all", picture.title)
    seen, *spans = picture.bars
    assert seen.value == result.observed
    assert len(spans) >= 2
    assert all(bar.value is None and bar.low is not None and bar.high is not None for bar in spans)
    assert picture.table is not None
    assert any("same definition of a victim" in note for note in picture.table.notes)


def test_chosen_model_is_said_to_be_too_narrow_and_a_given_one_is_not() -> None:
    chosen, given = (" ".join(prevalence_sentences(r)) for r in (_found(), _found(terms=["A*B"])))

    assert "the choice of the model included" in chosen
    assert "which is too narrow" in chosen
    assert "if the model holds" in given
    assert "too narrow" not in given


def test_refusal_and_a_total_not_to_be_quoted_have_words_and_no_number_in_the_title() -> None:
    refused = estimate(made({"100": 80, "010": 80, "001": 80, "110": 9, "011": 10}))
    assert isinstance(refused, Refusal)
    picture = chart(refused)
    two = chart(estimate(made({"10": 150, "01": 41, "11": 50})))

    assert picture.bars == ()
    assert "overlap too little" in picture.result
    for each in (picture, two):
        assert each.title == "The lists give no total that can be quoted"
