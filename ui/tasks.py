"""Work away from the window: reads share a pool, writes stand in one line, results come by signal.

``work(progress)`` is a plain callable. It runs in a pool thread, opens its own connection through
the services and touches no widget. The window's thread gets exactly one of ``done``, ``failed``
or ``stopped``. A view that starts newer work drops what older work still delivers.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from indicators.errors import Cancelled, TipError
from ui.faults import LOG, fault_of

TOLD_EVERY_S = 0.1
"""Between two reports of the same step: more often than this nobody reads a number."""
SWITCH_S = 0.0005
"""Longest wait of the window's thread for the interpreter while a worker computes.

It waits anew after every call into Qt, some dozens of times for one repaint; with the usual 5 ms a
repaint then takes longer than a person notices.
"""
COLLECT_AT = (10_000, 5, 1_000_000)
"""When the collector of reference cycles looks at new objects, at younger ones, and at all.

A look at all stops every thread, for half a second with a million values in memory; the session
asks for it when a project is closed.
"""
Work = Callable[["TaskProgress"], Any]


def keep_window_prompt() -> None:
    """Set up the interpreter for a window that answers while workers compute."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(*COLLECT_AT)


class TaskProgress:
    """What ``work`` gets: reports how far it is and learns that it should stop.

    Args:
        task: the task on whose behalf it reports.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._text: str | None = None
        self._next = 0.0

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Tell how far the work is; the window hears the first, the last and some between.

        Raises:
            Cancelled: the person stopped the work, or newer work replaced it.
        """
        if self._task.is_stopped():
            raise Cancelled
        now = time.monotonic()
        if text == self._text and done != total and now < self._next:
            return
        self._text, self._next = text, now + TOLD_EVERY_S
        self._task.progressed.emit(done, -1 if total is None else total, text)


class Task(QObject):
    """One piece of work with its signals; lives in the window's thread.

    Signals:
        progressed: done, total (-1 when unknown), text.
        done: the result.
        failed: a ``TipError`` or a ``Fault``.
        stopped: cancelled.
        ended: always the last one.
    """

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, work: Work, *, number: int, lane: str, parent: QObject) -> None:
        super().__init__(parent)
        self.work = work
        self.number = number
        self.lane = lane
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def is_stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class _Courier(QObject):
    """Carries the end of the work from the pool thread to the window's thread."""

    finished = Signal(object, str, object)


class _Run(QRunnable):
    def __init__(self, task: Task, courier: _Courier) -> None:
        super().__init__()
        self._task = task
        self._courier = courier

    def run(self) -> None:
        """Do the work and send home how it ended."""
        task = self._task
        if task.is_stopped():
            self._courier.finished.emit(task, "stopped", None)
            return
        try:
            result = task.work(TaskProgress(task))
        except Cancelled:
            self._courier.finished.emit(task, "stopped", None)
        except TipError as error:
            self._courier.finished.emit(task, "failed", error)
        except Exception as error:  # noqa: BLE001 - the one place where a fault of a worker ends
            fault = fault_of(error)
            LOG.error("fault in a worker\n%s", fault.report)
            self._courier.finished.emit(task, "failed", fault)
        else:
            self._courier.finished.emit(task, "done", result)


class TaskRunner(QObject):
    """Starts work and delivers its end; keeps tasks alive until they finished.

    Signals:
        busy: True while any work runs.
        faulted: a ``Fault`` or ``TipError`` that the starter did not ask for.
    """

    busy = Signal(bool)
    faulted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(2)
        self._readers.setExpiryTimeout(-1)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._writer.setExpiryTimeout(-1)
        self._courier = _Courier(self)
        self._courier.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._tasks: dict[int, Task] = {}
        self._newest: dict[str, int] = {}
        self._count = 0

    def start(
        self,
        work: Work,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
        progressed: Callable[[int, int, str], None] | None = None,
        writes: bool = False,
        lane: str = "",
    ) -> Task:
        """Start work.

        Args:
            work: called with a ``TaskProgress`` in a pool thread.
            done: called with the result in the window's thread.
            failed: called with a ``TipError`` or ``Fault``.
            progressed: called with done, total, text.
            writes: True puts it in the one line of writers.
            lane: newer work of the same lane drops the result of older work.
        """
        self._count += 1
        task = Task(work, number=self._count, lane=lane, parent=self)
        if done is not None:
            task.done.connect(done)
        task.failed.connect(failed or self.faulted.emit)
        if progressed is not None:
            # emitted by the pool thread
            task.progressed.connect(progressed, Qt.ConnectionType.QueuedConnection)
        if lane:
            older = self._tasks.get(self._newest.get(lane, 0))
            if older is not None and not writes:
                older.cancel()
            self._newest[lane] = task.number
        self._tasks[task.number] = task
        if len(self._tasks) == 1:
            self.busy.emit(True)
        (self._writer if writes else self._readers).start(_Run(task, self._courier))
        return task

    @Slot(object, str, object)
    def _deliver(self, task: Task, how: str, result: object) -> None:
        self._tasks.pop(task.number, None)
        stale = bool(task.lane) and self._newest.get(task.lane) != task.number
        if stale or how == "stopped":
            task.stopped.emit()
        elif how == "done":
            task.done.emit(result)
        else:
            task.failed.emit(result)
        task.ended.emit()
        task.deleteLater()
        if not self._tasks:
            self.busy.emit(False)

    def is_busy(self) -> bool:
        """Whether any work runs or waits."""
        return bool(self._tasks)

    def cancel_all(self) -> None:
        """Ask all work to stop."""
        for task in list(self._tasks.values()):
            task.cancel()

    def wait(self, timeout_ms: int = 5000) -> bool:
        """Wait for the pools; used when the window closes."""
        return self._readers.waitForDone(timeout_ms) and self._writer.waitForDone(timeout_ms)
