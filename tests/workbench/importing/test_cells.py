"""Value cells: numbers, ranges, zeros, kinds of missing, faults."""

import pytest

from indicators.model.codes import Flags, Missing, Status
from workbench.importing.cells import Cell, CellRules, read_cell
from workbench.importing.numbers import NumberFormat

RULES = CellRules(form=NumberFormat.POINT)


def cell(text: str, status: str = "", flags: str = "", rules: CellRules = RULES) -> Cell:
    return read_cell(text, status, flags, rules)


def test_a_number_is_a_value() -> None:
    found = cell("1,234")

    assert (found.value, found.status, found.missing) == (1234.0, Status.A, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(("<5", 1, 4), ("<10", 1, 9), ("≤5", 1, 5), ("<=3", 1, 3)),
        *(
            ("1-4", 1, 4),
            ("5–9", 5, 9),
            ("0 - 4", 0, 4),
            ("1 to 4", 1, 4),
            ("entre 10 y 49", 10, 49),
        ),
    ],
)
def test_a_range_keeps_its_bounds_and_has_no_value(text: str, low: int, high: int) -> None:
    found = cell(text)

    assert found.value is None
    assert (found.low, found.high, found.status) == (low, high, Status.S)
    assert found.missing is None


@pytest.mark.parametrize("text", ["4-1", "2015-2016", "5-5", "1-4000", "1e4", "1.5-2.5"])
def test_what_looks_like_a_range_but_is_none(text: str) -> None:
    assert cell(text).fault


def test_a_range_begins_at_zero_where_the_source_says_so() -> None:
    assert cell("<5", rules=CellRules(form=NumberFormat.POINT, below_low=0)).low == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Missing.BLANK),
        ("..", Missing.NOT_AVAILABLE),
        (":", Missing.NOT_AVAILABLE),
        ("-", Missing.NOT_AVAILABLE),
        ("n/a", Missing.NOT_AVAILABLE),
        ("NA", Missing.NOT_AVAILABLE),
        ("x", Missing.NOT_APPLICABLE),
        ("c", Missing.CONFIDENTIAL),
    ],
)
def test_marks_are_kinds_of_missing_never_zero(text: str, kind: Missing) -> None:
    found = cell(text)

    assert found.missing is kind
    assert found.value is None


def test_confidential_has_an_open_end() -> None:
    found = cell("c")

    assert (found.low, found.high, found.status) == (0.0, None, Status.S)


def test_zero_is_a_value_and_confirmed_only_when_the_source_says_so() -> None:
    confirmed = CellRules(form=NumberFormat.POINT, zeros_confirmed=True)

    assert cell("0").status == Status.A
    assert cell("0", rules=confirmed).status == Status.Z
    assert cell("-", rules=CellRules(form=NumberFormat.POINT, missing={"-": "zero"})).value == 0.0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1e999", "scientific_notation"),
        ("abc", "not_a_number"),
        ("1.234,5", "other_number_format"),
        ("9" * 400, "number_too_large"),
        ("<0.5", "not_a_number"),
        ("<1", "not_a_number"),
        ("12 persons", "not_a_number"),
    ],
)
def test_faults(text: str, fault: str) -> None:
    assert cell(text).fault == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [(12.5, "fraction_of_count"), (-1.0, "negative_count"), (2.0**53, "number_too_large")],
)
def test_what_a_count_cannot_be(value: float, fault: str) -> None:
    assert Cell(value=value).count_fault == fault


def test_a_count_written_with_a_point_zero() -> None:
    assert cell("303.0").count_fault == ""


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("5", "A", Status.A),
        ("0", "Z", Status.Z),
        ("<5", "S", Status.S),
        ("", "S", Status.S),
        ("", "M", Status.M),
        ("..", "M", Status.M),
        ("", "X", Status.X),
    ],
)
def test_states_of_the_file(text: str, status: str, expected: Status) -> None:
    assert cell(text, status).status == expected


@pytest.mark.parametrize(
    ("text", "status"), [("5", "M"), ("5", "Z"), ("", "A"), ("5", "X"), ("<5", "A"), ("7", "S")]
)
def test_a_state_that_contradicts_the_value_is_a_fault(text: str, status: str) -> None:
    assert cell(text, status).fault == "status_conflict"


def test_flags() -> None:
    assert cell("5", "", "BP").flags == int(Flags.B | Flags.P)
    assert cell("5", "", "?").fault == "unknown_flag"
    assert cell("5", "?", "").fault == "unknown_status"
