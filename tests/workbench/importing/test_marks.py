"""Marks beside numbers."""

import pytest

from indicators.model.codes import Flags
from workbench.importing.marks import flag_letters, separated


@pytest.mark.parametrize(
    ("text", "number", "mark", "flags"),
    [
        ("12 (3)", "12", "(3)", Flags.NONE),
        ("45*", "45", "*", Flags.NONE),
        ("7 r", "7", "r", Flags.NONE),
        ("120 p", "120", "p", Flags.P),
        ("1.234,5 (a)", "1.234,5", "(a)", Flags.NONE),
        ("12²", "12", "²", Flags.NONE),
        ("12 ep", "12", "ep", Flags.E | Flags.P),
    ],
)
def test_a_mark_is_taken_from_its_number(text: str, number: str, mark: str, flags: Flags) -> None:
    assert separated(text) == (number, mark, int(flags))


@pytest.mark.parametrize("text", ["12", "1 234", "(12)", "5 x", "2015-16", "Women", ":"])
def test_a_text_without_a_known_mark_stays_whole(text: str) -> None:
    assert separated(text) is None


def test_words_and_letters_of_flag_columns() -> None:
    assert [flag_letters(t) for t in ("Provisional", "p", "r", "BP", "estimado", "?")] == [
        "P", "P", "", "BP", "E", None,
    ]  # fmt: skip
