"""One program at a time; a lock left by a killed process is taken over."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from workbench.errors import StoreError, StoreLocked
from workbench.services.workspace import create, open_workspace
from workbench.store.lock import InstanceLock, lock_path

HOLDER = """
import sys, time
from workbench.services.workspace import open_workspace
ws = open_workspace(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


def hold(path: Path) -> subprocess.Popen[str]:
    """Another program that has the project open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_second_program_is_told_since_when(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    process = hold(path)
    try:
        with pytest.raises(StoreLocked, match="open elsewhere since 20") as caught:
            open_workspace(path)
        assert caught.value.data["pid"] == process.pid

        with open_workspace(path, read_only=True) as reader:
            assert reader.settings.area == "XVA"
    finally:
        end(process)


def test_the_lock_of_a_killed_program_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    end(hold(path))
    assert lock_path(path).exists()

    with open_workspace(path) as ws:
        assert ws.settings.area == "XVA"

    assert [file.name for file in tmp_path.iterdir()] == ["w.tipw"]


def test_releasing_twice_is_once(tmp_path: Path) -> None:
    lock = InstanceLock.take(tmp_path / "w.tipw")
    lock.release()
    other = InstanceLock.take(tmp_path / "w.tipw")
    lock.release()

    with pytest.raises(StoreLocked):
        InstanceLock.take(tmp_path / "w.tipw")
    other.release()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        InstanceLock.take(tmp_path / "absent" / "w.tipw")
