"""Tables with totals for the tests, and the rule by which a published table passes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import numpy as np

from indicators.disclosure.protection import audit
from indicators.model.tables import Cell, CountTable, Zeros

TOTAL = "Total"


def table_of(
    values: np.ndarray, *, groups: bool = False, threshold: int = 5, zeros: Zeros = "publish"
) -> CountTable:
    """A table of any number of dimensions with all its totals; with groups of two in the first."""
    dims = tuple("abc"[: values.ndim])
    leaves = [[f"{dim}{i}" for i in range(n)] for dim, n in zip(dims, values.shape, strict=True)]
    hierarchy: dict[str, dict[str, tuple[str, ...]]] = {
        dim: {TOTAL: tuple(names)} for dim, names in zip(dims, leaves, strict=True)
    }
    places = [{name: [i] for i, name in enumerate(names)} for names in leaves]
    for place in places:
        place[TOTAL] = list(range(len(place)))
    if groups and values.shape[0] >= 4:
        first, half = leaves[0], values.shape[0] // 2
        hierarchy["a"] = {
            TOTAL: ("g0", "g1"),
            "g0": tuple(first[:half]),
            "g1": tuple(first[half:]),
        }
        places[0] |= {"g0": list(range(half)), "g1": list(range(half, values.shape[0]))}
    counts = {
        cell: int(values[np.ix_(*(places[i][code] for i, code in enumerate(cell)))].sum())
        for cell in product(*places)
    }
    return CountTable(
        dims=dims,
        cells=tuple(counts),
        counts=tuple(counts.values()),
        hierarchy=hierarchy,
        threshold=threshold,
        zeros=zeros,
    )


def random_table(seed: int) -> CountTable:
    """A 2- or 3-way table with small cells, zeros and sometimes groups."""
    draw = np.random.default_rng(seed)
    shape = [(4, 3), (5, 4), (6, 3), (3, 2, 2), (4, 3, 2)][int(draw.integers(5))]
    values = draw.negative_binomial(1, 1 / (1 + draw.integers(6, 25)), size=shape)
    zeros: Zeros = "protect" if draw.random() < 0.3 else "publish"
    return table_of(values, groups=bool(draw.random() < 0.5), zeros=zeros)


def case_table(path: Path) -> tuple[dict, CountTable]:
    """A case of the shared reference folder."""
    case = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = CountTable(
        dims=tuple(case["dims"]),
        cells=tuple(tuple(row[dim] for dim in case["dims"]) for row in rows),
        counts=tuple(int(row["count"]) for row in rows),
        hierarchy={
            dim: {parent: tuple(parts) for parent, parts in parents.items()}
            for dim, parents in case.get("hierarchy", {}).items()
        },
        threshold=case["threshold"],
        zeros=case["zeros"],
    )
    return case, table


def failures(case: dict, table: CountTable, published: str) -> list[str]:
    """What is wrong with a published table by the pass rule of the reference folder."""
    rows = list(csv.DictReader(io.StringIO(published)))
    shown = {tuple(row[dim] for dim in table.dims): row["count"] for row in rows}
    true = {cell: str(n) for cell, n in zip(table.cells, table.counts, strict=True)}
    hidden = {cell for cell, text in shown.items() if not text.isdecimal()}
    expected = case["expected"]
    primary = {tuple(cell) for cell in expected["primary"]}
    found = [f"not all cells: {cell}" for cell in true if cell not in shown]
    found += [
        f"changed: {cell}" for cell in true if cell not in hidden and shown[cell] != true[cell]
    ]
    found += [f"not hidden: {cell}" for cell in primary - hidden]
    found += [f"can be worked out: {cell}" for cell in audit(table, frozenset(hidden))]
    if len({shown[cell] for cell in hidden}) > 1:
        found.append("more than one mark")
    if len(hidden - primary) > expected["allowed_secondary_cells_interval"]:
        found.append(f"{len(hidden - primary)} secondary cells")
    if expected["must_not_be_hidden_as_unneeded"] and hidden:
        found.append("hidden without need")
    if table.zeros == "publish":
        found += [f"zero hidden: {cell}" for cell in hidden if true[cell] == "0"]
    return found


def as_cells(cells: Iterable[Iterable[str]]) -> set[Cell]:
    """Cells of a JSON list."""
    return {tuple(cell) for cell in cells}
