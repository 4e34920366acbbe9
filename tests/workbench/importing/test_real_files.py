"""Every real file beside the repository imports, by itself or by a recipe, and its sums close."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.services.workspace import create

ODD = {
    "constructed-sample-full.json": "its only period is no date",
}
"""Files of which most rows are set aside, and why."""
RECIPES = Path(__file__).with_name("recipes")
NO_DATA = ("country-codes", "world-atlas")
ROWS = ("header_rows", "footer_rows", "blank_rows", "rows_imported", "rows_set_aside")
CELLS = ("observations", "cells_set_aside", "cells_ignored")


def real_files() -> list[Path]:
    if SHARED is None:
        return []
    with (SHARED / "data/MANIFEST.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        SHARED / "data" / row["source"] / row["file"]
        for row in rows
        if row["source"] not in NO_DATA and not row["file"].endswith((".md", "LICENSE"))
    ]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "w.tipw"
    create(path, area="XVA").close()
    return path


@pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_a_real_file_imports_and_its_sums_close(
    tmp_path: Path, path: Path, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe, project = RECIPES / f"{path.stem}.toml", tmp_path / "w.tipw"
    shutil.copy(empty, project)
    way = ["--recipe", recipe] if recipe.exists() else ["--accept"]

    done = run(capsys, "import", path, "-w", project, *way, "--json")

    assert done.code == 0, done.err
    data = done.data
    assert data["rows_read"] == sum(data[key] for key in ROWS)
    missing = sum(data["missing"].values())
    assert data["cells_read"] == sum(data[key] for key in CELLS) + missing
    assert data["observations"] + missing > 0 or path.name in ODD
    if path.name not in ODD:
        assert data["rows_imported"] > 0.7 * (data["rows_read"] - data["header_rows"])


@pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")
def test_every_folder_of_real_data_is_tried() -> None:
    assert SHARED is not None
    folders = {path.name for path in (SHARED / "data").iterdir() if path.is_dir()}

    assert folders - {path.parent.name for path in real_files()} == {*NO_DATA, "facts"}
    assert all(path.is_file() for path in real_files())
