"""Everything that must hold before a change goes in: ``python -m tests.check``.

Runs all steps, even after one failed, and ends with one line a step; exit 1 when any failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.places import ROOT

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("import contracts", ("importlinter.cli",)),
    ("translations", ("tests.translations", "check")),
    ("tests", ("pytest", "-n", "2", "--dist", "loadgroup")),
)
LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(arguments: tuple[str, ...]) -> tuple[bool, float]:
    """Run one step; whether it passed, and its seconds."""
    start = time.monotonic()
    command = [sys.executable, "-m", *arguments]
    if arguments[0] == "importlinter.cli":
        command = [sys.executable, "-c", LINTER]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    return done.returncode == 0, time.monotonic() - start


def main() -> int:
    """Run all steps and sum up."""
    results = []
    for name, arguments in STEPS:
        print(f"== {name}", flush=True)
        results.append((name, *run(arguments)))
    print()
    for name, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {name} ({seconds:.0f} s)")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
