"""JSON-stat data sets, bundles and collections."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw


def dataset(**changes: Any) -> dict[str, Any]:
    """Two sexes in two years."""
    return {
        "class": "dataset",
        "version": "2.0",
        "label": "Victims",
        "id": ["sexo", "zeitraum"],
        "size": [2, 2],
        "role": {"time": ["zeitraum"]},
        "dimension": {
            "sexo": {
                "label": "Sex",
                "category": {"index": ["1", "2"], "label": {"1": "Men", "2": "Women"}},
            },
            "zeitraum": {"category": {"index": {"2011": 1, "2010": 0}}},
        },
        "value": [1, None, 2.50, "<5"],
        **changes,
    }


def opened(tmp_path: Path, tree: object) -> RawFile:
    path = tmp_path / "data.csv"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    return open_raw(path)


def rows(tmp_path: Path, tree: object) -> list[list[str]]:
    return list(opened(tmp_path, tree).tables[0].rows())


def test_a_row_for_each_cell_with_labels_and_codes(tmp_path: Path) -> None:
    file = opened(tmp_path, dataset())

    assert file.format == "json_stat"
    assert list(file.tables[0].rows()) == [
        ["sexo", "sexo code", "period", "value"],
        ["Men", "1", "2010", "1"],
        ["Men", "1", "2011", ""],
        ["Women", "2", "2010", MACHINE_MARK + "2.5"],
        ["Women", "2", "2011", "<5"],
    ]


def test_numbers_keep_their_text(tmp_path: Path) -> None:
    text = json.dumps(dataset()).replace("2.5", "2.50").replace("[1,", "[1e2,")

    found = [row[-1] for row in rows(tmp_path, text)[1:]]

    assert found == [MACHINE_MARK + "1e2", "", MACHINE_MARK + "2.50", "<5"]


def test_huge_numbers_are_texts(tmp_path: Path) -> None:
    text = json.dumps(dataset()).replace("[1,", "[" + "9" * 5000 + ",").replace("2.5", "1e999")

    found = [row[-1] for row in rows(tmp_path, text)[1:]]

    assert found[0] == "9" * 5000
    assert found[2] == MACHINE_MARK + "1e999"


def test_sparse_values_and_states(tmp_path: Path) -> None:
    found = rows(tmp_path, dataset(value={"0": 7, "3": 8}, status={"1": "c", "3": "p"}))

    assert found[0][-2:] == ["value", "flags"]
    assert [row[-2:] for row in found[1:]] == [["7", ""], ["", "c"], ["", ""], ["8", "p"]]


def test_one_state_for_all(tmp_path: Path) -> None:
    assert {row[-1] for row in rows(tmp_path, dataset(status="e"))[1:]} == {"e"}
    assert {row[-1] for row in rows(tmp_path, dataset(status=["e"]))[1:]} == {"e"}


def test_units_of_a_dimension_are_a_column(tmp_path: Path) -> None:
    tree = dataset()
    tree["dimension"]["sexo"]["category"]["unit"] = {
        "1": {"label": "persons"},
        "2": {"symbol": "%"},
    }

    assert [row[-2] for row in rows(tmp_path, tree)] == ["unit", "persons", "persons", "%", "%"]


def test_a_bundle_and_a_collection_are_sheets(tmp_path: Path) -> None:
    old = {
        k: v for k, v in dataset().items() if k not in ("class", "version", "id", "size", "role")
    }
    old["dimension"] = {**old["dimension"], "id": ["sexo", "zeitraum"], "size": [2, 2]}

    bundle = opened(tmp_path, {"a": old, "b": old})
    collection = opened(
        tmp_path, {"class": "collection", "link": {"item": [dataset(), {"href": "x"}, dataset()]}}
    )

    assert [table.name for table in bundle.tables] == ["a", "b"]
    assert bundle.tables[1].first_rows(2)[1][:2] == ["Men", "1"]
    assert [table.name for table in collection.tables] == ["Victims", "Victims (2)"]


def test_a_category_without_index(tmp_path: Path) -> None:
    tree = dataset(id=["one", "zeitraum"], size=[1, 2], value=[1, 2])
    tree["dimension"]["one"] = {"category": {"label": {"x": "all"}}}

    assert rows(tmp_path, tree)[1] == ["all", "x", "2010", "1"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": [1, 2, 3]}, "need 4 values, but it holds 3"),
        ({"value": {"4": 1}}, "cell 4, which is not there"),
        ({"value": {"x": 1}}, "cell x, which is not there"),
        ({"value": "1"}, "neither a list nor an object"),
        ({"size": [2]}, "do not name the same"),
        ({"size": [2, -2]}, "not a whole number"),
        ({"size": [3, 2]}, "2 categories instead of 3"),
        ({"size": [3000, 3000]}, "5000000 rows"),
        ({"dimension": []}, "not an object"),
    ],
)
def test_broken_cubes(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        opened(tmp_path, dataset(**changes))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps(dataset())[:-20], "Line 1, column"),
        ('{"a": 1, "a": 2}', "“a” stands twice"),
        ('{"a": ' + "[" * 500 + "]" * 500 + "}", "64 levels"),
        ('{"type": "FeatureCollection", "features": []}', "holds boundaries"),
        ('{"a": "' + '\\"' * 20_000, "Line 1"),
    ],
)
def test_broken_json(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        opened(tmp_path, text)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps(dataset(label="Niñas"), ensure_ascii=False).encode("latin-1"))

    with pytest.raises(UserFileError, match="utf-8"):
        open_raw(path)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), first=st.lists(TEXT, min_size=1, max_size=3, unique=True))
def test_what_was_written_is_read(tmp_path: Path, data: st.DataObject, first: list[str]) -> None:
    years = ["2010", "2011"]
    cell = st.one_of(st.none(), st.integers(-(10**12), 10**12), TEXT)
    values = data.draw(st.lists(cell, min_size=2 * len(first), max_size=2 * len(first)))
    tree = dataset(
        size=[len(first), 2],
        value=values,
        dimension={
            "sexo": {"category": {"index": first}},
            "zeitraum": {"category": {"index": years}},
        },
    )

    found = rows(tmp_path, tree)[1:]

    texts = ["" if value is None else str(value) for value in values]
    assert found == [[*key, text] for key, text in zip(product(first, years), texts, strict=True)]


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
@pytest.mark.parametrize(
    ("name", "count", "last"),
    [
        ("cantabria", 60 * 3 * 5 * 6, MACHINE_MARK + "87.0"),
        ("galicia", 6 * 22 * 3 * 2 * 5, "11"),
        ("ons", 87 * 3, "133"),
    ],
)
def test_real_files(name: str, count: int, last: str) -> None:
    assert SHARED is not None
    found = list(open_raw(SHARED / f"data/json-stat/{name}.json").tables[0].rows())

    assert len(found) == count + 1
    assert found[-1][-1] == last
