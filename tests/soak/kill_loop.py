"""Kills a program at a random instant of a write, again and again, and looks at what is left.

After every round the project must be exactly as before or as after the action, whole, usable and
one file once closed. ``python -m tests.soak.kill_loop [ROUNDS] [ACTION ...]`` prints how many
rounds ended before and after; the tests of the services run five rounds each.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from tests.places import ROOT
from tests.workbench.deliveries import Cell, deliver
from tests.workbench.store.drivers import HAS_DRIVER, WORDS, quick_keys
from workbench.errors import StoreCorrupt, StoreError
from workbench.services import observations
from workbench.services.backups import restore
from workbench.services.checks import check
from workbench.services.encryption import needs_passphrase, rekey
from workbench.services.history import content_digest, history, undo
from workbench.services.workspace import Workspace, create, open_workspace
from workbench.store.connection import open_connection
from workbench.store.migrations import create_file
from workbench.store.schema import SCHEMA_VERSION, STEPS

AREAS = 60
YEARS = 40
FEWEST_BEFORE = 0.10
FEWEST_AFTER = 0.02
State = tuple[str, int, tuple[int, ...]]


def delivery(shift: int) -> list[Cell]:
    """Enough cells for a transaction of many pages."""
    return [
        Cell(area=f"XV-{area:02d}", period=str(1980 + year), value=float(area * year + shift))
        for area in range(AREAS)
        for year in range(YEARS)
    ]


def import_file(ws: Workspace, folder: Path) -> None:
    """A delivery that replaces the first."""
    deliver(ws, delivery(1), folder, name="second.csv")


def undo_import(ws: Workspace, folder: Path) -> None:
    """Take the first delivery back."""
    undo(ws)


def purge_import(ws: Workspace, folder: Path) -> None:
    """Remove the first delivery for good."""
    observations.purge(ws, 1)


ACTIONS: dict[str, Callable[[Workspace, Path], None]] = {
    "import": import_file,
    "undo": undo_import,
    "purge": purge_import,
}


def restore_copy(path: Path, folder: Path) -> None:
    """Put a copy with the second delivery in the place of the project."""
    restore(path, folder / COPY)


def migrate_file(path: Path, folder: Path) -> None:
    """Open a project of the first layout, which brings it up to date."""
    open_workspace(path).close()


def change_passphrase(path: Path, folder: Path) -> None:
    """Put an encrypted project under another passphrase."""
    rekey(path, FORMER_WORDS, WORDS)


WHOLE_FILE: dict[str, Callable[[Path, Path], None]] = {
    "restore": restore_copy,
    "migration": migrate_file,
    **({"rekey": change_passphrase} if HAS_DRIVER else {}),
}
"""Actions on a project that is closed before and after."""
COPY = "copy.tipw"
OLD_LAYOUT = 1
FORMER_WORDS = "the former passphrase"
EXPECTED_LEFT = {
    "restore": re.compile(r"w\.[\d_-]+\.backup\.tipw(-wal)?"),
    "migration": re.compile(r"w\.layout-\d+\.backup\.tipw"),
}
"""Copies of the former project that the action makes on purpose."""


def keys(action: str) -> AbstractContextManager[None]:
    """Quick keys for encrypted projects: what takes time then is writing, not the passphrase."""
    return quick_keys() if action == "rekey" else nullcontext()


def opened(path: Path) -> Workspace:
    """The project, with the passphrase that opens it now."""
    if not needs_passphrase(path):
        return open_workspace(path)
    try:
        return open_workspace(path, passphrase=WORDS)
    except StoreCorrupt:
        return open_workspace(path, passphrase=FORMER_WORDS)


def state(ws: Workspace) -> State:
    """What an action changes: content, revision, versions."""
    versions = tuple(entry.id for entry in observations.vintages(ws) if not entry.retracted)
    return content_digest(ws), len(history(ws)), versions


def run(action: str, rounds: int, *, seed: int = 1) -> Counter[str]:
    """Kill rounds; how many ended ``before`` and ``after``.

    Raises:
        AssertionError: a round left something else.
    """
    dice = random.Random(seed)
    with keys(action), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = folder / "start.tipw"
        before = _prepare(action, start, folder)
        after, seconds = _control(action, start, folder)
        outcomes: Counter[str] = Counter()
        for _ in range(rounds):
            outcomes[
                _round(action, start, folder, dice.uniform(0, 1.6 * seconds), before, after)
            ] += 1
    return outcomes


def _prepare(action: str, start: Path, folder: Path) -> State:
    """The project that every round begins with; its state."""
    if action == "migration":
        create_file(start, steps=STEPS[:OLD_LAYOUT])
        _old_rows(start)
        probe = folder / "probe.tipw"
        shutil.copy(start, probe)
        with open_workspace(probe) as ws:
            return state(ws)
    words = FORMER_WORDS if action == "rekey" else None
    with create(start, area="XVA", passphrase=words) as ws:
        deliver(ws, delivery(0), folder, name="first.csv")
        before = state(ws)
    if action == "restore":
        shutil.copy(start, folder / COPY)
        with open_workspace(folder / COPY) as ws:
            import_file(ws, folder)
    return before


def _old_rows(path: Path) -> None:
    """Content of a file of the first layout: enough pages for a migration to copy."""
    with closing(open_connection(path, verify=False)) as db:
        db.execute("begin immediate")
        db.execute("insert into original values ('x', 'x', 'csv', 1, 'x', null, '[]')")
        db.executemany(
            "insert into original_block values ('x', ?, 1, 100000, randomblob(100000))",
            [(number,) for number in range(100)],
        )
        db.execute("delete from original_block")
        db.execute("delete from original")
        db.execute("commit")


def _control(action: str, start: Path, folder: Path) -> tuple[State, float]:
    """The state after the action, and how long it takes in another program."""
    process, path = _begin(action, start, folder)
    began = time.monotonic()
    assert process.stdout is not None
    assert process.stdout.readline() == "done\n"
    seconds = time.monotonic() - began
    process.wait()
    process.stdout.close()
    with opened(path) as ws:
        return state(ws), seconds


def _begin(action: str, start: Path, folder: Path) -> tuple[subprocess.Popen[str], Path]:
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    path = work / "w.tipw"
    shutil.copy(start, path)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.kill_loop", "--child", action, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process, path


def _round(
    action: str, start: Path, folder: Path, delay: float, before: State, after: State
) -> str:
    process, path = _begin(action, start, folder)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    told_done = "done" in process.stdout.read()
    process.stdout.close()
    layout = _layout(path) if action == "migration" else SCHEMA_VERSION
    with opened(path) as ws:
        found = state(ws)
        is_former = ws.passphrase == FORMER_WORDS
        assert found in (before, after), found
        assert not told_done or (found == after and not is_former), "success was told too early"
        report = check(ws)
        assert report.integrity, report.findings
        if found == before and action in ACTIONS:
            ACTIONS[action](ws, folder)
            assert state(ws) == after, "the action cannot be repeated"
    if (is_former or action != "rekey") and found == before and action in WHOLE_FILE:
        WHOLE_FILE[action](path, folder)
        with opened(path) as ws:
            assert state(ws) == after, "the action cannot be repeated"
    _look_for_leftovers(action, path)
    if action == "migration":
        return "before" if layout < SCHEMA_VERSION else "after"
    if action == "rekey":
        return "before" if is_former else "after"
    return "before" if found == before else "after"


def _layout(path: Path) -> int:
    """The layout of a file, read without opening the project."""
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("pragma user_version").fetchone()[0])


def _look_for_leftovers(action: str, path: Path) -> None:
    """Nothing lies beside the project but the copies made on purpose, which can be opened."""
    expected = EXPECTED_LEFT.get(action, re.compile(r"$^"))
    left = sorted(file.name for file in path.parent.iterdir() if file != path)
    odd = [name for name in left if expected.fullmatch(name) is None]
    assert not odd, odd


def _child(action: str, path: Path) -> None:
    """The program that is killed."""
    if action in WHOLE_FILE:
        with keys(action):
            print("ready", flush=True)
            WHOLE_FILE[action](path, path.parent.parent)
            print("done", flush=True)
        return
    ws = open_workspace(path)
    print("ready", flush=True)
    ACTIONS[action](ws, path.parent.parent)
    print("done", flush=True)
    ws.close()


def main(words: list[str]) -> int:
    """Run the loop; 1 when a round went wrong or too few ended on one side."""
    if words[:1] == ["--child"]:
        _child(words[1], Path(words[2]))
        return 0
    rounds = int(words[0]) if words else 200
    failed = 0
    for action in words[1:] or [*ACTIONS, *WHOLE_FILE]:
        try:
            outcomes = run(action, rounds, seed=int(time.time()))
        except (AssertionError, StoreError) as error:
            print(f"{action}: {error}")
            failed = 1
            continue
        few = (
            outcomes["before"] < FEWEST_BEFORE * rounds
            or outcomes["after"] < FEWEST_AFTER * rounds
        )
        failed |= few
        print(f"{action}: {dict(outcomes)}{'  too few on one side' if few else ''}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
