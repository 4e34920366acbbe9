"""Start to first paint of the window against a bare ``QMainWindow``, in interleaved processes.

Run: ``python -m tests.benchmarks.bench_start``. The ratio decides, the seconds are only reported.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
TARGET = 2.5
LIMIT = 3.75
HOOK = "TIP_WORKBENCH_FIRST_PAINT"
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    told = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.told:
            self.told = True
            QTimer.singleShot(0, done)
def done():
    open(sys.argv[1], "w").write(f"{time.time():.6f}\\n")
    app.quit()
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


def first_paint(kind: str, folder: Path) -> tuple[float, str]:
    """Seconds from the start of the process to the first paint, and what heavy was loaded."""
    told = folder / f"{kind}-{time.monotonic_ns()}"
    command = {
        "bare": [sys.executable, "-c", BARE, str(told)],
        "window": [sys.executable, "-m", "ui"],
    }[kind]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        HOOK: str(told),
        "XDG_CONFIG_HOME": str(folder),
        "QT_LOGGING_RULES": "*=false",
        # installed programs have compiled modules; so do both sides here
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    subprocess.run(command, env=environment, check=True, timeout=60, capture_output=True)
    lines = told.read_text(encoding="utf-8").splitlines()
    return float(lines[0]) - start, lines[1] if len(lines) > 1 else ""


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of both and their ratio."""
    times: dict[str, list[float]] = {"bare": [], "window": []}
    loaded = ""
    with tempfile.TemporaryDirectory() as place:
        for kind in times:
            first_paint(kind, Path(place))  # warm file caches
        for _round in range(rounds):
            for kind, kept in times.items():
                seconds, names = first_paint(kind, Path(place))
                kept.append(seconds)
                loaded = names or loaded
    medians = {kind: statistics.median(kept) for kind, kept in times.items()}
    print(f"bare window    {medians['bare'] * 1000:7.0f} ms")
    print(f"our window     {medians['window'] * 1000:7.0f} ms")
    print(f"ratio          {medians['window'] / medians['bare']:7.2f}   target {TARGET}")
    print(f"heavy packages loaded at first paint: {loaded or 'none'}")
    return {**medians, "ratio": medians["window"] / medians["bare"]}


if __name__ == "__main__":
    sys.exit(0 if measure()["ratio"] <= LIMIT else 1)
