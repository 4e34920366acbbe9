from __future__ import annotations

from indicators.model.period import Period
from indicators.model.results import SeriesBreak
from indicators.stats.points import breaks_of, data_hash, touching, usable, windowed
from tests.indicators.made import make_break, make_series


def test_missing_is_not_zero_and_zero_is_not_missing() -> None:
    points = usable(make_series([5, None, 0, (1, 4), 7]))

    assert points.value.tolist()[:2] == [5, 0]
    assert points.missing == (Period.of_year(2011),)
    assert points.censored.tolist() == [False, False, True, False]
    assert (points.low[2], points.high[2]) == (1, 4)


def test_absent_years_are_gaps_on_the_axis() -> None:
    points = usable(make_series([1, 2, 3], years=[2010, 2011, 2015]))

    assert points.time.tolist() == [2010, 2011, 2015]
    assert [str(period) for period in points.missing] == ["2012", "2013", "2014"]


def test_window_begins_at_the_last_break() -> None:
    series = make_series([1, 2, 3, 4, 5, 6])
    points = windowed(usable(series), breaks_of(series, [make_break(2012), make_break(2014, "b")]))

    assert [str(period) for period in points.periods] == ["2014", "2015"]
    assert points.since is not None
    assert points.since.id == "b"


def test_crossing_names_the_breaks() -> None:
    series = make_series([1, 2, 3, 4], breaks=[2])
    points = windowed(usable(series), breaks_of(series, []), cross=True)

    assert points.breaks_crossed == ("flag-2012",)
    assert points.n == 4


def test_break_before_the_first_point_touches_nothing() -> None:
    series = make_series([1, 2, 3, 4])

    assert windowed(usable(series), [make_break(2010)]).n == 4


def test_breaks_touch_by_variable_and_area() -> None:
    own = SeriesBreak(id="a", start=Period.of_year(2014), text={}, areas=("XV-09",))
    other = SeriesBreak(id="b", start=Period.of_year(2014), text={}, variables=("pro_persons",))

    assert touching([own, other], ["vic_detected"], "XV-09") == (own,)
    assert touching([own, other], ["pro_persons"], "XVA") == (other,)


def test_hash_changes_with_any_value_and_nothing_else() -> None:
    one = data_hash(usable(make_series([1, 2, (1, 4)])))

    assert one == data_hash(usable(make_series([1, 2, (1, 4)], variable="other")))
    assert one != data_hash(usable(make_series([1, 2, (0, 4)])))
    assert one != data_hash(usable(make_series([1, 2, (1, 4)], provisional=[2])))
