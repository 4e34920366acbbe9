"""Import of a dense text table (series x 20 years) against the import floor, interleaved.

``python -m tests.benchmarks.bench_import [--series N] [--rounds N] [--large N] [--shuffled]`` prints
floor, ours and their ratio at a million rows, then seconds a million rows and peak memory from
62,000 to four million rows. Every run is a process of its own that makes a project and imports.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YEARS = range(2004, 2024)
LIMIT = 1.3
"""Ratio to the floor that must not be exceeded."""
MEMORY_MB = 200
"""Peak memory at the largest size."""
SIZES = (3_125, 12_500, 50_000, 200_000)
"""Series; times twenty years: 62,500, 250,000, one and four million rows."""
GROWTH = 1.3
"""Most that a million rows may cost at the largest size, of their cost at the smallest."""


def make_file(path: Path, series: int, *, shuffled: bool = False) -> None:
    """A clean long table in the program's own codes, ordered by series and year."""
    random.seed(20120607)
    sexes, ages = ("F", "M"), ("Y0T17", "Y18T29", "Y_GE30", "_U", "Y18T24")
    variables = ("vic_detected", "pro_persons", "cnv_persons", "vic_assisted", "sus_persons")
    areas = max(1, series // (len(sexes) * len(ages) * len(variables)))
    lines: Iterator[str] = (
        f"{variable},XB-{area:04d},{year},{sex},{age},{int(random.expovariate(0.01))}\n"
        for variable in variables
        for area in range(areas)
        for sex in sexes
        for age in ages
        for year in YEARS
    )
    if shuffled:
        mixed = list(lines)
        random.shuffle(mixed)
        lines = iter(mixed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("variable,area,period,SEX,AGE,value\n")
        stream.writelines(lines)


def peak_mb() -> float:
    """Most memory this process held; not that of the process it was started by."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_one(kind: str, data: str, folder: str) -> None:
    """One run in this process; prints seconds and peak memory as JSON."""
    sys.path.insert(0, str(ROOT))
    from workbench.services import imports, workspace

    path = Path(folder) / f"{kind}.tipw"
    path.unlink(missing_ok=True)
    if kind == "ours":
        from indicators.catalog import load_catalogue

        load_catalogue()
    with workspace.create(path, area="XVA") as ws:
        db = ws.db
        start, cpu = time.perf_counter(), time.process_time()
        if kind == "floor":
            from tests.benchmarks.floor_import import load

            load(db, Path(data))
        else:
            report = imports.accept(ws, data).report
            assert report.rows_imported == report.rows_read - 1, report
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb(), "cpu": cpu}))


def measure(kind: str, data: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", kind, str(data), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def against_floor(data: Path, folder: Path, rows: int, rounds: int) -> bool:
    """Print floor, ours and ratio; whether ours is fast enough."""
    kinds = ("floor", "ours")
    runs = [{kind: measure(kind, data, folder) for kind in kinds} for _ in range(rounds)]
    seconds, cpu = (
        statistics.median(run["ours"][unit] / run["floor"][unit] for run in runs)
        for unit in ("seconds", "cpu")
    )
    print(f"import of {rows:,} rows, {rounds} rounds, medians")
    for kind in kinds:
        middle = statistics.median(run[kind]["seconds"] for run in runs)
        used = statistics.median(run[kind]["cpu"] for run in runs)
        peak = max(run[kind]["peak_mb"] for run in runs)
        print(f"  {kind:5s} {middle:.2f} s, {used:.2f} s of processor time, {peak:.0f} MB")
    is_fast = min(seconds, cpu) <= LIMIT
    verdict = "ok" if is_fast else "TOO SLOW"
    print(f"  ratio {seconds:.2f}, of processor time {cpu:.2f} (target {LIMIT}): {verdict}")
    return is_fast


def by_size(folder: Path, rounds: int) -> bool:
    """Print the cost of a million rows and the memory at every size; whether both stay low."""
    cost: dict[int, float] = {}
    print("the same at other sizes, processor seconds for a million rows, best rounds")
    peak = 0.0
    for series in SIZES:
        data, rows = folder / f"{series}.csv", series * len(YEARS)
        make_file(data, series)
        runs = [measure("ours", data, folder) for _ in range(rounds)]
        floor = measure("floor", data, folder)
        cost[series] = min(run["cpu"] for run in runs) / rows * 1e6
        peak = max(run["peak_mb"] for run in runs)
        print(
            f"  {rows:9,} rows: ours {cost[series]:.2f} s and {peak:.0f} MB, "
            f"floor {floor['cpu'] / rows * 1e6:.2f} s and {floor['peak_mb']:.0f} MB",
            flush=True,
        )
        data.unlink()
    growth = cost[SIZES[-1]] / cost[SIZES[0]]
    is_good = growth <= GROWTH and peak <= MEMORY_MB
    print(
        f"  largest to smallest {growth:.2f} (target {GROWTH}), {peak:.0f} MB at the largest "
        f"(target {MEMORY_MB}): {'ok' if is_good else 'TOO SLOW OR TOO LARGE'}"
    )
    return is_good


def main() -> int:
    """Print all figures; 1 when one misses its target."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--series", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=2, help="rounds of every size; 0: none")
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--one", nargs=3)
    options = parser.parse_args()
    if options.one:
        run_one(*options.one)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "dense.csv"
        make_file(data, options.series, shuffled=options.shuffled)
        rows = options.series * len(YEARS)
        is_good = against_floor(data, folder, rows, options.rounds)
        if options.large:
            is_good &= by_size(folder, options.large)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
