"""Every real file beside the repository imports, by itself or by a recipe, and its sums close."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.places import SHARED
from workbench.importing.recipe import load
from workbench.services import imports
from workbench.services.workspace import create

ODD = {
    "constructed-sample-full.json": "its only period is no date",
}
"""Files of which most rows are set aside, and why."""
RECIPES = Path(__file__).with_name("recipes")


def real_files() -> list[Path]:
    if SHARED is None:
        return []
    with (SHARED / "data/MANIFEST.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        SHARED / "data" / row["source"] / row["file"]
        for row in rows
        if row["source"] not in ("country-codes", "world-atlas")
        and not row["file"].endswith((".md", "LICENSE"))
    ]


@pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")
@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name)
def test_a_real_file_imports_and_its_sums_close(tmp_path: Path, path: Path) -> None:
    recipe = RECIPES / f"{path.stem}.toml"

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        if recipe.exists():
            report = imports.commit(ws, path, load(recipe)).report
        else:
            report = imports.accept(ws, path).report

    report.check()
    if path.name not in ODD:
        assert report.rows_imported > 0.7 * (report.rows_read - report.header_rows)
