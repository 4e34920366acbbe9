"""All indicators of the sample country from the command line."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")

KEYS = {
    "code", "area", "period", "breakdown", "value", "low", "high", "level", "method", "numerator",
    "denominator", "status", "notes", "vintages",
}  # fmt: skip
WITHOUT_VALUE = {"IMP-01", "IMP-03"}
"""One is the answer about a chosen event; the other gives a range where effort and years move together."""


@pytest.fixture(scope="module")
def rows(sample_project: Path) -> dict[str, list[dict[str, Any]]]:
    """What ``compute --all --json`` prints, by code."""
    import contextlib
    import io
    import json

    from workbench.cli.main import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["compute", "--all", "-w", str(sample_project), "--json"]) == 0
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in json.loads(printed.getvalue()):
        found[row["code"]].append(row)
    return dict(found)


def test_seventy_five_indicators_have_values(rows: dict[str, list[dict[str, Any]]]) -> None:
    with_value = {code for code, each in rows.items() if any(r["value"] is not None for r in each)}

    assert set(rows) - with_value <= WITHOUT_VALUE
    assert len(with_value) >= 75
    assert all(set(row) >= KEYS for each in rows.values() for row in each)


def test_what_has_no_value_says_why(rows: dict[str, list[dict[str, Any]]]) -> None:
    silent = [
        (row["code"], row["period"])
        for each in rows.values()
        for row in each
        if row["value"] is None and not row["notes"] and row["status"] != "S"
    ]

    assert silent == []


def test_ranges_hold_their_value(rows: dict[str, list[dict[str, Any]]]) -> None:
    ranged = [
        row
        for each in rows.values()
        for row in each
        if row["value"] is not None and row["low"] is not None
    ]

    assert len({row["code"] for row in ranged}) >= 45
    for row in ranged:
        assert row["low"] <= row["value"] * (1 + 1e-9) + 1e-9
        assert row["value"] <= row["high"] * (1 + 1e-9) + 1e-9


def test_a_profile_stands_by_its_pillars(rows: dict[str, list[dict[str, Any]]]) -> None:
    cuts = {row["breakdown"].get("PIL") for row in rows["IMP-04"] if row["value"] is not None}

    assert cuts == {"PRV", "PRT", "PRS"}
    total = [row for row in rows["IMP-04"] if not row["breakdown"]]
    assert {row["value"] for row in total} == {None}


def test_a_cut_that_is_named_is_the_only_one(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("compute", "IMP-04", "-w", sample_project, "--period", "2024")
    named = run(capsys, *words, "--breakdown", "PIL=PRT", "--json").data
    lines = run(capsys, *words).out.splitlines()

    assert [row["breakdown"] for row in named] == [{"PIL": "PRT"}]
    assert [line.split()[1:3] for line in lines[2:]] == [
        ["XVA", "PIL=PRV"], ["XVA", "PIL=PRT"], ["XVA", "PIL=PRS"],
    ]  # fmt: skip
