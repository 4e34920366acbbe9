"""Lists in a file: what counts as a list, and the answer with its ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT
from tests.workbench.cli.running import run
from workbench.errors import UserFileError
from workbench.services.prevalence import read_lists

LISTS = ROOT / "sample_data/valdoria/lists_2022.csv"


def _file(folder: Path, text: str) -> Path:
    path = folder / "lists.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_of_persons_and_rows_of_patterns_give_the_same_table(tmp_path: Path) -> None:
    persons = read_lists(_file(tmp_path, "id,A,B\nx,1,0\ny,1,0\nz,1,1\n"))
    patterns = read_lists(_file(tmp_path, "A,B,count\n1,0,2\n1,1,1\n0,1,0\n"))

    assert persons.lists == patterns.lists == ("A", "B")
    assert persons.counts.tolist() == patterns.counts.tolist() == [2, 0, 1]


def test_row_on_no_list_is_refused_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="row 3"):
        read_lists(_file(tmp_path, "A,B\n1,0\n0,0\n"))


def test_named_column_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="neither 0 nor 1"):
        read_lists(_file(tmp_path, "A,B\n1,0\n1,2\n"), ["A", "B"])


def test_sample_with_the_term_of_police_and_charities_finds_its_truth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """T16: 2,300 persons in truth; independence finds too few."""
    given = run(capsys, "--json", "prevalence", LISTS, "--term", "POL*NGO").data

    assert given["observed"] == 816
    assert 1900 <= given["estimate"] <= 2750
    assert given["low"] < given["estimate"] < given["high"]
    assert given["spread"][0] < given["spread"][1]
    assert given["resampled"][0] < given["resampled"][1]
    assert given["outcome"] == "estimated"


def test_words_hold_range_assumptions_and_critique(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "prevalence", LISTS, "--repeats", 20).out

    assert "between" in out.splitlines()[0]
    assert "same definition of a victim" in out
    assert "Whitehead" in out


def test_little_overlap_is_told_and_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "A,B,C,count\n1,0,0,80\n0,1,0,70\n0,0,1,90\n1,1,0,4\n0,1,1,3\n"
    ran = run(capsys, "--json", "prevalence", _file(tmp_path, text))

    assert ran.code == 0
    assert ran.data["outcome"] == "refused"
    assert ran.data["refusal"]["code"] == "too_little_overlap"
    assert ran.data["publishable"] is False


def test_suppressed_overlaps_widen_the_answer_and_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "A,B,C,count\n1,0,0,180\n0,1,0,170\n0,0,1,190\n1,1,0,44\n0,1,1,{bc}\n1,0,1,35\n1,1,1,{abc}\n"
    words = ("--json", "prevalence", "--term", "A*B", "--repeats", 40)

    def totals(bc: object, abc: object) -> dict[str, Any]:
        file = _file(tmp_path, text.format(bc=bc, abc=abc))
        return dict(run(capsys, *words, file).data)

    found = totals("<5", "<5")
    every = [totals(bc, abc) for bc in range(1, 5) for abc in range(1, 5)]
    (check,) = [d for d in found["diagnostics"] if d["name"] == "range_censored"]

    assert check["low"] == pytest.approx(min(each["estimate"] for each in every))
    assert check["high"] == pytest.approx(max(each["estimate"] for each in every))
    assert found["low"] <= min(each["low"] for each in every) + 1e-6
    assert found["high"] >= max(each["high"] for each in every) - 1e-6
    assert any("overlaps are suppressed" in sentence for sentence in found["sentences"])


@pytest.mark.parametrize("cell", ["<1", "<", "-3", "4.5", "many"])
def test_number_that_is_none_is_named(tmp_path: Path, cell: str) -> None:
    with pytest.raises(UserFileError, match="row 2"):
        read_lists(_file(tmp_path, f"A,B,count\n1,0,{cell}\n0,1,3\n"))
