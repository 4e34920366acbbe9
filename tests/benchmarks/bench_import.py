"""Import of a dense text table (50,000 series x 20 years) against the import floor, interleaved.

``python tests/benchmarks/bench_import.py [--rows N] [--rounds N] [--shuffled]`` prints both times,
their ratio (the verdict) and the peak memory of each, every run in a process of its own.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YEARS = range(2004, 2024)
LIMIT = 1.5
"""Ratio to the floor that must not be exceeded."""
MEMORY_MB = 250


def make_file(path: Path, series: int, *, shuffled: bool = False) -> None:
    """A clean long table in the program's own codes, ordered by series and year."""
    random.seed(20120607)
    sexes, ages = ("F", "M"), ("Y0T17", "Y18T29", "Y_GE30", "_U", "Y18T24")
    variables = ("vic_detected", "pro_persons", "cnv_persons", "vic_assisted", "sus_persons")
    areas = max(1, series // (len(sexes) * len(ages) * len(variables)))
    lines = [
        f"{variable},XB-{area:04d},{year},{sex},{age},{int(random.expovariate(0.01))}"
        for variable in variables
        for area in range(areas)
        for sex in sexes
        for age in ages
        for year in YEARS
    ]
    if shuffled:
        random.shuffle(lines)
    path.write_text("variable,area,period,SEX,AGE,value\n" + "\n".join(lines) + "\n", "utf-8")


def run_one(kind: str, data: str, folder: str) -> None:
    """One run in this process; prints seconds and peak memory as JSON."""
    sys.path.insert(0, str(ROOT))
    import resource

    from workbench.services import imports, workspace

    path = Path(folder) / f"{kind}.tipw"
    path.unlink(missing_ok=True)
    if kind == "ours":
        from indicators.catalog import load_catalogue

        load_catalogue()
    with workspace.create(path, area="XVA") as ws:
        db = ws.db
        if kind == "none":
            seconds = 0.0
        elif kind == "floor":
            from tests.benchmarks.floor_import import load

            start = time.perf_counter()
            load(db, Path(data))
            seconds = time.perf_counter() - start
        else:
            start = time.perf_counter()
            report = imports.accept(ws, data).report
            seconds = time.perf_counter() - start
            assert report.rows_imported == report.rows_read - 1, report
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "cpu": cpu}))


def measure(kind: str, data: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", kind, str(data), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--series", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
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
        runs = [
            {kind: measure(kind, data, folder) for kind in ("floor", "ours")}
            for _ in range(options.rounds)
        ]
    medians = {
        kind: statistics.median(run[kind]["seconds"] for run in runs) for kind in ("floor", "ours")
    }
    ratio = statistics.median(run["ours"]["seconds"] / run["floor"]["seconds"] for run in runs)
    peak = {kind: max(run[kind]["peak_mb"] for run in runs) for kind in ("floor", "ours")}
    rows = options.series * len(YEARS)
    print(f"import of {rows:,} rows, {options.rounds} rounds, medians")
    cpu = statistics.median(run["ours"]["cpu"] / run["floor"]["cpu"] for run in runs)
    print(f"  floor {medians['floor']:.2f} s, {peak['floor']:.0f} MB")
    print(f"  ours  {medians['ours']:.2f} s, {peak['ours']:.0f} MB")
    print(f"  ratio of processor time with start-up {cpu:.2f}")
    verdict = "ok" if ratio <= LIMIT and peak["ours"] <= MEMORY_MB else "TOO SLOW"
    print(f"  ratio {ratio:.2f} (limit {LIMIT}), memory limit {MEMORY_MB} MB: {verdict}")
    return 0 if verdict == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
