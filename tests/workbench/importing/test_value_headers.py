"""Headers of value columns."""

from workbench.importing.periods import PeriodRules
from workbench.importing.value_headers import all_fixed, fixed_of

RULES = PeriodRules(last_year=2027)


def test_periods_months_categories_and_inputs() -> None:
    names = {"persons prosecuted": "pro_persons"}
    assert fixed_of("enero 2021", {}, RULES) == {"period": "enero 2021"}
    assert fixed_of("Enero", {}, RULES) == {"part": "Enero"}
    assert fixed_of("Sexo / Mujeres", {}, RULES) == {"SEX": "F"}
    assert fixed_of("2015 / Women", {}, RULES) == {"period": "2015", "SEX": "F"}
    assert fixed_of("Persons prosecuted", names, RULES) == {"variable": "pro_persons"}
    assert fixed_of("gross", {}, RULES) is None


def test_one_unknown_header_or_two_equal_ones_settle_nothing() -> None:
    assert all_fixed(["Men", "gross"], {}, RULES) is None
    assert all_fixed(["Men", "Male"], {}, RULES) is None
    assert all_fixed(["Men", "Women", "Total"], {}, RULES) == [{"SEX": "M"}, {"SEX": "F"}, {}]
