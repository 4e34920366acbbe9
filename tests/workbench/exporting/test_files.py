"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.exporting.files import safe_name, write_atomically


def test_text_is_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"

    write_atomically(path, "ñ\nx")

    assert path.read_bytes() == b"\xc3\xb1\nx"
    assert [p.name for p in tmp_path.iterdir()] == ["a.svg"]


def test_an_earlier_file_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.svg"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new")

    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.svg"]


def test_a_missing_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "a", b"")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Identificación 2024", "Identificación-2024"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "file"),
        ("a" * 200, "a" * 80),
        ("\\\\host\\c$", "host-c"),
        ("  ", "file"),
    ],
)
def test_names_from_data_are_tamed(text: str, name: str) -> None:
    assert safe_name(text) == name
