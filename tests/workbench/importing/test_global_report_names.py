"""Countries and citizenships of the global file against an independent list of countries.

Labels that the independent list does not have were looked at one by one; they are listed here with
the country they mean. Every other label must stay unknown.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import python_calamine

from tests.places import SHARED
from workbench.importing import countries
from workbench.importing.categories import category
from workbench.importing.report import ImportReport
from workbench.services import imports, observations
from workbench.services.workspace import Workspace, create

pytestmark = pytest.mark.skipif(SHARED is None, reason="the global file is not here")

Rows = list[dict[str, str]]
LOOKED_AT = {
    "ALB": "Albanian, albanian",
    "DEU": "Alemana",
    "AGO": "Angolan, Angolans",
    "ARG": "Argentino",
    "BLR": "BIELORRUSIA, Belarussian, Byelorussian",
    "BRA": "BRASILERA, Brasilero, Brazilian, brésilien",
    "BEL": "Belga",
    "BLZ": "Belizean",
    "BEN": "Benin Rep",
    "BIH": "Bosnian",
    "MMR": "Burmese, Myanmar Nation",
    "COL": "COLOMBIANA, Colombiano",
    "CMR": "Cameroonian",
    "HKG": "China~ Hong Kong SAR",
    "TWN": "China~ Taiwan Province of China, Taiwanese",
    "CHN": "Chino, chinois",
    "KOR": "Corea del Sur, South Korean",
    "CIV": "Costa d'Avorio, Cote d'ivoire, CÃ´te d'Ivoire",
    "CUB": "Cubano",
    "_U": "DESCONOCIDA, Desconocido, Inconnue, N/A, NO DETERMINADA, NO REGISTRA, Sin determinar, "
    "Unknown, no information",
    "DOM": "DOMINICANA, Dominican Rep, R.Dominicana, R.dominicana, Rep. Dominicana",
    "COD": "Dem. Rep. of the Congo",
    "ERI": "Eritrean",
    "CSK": "Former Czechoslovakia",
    "YUG": "Former Yugoslavia",
    "GMB": "Gambian",
    "GHA": "Gana, Ghanaian",
    "GEO": "Georgian",
    "GTM": "Guatemalan, Guatemaltecos",
    "GIN": "Guinea Conakry",
    "NLD": "HOLANDA, Nederland, Netherlands (Kingdom of the), Netherlands (own country)",
    "HTI": "Haitiano",
    "HND": "Honduranian",
    "IND": "Indian, indien",
    "IDN": "Indonesian",
    "KGZ": "KIRGUIZSTÁN, Kirghiz",
    "KEN": "Keniano",
    "XKX": "Kosovo, Kosovo (under UNSC res. 1244), Kosovo under UNSCR 1244",
    "LAO": "Lao People's Dem. Republic",
    "MKD": "Macedonian, The former Yugoslav Republic of Macedonia",
    "MDG": "Madagascarian",
    "MDA": "Moldovan, République de Moldavie",
    "REP": "Nationals, own country",
    "NER": "Niger Rep",
    "PER": "PERUANA, Peruano",
    "PRY": "Paraguayo",
    "CZE": "REPÚBLICA CHECA, République tchèque",
    "RUS": "Rusia, russie",
    "SLE": "Sierra Leonean",
    "SYR": "Siria",
    "ZAF": "South African",
    "ESP": "Spanish",
    "VCT": "St Vincent and the Grenadines",
    "STLS": "Stateless, stateless",
    "SUR": "Surinam",
    "SWZ": "Swaziland",
    "TZA": "Tanzania~ United Republic of, Tanzanian",
    "UKR": "The Ukraine, ukrainien",
    "ANT": "The former Netherlands Antilles",
    "TUR": "TÃ¼rkiye",
    "UGA": "Ugandan",
    "GBR": "United Kingdom",
    "VEN": "Venezolana, Venezolano",
    "ZMB": "Zambian",
    "FRA": "francais",
    "ITA": "italien",
    "LUX": "luxembourgeois",
    "PRT": "portugais",
    "ROU": "roumain",
    "VNM": "vietnamese",
    "_T": "TOTAL",
}
"""Labels by code, looked at one by one; ``~`` stands for a comma."""
BY_HAND = {
    label.replace("~", ","): code for code, said in LOOKED_AT.items() for label in said.split(", ")
}
OUTSIDE = {"CAR", "CAS", "EEU", "MCA", "MCN", "SAF", "SAM", "Aruba/Curacao"}
"""Codes of the file for groups of countries."""


def bare(text: str) -> str:
    """A comparison of its own, so that the test does not use what it tests."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold().strip()


@pytest.fixture(scope="module")
def path() -> Path:
    assert SHARED is not None
    return SHARED / "data/unodc-glotip-2023/data_glotip_2023_no_preamble.xlsx"


@pytest.fixture(scope="module")
def rows(path: Path) -> Rows:
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    header, *body = sheet.to_python()
    return [{str(name): str(cell) for name, cell in zip(header, row, strict=True)} for row in body]


@pytest.fixture(scope="module")
def official() -> dict[str, set[str]]:
    """Codes by name in the official list."""
    assert SHARED is not None
    columns = [
        *("official_name_en", "official_name_es", "official_name_fr", "CLDR display name"),
        *("UNTERM English Short", "UNTERM Spanish Short", "UNTERM French Short"),
    ]
    found: dict[str, set[str]] = {}
    text = (SHARED / "data/country-codes/country-codes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for column in columns:
            name = bare(re.sub(r" \([^)]{1,4}\)$", "", row[column].strip(" *")))
            found.setdefault(name, set()).add(row["ISO3166-1-Alpha-3"])
    return found


@pytest.fixture(scope="module")
def imported(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, ImportReport]]:
    with create(tmp_path_factory.mktemp("g") / "w.tipw", area="COL") as ws:
        yield ws, imports.accept(ws, path, preset="unodc_glotip").report


def expected(label: str, official: dict[str, set[str]]) -> str | None:
    """The code of a label, found without the program; None when nobody is sure."""
    codes = official.get(bare(label), set())
    return next(iter(codes)) if len(codes) == 1 else BY_HAND.get(label)


def labels(rows: Rows) -> set[str]:
    wanted = ("by citizenship", "by country of repatriation")
    return {row["Category"] for row in rows if row["Dimension"] in wanted} - {""}


def test_every_country_is_recognised_by_its_name(rows: Rows) -> None:
    pairs = {(row["Iso3_code"], row["Country"]) for row in rows if row["Country"]}
    wrong = {(code, name) for code, name in pairs if code and countries.find(name) != code}

    assert len(pairs) > 190
    assert wrong == set()


def test_no_citizenship_is_wrong_and_what_is_not_sure_is_unknown(
    rows: Rows, official: dict[str, set[str]]
) -> None:
    unsure = set()
    for label in labels(rows):
        code, is_known = category("CIT", label)
        if is_known:
            assert code == expected(label, official), label
        else:
            unsure.add(label)
    assert {label for label in unsure if expected(label, official)} == set()
    assert len(unsure) == 78


def test_every_stored_citizenship_is_that_of_its_row(
    rows: Rows, official: dict[str, set[str]], imported: tuple[Workspace, ImportReport]
) -> None:
    ws, report = imported
    stored = [
        row
        for row in observations.observations(ws, dataset="unodc_glotip", with_raw=False)
        if row.breakdown.code("CIT") or row.breakdown.code("CITG")
    ]

    for entry in stored:
        assert entry.row is not None
        said = rows[entry.row - 2]
        wanted = expected(said["Category"], official)
        own = {"REP": said["Iso3_code"], None: "_U"}.get(wanted, wanted)
        assert entry.breakdown.code("CIT") == own, said
        assert entry.area == said["Iso3_code"]
    assert len(stored) > 7_000
    listed = next(r for r in report.warnings if r.code == "unconfirmed_label")
    assert listed.count == 48


def test_groups_of_countries_are_no_regions_of_the_project(
    rows: Rows, imported: tuple[Workspace, ImportReport]
) -> None:
    ws, report = imported
    areas = {row.code: row for row in observations.areas(ws)}
    used = {row["Iso3_code"] for row in rows} - {""}

    assert {code for code in used if not countries.is_country(code)} == OUTSIDE
    assert all(areas[code].parent is None for code in used & set(areas))
    assert next(r for r in report.notes if r.code == "new_area").count == len(OUTSIDE)
