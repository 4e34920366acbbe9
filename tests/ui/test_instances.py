"""A second start raises the window that has the project open."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.instances import Doorbell, raise_other, server_name

SECOND = (
    "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
    "app = QCoreApplication([]); from ui.instances import raise_other;"
    "sys.exit(0 if raise_other(Path(sys.argv[1])) else 7)"
)


def second_start(path: Path, qapp: QApplication) -> int:
    started = subprocess.Popen([sys.executable, "-c", SECOND, str(path)])
    while started.poll() is None:
        qapp.processEvents()
    return started.returncode


def test_the_window_that_has_the_project_is_raised(qapp: QApplication, tmp_path: Path) -> None:
    bell, rung = Doorbell(), list[bool]()
    bell.rung.connect(lambda: rung.append(True))
    bell.listen(tmp_path / "a.tipw")
    try:
        assert second_start(tmp_path / "sub" / ".." / "a.tipw", qapp) == 0
        assert rung == [True]
        assert second_start(tmp_path / "b.tipw", qapp) == 7

        bell.listen(tmp_path / "b.tipw")
        assert second_start(tmp_path / "b.tipw", qapp) == 0
        assert second_start(tmp_path / "a.tipw", qapp) == 7
    finally:
        bell.listen(None)


def test_nobody_listens_for_a_closed_project(qapp: QApplication, tmp_path: Path) -> None:
    bell = Doorbell()
    bell.listen(tmp_path / "a.tipw")
    bell.listen(None)

    assert not raise_other(tmp_path / "a.tipw")
    assert str(tmp_path) not in server_name(tmp_path / "a.tipw")


def test_only_local_sockets_are_used_and_only_here() -> None:
    root = Path(__file__).parents[2]
    users = [
        path for path in (root / "ui").rglob("*.py") if "QtNetwork" in path.read_text("utf-8")
    ]

    assert [path.name for path in users] == ["instances.py"]
    line = next(line for line in users[0].read_text("utf-8").splitlines() if "QtNetwork" in line)
    assert line == "from PySide6.QtNetwork import QLocalServer, QLocalSocket"
