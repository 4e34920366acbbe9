"""Encrypted files: what opens them, what finds a damaged page, and a passphrase that changes."""

from __future__ import annotations

import random
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.workbench.deliveries import cells, deliver
from tests.workbench.store.drivers import WORDS, edit, needs_driver, quick_keys, raw
from workbench.errors import StoreCorrupt, StoreError, StoreLocked
from workbench.services.checks import check
from workbench.services.history import content_digest
from workbench.services.workspace import create, open_workspace
from workbench.store import encryption
from workbench.store.connection import MAGIC, Connection, looks_encrypted, open_connection

pytestmark = needs_driver
OTHER = 'it\'s another "fine" día — 東京'
PAGE = 4096
CHANGES = [(None, WORDS), (WORDS, OTHER), (WORDS, None)]


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


def project(path: Path, words: str | None) -> str:
    """A closed project with two deliveries; its digest."""
    with create(path, area="XVA", title="Ümläut", passphrase=words) as ws:
        deliver(ws, cells([1, 2.5, 3e300]), path.parent)
        deliver(ws, cells([4, 5], variable="vic_assisted"), path.parent, name="second.csv")
        return content_digest(ws)


def digest(path: Path, words: str | None) -> str:
    with open_workspace(path, read_only=True, passphrase=words) as ws:
        return content_digest(ws)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix != ".csv")


@pytest.mark.parametrize("words", ["", "a\0long passphrase"])
def test_words_the_driver_takes_for_no_key_open_and_make_nothing(
    tmp_path: Path, words: str
) -> None:
    project(tmp_path / "w.tipw", WORDS)

    with pytest.raises(StoreCorrupt, match="passphrase"):
        open_connection(tmp_path / "w.tipw", passphrase=words)
    with pytest.raises(StoreCorrupt):
        open_connection(tmp_path / "new.tipw", passphrase=words, create=True)

    assert names(tmp_path) == ["w.tipw"]


def test_one_message_for_a_wrong_passphrase_a_missing_one_and_damage(tmp_path: Path) -> None:
    path, damaged = tmp_path / "w.tipw", tmp_path / "damaged.tipw"
    project(path, WORDS)
    damaged.write_bytes(random.Random(1).randbytes(20_000))

    def message(file: Path, words: str | None) -> str:
        with pytest.raises(StoreCorrupt) as caught:
            open_workspace(file, passphrase=words)
        return str(caught.value).replace(str(file), "FILE")

    told = {message(path, OTHER), message(path, None), message(damaged, WORDS)}

    assert len(told) == 1
    assert WORDS not in told.pop()


def test_a_passphrase_for_a_plain_project_is_told(tmp_path: Path) -> None:
    project(tmp_path / "w.tipw", None)

    with pytest.raises(StoreError, match="is not encrypted"):
        open_workspace(tmp_path / "w.tipw", passphrase=WORDS)


def test_any_tool_with_the_defaults_of_the_driver_opens_it(tmp_path: Path) -> None:
    from tests.workbench.store.drivers import FEW_ROUNDS, ROUNDS, set_rounds

    set_rounds(ROUNDS)
    create(tmp_path / "w.tipw", area="XVA", passphrase=WORDS).close()
    set_rounds(FEW_ROUNDS)

    with closing(raw(tmp_path / "w.tipw", WORDS)) as db:
        db.execute("pragma cipher_compatibility = 4")
        db.execute(f"pragma kdf_iter = {ROUNDS}")
        assert db.execute("select value from setting where key = 'area'").fetchone() == ('"XVA"',)


def test_the_cache_is_large_enough_for_decrypted_pages(tmp_path: Path) -> None:
    project(tmp_path / "w.tipw", WORDS)

    with closing(open_connection(tmp_path / "w.tipw", passphrase=WORDS)) as db:
        assert db.execute("pragma cache_size").fetchone()[0] <= -64 * 1024


def test_a_changed_bit_in_any_of_a_hundred_pages_is_found(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    project(path, WORDS)
    edit(
        path,
        WORDS,
        f"insert into setting values ('free', '\"{'x' * 70 * PAGE}\"')",
        f"insert into setting values ('used', '\"{'y' * 60 * PAGE}\"')",
        "delete from setting where key = 'free'",
        "pragma journal_mode = delete",
    )
    good = path.read_bytes()
    pages = len(good) // PAGE
    chance = random.Random(20)
    seen, by_check = 0, 0

    for page in chance.sample(range(pages), 100):
        bad = bytearray(good)
        bad[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        try:
            with open_workspace(path, read_only=True, passphrase=WORDS) as ws:
                is_found = not check(ws).integrity
                by_check += is_found
        except StoreCorrupt:
            is_found = True
        seen += is_found

    assert seen == 100
    assert by_check > 10  # free pages hold nothing, so only the seals tell


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_the_content_and_the_rights_are_as_before(
    tmp_path: Path, old: str | None, new: str | None
) -> None:
    path = tmp_path / "w.tipw"
    before = project(path, old)
    path.chmod(0o600)

    encryption.rewrite(path, old=old, new=new)

    assert digest(path, new) == before
    assert path.read_bytes().startswith(MAGIC) is (new is None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["w.tipw"]
    with pytest.raises(StoreError):
        open_workspace(path, passphrase=old)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_copy_that_differs_never_takes_the_name(
    tmp_path: Path, old: str | None, new: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.tipw"
    before = project(path, old)
    tables = encryption._tables

    def spoil(db: Connection, schema: str) -> set[str]:
        """Change one value of the new file before it is compared."""
        fresh = "main" if old is None else "other"
        db.execute(f"update {fresh}.observation set value = value + 1 where value = 2.5")
        return tables(db, schema)

    monkeypatch.setattr(encryption, "_tables", spoil)

    with pytest.raises(StoreCorrupt, match="same rows in “observation”"):
        encryption.rewrite(path, old=old, new=new)

    assert digest(path, old) == before
    assert names(tmp_path) == ["w.tipw"]


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    project(path, WORDS)
    before = path.read_bytes()

    with pytest.raises(StoreCorrupt, match="passphrase"):
        encryption.rewrite(path, old=OTHER, new=WORDS)

    assert path.read_bytes() == before
    assert names(tmp_path) == ["w.tipw"]


def test_a_project_that_another_program_reads_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.tipw"
    before = project(path, None)
    monkeypatch.setattr("workbench.store.connection.BUSY_TIMEOUT_S", 0.01)

    with open_workspace(path, read_only=True) as reader:
        assert reader.settings.area == "XVA"
        with pytest.raises(StoreLocked):
            encryption.rewrite(path, old=None, new=WORDS)

    assert digest(path, None) == before


def test_what_a_killed_program_left_goes_when_the_project_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "w.tipw"
    project(path, WORDS)
    (tmp_path / ".w.tipw.99.new").write_text("plain rows")
    (tmp_path / ".w.tipw.99.new-journal").write_text("plain rows")

    open_workspace(path, passphrase=WORDS).close()

    assert names(tmp_path) == ["w.tipw"]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("w.tipw", b"\x81" * 4096, True),
        ("w.TIPW", b"\x81" * 4096, True),
        ("w.csv", b"\x81" * 4096, False),
        ("w.tipw", b"\x81" * 4097, False),
        ("w.tipw", b"", False),
        ("w.tipw", bytes(4096), False),
        ("w.tipw", MAGIC + b"\x81" * 4080, False),
    ],
)
def test_what_looks_encrypted(tmp_path: Path, name: str, data: bytes, expected: bool) -> None:
    (tmp_path / name).write_bytes(data)

    assert looks_encrypted(tmp_path / name) is expected
    assert not looks_encrypted(tmp_path / "absent.tipw")
