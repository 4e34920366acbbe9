"""SAS files."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw, sas

MAGIC = bytes.fromhex("00" * 12 + "c2ea8160b31411cfbd92080009c7318c181f1011")


@pytest.mark.parametrize("version", [5, 8])
def test_a_transport_file(tmp_path: Path, version: int) -> None:
    path = tmp_path / "a.csv"
    frame = pd.DataFrame({"AREA": ["Ñ", "b"], "YEAR": [2010.0, 2011.0], "V": [1.5, None]})
    pyreadstat.write_xport(frame, str(path), file_format_version=version)

    file = open_raw(path)

    assert file.format == "sas"
    assert list(file.tables[0].rows()) == [
        ["AREA", "YEAR", "V"],
        ["Ñ", "2010", MACHINE_MARK + "1.5"],
        ["b", "2011", ""],
    ]


def test_a_damaged_data_set(tmp_path: Path) -> None:
    path = tmp_path / "a.sas7bdat"
    path.write_bytes(MAGIC + b"\x33" * 5_000)

    assert sas.recognises(path.read_bytes()[:64])
    with pytest.raises(UserFileError, match=r"a\.sas7bdat"):
        open_raw(path)


def test_a_cut_transport_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xpt"
    pyreadstat.write_xport(pd.DataFrame({"V": [1.0]}), str(path))
    path.write_bytes(path.read_bytes()[:300])

    with pytest.raises(UserFileError, match=r"a\.xpt"):
        open_raw(path)
