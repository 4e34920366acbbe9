"""The definitions beside the tables of the catalogue page: nothing was lost or changed on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.catalog import load_catalogue
from indicators.model.codes import Pillar
from indicators.model.definition import Indicator
from tests.places import SHARED

PAGE = Path("/nowhere") if SHARED is None else SHARED / "design" / "indicator-catalogue.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="needs the catalogue page")
CODE = re.compile(r"[A-Z]{3}-\d{2}")
MINIMUM = 20
"""Section 1.3 of the page: one minimum count for all."""
POOLED = {
    "COO-05": "weighted_by(sum3(vic_corr), cor_agr)",
    "RTS-01": "equal_access(sum3(vic_assisted), sum3(vic_detected))",
}
"""The page states their pool of three years in the column on time; ours is in the formula."""
TO_HUNDRED = {"IMP-04": 100.0}
"""Scores from 0 to 1 that the unit of the page shows from 0 to 100."""
FOR_CSO = {"CSO": "NGO"}
"""The page names one source that its own list does not have."""


def tables() -> list[tuple[str, list[dict[str, str]]]]:
    """Every table of the page with the heading above it, one record a row."""
    found: list[tuple[str, list[dict[str, str]]]] = []
    heading = ""
    columns: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif not line.startswith("|"):
            columns = []
        else:
            cells = [
                cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]
            ]
            if not columns:
                columns = cells
                found.append((heading, []))
            elif not set(line) <= set("|- "):
                found[-1][1].append(dict(zip(columns, cells, strict=True)))
    return found


TABLES = tables() if PAGE.exists() else []
ROWS = {
    row["code"]: row
    for _, rows in TABLES
    for row in rows
    if CODE.fullmatch(row.get("code", "")) and "kind" in row
}
WHYS = {
    row["code"]: row
    for _, rows in TABLES
    for row in rows
    if CODE.fullmatch(row.get("code", "")) and "direction" in row
}
INPUTS = {row["code"]: row for _, rows in TABLES for row in rows if "source types" in row}
INDICATORS = load_catalogue().indicators
VARIABLES = load_catalogue().variables


def formula(made: Indicator) -> str:
    """The formula as the page writes it."""
    if made.formula is not None:
        return made.formula
    if made.calculator is not None:
        return f"{made.calculator}({', '.join(made.inputs)})"
    assert made.numerator is not None
    assert made.denominator is not None
    top, bottom = made.numerator.formula, made.denominator.formula
    return f"({top}) / {bottom}" if "+" in top or " - " in top else f"{top} / {bottom}"


def test_all_rows_were_read() -> None:
    assert (len(ROWS), len(WHYS), len(INPUTS)) == (87, 87, 133)
    assert set(ROWS) == set(WHYS) == set(INDICATORS)
    assert set(INPUTS) == set(VARIABLES)


@pytest.mark.parametrize("code", list(ROWS))
def test_an_indicator_is_as_the_page_has_it(code: str) -> None:
    made, row = INDICATORS[code], ROWS[code]

    assert made.name.en == row["name"]
    assert made.type.value == row["type"]
    assert made.kind.value == row["kind"]
    assert made.unit == row["unit"]
    assert formula(made) == POOLED.get(code, row["formula"].strip("`"))
    assert code not in POOLED or row["time and lag rule"].startswith("3-year pool")
    assert made.per == TO_HUNDRED.get(code, float(row["per"]))
    assert made.interval.value == row["interval"]
    assert made.set.value == row["set"]
    wanted = row["required disaggregation"].replace("-", "").replace("(", "").replace(")", "")
    assert {name.strip("()") for name in made.breakdowns} == set(wanted.split())
    assert made.minimum_denominator == MINIMUM


@pytest.mark.parametrize("code", list(WHYS))
def test_direction_and_references_are_as_the_page_has_them(code: str) -> None:
    made, row = INDICATORS[code], WHYS[code]

    assert made.direction.value == row["direction"]
    seeds = {f"R{n}" for n in made.recommendations} | {f"C{n}" for n in made.challenges}
    assert seeds == set(row["seed"].split())
    assert bool(made.frameworks) == (row["framework references"] != "(no framework has it)")


def test_groups_have_the_pillar_of_their_heading() -> None:
    words = {
        "prevention": Pillar.PREVENTION,
        "protection": Pillar.PROTECTION,
        "prosecution": Pillar.PROSECUTION,
        "cross-cutting": Pillar.CROSS_CUTTING,
    }
    for heading, rows in TABLES:
        said = re.search(r"pillar: ([a-z-]+)\)", heading)
        for row in rows if said else []:
            assert said is not None
            assert INDICATORS[row["code"]].pillar is words[said[1]]


@pytest.mark.parametrize("code", list(INPUTS))
def test_an_input_is_as_the_page_has_it(code: str) -> None:
    made, row = VARIABLES[code], INPUTS[code]

    assert made.unit == row["unit"]
    assert (made.subset_of or "-") == row["subset of"]
    sources = {FOR_CSO.get(name, name) for name in row["source types"].split()}
    assert set(made.sources) == sources
    assert set(made.dimensions) == set(row["dimensions"].replace("-", "").split())
