"""Codes of categories."""

import pytest

from workbench.importing.categories import category


@pytest.mark.parametrize(
    ("dimension", "text", "code"),
    [
        ("SEX", "F", "F"),
        ("SEX", "Female", "F"),
        ("SEX", "mujeres", "F"),
        ("SEX", "Homme", "M"),
        ("SEX", "", "_T"),
        ("SEX", "Total", "_T"),
        ("SEX", "Both sexes", "_T"),
        ("SEX", "Unknown", "_U"),
        ("AGE", "0 to 14", "Y0T14"),
        ("AGE", "18-24", "Y18T24"),
        ("AGE", "18–24 years", "Y18T24"),
        ("AGE", "75 and over", "Y_GE75"),
        ("AGE", "18 years or over", "Y_GE18"),
        ("AGE", "60+", "Y_GE60"),
        ("AGE", "under 18", "Y0T17"),
        ("AGE", "Age not known", "_U"),
        ("AGE", "Y0T17", "Y0T17"),
        ("FORM", "Forced labour", "LAB"),
        ("FORM", "SEX", "SEX"),
        ("CIT", "Nigeria", "NGA"),
        ("CIT", "Stateless", "STLS"),
        ("K", "5", "5"),
        ("DAY", "0012", "12"),
    ],
)
def test_known_categories(dimension: str, text: str, code: str) -> None:
    assert category(dimension, text) == (code, True)


def test_a_new_category_is_told() -> None:
    assert category("FORM", "Labour and sexual") == ("LABOUR_AND_SEXUAL", False)
    assert category("N_OWN", "A-1") == ("A-1", False)


def test_a_band_that_runs_backwards_is_no_band() -> None:
    assert category("AGE", "24 to 18") == ("24_TO_18", False)
