"""Work away from the window: one end each, cancel, stale results, writers in line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from indicators.errors import N_, TipError
from ui.faults import Fault
from ui.tasks import TaskProgress, TaskRunner

Settle = Callable[[TaskRunner], None]


def test_the_result_arrives_in_the_thread_of_the_window(qapp: object, settle: Settle) -> None:
    runner = TaskRunner()
    seen: list[tuple[Any, bool, bool]] = []
    home = threading.get_ident()

    runner.start(
        lambda _p: threading.get_ident(),
        done=lambda made: seen.append((made, made != home, threading.get_ident() == home)),
    )
    settle(runner)

    assert [row[1:] for row in seen] == [(True, True)]


def test_an_expected_problem_is_told_as_it_is(qapp: object, settle: Settle) -> None:
    runner, seen = TaskRunner(), []

    def work(_progress: TaskProgress) -> None:
        raise TipError(N_("No such file."))

    runner.start(work, failed=seen.append)
    settle(runner)

    assert isinstance(seen[0], TipError)


def test_a_fault_is_told_with_its_report(qapp: object, settle: Settle, caplog: Any) -> None:
    runner, seen = TaskRunner(), []

    runner.start(lambda _p: 1 / 0, failed=seen.append)
    settle(runner)

    assert isinstance(seen[0], Fault)
    assert "ZeroDivisionError" in seen[0].report


def test_a_fault_that_nobody_asked_for_is_told_by_the_runner(
    qapp: object, settle: Settle, caplog: Any
) -> None:
    runner, seen = TaskRunner(), []
    runner.faulted.connect(seen.append)

    runner.start(lambda _p: 1 / 0)
    settle(runner)

    assert len(seen) == 1


def test_cancel_stops_at_the_next_report(qapp: object, settle: Settle) -> None:
    runner, ends = TaskRunner(), []
    started = threading.Event()

    def work(progress: TaskProgress) -> None:
        for step in range(1000):
            started.set()
            time.sleep(0.002)
            progress.report(step, 1000, "counting")

    task = runner.start(work, done=lambda _r: ends.append("done"))
    task.stopped.connect(lambda: ends.append("stopped"))
    assert started.wait(5)
    task.cancel()
    settle(runner)

    assert ends == ["stopped"]


def test_progress_arrives(qapp: object, settle: Settle) -> None:
    runner, told = TaskRunner(), []

    runner.start(
        lambda progress: progress.report(3, 10, "reading"),
        progressed=lambda done, total, text: told.append((done, total, text)),
    )
    settle(runner)

    assert told == [(3, 10, "reading")]


def test_older_work_of_a_lane_is_dropped(qapp: object, settle: Settle) -> None:
    runner, seen = TaskRunner(), []
    gate = threading.Event()

    runner.start(lambda _p: gate.wait(5) and "old", done=seen.append, lane="chart")
    runner.start(lambda _p: "new", done=seen.append, lane="chart")
    time.sleep(0.05)
    gate.set()
    settle(runner)

    assert seen == ["new"]


def test_writers_stand_in_one_line(qapp: object, settle: Settle) -> None:
    runner = TaskRunner()
    running, most = [0], [0]
    lock = threading.Lock()

    def work(_progress: TaskProgress) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.01)
        with lock:
            running[0] -= 1

    for _index in range(5):
        runner.start(work, writes=True)
    settle(runner)

    assert most == [1]


def test_busy_is_told_once_for_overlapping_work(qapp: object, settle: Settle) -> None:
    runner, told = TaskRunner(), []
    runner.busy.connect(told.append)

    for _index in range(3):
        runner.start(lambda _p: time.sleep(0.01))
    settle(runner)

    assert told == [True, False]


def test_the_window_hears_of_a_step_now_and_then_and_always_of_its_end(
    qapp: object, settle: Settle
) -> None:
    runner = TaskRunner()
    heard: list[tuple[int, int, str]] = []

    def work(progress: TaskProgress) -> None:
        for number in range(1_001):
            progress.report(number, 1_000, "reading")
        progress.report(0, None, "writing")

    runner.start(work, progressed=lambda *told: heard.append(told))
    settle(runner)

    assert heard[0] == (0, 1_000, "reading")
    assert heard[-2:] == [(1_000, 1_000, "reading"), (0, -1, "writing")]
    assert len(heard) < 100
