"""A workbook of 100,000 rows: all its cells read by us against the reading library alone.

``python -m tests.benchmarks.bench_xlsx [--rows N] [--rounds N]``. The floor is one call of the
library in this process; ours checks the archive, starts the child processes, and hands out all rows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1.6
HEADER = ("variable", "area", "year", "sex", "age", "form", "value", "status", "note")


def make_file(path: Path, rows: int) -> None:
    """A workbook with nine columns: codes, years, whole numbers and numbers that are not."""
    import xlsxwriter

    chance = random.Random(20120608)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("data")
    sheet.write_row(0, 0, HEADER)
    for number in range(rows):
        value = chance.expovariate(0.01)
        row = (
            f"victims_{number % 100:02d}",
            f"A{number // 20 % 200:03d}",
            2004 + number % 20,
            chance.choice("FM"),
            chance.choice(("Y0T17", "Y18T29", "Y_GE30")),
            chance.choice(("SEX", "LAB", "_U")),
            round(value) if number % 4 else round(value, 2),
            chance.choice(("A", "A", "A", "E")),
            "from the register" if number % 50 == 0 else None,
        )
        sheet.write_row(number + 1, 0, row)
    book.close()


def run_one(kind: str, path: Path) -> None:
    """One run in this process; prints seconds and processor time (children included) as JSON."""
    if kind == "floor":
        from python_calamine import CalamineWorkbook

        before, start = os.times(), time.perf_counter()
        count = len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    else:
        from workbench.importing.readers import open_raw

        before, start = os.times(), time.perf_counter()
        count = sum(len(part) for part in open_raw(path).tables[0].open_slices(512))
    seconds, after = time.perf_counter() - start, os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    print(json.dumps({"seconds": seconds, "cpu": cpu, "rows": count}))


def measure(kind: str, path: Path) -> dict[str, float]:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_xlsx", "--one", kind, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> int:
    """Print floor, ours, ratio and limit; 1 when it is above the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--one", nargs=2)
    options = parser.parse_args()
    if options.one:
        run_one(options.one[0], Path(options.one[1]))
        return 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "dense.xlsx"
        make_file(path, options.rows)
        runs = [
            {kind: measure(kind, path) for kind in ("floor", "ours")}
            for _ in range(options.rounds)
        ]
    assert all(run["floor"]["rows"] == run["ours"]["rows"] for run in runs)
    ratio, cpu = (
        statistics.median(run["ours"][unit] / run["floor"][unit] for run in runs)
        for unit in ("seconds", "cpu")
    )
    best = min(run["ours"]["seconds"] for run in runs) / min(
        run["floor"]["seconds"] for run in runs
    )
    middle = {
        kind: statistics.median(run[kind]["seconds"] for run in runs) for kind in ("floor", "ours")
    }
    verdict = "ok" if min(ratio, cpu) <= LIMIT else "TOO SLOW"
    print(f"workbook of {options.rows:,} rows, {options.rounds} rounds, medians")
    print(f"  floor {middle['floor']:.2f} s (the library alone)")
    print(f"  ours  {middle['ours']:.2f} s (checked, in a process of its own)")
    print(f"  ratio {ratio:.2f}, of the best rounds {best:.2f}, of processor time {cpu:.2f}")
    print(f"  limit {LIMIT} (time, or processor time on a busy machine): {verdict}")
    return 0 if verdict == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
