"""Which files open, which are refused, and that refused ones stay as they are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.places import ROOT, SHARED
from tests.workbench.store.drivers import edit, faults_of, raw
from workbench.errors import StoreCorrupt, StoreError, StoreLocked, StoreTooNew, WorkbenchError
from workbench.services.workspace import create, open_workspace
from workbench.store.connection import (
    FINGERPRINTS,
    open_connection,
    schema_fingerprint,
    store_errors,
)
from workbench.store.schema import SCHEMA_VERSION

HOSTILE = SHARED / "reference/hostile" if SHARED else None


@pytest.fixture
def path(tmp_path: Path, words: str | None) -> Path:
    """A closed, empty project."""
    file = tmp_path / "w.tipw"
    create(file, area="XVA", passphrase=words).close()
    return file


def refused(path: Path, kind: type[StoreError], words: str | None = None) -> str:
    """The message with which a file is refused; the file and its folder stay as they are."""
    before = path.read_bytes() if path.is_file() else None
    listed = sorted(path.parent.iterdir())
    with pytest.raises(kind) as caught:
        open_workspace(path, passphrase=words)
    assert str(path) in str(caught.value) or path.name in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == listed
    return str(caught.value)


def test_the_fingerprints_are_those_of_the_schema(path: Path, words: str | None) -> None:
    with closing(open_connection(path, passphrase=words)) as db:
        assert schema_fingerprint(db) == FINGERPRINTS[SCHEMA_VERSION]


def test_every_pragma_is_set(path: Path, words: str | None) -> None:
    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
        "cell_size_check": 1, "busy_timeout": 5000, "temp_store": 2, "secure_delete": 1,
        "application_id": 0x54495057,
    }  # fmt: skip

    with closing(open_connection(path, passphrase=words)) as db:
        found = {name: db.execute(f"pragma {name}").fetchone()[0] for name in expected}
        cache = db.execute("pragma cache_size").fetchone()[0]
        mapped = db.execute("pragma mmap_size").fetchone()

    assert found == expected
    assert cache <= -64 * 1024
    assert mapped is None or mapped[0] == 0


def test_a_remote_folder_gets_no_write_ahead_log(
    path: Path, words: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.store.connection.is_local", lambda folder: False)

    with closing(open_connection(path, passphrase=words)) as db:
        assert db.execute("pragma journal_mode").fetchone()[0] == "delete"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "no file" in refused(tmp_path / "absent.tipw", StoreError)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.tipw").mkdir()

    assert "folder" in refused(tmp_path / "w.tipw", StoreError)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "w.tipw")

    assert "device" in refused(tmp_path / "w.tipw", StoreError)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.tipw").symlink_to(tmp_path / "w.tipw")

    with pytest.raises(StoreError, match="cannot be opened"):
        open_workspace(tmp_path / "w.tipw")


def test_an_empty_file_is_not_made_a_project(tmp_path: Path) -> None:
    (tmp_path / "w.tipw").touch()

    assert "empty" in refused(tmp_path / "w.tipw", StoreCorrupt)


def test_the_mark_of_another_program_is_refused(path: Path, words: str | None) -> None:
    edit(path, words, "pragma journal_mode = delete", "pragma application_id = 42")

    assert "another program" in refused(path, StoreCorrupt, words)


def test_a_newer_layout_is_refused_and_unchanged(path: Path, words: str | None) -> None:
    edit(
        path, words, "pragma journal_mode = delete", f"pragma user_version = {SCHEMA_VERSION + 1}"
    )

    assert "newer version" in refused(path, StoreTooNew, words)


def test_a_newer_layout_with_a_log_is_refused_and_unchanged(path: Path, words: str | None) -> None:
    edit(path, words, f"pragma user_version = {SCHEMA_VERSION + 1}")

    refused(path, StoreTooNew, words)


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger z after insert on observation begin delete from observation; end",
        "create view spy as select * from observation",
        "create virtual table spy using fts5(a)",
        "create table extra (a)",
        "create index extra on observation (period)",
        "drop view current_observation",
    ],
)
def test_a_changed_schema_is_refused(path: Path, words: str | None, statement: str) -> None:
    edit(path, words, "pragma journal_mode = delete", statement)

    text = refused(path, StoreCorrupt, words)

    assert "not laid out" in text
    if "trigger" in statement:
        assert "trigger z" in text


def damage_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 64] = b"\xff" * 64
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def write_text(path: Path) -> None:
    path.write_text("area,year,value\n" * 100)


def cut_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


@pytest.mark.parametrize("harm", [damage_pages, cut_short, write_text, cut_header])
def test_a_damaged_file_is_refused(
    path: Path, words: str | None, harm: Callable[[Path], None]
) -> None:
    edit(path, words, "pragma journal_mode = delete")
    harm(path)

    refused(path, StoreCorrupt, words)


@pytest.mark.skipif(HOSTILE is None, reason="needs the reference material")
@pytest.mark.parametrize("name", ["other_program", "newer", "trigger", "empty"])
def test_hostile_projects_are_refused(name: str, tmp_path: Path) -> None:
    assert HOSTILE is not None
    copy = tmp_path / f"{name}.tipw"
    copy.write_bytes((HOSTILE / f"{name}.tipw").read_bytes())

    refused(copy, StoreError)


def test_a_file_locked_by_another_program_is_told(path: Path, words: str | None) -> None:
    with closing(raw(path, words)) as other:
        other.execute("pragma journal_mode = delete")
        other.execute("begin exclusive")
        with (
            pytest.raises(StoreLocked, match="another program"),
            closing(raw(path, words, timeout=0)) as second,
            store_errors(path),
        ):
            second.execute("select count(*) from setting")


def test_a_read_only_connection_refuses_writes(path: Path, words: str | None) -> None:
    with (
        closing(open_connection(path, read_only=True, passphrase=words)) as db,
        pytest.raises(StoreError, match="Nothing was changed"),
        store_errors(path),
    ):
        db.execute("delete from setting")


def test_faults_of_the_program_are_not_disguised(path: Path, words: str | None) -> None:
    with (
        closing(open_connection(path, passphrase=words)) as db,
        pytest.raises(faults_of(words), match="no such table"),
        store_errors(path),
    ):
        db.execute("select * from absent")


def test_a_passphrase_without_the_driver_is_told(
    path: Path, words: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)

    with pytest.raises(WorkbenchError, match="encrypted"):
        open_workspace(path, passphrase="a long passphrase")


def test_no_other_code_opens_a_database() -> None:
    pattern = re.compile(r"(sqlite3|dbapi2|sqlcipher3|driver)\.connect\(|\bDatabase\(")
    allowed = {"workbench/store/connection.py", "workbench/store/migrations.py"}

    found = {
        str(file.relative_to(ROOT))
        for package in ("indicators", "workbench", "sample_data", "ui")
        for file in (ROOT / package).rglob("*.py")
        if pattern.search(file.read_text(encoding="utf-8"))
    }

    assert found == allowed
