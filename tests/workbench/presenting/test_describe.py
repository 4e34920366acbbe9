"""The description tells what the picture shows."""

from __future__ import annotations

import pytest

from tests.workbench.presenting import charts as c
from workbench.presenting.describe import description
from workbench.presenting.spec import Axis, Bar, Chart, Role


def test_golden_description() -> None:
    assert c.rising_chart().description.replace("\u202f", " ") == (
        "Persons convicted for forced labour rose by about 10 % a year. "
        "Persons convicted for forced labour, Valdoria, 2005–2024. "
        "From 5 in 2006 to 34 in 2024. Highest 34 in 2024, lowest 5 in 2006. "
        "1 value is provisional. 1 value is known only as a range. 1 stretch is without data. "
        "Event: Anti-trafficking Act, 2011. "
        "Rise of about 10 % a year, between 8 % and 13 % (95 % band). 18 years used."
    )


@pytest.mark.parametrize("name", c.CHARTS)
def test_every_chart_is_described(name: str) -> None:
    chart = c.CHARTS[name]()

    assert chart.title in chart.description
    assert "{" not in chart.description
    assert description(chart) == chart.description


def test_breaks_are_told() -> None:
    assert "Break in the series: New counting rule." in c.broken_chart().description


def test_bars_are_read_out() -> None:
    axis = Axis(low=0, high=10, ticks=())
    chart = Chart(
        title="Steps",
        subtitle="",
        x=axis,
        y=axis,
        bars=(Bar(label="Identified", value=9, role=Role.PROTECTION, text="9"),),
    )

    assert description(chart) == "Steps. Identified: 9."
