from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indicators.errors import Cancelled
from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.services.proving import CASES, verify


def test_shipped_cases_pass_and_name_their_publication() -> None:
    report = verify()

    assert report.is_clean, [case.failures for case in report.cases]
    assert report.count("passed") == len(list(CASES.glob("*.json"))) >= 5
    for path in CASES.glob("*.json"):
        assert len(json.loads(path.read_text(encoding="utf-8"))["source"]) > 20


@pytest.mark.skipif(SHARED is None, reason="the published cases are not here")
def test_published_cases_never_fail() -> None:
    assert SHARED is not None
    report = verify(SHARED / "reference")
    fields = report.fields()

    assert report.count("failed") == 0
    assert report.count("passed") >= 15
    assert report.is_clean == (report.count("unsupported") == 0)
    assert set(fields) == {"cases", "passed", "failed", "unsupported"}


def _copy(folder: Path) -> Path:
    for path in CASES.glob("garwood_limits.*"):
        shutil.copy(path, folder / path.name)
    return folder / "garwood_limits.json"


def test_spoiled_number_fails(tmp_path: Path) -> None:
    path = _copy(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("3.6889", "3.7889"), encoding="utf-8")

    report = verify(tmp_path)

    assert (report.count("failed"), report.is_clean) == (1, False)
    assert "k0.exact_high" in report.cases[0].failures[0]


def test_other_json_files_are_no_cases(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "index.json").write_text('{"files": []}', encoding="utf-8")

    assert len(verify(tmp_path).cases) == 1


def test_data_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    path = _copy(inner)
    (inner / "garwood_limits.csv").rename(tmp_path / "garwood_limits.csv")
    text = path.read_text(encoding="utf-8").replace("garwood_limits.csv", "../garwood_limits.csv")
    path.write_text(text, encoding="utf-8")

    report = verify(inner)

    assert report.count("failed") == 1
    assert "not in the folder" in report.cases[0].failures[0]


@pytest.mark.parametrize("content", [None, "{broken"])
def test_folder_without_cases_is_an_error_of_the_file(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "c.json").write_text(content, encoding="utf-8")

    with pytest.raises(UserFileError):
        verify(tmp_path)
    with pytest.raises(UserFileError):
        verify(tmp_path / "missing")


def test_a_person_can_stop(tmp_path: Path) -> None:
    class Stop:
        def report(self, done: int, total: int | None, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        verify(progress=Stop())


@pytest.mark.skipif(SHARED is None, reason="the shared cases are not here")
@pytest.mark.parametrize(
    ("own", "shared", "prefix"),
    [
        ("benjamini_hochberg_1995", "s14_fdr_bh1995", ""),
        ("durbin_koopman_nile", "s11_ucm_nile_local_level", ""),
        ("nist_longley", "s16_nist_longley", ""),
        ("newcombe_1998", "s02_proportion", "newcombe_"),
    ],
)
def test_shipped_numbers_are_those_of_the_shared_cases(own: str, shared: str, prefix: str) -> None:
    """Typed numbers equal those found independently, to the digits that are printed."""
    assert SHARED is not None
    mine = json.loads((CASES / f"{own}.json").read_text(encoding="utf-8"))
    theirs = json.loads((SHARED / "reference" / f"{shared}.json").read_text(encoding="utf-8"))

    pairs = list(_pairs(mine["expected"], theirs["expected"], prefix))

    assert mine["status"] == "published"
    assert len(pairs) >= 2
    for value, found, tolerance in pairs:
        assert value == pytest.approx(found, rel=1e-9, abs=tolerance)


def _pairs(
    mine: dict[str, Any], theirs: dict[str, Any], prefix: str
) -> Iterator[tuple[object, object, float]]:
    for key, entry in mine.items():
        other = theirs.get(key) or theirs[prefix + key]
        if "value" in entry:
            yield entry["value"], other["value"], entry.get("abs_tol", 0.0)
        else:
            yield from _pairs(entry, other, "")
