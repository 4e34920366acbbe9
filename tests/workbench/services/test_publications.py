"""What was published is remembered, and no later table gives away what an earlier one hid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicators.disclosure.rounding import ROUNDINGS
from indicators.model.results import Refusal
from workbench.errors import StoreError, UserFileError, WorkbenchError
from workbench.services import disclosure, history, publications
from workbench.services.disclosure import Asked, ProtectOutcome, protect_file
from workbench.services.workspace import Workspace, change_settings, open_workspace
from workbench.store import records

BY_SEX = {("N", "F"): 3, ("N", "M"): 20, ("S", "F"): 25, ("S", "M"): 40}
BY_AGE = {("N", "C"): 8, ("N", "A"): 15, ("S", "C"): 25, ("S", "A"): 40}


def files(
    folder: Path, name: str, counts: dict[tuple[str, str], int], **case: object
) -> tuple[Path, Path, Path]:
    """A table of two regions by one cut with its totals, its structure, and the file to write."""
    dim = str(case.pop("dim", "sex"))
    codes = list(dict.fromkeys(code for _, code in counts))
    full = dict(counts)
    for region in ("N", "S"):
        full[region, "Total"] = sum(counts[region, code] for code in codes)
    for code in (*codes, "Total"):
        full["Total", code] = full["N", code] + full["S", code]
    lines = [f"{region},{code},{n}" for (region, code), n in full.items()]
    table, structure = folder / f"{name}.csv", folder / f"{name}.json"
    table.write_text(f"region,{dim},count\n" + "\n".join(lines) + "\n", encoding="utf-8")
    sums = {"region": {"Total": ["N", "S"]}, dim: {"Total": codes}}
    said = {"dims": ["region", dim], "hierarchy": sums, "variable": "vic_detected"}
    structure.write_text(json.dumps(said | {"period": "2023"} | case), encoding="utf-8")
    return table, structure, folder / f"{name}.out.csv"


def publish(
    ws: Workspace, paths: tuple[Path, Path, Path], name: str, method: str = "hide"
) -> ProtectOutcome:
    return protect_file(*paths, Asked(ws=ws, publish=name, by="Office", method=method))


def look(ws: Workspace, paths: tuple[Path, Path, Path], method: str = "hide") -> ProtectOutcome:
    return protect_file(*paths, Asked(ws=ws, method=method))


def test_what_went_out_is_in_the_log_without_any_true_count(ws: Workspace, tmp_path: Path) -> None:
    outcome = publish(ws, files(tmp_path, "a", BY_SEX), "Report 2023")

    (entry,) = publications.publications(ws)
    assert (entry.id, entry.name, entry.method) == ("1", "Report 2023", "hide")
    assert (entry.cells, entry.hidden, entry.made_by) == (9, 4, "Office")
    assert outcome.publication == "1"
    seen = {(c.place.area, c.place.breakdown): c for c in publications.cells(ws, "Report 2023")}
    assert seen["XVA", ""].shown == 88
    small = seen["N", "SEX=F"]
    assert (small.shown, small.low, small.high, small.small) == (None, 1, None, True)
    assert not any(c.shown == 3 for c in seen.values())
    assert history.history(ws)[-1].text == "Entered the publication “{name}”"


def test_table_that_is_only_looked_at_leaves_the_project_as_it_was(
    ws: Workspace, tmp_path: Path
) -> None:
    before = ws.any_revision()

    outcome = look(ws, files(tmp_path, "a", BY_SEX))

    assert outcome.path is not None
    assert publications.publications(ws) == ()
    assert ws.any_revision() == before


def test_two_breakdowns_that_are_safe_alone_are_not_together(
    ws: Workspace, tmp_path: Path
) -> None:
    """Women of N were hidden; a table of women alone would show their number by the total."""
    publish(ws, files(tmp_path, "a", BY_SEX), "By sex")
    # men of both regions, by age: the total column gives the men of N, and 23 - 20 are the women
    men = files(
        tmp_path,
        "b",
        {("N", "C"): 8, ("N", "A"): 12, ("S", "C"): 15, ("S", "A"): 25},
        dim="age",
        roles={},
    )
    structure = json.loads(men[1].read_text(encoding="utf-8"))
    structure["dims"] = ["region", "age", "sex"]
    structure["hierarchy"]["sex"] = {}
    men[1].write_text(json.dumps(structure), encoding="utf-8")
    rows = men[0].read_text(encoding="utf-8").splitlines()
    with_sex = ["region,age,sex,count"]
    with_sex += [",".join((*row.split(",")[:2], "M", row.split(",")[2])) for row in rows[1:]]
    men[0].write_text("\n".join(with_sex) + "\n", encoding="utf-8")

    alone = protect_file(*men)
    together = look(ws, men)

    assert alone.result.hidden == frozenset()
    assert ("N", "Total", "M") in together.result.hidden
    assert together.earlier == ("By sex",)
    (note,) = together.result.warnings
    assert note.code == "complemented"
    assert note.data["publications"] == "“By sex”"


def test_revision_is_looked_at_together_with_the_earlier_publication(
    ws: Workspace, tmp_path: Path
) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "First")
    revised = files(tmp_path, "b", BY_SEX | {("S", "M"): 41})

    outcome = look(ws, revised)

    changed = next(n for n in outcome.result.warnings if n.code == "changed_since_published")
    assert changed.data["cells"] == "S / Total; Total / M; Total / Total"
    assert ("N", "F") in outcome.result.hidden


def test_table_that_cannot_be_made_safe_names_the_publication_and_is_not_entered(
    ws: Workspace, tmp_path: Path
) -> None:
    larger = {("N", "F"): 6, ("N", "M"): 20, ("S", "F"): 25, ("S", "M"): 40}
    publish(ws, files(tmp_path, "a", larger), "Before the rule")
    paths = files(tmp_path, "b", larger, threshold=10)

    outcome = publish(ws, paths, "After")

    assert isinstance(outcome.result, Refusal)
    assert outcome.result.code == "given_away"
    assert outcome.result.data == {"cell": "N / F", "publications": "“Before the rule”"}
    assert not paths[2].exists()
    assert [entry.name for entry in publications.publications(ws)] == ["Before the rule"]


def test_other_period_and_other_input_do_not_touch(ws: Workspace, tmp_path: Path) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "2023")

    assert look(ws, files(tmp_path, "b", BY_SEX, period="2024")).earlier == ()
    assert look(ws, files(tmp_path, "c", BY_SEX, variable="vic_assisted")).earlier == ()
    assert look(ws, files(tmp_path, "d", BY_AGE, dim="age")).earlier == ("2023",)


def test_undo_takes_an_entry_out_and_redo_brings_it_back(ws: Workspace, tmp_path: Path) -> None:
    paths = files(tmp_path, "a", BY_SEX)
    publish(ws, paths, "Report")

    history.undo(ws)
    assert publications.publications(ws) == ()
    assert look(ws, paths).earlier == ()

    history.redo(ws)
    assert [entry.name for entry in publications.publications(ws)] == ["Report"]
    assert look(ws, paths).earlier == ("Report",)


def test_name_of_an_undone_entry_is_free_and_its_cells_stay_apart(
    ws: Workspace, tmp_path: Path
) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "Report")
    history.undo(ws)

    publish(ws, files(tmp_path, "b", BY_AGE, dim="age"), "Report")

    (entry,) = publications.publications(ws)
    assert (entry.id, entry.cells, entry.hidden) == ("2", 9, 0)


def test_withdrawn_publication_still_counts_and_undo_of_it_leaves_it_out(
    ws: Workspace, tmp_path: Path
) -> None:
    paths = files(tmp_path, "a", BY_SEX)
    publish(ws, paths, "Report")

    publications.withdraw(ws, "Report", reason="wrong year", by="Office")

    (entry,) = publications.publications(ws)
    assert entry.is_withdrawn
    assert (entry.reason, entry.withdrawn_by) == ("wrong year", "Office")
    assert look(ws, paths).earlier == ("Report",)
    with pytest.raises(WorkbenchError, match="already"):
        publications.withdraw(ws, "1", reason="again")
    history.undo(ws)
    assert not publications.publications(ws)[0].is_withdrawn


@pytest.mark.parametrize(
    ("name", "reason", "words"), [("Report", " ", "why"), ("X", "r", "Known")]
)
def test_withdrawal_needs_a_publication_and_a_reason(
    ws: Workspace, tmp_path: Path, name: str, reason: str, words: str
) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "Report")

    with pytest.raises(WorkbenchError, match=words):
        publications.withdraw(ws, name, reason=reason)


def test_taken_or_empty_name_is_refused_before_anything_is_written(
    ws: Workspace, tmp_path: Path
) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "Report")
    again = files(tmp_path, "b", BY_AGE, dim="age")

    with pytest.raises(WorkbenchError, match="already a publication"):
        publish(ws, again, " Report ")
    with pytest.raises(WorkbenchError, match="needs a name"):
        publications.free_name(ws, " ")
    assert not again[2].exists()


def test_publishing_without_a_project_or_into_one_for_reading_is_refused(
    ws: Workspace, tmp_path: Path
) -> None:
    paths = files(tmp_path, "a", BY_SEX)
    with pytest.raises(WorkbenchError, match="-w"):
        protect_file(*paths, Asked(publish="Report"))
    path = ws.path
    ws.close()
    with open_workspace(path, read_only=True) as closed:
        with pytest.raises(StoreError, match="reading only"):
            publish(closed, paths, "Report")
        assert look(closed, paths).path is not None


def test_file_that_cannot_be_written_leaves_an_entry_that_undo_takes_back(
    ws: Workspace, tmp_path: Path
) -> None:
    table, structure, _ = files(tmp_path, "a", BY_SEX)

    with pytest.raises(UserFileError, match="undo"):
        publish(ws, (table, structure, tmp_path / "absent" / "out.csv"), "Report")

    assert [entry.name for entry in publications.publications(ws)] == ["Report"]


def test_threshold_of_the_project_holds_where_the_file_says_none(
    ws: Workspace, tmp_path: Path
) -> None:
    change_settings(ws, threshold=10)
    counts = BY_SEX | {("N", "F"): 8}

    assert look(ws, files(tmp_path, "a", counts)).table.threshold == 10
    assert look(ws, files(tmp_path, "b", counts, threshold=5)).table.threshold == 5


def test_rounded_publication_is_remembered_as_the_ranges_it_leaves(
    ws: Workspace, tmp_path: Path
) -> None:
    paths = files(tmp_path, "a", BY_SEX)
    outcome = publish(ws, paths, "Rounded", "round5")

    seen = {c.codes: (c.shown, c.low, c.high, c.small) for c in publications.cells(ws, "1")}
    assert seen["N", "F"] == (5, 3, 7, True)
    assert seen["Total", "Total"] == (90, 88, 92, False)
    written = outcome.path.read_text(encoding="utf-8")
    assert "do not always add up" in written

    again = look(ws, paths, "round5")
    assert again.result.shown == outcome.result.shown
    # beside the total 23, the 18 to 22 men of N would leave 1 to 5 women, of whom 3 to 5 are
    # possible after rounding: the total of N is hidden too
    exact = look(ws, paths)
    assert ("N", "Total") in exact.result.hidden


def test_cells_left_out_and_read_as_zero_are_kept(ws: Workspace, tmp_path: Path) -> None:
    table, structure, out = files(tmp_path, "a", BY_AGE | {("N", "C"): 0}, dim="age")
    rows = table.read_text(encoding="utf-8").replace("N,C,0\n", "")
    table.write_text(rows, encoding="utf-8")

    publish(ws, (table, structure, out), "Report")

    left_out = [c for c in publications.cells(ws, "1") if c.codes == ("N", "C")]
    assert [(c.shown, c.low, c.high) for c in left_out] == [(None, 0, 0)]


def test_ways_to_protect_are_those_of_the_rules() -> None:
    assert (disclosure.HIDE, *ROUNDINGS.names) == disclosure.METHODS


def test_columns_of_the_log_are_those_of_its_rows(ws: Workspace, tmp_path: Path) -> None:
    publish(ws, files(tmp_path, "a", BY_SEX), "Report")

    row = records.fetch(ws.db, "publication", "1")

    assert row is not None
    assert json.loads(str(row["dims"])) == ["region", "sex"]
    assert json.loads(str(row["sums"]))["naming"]["variable"] == "vic_detected"
