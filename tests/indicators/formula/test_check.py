"""Whether formulas fit their variables."""

from __future__ import annotations

import pytest

from indicators.errors import DefinitionError, FormulaError
from indicators.formula.check import check, check_subset, check_variables, family, supersets
from indicators.formula.parse import parse
from indicators.model.definition import LocalText, Variable

WORDS = LocalText(en="x", es="x", pt="x", fr="x")


def variable(code: str, unit: str = "persons", subset_of: str | None = None) -> Variable:
    return Variable(
        code=code,
        name=WORDS,
        definition=WORDS,
        unit=unit,
        subset_of=subset_of,
        dimensions=("SEX", "FORM", "K", "RSK", "OUT"),
    )


VARIABLES = {
    each.code: each
    for each in (
        variable("vic_detected"),
        variable("vic_assisted", subset_of="vic_detected"),
        variable("vic_assisted_state", subset_of="vic_assisted"),
        variable("records", unit="records"),
        variable("id_days", unit="days"),
        variable("bud_exec", unit="VLD:1e6"),
        variable("bud_alloc", unit="money"),
        variable("defl", unit="index"),
        variable("use_law", unit="score"),
        variable("fst_disposed"),
    )
}


def checked(formula: str) -> None:
    check(formula, parse(formula), VARIABLES)


@pytest.mark.parametrize(
    "formula",
    [
        "vic_assisted / vic_detected",
        "records - vic_detected",
        "bud_exec / defl / mean3(bud_exec@t-1 / defl@t-1) - 1",
        "bud_exec + bud_alloc",
        "vic_detected[RSK=g] / vic_detected",
        "vic_detected[RSK=ANY_NATIONAL_CODE]",
        "fst_disposed[OUT=CNV_TIP|ACQ,SEX=_U]",
        "sum(vic_detected, vic_assisted, 3)",
        "vic_assisted / vic_detected + id_days / id_days",
        "max(vic_detected / records, 1)",
    ],
)
def test_sound_formulas_pass(formula: str) -> None:
    checked(formula)


@pytest.mark.parametrize(
    ("formula", "column", "words"),
    [
        ("vic_asisted / vic_detected", 1, "Did you mean “vic_assisted”"),
        ("vic_detected / zzz", 16, "no variable “zzz”"),
        ("vic_detected + summ(defl)", 16, "Did you mean “sum”"),
        ("abs(vic_detected, defl)", 1, "at most 1 argument, not 2"),
        ("sum3(vic_detected, defl)", 1, "at most 1"),
        ("defl[REG=X]", 1, "no dimension “REG”"),
        ("vic_detected[SEX=Q]", 1, "“Q” is no code of the list SEX"),
        ("vic_detected[FORM=MARR]", 1, "Did you mean “MAR”"),
        ("vic_detected[SEX=F,SEX=M]", 1, "chooses from “SEX” twice"),
        ("vic_detected + id_days", 1, "joins count and duration"),
        ("bud_exec - vic_detected", 1, "joins money and count"),
        ("bud_exec / vic_detected + bud_exec", 1, "count^-1"),
        ("min(vic_detected, bud_exec)", 5, "joins count and money"),
    ],
)
def test_faults_are_named_with_their_place(formula: str, column: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        checked(formula)

    assert words in str(caught.value)
    assert caught.value.data["column"] == column


def test_windows_inside_windows_are_limited() -> None:
    checked("sum5(sum5(sum5(vic_detected)))")

    with pytest.raises(FormulaError, match="more than 500 values"):
        checked("sum5(sum5(sum5(sum5(vic_detected))))")
    with pytest.raises(FormulaError, match="more than 500 values"):
        checked("sum5(" * 19 + "vic_detected" + ")" * 19)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ("vic_assisted", "vic_detected"),
        ("vic_assisted_state", "vic_detected"),
        ("vic_detected[SEX=F]", "vic_detected"),
        ("vic_detected - vic_assisted[K=4]", "vic_detected"),
        ("fst_disposed[OUT=CNV_TIP]", "fst_disposed[OUT=CNV_TIP|ACQ]"),
        ("sum3(vic_assisted)", "sum3(vic_detected)"),
    ],
)
def test_parts_of_their_whole_pass(numerator: str, denominator: str) -> None:
    check_subset(numerator, parse(numerator), parse(denominator), VARIABLES)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ("vic_detected", "vic_assisted"),
        ("records", "vic_detected"),
        ("fst_disposed[OUT=DIS]", "fst_disposed[OUT=CNV_TIP|ACQ]"),
        ("fst_disposed", "fst_disposed[OUT=CNV_TIP]"),
        ("vic_assisted + records", "vic_detected"),
    ],
)
def test_a_share_of_something_else_is_refused(numerator: str, denominator: str) -> None:
    with pytest.raises(FormulaError, match="not declared to be part of"):
        check_subset(numerator, parse(numerator), parse(denominator), VARIABLES)


def test_supersets_are_followed_upwards() -> None:
    assert supersets("vic_assisted_state", VARIABLES) == (
        "vic_assisted_state",
        "vic_assisted",
        "vic_detected",
    )


def test_a_circle_of_parts_is_refused_and_named() -> None:
    circle = {"a": variable("a", subset_of="b"), "b": variable("b", subset_of="a")}

    with pytest.raises(DefinitionError, match="a > b > a"):
        check_variables(circle)


def test_a_part_of_something_unknown_is_refused() -> None:
    with pytest.raises(DefinitionError, match="“zzz”, which does not exist"):
        check_variables({"a": variable("a", subset_of="zzz")})


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("persons", "count"),
        ("records", "count"),
        ("months", "duration"),
        ("VLD:1e6", "money"),
        ("index", "free"),
        ("any", "free"),
    ],
)
def test_units_belong_to_families(unit: str, kind: str) -> None:
    assert family(unit) == kind
