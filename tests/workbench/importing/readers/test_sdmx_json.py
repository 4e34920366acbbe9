"""SDMX-JSON messages."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw

STRUCTURE: dict[str, Any] = {
    "dimensions": {
        "dataSet": [{"id": "FREQ", "values": [{"id": "A"}]}],
        "series": [
            {"id": "SEX", "values": [{"id": "F", "name": "Women"}, {"id": "M", "name": "Men"}]}
        ],
        "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2010"}, {"id": "2011"}]}],
    },
    "measures": {"observation": [{"id": "OBS_VALUE"}]},
    "attributes": {
        "dataSet": [{"id": "SOURCE"}],
        "dimensionGroup": [{"id": "UNIT_MEASURE", "values": [{"id": "PS"}]}],
        "series": [{"id": "TITLE"}],
        "observation": [
            {"id": "OBS_STATUS", "values": [None, {"id": "A"}, {"id": "P"}]},
            {"id": "COMMENT"},
        ],
    },
}
DATA: dict[str, Any] = {
    "structure": 0,
    "action": "Information",
    "attributes": ["Office"],
    "dimensionGroupAttributes": {":1:": [0]},
    "series": {
        "0": {"attributes": ["Of women"], "observations": {"0": [1.50, 2, "note"], "1": [None]}},
        "1": {"observations": {"1": [7, 0]}},
    },
}


def opened(tmp_path: Path, tree: object) -> RawFile:
    path = tmp_path / "message"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return open_raw(path)


def message(*data_sets: dict[str, Any]) -> dict[str, Any]:
    return {"meta": {}, "data": {"structures": [STRUCTURE], "dataSets": list(data_sets or [DATA])}}


NAMES = [
    *("FREQ", "SEX", "SEX label", "TIME_PERIOD", "OBS_VALUE"),
    *("SOURCE", "UNIT_MEASURE", "TITLE", "OBS_STATUS", "COMMENT"),
]


def test_series_become_rows(tmp_path: Path) -> None:
    file = opened(tmp_path, message())

    assert file.format == "sdmx_json"
    assert list(file.tables[0].rows()) == [
        NAMES,
        ["A", "F", "Women", "2010", MACHINE_MARK + "1.5", "Office", "", "Of women", "P", "note"],
        ["A", "F", "Women", "2011", "", "Office", "", "Of women", "", ""],
        ["A", "M", "Men", "2011", "7", "Office", "PS", "", "", ""],
    ]


def test_flat_observations(tmp_path: Path) -> None:
    flat = {"observations": {"1:0": [3, 1]}}

    rows = list(opened(tmp_path, message(flat)).tables[0].rows())

    assert rows[1] == ["A", "M", "Men", "2010", "3", "", "", "", "A", ""]


def test_version_1(tmp_path: Path) -> None:
    structure = {k: v for k, v in STRUCTURE.items() if k != "measures"}
    data = {k: v for k, v in DATA.items() if k not in ("structure", "dimensionGroupAttributes")}

    rows = list(
        opened(tmp_path, {"header": {}, "structure": structure, "dataSets": [data]})
        .tables[0]
        .rows()
    )

    assert rows[0] == NAMES
    assert rows[3][:5] == ["A", "M", "Men", "2011", "7"]


def test_two_data_sets_are_two_sheets(tmp_path: Path) -> None:
    file = opened(tmp_path, message(DATA, DATA))

    assert [table.name for table in file.tables] == ["dataSet 1", "dataSet 2"]


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (("action",), "Delete", "asks to delete"),
        (("structure",), 3, "structure that is not there"),
        (("series",), {"5": {"observations": {"0": [1]}}}, "“SEX” has no value number 5"),
        (("series",), {"0": {"observations": {"9": [1]}}}, "“TIME_PERIOD” has no value number 9"),
        (("series",), {"0": {"observations": {"-1": [1]}}}, "no value number -1"),
        (("series",), {"0:0": {"observations": {"0": [1]}}}, "does not fit the dimensions"),
        (("series",), {"0": []}, "not an object"),
        (
            ("series",),
            {"0": {"observations": {"0": [1, 8]}}},
            "“OBS_STATUS” has no value number 8",
        ),
        (("series",), {}, "no observations"),
        (("dimensionGroupAttributes",), {"0": [0]}, "does not fit the dimensions"),
    ],
)
def test_broken_messages(tmp_path: Path, path: tuple[str, ...], value: object, text: str) -> None:
    data = copy.deepcopy(DATA)
    data[path[0]] = value

    with pytest.raises(UserFileError, match=text):
        list(opened(tmp_path, message(data)).tables[0].rows())


def test_a_cut_message(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(message())[:-9], encoding="utf-8")

    with pytest.raises(UserFileError, match="Line 1"):
        open_raw(path)


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_a_real_message() -> None:
    assert SHARED is not None
    tables = open_raw(SHARED / "data/sdmx/constructed-sample-full.json").tables

    rows = list(tables[1].rows())
    assert [len(list(table.rows())) for table in tables] == [5] * 5
    assert rows[3][8:12] == ["RUB", "Russian rouble", "2013-01-18", MACHINE_MARK + "40.3426"]
    assert rows[1][-4:] == ["NC", "", "2013-03-18T11:00:00", ""]
