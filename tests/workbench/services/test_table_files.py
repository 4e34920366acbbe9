"""Tables of files: what is written is what is read back, and earlier files are read cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicators.disclosure.joint import Known
from workbench.errors import UserFileError
from workbench.services import table_files
from workbench.services.table_files import TableFile

ROWS = "area,count\na,3\nb,20\nTotal,23\n"


def read(folder: Path, **case: object) -> TableFile:
    table, structure = folder / "t.csv", folder / "t.json"
    table.write_text(ROWS, encoding="utf-8")
    sums = {"dims": ["area"], "hierarchy": {"area": {"Total": ["a", "b"]}}}
    structure.write_text(json.dumps(sums | case), encoding="utf-8")
    return table_files.read(table, structure, threshold=7)


def test_numbers_come_back_from_the_bytes_whatever_stands_below_the_table(tmp_path: Path) -> None:
    file = read(tmp_path)
    shown = {("a",): None, ("b",): 20, ("Total",): 25}

    content = table_files.rendered(file, shown, ["Rounded, “a” hidden."])

    assert content.decode() == 'area,count\na,:c\nb,20\nTotal,25\n\n"Rounded, “a” hidden."\n'
    assert table_files.shown_in(file, content) == shown


def test_threshold_is_that_of_the_structure_file_if_it_says_one(tmp_path: Path) -> None:
    assert read(tmp_path).table.threshold == 7
    assert read(tmp_path, threshold=3).table.threshold == 3


def test_earlier_file_tells_numbers_and_hidden_cells(tmp_path: Path) -> None:
    file, before = read(tmp_path), tmp_path / "before.csv"
    before.write_text("count,area\n:c,a\n19,b\n4,d\n", encoding="utf-8")

    found = table_files.earlier_file(file, before)

    assert found.name == "before.csv"
    assert found.cells == {
        ("a",): Known(low=1, high=None),
        ("b",): Known(low=19, high=19),
        ("d",): Known(low=4, high=4),
    }
    assert (found.width, found.top) == (6, 7)
    assert len(found.equations) == 1


def test_rounded_file_is_not_taken_for_exact_counts(tmp_path: Path) -> None:
    file, before = read(tmp_path), tmp_path / "before.csv"
    shown = {("a",): 5, ("b",): 20, ("Total",): 25}
    before.write_bytes(table_files.rendered(file, shown, ["Rounded."]))

    with pytest.raises(UserFileError, match="row 6"):
        table_files.earlier_file(file, before)
