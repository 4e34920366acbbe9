"""Labels, declared missing values and states of statistical formats, to the values they give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pandas as pd
import pyreadstat
import pytest

from indicators.model.codes import Status
from workbench.importing.data_file_child import header, statistical_part
from workbench.services import imports, observations
from workbench.services.observations import ObservationRow
from workbench.services.workspace import Workspace, create

FRAME = pd.DataFrame(
    {
        "year": [2015.0, 2015.0, 2016.0, 2016.0],
        "sex": [1.0, 2.0, 1.0, 2.0],
        "value": [12.0, 998.0, 7.0, 999.0],
    }
)
LABELS: dict[str, dict[int | float, str]] = {"sex": {1: "Men", 2: "Women"}}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with create(tmp_path / "w.tipw", area="XVA") as workspace:
        yield workspace


def rows(ws: Workspace, path: Path) -> list[ObservationRow]:
    imports.accept(ws, path, variable="n_x", area="XVA").report.check()
    return sorted(
        observations.observations(ws), key=lambda r: (str(r.period), r.breakdown.code("SEX") or "")
    )


def told(found: list[ObservationRow]) -> list[tuple[str, str | None, float | None, str]]:
    return [(str(r.period), r.breakdown.code("SEX"), r.value, r.status.name) for r in found]


def test_spss_labels_are_categories_and_declared_values_are_missing(
    ws: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        FRAME,
        str(path),
        variable_value_labels={**LABELS, "value": {998: "No aplica", 999: "Sin dato"}},
        missing_ranges={"value": [{"lo": 998, "hi": 999}]},
    )

    assert told(rows(ws, path)) == [
        ("2015", "F", None, "X"),
        ("2015", "M", 12.0, "A"),
        ("2016", "F", None, "M"),
        ("2016", "M", 7.0, "A"),
    ]


def test_stata_letters_are_missing_values(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.dta"
    frame = FRAME.astype({"value": object})
    frame.loc[1, "value"], frame.loc[3, "value"] = "a", "b"
    pyreadstat.write_dta(
        frame,
        str(path),
        variable_value_labels=LABELS,
        missing_user_values={"value": ["a", "b"]},
    )

    assert told(rows(ws, path)) == [
        ("2015", "F", None, "M"),
        ("2015", "M", 12.0, "A"),
        ("2016", "F", None, "M"),
        ("2016", "M", 7.0, "A"),
    ]


@pytest.mark.parametrize("version", [5, 8])
def test_sas_transport_files_hold_codes_and_blanks(
    ws: Workspace, tmp_path: Path, version: Literal[5, 8]
) -> None:
    path = tmp_path / "a.xpt"
    frame = FRAME.assign(
        sex=["Men", "Women", "Men", "Women"], value=[12.0, float("nan"), 7.0, 4.0]
    )
    pyreadstat.write_xport(frame, str(path), file_format_version=version)

    assert told(rows(ws, path)) == [
        ("2015", "F", None, "M"),
        ("2015", "M", 12.0, "A"),
        ("2016", "F", 4.0, "A"),
        ("2016", "M", 7.0, "A"),
    ]


def test_letters_of_a_sas_data_set_never_become_numbers() -> None:
    """No library writes sas7bdat; this is the part that such a file shares with the others."""
    about = SimpleNamespace(
        missing_ranges={}, missing_user_values={"value": ["A"]}, variable_value_labels={}
    )
    data: dict[str, list[Any]] = {"year": [2015.0, 2016.0], "value": ["A", 3.0]}

    assert header(["year", "value"], about) == ["year", "value", "value missing"]
    assert list(statistical_part(["year", "value"], data, about)) == [
        ["2015", "", "A"],
        ["2016", "3", ""],
    ]


def json_stat(folder: Path, status: object, values: list[float | None]) -> Path:
    years = ["2015", "2016", "2017", "2018"]
    tree: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "id": ["year"],
        "size": [4],
        "role": {"time": ["year"]},
        "dimension": {"year": {"category": {"index": years}}},
        "value": values,
        "status": status,
    }
    path = folder / "a.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "status", [["", "p", "e", "b"], {"1": "p", "2": "e", "3": "b"}], ids=["list", "map"]
)
def test_states_of_json_stat_are_marks_of_their_cells(
    ws: Workspace, tmp_path: Path, status: object
) -> None:
    found = rows(ws, json_stat(tmp_path, status, [1, 2, 3, 4]))

    assert [(r.value, r.flags.letters()) for r in found] == [
        (1.0, ""),
        (2.0, "P"),
        (3.0, "E"),
        (4.0, "B"),
    ]


def test_one_state_of_json_stat_holds_for_all_cells(ws: Workspace, tmp_path: Path) -> None:
    found = rows(ws, json_stat(tmp_path, "p", [1, 2, 3, 4]))

    assert [r.flags.letters() for r in found] == ["P"] * 4


def test_states_of_json_stat_say_why_a_cell_is_blank(ws: Workspace, tmp_path: Path) -> None:
    path = json_stat(tmp_path, {"1": "c", "2": ":", "3": "x"}, [1, None, None, None])

    found = rows(ws, path)

    assert [r.status for r in found] == [Status.A, Status.S, Status.M, Status.X]
    assert [r.value for r in found] == [1.0, None, None, None]


def test_a_state_that_nobody_knows_sets_its_cell_aside(ws: Workspace, tmp_path: Path) -> None:
    path = json_stat(tmp_path, {"1": "qq7"}, [1, 2, 3, 4])

    report = imports.accept(ws, path, variable="n_x", area="XVA").report

    assert report.observations == 3
    assert [(entry.code, entry.value) for entry in report.set_aside] == [("unknown_flag", "qq7")]
