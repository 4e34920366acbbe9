"""What is typed to find values, and which input is meant."""

from __future__ import annotations

from ui.viewmodels.data_grid import ALL_INPUTS, GridQuestion, folded, settled, typed_words

INPUTS = (("acc_prosecuted", "Prosecuted"), ("vic_detected", "Detected"))


def question(variable: str) -> GridQuestion:
    return GridQuestion(
        source="police", version=0, variable=variable, area="", first_year=0, last_year=0
    )


def test_accents_and_capitals_do_not_count() -> None:
    assert folded("Bahía VERDE") == "bahia verde"


def test_grouped_numbers_are_one_word() -> None:
    assert typed_words("Málaga 1,204 2015") == ("malaga", "1204", "2015")
    assert typed_words("1.204.000 3,5") == ("1204000", "3.5")
    assert typed_words("  ") == ()


def test_the_input_meant_is_the_named_one_else_a_usual_one() -> None:
    assert settled(question("acc_prosecuted"), INPUTS).variable == "acc_prosecuted"
    assert settled(question(""), INPUTS).variable == "vic_detected"
    assert settled(question("gone"), INPUTS[:1]).variable == "acc_prosecuted"
    assert settled(question(ALL_INPUTS), INPUTS).variable == ""
