"""The index under every combination of choices: published case, goalposts, runs, places."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from indicators.composite.index import (
    Component,
    Index,
    Run,
    combined,
    index,
    normalised,
    variance_shares,
    weight_sets,
)
from tests.indicators.made import published


def _member(code: str, *values: float, **more: object) -> Component:
    row = np.array(values, dtype=np.float64)
    return Component(code=code, values=row, low=row, high=row, **more)  # type: ignore[arg-type]


def test_published_case_is_met() -> None:
    if published is None:
        pytest.skip("no shared cases")
    import csv
    import json

    from tests.places import SHARED

    if SHARED is None:
        pytest.skip("the published cases are not here")
    folder = SHARED / "reference"
    case = json.loads((folder / "s17_composite_3p.json").read_text(encoding="utf-8"))
    with (folder / "s17_composite_3p.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name != "country"]
    settings, expected = case["settings"], case["expected"]
    pillars = {
        column: pillar for pillar, columns in settings["pillars"].items() for column in columns
    }
    weights = dict(zip(settings["pillars"], settings["pillar_weights"], strict=True))
    components = [
        _member(
            name,
            *(float(row[name]) for row in rows),
            sign=sign,
            pillar=pillars[name],
            weight=weights[pillars[name]] / 2,
        )
        for name, sign in zip(names, settings["direction"], strict=True)
    ]
    found = index(components, normalisation="minmax", aggregation="arithmetic")
    assert found.scores == pytest.approx(expected["arithmetic"]["value"], abs=1e-6)
    geometric = index(components, normalisation="minmax", aggregation="geometric")
    wanted = np.array(expected["geometric_1_100"]["value"])
    assert 1 + 0.99 * geometric.scores == pytest.approx(wanted, abs=1e-6)


def test_min_max_scores_of_earlier_years_move_when_a_later_year_comes() -> None:
    early, late = [10.0, 20.0, 30.0], [10.0, 20.0, 30.0, 90.0]
    posts = (0.0, 100.0)

    moved = [normalised(_member("a", *row), "minmax")[1] for row in (early, late)]
    fixed = [normalised(_member("a", *row, posts=posts), "goalposts")[1] for row in (early, late)]

    assert moved[0] != moved[1]
    assert fixed[0] == fixed[1] == pytest.approx(20)


@pytest.mark.parametrize("how", ["goalposts", "baseline", "minmax", "zscore", "rank"])
def test_lower_is_better_turns_the_scale(how: str) -> None:
    up = normalised(_member("a", 1, 2, 4, 8, posts=(0, 10)), how)  # type: ignore[arg-type]
    down = normalised(_member("a", 1, 2, 4, 8, posts=(0, 10), sign=-1), how)  # type: ignore[arg-type]

    assert (np.diff(up) >= 0).all()
    assert (np.diff(down) <= 0).all()
    assert ((up >= 0) & (up <= 100)).all()


def test_every_combination_is_a_run_and_the_one_asked_for_comes_first() -> None:
    members = [
        _member("a", 10, 20, 30, 40, posts=(0, 100)),
        _member("b", 50, 40, 60, 80, posts=(0, 100)),
        _member("c", 5, 5, 10, 20, posts=(0, 50)),
    ]
    found = index(
        members, normalisation="goalposts", aggregation="geometric", others=("minmax", "rank")
    )

    assert len(weight_sets(members)) == 8
    assert len(found.runs) == 3 * 2 * 8 * 4
    first = found.runs[0]
    assert (first.normalisation, first.aggregation, first.weights, first.left_out) == (
        "goalposts", "geometric", "given", "",
    )  # fmt: skip
    assert (
        len({(r.normalisation, r.aggregation, r.weights, r.left_out) for r in found.runs}) == 192
    )
    assert (found.low <= found.scores).all()
    assert (found.scores <= found.high).all()
    assert found.agreement() == 1.0


def test_weak_pillar_is_not_bought_off_by_the_geometric_mean() -> None:
    members, weights = np.array([[90.0], [90.0], [10.0]]), np.array([0.5, 0.5, 1.0])
    pillars = ["x", "x", "y"]

    arithmetic, geometric = (
        combined(members, weights, pillars, how)[0] for how in ("arithmetic", "geometric")
    )

    assert arithmetic == pytest.approx(50)
    assert geometric < 35


def test_too_little_known_weight_gives_no_score() -> None:
    nothing = float("nan")
    found = index(
        [_member("a", 1, 2, posts=(0, 4)), _member("b", nothing, 2, posts=(0, 4))],
        normalisation="goalposts",
        aggregation="arithmetic",
    )

    assert np.isnan(found.scores[0])
    assert found.scores[1] == pytest.approx(50)
    assert found.present.tolist() == [0.5, 1.0]


def test_ends_of_ranges_give_the_worst_and_the_best_score() -> None:
    row = np.array([10.0, 20.0])
    better = Component(code="a", values=row, low=row - 5, high=row + 5, posts=(0.0, 100.0))
    lower = Component(code="b", values=row, low=row - 5, high=row + 5, posts=(0.0, 100.0), sign=-1)
    found = index([better, lower], normalisation="goalposts", aggregation="arithmetic")

    assert found.scores[0] == pytest.approx(50)
    assert found.worst[0] == pytest.approx(45)
    assert found.best[0] == pytest.approx(55)


def test_shares_of_the_variance_are_exact() -> None:
    """y = 10 scale + 2 mean + their product: known parts, computed by hand."""
    runs = [
        Run(
            normalisation=scale, aggregation=mean, weights="given", left_out="",
            scores=np.array([10.0 * s + 2.0 * m + 4.0 * s * m]),
        )
        for s, scale in enumerate(("goalposts", "minmax"))
        for m, mean in enumerate(("arithmetic", "geometric"))
    ]  # fmt: skip
    first, total = variance_shares(runs)  # type: ignore[arg-type]

    # main effects 12 and 4, interaction 4: variances 36, 4 and 1
    assert first["normalisation"] == pytest.approx(36 / 41)
    assert first["aggregation"] == pytest.approx(4 / 41)
    assert total["normalisation"] == pytest.approx(37 / 41)
    assert first["weights"] == 0
    assert total["left_out"] == pytest.approx(0, abs=1e-12)


def test_places_of_regions_overlap_where_choices_decide() -> None:
    found = index(
        [
            _member("a", 90, 52, 50, 5, posts=(0, 100)),
            _member("b", 85, 50, 52, 10, posts=(0, 100)),
        ],
        normalisation="goalposts",
        aggregation="arithmetic",
        others=("minmax", "rank"),
        ranked=np.array([True, True, True, False]),
    )

    assert (found.rank_low[0], found.rank_high[0]) == (1, 1)
    assert (found.rank_low[1], found.rank_high[1]) == (2, 3)
    assert (found.rank_low[2], found.rank_high[2]) == (2, 3)
    assert np.isnan(found.rank_low[3])


def test_alpha_and_correlations() -> None:
    rows = [(1.0, 2.0, 3.0, 4.0), (2.0, 4.0, 6.0, 8.0), (4.0, 3.0, 2.0, 1.0)]
    members = [
        _member(name, *row, posts=(0, 8), pillar="p")
        for name, row in zip("abc", rows, strict=True)
    ]
    found = index(members, normalisation="goalposts", aggregation="arithmetic")

    assert found.correlations[0, 1] == pytest.approx(1)
    assert found.correlations[0, 2] == pytest.approx(-1)
    whole = np.array(rows).sum(axis=0)
    parts = sum(np.var(row, ddof=1) for row in rows)
    assert found.alpha["p"] == pytest.approx(1.5 * (1 - parts / np.var(whole, ddof=1)))


def test_part_of_the_units_keeps_what_was_computed() -> None:
    members = [_member("a", 1, 2, 4, posts=(0, 8)), _member("b", 8, 4, 2, posts=(0, 8))]
    whole = index(members, normalisation="minmax", aggregation="arithmetic")
    part: Index = whole.take(np.array([False, True, True]))

    assert part.scores.tolist() == whole.scores[1:].tolist()
    assert all(run.scores.size == 2 for run in part.runs)
    assert not any(a is b for a, b in pairwise(part.runs))
