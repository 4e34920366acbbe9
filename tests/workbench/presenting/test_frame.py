"""Values, ranges and lines around a chart."""

from __future__ import annotations

import pytest

from indicators.model.codes import Pillar
from indicators.model.period import Period
from tests.workbench.presenting import charts as c
from workbench import i18n
from workbench.presenting import frame
from workbench.presenting.axes import value_axis

N = "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.0, "persons", "1,234"),
        (6.9, "per 100,000", "6.9"),
        (0.0123, "per 100,000", "0.012"),
        (57.48, "%", f"57.5{N}%"),
        (0.0, "persons", "0"),
        (156.3, "days", "156"),
    ],
)
def test_values_as_charts_write_them(value: float, unit: str, text: str) -> None:
    assert frame.value_text(value, unit) == text


def test_ranges_are_words_never_plus_minus() -> None:
    assert frame.range_text(49.94, 64.7, "%") == f"49.9 to 64.7{N}%"
    assert frame.range_text(1, 4, "persons") == "1 to 4"


def test_every_pillar_has_a_colour_and_a_shape_of_its_own() -> None:
    assert len({frame.ROLES[pillar] for pillar in Pillar}) == 4
    assert len({frame.SHAPES[pillar] for pillar in Pillar}) == 4


def test_an_axis_without_zero_is_told_in_the_source_line() -> None:
    axis = value_axis(80, 95, from_zero=False)

    assert frame.source_line("A", axis, fictitious=False) == (
        "Source: A. The axis does not start at zero."
    )
    assert frame.source_line("", value_axis(0, 9), fictitious=False) == ""


def test_a_break_at_the_first_year_or_after_the_last_is_not_drawn() -> None:
    periods = tuple(Period.of_year(year) for year in (2017, 2018))

    assert frame.break_marks([c.SPLIT], periods) == ()
    assert (
        len(frame.break_marks([c.SPLIT, c.SPLIT], tuple(map(Period.of_year, (2015, 2018))))) == 1
    )


def test_event_names_follow_the_language() -> None:
    with i18n.using("es"):
        assert frame.event_mark(c.law()).label == "Ley: Anti-trafficking Act"
