"""Every outcome as a whole sentence, in every language, without a word of blame or cause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indicators.errors import Note
from indicators.model.codes import Outcome
from indicators.model.period import Period
from indicators.model.results import Interval, Refusal, Segment
from tests.workbench.presenting import charts as c
from workbench import i18n
from workbench.presenting.sentences import (
    impact_sentences,
    impact_words,
    refusal_words,
    series_fields,
    trend_sentences,
    trend_words,
)

N = "\u202f"
FORBIDDEN = (
    "significant",
    "p-value",
    "because",
    "due to",
    "led to",
    "caused",
    "coefficient",
    "null",
)
TREND_RESULTS = {
    "rising": c.make_trend(),
    "falling": c.make_trend(Outcome.FALLING),
    "unclear": c.make_trend(Outcome.NO_CLEAR_CHANGE),
    "stable": c.make_trend(Outcome.STABLE),
    "faster": c.bent(3.0, 8.0, Outcome.CHANGING_PACE),
    "slower": c.bent(8.0, 3.0, Outcome.CHANGING_PACE),
    "falls faster": c.bent(-3.0, -8.0, Outcome.CHANGING_PACE),
    "falls slower": c.bent(-8.0, -3.0, Outcome.CHANGING_PACE),
    "up then down": c.bent(5.0, -4.0, Outcome.CHANGING_DIRECTION),
    "down then up": c.bent(-5.0, 4.0, Outcome.CHANGING_DIRECTION),
    "several": c.make_trend(
        Outcome.CHANGING_DIRECTION,
        segments=tuple(
            Segment(
                first=Period.of_year(y), last=Period.of_year(y + 5), apc=a, low=a - 1, high=a + 1
            )
            for y, a in ((2005, 3.0), (2010, -2.0), (2015, 6.0))
        ),
    ),
    "refused": c.TOO_FEW,
}
IMPACT_RESULTS = {
    "higher": c.make_impact(),
    "lower": c.make_impact(Outcome.LOWER),
    "unclear": c.make_impact(Outcome.NO_CLEAR_EFFECT),
    "refused": c.TOO_FEW,
}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "qps"])
@pytest.mark.parametrize("unit", ["persons", "%"])
@pytest.mark.parametrize("case", TREND_RESULTS)
def test_every_trend_speaks_in_every_language(case: str, unit: str, language: str) -> None:
    i18n.use(language)

    words = trend_words(
        TREND_RESULTS[case], name="Persons convicted", unit=unit, detection=True, effort="x"
    )

    everything = (
        *words.sentences,
        words.key,
        words.sure.line,
        words.sure.word,
        *words.sure.detail,
    )
    assert all("{" not in text and "**" not in text for text in everything)
    assert words.lead
    assert words.key in words.lead


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "qps"])
@pytest.mark.parametrize("case", IMPACT_RESULTS)
def test_every_impact_speaks_in_every_language(case: str, language: str) -> None:
    i18n.use(language)

    words = impact_words(
        IMPACT_RESULTS[case], event=c.law(), name="Investigations", unit="cases", rivals=c.RIVALS
    )

    everything = (*words.sentences, words.key, words.sure.line, *words.sure.detail)
    assert all("{" not in text and "**" not in text for text in everything)
    assert words.key in words.lead


def test_no_sentence_uses_a_forbidden_word() -> None:
    texts = [
        text
        for result in TREND_RESULTS.values()
        for text in trend_sentences(result, name="Persons convicted", unit="persons")
    ]
    texts += [
        text
        for result in IMPACT_RESULTS.values()
        for text in impact_sentences(result, event=c.law(), name="Cases", unit="cases")
    ]

    assert not [text for text in texts for word in FORBIDDEN if word in text.casefold()]


@pytest.mark.parametrize(
    ("case", "lead"),
    [
        ("rising", f"Persons convicted rose by about 10{N}% a year from 2006 to 2024 (between 8{N}% and 13{N}%)."),
        ("falling", f"Persons convicted fell by about 5{N}% a year from 2006 to 2024 (between 2{N}% and 8{N}%)."),
        ("unclear", f"We cannot tell whether persons convicted rose or fell from 2006 to 2024: the yearly change could be anywhere between −3.0{N}% and 3.4{N}%."),
        ("stable", f"Persons convicted stayed about the same from 2006 to 2024: the yearly change lies between −0.6{N}% and 0.8{N}%, inside the band you set."),
        ("faster", f"Persons convicted rose all the time, faster from about 2014 on: 3{N}% a year before, 8{N}% a year after."),
        ("falls slower", f"Persons convicted fell all the time, slower from about 2014 on: 8{N}% a year before, 3{N}% a year after."),
        ("up then down", f"Persons convicted rose until about 2014 and fell after: 5{N}% a year before, 4{N}% a year after."),
        ("down then up", f"Persons convicted fell until about 2014 and rose after: 5{N}% a year before, 4{N}% a year after."),
        ("several", f"Persons convicted changed pace more than once from 2006 to 2024: 3{N}% a year from 2005 to 2010; −2{N}% a year from 2010 to 2015; 6{N}% a year from 2015 to 2020."),
        ("refused", "Only 5 years: too few for a trend; 8 would be enough. The points are shown without a line."),
    ],
)  # fmt: skip
def test_the_finding_of_a_trend(case: str, lead: str) -> None:
    assert trend_words(TREND_RESULTS[case], name="Persons convicted", unit="persons").lead == lead


@pytest.mark.parametrize(
    ("case", "lead"),
    [
        ("higher", f"After “Anti-trafficking Act” (2011), investigations stood about 26{N}% higher than the earlier trend would have given (between 6{N}% and 49{N}%)."),
        ("lower", f"After “Anti-trafficking Act” (2011), investigations stood about 18{N}% lower than the earlier trend would have given (between 4{N}% and 30{N}%)."),
        ("unclear", f"We cannot tell whether investigations changed after “Anti-trafficking Act” (2011): against the earlier trend the difference could be anywhere between −9{N}% and 24{N}%."),
    ],
)  # fmt: skip
def test_the_finding_of_an_impact(case: str, lead: str) -> None:
    words = impact_words(IMPACT_RESULTS[case], event=c.law(), name="Investigations", unit="cases")

    assert words.lead == lead
    assert any("Other things changed too" in text for text in words.doubt)


def test_the_second_sentence_says_what_we_do_not_know() -> None:
    words = trend_words(TREND_RESULTS["up then down"], name="Victims", unit="persons")

    assert words.doubt == (
        "The turn is more than chance; its exact year is not sure.",
        "The change may have come in any year from 2012 to 2016.",
    )


def test_a_refusal_says_once_that_there_is_no_line() -> None:
    other = Refusal(code="x", text="A value is zero in {year}.", data={"year": 2013})

    assert trend_sentences(c.TOO_FEW, name="x") == (i18n.refusal_text(c.TOO_FEW),)
    assert trend_sentences(other, name="x") == (
        "A value is zero in 2013.",
        "The points are shown without a line.",
    )
    assert refusal_words(other).lead == "A value is zero in 2013."


def test_changes_in_units_and_in_percentage_points() -> None:
    slope = c.make_trend(unit="persons a year", estimate=3.21, low=1.0, high=5.4)

    persons = trend_words(slope, name="Victims", unit="persons").lead
    points = trend_words(slope, name="Rate", unit="%").lead

    assert f"about 3.2{N}persons a year" in persons
    assert "about 3.2 percentage points a year" in points


def test_names_keep_their_capitals_where_they_are_abbreviations() -> None:
    assert series_fields("TIP units")["series"] == "TIP units"
    assert series_fields("Victims")["series"] == "victims"
    assert series_fields("victims")["Series"] == "Victims"


def test_a_small_change_is_not_rounded_to_nothing() -> None:
    result = c.make_trend(estimate=2.4, low=0.3, high=4.6)

    assert f"between 0.3{N}% and 4.6{N}%" in trend_words(result, name="Victims").lead


def test_what_the_smallest_visible_change_would_be() -> None:
    words = impact_words(IMPACT_RESULTS["unclear"], event=c.law(), name="Cases", unit="cases")

    assert words.doubt[0] == (
        f"A change of less than about 14{N}% could not have been seen in this series."
    )


def test_the_answer_without_the_provisional_year_is_told() -> None:
    same = trend_words(c.make_trend(), name="Victims").sure
    other = Interval(estimate=4.0, low=-2.0, high=9.0)
    rests = trend_words(c.make_trend(without_provisional=other), name="Victims").sure

    assert same.detail[1].startswith("The answer stays the same without the provisional year 2024")
    assert rests.detail[1].startswith("The answer rests on the provisional year 2024")
    assert (same.bars, rests.bars) == (3, 1)


def test_cautions_stand_in_order_of_weight_with_headings() -> None:
    mild = Note(code="unknown", text="A remark.")
    result = c.make_trend(warnings=(mild, c.SEVERE, mild))

    words = trend_words(result, name="Victims", detection=True, effort="inspections")

    assert [caution.title for caution in words.cautions] == [
        "Detection is not the whole crime",
        "Few years",
        "Note",
    ]
    assert words.cautions[0].text.endswith("Look at it together with inspections.")
    assert words.sentences[-1] == "A remark."


def test_quotation_marks_inside_a_name_do_not_clash_with_ours() -> None:
    event = c.law(2015, "Campaign “Open your eyes”")

    words = impact_words(c.make_impact(), event=event, name="Calls", unit="calls")

    assert words.lead.startswith("After “Campaign ‘Open your eyes’” (2015)")
