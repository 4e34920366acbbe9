"""Which automatic backups of a project stay: the last ones, then weekly, then monthly, under a cap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

LAST, WEEKS, MONTHS = 10, 8, 12
MOST_BYTES = 2 * 1024**3
_NAME = re.compile(r"(?P<number>\d{6})_(?P<day>\d{4}-\d\d-\d\d)_.*\.tipw$")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """One automatic backup.

    Attributes:
        path: the copy.
        number: order of the copies; never by time, since clocks are set back.
        day: when it was made, for weeks and months only.
        size: in bytes.
    """

    path: Path
    number: int
    day: date
    size: int


def kept(folder: Path) -> tuple[KeptBackup, ...]:
    """The backups in a folder, newest first; other files are left alone."""
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.iterdir():
        match = _NAME.match(path.name)
        if match is not None:
            found.append(
                KeptBackup(
                    path=path,
                    number=int(match["number"]),
                    day=date.fromisoformat(match["day"]),
                    size=path.stat().st_size,
                )
            )
    return tuple(sorted(found, key=lambda entry: -entry.number))


def next_name(folder: Path, stamp: str) -> Path:
    """The name of the next backup: number, day and time."""
    newest = max((entry.number for entry in kept(folder)), default=0)
    return folder / f"{newest + 1:06d}_{stamp}.tipw"


def superfluous(
    backups: Iterable[KeptBackup], *, most_bytes: int = MOST_BYTES
) -> tuple[KeptBackup, ...]:
    """Those that may go: not among the last, nor the newest of an earlier week or month.

    Over the cap the oldest go as well, never the newest.
    """
    ordered = sorted(backups, key=lambda entry: -entry.number)
    stays = list(ordered[:LAST])
    for of_span, count in ((_week, WEEKS), (_month, MONTHS)):
        held = {of_span(entry.day) for entry in stays}
        newest: dict[tuple[int, int], KeptBackup] = {}
        for entry in ordered:
            if of_span(entry.day) not in held:
                newest.setdefault(of_span(entry.day), entry)
        stays += list(newest.values())[:count]
    size = 0
    kept_now: list[KeptBackup] = []
    for entry in sorted(stays, key=lambda entry: -entry.number):
        size += entry.size
        if not kept_now or size <= most_bytes:
            kept_now.append(entry)
    return tuple(entry for entry in ordered if entry not in kept_now)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
