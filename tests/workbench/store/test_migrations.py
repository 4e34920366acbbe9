"""New files and older ones."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.workbench.store.drivers import faults_of, raw
from workbench.errors import StoreError
from workbench.services.workspace import Workspace, create, open_workspace
from workbench.store import connection, migrations
from workbench.store.connection import open_connection, schema_fingerprint
from workbench.store.schema import STEPS

LATER = (*STEPS, ("s999_remark", ("create table remark (id integer primary key) strict",)))
NOW = len(STEPS)
BROKEN = (*STEPS, ("s999_broken", ("create table remark (id integer)", "create table x (")))


def use_steps(monkeypatch: pytest.MonkeyPatch, steps: migrations.Steps, folder: Path) -> None:
    """Make the program one with a later layout."""
    probe = folder / "probe.tipw"
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", len(steps))
    monkeypatch.setattr(connection, "SCHEMA_VERSION", len(steps))
    if steps is BROKEN:
        return
    migrations.create_file(probe, steps=steps)
    with closing(sqlite3.connect(probe)) as db:
        prints = {**connection.FINGERPRINTS, len(steps): schema_fingerprint(db)}
    monkeypatch.setattr(connection, "FINGERPRINTS", prints)
    probe.unlink()


def test_a_taken_name_is_refused_and_kept(tmp_path: Path, words: str | None) -> None:
    (tmp_path / "w.tipw").write_text("mine")

    with pytest.raises(StoreError, match="exists already"):
        create(tmp_path / "w.tipw", area="XVA", passphrase=words)

    assert (tmp_path / "w.tipw").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_failed_creation_leaves_nothing(tmp_path: Path, words: str | None) -> None:
    with pytest.raises(faults_of(words)):
        migrations.create_file(tmp_path / "w.tipw", steps=BROKEN, passphrase=words)

    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_told(tmp_path: Path, words: str | None) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        create(tmp_path / "absent" / "w.tipw", area="XVA", passphrase=words)


def test_an_older_project_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA", title="Old", passphrase=words).close()
    use_steps(monkeypatch, LATER, tmp_path)

    with open_workspace(path, passphrase=words) as ws:
        assert ws.settings.title == "Old"
        assert ws.db.execute("select count(*) from remark").fetchone()[0] == 0
        assert migrations.version(ws.db) == NOW + 1

    backup = tmp_path / f"w.layout-{NOW}.backup.tipw"
    with closing(raw(backup, words)) as db:
        assert db.execute("pragma user_version").fetchone()[0] == NOW
        assert db.execute("select value from setting where key = 'title'").fetchone() == ('"Old"',)


@pytest.mark.parametrize("steps", range(1, NOW))
def test_a_project_of_every_earlier_layout_is_brought_up_to_date(
    steps: int, tmp_path: Path, words: str | None
) -> None:
    path = tmp_path / "w.tipw"
    migrations.create_file(path, steps=STEPS[:steps], passphrase=words)

    with open_workspace(path, passphrase=words) as ws:
        assert migrations.version(ws.db) == NOW
        assert schema_fingerprint(ws.db) == connection.FINGERPRINTS[NOW]


def test_an_older_project_is_not_changed_for_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA", passphrase=words).close()
    before = path.read_bytes()
    use_steps(monkeypatch, LATER, tmp_path)

    with pytest.raises(StoreError, match="reading only"):
        open_workspace(path, read_only=True, passphrase=words)

    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA", passphrase=words).close()
    with monkeypatch.context() as patched:
        use_steps(patched, BROKEN, tmp_path)
        with pytest.raises(faults_of(words)):
            open_workspace(path, passphrase=words)

    with open_workspace(path, passphrase=words) as ws:
        assert migrations.version(ws.db) == NOW


def test_a_backup_that_fails_stops_the_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    path = tmp_path / "w.tipw"
    create(path, area="XVA", passphrase=words).close()
    (tmp_path / f"w.layout-{NOW}.backup.tipw").mkdir()
    use_steps(monkeypatch, LATER, tmp_path)

    with pytest.raises((StoreError, OSError)):
        open_workspace(path, passphrase=words)

    with closing(raw(path, words)) as db:
        assert db.execute("pragma user_version").fetchone()[0] == NOW


def test_opening_imports_no_slow_package(ws: Workspace, words: str | None) -> None:
    path = ws.path
    ws.close()
    program = (
        "import sys\nfrom workbench.services.workspace import open_workspace\n"
        + ("" if words is None else "from tests.workbench.store import drivers as d\n")
        + ("" if words is None else "d.set_rounds(d.FEW_ROUNDS)\n")
        + f"open_workspace({str(path)!r}, passphrase={words!r}).close()\n"
        "print([n for n in ('sqlite_utils', 'pandas', 'scipy', 'click') if n in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_every_layout_can_be_reopened(ws: Workspace) -> None:
    with closing(open_connection(ws.path, verify=False, passphrase=ws.passphrase)) as db:
        assert not migrations.is_outdated(db)
