"""The projected final share of recent groups, through the engine."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.compute.indicator import compute, explain
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Cube
from tests.indicators.compute.cubes import Cell, make_cube
from tests.indicators.compute.definitions import make_indicator

PROJECTED = make_indicator(
    "MODEL",
    calculator="chain_ladder",
    inputs=("coh_cnv", "coh_pro"),
    interval="bootstrap",
    breakdowns=("FORM",),
)
# by hand: kept_0 = (20 + 18 + 22 + 16) / (44 + 36 + 40 + 40) = 0.475; kept_1 = 120 / 150 = 0.8
ROWS: dict[str, list[Cell]] = {
    "K=0": [20, 18, 22, 16, 19],
    "K=1": [44, 36, 40, 40, None],
    "K=2": [50, 50, 50, None, None],
}
SIZES: list[Cell] = [100, 100, 100, 100, 100]


def values(
    rows: dict[str, list[Cell]] | None = None, sizes: list[Cell] | None = None, **more: Any
) -> tuple[IndicatorValue, ...]:
    (series,) = compute(PROJECTED, cubes(rows, sizes), **more)
    return series.values


def cubes(
    rows: dict[str, list[Cell]] | None = None, sizes: list[Cell] | None = None
) -> dict[str, Cube]:
    return {
        "coh_cnv": make_cube("coh_cnv", rows or ROWS),
        "coh_pro": make_cube("coh_pro", {"": sizes or SIZES}),
    }


def codes(value: IndicatorValue) -> set[str]:
    return {note.code for note in value.notes}


def test_complete_groups_have_what_was_observed_and_no_range() -> None:
    found = values()[0]

    assert found.value == 50.0
    assert found.low is None
    assert found.high is None
    assert "projected" not in codes(found)


def test_open_groups_are_projected_and_say_so() -> None:
    found = values()

    assert found[3].value == pytest.approx(50.0)  # 40 / 0.8
    assert found[4].value == pytest.approx(50.0)  # 19 / 0.38
    assert found[4].low is not None
    assert found[4].high is not None
    assert found[4].low < 50 < found[4].high
    assert codes(found[3]) == codes(found[4]) == {"projected"}
    assert dict(found[4].notes[0].data) == {"outcomes": 19, "size": 100, "share": 38, "groups": 3}


def test_a_fifth_of_the_outcomes_is_needed_for_a_value() -> None:
    rows = ROWS | {"K=0": [4, 5, 6, 3, 5]}
    found = values(rows)[4]

    assert found.value is None
    assert found.status is Status.M
    assert found.reason is not None
    assert found.reason.code == "too_early"
    assert found.low is not None
    assert found.high is not None
    assert found.high > 2 * found.low


def test_one_period_alone_has_the_value_it_has_among_all() -> None:
    last = Period.of_year(2024)
    alone = values(periods=(last, last))
    explained = explain(PROJECTED, cubes(), "XVA", last)

    assert alone == values()[4:]
    assert explained.value == alone[0]
    assert {str(cell.breakdown) for cell in explained.inputs} == {"", "K=0"}


def test_too_few_complete_groups_are_refused_in_words() -> None:
    rows = {code: cells[1:] for code, cells in ROWS.items()}
    found = values(rows, SIZES[1:])

    assert found[0].value == 50.0
    assert found[3].reason is not None
    assert found[3].reason.code == "few_complete_cohorts"
    assert found[3].reason.text.format(**found[3].reason.data).startswith("Only 2 groups")


def test_cells_beyond_the_last_complete_period_do_not_count() -> None:
    found = values(latest=Period.of_year(2023))[2]

    assert found.value is None  # 50 after two years is not yet known in 2023
    assert found.numerator == 40
    assert found.reason is not None
    assert found.reason.code == "few_complete_cohorts"


def test_outcomes_that_fall_are_an_error_of_that_group_only() -> None:
    rows = ROWS | {"K=1": [44, 36, 40, 10, None]}
    found = values(rows)

    assert found[3].reason is not None
    assert found[3].reason.code == "unsound_cohort"
    assert found[4].value == pytest.approx(19 / ((60 / 120) * 0.8))


def test_suppressed_cells_are_left_out_and_nobody_charged_is_no_case() -> None:
    rows = ROWS | {"K=0": [20, 18, 22, 16, (1, 4)]}
    suppressed = values(rows)[4]
    nobody = values(ROWS | {"K=0": [20, 18, 22, 16, 0]}, [100, 100, 100, 100, 0])[4]

    assert suppressed.reason is not None
    assert suppressed.reason.code == "suppressed_input"
    assert nobody.status is Status.X
    assert nobody.reason is not None
    assert nobody.reason.code == "no_cases"


def test_a_missing_input_is_named() -> None:
    (series,) = compute(
        PROJECTED, {"coh_cnv": make_cube("coh_cnv", ROWS)}, areas=("XVA",), breakdowns=(TOTAL,)
    )

    assert series.values[0].reason is not None
    assert series.values[0].reason.data["variable"] == "coh_pro"
