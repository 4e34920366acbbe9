"""Archives before anything in them is read."""

import zipfile
from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing import archives


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def test_parts_are_listed_and_a_text_has_none(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"PK\x03\x04 no archive")

    assert archives.members(archive(tmp_path / "a", {"x.xml": b"abc"})) == {"x.xml": 3}
    assert archives.members(tmp_path / "b") == {}


def test_a_plain_archive_passes(tmp_path: Path) -> None:
    archives.check(archive(tmp_path / "a", {"x.xml": b"<a/>", "dir/y.bin": b"<!DOCTYPE"}))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({f"p{n}": b"" for n in range(2_001)}, "2000 parts"),
        ({"a": b" " * 3_000_000}, "100 times"),
        ({"a.xml": b"<!ENTITY x>"}, "DOCTYPE"),
        ({"a.xml": "<!DOCTYPE".encode("utf-16-le")}, "DOCTYPE"),
        ({"a.xml": b" " * (archives._CHUNK - 4) + b"<!DOCTYPE"}, "DOCTYPE"),
        ({"..": b""}, "not safe"),
        ({"a\\b": b""}, "not safe"),
        ({"lpt1.xml": b""}, "not safe"),
    ],
)
def test_refusals(tmp_path: Path, parts: dict[str, bytes], message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        archives.check(archive(tmp_path / "a", parts))


def test_a_cut_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "a", {"x.xml": b"abc"})
    path.write_bytes(path.read_bytes()[:-10])

    with pytest.raises(UserFileError, match="damaged"):
        archives.check(path)
