"""All checks of a project with a million values: the file, the kept original, imports, and data.

``python -m tests.benchmarks.bench_checks [--series N] [--rounds N]``. The floor is the plain read of
the same rows; the target is in seconds of processor time, because it is what a person waits for on
a machine that is not busy with something else.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_import import YEARS, make_file
from tests.benchmarks.bench_store import read_all
from workbench.services import imports
from workbench.services.checks import check
from workbench.services.workspace import Workspace, create

LIMIT_S = 5.0


def timed(ws: Workspace) -> tuple[float, float, float, int]:
    """Processor seconds of the floor and of ours, clock seconds of ours, and what was found."""
    start = time.process_time()
    read_all(ws)
    floor = time.process_time() - start
    ws.cache.clear()
    clock, start = time.perf_counter(), time.process_time()
    found = check(ws)
    assert found.integrity
    return floor, time.process_time() - start, time.perf_counter() - clock, len(found.findings)


def main() -> int:
    """Print floor, ours, ratio and target; 1 when it is above the target."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--series", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "dense.csv"
        make_file(data, options.series)
        with create(Path(name) / "w.tipw", area="XVA") as ws:
            imports.accept(ws, data)
            runs = [timed(ws) for _ in range(options.rounds)]
    floor, ours, clock, found = (statistics.median(column) for column in zip(*runs, strict=True))
    verdict = "ok" if ours <= LIMIT_S else "TOO SLOW"
    print(
        f"all checks on {options.series * len(YEARS):,} values, {options.rounds} rounds, medians"
    )
    print(f"  floor {floor:.2f} s (plain read of the rows)")
    print(f"  ours  {ours:.2f} s of processor time, {clock:.2f} s by the clock, {found} findings")
    print(f"  ratio {ours / floor:.1f}, target {LIMIT_S:.0f} s: {verdict}")
    return 0 if verdict == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
