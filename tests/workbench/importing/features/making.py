"""Makes small messy files, and checks what is said of each and what its import yields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
import xlsxwriter

from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.preview import make_preview
from workbench.importing.validate import prepare

LAST_YEAR = 2027
Make = Callable[[Path], Path]
HEAD = "area,year,value\n"


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A messy feature.

    Attributes:
        id: its name.
        make: writes the file into a folder.
        cells: addresses that ``inspect`` must give, by code of the oddity; empty: it has none.
        counts: how often, by code of the oddity.
        asks: codes of the questions; empty: none.
        observations, missing, aside: of the import: values and ranges, cells without, rows left out.
        total: sum of the values.
    """

    id: str
    make: Make
    cells: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    observations: int = 0
    total: float = 0
    missing: int = 0
    aside: int = 0


def text(content: str, *, encoding: str = "utf-8", name: str = "t.csv") -> Make:
    """A text file."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode(encoding))
        return path

    return make


def book(fill: Callable[[Any, Any], None], **options: Any) -> Make:
    """A workbook; ``fill`` gets the workbook and its first sheet."""

    def make(folder: Path) -> Path:
        path = folder / "t.xlsx"
        with xlsxwriter.Workbook(str(path), options) as made:
            fill(made, made.add_worksheet("Datos"))
        return path

    return make


def imported(path: Path, names: Names) -> Prepared:
    """What the import of a file would write, by the best guess."""
    opened = open_for(path, None, last_year=LAST_YEAR)
    known = {"variable": "n_x"}
    recipe = make_preview(opened, last_year=LAST_YEAR, known=known, names=names).recipe
    if not any(column.role == "area" for column in recipe.columns):
        recipe = replace(recipe, constants={**recipe.constants, "area": "XVA"})
    opened = open_for(path, recipe, last_year=LAST_YEAR)
    assert opened.header is not None
    plan = make_plan(
        opened.file,
        opened.table,
        opened.header,
        recipe,
        last_year=LAST_YEAR,
        personal=tuple(opened.personal),
    )
    return prepare(plan, replace(names, variables={**names.variables, "n_x": "any"}), dataset="t")


def check(feature: Feature, names: Names, folder: Path) -> None:
    """The oddities are named with their cells, and the import yields what it should."""
    path = feature.make(folder)

    seen = make_preview(
        open_for(path, None, last_year=LAST_YEAR),
        last_year=LAST_YEAR,
        known={"variable": "n_x"},
        names=names,
    )

    told = cast("list[dict[str, Any]]", seen.as_dict()["oddities"])
    oddities = {entry["code"]: entry for entry in told}
    assert set(feature.cells) <= set(oddities)
    for code, cells in feature.cells.items():
        assert tuple(oddities[code]["cells"]) == cells
        assert "{" not in oddities[code]["text"]
    assert {code: oddities[code]["count"] for code in feature.counts} == feature.counts
    assert tuple(question.code for question in seen.questions) == feature.asks
    if feature.asks:
        return
    found = imported(path, names)
    report = found.report
    report.check()
    assert report.observations == feature.observations
    assert sum(report.missing.values()) == feature.missing
    assert report.rows_set_aside == feature.aside
    values = [found.cells.value[cell] or 0 for cell in found.cell.tolist()]
    assert sum(values) == pytest.approx(feature.total)
