"""The lists of other names: every code exists, no name has two, and a person can add some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.codelists import code_list, has_code, has_list
from indicators.errors import TipError
from workbench.errors import UserFileError
from workbench.importing import aliases_files, countries
from workbench.importing.categories import DIMENSIONS, category
from workbench.importing.demonyms import forms
from workbench.importing.names import normal
from workbench.importing.recipe import ROLES
from workbench.services.project_names import project_names

LISTS = {path.name for path in aliases_files.FOLDER.glob("*.csv")}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of a person's own lists."""
    monkeypatch.setenv(aliases_files.OWN_FOLDER_VARIABLE, str(tmp_path))
    aliases_files.forget()
    yield tmp_path
    monkeypatch.undo()
    aliases_files.forget()


def test_the_lists_are_those_that_the_format_describes() -> None:
    text = (aliases_files.FOLDER / "README.md").read_text(encoding="utf-8")

    assert {name for name in LISTS if f"`{name}`" in text} == LISTS
    assert set(aliases_files.COLUMNS) <= LISTS
    for name, columns in aliases_files.COLUMNS.items():
        assert set(columns) <= set(aliases_files.rows(name)[0])


def test_every_name_of_a_country_leads_to_one_that_exists() -> None:
    for row in aliases_files.rows("areas.csv"):
        assert countries.is_country(row["code"]), row
        assert countries.find(row["alias"]) == row["code"], row
    for row in aliases_files.rows("country_codes.csv"):
        assert countries.is_country(row["code"]), row
    for row in aliases_files.rows("ambiguous.csv"):
        assert all(map(countries.is_country, row["codes"].split())), row
        assert countries.citizenship(row["alias"]) is None, row
        assert countries.ambiguous(row["alias"]) == tuple(row["codes"].split()), row


def test_no_name_of_a_country_has_two_codes() -> None:
    seen: dict[str, str] = {}
    for row in aliases_files.rows("areas.csv"):
        assert seen.setdefault(countries.key(row["alias"]), row["code"]) == row["code"], row


def test_every_form_of_a_demonym_is_its_country_or_said_to_be_shared() -> None:
    shared = set()
    for row in aliases_files.rows("demonyms.csv"):
        assert countries.is_country(row["code"]), row
        for language in countries.LANGUAGES:
            for form in forms(row[language], language):
                said = countries.citizenship(form)
                if said is None:
                    assert row["code"] in countries.ambiguous(form), form
                    shared.add(countries.key(form))
                else:
                    assert said == row["code"], form
    assert shared >= {"korean", "congolais", "dominican", "guineano"}
    assert len(shared) < 60


def test_demonyms_are_listed_once_a_country() -> None:
    codes = [row["code"] for row in aliases_files.rows("demonyms.csv")]

    assert len(codes) == len(set(codes))
    assert len(codes) > 190


def test_every_category_leads_to_a_code_of_its_list() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in aliases_files.rows("categories.csv"):
        dimension, code = row["dimension"], row["code"]
        key = (dimension, normal(row["alias"]))
        assert seen.setdefault(key, code) == code, row
        if dimension == "*":
            assert code in ("_T", "_U")
        elif dimension == "CIT" and code in ("REP", "NREP"):
            assert has_code("CITG", code)
        else:
            assert dimension in DIMENSIONS
            assert has_code(dimension, code), row
            assert category(dimension, row["alias"]) == (code, True), row


def test_a_word_for_every_breakdown_is_no_other_code_of_one() -> None:
    everywhere = {
        key[1]: code for key, code in aliases_files.category_aliases().items() if key[0] == "*"
    }
    for (dimension, alias), code in aliases_files.category_aliases().items():
        if dimension != "*" and alias in everywhere:
            assert code == everywhere[alias], (dimension, alias)
    for dimension in DIMENSIONS:
        for entry in code_list(dimension).entries if has_list(dimension) else ():
            name = normal(entry.label.en)
            assert everywhere.get(name, entry.code) == entry.code, (dimension, name)


def test_variables_and_roles_exist() -> None:
    known = project_names(None).variables
    for row in aliases_files.rows("variables.csv"):
        assert row["code"] in known, row
    for row in aliases_files.rows("headers.csv"):
        assert row["role"] in ROLES or row["role"] in DIMENSIONS, row
    kinds = {row["kind"] for row in aliases_files.rows("whole_areas.csv")}
    assert kinds == {"country", "group"}


@given(st.text(max_size=40))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_own_names_count_before_those_that_ship(own: Path) -> None:
    (own / "areas.csv").write_text("alias,code\nLa Perla,PER\nBurma,THA\n", encoding="utf-8")
    (own / "categories.csv").write_text(
        "dimension,alias,code\nCIT,paisanos,REP\nFORM,talleres,LAB\n", encoding="utf-8-sig"
    )

    assert countries.find("la perla") == "PER"
    assert countries.find("BURMA") == "THA"
    assert countries.find("MMR") == "MMR"
    assert category("CIT", "Paisanos") == ("REP", True)
    assert category("FORM", "TALLERES") == ("LAB", True)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("areas.csv", "alias,code\nX,PER\nY,QQQ\n", "Row 3"),
        ("areas.csv", "alias,code\nX\n", "Row 2"),
        ("areas.csv", "name,code\nX,PER\n", "Row 2"),
        ("categories.csv", "dimension,alias,code\nFORM,x,NOPE\n", "NOPE"),
        ("categories.csv", "dimension,alias,code\nCIT,x,NOPE\n", "NOPE"),
        ("categories.csv", "dimension,alias,code\n*,x,SEX\n", "Row 2"),
        ("whole_areas.csv", "kind,alias\nplanet,x\n", "Row 2"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_number(
    own: Path, name: str, text: str, words: str
) -> None:
    (own / name).write_text(text, encoding="utf-8")

    with pytest.raises(UserFileError, match=words):
        aliases_files.own_rows(name)


def test_a_list_that_is_no_text_is_refused(own: Path) -> None:
    (own / "areas.csv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(TipError, match="cannot be read"):
        countries.find("Peru")


def test_own_lists_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(aliases_files.OWN_FOLDER_VARIABLE, "off")
    assert aliases_files.own_rows("areas.csv") == []
    monkeypatch.delenv(aliases_files.OWN_FOLDER_VARIABLE)
    folder = aliases_files.own_folder()
    assert folder is not None
    assert folder.name == "aliases"
