"""The history as a file, and as the command line lists it."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from indicators.model.period import Period
from tests.workbench.cli.running import run
from workbench.errors import UserFileError
from workbench.services import entry, history, history_export, workspace
from workbench.services.workspace import Workspace

COLUMNS = ["id", "at", "by", "action", "text", "state", "command", "why_no_command"]


def type_one(ws: Workspace, *, author: str, value: float = 5.0) -> None:
    cell = entry.TypedCell(
        variable="pop_total", area="XVA", period=Period.of_year(2020), value=value
    )
    entry.enter(ws, [cell], author=author)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with workspace.create(tmp_path / "w.tipw", area="XVA") as ws:
        type_one(ws, author="=cmd()")
        type_one(ws, author="Ana", value=6.0)
        history.undo(ws, by="Ana")
    return tmp_path / "w.tipw"


def test_every_line_stands_in_both_files(project: Path, tmp_path: Path) -> None:
    with workspace.open_workspace(project) as ws:
        digest = history.content_digest(ws)
        table = history_export.write_history(ws, tmp_path / "h.csv")
        data = history_export.write_history(ws, tmp_path / "h.json")
        assert history.content_digest(ws) == digest
        assert len(history.history(ws)) == 4

    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    told = json.loads(data.read_text(encoding="utf-8"))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    assert [row["state"] for row in told] == ["fixed", "done", "undone", "fixed"]
    assert [row["action"] for row in told] == ["create", "entry", "entry", "undo"]
    assert rows[2][2] == "'=cmd()"  # no spreadsheet computes it
    assert told[1]["by"] == "=cmd()"
    assert all(bool(row["command"]) != bool(row["why_no_command"]) for row in told)


def test_another_ending_is_refused(project: Path, tmp_path: Path) -> None:
    with (
        workspace.open_workspace(project) as ws,
        pytest.raises(UserFileError, match=r"neither a \.csv nor a \.json"),
    ):
        history_export.write_history(ws, tmp_path / "h.xlsx")

    assert list(tmp_path.iterdir()) == [project]


def test_the_command_line_lists_exports_and_prints_commands(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = run(capsys, "history", "-w", project)
    data = run(capsys, "history", "-w", project, "--json").data
    said = run(capsys, "history", "-w", project, "--commands")
    written = run(capsys, "history", "-w", project, "-o", tmp_path / "h.json")

    assert "Typed 1 value" in plain.out
    assert [row["undone"] for row in data] == [False, False, True, False]
    assert shlex.split(said.out.splitlines()[-1]) == [
        "tip-workbench", "undo", "-w", "w.tipw", "--author", "Ana",
    ]  # fmt: skip
    assert "INTERNAL: not for publication" in written.out
    assert (written.code, json.loads((tmp_path / "h.json").read_text())) == (0, data)
