from __future__ import annotations

import numpy as np
import pytest

from indicators.impact.plan import first_after, pulse_marks, seasons
from indicators.model.period import Frequency, Period
from indicators.model.results import Intervention
from tests.indicators.made import make_event


def test_first_period_after_a_date() -> None:
    """A law of June has its first whole year the year after; its first month is June."""
    june = make_event(Period.of_month(2011, 6))

    assert first_after(june, Frequency.YEAR) == 2012
    assert first_after(june, Frequency.MONTH) == Period.of_month(2011, 6).ordinal
    assert first_after(make_event(2011), Frequency.YEAR) == 2011
    assert first_after(make_event(2011), Frequency.MONTH) == Period.of_month(2011, 1).ordinal
    assert first_after(make_event(2011), Frequency.QUARTER) == 2011 * 4


@pytest.mark.parametrize(
    ("end", "marked"),
    [(None, 12), (Period.of_year(2021), 24), (Period.of_month(2020, 3), 3)],
)
def test_pulse_of_a_year_marks_its_months(end: Period | None, marked: int) -> None:
    months = [Period.of_month(2019 + i // 12, i % 12 + 1) for i in range(48)]
    pulse = Intervention(
        id="p", name={"en": "p"}, kind="shock", start=Period.of_year(2020), end=end
    )

    assert pulse_marks(pulse, months).sum() == marked
    assert pulse_marks(pulse, months)[12]


def test_season_has_two_harmonics_of_independent_columns() -> None:
    time = np.arange(48.0)

    assert np.linalg.matrix_rank(np.column_stack(seasons(time, 12))) == 4
    assert len(seasons(time, 4)) == 3
    assert len(seasons(time, 2)) == 1
    assert seasons(time, 0) == []
