"""Case flow from the command line, on the sample country; its picture too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import ROOT
from tests.workbench.cli.running import run

pytestmark = pytest.mark.xdist_group("sample")


def test_one_year_has_shares_without_ranges_and_says_why(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("flow", "victims", "-w", sample_project, "--area", "XVA", "--period", "2022")
    ran = run(capsys, *words, "--json").data

    assert (ran["counting"], ran["period"], ran["unit"]) == ("stock", "2022", "persons")
    first, second = ran["steps"][:2]
    assert first["count"] == 816
    assert second["of_previous"]["estimate"] == pytest.approx(100 * second["count"] / 816)
    assert second["of_previous"]["low"] is None
    assert ran["bridges"] == ["PRS-04", "PRS-08"]
    assert any("not the same persons" in sentence for sentence in ran["sentences"])
    assert {step["code"] for step in ran["steps"]}.isdisjoint(
        {"pro_persons", "cnv_persons", "inv_opened"}
    )


def test_complete_group_has_its_share_with_a_range(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("flow", "accused", "-w", sample_project, "--period", "2008", "--cohort", "--json")
    ran = run(capsys, *words).data
    share = run(
        capsys, "compute", "PRS-06", "-w", sample_project, "--period", "2008", "--parameter",
        "k=5", "--json",
    ).data[0]  # fmt: skip

    assert ran["counting"] == "cohort"
    last = ran["steps"][-1]
    assert last["of_first"]["estimate"] == pytest.approx(share["value"])
    assert last["of_first"]["low"] == pytest.approx(share["low"])
    assert ran["final"]["estimate"] == pytest.approx(share["value"])
    assert ran["is_projected"] is False
    assert [point["years"] for point in ran["curve"]] == [0, 1, 2, 3, 4, 5]
    assert last["worst"] is None


def test_open_group_is_projected_as_the_indicator_does_and_keeps_its_bounds(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("flow", "accused", "-w", sample_project, "--period", "2022", "--cohort", "--json")
    ran = run(capsys, *words).data
    projected = run(
        capsys, "compute", "PRS-07", "-w", sample_project, "--period", "2022", "--json"
    ).data[0]

    assert ran["is_projected"] is True
    assert ran["final"]["estimate"] == pytest.approx(projected["value"])
    assert ran["final"]["low"] == pytest.approx(projected["low"])
    last = ran["steps"][-1]
    assert last["worst"] < ran["final"]["low"] < ran["final"]["high"] < last["best"]
    newest = ran["triangle"][-1]["counts"]
    assert newest[0] is not None
    assert newest[-1] is None


def test_judged_ones_end_in_outcomes_that_add_up(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "flow", "accused", "-w", sample_project, "--period", "2022", "--json").data
    judged = next(step for step in ran["steps"] if step["code"] == "fst_disposed")

    assert sum(ending["count"] for ending in ran["outcomes"]) == judged["count"]
    assert sum(e["share"]["estimate"] for e in ran["outcomes"]) == pytest.approx(100)
    assert ran["outcomes"][0]["code"] == "CNV_TIP"
    assert ran["outcomes"][0]["share"]["low"] < ran["outcomes"][0]["share"]["estimate"]


def test_later_step_larger_than_an_earlier_one_is_explained_not_refused(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        run(capsys, "flow", "accused", "-w", sample_project, "--period", year, "--json")
        for year in range(2005, 2012)
    ]
    notes = [note["code"] for ran in found for step in ran.data["steps"] for note in step["notes"]]
    # convictions exceed prosecutions of an area and year where charges of earlier years end
    area = run(
        capsys, "flow", "accused", "-w", sample_project, "--area", "XV-05", "--period", "2009",
        "--json",
    )  # fmt: skip

    assert all(ran.code == 0 for ran in found)
    larger = [
        note["text"] for step in area.data["steps"] for note in step["notes"]
        if note["code"] == "later_stage_larger"
    ]  # fmt: skip
    assert larger
    assert "earlier years" in larger[0]
    assert "across_flows" not in notes


def test_unknown_year_names_the_years_there_are(
    sample_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "flow", "victims", "-w", sample_project, "--period", "1990")

    assert ran.code == 1
    assert "2005-2024" in ran.err


def test_picture_keeps_the_flows_apart_on_one_scale(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "flow.svg"
    ran = run(
        capsys, "chart", "flow", "all", "-w", sample_project, "--period", "2022", "-o", path,
        "--public", "--json",
    )  # fmt: skip
    svg = path.read_text(encoding="utf-8")

    assert ran.code == 0
    for heading in ("Victims", "Accused persons", "Files", "of the step before", "816"):
        assert heading in svg
    assert "FICTITIOUS DATA" in svg
    assert "Detected victims: 816" in ran.data["description"]


def test_picture_of_a_group_has_its_years_and_the_projection(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "group.svg"
    run(
        capsys, "chart", "flow", "accused", "--cohort", "-w", sample_project, "--period", "2022",
        "-o", path,
    )  # fmt: skip
    svg = path.read_text(encoding="utf-8")

    for words in ("in the same year", "after 1 year", "in the end, projected", "of the group"):
        assert words in svg
    assert "of the step before" not in svg


def test_picture_of_a_hidden_population_is_ranges(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "total.svg"
    lists = ROOT / "sample_data/valdoria/lists_2022.csv"
    words = ("chart", "prevalence", lists, "-w", sample_project, "--lists", "POL,NGO,LAB")
    ran = run(capsys, *words, "--term", "POL*NGO", "--repeats", "40", "-o", path, "--json")
    svg = path.read_text(encoding="utf-8")

    assert ran.code == 0
    assert ran.data["title"].startswith("Between ")
    assert "816 of them on the lists" in ran.data["title"]
    for words in ("If the chosen model holds", "Models that fit best", "On at least one list"):
        assert words in svg
    assert "FICTITIOUS DATA" in svg


def test_lists_that_do_not_say_they_are_invented_are_not_public(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lists = tmp_path / "lists.csv"
    lists.write_text(
        "A,B,C,count\n1,0,0,80\n0,1,0,70\n0,0,1,90\n1,1,0,24\n0,1,1,23\n1,0,1,15\n1,1,1,9\n",
        encoding="utf-8",
    )
    words = ("chart", "prevalence", lists, "-w", sample_project, "--repeats", "0")
    public = run(capsys, *words, "-o", tmp_path / "a.svg", "--public")
    inner = run(capsys, *words, "-o", tmp_path / "b.svg")

    assert public.code != 0
    assert not (tmp_path / "a.svg").exists()
    assert inner.code == 0
    assert "INTERNAL" in (tmp_path / "b.svg").read_text(encoding="utf-8")


def test_area_without_one_flow_is_drawn_with_the_others(
    sample_project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "region.svg"
    words = ("chart", "flow", "all", "-w", sample_project, "--area", "XV-05", "-o", path)
    drawn = run(capsys, *words, "--period", "2009")
    nothing = run(capsys, *words, "--period", "1950")

    svg = path.read_text(encoding="utf-8")
    assert drawn.code == 0
    assert "Accused persons" in svg
    assert "more than the step before" in svg
    assert "Files" not in svg
    assert nothing.code == 1
    assert "1950" in nothing.err
