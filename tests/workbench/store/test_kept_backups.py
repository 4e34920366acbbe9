"""Which automatic backups stay."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from workbench.store.kept_backups import KeptBackup, kept, next_name, superfluous


def daily(count: int, *, size: int = 1) -> list[KeptBackup]:
    """One a day; number 1 is the oldest."""
    first = date(2024, 1, 1)
    return [
        KeptBackup(path=Path(str(n)), number=n + 1, day=first + timedelta(days=n), size=size)
        for n in range(count)
    ]


def stays(backups: list[KeptBackup], **limits: int) -> list[KeptBackup]:
    gone = superfluous(backups, **limits)
    return [entry for entry in backups if entry not in gone]


def test_the_last_ten_stay() -> None:
    assert superfluous(daily(10)) == ()
    assert [entry.number for entry in stays(daily(10))] == list(range(1, 11))


def test_then_the_newest_of_eight_weeks_and_of_twelve_months() -> None:
    left = stays(daily(800))

    assert [entry.number for entry in left[-10:]] == list(range(791, 801))
    assert len(left) == 10 + 8 + 12
    weekly = left[-18:-10]
    assert len({entry.day.isocalendar()[:2] for entry in weekly}) == 8
    assert 42 <= (weekly[-1].day - weekly[0].day).days <= 56
    assert len({(entry.day.year, entry.day.month) for entry in left[:12]}) == 12


def test_the_oldest_go_when_there_are_too_many_bytes() -> None:
    assert [entry.number for entry in stays(daily(10, size=10), most_bytes=35)] == [8, 9, 10]
    assert [entry.number for entry in stays(daily(3, size=10), most_bytes=5)] == [3]


def test_a_clock_that_is_set_back_changes_no_order(tmp_path: Path) -> None:
    first = next_name(tmp_path, "2024-05-05_101010")
    first.write_text("a")
    second = next_name(tmp_path, "2023-01-01_000000")
    second.write_text("bb")
    (tmp_path / "mine.tipw").write_text("c")

    assert [entry.path for entry in kept(tmp_path)] == [second, first]
    assert [entry.size for entry in kept(tmp_path)] == [2, 1]
    assert kept(tmp_path / "absent") == ()
