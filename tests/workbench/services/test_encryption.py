"""Nothing of an encrypted project can be read beside it, and a kill loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.workbench import marked_round
from tests.workbench.deliveries import cells, deliver
from tests.workbench.store.drivers import WORDS, needs_driver, quick_keys
from workbench.services.history import content_digest
from workbench.services.workspace import create, open_workspace
from workbench.store.connection import looks_encrypted

SECRET = "velvet anchor lantern 4711"


@dataclass(frozen=True, slots=True)
class Left:
    """What a round left: the bytes of each file by its path, and what was printed."""

    files: dict[str, bytes]
    printed: bytes

    def hits(self, text: str) -> list[str]:
        """The files with a text in their bytes or name."""
        wanted = text.encode()
        return [name for name, data in self.files.items() if wanted in data or text in name]


def left_by_round(folder: Path, secret: str | None) -> Left:
    """Run the round in a program of its own, with all folders of the user below the folder."""
    marked_round.write_inputs(folder / "in")
    words = []
    if secret is not None:
        (folder / "in" / "words.txt").write_text(secret, encoding="utf-8")
        words = [str(folder / "in" / "words.txt")]
    own = {
        name: str(folder / name.lower())
        for name in (
            "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR",
        )
    }  # fmt: skip
    for place in own.values():
        Path(place).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.workbench.marked_round", str(folder), *words],
        cwd=ROOT,
        env={**os.environ, **own, "TIP_WORKBENCH_BACKUPS": str(folder / "kept")},
        capture_output=True,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 9, printed.decode()
    files = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "in" not in file.relative_to(folder).parts
    }
    return Left(files, printed)


def test_the_marks_of_a_round_stand_in_a_plain_project(tmp_path: Path) -> None:
    left = left_by_round(tmp_path, None)

    found = {name for name in marked_round.MARKS if left.hits(name)}

    assert len(found) >= 15  # otherwise the next test would prove nothing
    assert left.hits(marked_round.mark(20)) == ["w.tipw-wal"]


@needs_driver
def test_no_mark_of_a_round_and_no_passphrase_stands_anywhere(tmp_path: Path) -> None:
    left = left_by_round(tmp_path, SECRET)

    assert len(left.files["w.tipw-wal"]) > 4096 * 100  # it was cut off in the middle of a write
    assert len([name for name in left.files if name.startswith("kept")]) >= 3
    assert "copy.tipw" in left.files
    for text in marked_round.MARKS:
        assert left.hits(text) == []
    for secret in (SECRET, *SECRET.split()[:3]):
        assert left.hits(secret) == []
        assert secret.encode() not in left.printed
    assert b"Traceback" not in left.printed
    for name in left.files:
        assert not name.endswith(".tipw") or looks_encrypted(tmp_path / name)
    with quick_keys(), open_workspace(tmp_path / "w.tipw", passphrase=SECRET) as ws:
        assert ws.settings.title == marked_round.mark(19)
        assert ws.db.execute("select count(*) from setting where key like 'k%'").fetchone() == (0,)


KILLED = """
import os, sys
from pathlib import Path
from tests.workbench.store.drivers import quick_keys
from workbench.services import encryption as service
from workbench.store import encryption

def stop(*_words, **_options):
    os._exit(9)

stage, path, old, new = sys.argv[1], sys.argv[2], sys.argv[3] or None, sys.argv[4] or None
if stage == "written":
    encryption._compare = stop
elif stage == "compared":
    encryption.flush = stop
elif stage == "replaced":
    encryption.remove_file = stop
with quick_keys():
    service._change(path, old=old, new=new, with_backups=False)
"""


@needs_driver
@pytest.mark.skipif(sys.platform == "win32", reason="an open file has no new name there")
@pytest.mark.parametrize("stage", ["written", "compared", "replaced"])
@pytest.mark.parametrize(("old", "new"), [(None, WORDS), (WORDS, SECRET), (WORDS, None)])
def test_a_kill_leaves_the_former_file_or_the_new_one(
    tmp_path: Path, stage: str, old: str | None, new: str | None
) -> None:
    path = tmp_path / "w.tipw"
    with quick_keys():
        with create(path, area="XVA", passphrase=old) as ws:
            deliver(ws, cells([1, 2, 3]), tmp_path)
            before = content_digest(ws)

        done = subprocess.run(
            [sys.executable, "-c", KILLED, stage, str(path), old or "", new or ""],
            cwd=ROOT,
            check=False,
        )

        assert done.returncode == 9
        with open_workspace(path, passphrase=new if stage == "replaced" else old) as ws:
            assert content_digest(ws) == before
        assert sorted(file.name for file in tmp_path.iterdir()) == ["police.csv", "w.tipw"]
