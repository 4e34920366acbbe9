"""Texts as keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.importing.names import (
    SEVERAL,
    AreaFinder,
    clean,
    has_hidden,
    normal,
    own_category,
    own_variable,
    slug,
    visible,
)


def test_hidden_characters_become_marks() -> None:
    assert clean("Y\u202eB") == "Y⟨U+202E⟩B"
    assert has_hidden("Y\u202eB")
    assert not has_hidden(" Mérida ")
    assert visible("a\x00b") == "a⟨U+0000⟩b"


@given(st.text(max_size=30))
def test_clean_texts_hold_nothing_hidden_and_stay_as_they_are(text: str) -> None:
    once = clean(text)

    assert not has_hidden(once)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once).lstrip("'") == once.lstrip("'")


def test_our_own_apostrophe_is_taken_away() -> None:
    assert clean("'=1+2") == "=1+2"
    assert clean("'s-Hertogenbosch") == "'s-Hertogenbosch"


@pytest.mark.parametrize(
    "text", ["Järvenpää", "Jarvenpaa", "JARVENPAA", "Ja\u0308rvenpa\u0308a\u0308", " Jarvenpää "]
)
def test_spellings_of_one_name_agree(text: str) -> None:
    assert normal(text) == "jarvenpaa"


def test_slugs() -> None:
    assert slug("Víctimas (total)") == "victimas_total"
    assert slug("…") == "unnamed"
    assert own_variable("Cases prosecuted") == "n_cases_prosecuted"
    assert own_variable("n_own") == "n_own"
    assert own_category("British nationals") == "BRITISH_NATIONALS"


def test_areas_by_code_then_name_then_country() -> None:
    finder = AreaFinder({"XV-11": ("Jarvenpaa",), "XVA": ("Valdoria",)})

    assert finder.find("XV-11") == "XV-11"
    assert finder.find("Järvenpää") == "XV-11"
    assert finder.find("GBR") == "GBR"
    assert finder.find("Bolivia (Plurinational State of)") == "BOL"
    assert not finder.new


def test_the_code_na_is_namibia() -> None:
    assert AreaFinder({}).find("NA") == "NAM"


def test_an_unknown_area_is_new_and_its_spellings_agree() -> None:
    finder = AreaFinder({})

    assert finder.find("Alta Norte") == "Alta Norte"
    assert finder.find("ALTA NORTE") == "Alta Norte"
    assert finder.new == {"Alta Norte": "Alta Norte"}


def test_a_name_with_a_history_keeps_all_its_codes_until_the_year_is_known() -> None:
    known = {"OLD": ("Hohenmark",), "NEW": ("Hohenmark",), "X": ("Lisse",)}
    finder = AreaFinder(known, spans={"OLD": (0, 201300), "NEW": (201400, 0)})

    assert finder.find("HOHENMARK") == f"OLD{SEVERAL}NEW{SEVERAL}"
    assert finder.find("Lisse") == "X"
    assert finder.find("OLD") == "OLD"
    assert finder.matched == {"HOHENMARK": "OLD, NEW", "Lisse": "X"}
