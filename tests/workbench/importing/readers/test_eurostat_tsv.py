"""Tables of Eurostat."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw
from workbench.importing.readers.eurostat_tsv import recognises, value_and_flags

TABLE = (
    "unit,sex,geo\\TIME_PERIOD\t2010 \t2011-Q1 \n"
    "NR,F,AT\t12 p\t: c\n"
    "NR,M,AT\t124398.7 \t: \n"
    "\n"
    "NR,T,AT\t-3 be\t0n\n"
)


def opened(tmp_path: Path, data: bytes) -> RawFile:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    return open_raw(path)


def test_each_cell_is_a_row_with_value_and_flags(tmp_path: Path) -> None:
    file = opened(tmp_path, TABLE.encode())

    assert (file.format, file.delimiter) == ("eurostat_tsv", "\t")
    assert list(file.tables[0].rows()) == [
        ["unit", "sex", "geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"],
        ["NR", "F", "AT", "2010", "12", "p"],
        ["NR", "F", "AT", "2011-Q1", ": c", "c"],
        ["NR", "M", "AT", "2010", MACHINE_MARK + "124398.7", ""],
        ["NR", "M", "AT", "2011-Q1", ":", ""],
        ["NR", "T", "AT", "2010", "-3", "be"],
        ["NR", "T", "AT", "2011-Q1", "0", "n"],
    ]


@pytest.mark.parametrize("text", ["1,5", "12 P", "<5", "x", "1 2"])
def test_a_cell_of_another_form_stays_whole(text: str) -> None:
    assert value_and_flags(text) == (text, "")


def test_a_byte_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    file = opened(tmp_path, b"\xef\xbb\xbf" + TABLE.encode())

    assert file.format == "eurostat_tsv"
    assert file.tables[0].first_rows(1)[0][0] == "unit"


@pytest.mark.parametrize("text", ["a," * 2_000, "a" * 4_000, "a,b\\" * 800, "," * 4_000])
def test_other_texts_are_told_at_once(text: str) -> None:
    start = time.perf_counter()

    assert not recognises(text.encode())
    assert time.perf_counter() - start < 1


def test_a_short_line_is_named(tmp_path: Path) -> None:
    file = opened(tmp_path, TABLE.encode() + b"NR,F\t1\t2\n")

    with pytest.raises(UserFileError, match="Line 6 has 4 cells instead of 5"):
        list(file.tables[0].rows())


def test_other_letters_are_refused(tmp_path: Path) -> None:
    file = opened(tmp_path, TABLE.encode() + "NR,ñ,AT\t1\t2\n".encode("cp1252"))

    with pytest.raises(UserFileError, match="utf-8"):
        list(file.tables[0].rows())


def test_too_many_columns(tmp_path: Path) -> None:
    header = "geo\\time\t" + "\t".join(["2010"] * 2001) + "\n"

    with pytest.raises(UserFileError, match="2000 columns"):
        opened(tmp_path, header.encode())


def test_a_packed_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="Unpack it first"):
        opened(tmp_path, b"\x1f\x8b\x08\x00" + b"\0" * 20)


CODE = st.from_regex(r"[A-Z][A-Z0-9_\-]{0,6}", fullmatch=True)
CELL = st.tuples(
    st.one_of(st.integers(-(10**9), 10**9).map(str), st.just(":")),
    st.sampled_from(["", "p", "be", "c"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), keys=st.lists(st.tuples(CODE, CODE), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path: Path, data: st.DataObject, keys: list) -> None:
    cells = [data.draw(st.lists(CELL, min_size=3, max_size=3)) for _ in keys]
    lines = ["unit,geo\\TIME_PERIOD\t2010 \t2011 \t2012 "]
    for key, row in zip(keys, cells, strict=True):
        lines.append(",".join(key) + "\t" + "\t".join(f"{v} {f}" for v, f in row))

    rows = list(opened(tmp_path, "\n".join(lines).encode()).tables[0].rows())[1:]

    expected = [
        [*key, year, value if value != ":" or not flag else f": {flag}", flag]
        for key, row in zip(keys, cells, strict=True)
        for year, (value, flag) in zip(("2010", "2011", "2012"), row, strict=True)
    ]
    assert rows == expected


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_a_real_table() -> None:
    assert SHARED is not None
    rows = list(open_raw(SHARED / "data/eurostat/tsdde410.tsv").tables[0].rows())

    assert len(rows) == 1 + 68 * 20
    assert rows[1] == ["MIO_EUR", "AT", "1995", MACHINE_MARK + "124398.7", ""]
    assert rows[-1] == ["PC_GDP", "UK", "2014", MACHINE_MARK + "88.2", ""]
