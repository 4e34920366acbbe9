"""What is typed finds what is meant."""

from __future__ import annotations

from ui.viewmodels.palette import PaletteEntry, folded, indicator_entries, likeness, matching


def entry(title: str, more: str = "") -> PaletteEntry:
    return PaletteEntry(kind="action", key=title, title=title, more=more)


def test_accents_and_case_do_not_matter() -> None:
    assert folded("Região Ñandú") == "regiao nandu"
    assert likeness("jarven", "Järvenpää") > 0


def test_letters_in_order_are_enough_but_scattered_ones_are_not() -> None:
    assert likeness("impfil", "Import a file…") > 0
    assert likeness("zq", "Import a file…") == 0
    assert likeness("if", "Indicators of the whole catalogue with a very long name, final") == 0


def test_the_best_comes_first() -> None:
    entries = [entry("Show trends"), entry("Trends"), entry("Correct a value"), entry("Train")]
    assert [found.title for found in matching("trends", entries)] == ["Trends", "Show trends"]


def test_everything_fits_an_empty_field() -> None:
    assert len(matching("", [entry("A"), entry("B")])) == 2


def test_an_indicator_is_found_by_code_and_in_any_language() -> None:
    entries = indicator_entries("indicator")
    assert matching("PRV-01", entries)[0].key == "PRV-01"
    assert any(found.key.startswith("PR") for found in matching("víctimas", entries))
