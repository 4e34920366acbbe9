"""Code lists, targets and texts of national packs."""

from __future__ import annotations

import pytest

from indicators.catalog import Pack, load_catalogue, load_pack
from indicators.errors import DefinitionError
from tests.indicators.test_catalog import GOOD, TEXTS, VARIABLE

LIST = f"""\
[[code_list]]
id = "NDIST"
name = {TEXTS}
codes = [
  {{ code = "N1", label = {TEXTS} }},
  {{ code = "N11", label = {TEXTS}, parent = "N1" }},
]
"""
TARGET = '[[target]]\nindicator = "PRT-04"\nvalue = 90.0\nyear = 2030\n'
TEXT = f'[[text]]\nkey = "n_office"\ntext = {TEXTS}\n'


def pack(text: str) -> Pack:
    return load_pack(text, "office.toml")


def problem(text: str) -> DefinitionError:
    """The one problem of a pack."""
    (found,) = pack(text).problems
    return found


def test_a_list_serves_the_variables_of_the_pack_and_names_its_codes() -> None:
    loaded = pack(LIST + VARIABLE.replace('["REG"]', '["REG", "NDIST"]'))
    whole = load_catalogue().with_pack(loaded)

    assert loaded.problems == ()
    assert loaded.variables["n_raids"].dimensions == ("REG", "NDIST")
    assert whole.code_lists["NDIST"].parts("N1") == ("N11",)
    assert (label := whole.label("NDIST", "N11")) is not None
    assert label.pt == "C"
    assert whole.label("NDIST", "N9") is None
    assert (built_in := whole.label("SEX", "F")) is not None
    assert built_in.en != label.en


def test_without_its_list_the_dimension_is_unknown() -> None:
    found = problem(VARIABLE.replace('["REG"]', '["REG", "NDIST"]'))

    assert "NDIST" in str(found)


def test_targets_and_texts_reach_the_catalogue() -> None:
    loaded = pack(TARGET + TEXT + GOOD + TARGET.replace("PRT-04", "PRT-02"))
    whole = load_catalogue().with_pack(loaded)

    assert loaded.problems == ()
    assert (whole.targets["PRT-04"].value, whole.targets["PRT-04"].year) == (90.0, 2030)
    assert whole.texts["n_office"].fr == "D"
    assert "N-T01" in whole.indicators


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (LIST.replace('"NDIST"', '"SEX"'), 2, "capital letters"),
        (LIST.replace('parent = "N1"', 'parent = "N2"'), 4, "N2"),
        (LIST.replace('"N11"', '"N1"'), 4, "twice"),
        (LIST + LIST, 9, "already"),
        (TARGET.replace("PRT-04", "PRT-99"), 2, "PRT-99"),
        (TARGET.replace("PRT-04", "PVL-01"), 2, "better or worse"),
        (TARGET.replace("90.0", '"much"'), 3, "number"),
        (TARGET.replace("2030", "20"), 4, "year"),
        (TARGET + TARGET, 6, "already"),
        (TEXT.replace("n_office", "office"), 2, "n_"),
        (TEXT.replace("text =", "words ="), 3, "words"),
    ],
)
def test_a_faulty_block_is_listed_with_its_line(text: str, line: int, words: str) -> None:
    found = problem(text)

    assert found.data["line"] == line
    assert words in str(found)


def test_a_pack_is_empty_when_nothing_of_it_can_be_used() -> None:
    assert pack(TEXT.replace("n_office", "office")).is_empty
    assert not pack(TEXT).is_empty
    assert not pack('switch_off = ["PRT-04"]').is_empty
