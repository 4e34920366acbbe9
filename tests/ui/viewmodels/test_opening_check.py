"""A project whose last full check is a week old is opened with a word on what is being done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ui.tasks import TaskRunner
from ui.viewmodels.session import SessionViewModel

Settle = Callable[[TaskRunner], None]


def test_the_window_says_that_the_whole_file_is_checked(
    session: SessionViewModel, sample: Path, settle: Settle
) -> None:
    with closing(sqlite3.connect(sample)) as db:
        db.execute("""update setting set value = '"2020-01-01"' where key = 'full_check'""")
        db.commit()
    told: list[str] = []
    session.progressed.connect(lambda _done, _total, text: told.append(text))

    session.open_project(sample)
    settle(session.runner)
    first = list(told)
    session.close_project()
    settle(session.runner)
    session.open_project(sample)
    settle(session.runner)

    assert first[0] == "Checking the whole file"
    assert told == first  # once a week
