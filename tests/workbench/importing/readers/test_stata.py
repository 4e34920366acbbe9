"""Stata files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw


def stata(path: Path, columns: dict[str, list[Any]], **options: Any) -> Path:
    pyreadstat.write_dta(pd.DataFrame(columns), str(path), **options)
    return path


def rows(path: Path) -> list[list[str]]:
    return list(open_raw(path).tables[0].rows())


def test_labels_and_declared_missing_stand_beside_codes(tmp_path: Path) -> None:
    path = stata(
        tmp_path / "a.csv",
        {"sex": [1, 2, "a", 1], "year": [2010, 2011, 2012, 2013], "value": [1.5, 2.0, None, 4.25]},
        missing_user_values={"sex": ["a"]},
        variable_value_labels={"sex": {1: "Male", 2: "Female", "a": "Refused"}},
    )

    assert open_raw(path).format == "stata"
    assert rows(path) == [
        ["sex", "sex label", "sex missing", "year", "value"],
        ["1", "Male", "", "2010", MACHINE_MARK + "1.5"],
        ["2", "Female", "", "2011", "2"],
        ["", "Refused", "a", "2012", ""],
        ["1", "Male", "", "2013", MACHINE_MARK + "4.25"],
    ]


def test_dates_are_iso_and_texts_stay(tmp_path: Path) -> None:
    path = stata(
        tmp_path / "a.dta",
        {
            "day": [date(2020, 1, 2)],
            "time": [datetime(2020, 1, 2, 3, 4)],  # noqa: DTZ001 - files hold no zone
            "text": ['Ñuble, "x"\nline'],
        },
    )

    assert rows(path)[1] == ["2020-01-02", "2020-01-02T03:04:00", 'Ñuble, "x"\nline']


@pytest.mark.parametrize("version", [8, 12, 13, 15])
def test_all_versions(tmp_path: Path, version: int) -> None:
    path = stata(tmp_path / "a.dta", {"year": [2010], "v": [0.5]}, version=version)

    assert rows(path) == [["year", "v"], ["2010", MACHINE_MARK + "0.5"]]


def test_more_rows_than_one_part(tmp_path: Path) -> None:
    columns = {f"c{n}": list(range(2_500)) for n in range(400)}
    path = stata(tmp_path / "a.dta", columns)

    found = rows(path)

    assert len(found) == 2_501
    assert found[-1] == ["2499"] * 400
    assert [row[0] for row in found[1:]] == [str(n) for n in range(2_500)]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.8])
def test_a_cut_file(tmp_path: Path, share: float) -> None:
    path = stata(tmp_path / "a.dta", {"year": list(range(2_000)), "t": ["abc"] * 2_000})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(UserFileError, match=r"a\.dta"):
        rows(path)


def test_damage_ends_only_the_reader(tmp_path: Path) -> None:
    path = stata(tmp_path / "a.dta", {"year": [2010, 2011], "t": ["abc", "d"]})
    whole = path.read_bytes()
    for place in range(30, len(whole), len(whole) // 5):
        path.write_bytes(whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :])
        try:
            rows(path)
        except UserFileError:
            continue


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")),
    max_size=6,
)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(st.tuples(TEXT, st.integers(-(2**31) + 1, 2**30)), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path: Path, table: list[tuple[str, int]]) -> None:
    columns = {"area": [text for text, _ in table], "value": [float(n) for _, n in table]}
    path = stata(tmp_path / "a.dta", columns)

    assert rows(path)[1:] == [[text, str(number)] for text, number in table]


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_a_real_file() -> None:
    assert SHARED is not None
    found = rows(SHARED / "data/wgi/wgidataset.dta")

    assert len(found) == 4_923
    assert found[0][:4] == ["code", "countryname", "year", "vae"]
    assert found[-1][:4] == ["ZWE", "Zimbabwe", "2021", MACHINE_MARK + "-1.1369341611862183"]
