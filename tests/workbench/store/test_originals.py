"""Files as they came: read back by row, blanked where asked, their hash kept."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from workbench.errors import StoreError, UserFileError
from workbench.services.workspace import Workspace
from workbench.store import originals
from workbench.store.records_text import Dialect


def keep(ws: Workspace, path: Path, **fields: object) -> str:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with ws.write("import", "test"):
        originals.store_original(
            ws.db, data_path=path, sha256=sha256, name=path.name, format="csv", **fields
        )  # type: ignore[arg-type]
    return sha256


def keep_rows(
    ws: Workspace, sha256: str, sheet: int, name: str, rows: Sequence[tuple[int, list[str]]]
) -> None:
    with ws.write("import", "test"):
        originals.store_sheet_rows(ws.db, sha256, sheet, name, rows)


def big_table(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("a,b,c\n")
        for number in range(2, rows + 1):
            out.write(f'{number},"x, {number}\nsecond line",{"y" * 30}\n')


def test_the_bytes_come_back(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(os.urandom(700_000))

    sha256 = keep(ws, path)

    assert b"".join(originals.read_bytes(ws.db, sha256)) == path.read_bytes()
    assert originals.is_intact(ws.db, originals.stored_original(ws.db, sha256))


def test_one_row_is_read_from_its_block_alone(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    big_table(path, 30_000)
    sha256 = keep(ws, path, dialect=Dialect())
    blocks = ws.db.execute("select count(*) from original_block").fetchone()[0]

    found = next(originals.rows_from(ws.db, sha256, 0, 29_000))

    assert blocks > 4
    assert found == (29_000, ["29000", "x, 29000\nsecond line", "y" * 30])


def test_cells_far_apart_are_found(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    big_table(path, 60_000)
    sha256 = keep(ws, path, dialect=Dialect())
    wanted = [(1, 3), (2, 1), (59_999, 1), (25_000, 2), (25_000, 9), (70_000, 1)]

    found = originals.cell_texts(ws.db, sha256, 0, wanted)

    assert found == {
        (1, 3): "c",
        (2, 1): "2",
        (59_999, 1): "59999",
        (25_000, 2): "x, 25000\nsecond line",
    }


def test_sheets_are_read_by_row_and_gaps_are_skipped(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"not parsed here")
    sha256 = keep(ws, path)
    rows = [(number, [str(number), "é"]) for number in range(1, 2_000) if number % 7]

    keep_rows(ws, sha256, 2, "Data", rows)

    assert originals.sheets(ws.db, sha256) == {2: "Data"}
    assert next(originals.rows_from(ws.db, sha256, 2, 7)) == (8, ["8", "é"])
    assert originals.cell_texts(ws.db, sha256, 2, [(1_500, 1), (1_400, 1)]) == {(1_500, 1): "1500"}


def test_personal_columns_are_blanked_in_text_tables(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,n\nMARKER ONE,1\nMARKER TWO,2\n")
    hidden = originals.RedactedColumn(column=1, name="name", reason="names")

    sha256 = keep(ws, path, dialect=Dialect(), redacted=[hidden])

    kept = b"".join(originals.read_bytes(ws.db, sha256))
    entry = originals.stored_original(ws.db, sha256)
    assert kept == b"name,n\n,1\n,2\n"
    assert entry.redacted == (hidden,)
    assert entry.stored_sha256 != sha256
    assert originals.is_intact(ws.db, entry)


def test_personal_columns_keep_only_the_rows_of_a_spreadsheet(
    ws: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"MARKER")
    hidden = originals.RedactedColumn(column=2, name="name", sheet=1)
    sha256 = keep(ws, path, redacted=[hidden])

    keep_rows(ws, sha256, 1, "S", [(1, ["n", "name"]), (2, ["1", "MARKER"]), (3, ["2"])])

    assert list(originals.read_bytes(ws.db, sha256)) == []
    assert list(originals.rows_from(ws.db, sha256, 1, 1)) == [
        (1, ["n", "name"]),
        (2, ["1", ""]),
        (3, ["2"]),
    ]


def test_a_file_is_kept_once(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")

    assert keep(ws, path, dialect=Dialect()) == keep(ws, path, dialect=Dialect())

    assert len(originals.stored_originals(ws.db)) == 1


def test_a_file_that_changed_meanwhile_is_refused(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")

    with pytest.raises(UserFileError, match="changed"), ws.write("import", "test"):
        originals.store_original(
            ws.db, data_path=path, sha256="0" * 64, name="a.csv", format="csv"
        )

    assert originals.stored_originals(ws.db) == ()


def test_too_little_space_is_told_before(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("workbench.store.filesystem.shutil.disk_usage", lambda folder: usage)

    with pytest.raises(StoreError, match="1 MB free"):
        keep(ws, path)


def test_a_changed_block_is_found(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n1\n")
    sha256 = keep(ws, path)
    ws.db.execute("update original_block set data = zeroblob(20)")

    assert not originals.is_intact(ws.db, originals.stored_original(ws.db, sha256))


def test_storing_holds_only_a_block_in_memory(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w") as out:
        out.writelines(f"{number},abcdefghijklmnopqrstuvwxyz\n" for number in range(400_000))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()

    tracemalloc.start()
    with ws.write("import", "test"):
        originals.store_original(
            ws.db, data_path=path, sha256=sha256, name="a", format="csv", dialect=Dialect()
        )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert path.stat().st_size > 12_000_000
    assert peak < 6_000_000
