"""The dirty files of the invented country, on the command line: each equals its clean twin.

Where the program asks, it asks only what the sidecar says and imports nothing; with the answers it
takes the same values as the twin, cell by cell.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT
from tests.workbench.cli.running import Ran, run
from workbench.services import imports, observations
from workbench.services.workspace import create, open_workspace

FOLDER = ROOT / "sample_data/valdoria/dirty"
CHOICES = {
    "which_sheets": "all",
    "two_level_header": "join",
    "mixed_numbers": "1 234",
    "year_across": "4",
    "two_editions": "latest",
    "two_units_in_one_column": "n_vic_rate",
    "one_row_a_case": "count",
    "values_out_of_range": "leave_out",
    "repair_letters": "yes",
}
FILES = sorted(FOLDER.glob("*.expected.json")) if FOLDER.is_dir() else []
Rows = set[tuple[str, ...]]


def told(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def needs_parquet(name: str) -> bool:
    return name.endswith(".parquet") and find_spec("pyarrow") is None


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty project, and one that knows the regions."""
    from sample_data import valdoria

    folder = tmp_path_factory.mktemp("empty")
    for name in ("plain", "regions"):
        with create(folder / f"{name}.tipw", area="XVA", fictitious=True) as ws:
            if name == "regions":
                rows = [
                    observations.AreaRow(
                        code=region.code,
                        parent=region.parent,
                        level=region.level,
                        names=region.names,
                    )
                    for region in valdoria.regions()
                ]
                observations.define_areas(ws, rows, by="x")
    return folder


@pytest.fixture(scope="module")
def twins(empty: Path) -> dict[tuple[str, bool], Rows]:
    """What the clean twins hold, as far as they were asked for."""
    return {}


def number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def clean(twins: dict[tuple[str, bool], Rows], empty: Path, name: str, regions: bool) -> Rows:
    """The content of a clean twin, imported once."""
    key = (name, regions)
    if key not in twins:
        copy = empty / f"{name}.{regions}.tipw"
        shutil.copy(empty / ("regions.tipw" if regions else "plain.tipw"), copy)
        with open_workspace(copy) as ws:
            imports.accept(ws, FOLDER / name)
            twins[key] = {
                (
                    r.variable, r.area, str(r.period), str(r.breakdown) if r.breakdown.as_dict()
                    else "", number(r.value), number(r.low), number(r.high), r.status.name,
                    r.flags.letters(),
                )
                for r in observations.observations(ws)
            }  # fmt: skip
    return twins[key]


def content(ran: Ran) -> Rows:
    """The rows of ``observations --csv`` without their places."""
    return {
        (
            r["variable"], r["area"], r["period"], r["breakdown"], as_number(r["value"]),
            as_number(r["low"]), as_number(r["high"]), r["status"], r["flags"],
        )
        for r in csv.DictReader(io.StringIO(ran.out))
    }  # fmt: skip


def as_number(text: str) -> str:
    return number(float(text)) if text else ""


def without_flags(rows: Rows) -> Rows:
    return {row[:-1] for row in rows}


def given(expected: dict[str, Any]) -> list[str]:
    return [word for name, code in expected["given"].items() for word in (f"--{name}", code)]


@pytest.mark.parametrize("sidecar", FILES, ids=lambda path: path.name.split(".")[0])
def test_a_dirty_file_equals_its_clean_twin(
    tmp_path: Path,
    sidecar: Path,
    empty: Path,
    twins: dict[tuple[str, bool], Rows],
    capsys: pytest.CaptureFixture[str],
) -> None:
    expected = told(sidecar)
    if needs_parquet(expected["file"]):
        pytest.skip("the part that reads Parquet is not installed")
    regions = bool(expected.get("needs_regions"))
    file, project = FOLDER / expected["file"], tmp_path / "w.tipw"
    shutil.copy(empty / ("regions.tipw" if regions else "plain.tipw"), project)
    words = ["import", file, "-w", project, "--accept", "--json", *given(expected)]
    asks = list(expected["asks"])

    done = run(capsys, *words)
    if done.code == 1:
        assert asks
        assert file.name in json.loads(done.err)["title"]
        inspected = run(capsys, "inspect", file, "--json").data["questions"]
        assert inspected
        assert {question["code"] for question in inspected} <= set(asks)
        answers = [word for code in asks for word in ("--answer", f"{code}={CHOICES[code]}")]
        done = run(capsys, *words, *answers)
    listed = run(capsys, "observations", "-w", project, "--csv")

    assert done.code == 0, done.err
    data = done.data
    found, twin = content(listed), clean(twins, empty, expected["clean"], regions)
    if not expected.get("carries_flags", True):
        found, twin = without_flags(found), without_flags(twin)
    assert found == twin
    assert sum(float(row[4]) for row in found if row[4]) == pytest.approx(expected["sum"])
    parts = ("header_rows", "footer_rows", "blank_rows", "rows_imported", "rows_set_aside")
    assert data["rows_read"] == sum(data[part] for part in parts)
    aside = {(e["row"], e["reason"]) for e in expected["set_aside"] if e["row"]}
    assert aside <= {(entry["row"], entry["code"]) for entry in data["set_aside"]}
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("w.")] == []


def test_every_dirty_file_is_there() -> None:
    numbers = {told(path)["file"][:3] for path in FILES}

    assert numbers == {f"D{number:02d}" for number in range(1, 31)}
