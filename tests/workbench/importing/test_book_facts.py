"""What a workbook hides, told by the process of its own."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from workbench.importing.book_facts import letters, main


def book(folder: Path) -> Path:
    path = folder / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("Plain").write("A1", "x")
        sheet = made.add_worksheet("Full & odd")
        sheet.write("A1", 1)
        sheet.write_formula("A2", "=A1+1", None, 2)
        sheet.write_comment("A1", "checked")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.merge_range("A5:B5", "wide")
        sheet.protect()
    return path


def facts(path: Path, sheet: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main([str(path), sheet]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(autouse=True)
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are for a process of its own, not for that of the tests."""
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)


def test_facts_of_each_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path)

    assert facts(path, "Full & odd", capsys) == {
        "hidden_rows": 1,
        "formulas": 1,
        "comments": 1,
        "hidden_columns": ["C", "D"],
        "protected": True,
        "cells": {"formulas": ["A2"], "comments": ["A1"], "hidden_rows": ["A3"]},
        "merged": ["A5:B5"],
        "from_1904": False,
    }
    plain = facts(path, "Plain", capsys)
    assert not any(plain.values())


def test_days_counted_from_1904(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as made:
        made.add_worksheet("S").write("A1", 1)

    assert facts(path, "S", capsys)["from_1904"] is True


def test_what_cannot_be_read_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")

    assert main([str(broken), "Plain"]) == 3
    assert main([str(book(tmp_path)), "Not there"]) == 3
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")]
)
def test_letters(number: int, text: str) -> None:
    assert letters(number) == text
