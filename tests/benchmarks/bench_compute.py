"""Indicators from cubes in memory, beside bare NumPy that does the same arithmetic.

Dense data: 50,000 series x 20 years = 1M observations a variable. The floors are the division
alone, and the division with the equation of the Wilson range; neither matches labels, carries
states, bounds, flags or lineage, or says why a value is missing.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from indicators.catalog import load_catalogue
from indicators.compute.indicator import compute, compute_columns, prepare
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube, Floats

ROUNDS = 7
YEARS = 20
DENSE = (100, 500, YEARS)
HUNDRED = (10, 100, YEARS)


def cube(variable: str, shape: tuple[int, int, int], low: int, high: int, seed: int) -> Cube:
    """A cube without gaps, cut by form and sex."""
    draw = np.random.default_rng(seed)
    cuts = [Breakdown.of(FORM=f"LAB_{n}", SEX=sex) for n in range(50) for sex in "MF"]
    empty = np.full(shape, np.nan)
    return Cube(
        variable=variable,
        unit="persons",
        breakdowns=tuple([Breakdown(), *cuts][: shape[0]]),
        areas=tuple(f"A{n}" for n in range(shape[1])),
        periods=tuple(Period.of_year(2000 + n) for n in range(shape[2])),
        value=draw.integers(low, high, shape).astype(np.float64),
        low=empty,
        high=empty,
        status=np.full(shape, int(Status.A), dtype=np.int64),
        flags=np.zeros(shape, dtype=np.int64),
        vintage=np.full(shape, 3, dtype=np.int64),
    )


def divided(part: Floats, whole: Floats) -> Floats:
    """The division alone."""
    return part / whole * 100


def with_range(part: Floats, whole: Floats) -> tuple[Floats, Floats, Floats]:
    """The division and the equation of Wilson."""
    z2 = 1.959963984540054**2
    share = part / whole
    centre = share + z2 / (2 * whole)
    half = np.sqrt(z2 * (share * (1 - share) / whole + z2 / (4 * whole**2)))
    scale = 1 + z2 / whole
    return share * 100, (centre - half) / scale * 100, (centre + half) / scale * 100


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(works: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median time of each, all measured in turn in every round."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: statistics.median(each) for name, each in times.items()}


def show(title: str, found: dict[str, float], floor: str) -> None:
    """One line a way, with its ratio to the floor."""
    print(title)
    for name, each in found.items():
        print(f"  {name:<44}{each * 1000:9.1f} ms  {each / found[floor]:7.2f} x")


def main() -> None:
    """Measure and print."""
    indicator = load_catalogue().indicators["PRT-04"]
    part = cube("vic_assisted", DENSE, 1, 100, 1)
    whole = cube("vic_detected", DENSE, 100, 200, 2)
    cubes = {"vic_assisted": part, "vic_detected": whole}
    found = interleaved(
        {
            "floor: division": lambda: divided(part.value, whole.value),
            "floor: division and Wilson range": lambda: with_range(part.value, whole.value),
            "ours, arrays": lambda: compute_columns(prepare(indicator, cubes)),
            "ours, the 100 series of one area": lambda: compute(indicator, cubes, areas=("A7",)),
        }
    )
    show("one indicator, 1M observations a variable", found, "floor: division and Wilson range")
    once = seconds(lambda: compute(indicator, cubes))
    print(f"  ours, all 50,000 series as objects (once)   {once * 1000:9.1f} ms")

    pairs = [
        (
            cube("vic_assisted", HUNDRED, 1, 100, n),
            cube("vic_detected", HUNDRED, 100, 200, n + 500),
        )
        for n in range(100)
    ]
    found = interleaved(
        {
            "floor: division": lambda: [divided(a.value, b.value) for a, b in pairs],
            "floor: division and Wilson range": lambda: [
                with_range(a.value, b.value) for a, b in pairs
            ],
            "ours, arrays": lambda: [
                compute_columns(prepare(indicator, {"vic_assisted": a, "vic_detected": b}))
                for a, b in pairs
            ],
        }
    )
    show("100 indicators, 2M cells", found, "floor: division and Wilson range")

    cold = interleaved({"loading the built-in catalogue": load_catalogue.__wrapped__}, rounds=5)
    show("catalogue", cold, "loading the built-in catalogue")


if __name__ == "__main__":
    main()
