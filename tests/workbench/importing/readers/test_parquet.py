"""Parquet files; what needs pyarrow is skipped where it is not installed."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw, parquet

HAS_PACKAGE = find_spec("pyarrow") is not None


def test_the_first_bytes_tell() -> None:
    assert parquet.recognises(b"PAR1\x15\x04")
    assert not parquet.recognises(b"area,year")


@pytest.mark.skipif(HAS_PACKAGE, reason="pyarrow is installed")
def test_without_its_package_the_extra_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")

    with pytest.raises(UserFileError, match=r"tip-workbench\[parquet\]"):
        open_raw(path)


@pytest.mark.skipif(not HAS_PACKAGE, reason="needs pyarrow")
def test_rows(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet as writer

    path = tmp_path / "a.csv"
    table = pyarrow.table({"area": ["A", None], "year": [2010, 2011], "value": [1.5, 2.0]})
    writer.write_table(table, path)

    file = open_raw(path)

    assert file.format == "parquet"
    assert list(file.tables[0].rows()) == [
        ["area", "year", "value"],
        ["A", "2010", MACHINE_MARK + "1.5"],
        ["", "2011", "2"],
    ]


@pytest.mark.skipif(not HAS_PACKAGE, reason="needs pyarrow")
def test_nested_columns_and_cut_files_are_refused(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet as writer

    path = tmp_path / "a.parquet"
    writer.write_table(pyarrow.table({"a": [[1, 2]]}), path)
    with pytest.raises(UserFileError, match="no plain column"):
        open_raw(path)

    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UserFileError, match=r"a\.parquet"):
        open_raw(path)
