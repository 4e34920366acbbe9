"""What the indicators serve, and the checklists."""

from __future__ import annotations

import pytest

from indicators import framework as service
from indicators.catalog import load_catalogue
from indicators.model.codes import LANGUAGES, Kind
from indicators.model.definition import LocalText

CATALOGUE = load_catalogue()
INDICATORS = tuple(CATALOGUE.indicators.values())
RECOMMENDATIONS = {
    1: "ACC-01 ACC-02 ACC-03 ACC-04 ACC-05 ACC-06",
    2: "PVL-03 PRV-03 PRV-04 PRV-06 PRT-02 PRT-03 PRT-04 PRT-05 PRT-15 PRS-01 PRS-02 PRS-03"
    " PRS-04 PRS-05 PRS-06 PRS-07 PRS-08 PRS-10 PRS-11 PRS-13 PRS-14 PRS-15 COO-01 ACC-03 ACC-05"
    " ACC-06 IMP-01 IMP-02 IMP-04",
    3: "PRT-05 PRS-11 RES-01 RES-02 RES-03 RES-04 RES-05",
    4: "PRT-10 COO-01 COO-02 COO-03 COO-04 COO-05 COO-06 INF-02 INF-04",
    5: "PRV-07 COO-03 COO-07 RES-05 DEM-05",
    6: "PRT-13 PRT-14 PRT-15 PRS-09 VPA-01 VPA-02 VPA-03 VPA-04",
    7: "PVL-04 PRV-01 PRV-02 PRV-04 PRV-05 PRV-06 PRV-07 PRT-01 PRT-02 PRT-03 PRT-04 PRT-05"
    " PRT-06 PRT-07 PRT-08 PRT-09 PRT-11 PRT-12 PRT-13 PRT-14 VPA-04 RTS-01 INF-06",
    8: "DEM-01 DEM-02 DEM-03 DEM-04 DEM-05 DEM-06",
    9: "PVL-01 PVL-02 PVL-03 ACC-02 INF-01 INF-02 INF-03 INF-04 INF-05 INF-06 IMP-01 IMP-02 IMP-03",
    10: "RES-04 RES-06 ACC-04",
}
CHALLENGES = {
    1: "PRV-01 PRV-02 PRT-13 PRS-08 RES-01 RES-03 DEM-06 INT-01 INT-04",
    2: "PRT-10 COO-04 COO-05 COO-06",
    3: "PVL-04 PRV-05 PRT-06 PRT-07 PRT-08 PRT-09 PRT-15 PRS-13 RTS-01 RTS-02 RTS-03 INF-03",
    4: "PVL-01 PRV-03 PRT-03 PRS-01 PRS-02 PRS-03 PRS-04 PRS-05 PRS-06 PRS-09 PRS-10 PRS-11"
    " PRS-12 PRS-14 PRS-15 VPA-03 INT-04",
    5: "INT-01 INT-02 INT-03 INT-04",
}
NO_FRAMEWORK = "PRS-06 PRS-07 PRS-12 RES-02 RES-04 RES-06 INT-04 ACC-04 INF-06 IMP-01 IMP-03"


def shipped(codes: str) -> set[str]:
    """Those of the codes that the catalogue holds."""
    return {code for code in codes.split() if code in CATALOGUE.indicators}


# what serves what


@pytest.mark.parametrize("number", RECOMMENDATIONS)
def test_recommendations_are_served_as_the_catalogue_says(number: int) -> None:
    serving = service.serving_recommendation(INDICATORS, number)

    assert {each.code for each in serving} == shipped(RECOMMENDATIONS[number])


@pytest.mark.parametrize("number", CHALLENGES)
def test_challenges_are_served_as_the_catalogue_says(number: int) -> None:
    serving = service.serving_challenge(INDICATORS, number)

    assert {each.code for each in serving} == shipped(CHALLENGES[number])


def test_every_indicator_serves_something() -> None:
    assert all(each.recommendations or each.challenges for each in INDICATORS)


def test_indicators_without_framework_are_those_of_the_catalogue() -> None:
    assert {each.code for each in service.without_framework(INDICATORS)} == shipped(NO_FRAMEWORK)
    assert not any(service.frameworks_of(code) for code in NO_FRAMEWORK.split())


MARKS = {
    "SDG": ("SDG",),
    "GLOTIP": ("GLOTIP",),
    "IC-TIP": ("IC-TIP",),
    "COE": ("CoE", "GRETA"),
    "3P": ("3P",),
    "GSI": ("GSI", "Walk Free"),
    "PALERMO": ("Palermo",),
    "OSCE": ("OSCE",),
}


@pytest.mark.parametrize("code", MARKS)
def test_references_of_indicators_agree_with_the_list_of_frameworks(code: str) -> None:
    (outside,) = [each for each in service.framework().outside if each.code == code]
    cited = {
        each.code
        for each in INDICATORS
        if any(reference.startswith(MARKS[code]) for reference in each.frameworks)
    }

    assert cited == {each for each in outside.indicators if each in CATALOGUE.indicators}


def test_goals_and_frameworks_have_their_texts() -> None:
    whole = service.framework()
    texts = [each.text for each in (*whole.recommendations, *whole.challenges)]
    names = [each.name for each in (*whole.recommendations, *whole.challenges, *whole.outside)]

    assert [each.number for each in whole.recommendations] == list(range(1, 11))
    assert [each.number for each in whole.challenges] == list(range(1, 6))
    for language in LANGUAGES:
        assert all(text.in_language(language).endswith(".") for text in texts)
        assert all(name.in_language(language) for name in names)


# checklists


def test_checklists_belong_to_their_indicators() -> None:
    for checklist in service.checklists():
        indicator = CATALOGUE.indicators[checklist.indicator]
        assert indicator.kind is Kind.CHECK
        assert indicator.inputs == (checklist.met, checklist.total)


READ = (*(f"law_{number:02d}" for number in range(1, 16)), "rts_01", "rts_04", "rts_08", "rts_09")
"""Items whose articles somebody has read."""


def test_items_are_complete_and_those_whose_articles_were_read_name_articles() -> None:
    items = [item for checklist in service.checklists() for item in checklist.items]

    assert len({item.code for item in items}) == len(items) >= 30
    assert tuple(item.code for item in items if item.verified) == READ
    for item in items:
        cited = item.reference.split("; ")
        assert all(cited)
        assert not item.verified or all(" Art. " in each for each in cited), item.code
    for language in LANGUAGES:
        assert len({item.text.in_language(language) for item in items}) == len(items)
    assert all(isinstance(item.text, LocalText) for item in items)
