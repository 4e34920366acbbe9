"""Codes become numbers once."""

from __future__ import annotations

import pytest

from indicators.model.series import TOTAL, Breakdown
from workbench.errors import WorkbenchError
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


def test_many_numbers_at_once_are_those_of_one_by_one(ws: Workspace) -> None:
    cut = Breakdown.of(SEX="F")
    keys = [
        (variable, area, breakdown, "persons")
        for variable in ("vic_detected", "vic_assisted")
        for area in ("XV-02", "XV-01")
        for breakdown in (TOTAL, cut)
    ]
    with ws.write("import", "test"):
        first = codes.series_id(ws.db, "vic_detected", "XV-01", cut, "a", "persons")
        other = codes.series_id(ws.db, "vic_detected", "XV-01", cut, "b", "persons")
        numbers = codes.series_ids(ws.db, "a", [*keys, keys[0]])
        again = [codes.series_id(ws.db, *key[:3], "a", key[3]) for key in keys]

    assert numbers == [*again, again[0]]
    assert numbers[keys.index(("vic_detected", "XV-01", cut, "persons"))] == first
    assert other not in numbers
    with pytest.raises(WorkbenchError, match="not in “cases”"):
        codes.series_ids(ws.db, "a", [("vic_detected", "XV-01", cut, "cases")])


def test_hostile_codes_are_data(ws: Workspace) -> None:
    code = "'); drop table series; --"

    with ws.write("import", "test"):
        codes.series_id(ws.db, code, code, Breakdown.of(SEX=code), code, code)

    assert inventory.series_keys(ws.db)[1][0] == code


def test_a_series_that_is_held_keeps_its_number_and_tells_its_unit(ws: Workspace) -> None:
    with ws.write("import", "test"):
        source = codes.dataset_id(ws.db, "police")
        key = {
            "variable": codes.variable_id(ws.db, "vic_detected"),
            "area": codes.area_id(ws.db, "XVA"),
            "breakdown": codes.breakdown_id(ws.db, TOTAL),
            "dataset": source,
            "unit": "persons",
        }
        before = codes.holds_series(ws.db, source)
        first = codes.series_held(ws.db, key, likely_new=True)
        again = [
            codes.series_held(ws.db, {**key, "unit": "cases"}, likely_new=likely)
            for likely in (True, False)
        ]
        elsewhere = {**key, "area": codes.area_id(ws.db, "XVB")}
        other = codes.series_held(ws.db, elsewhere, likely_new=False)

        assert not before
        assert codes.holds_series(ws.db, source)
    assert first[1] == "persons"
    assert again == [first, first]
    assert other[0] != first[0]
