"""Countries and citizenships by code, name and demonym."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.importing import aliases_files, countries
from workbench.importing.names import AreaFinder

needs_shared = pytest.mark.skipif(SHARED is None, reason="the official list is not here")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NAM"),
        ("NAM", "NAM"),
        ("Namibia", "NAM"),
        ("Niger", "NER"),
        ("Niger (the)", "NER"),
        ("Niger Rep", "NER"),
        ("Nigeria", "NGA"),
        ("Guinea", "GIN"),
        ("Equatorial Guinea", "GNQ"),
        ("Guinea-Bissau", "GNB"),
        ("Papua New Guinea", "PNG"),
        ("Guiné", "GIN"),
        ("Guinée équatoriale", "GNQ"),
        ("Republic of Korea", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Congo", "COG"),
        ("Dem. Rep. of the Congo", "COD"),
        ("República Democrática del Congo", "COD"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Rep. Dominicana", "DOM"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("CÃ´te d'Ivoire", "CIV"),
        ("TÃ¼rkiye", "TUR"),
        ("Viet Nam", "VNM"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Bolivie (État plurinational de)", "BOL"),
        ("St. Lucia", "LCA"),
        ("United States of America (the)", "USA"),
        ("Kosovo (under UNSC res. 1244)", "XKX"),
        ("XKX", "XKX"),
        ("EL", "GRC"),
    ],
)
def test_names_and_codes(text: str, code: str) -> None:
    assert countries.find(text) == code
    assert countries.citizenship(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Venezuelan", "VEN"),
        ("venezolana", "VEN"),
        ("venezolano/a", "VEN"),
        ("venezolanos", "VEN"),
        ("brasileiro", "BRA"),
        ("BRASILERA", "BRA"),
        ("haïtienne", "HTI"),
        ("Haïtiens", "HTI"),
        ("Nigerian", "NGA"),
        ("Nigerien", "NER"),
        ("nigérienne", "NER"),
        ("nigériane", "NGA"),
        ("British nationals", "GBR"),
        ("ciudadanos de Colombia", "COL"),
        ("ressortissants français", "FRA"),
        ("dominicana", "DOM"),
        ("dominiquesa", "DMA"),
        ("dominicaine", "DOM"),
        ("dominiquaise", "DMA"),
        ("South Sudanese", "SSD"),
        ("alemães", "DEU"),
        ("alemanas", "DEU"),
        ("Former Yugoslavia", "YUG"),
    ],
)
def test_demonyms_of_every_gender_and_number(text: str, code: str) -> None:
    assert countries.citizenship(text) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("coreanas", {"KOR", "PRK"}),
        ("Congolese", {"COD", "COG"}),
        ("Congolese nationals", {"COD", "COG"}),
        ("Dominican", {"DMA", "DOM"}),
        ("Guinean", {"GIN", "GNB", "GNQ"}),
        ("Saint Martin", {"MAF", "SXM"}),
        ("CS", {"CSK", "SCG"}),
    ],
)
def test_what_could_mean_two_countries_means_none(text: str, codes: set[str]) -> None:
    assert countries.citizenship(text) is None
    assert set(countries.ambiguous(text)) == codes


@pytest.mark.parametrize(
    "text", ["na", "Nigera", "Rohingya", "2 maliens", "3 nigériens et 1 tunisien", "145", "Abroad"]
)
def test_nothing_is_taken_from_a_guess(text: str) -> None:
    assert countries.citizenship(text) is None


def test_demonyms_are_no_names_of_areas() -> None:
    assert countries.find("Polonaise") is None
    assert AreaFinder({}).find("Venezuelan") == "Venezuelan"


@pytest.mark.parametrize(
    ("text", "code", "successors"),
    [
        ("SCG", "SCG", ("MNE", "SRB")),
        ("Serbia y Montenegro", "SCG", ("MNE", "SRB")),
        ("YU", "YUG", ("BIH", "HRV", "MKD", "SCG", "SVN")),
        ("Czechoslovakia", "CSK", ("CZE", "SVK")),
        ("Netherlands Antilles", "ANT", ("BES", "CUW", "SXM")),
        ("DDR", "DDR", ("DEU",)),
    ],
)
def test_countries_that_ended_keep_their_code(
    text: str, code: str, successors: tuple[str, ...]
) -> None:
    former = countries.former(code)

    assert countries.find(text) == code
    assert former is not None
    assert former.successors == successors
    assert former.until > 1970


def test_a_country_that_ended_is_new_to_the_project_with_its_name() -> None:
    finder = AreaFinder({})

    assert finder.find("SUN") == "SUN"
    assert finder.new == {"SUN": "USSR (1992)"}


@pytest.mark.parametrize(("text", "code"), [("BUR", "MMR"), ("ZAR", "COD"), ("Zaire", "COD")])
def test_a_country_only_renamed_is_the_country_of_today_and_said_so(text: str, code: str) -> None:
    finder = AreaFinder({})

    assert finder.find(text) == code
    assert finder.matched == {text: code}
    assert countries.former(text) is None


def test_former_and_successor_codes_exist() -> None:
    import pycountry

    withdrawn = {str(c.alpha_3): str(c.withdrawal_date)[:4] for c in pycountry.historic_countries}
    listed = {row["code"]: row for row in aliases_files.rows("historic.csv")}
    for code, row in listed.items():
        assert all(map(countries.is_country, row["successors"].split())), code
        assert code == "ROM" or int(withdrawn[code]) == int(row["until"]), code


def test_private_codes_stand_for_themselves() -> None:
    assert [countries.citizenship(code) for code in ("XVA", "XVF", "XKX")] == ["XVA", "XVF", "XKX"]
    assert countries.citizenship("xva") is None
    assert countries.citizenship("XXB") is None
    assert countries.find("XVA") is None


def test_numbers_of_m49() -> None:
    assert countries.by_number("032") == countries.by_number("32") == "ARG"
    assert countries.by_number("891") == "SCG"
    assert countries.by_number("412") == "XKX"
    assert countries.by_number("999") is None


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    once = countries.key(text)

    assert countries.key(once) == once


@pytest.mark.parametrize("text", ["the the Niger", "Niger (the) (the)", "Niger* (the) **"])
def test_articles_are_taken_away_however_many(text: str) -> None:
    assert countries.key(text) == "niger"


@needs_shared
def test_every_name_of_the_official_list_is_its_country_or_unknown() -> None:
    """Names in three languages of the official list against the codes beside them."""
    assert SHARED is not None
    path = SHARED / "data/country-codes/country-codes.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    columns = [
        *("official_name_en", "official_name_es", "official_name_fr", "CLDR display name"),
        *("UNTERM English Short", "UNTERM English Formal"),
        *("UNTERM Spanish Short", "UNTERM French Short"),
    ]
    found, missing = 0, []
    for row in listed:
        code = row["ISO3166-1-Alpha-3"]
        for column in columns:
            text = row[column].strip()
            said = countries.find(text) if code and text else None
            assert said in (None, code), text
            found += said is not None
            missing += [text] if code and text and said is None else []
        if code:
            assert countries.find(row["ISO3166-1-Alpha-2"]) == countries.find(code) == code
            assert countries.by_number(row["M49"]) == code
    assert found > 1_500
    assert len(missing) < 0.1 * found, missing
