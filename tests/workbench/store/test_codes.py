"""Codes become numbers once."""

from __future__ import annotations

from indicators.model.series import TOTAL, Breakdown
from workbench.services.workspace import Workspace
from workbench.store import codes, inventory


def test_a_code_has_one_number(ws: Workspace) -> None:
    with ws.write("import", "test"):
        women = Breakdown.of(SEX="F", AGE="Y0T17")
        numbers = [
            codes.series_id(ws.db, "vic_detected", "XV-01", cut, dataset, "persons")
            for cut in (TOTAL, women, Breakdown.of(AGE="Y0T17", SEX="F"), TOTAL)
            for dataset in ("a", "b")
        ]

    assert numbers == [1, 2, 3, 4, 3, 4, 1, 2]
    assert inventory.series_keys(ws.db)[4] == (
        "vic_detected",
        "XV-01",
        '{"AGE":"Y0T17","SEX":"F"}',
        "b",
        "persons",
    )


def test_hostile_codes_are_data(ws: Workspace) -> None:
    code = "'); drop table series; --"

    with ws.write("import", "test"):
        codes.series_id(ws.db, code, code, Breakdown.of(SEX=code), code, code)

    assert inventory.series_keys(ws.db)[1][0] == code
