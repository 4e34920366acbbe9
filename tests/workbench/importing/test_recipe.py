"""Recipes as TOML."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UserFileError
from workbench.importing.recipe import (
    Column,
    Match,
    Reading,
    Recipe,
    fingerprint,
    load,
    parse,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
tables = st.dictionaries(texts, texts, max_size=3)
columns = st.builds(
    Column,
    name=names,
    role=st.sampled_from(["area", "period", "value", "SEX", "ignore", "case"]),
    number_format=st.sampled_from(["", "1,234.5", "1.234,5", "1 234,5"]),
    values=tables,
    by=texts,
    cases=tables,
    fixed=tables,
)
recipes = st.builds(
    Recipe,
    name=texts,
    title=texts,
    dataset=texts,
    layout=st.sampled_from(["long", "wide"]),
    reading=st.builds(
        Reading,
        encoding=texts,
        sheet=texts,
        header_row=st.integers(0, 99),
        header_rows=st.integers(1, 3),
    ),
    columns=st.lists(columns, max_size=3).map(tuple),
    match=st.builds(Match, requires=st.lists(texts, max_size=2).map(tuple)),
    constants=tables,
    missing=st.dictionaries(texts, st.sampled_from(["zero", "not_available"]), max_size=2),
    below_low=st.sampled_from([0, 1]),
    zeros_confirmed=st.booleans(),
    fiscal_start=st.integers(0, 12),
)


@given(recipes)
def test_a_recipe_survives_its_toml(recipe: Recipe) -> None:
    assert parse(recipe.dump(), Path("r.toml")) == recipe


@pytest.mark.parametrize(
    "text",
    [
        "layout = 'sideways'",
        "unknown = 1",
        "below_low = 5",
        "zeros_confirmed = 'yes'",
        "[[column]]\nname = 'a'\nrole = 'nonsense'",
        "[[column]]\nname = 'a'\nrole = 'value'\nnumber_format = '12;3'",
        "[missing]\nx = 'gone'",
        "year_columns = '('",
        "year_columns = '2015'",
        "name = ",
        "[[column]]\nrole = 'value'",
        "[reading]\nheader_row = true",
    ],
)
def test_a_recipe_that_cannot_be_used_names_its_file(text: str) -> None:
    with pytest.raises(UserFileError) as caught:
        parse(text, Path("mine.toml"))

    assert "mine.toml" in str(caught.value)


def test_load_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match=r"none\.toml"):
        load(tmp_path / "none.toml")


def test_the_fingerprint_ignores_case_and_accents() -> None:
    assert fingerprint(["Año", "Valor"]) == fingerprint(["ANO", "valor "])
    assert fingerprint(["Año", "Valor"]) != fingerprint(["Valor", "Año"])
