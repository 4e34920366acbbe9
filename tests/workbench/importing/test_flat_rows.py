"""Rows made from formats that are no grid."""

from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing import flat_rows
from workbench.importing.numbers import MACHINE_MARK

PATH = Path("a.json")


@pytest.mark.parametrize("text", ["1.5", "-0.25", "1e5", "1.5E-10", "12.0"])
def test_numbers_with_a_point_are_marked(text: str) -> None:
    assert flat_rows.typed(text) == MACHINE_MARK + text


@pytest.mark.parametrize(
    "text", ["12", "-3", "", "..", "1,5", "1_000.5", "nan", "1.", "٣.٥", "1e99999"]
)
def test_all_other_texts_stay(text: str) -> None:
    assert flat_rows.typed(text) == text


@pytest.mark.parametrize(
    ("own", "label", "role", "name"),
    [
        ("sex", "Geschlecht", "", "sex"),
        ("CL_1", "Sexo", "", "Sexo"),
        ("CL_1", "Trimestre", "time", "period"),
        ("Time", "x", "time", "Time"),
        ("year", "x", "geo", "area"),
        ("CL_1", "Something", "", "Something"),
        ("value", "Value", "", "Value"),
        ("CL_1", "", "", "CL_1"),
    ],
)
def test_columns_are_named_for_what_they_are(own: str, label: str, role: str, name: str) -> None:
    assert flat_rows.column_name(own, label, role) == name


def test_a_name_that_stands_twice_gets_a_number() -> None:
    assert flat_rows.unique(["a", "A", "a (2)", "b"]) == ["a", "A (2)", "a (2) (2)", "b"]


def test_a_table_can_be_read_twice_in_slices() -> None:
    table = flat_rows.flat_table(PATH, "x", 1, lambda: [["a"], ["1"], ["2"]])

    assert [len(part) for part in table.open_slices(2)] == [2, 1]
    assert list(table.rows()) == list(table.rows()) == [["a"], ["1"], ["2"]]
    assert table.first_rows(1) == [["a"]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [([["a"] * 2001], "2000 columns"), ([["a"], ["x" * 1_000_001]], "1000000 characters")],
)
def test_limits(rows: list[list[str]], message: str) -> None:
    table = flat_rows.flat_table(PATH, "", 1, lambda: rows)

    with pytest.raises(UserFileError, match=message):
        list(table.rows())


def test_rows_are_counted_while_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat_rows, "MAX_ROWS", 3)
    table = flat_rows.flat_table(PATH, "", 1, lambda: ([str(n)] for n in range(10)))

    with pytest.raises(UserFileError, match="3 rows"):
        list(table.rows())


def test_cells_of_a_cube() -> None:
    assert flat_rows.check_sizes(PATH, [2, 3], 6) == 6
    with pytest.raises(UserFileError, match="5000000 rows"):
        flat_rows.check_sizes(PATH, [10_000, 10_000])
    with pytest.raises(UserFileError, match="columns"):
        flat_rows.check_sizes(PATH, [1] * 600)
