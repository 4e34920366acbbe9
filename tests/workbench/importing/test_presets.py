"""The shipped recipes."""

import pytest

from indicators.errors import IndicatorsError
from workbench.importing.presets import preset, preset_names, recognise

LONG = ["variable", "area", "period", "SEX", "AGE", "value", "status", "flags"]


def test_all_presets_load_and_carry_their_file_name() -> None:
    known = ("eurostat", "open_sdg", "sdmx", "unodc_glotip", "workbench_long")

    assert preset_names() == known


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (LONG, "workbench_long"),
        (["variable", "area", "period", "value"], "workbench_long"),
        (["Year", "Series", "Sex", "Units", "Observation status", "Value"], "open_sdg"),
        (
            [
                "Iso3_code",
                "Country",
                "Indicator",
                "Dimension",
                "Category",
                "Sex",
                "Age",
                "Year",
                "txtVALUE",
                "Source",
            ],
            "unodc_glotip",
        ),
    ],
)
def test_presets_know_their_headers(header: list[str], name: str) -> None:
    found = recognise([["a title"], header])

    assert found is not None
    assert found[0].name == name
    assert found[1].row == 2


@pytest.mark.parametrize(
    "header",
    [
        ["indicator", "area", "year", "sex", "value"],
        [*LONG, "Passport"],
        ["variable", "area", "period", "value", "Value"],
        ["Year", "Value"],
    ],
)
def test_other_headers_belong_to_no_preset(header: list[str]) -> None:
    assert recognise([header]) is None


def test_a_wrong_name_answers_with_the_nearest() -> None:
    with pytest.raises(IndicatorsError, match="open_sdg"):
        preset("opensdg")
