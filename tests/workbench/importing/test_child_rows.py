"""Tables from a child process: whatever it does, the program goes on."""

from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing import child_rows
from workbench.importing.child_rows import Child


def child(tmp_path: Path, program: str) -> Child:
    script = tmp_path / "script.py"
    script.write_text("import os, sys, time\n" + program, encoding="utf-8")
    return Child(script=script, path=tmp_path / "file.dta", options=("x",))


def test_rows_are_asked_for_once(tmp_path: Path) -> None:
    table = child(
        tmp_path,
        'with open(sys.argv[3] + ".log", "a") as log: log.write("x")\n'
        'sys.stdout.write("a,b\\n" + \'"1\\n2",é\\n\')',
    ).table("", 1)

    assert list(table.rows()) == list(table.rows()) == [["a", "b"], ["1\n2", "é"]]
    assert (tmp_path / "file.dta.log").read_text() == "x"


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("os.abort()", "more memory or time"),
        ('sys.stderr.write("password"); sys.exit(3)', "protected by a password"),
        ('sys.stderr.write("first\\nbad block"); sys.exit(3)', "bad block"),
        ('sys.stderr.write("Unable to allocate memory"); sys.exit(3)', "more memory or time"),
        ("sys.exit(1)", "damaged"),
        ('sys.stdout.write("," * 3000 + "\\n")', "2000 columns"),
        ('sys.stdout.write("x" * 1100000)', "damaged"),
    ],
)
def test_failures_are_refusals(tmp_path: Path, program: str, message: str) -> None:
    table = child(tmp_path, program).table("", 1)

    with pytest.raises(UserFileError, match=message):
        list(table.rows())


def test_a_child_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_rows, "TIMEOUT_SECONDS", 0.5)
    waiting = child(tmp_path, "time.sleep(60)")
    table = waiting.table("", 1)

    with pytest.raises(UserFileError, match="was stopped"):
        list(table.rows())
    with pytest.raises(UserFileError, match="was stopped"):
        waiting.tell("sheets")


def test_a_child_that_talks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_rows, "MAX_OUTPUT", 1 << 21)
    table = child(tmp_path, 'while True: sys.stdout.write("a,b\\n" * 10000)').table("", 1)

    with pytest.raises(UserFileError, match="more memory or time"):
        list(table.rows())


def test_an_answer_that_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="damaged"):
        child(tmp_path, 'print("{")').sheets()
