"""The project file with a million values: one cube, the digest, and the undo of the import.

``python -m tests.benchmarks.bench_store [--values N]`` prints each time beside a floor measured in
the same run: the plain read of the same rows. Limits are ratios, so that they hold on any machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indicators.errors import N_
from indicators.model.series import Breakdown
from workbench.services.cubes import cube
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace, create
from workbench.store import observations as store

VARIABLES, YEARS = 20, range(2004, 2024)
ROUNDS = 3
LIMITS = {"cube": 3.0, "digest": 6.0, "undo": 0.5}
"""Most times the floor: the cube against the read of its own rows, the rest against all rows."""


def fill(ws: Workspace, values: int) -> None:
    """Import that many values of twenty variables in one act."""
    each = values // (VARIABLES * len(YEARS))
    keys = [
        (f"n_v{v:02d}", f"XB-{n // 40:03d}", Breakdown.of(CIT=f"X{n % 40:02d}"), "persons")
        for v in range(VARIABLES)
        for n in range(each)
    ]
    with ws.write("import", N_("test")) as draft:
        numbers = sorted(store.series_ids(ws.db, "police", keys))
        vintage = store.begin_vintage(ws.db, store.VintageRecord(dataset="police"))
        store.insert_observations(
            ws.db,
            (
                (n, year * 100, vintage, float(n % 50), None, None, 0, 0, 0, 0, n, 5)
                for n in numbers
                for year in YEARS
            ),
        )
        store.settle_delivery(ws.db, draft, vintage, store.Mode.REPLACE)
        store.after_load(ws.db)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def read_all(ws: Workspace) -> None:
    """The floor of the digest: every row as tuples."""
    for _row in ws.db.execute("select * from observation"):
        pass


def fresh_cube(ws: Workspace) -> None:
    """A cube that is not in memory yet."""
    ws.cache.clear()
    made = cube(ws, "n_v07")
    assert made.value.size >= 1000


def read_one(ws: Workspace) -> None:
    """The floor of the cube: the rows of one variable as tuples."""
    ws.db.execute(
        "select o.* from series s join observation o on o.series_id = s.id"
        " where s.variable_id = (select id from variable where code = 'n_v07')"
    ).fetchall()


def main() -> int:
    """Print times, floors and ratios; 1 when one is above its limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--values", type=int, default=1_000_000)
    values = parser.parse_args().values
    failed = 0
    with tempfile.TemporaryDirectory() as name, create(Path(name) / "w.tipw", area="XVA") as ws:
        print(f"{values:,} values: imported in {seconds(lambda: fill(ws, values)):.1f} s")
        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for label, work in (
                ("all rows", read_all), ("rows of one", read_one), ("cube", fresh_cube),
                ("digest", content_digest), ("undo", undo), ("redo", redo),
            ):  # fmt: skip
                times.setdefault(label, []).append(seconds(lambda work=work: work(ws)))
        middle = {label: statistics.median(found) for label, found in times.items()}
        for label, floor in (
            ("cube", "rows of one"),
            ("digest", "all rows"),
            ("undo", "all rows"),
        ):
            ratio = middle[label] / middle[floor]
            is_slow = ratio > LIMITS[label]
            failed |= is_slow
            print(
                f"  {label} {middle[label] * 1000:.0f} ms, {floor} {middle[floor] * 1000:.0f} ms, "
                f"ratio {ratio:.2f} (limit {LIMITS[label]}): {'TOO SLOW' if is_slow else 'ok'}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
