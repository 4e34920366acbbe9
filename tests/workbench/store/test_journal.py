"""One action is one transaction; undo and redo by inverse operations."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from workbench.errors import StoreError, StoreLocked
from workbench.services.workspace import Workspace
from workbench.store import journal, records
from workbench.store.connection import open_connection, store_errors


def put_setting(ws: Workspace, key: str, value: str) -> None:
    row: records.Row = {"key": key, "value": f'"{value}"'}
    with ws.write("settings", "test") as draft:
        former = records.fetch(ws.db, "setting", key)
        records.put(ws.db, "setting", row)
        draft.forward.append({"op": "put", "table": "setting", "row": row})
        if former is None:
            draft.inverse.append({"op": "remove", "table": "setting", "key": key})
        else:
            draft.inverse.append({"op": "put", "table": "setting", "row": former})


def value(ws: Workspace, key: str) -> object:
    row = records.fetch(ws.db, "setting", key)
    return None if row is None else row["value"]


def test_an_action_that_fails_changes_nothing(ws: Workspace) -> None:
    before = (ws.any_revision(), journal.lines(ws.db))

    def fail() -> None:
        with ws.write("import", "test") as draft:
            draft.variables.add("vic_detected")
            records.put(ws.db, "setting", {"key": "x", "value": "1"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert (ws.any_revision(), journal.lines(ws.db)) == before
    assert value(ws, "x") is None


def test_revisions_rise_only_for_what_was_touched(ws: Workspace) -> None:
    with ws.write("import", "test") as draft:
        draft.variables.update({"a", "b"})
    first = ws.revision("a")
    with ws.write("import", "test") as draft:
        draft.variables.add("b")

    assert ws.revision("a") == first
    assert ws.revision("b") == ws.any_revision() > first
    assert ws.revision("c") == 0


def test_undo_and_redo_walk_the_stack(ws: Workspace) -> None:
    put_setting(ws, "k", "one")
    put_setting(ws, "k", "two")

    journal.reverse(ws.db, ws.path)
    assert value(ws, "k") == '"one"'
    journal.reverse(ws.db, ws.path)
    assert value(ws, "k") is None
    journal.reverse(ws.db, ws.path, redo=True)
    assert value(ws, "k") == '"one"'
    journal.reverse(ws.db, ws.path, redo=True)
    assert value(ws, "k") == '"two"'
    with pytest.raises(StoreError, match="nothing to redo"):
        journal.reverse(ws.db, ws.path, redo=True)


def test_something_new_ends_redo(ws: Workspace) -> None:
    put_setting(ws, "k", "one")
    journal.reverse(ws.db, ws.path)
    put_setting(ws, "k", "other")

    with pytest.raises(StoreError, match="nothing to redo"):
        journal.reverse(ws.db, ws.path, redo=True)

    journal.reverse(ws.db, ws.path)
    with pytest.raises(StoreError, match="nothing to undo"):
        journal.reverse(ws.db, ws.path)


def test_two_threads_write_one_after_the_other(ws: Workspace) -> None:
    def work(name: str) -> None:
        for number in range(10):
            put_setting(ws, f"{name}{number}", name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(records.fetch_all(ws.db, "setting")) == 6 + 20
    ids = [line.id for line in journal.lines(ws.db)]
    assert ids == sorted(set(ids))
    assert ws.any_revision() == 21


def test_a_transaction_holds_the_right_to_write_from_its_start(ws: Workspace) -> None:
    with (
        closing(open_connection(ws.path, verify=False, passphrase=ws.passphrase)) as other,
        journal.transaction(ws.db, ws.path),
    ):
        other.execute("pragma busy_timeout = 0")
        with pytest.raises(StoreLocked), store_errors(ws.path):
            other.execute("begin immediate")


def test_a_reader_sees_the_state_before_while_another_writes(ws: Workspace) -> None:
    seen: list[object] = []
    ready, done = threading.Event(), threading.Event()

    def write() -> None:
        with ws.write("settings", "test"):
            records.put(ws.db, "setting", {"key": "k", "value": "1"})
            ready.set()
            done.wait(5)

    thread = threading.Thread(target=write)
    thread.start()
    ready.wait(5)
    seen.append(value(ws, "k"))
    done.set()
    thread.join()
    seen.append(value(ws, "k"))

    assert seen == [None, "1"]


def test_a_snapshot_is_one_state(ws: Workspace, tmp_path: Path) -> None:
    with journal.snapshot(ws.db):
        before = value(ws, "k")
        thread = threading.Thread(target=put_setting, args=(ws, "k", "one"))
        thread.start()
        thread.join()
        during = value(ws, "k")

    assert before == during is None
    assert value(ws, "k") == '"one"'


def test_a_full_disk_is_one_message_and_no_change(ws: Workspace) -> None:
    pages = ws.db.execute("pragma page_count").fetchone()[0]
    ws.db.execute(f"pragma max_page_count = {pages + 2}")

    def fill() -> None:
        with ws.write("settings", "test"):
            for number in range(100):
                row = {"key": f"k{number}", "value": '"' + "x" * 1000 + '"'}
                records.put(ws.db, "setting", row)

    with pytest.raises(StoreError, match="full"):
        fill()

    ws.db.execute("pragma max_page_count = 1000000")
    put_setting(ws, "k", "fine")
    assert len(records.fetch_all(ws.db, "setting")) == 7


def test_faults_stay_faults(ws: Workspace) -> None:
    with pytest.raises(ws.db.IntegrityError), ws.write("import", "test"):
        ws.db.execute("insert into series values (1, 99, 99, 99, 99, 'persons')")

    put_setting(ws, "k", "still works")
