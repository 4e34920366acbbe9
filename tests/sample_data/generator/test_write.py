"""Writing."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sample_data.generator.cells import Row
from sample_data.generator.offices import OFFICES
from sample_data.generator.write import csv_text, deliveries_text, delivery_text, wide_book

ROWS = [
    Row(variable="x", area="A", period="2005", cut=(("SEX", "F"),), value="1", status="A"),
    Row(variable="x", area="A", period="2006", cut=(), value="..", status="M", flags="P"),
]


def test_delivery_has_only_the_dimensions_it_uses() -> None:
    assert delivery_text(ROWS) == (
        "variable,area,period,SEX,value,status,flags\nx,A,2005,F,1,A,\nx,A,2006,,..,M,P\n"
    )


def test_money_names_its_unit_and_the_rest_leaves_it_to_the_catalogue() -> None:
    budget = Row(variable="bud_exec", area="A", period="2005", cut=(), value="4.7", status="A")

    lines = delivery_text([budget, ROWS[1]]).splitlines()

    assert lines[0].endswith("flags,unit")
    assert lines[1:] == ["bud_exec,A,2005,4.7,A,,VLD:1e6", "x,A,2006,..,M,P,"]


def test_note_stands_above_the_header() -> None:
    assert csv_text(("a", "b"), [(1, "x,y")], "Fictional") == '# Fictional\na,b\n1,"x,y"\n'


def test_deliveries_are_readable_toml() -> None:
    content = tomllib.loads(deliveries_text({office.file: 7 for office in OFFICES}))

    assert [entry["file"] for entry in content["delivery"]] == [o.file for o in OFFICES]
    assert content["delivery"][0]["rows"] == 7


def test_spreadsheet_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        wide_book(tmp_path / name, ROWS, "Title")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
