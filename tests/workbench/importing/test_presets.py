"""The shipped recipes."""

from pathlib import Path

import pytest

from indicators.errors import IndicatorsError
from workbench.importing.presets import (
    FOLDER,
    OWN_FOLDER_VARIABLE,
    all_presets,
    faults,
    preset,
    preset_names,
    recognise,
)
from workbench.importing.recipe import load
from workbench.services import imports, observations
from workbench.services.workspace import create

LONG = ["variable", "area", "period", "SEX", "AGE", "value", "status", "flags"]


def test_all_presets_load_and_carry_their_file_name() -> None:
    files = {path.stem: load(path).name for path in FOLDER.glob("*.toml")}

    assert set(preset_names()) >= {
        "eurostat",
        "open_sdg",
        "sdmx",
        "unodc_glotip",
        "workbench_long",
    }
    assert all(stem == name for stem, name in files.items())
    assert set(files) == set(preset_names())


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


OWN = """\
name = "shelters"
title = "Yearly table of the shelters"
[match]
requires = ["Province", "Year", "Persons assisted"]
[[column]]
name = "Province"
role = "area"
[[column]]
name = "Year"
role = "period"
[[column]]
name = "Persons assisted"
role = "value"
fixed = { variable = "vic_assisted" }
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "presets"
    folder.mkdir()
    monkeypatch.setenv(OWN_FOLDER_VARIABLE, str(folder))
    return folder


def test_a_preset_of_the_office_loads_its_file_without_a_question(
    own: Path, tmp_path: Path
) -> None:
    (own / "any_name.toml").write_text(OWN, encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("Year,Province,Persons assisted\n2023,North,12\n", encoding="utf-8")

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        report = imports.accept(ws, table).report
        (row,) = observations.observations(ws)

    assert report.preset == "shelters"
    assert (row.variable, row.area, row.value) == ("vic_assisted", "North", 12)


def test_a_preset_of_the_office_counts_before_a_shipped_one(own: Path) -> None:
    text = (FOLDER / "workbench_long.toml").read_text("utf-8")
    (own / "x.toml").write_text(text.replace("Long table", "Our table"), encoding="utf-8")

    assert preset("workbench_long").title.startswith("Our table")
    assert [entry.id for entry in all_presets() if entry.own] == ["workbench_long"]


@pytest.mark.parametrize("text", ["layout = 3", 'name = "x"', "not toml"])
def test_a_preset_that_cannot_be_read_is_named_and_stops_nothing(own: Path, text: str) -> None:
    (own / "broken.toml").write_text(text, encoding="utf-8")

    assert recognise([LONG]) is not None
    assert [fault.data["name"] for fault in faults()] == ["broken.toml"]


def test_a_changed_preset_is_read_again(own: Path) -> None:
    path = own / "shelters.toml"
    path.write_text(OWN, encoding="utf-8")
    before = preset("shelters").title
    path.write_text(OWN.replace("Yearly", "Monthly and longer"), encoding="utf-8")

    assert preset("shelters").title != before
