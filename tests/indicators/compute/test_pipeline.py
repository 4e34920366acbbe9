"""From cubes to series: matching, areas, periods, notes, flags and lineage."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.compute.indicator import compute, compute_columns, prepare, required, state
from indicators.errors import FormulaError
from indicators.model.codes import Status
from indicators.model.definition import Example
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube
from tests.indicators.compute.cubes import cubes_of, make_cube
from tests.indicators.compute.definitions import make_indicator

SHARE = make_indicator("SHARE", "part", "whole", interval="wilson")
RATE = make_indicator("RATE", "vic", "pop_total", interval="poisson", per=100_000.0)
WOMEN, MEN = Breakdown.of(SEX="F"), Breakdown.of(SEX="M")


def by_sex(name: str, women: float, men: float) -> Cube:
    return make_cube(name, {"": [women + men], "SEX=F": [women], "SEX=M": [men]})


def test_women_are_put_over_women_and_men_over_men() -> None:
    cubes = {"part": by_sex("part", 6, 3), "whole": by_sex("whole", 12, 30)}

    found = {series.breakdown: series for series in compute(SHARE, cubes)}

    assert list(found) == [TOTAL, WOMEN, MEN]
    assert found[WOMEN].values[0].value == 50.0
    assert found[MEN].values[0].value == 10.0
    assert found[TOTAL].values[0].value == pytest.approx(900 / 42)
    assert not any(series.whole_population for series in found.values())


def test_parts_by_sex_add_up_to_the_total_when_both_sides_match() -> None:
    cubes = {"part": by_sex("part", 6, 3), "whole": by_sex("whole", 12, 30)}

    found = {series.breakdown: series.values[0] for series in compute(SHARE, cubes)}

    for side in ("numerator", "denominator"):
        women, men, total = (getattr(found[cut], side) for cut in (WOMEN, MEN, TOTAL))
        assert women + men == total


def test_a_cut_of_the_numerator_alone_uses_the_whole_population() -> None:
    cubes = {
        "vic": make_cube("vic", {"": [20.0], "FORM=LAB": [5.0]}),
        "pop_total": make_cube("pop_total", {"": [1e6]}),
    }

    total, labour = compute(RATE, cubes)

    assert (labour.breakdown, labour.values[0].value) == (Breakdown.of(FORM="LAB"), 0.5)
    assert labour.whole_population
    assert not total.whole_population


def test_two_cuts_match_one_and_use_the_total_of_the_other() -> None:
    both = Breakdown.of(FORM="LAB", SEX="F")
    cubes = {
        "vic": make_cube("vic", {"": [20.0], "FORM=LAB,SEX=F": [5.0]}),
        "pop_total": make_cube("pop_total", {"": [1e6], "SEX=F": [5e5]}),
    }

    (series,) = compute(RATE, cubes, breakdowns=(both,), areas=("XVA",))

    assert series.values[0].value == 1.0
    assert series.whole_population


def test_a_cut_that_the_numerator_lacks_has_no_value() -> None:
    cubes = {"part": make_cube("part", {"": [6.0]}), "whole": by_sex("whole", 12, 30)}

    (series,) = compute(SHARE, cubes, breakdowns=(WOMEN,), areas=("XVA",))

    assert series.values[0].value is None
    assert series.values[0].reason is not None
    assert series.values[0].reason.code == "breakdown_not_available"
    assert [each.breakdown for each in compute(SHARE, cubes)] == [TOTAL]


def test_a_difference_never_mixes_a_cut_with_a_total() -> None:
    indicator = make_indicator("WSHARE", calculator="part_of", inputs=("part - other", "part"))
    cubes = {"part": by_sex("part", 6, 3), "other": make_cube("other", {"": [2.0]})}

    found = compute(indicator, cubes)

    assert [series.breakdown for series in found] == [TOTAL]


def test_a_price_index_serves_every_cut() -> None:
    indicator = make_indicator("RATIO", "spent / defl", "pop_total", per=1.0, breakdowns=("PIL",))
    cubes = {
        "spent": make_cube("spent", {"": [9.0], "PIL=PRT": [6.0]}, unit="VLD:1e6"),
        "defl": make_cube("defl", {"": [1.5]}, unit="index"),
        "pop_total": make_cube("pop_total", {"": [2.0]}),
    }

    found = {str(series.breakdown): series for series in compute(indicator, cubes)}

    assert found["PIL=PRT"].values[0].value == 2e6
    assert found["PIL=PRT"].whole_population


def test_only_cuts_that_the_definition_names_are_made_by_default() -> None:
    cubes = {
        "part": make_cube("part", {"": [6.0], "SRC=POL": [1.0], "SEX=F": [2.0]}),
        "whole": make_cube("whole", {"": [9.0], "SRC=POL": [2.0], "SEX=F": [4.0]}),
    }

    assert [str(series.breakdown) for series in compute(SHARE, cubes)] == ["", "SEX=F"]
    asked = compute(SHARE, cubes, breakdowns=(Breakdown.of(SRC="POL"),), areas=("XVA",))
    assert asked[0].values[0].value == 50.0


def test_optional_dimensions_stand_in_brackets_and_count() -> None:
    indicator = make_indicator("SHARE", "part", "whole", breakdowns=("(SEX)",))
    cubes = {"part": by_sex("part", 6, 3), "whole": by_sex("whole", 12, 30)}

    assert len(compute(indicator, cubes)) == 3


def test_selected_dimensions_are_no_cuts() -> None:
    indicator = make_indicator(
        "SHARE", "x[OUT=CNV_TIP]", "x[OUT=CNV_TIP|ACQ]", breakdowns=("OUT", "SEX")
    )
    rows = {
        "OUT=CNV_TIP": [6.0],
        "OUT=ACQ": [4.0],
        "OUT=CNV_TIP,SEX=F": [1.0],
        "OUT=ACQ,SEX=F": [3.0],
    }

    found = compute(indicator, {"x": make_cube("x", rows)})

    values = {str(series.breakdown): series.values[0].value for series in found}
    assert values == {"": 60.0, "SEX=F": 25.0}


def test_areas_and_periods_can_be_chosen() -> None:
    rows = {"XVA|": [1.0, 2.0, 3.0], "XV-01|": [4.0, 5.0, 6.0]}
    cubes = {name: make_cube(name, rows, area="XVA XV-01") for name in ("part", "whole")}

    everywhere = compute(SHARE, cubes)
    chosen = compute(
        SHARE, cubes, areas=("XV-01",), periods=(Period.of_year(2021), Period.of_year(2022))
    )

    assert [series.area for series in everywhere] == ["XVA", "XV-01"]
    assert [str(value.period) for value in chosen[0].values] == ["2021", "2022"]


def test_series_without_any_data_are_left_out_unless_asked_for() -> None:
    rows = {"XVA|": [1.0], "XV-01|": [None]}
    cubes = {name: make_cube(name, rows, area="XVA XV-01") for name in ("part", "whole")}

    assert [series.area for series in compute(SHARE, cubes)] == ["XVA"]
    asked = compute(SHARE, cubes, areas=("XV-01",), breakdowns=(TOTAL,))
    assert asked[0].values[0].status is Status.M


def test_without_the_numerator_there_is_nothing() -> None:
    assert compute(SHARE, cubes_of(whole=[5.0])) == ()


def test_without_the_denominator_every_value_names_it() -> None:
    (series,) = compute(SHARE, cubes_of(part=[5.0, 6.0]))

    reasons = [value.reason.data["variable"] for value in series.values if value.reason]
    assert reasons == ["whole", "whole"]


def test_the_years_of_a_population_or_price_index_make_no_results() -> None:
    indicator = make_indicator("RELATIVE", formula="x / defl / pop_total", per=1.0)
    cubes = {
        "x": make_cube("x", {"": [6.0]}, start=2020),
        "defl": make_cube("defl", {"": [1.0, 2.0]}, start=2019, unit="index"),
        "pop_total": make_cube("pop_total", {"": [1.0] * 9}, start=2015),
    }

    (series,) = compute(indicator, cubes)

    assert [(str(value.period), value.value) for value in series.values] == [("2020", 3.0)]


# money


def spending(unit: str) -> Cube:
    return make_cube("spent", {"": [48.0]}, unit=unit)


def test_money_per_person_is_in_whole_units_of_the_currency() -> None:
    indicator = make_indicator("RATIO", "spent", "pop_total", per=1.0)
    people = make_cube("pop_total", {"": [9.6e6]})

    millions = compute(indicator, {"spent": spending("VLD:1e6"), "pop_total": people})
    whole = compute(indicator, {"spent": spending("VLD:1"), "pop_total": people})

    assert millions[0].values[0].value == 5.0
    assert whole[0].values[0].value == 5e-6


def test_sums_of_different_scale_are_compared_in_the_currency() -> None:
    indicator = make_indicator("RATIO", "spent", "planned")
    planned = make_cube("planned", {"": [96_000.0]}, unit="VLD:1e3")

    (series,) = compute(indicator, {"spent": spending("VLD:1e6"), "planned": planned})

    assert series.values[0].value == 50.0


def test_currencies_are_never_mixed() -> None:
    indicator = make_indicator("RATIO", "spent", "planned")
    planned = make_cube("planned", {"": [96.0]}, unit="USD:1e6")
    cubes = {"spent": spending("VLD:1e6"), "planned": planned}

    (series,) = compute(indicator, cubes, areas=("XVA",), breakdowns=(TOTAL,))

    assert series.values[0].value is None
    assert series.values[0].reason is not None
    assert series.values[0].reason.code == "currencies_differ"


# notes


def test_a_share_below_its_minimum_denominator_carries_a_note() -> None:
    indicator = make_indicator("SHARE", "part", "whole", minimum_denominator=20, interval="wilson")

    (series,) = compute(indicator, cubes_of(part=[5.0, 5.0], whole=[19.0, 20.0]))

    small, enough = series.values
    assert [note.code for note in small.notes] == ["small_denominator"]
    assert small.notes[0].data == {"counted": 19, "minimum": 20}
    assert small.value is not None
    assert enough.notes == ()


def test_a_complete_inventory_is_not_muted_for_being_small() -> None:
    indicator = make_indicator("SHARE", "met", "due", minimum_denominator=20, interval="none")

    (series,) = compute(indicator, cubes_of(met=[5.0], due=[8.0]))

    assert series.values[0].value == 62.5
    assert series.values[0].notes == ()


def test_for_rates_the_numerator_counts() -> None:
    indicator = make_indicator(
        "RATE", "vic", "pop_total", minimum_denominator=20, interval="poisson"
    )

    (series,) = compute(indicator, cubes_of(vic=[19.0, 20.0], pop_total=[1e6, 1e6]))

    assert [bool(value.notes) for value in series.values] == [True, False]


def test_for_formulas_the_smallest_count_counts() -> None:
    indicator = make_indicator(
        "RELATIVE", formula="(x[SEX=F] / x) / (y[SEX=F] / y)", minimum_denominator=20
    )

    def notes(women: float) -> list[str]:
        cubes = {"x": by_sex("x", women, 200), "y": by_sex("y", 300, 200)}
        return [note.code for note in compute(indicator, cubes)[0].values[0].notes]

    assert notes(19) == ["small_denominator"]
    assert notes(20) == []


def test_sums_of_money_are_never_too_few() -> None:
    indicator = make_indicator("RATIO", "a", "b", minimum_denominator=20)
    cubes = {name: make_cube(name, {"": [4.0]}, unit="VLD:1e6") for name in "ab"}

    assert compute(indicator, cubes)[0].values[0].notes == ()


def test_flags_of_all_inputs_are_united_and_told() -> None:
    cubes = {
        "part": make_cube("part", {"": [5.0, 5.0]}, flags={1: "P"}),
        "whole": make_cube("whole", {"": [50.0, 50.0]}, flags={1: "UP"}),
    }

    (series,) = compute(SHARE, cubes)

    plain, marked = series.values
    assert (plain.flags, plain.notes) == ("", ())
    assert marked.flags == "PU"
    assert [note.code for note in marked.notes] == ["provisional", "low_reliability"]


def test_a_window_over_a_break_says_so() -> None:
    indicator = make_indicator("RATIO", "sum2(part)", "sum2(whole)")
    cubes = {
        "part": make_cube("part", {"": [5.0, 5.0, 5.0]}, flags={1: "B"}),
        "whole": make_cube("whole", {"": [50.0, 50.0, 50.0]}),
    }

    (series,) = compute(indicator, cubes)

    crossing = ["crosses_break" in [note.code for note in value.notes] for value in series.values]
    assert crossing == [False, True, False]


def test_deliveries_of_all_inputs_are_listed_once_in_order() -> None:
    cubes = {
        "part": make_cube("part", {"": [5.0, None]}, vintage=7),
        "whole": make_cube("whole", {"": [50.0, 50.0]}, vintage=3),
    }

    (series,) = compute(SHARE, cubes)

    assert [value.vintages for value in series.values] == [(3, 7), (3,)]


def test_a_series_says_what_it_was_made_from() -> None:
    indicator = make_indicator("SHARE", "part", "whole", interval="wilson", digest="abc")

    (series,) = compute(indicator, cubes_of(part=[5.0], whole=[50.0]), level=0.9)

    assert (series.variables, series.definition_digest) == (("part", "whole"), "abc")
    assert (series.method, series.level, series.unit) == ("wilson", 0.9, "%")


def test_a_lower_level_gives_a_narrower_range() -> None:
    cubes = cubes_of(part=[5.0], whole=[50.0])

    wide, narrow = (compute(SHARE, cubes, level=level)[0].values[0] for level in (0.99, 0.8))

    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low


# parameters and requirements


def test_a_parameter_comes_from_the_example_unless_given() -> None:
    example = Example(inputs={}, value=0.0, parameters={"g": "IRR"})
    indicator = make_indicator("RATIO", "x[RSK=g]", "x", example=example)
    rows = {"": [10.0], "RSK=IRR": [1.0], "RSK=DIS": [2.0]}
    cubes = {"x": make_cube("x", rows)}

    assert compute(indicator, cubes)[0].values[0].value == 10.0
    assert compute(indicator, cubes, parameters={"g": "DIS"})[0].values[0].value == 20.0


def test_a_parameter_that_nobody_names_is_asked_for() -> None:
    indicator = make_indicator("RATIO", "x[RSK=g]", "x")

    with pytest.raises(FormulaError, match="needs a value for “g”"):
        compute(indicator, cubes_of(x=[1.0]))


def test_required_variables_include_the_effective_number() -> None:
    indicator = make_indicator("SHARE", "a", "b", n_effective="c")

    assert required(indicator) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ({"part", "whole", "more"}, ("computable", ())),
        ({"part"}, ("partly", ("whole",))),
        (set(), ("not", ("part", "whole"))),
    ],
)
def test_the_state_says_what_is_missing(
    available: set[str], expected: tuple[str, tuple[str, ...]]
) -> None:
    assert state(SHARE, available) == expected


def test_variables_without_any_content_are_missing() -> None:
    empty = np.empty((0, 0, 0))
    nothing = Cube(
        variable="whole",
        unit="",
        breakdowns=(),
        areas=(),
        periods=(),
        value=empty,
        low=empty,
        high=empty,
        status=empty.astype(np.int64),
        flags=empty.astype(np.int64),
        vintage=empty.astype(np.int64),
    )

    (series,) = compute(SHARE, {"whole": nothing, **cubes_of(part=[5.0])})

    assert series.values[0].reason is not None
    assert series.values[0].reason.data["variable"] == "whole"
    assert compute(SHARE, {"part": nothing, "whole": nothing}) == ()


def test_arrays_hold_the_same_numbers_as_the_series() -> None:
    cubes = {"part": by_sex("part", 6, 3), "whole": by_sex("whole", 12, 30)}
    task = prepare(SHARE, cubes)

    _, table = compute_columns(task)

    series = compute(SHARE, cubes)
    assert table.value[:, 0, 0].tolist() == [each.values[0].value for each in series]
    assert table.high[:, 0, 0].tolist() == [each.values[0].high for each in series]
