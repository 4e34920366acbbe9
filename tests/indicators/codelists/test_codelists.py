"""Code lists: complete, unique, in four languages."""

from __future__ import annotations

import re

import pytest

from indicators import codelists
from indicators.codelists import code_list, has_code, label, list_names
from indicators.errors import IndicatorsError
from indicators.model.codes import LANGUAGES, Pillar
from indicators.model.definition import LocalText

LISTS = list_names()


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_unique_and_parents_exist(name: str) -> None:
    listed = code_list(name)

    assert len(set(listed.codes)) == len(listed.codes)
    for entry in listed.entries:
        assert re.fullmatch(r"[A-Z0-9_]{1,8}", entry.code)
        assert entry.parent is None or entry.parent in listed.codes
    assert "_T" in listed.codes


@pytest.mark.parametrize("name", LISTS)
def test_every_label_is_there_in_every_language_and_tidy(name: str) -> None:
    listed = code_list(name)

    for text in (listed.name, *(entry.label for entry in listed.entries)):
        for language in LANGUAGES:
            words = text.in_language(language)
            assert words == words.strip()
            assert words[0].isupper() or words[0].isdigit() or not words[0].isalpha()
            assert not words.endswith(".")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_codes_of_a_list_never_share_a_label(name: str, language: str) -> None:
    labels = [entry.label.in_language(language) for entry in code_list(name).entries]

    assert len(set(labels)) == len(labels)


def test_the_labels_of_sex_in_four_languages() -> None:
    assert label("SEX", "F") == LocalText(en="Female", es="Femenino", pt="Feminino", fr="Féminin")


def test_every_dimension_of_the_classifications_has_a_list() -> None:
    expected = {
        *("SEX", "AGE", "CIT", "CITG", "FORM", "VST", "STG", "PDEC", "OUT", "SEN", "SRC"),
        *("SRCPAT", "CHN", "SVC", "ACT", "MNS", "RCR", "MOV", "REG", "BFN", "PIL", "ROL"),
        *("RSK", "COR", "SECT", "SEC", "INS", "K", "STAT", "DAY"),
    }

    assert set(LISTS) == expected


def test_pillars_are_those_of_the_vocabulary() -> None:
    assert set(code_list("PIL").top) == {pillar.value for pillar in Pillar}


def test_sectors_and_forced_labour_share_the_isic_sections() -> None:
    sections = code_list("SEC").top

    assert sections == tuple("ABCDEFGHIJKLMNOPQRSTU")
    assert {f"LAB_{section}" for section in sections} <= set(code_list("FORM").parts("LAB"))


def test_known_forms_are_the_broadest_codes() -> None:
    assert code_list("FORM").top == ("SEX", "LAB", "CRM", "BEG", "MAR", "ORG", "ARM", "REP", "OTH")


@pytest.mark.parametrize(
    ("dimension", "code", "known"),
    [
        ("DAY", "0", True),
        ("DAY", "3650", True),
        ("DAY", "3651", False),
        ("DAY", "007", False),
        ("K", "10", True),
        ("K", "11", False),
        ("CIT", "PER", True),
        ("CIT", "STLS", True),
        ("CIT", "peru", False),
        ("COR", "PER_IN", True),
        ("COR", "PER_UP", False),
        ("SRCPAT", "POL_NGO", True),
        ("SEX", "_U", True),
        ("SEX", "Q", False),
        ("NOPE", "A", False),
    ],
)
def test_membership(dimension: str, code: str, known: bool) -> None:
    assert has_code(dimension, code) is known


def test_codes_without_a_name_have_no_label() -> None:
    assert label("CIT", "PER") is None
    assert label("NOPE", "A") is None


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    with pytest.raises(IndicatorsError, match=r"Known lists: .*SEX"):
        codelists.code_list("NOPE")
