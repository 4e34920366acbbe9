"""Texts in the encoding their format states."""

from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing.strict_text import marked_encoding, start_of, whole_text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [("añ".encode("utf-8-sig"), "utf-8-sig"), ("añ".encode("utf-16"), "utf-16"), (b"a", "")],
)
def test_byte_marks(data: bytes, encoding: str) -> None:
    assert marked_encoding(data) == encoding
    assert start_of(data) in ("añ", "a")


def test_a_mark_wins_over_the_stated_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("añ".encode("utf-8-sig"))

    assert whole_text(path, "latin-1", 100) == "añ"


@pytest.mark.parametrize(
    ("data", "message"), [(b"a\xff", "utf-8"), (b"a\0b", "NUL"), (b"x" * 2_000_000, "1 MB")]
)
def test_refusals(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)

    with pytest.raises(UserFileError, match=message):
        whole_text(path, "utf-8", 1 << 20)
