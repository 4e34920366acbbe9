"""What is true of every cell of a cube: found once, kept with the cube, never of one that can change."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalog import load_catalogue
from indicators.compute.indicator import compute, compute_columns, prepare
from indicators.compute.task import required
from indicators.formula import facts
from indicators.formula.facts import NOTHING, facts_of, remembered
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries
from indicators.model.series import Breakdown, Cube

SHARE = load_catalogue().indicators["PRT-04"]


def made(variable: str, seed: int, *, locked: bool = True, low: int = 1, high: int = 60) -> Cube:
    """A cube of two cuts, three areas and four years, plain to begin with."""
    shape = (2, 3, 4)
    draw = np.random.default_rng(seed)
    cube = Cube(
        variable=variable,
        unit="persons",
        breakdowns=(Breakdown(), Breakdown.of(SEX="F")),
        areas=("XVA", "XVB", "XVC"),
        periods=tuple(Period.of_year(2020 + n) for n in range(4)),
        value=draw.integers(low, high, shape).astype(np.float64),
        low=np.full(shape, np.nan),
        high=np.full(shape, np.nan),
        status=np.full(shape, int(Status.A), dtype=np.int64),
        flags=np.zeros(shape, dtype=np.int64),
        vintage=np.full(shape, 3, dtype=np.int64),
    )
    return lock(cube) if locked else cube


def lock(cube: Cube) -> Cube:
    for name in ("value", "low", "high", "status", "flags", "vintage"):
        getattr(cube, name).setflags(write=False)
    return cube


def changed(cube: Cube, place: tuple[int, int, int], **values: float) -> Cube:
    """The cube with one cell changed."""
    arrays = {}
    for name, value in values.items():
        arrays[name] = getattr(cube, name).copy()
        arrays[name][place] = value
    return lock(replace(cube, **arrays))


def test_a_plain_cube_is_known_as_such() -> None:
    found = facts_of(made("vic_detected", 1))

    assert (found.plain, found.unbounded, found.counts, found.positive) == (True,) * 4
    assert (found.unflagged, found.vintage, found.last) == (True, 3, 3)


def test_what_a_cube_with_gaps_still_is() -> None:
    gap = {"status": int(Status.M), "value": np.nan, "vintage": 0}
    cube = made("vic_detected", 1)
    for area in range(3):
        for cut in range(2):
            cube = changed(cube, (cut, area, 3), **gap)

    found = facts_of(cube)

    assert (found.plain, found.unbounded, found.counts, found.positive) == (
        False,
        True,
        True,
        True,
    )
    assert (found.vintage, found.last) == (None, 2)
    assert found.lacking is not None
    assert found.lacking.sum() == 6


@pytest.mark.parametrize(
    ("values", "lost"),
    [
        ({"status": int(Status.S), "value": np.nan, "low": 1, "high": 4}, "plain"),
        ({"status": int(Status.M), "value": np.nan}, "plain"),
        ({"status": int(Status.Z), "value": 0}, "plain"),
        ({"low": 1, "high": 9}, "plain"),
        ({"low": 1, "high": 9}, "unbounded"),
        ({"status": int(Status.S), "value": np.nan}, "unbounded"),
        ({"value": 0}, "positive"),
        ({"value": 2.5}, "counts"),
        ({"value": -1}, "counts"),
        ({"value": np.inf}, "counts"),
        ({"flags": int(Flags.P)}, "unflagged"),
        ({"vintage": 4}, "vintage"),
    ],
)
def test_one_other_cell_is_enough(values: dict[str, float], lost: str) -> None:
    assert not getattr(facts_of(changed(made("vic_detected", 1), (1, 2, 3), **values)), lost)


def test_facts_are_kept_while_the_cube_lives_and_not_longer() -> None:
    cube = made("vic_detected", 1)
    assert remembered(cube) is NOTHING
    assert facts_of(cube) is facts_of(cube) is remembered(cube)
    key = id(cube.value)

    del cube
    gc.collect()

    assert key not in facts._known


def test_nothing_is_assumed_of_what_can_change() -> None:
    assert facts_of(made("vic_detected", 1, locked=False)) is NOTHING


CHANGES: dict[str, dict[str, float]] = {
    "plain": {},
    "suppressed": {"status": int(Status.S), "value": np.nan, "low": 1, "high": 4},
    "missing": {"status": int(Status.M), "value": np.nan},
    "zero": {"status": int(Status.Z), "value": 0},
    "flagged": {"flags": int(Flags.P)},
    "other version": {"vintage": 4},
    "above its whole": {"value": 500},
    "half a person": {"value": 2.5},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("side", ["vic_assisted", "vic_detected"])
def test_the_short_way_gives_what_the_long_way_gives(change: dict[str, float], side: str) -> None:
    cubes = {
        "vic_assisted": made("vic_assisted", 1),
        "vic_detected": made("vic_detected", 2, low=60, high=90),
    }
    if change:
        cubes[side] = changed(cubes[side], (0, 1, 2), **change)
    open_ = {code: unlocked(cube) for code, cube in cubes.items()}

    assert series(cubes) == series(open_)
    asked = {"areas": ("XVB", "XVZ"), "breakdowns": (Breakdown(), Breakdown.of(SEX="M"))}
    assert series(cubes, **asked) == series(open_, **asked)


SPOILT = st.lists(
    st.tuples(
        st.sampled_from(["vic_assisted", "vic_detected"]),
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 3)),
        st.sampled_from([*CHANGES.values(), {"value": 0}, {"value": -3}, {"value": 60}]),
    ),
    max_size=24,
)
PLAIN_CELL = {"value": 7, "low": np.nan, "high": np.nan, "status": 0, "flags": 0, "vintage": 3}
PARTED = tuple(
    code
    for code, each in load_catalogue().indicators.items()
    if each.numerator is not None and each.denominator is not None
)


@given(spoilt=SPOILT, code=st.sampled_from(["PRT-04", *PARTED]))
def test_any_mix_of_cells_gives_the_same_both_ways(
    spoilt: list[tuple[str, tuple[int, int, int], dict[str, float]]], code: str
) -> None:
    indicator = load_catalogue().indicators[code]
    cubes = {
        variable: made(variable, number, low=1, high=90)
        for number, variable in enumerate(required(indicator))
    }
    names = sorted(cubes)
    for side, place, change in spoilt:
        name = names[0] if side == "vic_assisted" else names[-1]
        cubes[name] = changed(cubes[name], place, **{**PLAIN_CELL, **change})
    open_ = {name: unlocked(cube) for name, cube in cubes.items()}

    short, long = (compute_columns(prepare(indicator, each))[1] for each in (cubes, open_))

    for name in ("value", "low", "high", "numerator", "denominator", "counted"):
        np.testing.assert_allclose(
            getattr(short, name), getattr(long, name), rtol=1e-12, err_msg=name
        )
    for name in ("status", "cause", "flags", "crosses", "remarked"):
        np.testing.assert_array_equal(getattr(short, name), getattr(long, name), name)
    lacking = short.status > int(Status.Z)
    assert np.isnan(short.value[lacking]).all(), "no value without a state that has one"
    if short.outcome.result.low is None:
        assert np.isnan(short.low[lacking]).all()
        assert np.isnan(short.high[lacking]).all()


def unlocked(cube: Cube) -> Cube:
    return replace(
        cube,
        **{
            name: getattr(cube, name).copy()
            for name in ("value", "low", "high", "status", "flags", "vintage")
        },
    )


def series(cubes: dict[str, Cube], **asked: object) -> tuple[IndicatorSeries, ...]:
    return tuple(
        replace(
            each, values=tuple(replace(v, low=near(v.low), high=near(v.high)) for v in each.values)
        )
        for each in compute(SHARE, cubes, **asked)  # type: ignore[arg-type]
    )


def near(value: float | None) -> float | None:
    """Both ways round differently in the last digit."""
    return None if value is None else round(value, 10)


def test_none_of_nobody_has_no_range() -> None:
    """0 of 0 among plain shares, where no single share is 0 or 1."""
    place = (0, 1, 2)
    part = changed(made("vic_assisted", 1), place, value=0)
    whole = changed(made("vic_detected", 2, low=60, high=90), place, value=0)

    _, table = compute_columns(prepare(SHARE, {"vic_assisted": part, "vic_detected": whole}))

    assert int(table.status[place]) == int(Status.X)
    assert np.isnan([table.value[place], table.low[place], table.high[place]]).all()
    assert np.isfinite(table.low).sum() == table.low.size - 1


def test_ends_of_plain_shares_are_the_whole_and_nothing() -> None:
    part, whole = made("vic_assisted", 1), made("vic_detected", 2, low=60, high=90)
    full = lock(replace(part, value=whole.value.copy()))

    _, table = compute_columns(prepare(SHARE, {"vic_assisted": full, "vic_detected": whole}))

    assert (table.high == 100.0).all()
    assert (table.value == 100.0).all()
    assert (table.low < 100.0).all()
    assert table.vintages[int(table.vintage[0, 0, 0])] == (3,)
    assert not table.flags.any()


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_none_of_the_cases_has_the_limit_zero_itself(level: float) -> None:
    part = made("vic_assisted", 1, low=0, high=2)
    whole = made("vic_detected", 2, low=5, high=900_000)

    task = prepare(SHARE, {"vic_assisted": part, "vic_detected": whole}, level=level)
    _, table = compute_columns(task)

    none = part.value == 0
    assert none.any()
    assert (table.low[none] == 0.0).all()
    assert (table.low[~none] > 0.0).all()
