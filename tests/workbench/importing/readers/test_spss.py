"""SPSS files."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw

COLUMNS: dict[str, list[Any]] = {
    "sex": [1.0, 2.0, 9.0, None],
    "age": [10.5, 97.0, 99.0, 30.0],
    "answer": ["yes", "DK", "", "Ñ"],
    "day": [date(2020, 1, 2)] * 4,
}
OPTIONS: dict[str, Any] = {
    "variable_value_labels": {"sex": {1: "Male", 2: "Female", 9: "Refused"}},
    "missing_ranges": {"sex": [9], "age": [{"lo": 97, "hi": 99}], "answer": ["DK"]},
}
EXPECTED = [
    ["sex", "sex label", "sex missing", "age", "age missing", "answer", "answer missing", "day"],
    ["1", "Male", "", MACHINE_MARK + "10.5", "", "yes", "", "2020-01-02"],
    ["2", "Female", "", "", "97", "", "DK", "2020-01-02"],
    ["", "Refused", "9", "", "99", "", "", "2020-01-02"],
    ["", "", "", "30", "", "Ñ", "", "2020-01-02"],
]


@pytest.mark.parametrize("compressed", [False, True])
def test_labels_and_declared_missing_stand_beside_codes(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "a.csv"
    pyreadstat.write_sav(pd.DataFrame(COLUMNS), str(path), compress=compressed, **OPTIONS)

    file = open_raw(path)

    assert file.format == "spss"
    assert list(file.tables[0].rows()) == EXPECTED


def test_a_portable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.por"
    pyreadstat.write_por(pd.DataFrame({"YEAR": [2010.0, 2011.0], "V": [1.5, 2.0]}), str(path))

    file = open_raw(path)

    assert file.format == "spss"
    assert list(file.tables[0].rows())[1] == ["2010", MACHINE_MARK + "1.5"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_cut_file(tmp_path: Path, share: float) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"v": [n / 7 for n in range(3_000)]}), str(path))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(UserFileError, match=r"a\.sav"):
        list(open_raw(path).tables[0].rows())
