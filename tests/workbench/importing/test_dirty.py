"""The dirty files of the invented country: each equals its clean twin, or asks what it must."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT
from workbench.services import imports, observations
from workbench.services.workspace import Workspace, create

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


def told(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def file_needs_parquet(name: str) -> bool:
    return name.endswith(".parquet") and find_spec("pyarrow") is None


def project(folder: Path, name: str, *, regions: bool) -> Workspace:
    ws = create(folder / f"{name}.tipw", area="XVA", fictitious=True)
    if regions:
        from sample_data import valdoria

        rows = [
            observations.AreaRow(
                code=region.code, parent=region.parent, level=region.level, names=region.names
            )
            for region in valdoria.regions()
        ]
        observations.define_areas(ws, rows, by="x")
    return ws


def content(ws: Workspace, flags: bool) -> set[tuple[object, ...]]:
    return {
        (
            r.variable, r.area, str(r.period), str(r.breakdown), r.value, r.low, r.high,
            r.status.name, r.flags.letters() if flags else "",
        )
        for r in observations.observations(ws)
    }  # fmt: skip


@pytest.mark.parametrize("sidecar", FILES, ids=lambda path: path.name.split(".")[0])
def test_a_dirty_file_equals_its_clean_twin(tmp_path: Path, sidecar: Path) -> None:
    expected = told(sidecar)
    if file_needs_parquet(expected["file"]):
        pytest.skip("the part that reads Parquet is not installed")
    given = expected["given"]
    file = FOLDER / expected["file"]
    flags = bool(expected.get("carries_flags", True))
    regions = bool(expected.get("needs_regions"))

    with project(tmp_path, "dirty", regions=regions) as ws:
        seen = imports.preview(file, ws=ws, **given)
        asked = [question.code for question in seen.questions]
        recipe = imports.answer(seen, {code: CHOICES[code] for code in asked})
        report = imports.commit(ws, file, recipe).report
        dirty = content(ws, flags)
    with project(tmp_path, "clean", regions=regions) as ws:
        imports.accept(ws, FOLDER / expected["clean"])
        clean = content(ws, flags)

    report.check()
    assert set(asked) <= set(expected["asks"])
    assert dirty == clean
    aside = {(e["row"], e["reason"]) for e in expected["set_aside"] if e["row"]}
    assert aside <= {(e.row, e.code) for e in report.set_aside}
