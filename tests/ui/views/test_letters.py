"""Letters of menu entries."""

from __future__ import annotations

from ui.views.letters import with_letters


def test_every_entry_has_its_own_letter_at_the_start_of_a_word() -> None:
    assert with_letters(["File", "Edit", "View"]) == ["&File", "&Edit", "&View"]
    assert with_letters(["Save", "Save as"]) == ["&Save", "Save &as"]


def test_an_entry_gives_way_where_another_has_no_choice() -> None:
    assert with_letters(["Ab", "A"]) == ["A&b", "&A"]


def test_what_has_no_letter_stays_and_signs_are_doubled() -> None:
    assert with_letters(["A", "A", "…"]) == ["&A", "A", "…"]
    assert with_letters(["Undo: A&B"]) == ["&Undo: A&&B"]


def test_letters_without_accents_are_preferred() -> None:
    assert with_letters(["Édition"]) == ["É&dition"]
    assert with_letters(["É"]) == ["&É"]
