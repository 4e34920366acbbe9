"""Indicators from cubes in memory and from the project file, beside bare NumPy.

What the floors do, and what they do not:

- *division*: numerator over denominator times 100, infinite results made empty. For the project
  file it is one division of all arrays whose results are counted and added up once, in a fresh
  process: so the "array floor" of the table of targets was measured, which has no ranges. Its
  values have the gaps of that table too: a fifth of the cells is not there, some are missing.
- *division and ranges*: the same and the limits of Wilson for every cell. Our result always has
  its ranges, so this is the floor of the ratio for results in memory, whose arrays have no gaps.

Neither floor matches labels, carries states, bounds, flags or lineage, looks whether a part is
larger than its whole, or says why a value is missing. Ours does; reasons, cautions and lineage are
worked out when the values of a series are read ("as objects").

Times are those of this process alone (``time.process_time``), so that other programs on the machine
do not decide; all ways are measured in turn in every round, and medians are shown. Cubes cannot be
written to, as in an open project, so that what holds for a whole cube is found once and kept.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indicators.catalog import load_catalogue
from indicators.compute.indicator import compute, compute_columns, prepare
from indicators.errors import N_
from indicators.model.codes import Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.series import Breakdown, Cube, Floats, Integers
from tests.places import ROOT
from workbench.services.cubes import cube as stored_cube
from workbench.services.cubes import several
from workbench.services.workspace import Workspace, create
from workbench.store import observations as store

ROUNDS = 7
YEARS = 20
DENSE = (100, 500, YEARS)
HUNDRED = (10, 100, YEARS)
TARGETS = {"warm": 2.0, "cold": 70.0, "one": 0.050}
"""Times the floor of its table, and seconds, which are only reported."""
MARGIN = 1.5
"""A ratio fails the run above this many times its target: other work on the machine adds to it."""
CUTS = [Breakdown.of(FORM=f"LAB_{n}", SEX=sex) for n in range(50) for sex in "MF"]


def cube(variable: str, shape: tuple[int, int, int], low: int, high: int, seed: int) -> Cube:
    """A cube without gaps, cut by form and sex."""
    draw = np.random.default_rng(seed)
    empty = np.full(shape, np.nan)
    arrays: dict[str, Floats] = {
        "value": draw.integers(low, high, shape).astype(np.float64),
        "low": empty,
        "high": empty,
    }
    states: dict[str, Integers] = {
        "status": np.full(shape, int(Status.A), dtype=np.int64),
        "flags": np.zeros(shape, dtype=np.int64),
        "vintage": np.full(shape, 3, dtype=np.int64),
    }
    for array in (*arrays.values(), *states.values()):
        array.setflags(write=False)
    return Cube(
        variable=variable,
        unit="persons",
        breakdowns=tuple([Breakdown(), *CUTS][: shape[0]]),
        areas=tuple(f"A{n}" for n in range(shape[1])),
        periods=tuple(Period.of_year(2000 + n) for n in range(shape[2])),
        value=arrays["value"],
        low=arrays["low"],
        high=arrays["high"],
        status=states["status"],
        flags=states["flags"],
        vintage=states["vintage"],
    )


def divided(part: Floats, whole: Floats) -> Floats:
    """The division alone."""
    with np.errstate(all="ignore"):
        found = part / whole
        found *= 100
        found[np.isinf(found)] = np.nan
    return found


FRESH = """
import sys, time
import numpy as np
from tests.benchmarks.bench_compute import divided, gappy
shape = tuple(int(part) for part in sys.argv[1].split(","))
values, _ = gappy(shape)
above, below = values[:100].reshape(10, 10, *shape), values[100:][None]
start = time.process_time()
found = divided(above, below)
np.isfinite(found).sum(), np.nansum(found)
print(time.process_time() - start)
"""


def gappy(shape: tuple[int, int, int]) -> tuple[Floats, NDArray[np.bool_]]:
    """A hundred numerators and ten denominators with the gaps of the table of targets.

    Returns:
        Skewed counts, some of them 0 and two of a hundred missing, of shape ``(110, *shape)``,
        and which cells are there at all: four of five. Missing or not there, a value is nan.
    """
    draw = np.random.default_rng(5)
    values = draw.negative_binomial(2, 0.01, (110, *shape)).astype(np.float64)
    values[100:] *= 1000
    is_there = draw.random(values.shape) < 0.8
    values[~is_there | (draw.random(values.shape) < 0.02)] = np.nan
    return values, is_there


def fresh_floor(rounds: int = 15) -> float:
    """Seconds to divide all at once, count and add up, in a process whose memory is not yet used.

    So the floor of the table of targets was measured.
    """
    shape = ",".join(map(str, HUNDRED))
    found = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, "-c", FRESH, shape],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(float(done.stdout))
    return statistics.median(found)


def with_range(part: Floats, whole: Floats) -> tuple[Floats, Floats, Floats]:
    """The division and the equation of Wilson."""
    z2 = 1.959963984540054**2
    share = part / whole
    centre = share + z2 / (2 * whole)
    half = np.sqrt(z2 * (share * (1 - share) / whole + z2 / (4 * whole**2)))
    scale = 1 + z2 / whole
    return share * 100, (centre - half) / scale * 100, (centre + half) / scale * 100


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


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
        print(f"  {name:<48}{each * 1000:9.1f} ms  {each / found[floor]:7.2f} x")


def judged(name: str, value: float) -> bool:
    """Print how a result stands to its target; False for a ratio that fails the run."""
    target = TARGETS[name]
    state = "met" if value <= target else "missed"
    if name == "one":
        print(f"  one indicator {value * 1000:.0f} ms, target {target * 1000:.0f} ms: {state}")
        return True
    good = value <= MARGIN * target
    print(f"  {name} {value:.2f} x, target {target:g} x: {state}{'' if good else ', TOO SLOW'}")
    return good


def arrays_of(indicator: Indicator, cubes: Mapping[str, Cube]) -> object:
    """One indicator as arrays with ranges."""
    return compute_columns(prepare(indicator, cubes))


def large(indicator: Indicator) -> None:
    """One indicator over a million cells."""
    part = cube("vic_assisted", DENSE, 1, 100, 1)
    whole = cube("vic_detected", DENSE, 100, 200, 2)
    cubes = {"vic_assisted": part, "vic_detected": whole}
    found = interleaved(
        {
            "floor: division": lambda: divided(part.value, whole.value),
            "floor: division and ranges": lambda: with_range(part.value, whole.value),
            "ours, arrays": lambda: arrays_of(indicator, cubes),
            "ours, the 100 series of one area as objects": lambda: compute(
                indicator, cubes, areas=("A7",)
            ),
        }
    )
    show("one indicator, 1M cells in memory", found, "floor: division and ranges")


def hundred(indicator: Indicator) -> bool:
    """A hundred indicators over two million cells in memory."""
    pairs = [
        (
            cube("vic_assisted", HUNDRED, 1, 100, n),
            cube("vic_detected", HUNDRED, 100, 200, n + 500),
        )
        for n in range(100)
    ]

    def floor(work: Callable[[Floats, Floats], object]) -> None:
        for a, b in pairs:
            work(a.value, b.value)

    def ours() -> None:
        for a, b in pairs:
            arrays_of(indicator, {"vic_assisted": a, "vic_detected": b})

    found = interleaved(
        {
            "floor: division": lambda: floor(divided),
            "floor: division and ranges": lambda: floor(with_range),
            "ours, arrays": ours,
        }
    )
    show("100 indicators, 2M cells in memory", found, "floor: division and ranges")
    return judged("warm", found["ours, arrays"] / found["floor: division and ranges"])


# from the project file -------------------------------------------------------------------------


def fill(ws: Workspace) -> None:
    """A hundred numerators and ten denominators of 20,000 cells, with gaps."""
    values, is_there = gappy(HUNDRED)
    keys = [
        (f"n_v{number:03d}", f"XB-{area:03d}", cut, "persons")
        for number in range(len(values))
        for cut in [Breakdown(), *CUTS][: HUNDRED[0]]
        for area in range(HUNDRED[1])
    ]
    with ws.write("import", N_("test")) as draft:
        numbers = store.series_ids(ws.db, "police", keys)
        vintage = store.begin_vintage(ws.db, store.VintageRecord(dataset="police"))
        places = np.repeat(numbers, YEARS)[is_there.ravel()].tolist()
        years = np.tile(np.arange(YEARS), len(numbers))[is_there.ravel()].tolist()
        counts = values[is_there].tolist()
        rows = (
            (place, (2000 + year) * 100, vintage, None if count != count else count, None, None,
             int(Status.M if count != count else Status.A), 0, 0, 0, row, 5)
            for row, (place, year, count) in enumerate(zip(places, years, counts, strict=True))
        )  # fmt: skip
        store.insert_observations(ws.db, rows)
        store.settle_delivery(ws.db, draft, vintage, store.Mode.REPLACE)
        store.after_load(ws.db)


def from_file(indicator: Indicator) -> bool:
    """The same from the project file: everything cold, and one indicator cold."""
    assert indicator.numerator is not None
    assert indicator.denominator is not None
    entries = [
        (
            replace(
                indicator,
                numerator=replace(indicator.numerator, formula=f"n_v{n:03d}"),
                denominator=replace(indicator.denominator, formula=f"n_v{100 + n % 10}"),
            ),
            f"n_v{n:03d}",
            f"n_v{100 + n % 10}",
        )
        for n in range(100)
    ]
    array = "floor: division of all, counted and added up"
    with tempfile.TemporaryDirectory() as name, create(Path(name) / "w.tipw", area="XVA") as ws:
        fill(ws)

        def some(wanted: list[tuple[Indicator, str, str]], *, cold: bool) -> None:
            if cold:
                ws.cache.clear()
            for entry, top, bottom in wanted:
                arrays_of(entry, several(ws, (top, bottom)))

        def floor() -> None:
            for top, bottom in held:
                with_range(top, bottom)

        held = [
            (stored_cube(ws, top).value, stored_cube(ws, bottom).value)
            for _, top, bottom in entries
        ]
        found = interleaved(
            {
                "floor: division and ranges": floor,
                "ours, cold": lambda: some(entries, cold=True),
                "ours, later": lambda: some(entries, cold=False),
                "ours, one indicator, cold": lambda: some(entries[:1], cold=True),
            },
            rounds=5,
        )
        found = {array: fresh_floor(), **found}
        values = ws.db.execute("select count(*) from observation").fetchone()[0]
        show(f"100 indicators, 2M cells, project of {values:,} values", found, array)
    good = judged("cold", found["ours, cold"] / found[array])
    good &= judged("warm", found["ours, later"] / found[array])
    return judged("one", found["ours, one indicator, cold"]) and good


def main() -> int:
    """Measure and print; 1 when a ratio is far above its target."""
    indicator = load_catalogue().indicators["PRT-04"]
    large(indicator)
    good = hundred(indicator)
    good &= from_file(indicator)
    cold = interleaved({"loading the built-in catalogue": load_catalogue.__wrapped__}, rounds=5)
    show("catalogue", cold, "loading the built-in catalogue")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
