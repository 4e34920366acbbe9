"""Number formats: what is read is what was written, or a question, never another number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.importing.numbers import (
    MACHINE_MARK,
    NumberFormat,
    decide,
    number_format,
    parse_number,
    plain,
    readings,
)

SPACES = (" ", "\u00a0", "\u202f", "\u2009")


def written(value: float, form: NumberFormat, group: str) -> str:
    """A number with two decimals as a person of that format writes it."""
    text = f"{value:,.2f}"
    mark = "." if form is NumberFormat.POINT else ","
    return text.replace(",", "\0").replace(".", mark).replace("\0", group)


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("1,234.5", NumberFormat.POINT, 1234.5),
        ("1.234,5", NumberFormat.COMMA, 1234.5),
        ("1 234,5", NumberFormat.COMMA, 1234.5),
        ("1\u202f234\u202f567", NumberFormat.POINT, 1234567.0),
        ("-3", NumberFormat.WHOLE, -3.0),
        ("−3,5", NumberFormat.COMMA, -3.5),
        ("303.0", NumberFormat.MACHINE, 303.0),
        (MACHINE_MARK + "1.234", NumberFormat.COMMA, 1.234),
    ],
)
def test_numbers_are_read_in_their_format(text: str, form: NumberFormat, value: float) -> None:
    assert parse_number(text, form) == value


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1,23", NumberFormat.POINT),
        ("1,2345", NumberFormat.POINT),
        ("0,123", NumberFormat.POINT),
        ("1,234 567", NumberFormat.POINT),
        ("1.234", NumberFormat.WHOLE),
        ("1,234", NumberFormat.MACHINE),
        ("1e5", NumberFormat.MACHINE),
        ("1e999", NumberFormat.POINT),
        ("inf", NumberFormat.POINT),
        ("nan", NumberFormat.POINT),
        ("١٢", NumberFormat.WHOLE),
        ("9" * 400, NumberFormat.WHOLE),
        ("", NumberFormat.WHOLE),
        ("12 ", NumberFormat.WHOLE),
        ("1_000", NumberFormat.WHOLE),
    ],
)
def test_other_writings_are_refused(text: str, form: NumberFormat) -> None:
    assert parse_number(text, form) is None


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    form=st.sampled_from([NumberFormat.POINT, NumberFormat.COMMA]),
    group=st.sampled_from(["", "native", *SPACES]),
)
def test_what_was_written_is_read_back(value: object, form: NumberFormat, group: str) -> None:
    number = float(str(value)) + 0.0
    sign = {"native": "," if form is NumberFormat.POINT else "."}.get(group, group)
    text = written(number, form, sign)

    assert parse_number(text, form) == pytest.approx(number, abs=1e-9)


@given(
    numbers=st.lists(st.integers(0, 10**7), min_size=1, max_size=20),
    decimals=st.sampled_from([0, 1, 3]),
    form=st.sampled_from([NumberFormat.POINT, NumberFormat.COMMA]),
)
def test_a_column_is_read_as_written_or_asked_about(
    numbers: list[int], decimals: int, form: NumberFormat
) -> None:
    values = [number / 10**decimals for number in numbers]
    point = [f"{value:,.{decimals}f}" for value in values]
    swap = str.maketrans(",.", ".,")
    texts = point if form is NumberFormat.POINT else [text.translate(swap) for text in point]

    decision = decide(texts)

    if decision.form is not None:
        read = [parse_number(text, decision.form) for text in texts]
        assert read == pytest.approx(values)
    else:
        assert decision.question in ("ambiguous_number", "mixed_numbers")


def test_one_witness_decides_for_the_whole_column() -> None:
    assert decide(["1.234", "12.5"]).form is NumberFormat.POINT
    assert decide(["1.234", "12,5"]).form is NumberFormat.COMMA
    assert decide(["1.234", "1.234.567"]).form is NumberFormat.COMMA


def test_a_doubt_without_witness_is_a_question() -> None:
    decision = decide(["12.500", "30", "15"])

    assert decision.form is None
    assert decision.question == "ambiguous_number"
    assert decision.examples == ("12.500",)


def test_witnesses_of_both_formats_are_a_question() -> None:
    assert decide(["1,5", "2.5"]).question == "mixed_numbers"


def test_whole_numbers_need_no_format() -> None:
    assert decide(["1", "22", "x"]).form is NumberFormat.WHOLE


def test_spaces_as_grouping_fit_both_formats_with_one_value() -> None:
    assert set(readings("12 500").values()) == {12500.0}
    assert decide(["12 500", "3"]).form is NumberFormat.POINT


def test_names_of_formats() -> None:
    assert number_format("1 234,5") is NumberFormat.COMMA
    with pytest.raises(ValueError):
        number_format("1'234")


def test_plain_writing() -> None:
    assert plain(303.0) == "303"
    assert plain(0.1) == "0.1"
