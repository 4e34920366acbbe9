"""Numbers and states as words."""

from __future__ import annotations

import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL
from ui.viewmodels.data_reading import letters
from ui.viewmodels.wording import (
    grid_value,
    number_typed,
    observation_text,
    state_icon,
    state_words,
)


def row(**more: object) -> object:
    from workbench.services.observations import ObservationRow

    fields: dict[str, object] = {
        "variable": "vic_detected", "area": "XVA", "period": Period.of_year(2020),
        "breakdown": TOTAL, "value": 12.0, "low": None, "high": None, "status": Status.A,
        "flags": Flags.NONE, "raw": "12", "file": "a.csv", "sheet": None, "row": 2, "column": 3,
        "vintage": 1, "dataset": "police",
    }  # fmt: skip
    return ObservationRow(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "words", "icon"),
    [
        ({}, "as in the file", "check"),
        ({"status": Status.Z, "value": 0.0}, "as in the file", "check"),
        ({"status": Status.S, "value": None, "low": 1.0, "high": 4.0}, "hidden, 1 to 4", "hide"),
        ({"status": Status.M, "value": None}, "not available", "x"),
        ({"status": Status.X, "value": None}, "not applicable", "x"),
        ({"flags": Flags.P}, "provisional", "cal"),
        ({"file": None, "raw": None}, "typed", "check"),
    ],
)
def test_every_state_has_words_and_a_sign(more: dict[str, object], words: str, icon: str) -> None:
    made = row(**more)

    assert state_words(made) == words  # type: ignore[arg-type]
    assert state_icon(made)[0] == icon  # type: ignore[arg-type]


def test_a_correction_is_told() -> None:
    assert state_words(row(), corrected=True) == "corrected"  # type: ignore[arg-type]
    assert state_icon(row(), corrected=True) == ("undo", "accent")  # type: ignore[arg-type]


def test_missing_is_words_never_zero() -> None:
    missing = row(status=Status.M, value=None)
    hidden = row(status=Status.S, value=None, low=1.0, high=4.0)

    assert grid_value(missing) == ("no value", False)  # type: ignore[arg-type]
    assert grid_value(hidden) == ("1–4", True)  # type: ignore[arg-type]
    assert observation_text(hidden) == "between 1 and 4"  # type: ignore[arg-type]
    assert observation_text(missing) == "no value"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12.0),
        (" 12,5 ", 12.5),
        ("−3", -3.0),
        ("1.234,5", None),
        ("", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_typed_numbers(typed: str, value: float | None) -> None:
    assert number_typed(typed) == value


@pytest.mark.parametrize(("column", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_column_letters(column: int, text: str) -> None:
    assert letters(column) == text
