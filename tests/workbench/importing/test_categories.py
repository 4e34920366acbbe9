"""Codes of categories."""

import pytest

from workbench.importing.categories import category, is_closed


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
        ("CIT", "brasileña", "BRA"),
        ("CIT", "Nationals", "REP"),
        ("CIT", "extranjeros", "NREP"),
        ("CIT", "NO DETERMINADA", "_U"),
        ("CIT", "N/A", "_U"),
        ("CIT", "NA", "NAM"),
        ("CIT", "SCG", "SCG"),
        ("CIT", "XVB", "XVB"),
        ("COR", "XVF", "XVF"),
        ("CIT", "XXA", "STLS"),
        ("CIT", "XXX", "_U"),
        ("COR", "Perú", "PER"),
        ("SEX", "Feminine", "F"),
        ("SEX", "NonSpecifiedUnknown", "_U"),
        ("SEX", "Trans/Transgender/NonConforming", "X"),
        ("AGE", "menores de 18 años", "Y0T17"),
        ("AGE", "mineurs de 15 ans", "Y0T14"),
        ("AGE", "9--17", "Y9T17"),
        ("AGE", "TOTAL", "_T"),
        ("AGE", "Y_LT18", "Y0T17"),
        ("FORM", "ICCS02041", "SEX"),
        ("FORM", "VC_HTF_DETVFL", "LAB"),
        ("FORM", "ForcedBegging", "BEG"),
        ("FORM", "isOtherExploit", "OTH"),
        ("FORM", "typeOfLabourDomesticWork", "LAB_DOM"),
        ("STG", "PER_CNV", "S6"),
        ("STG", "Persons prosecuted", "S4"),
        ("STG", "personas condenadas", "S6"),
        ("VST", "ActualVictimOfTrafficking", "IDT"),
        ("K", "5", "5"),
        ("DAY", "0012", "12"),
    ],
)
def test_known_categories(dimension: str, text: str, code: str) -> None:
    assert category(dimension, text) == (code, True)


@pytest.mark.parametrize(
    ("dimension", "text"),
    [
        ("FORM", "ICCS02043_02044"),  # organ removal and others together: no group of ours
        ("AGE", "mayores de 18"),  # with or without those of 18 years
        ("CIT", "Congolese"),
        ("CIT", "Korea"),
        ("CIT", "Rohingya"),
        ("CIT", "EU-28 others"),
    ],
)
def test_what_fits_no_code_is_not_forced_into_one(dimension: str, text: str) -> None:
    assert not category(dimension, text)[1]


def test_a_new_category_is_told() -> None:
    assert category("FORM", "Labour and sexual") == ("LABOUR_AND_SEXUAL", False)
    assert category("N_OWN", "A-1") == ("A-1", False)


def test_a_band_that_runs_backwards_is_no_band() -> None:
    assert category("AGE", "24 to 18") == ("24_TO_18", False)


def test_dimensions_whose_codes_are_all_known() -> None:
    assert all(map(is_closed, ("SEX", "AGE", "FORM", "STG", "CIT", "COR", "CITG")))
    assert not any(map(is_closed, ("REG", "DAY", "N_OWN", "area", "value")))


def test_codes_left_to_users_of_the_list_of_countries_stand_for_themselves() -> None:
    assert category("CIT", "XVB") == ("XVB", True)
    assert category("COR", "XVB") == ("XVB", True)
    assert category("CIT", "XKX") == ("XKX", True)
    assert not category("CIT", "XYZ")[1]
