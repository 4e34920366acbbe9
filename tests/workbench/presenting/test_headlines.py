"""Titles and result lines of every outcome."""

from __future__ import annotations

import pytest

from indicators.model.codes import Outcome
from indicators.model.results import ImpactResult, TrendResult
from tests.workbench.presenting import charts as c
from workbench.presenting.headlines import impact_title, result_line, trend_title

PACE, TURN = Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (c.make_trend(), "Victims rose by about 10 % a year"),
        (c.make_trend(Outcome.FALLING), "Victims fell by about 5 % a year"),
        (c.make_trend(Outcome.STABLE), "Victims stayed about the same"),
        (c.make_trend(Outcome.NO_CLEAR_CHANGE), "Victims"),
        (c.bent(3, 8, PACE), "Victims rose faster from about 2014 on"),
        (c.bent(8, 3, PACE), "Victims rose slower from about 2014 on"),
        (c.bent(-3, -8, PACE), "Victims fell faster from about 2014 on"),
        (c.bent(-8, -3, PACE), "Victims fell slower from about 2014 on"),
        (c.bent(5, -4, TURN), "Victims rose until about 2014, then fell"),
        (c.make_trend(TURN, segments=()), "Victims"),
    ],
)
def test_titles_state_clear_findings_only(result: TrendResult, title: str) -> None:
    assert trend_title(result, "Victims", "persons").replace("\u202f", " ") == title


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (c.make_trend(Outcome.FALLING), "Fall of about 5 % a year, between 2 % and 8 % (95 % band). 18 years used."),
        (c.make_trend(Outcome.STABLE), "About the same: between −0.6 % and 0.8 % a year (95 % band). 18 years used."),
        (c.make_trend(TURN, segments=(), level=0.9), "Several changes of pace (90 % band). 18 years used."),
        (c.make_impact(Outcome.LOWER), "About 18 % below the earlier trend, between 4 % and 30 % (95 % band). 12 years used."),
        (c.make_impact(Outcome.NO_CLEAR_EFFECT), "No clear difference from the earlier trend: between −9 % and 24 % (95 % band). 12 years used."),
    ],
)  # fmt: skip
def test_the_result_line_gives_range_and_number_of_years(
    result: TrendResult | ImpactResult, line: str
) -> None:
    assert result_line(result, "persons").replace("\u202f", " ") == line


def test_a_refusal_is_its_own_result_line() -> None:
    assert result_line(c.TOO_FEW, "persons").startswith("Only 5 years")
    assert trend_title(c.TOO_FEW, "Victims", "persons") == "Victims"
    assert impact_title(c.TOO_FEW, c.law(), "Victims", "persons") == "Victims"
