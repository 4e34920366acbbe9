"""The generator writes the shipped files again, byte for byte."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from sample_data import valdoria
from sample_data.generate import main

BY_HAND = {"pack.toml", "README.md", ".gitattributes"}
DIRTY = "dirty"


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in BY_HAND
    }


def _hash(path: Path) -> str:
    """SHA-256 of the bytes; of the unpacked members for a spreadsheet (packers differ)."""
    digest = hashlib.sha256()
    if path.suffix in {".xlsx", ".ods"}:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                digest.update(name.encode() + archive.read(name))
    else:
        digest.update(path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("valdoria")
    assert main([str(folder)]) == 0
    return folder


def test_same_seed_gives_the_shipped_bytes(fresh: Path) -> None:
    assert _hashes(fresh) == _hashes(valdoria.folder())


def test_texts_have_unix_line_ends_and_no_byte_order_mark(fresh: Path) -> None:
    for path in fresh.rglob("*"):
        if path.suffix in {".csv", ".json", ".toml", ".geojson"} and path.parent.name != DIRTY:
            content = path.read_bytes()
            assert b"\r" not in content
            assert not content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\n")


def test_shipped_sample_is_small() -> None:
    total = sum(path.stat().st_size for path in valdoria.folder().rglob("*") if path.is_file())

    assert total < 6_000_000
