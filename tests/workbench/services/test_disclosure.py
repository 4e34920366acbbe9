"""Tables in files are protected, checked as bytes, and written; or nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.indicators.disclosure.made import case_table, failures
from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.errors import UserFileError
from workbench.services import disclosure

CASES = sorted((SHARED / "reference/disclosure").glob("d*.json")) if SHARED else []
STRUCTURE = {"dims": ["area"], "hierarchy": {"area": {"Total": ["a", "b", "c"]}}}


def _files(folder: Path, rows: str, **case: object) -> tuple[Path, Path, Path]:
    table, structure = folder / "t.csv", folder / "t.json"
    table.write_text(rows, encoding="utf-8")
    structure.write_text(json.dumps(STRUCTURE | case), encoding="utf-8")
    return table, structure, folder / "out.csv"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_command_passes_every_shared_case(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, table = case_table(path)
    out = tmp_path / "out.csv"

    ran = run(capsys, "protect", path.with_suffix(".csv"), "--structure", path, "-o", out)

    assert ran.code == 0, ran.err
    assert failures(case, table, out.read_text(encoding="utf-8")) == []
    warned = ran.err.count("warning:")
    assert warned == len(case["expected"]["class_disclosure_warnings"])


def test_checker_of_the_tests_sees_a_leak() -> None:
    if not CASES:
        pytest.skip("no shared cases here")
    case, table = case_table(CASES[0])
    shown = CASES[0].with_suffix(".csv").read_text(encoding="utf-8")
    leaky = shown.replace("south,3", "south,<5")

    assert failures(case, table, shown)
    assert failures(case, table, leaky)


def test_table_that_cannot_be_safe_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "area,count\na,2\nb,1\nc,0\nTotal,3\n"
    table, structure, out = _files(tmp_path, rows, never_suppress=[["Total"]])

    ran = run(capsys, "--json", "protect", table, "--structure", structure, "-o", out)

    assert ran.code == 3
    assert not out.exists()
    assert ran.data["refusal"]["code"] == "cannot_be_protected"
    assert ran.data["path"] is None


def test_order_text_and_other_values_of_the_file_stay(tmp_path: Path) -> None:
    rows = "area,count\nTotal,90\nc,40\nb,47\na,3\n"
    table, structure, out = _files(tmp_path, rows)

    disclosure.protect_file(table, structure, out)

    lines = out.read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["area", "Total", "c", "b", "a"]
    assert sum(line.endswith(",:c") for line in lines) == 2


def test_further_column_is_refused_because_a_rate_gives_a_count_away(tmp_path: Path) -> None:
    rows = "area,count,rate\nTotal,90,9\na,3,1\nb,47,2\nc,40,2\n"

    with pytest.raises(UserFileError, match="nothing else"):
        disclosure.protect_file(*_files(tmp_path, rows))


@pytest.mark.parametrize("cell", ["<5", "3.5", "", "-1"])
def test_count_that_is_none_is_refused_with_its_row(tmp_path: Path, cell: str) -> None:
    rows = f"area,count\nTotal,90\na,{cell}\nb,47\nc,40\n"

    with pytest.raises(UserFileError, match="row 3"):
        disclosure.protect_file(*_files(tmp_path, rows))


def test_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    table, structure, _ = _files(tmp_path, "area,count\nTotal,90\na,3\nb,47\nc,40\n")

    with pytest.raises(UserFileError, match="another file"):
        disclosure.protect_file(table, structure, table)


@pytest.mark.parametrize(
    "case",
    [
        {"dims": "area"},
        {"threshold": "5"},
        {"zeros": "hide"},
        {"hierarchy": {"area": ["a"]}},
        {"extra_equations": [[["a", 1]]]},
        {"never_suppress": ["a"]},
    ],
)
def test_structure_that_does_not_fit_is_refused(tmp_path: Path, case: dict[str, object]) -> None:
    files = _files(tmp_path, "area,count\nTotal,90\na,3\nb,47\nc,40\n", **case)

    with pytest.raises(UserFileError, match="not as expected"):
        disclosure.protect_file(*files)


def test_rates_printed_beside_the_table_are_audited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {("N", "F"): 3, ("N", "M"): 20, ("S", "F"): 25, ("S", "M"): 40}
    lines = [f"{a},{s},{n}" for (a, s), n in rows.items()]
    lines += ["N,Total,23", "S,Total,65", "Total,F,28", "Total,M,60", "Total,Total,88"]
    table, structure, out = (tmp_path / name for name in ("t.csv", "t.json", "o.csv"))
    table.write_text("area,sex,count\n" + "\n".join(lines) + "\n", encoding="utf-8")
    case = {
        "dims": ["area", "sex"],
        "hierarchy": {"area": {"Total": ["N", "S"]}, "sex": {"Total": ["F", "M"]}},
    }
    structure.write_text(json.dumps(case), encoding="utf-8")
    assert run(capsys, "protect", table, "--structure", structure, "-o", out).code == 0

    out.unlink()
    rate = {"cell": ["N", "F"], "rate": 3.1, "decimals": 1, "base": 96774, "per": 100000}
    structure.write_text(json.dumps(case | {"printed_rates": [rate]}), encoding="utf-8")
    ran = run(capsys, "protect", table, "--structure", structure, "-o", out)

    assert ran.code == 3
    assert "fewer decimals" in ran.err
    assert not out.exists()


def test_what_was_published_before_is_known_to_readers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two tables that are safe alone give a small count away together."""
    rows = "area,count\na,3\nb,20\nc,25\nTotal,48\n"
    table, structure, out = _files(tmp_path, rows)
    before = tmp_path / "before.csv"
    # published with another pattern: the small count and its first neighbour hidden
    before.write_text("area,count\na,:c\nb,20\nc,:c\nTotal,48\n", encoding="utf-8")
    words = ("protect", table, "--structure", structure, "-o", out)

    alone = run(capsys, *words, "--json").data
    both = run(capsys, *words, "--earlier", before, "--json").data

    assert alone["secondary"] == [["b"]]
    assert both["secondary"] == [["c"]]
    written = out.read_text(encoding="utf-8")
    assert "b,20" in written
    assert "c,:c" in written

    before.write_text("area,count\na,:c\nb,21\nc,:c\nTotal,48\n", encoding="utf-8")
    changed = run(capsys, *words, "--earlier", before)
    assert changed.code == 0
    assert "differ from an earlier publication: b" in changed.err
