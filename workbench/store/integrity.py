"""The full look at a project file: once a week, and after an end that was not clean.

The day of the last full look stands among the settings of the file, so that it goes where the file
goes. It is no act of a person: it has no line in the journal and no revision, cannot be taken back,
and belongs to no content.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from indicators.errors import N_, Cancelled
from workbench.errors import StoreError
from workbench.progress import Progress
from workbench.store import records
from workbench.store.journal import transaction
from workbench.store.texts import parsed

KEY = "full_check"
"""Row of the settings that holds the day."""
EVERY_DAYS = 7
CHECKING = N_("Checking the whole file")
STEPS = 100_000
"""Steps of SQLite between two reports."""


def last_full_check(db: sqlite3.Connection) -> date | None:
    """The day of the last full look; None before any, and where what stands there is no day."""
    row = records.fetch(db, "setting", KEY)
    try:
        return None if row is None else date.fromisoformat(parsed(str(row["value"])))
    except (TypeError, ValueError):
        return None


def is_due(db: sqlite3.Connection, today: date) -> bool:
    """Whether the last full look is a week old, is unknown, or lies ahead because clocks differ."""
    last = last_full_check(db)
    return last is None or not 0 <= (today - last).days < EVERY_DAYS


def day_row(today: date) -> records.Row:
    """The row that says when the file was looked at."""
    return {"key": KEY, "value": json.dumps(today.isoformat())}


class FullCheck:
    """Decides, at the first look at an opened file, whether it is a full one.

    Args:
        today: the day on which the file is opened.
        unclean: the last end was not clean.
        progress: told while the file is looked at; the person can stop it.

    Attributes:
        done: True when a full look was asked for.
    """

    def __init__(self, today: date, *, unclean: bool, progress: Progress) -> None:
        self._today, self._unclean, self._progress = today, unclean, progress
        self.done = False

    def end(self, db: sqlite3.Connection) -> None:
        """Report no more: the file is sound."""
        db.set_progress_handler(None, 0)

    def __call__(self, db: sqlite3.Connection) -> bool:
        """Whether the look is a full one; then it reports from here on until ``end``.

        Raises:
            Cancelled: the person stopped it.
        """
        self.done = self._unclean or is_due(db, self._today)
        if self.done:
            self._progress.report(0, None, CHECKING)
            db.set_progress_handler(self._reporter(), STEPS)
        return self.done

    def _reporter(self) -> Callable[[], int]:
        def tell() -> int:
            try:
                self._progress.report(0, None, CHECKING)
            except Cancelled:
                return 1  # SQLite stops, and the connection says that it was interrupted
            return 0

        return tell

    def note(self, db: sqlite3.Connection, path: Path) -> None:
        """Note the day in the sound file. A file that cannot be written is looked at again."""
        if not self.done:
            return
        with contextlib.suppress(StoreError), transaction(db, path):
            records.put(db, "setting", day_row(self._today))
