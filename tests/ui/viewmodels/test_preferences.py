"""Choices of the person survive, odd contents of the file do not hurt."""

from __future__ import annotations

from pathlib import Path

from ui.viewmodels.preferences import Choices, Preferences


def test_choices_survive(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    chosen = Choices(
        language="pt", theme="high_contrast", text_percent=150, country_format="pt_BR"
    )

    Preferences(file).keep(chosen)

    assert Preferences(file).choices() == chosen


def test_odd_contents_become_the_defaults(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text("[General]\nlanguage=xx\ntheme=pink\ntext_percent=huge\n", encoding="utf-8")

    read = Preferences(file).choices()

    assert (read.language, read.theme, read.text_percent) == ("en", "system", 100)


def test_recent_files_newest_first_without_doubles(qapp: object, tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "window.ini")
    first, second = tmp_path / "a.tipw", tmp_path / "b.tipw"
    first.touch()

    kept.remember(first, "A", 2023)
    kept.remember(second, "B", 0)
    kept.remember(first, "A", 2024)

    rows = Preferences(tmp_path / "window.ini").recent()
    assert [(row.path, row.last_year, row.exists) for row in rows] == [
        (first, 2024, True),
        (second, 0, False),
    ]


def test_the_list_of_recent_files_ends(qapp: object, tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "window.ini")

    for index in range(20):
        kept.remember(tmp_path / f"{index}.tipw", "", 0)

    assert len(kept.recent()) == 8


def test_context_survives(qapp: object, tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "window.ini")
    assert kept.context() == ("", 0, 0)

    kept.keep_context("XV-01", 2010, 2020)

    assert kept.context() == ("XV-01", 2010, 2020)
