"""Indicators of every country from the public UNODC workbook, beside pandas that knows nothing of us."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from indicators.stats.intervals import garwood
from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.services.workspace import create

FILES = None if SHARED is None else SHARED / "data"
WORKBOOK = "unodc-glotip-2023/data_glotip_2023_no_preamble.xlsx"
POPULATION = "population-gdp/population.csv"
pytestmark = [
    pytest.mark.skipif(
        FILES is None or not (FILES / WORKBOOK).exists() or not (FILES / POPULATION).exists(),
        reason="needs the public files",
    ),
    pytest.mark.xdist_group("public_file"),
]
COUNTS = {
    "Detected trafficking victims": "detected",
    "Persons prosecuted": "prosecuted",
    "Persons convicted": "convicted",
}
Table = dict[tuple[str, int], float]


def plain(text: str) -> float | None:
    """A number; None for ranges such as ``<5``."""
    return None if "<" in text else float(text.replace(",", ""))


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    """Counts of total cells and the population by country and year, from pandas alone.

    Cells that the file gives twice with different values are nobody's.
    """
    import pandas as pd

    assert FILES is not None
    rows = pd.read_excel(FILES / WORKBOOK, engine="calamine", dtype=str)
    whole = (rows.Dimension == "Total") & (rows.Sex == "Total") & (rows.Age == "Total")
    rows = rows[whole & rows.Indicator.isin(COUNTS) & rows.Iso3_code.notna()]
    found: dict[str, Table] = {name: {} for name in COUNTS.values()}
    told: dict[tuple[str, str, int], set[float | None]] = {}
    for row in rows.itertuples():
        place = (COUNTS[str(row.Indicator)], str(row.Iso3_code), int(str(row.Year)))
        told.setdefault(place, set()).add(plain(str(row.txtVALUE)))
    for (name, area, year), values in told.items():
        (value, *others) = values
        if value is not None and not others:
            found[name][area, year] = value
    people = pd.read_csv(FILES / POPULATION, keep_default_na=False)
    found["population"] = {
        (str(row["Country Code"]), int(row.Year)): float(row.Value)
        for _, row in people.iterrows()
        if row.Value != ""
    }
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with both files, imported through the command line."""
    from workbench.cli.main import main

    assert FILES is not None
    path = tmp_path_factory.mktemp("public") / "w.tipw"
    create(path, area="ARG").close()
    words = ["--quiet", "import", str(FILES / WORKBOOK), "-w", str(path)]
    assert main([*words, "--preset", "unodc_glotip"]) == 0
    words[2] = str(FILES / POPULATION)
    assert main([*words, "--variable", "pop_total", "--accept"]) == 0
    return path


@pytest.fixture(scope="module")
def computed(project: Path) -> dict[str, list[dict[str, Any]]]:
    """What ``compute`` prints for every country, by code."""
    from workbench.cli.main import main

    codes = ("PVL-01", "PRS-01", "PRS-04")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["compute", *codes, "--all-areas", "-w", str(project), "--json"]) == 0
    rows = json.loads(printed.getvalue())
    return {code: [row for row in rows if row["code"] == code] for code in codes}


def points(rows: list[dict[str, Any]]) -> Table:
    return {
        (row["area"], int(row["period"])): row["value"] for row in rows if row["value"] is not None
    }


def divided(top: Table, bottom: Table, per: float) -> Table:
    return {
        place: value / bottom[place] * per
        for place, value in top.items()
        if place in bottom and bottom[place] != 0
    }


def test_rates_and_ratios_of_every_country_are_those_of_pandas(
    computed: dict[str, list[dict[str, Any]]], tables: dict[str, Table]
) -> None:
    expected = {
        "PVL-01": divided(tables["detected"], tables["population"], 100_000),
        "PRS-01": divided(tables["prosecuted"], tables["population"], 100_000),
        "PRS-04": divided(tables["convicted"], tables["prosecuted"], 100),
    }
    for code, wanted in expected.items():
        found = points(computed[code])
        assert len(wanted) > 600
        assert set(found) == set(wanted), code
        assert all(found[place] == pytest.approx(value) for place, value in wanted.items()), code


def test_hidden_counts_give_a_range_and_counts_an_exact_one(
    computed: dict[str, list[dict[str, Any]]], tables: dict[str, Table]
) -> None:
    hidden = [row for row in computed["PVL-01"] if row["status"] == "S"]
    assert len(hidden) > 100
    for row in hidden:
        people = tables["population"][row["area"], int(row["period"])]
        assert row["low"] == pytest.approx(1 / people * 100_000)
        assert row["high"] == pytest.approx(4 / people * 100_000)

    row = next(row for row in computed["PVL-01"] if row["value"] is not None)
    low, high = garwood(row["numerator"])
    people = row["denominator"]
    assert (row["low"], row["high"]) == pytest.approx(
        (float(low) / people * 100_000, float(high) / people * 100_000)
    )


def test_the_same_year_ratio_always_carries_its_warning(
    computed: dict[str, list[dict[str, Any]]],
) -> None:
    assert all(
        "different_people" in {note["code"] for note in row["notes"]} for row in computed["PRS-04"]
    )
    above = [row for row in computed["PRS-04"] if (row["value"] or 0) > 100]
    assert len(above) > 50


def test_the_check_reports_how_often_convictions_exceed_prosecutions(
    project: Path, tables: dict[str, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    both = [place for place in tables["convicted"] if place in tables["prosecuted"]]
    above = [place for place in both if tables["convicted"][place] > tables["prosecuted"][place]]

    ran = run(capsys, "checks", "list", "-w", project)

    (line,) = [line for line in ran.out.splitlines() if "in the same year" in line]
    said = re.search(r"In ([\d,]+) of ([\d,]+) country-years \(([\d.]+) %\)", line)
    assert said is not None
    assert [int(said[1]), int(said[2])] == [len(above), len(both)]
    assert float(said[3]) == pytest.approx(100 * len(above) / len(both), abs=0.05)


def test_every_area_or_one_but_not_both(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "compute", "PVL-01", "--all-areas", "--area", "ARG", "-w", project)

    assert ran.code == 1
    assert "--all-areas" in ran.err
