"""Small tables typed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from tests.workbench.deliveries import cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import entry, observations
from workbench.services.history import content_digest, undo
from workbench.services.workspace import Workspace

YEARS = (Period.of_year(2022), Period.of_year(2023))
WOMEN = Breakdown.of(SEX="F")


def cell(value: float | None = None, **fields: object) -> entry.TypedCell:
    whole: dict[str, object] = {"variable": "pop_total", "area": "XVA", "period": YEARS[0]}
    return entry.TypedCell(value=value, **{**whole, **fields})  # type: ignore[arg-type]


def test_a_grid_shows_what_is_held_and_who_typed_it(ws: Workspace) -> None:
    entry.enter(ws, [cell(900), cell(450, breakdown=WOMEN)], author="Ana")

    table = entry.grid(ws, "pop_total", areas=["XVA"], periods=YEARS, breakdowns=[TOTAL, WOMEN])

    assert (table.unit, len(table.cells)) == ("persons", 4)
    typed = table.cell("XVA", YEARS[0], WOMEN)
    assert (typed.value, typed.author, typed.is_typed, typed.status) == (
        450,
        "Ana",
        True,
        Status.A,
    )
    assert table.cell("XVA", YEARS[1]).status is None


def test_typed_values_are_one_version_that_undo_takes_back(ws: Workspace) -> None:
    before = content_digest(ws)

    change = entry.enter(ws, [cell(900), cell(0, period=YEARS[1])], author="Ana", note="census")

    found = observations.source(ws, variable="pop_total", area="XVA", period=YEARS[0])
    assert (found.mode, found.note, found.made_by, found.cell, found.sha256) == (
        "entry", "census", "Ana", None, None,
    )  # fmt: skip
    assert change.text.format(**change.data) == "Typed 2 values into the source “typed”"
    rows = observations.observations(ws)
    assert [row.status for row in rows] == [Status.A, Status.Z]
    undo(ws)
    assert observations.observations(ws) == ()
    assert content_digest(ws) == before


def test_only_what_differs_is_written(ws: Workspace) -> None:
    entry.enter(ws, [cell(900), cell(950, period=YEARS[1])])

    change = entry.enter(ws, [cell(900), cell(955, period=YEARS[1])])

    assert change.data["count"] == 1
    assert observations.vintages(ws)[1].observations == 1
    with pytest.raises(WorkbenchError, match="Nothing was changed"):
        entry.enter(ws, [cell(900)])


def test_a_typed_table_may_end_the_one_before(ws: Workspace) -> None:
    entry.enter(ws, [cell(900), cell(950, period=YEARS[1])])

    entry.enter(ws, [cell(901)], replace=True)

    assert [row.value for row in observations.observations(ws)] == [901]
    undo(ws)
    assert [row.value for row in observations.observations(ws)] == [900, 950]


def test_a_typed_value_completes_a_delivered_source(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([5, 6], first=2021), tmp_path)

    entry.enter(
        ws, [cell(7, variable="vic_detected", area="XV-01", period=YEARS[1])], dataset="police"
    )

    assert [row.value for row in observations.observations(ws)] == [5, 6, 7]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": -1.0}, "below zero"),
        ({"value": float("inf")}, "no number"),
        ({"value": 3.0, "status": Status.M}, "contradict"),
        ({"status": Status.A}, "contradict"),
        ({"status": Status.S, "low": 4.0}, "contradict"),
        ({"value": 3.0, "low": 1.0, "high": 4.0}, "contradict"),
        ({"value": 9.0, "low": 1.0, "high": 4.0, "flags": Flags.E}, "contradict"),
        ({"status": Status.S, "low": 4.0, "high": 1.0}, "wrong order"),
        ({"value": 3.0, "breakdown": Breakdown.of(SEX="Q")}, "no known cut"),
        ({"value": 3.0, "variable": "nonsense"}, "no input"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_written(
    ws: Workspace, wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(WorkbenchError, match=words):
        entry.enter(ws, [cell(900, period=YEARS[1]), cell(**wrong)])  # type: ignore[arg-type]

    assert observations.vintages(ws) == ()


def test_a_cell_given_twice_is_refused(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="given twice"):
        entry.enter(ws, [cell(1), cell(2)])


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("12", ".", (12, None, None, Status.A)),
        ("1,234.5", ".", (1234.5, None, None, Status.A)),
        ("1.234,5", ",", (1234.5, None, None, Status.A)),
        ("1 234", ",", (1234, None, None, Status.A)),
        ("-3", ".", (-3, None, None, Status.A)),
        ("0", ".", (0, None, None, Status.Z)),
        ("<5", ".", (None, 1, 4, Status.S)),
        ("1-4", ".", (None, 1, 4, Status.S)),
        ("..", ".", (None, None, None, Status.M)),
        ("x", ".", (None, None, None, Status.X)),
    ],
)
def test_typed_texts_are_read(
    text: str, decimal: str, expected: tuple[float | None, float | None, float | None, Status]
) -> None:
    read = entry.read_typed(cell(), text, decimal=decimal)

    assert read is not None
    assert (read.value, read.low, read.high, read.state) == expected


@pytest.mark.parametrize("text", ["abc", "1,23", "1.2.3", "5-2", "<1x", "1e5"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(WorkbenchError, match="is not a value"):
        entry.read_typed(cell(), text)


def test_an_empty_text_leaves_the_cell_alone() -> None:
    assert entry.read_typed(cell(5), "  ") is None


def test_an_estimate_may_carry_its_range(ws: Workspace) -> None:
    typed = entry.TypedCell(
        variable="prev_est", area="XVA", period=YEARS[0], value=2053.0, low=1741.0, high=2469.0,
        flags=Flags.E,
    )  # fmt: skip

    entry.enter(ws, [typed])

    (row,) = observations.observations(ws, variable="prev_est")
    assert (row.value, row.low, row.high, row.flags) == (2053.0, 1741.0, 2469.0, Flags.E)
