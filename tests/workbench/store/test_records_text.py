"""Blocks are cut at the ends of records, whatever stands in the quotes."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.store.records_text import Dialect, RecordCutter, blanked, settled, split_records

FIELDS = st.text(st.sampled_from('aé,;"\n\r 1ſ'), max_size=6)


class Column:
    """A column to blank."""

    def __init__(self, column: int, first_row: int) -> None:
        self.column = column
        self.first_row = first_row


def cut(data: bytes, dialect: Dialect, size: int) -> list[tuple[bytes, int]]:
    return list(RecordCutter(io.BytesIO(data), dialect, size, hashlib.sha256()))


@settings(deadline=None, max_examples=150)
@given(
    rows=st.lists(st.lists(FIELDS, min_size=1, max_size=4), min_size=1, max_size=12),
    size=st.integers(1, 60),
    encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-8-sig"]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_blocks_hold_whole_records(
    rows: list[list[str]], size: int, encoding: str, ending: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending).writerows(rows)
    data = out.getvalue().encode(encoding)
    whole = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    dialect = Dialect(encoding=encoding)

    blocks = cut(data, dialect, size)

    assert b"".join(block for block, _ in blocks) == data
    split = [list(split_records(block, dialect)) for block, _ in blocks]
    assert [len(records) for records in split] == [count for _, count in blocks]
    assert [record for records in split for record in records] == whole


def test_a_blank_line_is_a_record() -> None:
    blocks = cut(b"a\n\nb\n", Dialect(), 2)

    assert sum(count for _, count in blocks) == 3


def test_lines_may_end_with_a_carriage_return_alone() -> None:
    blocks = cut(b"a,b\rc,d\r", Dialect(), 3)

    assert [list(split_records(block, Dialect())) for block, _ in blocks] == [
        [["a", "b"], ["c", "d"]]
    ]


def test_a_quote_that_never_closes_ends_with_the_file() -> None:
    blocks = cut(b'a\n"b\nc\n', Dialect(), 2)

    assert b"".join(block for block, _ in blocks) == b'a\n"b\nc\n'
    assert sum(count for _, count in blocks) == 2


def test_blanking_empties_the_column_below_the_header_only() -> None:
    data = 'name;n\r\nAna “A”;1\r\n"b;c";2\r\n'.encode("cp1252")
    dialect = Dialect(encoding="cp1252", delimiter=";")

    kept = blanked(data, dialect, 1, [Column(1, 2)])

    assert kept == b"name;n\r\n;1\r\n;2\r\n"


@pytest.mark.parametrize("order", ["le", "be"])
def test_the_byte_order_is_read_from_the_mark(tmp_path: Path, order: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffa,b\n1,2\n".encode(f"utf-16-{order}"))

    dialect = settled(Dialect(encoding="UTF-16"), path)

    assert dialect.encoding == f"utf-16-{order}"
    assert list(split_records(path.read_bytes(), dialect)) == [["a", "b"], ["1", "2"]]
