"""A yearly update: 17k rows as a new version of a source with 233k, and the difference report.

The floor is the bare insert of the same rows. ``python -m tests.benchmarks.bench_revisions``
prints both times and their ratio, which must stay under the limit.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from indicators.errors import N_
from indicators.model.series import Breakdown
from workbench.services.history import undo
from workbench.services.revisions import compare_vintages
from workbench.services.workspace import Workspace, create
from workbench.store import observations as store

SERIES, YEARS = 17_000, range(2004, 2018)
LIMIT = 2.5


def fill(ws: Workspace) -> list[int]:
    """A source with about 233,000 values; numbers of its series."""
    keys = [
        ("vic_detected", f"XB-{n // 100:03d}", Breakdown.of(CIT=f"X{n % 100:02d}"), "persons")
        for n in range(SERIES)
    ]
    with ws.write("import", N_("test")) as draft:
        numbers = sorted(store.series_ids(ws.db, "police", keys))
        vintage = store.begin_vintage(ws.db, store.VintageRecord(dataset="police"))
        held = [
            (n, year * 100, vintage, float(n % 50), None, None, 0, 0, 0, 0, n, 5)
            for place, n in enumerate(numbers)
            for year in YEARS
            if year > YEARS[0] or place >= 5_000
        ]
        assert len(held) == 233_000
        store.insert_observations(ws.db, held)
        store.settle_delivery(ws.db, draft, vintage, store.Mode.REPLACE)
        store.after_load(ws.db)
    return numbers


def update(ws: Workspace, numbers: list[int], *, report: bool) -> float:
    """Seconds for one new version of a row a series, with or without the difference report."""
    rows = [
        (n, 201700 if n % 3 else 201800, float(n % 49), None, None, 0, 0, 0, 0, n, 5)
        for n in numbers
    ]
    start = time.perf_counter()
    with ws.write("import", N_("test")) as draft:
        record = store.VintageRecord(dataset="police", mode=store.Mode.APPEND)
        vintage = store.begin_vintage(ws.db, record)
        store.insert_observations(ws.db, ((n, p, vintage, *rest) for n, p, *rest in rows))
        if report:
            store.settle_delivery(ws.db, draft, vintage, store.Mode.APPEND)
    if report:
        found = compare_vintages(ws, 1, vintage)
        assert found.unchanged + found.changed + found.new + found.gone == found.total
        assert found.changed > 5_000
        assert found.new > 5_000
    seconds = time.perf_counter() - start
    if report:
        undo(ws)
    with ws.write("purge", N_("test")):
        store.purge_vintage(ws.db, vintage)
    return seconds


def main() -> int:
    """Print the floor, ours and the ratio; 1 when it is above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, create(Path(name) / "w.tipw", area="XVA") as ws:
        numbers = fill(ws)
        pairs = [
            (update(ws, numbers, report=False), update(ws, numbers, report=True))
            for _ in range(rounds)
        ]
    floor, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(second / first for first, second in pairs)
    verdict = "ok" if ratio <= LIMIT else "TOO SLOW"
    print(f"17,000 rows as a new version of 233,000 and their differences, {rounds} rounds")
    print(f"  bare insert {floor * 1000:.0f} ms")
    print(f"  insert and report {ours * 1000:.0f} ms")
    print(f"  ratio {ratio:.2f} (limit {LIMIT}): {verdict}")
    return 0 if verdict == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
