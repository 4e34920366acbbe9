"""How long the window ever stands still while a million rows are imported and taken back.

``python -m tests.benchmarks.bench_heartbeat [--series N] [--why]`` shows the real window offscreen,
opens a project, imports a table by the import window and its view-model, and undoes it. A timer
ticks every 10 ms in the window's thread; the longest time between two ticks is what a person would
feel. The floor is the same clock while another process imports the same table and the window rests.
"""

# ruff: noqa: TID251 - it measures widgets

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*=false")

from PySide6.QtCore import QTimer

from tests.benchmarks.bench_import import ROOT, YEARS, make_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

TICK_MS = 10
LIMIT_MS = 100
STUCK_S = 0.07
PATIENCE_S = 600


class Heart:
    """Ticks in the window's thread and keeps the time between ticks, by phase.

    Args:
        why: where a watching thread prints what all threads do when a tick is late.
    """

    def __init__(self, *, why: bool) -> None:
        self.gaps: dict[str, list[tuple[float, float]]] = {}
        self.pauses: dict[str, list[float]] = {}
        self._gap: list[tuple[float, float]] = []
        self._pause: list[float] = []
        self._pause_start = 0.0
        self._last = time.perf_counter()
        self._cpu = time.process_time()
        gc.callbacks.append(self._collector)
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        if why:
            threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, phase: str) -> None:
        """The ticks from now on belong to a phase."""
        self._gap = self.gaps.setdefault(phase, [])
        self._pause = self.pauses.setdefault(phase, [0.0])
        self._last, self._cpu = time.perf_counter(), time.process_time()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.process_time()
        self._gap.append((now - self._last, min(now - self._last, cpu - self._cpu)))
        self._last, self._cpu = now, cpu

    def _collector(self, when: str, _facts: object) -> None:
        now = time.perf_counter()
        if when == "start":
            self._pause_start = now
        else:
            self._pause.append(now - self._pause_start)

    def _watch(self) -> None:
        told = 0.0
        main = threading.main_thread().ident
        while True:
            time.sleep(0.02)
            late = time.perf_counter() - self._last
            if late > STUCK_S and told != self._last:
                told = self._last
                for number, frame in sys._current_frames().items():
                    name = "window" if number == main else "other"
                    lines = traceback.format_stack(frame)[-9:]
                    print(f"--- late by {late * 1000:.0f} ms, {name}\n{''.join(lines)}")

    def longest(self, phase: str) -> tuple[float, float]:
        """Milliseconds between ticks, and of these at most those the program itself used.

        What other programs take from a busy machine is in the first number only.
        """
        gaps = self.gaps.get(phase) or [(0.0, 0.0)]
        return 1000 * max(gap[0] for gap in gaps), 1000 * max(gap[1] for gap in gaps)

    def late(self, phase: str) -> int:
        """How many ticks the program itself held up for longer than the limit."""
        return sum(own * 1000 > LIMIT_MS for _, own in self.gaps.get(phase, []))


def wait(app: QApplication, until: Callable[[], bool], what: str) -> float:
    """Run the event loop until something is so; seconds it took."""
    start = time.perf_counter()
    while not until():
        app.processEvents()
        time.sleep(0.001)
        if time.perf_counter() - start > PATIENCE_S:
            raise SystemExit(f"it took too long: {what}")
    return time.perf_counter() - start


def make_project(path: Path) -> None:
    """An empty project, made by another process."""
    command = (
        "import sys\nfrom workbench.services.workspace import create\n"
        "create(sys.argv[1], area='XVA').close()"
    )
    subprocess.run([sys.executable, "-c", command, str(path)], check=True, cwd=ROOT)


def rest(app: QApplication, data: Path, folder: Path) -> None:
    """The window does nothing while another process imports the table."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_import", "--one", "ours"]
    other = subprocess.Popen(
        [*command, str(data), str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    wait(app, lambda: other.poll() is not None, "the import in another process")


def drive(program: Program, app: QApplication, heart: Heart, data: Path) -> dict[str, float]:
    """Look, import and undo as a person does; seconds by phase."""
    from ui.views.import_dialog import ImportDialog

    session, seconds = program.session, {}

    def is_idle() -> bool:
        return not program.runner.is_busy()

    heart.begin("look")
    dialog = ImportDialog(data, session, program.theme, program.window)
    dialog.show()
    model = dialog.viewmodel
    seconds["look"] = wait(app, lambda: model.state.stage == "ready" and is_idle(), "the look")
    assert not model.state.questions, model.state.questions
    heart.begin("import")
    model.run(author="bench")
    seconds["import"] = wait(app, lambda: model.state.stage == "done" and is_idle(), "import")
    dialog.close()
    heart.begin("screens")
    for screen in ("data", "home"):
        program.window.show_screen(screen)
        seconds["screens"] = wait(app, is_idle, screen)
    heart.begin("undo")
    session.undo()
    seconds["undo"] = wait(app, lambda: is_idle() and session.state.redo is not None, "undo")
    return seconds


def main() -> int:
    """Print the longest gap of each phase beside the limit; 1 when one is above it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--series", type=int, default=50_000)
    parser.add_argument("--why", action="store_true")
    options = parser.parse_args()
    from ui.app import Program, make_application
    from ui.tasks import keep_window_prompt
    from ui.viewmodels.preferences import Choices, Preferences

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, project = folder / "dense.csv", folder / "w.tipw"
        make_file(data, options.series)
        make_project(project)
        app = make_application()
        keep_window_prompt()
        preferences = Preferences(folder / "window.ini")
        preferences.keep(Choices(language="en", theme="light"))
        program = Program(app, preferences)
        program.show(project)
        idle = program.session.state
        wait(app, lambda: program.session.state.has_project, f"opening ({idle.title})")
        wait(app, lambda: not program.runner.is_busy(), "the first screen")
        heart = Heart(why=options.why)
        heart.begin("rest")
        rest(app, data, folder)
        seconds = drive(program, app, heart, data)
        program.session.end()
    print(f"window while {options.series * len(YEARS):,} rows are imported, longest standstill")
    floor = heart.longest("rest")[0]
    print(f"  floor {floor:.0f} ms (at rest, import in another process)")
    failed = 0
    for phase, took in seconds.items():
        longest, own = heart.longest(phase)
        failed |= own > LIMIT_MS
        print(
            f"  {phase:8s} {longest:4.0f} ms, of the program itself {own:4.0f} ms, in {took:.1f} s; "
            f"ratio to the floor {own / max(floor, TICK_MS):.1f}; collector at most "
            f"{1000 * max(heart.pauses[phase]):.0f} ms; later than {LIMIT_MS} ms: "
            f"{heart.late(phase)}: {'TOO SLOW' if own > LIMIT_MS else 'ok'} (limit {LIMIT_MS} ms)"
        )
    return failed


if __name__ == "__main__":
    sys.exit(main())
