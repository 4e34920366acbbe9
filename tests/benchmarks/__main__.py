"""Runs every benchmark: ``python -m tests.benchmarks [NAME ...]``.

Each ``bench_<name>.py`` offers ``main()`` that prints its own lines: the floor, ours and the ratio.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; exit 1 when one could not run."""
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    wanted = [f"bench_{name}" for name in names] or found
    failed = []
    for name in wanted:
        print(f"== {name.removeprefix('bench_')}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{name}"], cwd=ROOT, check=False
        )
        if done.returncode != 0:
            failed.append(name)
    if failed:
        print(f"did not finish: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
