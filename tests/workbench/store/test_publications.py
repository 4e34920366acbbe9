"""The cells of publications in the file, and which publications touch which cells."""

from __future__ import annotations

import pytest

from workbench.services.workspace import Workspace
from workbench.store import publications, records
from workbench.store.publications import CellPlace, PublishedCell

ROW = {
    "name": "report", "state": "out", "made_at": "2024-05-01T10:00:00+00:00", "made_by": "",
    "file": "t.csv", "sha256": "", "method": "hide", "threshold": 5, "zeros": "publish",
    "width": 4, "top": 5, "dims": "[]", "sums": "{}", "withdrawn_at": "", "withdrawn_by": "",
    "reason": "",
}  # fmt: skip


def place(area: str, breakdown: str = "", period: str = "2024") -> CellPlace:
    return CellPlace(variable="vic_detected", area=area, period=period, breakdown=breakdown)


def cell(at: CellPlace, shown: int | None) -> PublishedCell:
    low, high = (1, None) if shown is None else (shown, shown)
    return PublishedCell(
        codes=(at.area,), place=at, shown=shown, low=low, high=high, small=shown is None
    )


def enter(ws: Workspace, code: str, *cells: PublishedCell, state: str = "out") -> None:
    with ws.write("publish", "made for a test"):
        records.put(ws.db, "publication", {**ROW, "code": code, "state": state})
        publications.add_cells(ws.db, code, cells)


def test_cells_come_back_as_they_went_in_and_in_order(ws: Workspace) -> None:
    given = (cell(place("b", "SEX=F"), None), cell(place("a"), 12))

    enter(ws, "1", *given)

    assert publications.cells(ws.db, "1") == given
    assert publications.counts(ws.db) == {"1": (2, 1)}


def test_only_publications_with_the_same_cells_are_named_newest_first(ws: Workspace) -> None:
    enter(ws, "1", cell(place("a"), 12))
    enter(ws, "2", cell(place("a", period="2023"), 12), cell(place("a", "SEX=F"), 9))
    enter(ws, "10", cell(place("a"), 13))

    assert publications.touching(ws.db, [place("a")]) == ("10", "1")
    assert publications.touching(ws.db, [place("b")]) == ()


def test_publication_that_tells_of_what_another_leaves_open_is_named_too(ws: Workspace) -> None:
    enter(ws, "1", cell(place("a"), 12), cell(place("a", "SEX=F"), None))
    enter(ws, "2", cell(place("a", "SEX=F"), 5))
    enter(ws, "3", cell(place("c"), 12), cell(place("c", "SEX=F"), 7))
    enter(ws, "4", cell(place("a", "SEX=M"), 7))

    assert publications.touching(ws.db, [place("a")]) == ("2", "1")


def test_undone_publications_do_not_count_and_withdrawn_ones_do(ws: Workspace) -> None:
    enter(ws, "1", cell(place("a"), 12), state="undone")
    enter(ws, "2", cell(place("a"), 12), state="withdrawn")

    assert publications.touching(ws.db, [place("a")]) == ("2",)


def test_signs_in_names_are_data(ws: Workspace) -> None:
    odd = CellPlace(variable="n_'\"", area="Ñ, [a]", period="2024", breakdown="X=$[0]")
    enter(ws, "1", cell(odd, 12))

    assert publications.touching(ws.db, [odd]) == ("1",)


def test_range_that_ends_before_it_begins_is_refused(ws: Workspace) -> None:
    wrong = PublishedCell(codes=("a",), place=place("a"), shown=None, low=5, high=4, small=False)

    with pytest.raises(Exception, match="high >= low"):  # two drivers, two families of errors
        enter(ws, "1", wrong)
