"""Methods pages made from the definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.catalog import load_catalogue, load_pack
from indicators.model.codes import LANGUAGES
from indicators.model.definition import Indicator
from tests import methods_pages
from tests.indicators.test_catalog import VARIABLE
from tests.workbench.services.test_packs import RATE
from workbench import i18n
from workbench.exporting.document import Heading
from workbench.presenting.spec import Table
from workbench.services import methods_pages as service

CATALOGUE = load_catalogue()
INDICATORS = tuple(CATALOGUE.indicators.values())


def text(code: str, language: str = "en") -> str:
    """The page of a shipped indicator as Markdown."""
    return service.markdown(service.page(CATALOGUE.indicators[code], language))


def test_the_written_pages_are_up_to_date() -> None:
    assert methods_pages.problems() == []


def test_a_page_that_differs_is_missing_or_left_over_is_noticed(tmp_path: Path) -> None:
    two = (CATALOGUE.indicators["PRT-04"], CATALOGUE.indicators["RES-01"])
    methods_pages.write(tmp_path, two)
    (tmp_path / "en" / "PRT-04.md").write_text("old", encoding="utf-8")
    (tmp_path / "fr" / "PRT-04.md").unlink()
    (tmp_path / "es" / "OLD-01.md").write_text("old", encoding="utf-8")

    found = methods_pages.problems(tmp_path, two)

    assert [line.split()[0] for line in found] == ["es/OLD-01.md", "en/PRT-04.md", "fr/PRT-04.md"]
    methods_pages.write(tmp_path, two)
    assert methods_pages.problems(tmp_path, two) == []


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_every_page_says_what_a_reader_needs(indicator: Indicator) -> None:
    document = service.page(indicator, "en")
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    whole = service.markdown(document)

    assert document.title.startswith(indicator.code)
    assert document.lead == indicator.definition.en
    assert headings[:3] == ["At a glance", "How it is computed", "How to read it"]
    assert headings[-2:] == ["What it needs", "What it serves"]
    assert indicator.reason.en in whole
    assert indicator.cautions.en in whole
    for number in indicator.recommendations:
        assert f"| Recommendation {number} |" in whole
    assert "{" not in whole
    assert all(
        len(row) == len(block.columns)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    )


def test_the_example_is_worked_with_its_numbers() -> None:
    assert "60 ÷ 80 × 100 = 75" in text("PRT-04")
    assert "| Assisted victims | all | 2020 | 60 |" in text("PRT-04")


def test_formulas_have_names_and_no_years() -> None:
    parity = text("PRS-13").split("## How it is computed")[1].split("##")[0]

    assert "Detected victims (Forced labour or services) one year before" in parity
    assert "2020" not in parity
    assert "sum of (" in text("PVL-04")
    assert "equal_access" not in text("RTS-01")


def test_ambiguous_indicators_are_never_called_better() -> None:
    assert "never says better or worse" in text("PVL-01")
    assert "A lower value is better." in text("PRT-02")


def test_sources_and_frameworks_are_named() -> None:
    assert "| National referral mechanism | vic_detected |" in text("PVL-01")
    assert "UNODC Global Report" in text("PVL-01")
    assert "No framework that we know" in text("PRS-06")


@pytest.mark.parametrize("language", LANGUAGES)
def test_definition_texts_are_in_the_language_and_the_language_in_force_stays(
    language: str,
) -> None:
    entry = CATALOGUE.indicators["PRT-04"]

    document = service.page(entry, language)

    assert document.title == f"PRT-04 {entry.name.in_language(language)}"
    assert document.lead == entry.definition.in_language(language)
    assert i18n.language() == "en"


def test_a_national_indicator_has_a_page_with_the_names_of_its_pack() -> None:
    pack = load_pack(VARIABLE + RATE, "office.toml")
    whole = CATALOGUE.with_pack(pack)

    page = service.markdown(service.page(whole.indicators["N-RAIDS"], "fr", whole))

    assert page.startswith("# N-RAIDS D")
    assert "| D | D |" in page
    assert "n_raids" in page


def test_the_list_leads_to_every_page() -> None:
    listed = service.index(INDICATORS, "es")

    assert all(f"({entry.code}.md)" in listed for entry in INDICATORS)
    assert listed.index("PRV-01") < listed.index("PRT-01") < listed.index("PRS-01")
