"""Long tables, a page at a time: the same rows as all at once, in every order."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import Breakdown
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import UsageError
from workbench.services import grid, observations
from workbench.services.grid import GridQuestion
from workbench.services.history import undo
from workbench.services.workspace import Workspace
from workbench.store import observations as store

WOMEN = Breakdown.of(SEX="F")


@pytest.fixture
def held(ws: Workspace, tmp_path: Path) -> Workspace:
    """A source with two deliveries, the second over the first, and a correction."""
    first = [
        cell
        for number in range(1, 8)
        for cell in cells([number * 10 + year for year in range(9)], area=f"XV-0{number}")
    ]
    first += [
        Cell(area="XV-01", breakdown=WOMEN, status=Status.S, low=1, high=4),
        Cell(area="XV-02", breakdown=WOMEN, status=Status.M),
        Cell(area="XV-03", breakdown=WOMEN, value=7, flags=Flags.P),
    ]
    deliver(ws, first, tmp_path)
    newer = cells([500, 501], area="XV-02", first=2027)
    deliver(ws, newer, tmp_path, mode=store.Mode.APPEND, name="later.csv")
    observations.correct(
        ws, variable="vic_detected", area="XV-03", period=Period.of_year(2021), value=99,
        reason="typing error",
    )  # fmt: skip
    return ws


def ids(ws: Workspace, **fields: object) -> tuple[int, ...]:
    found = grid.grid_series(ws, "police", **fields)  # type: ignore[arg-type]
    return tuple(entry.id for entry in found)


def keys(rows: object) -> list[tuple[str, str, int, int]]:
    return [(r.area, str(r.breakdown), r.period.code, r.vintage) for r in rows]  # type: ignore[attr-defined]


def all_pages(ws: Workspace, question: GridQuestion, limit: int) -> list[object]:
    found: list[object] = []
    after = None
    while True:
        page = grid.grid_page(ws, question, after=after, limit=limit)
        assert len(page.rows) <= limit
        found += page.rows
        assert len(found) < 1_000, "pages come again and again"
        if page.after is None:
            return found
        after = page.after


@pytest.mark.parametrize("limit", [1, 4, 9, 10, 1000])
def test_pages_together_are_the_current_content(held: Workspace, limit: int) -> None:
    question = GridQuestion(series=ids(held))

    found = all_pages(held, question, limit)

    whole = observations.observations(held, dataset="police")
    assert found == list(whole)
    assert len(found) == grid.grid_count(held, question) == 66


def test_the_series_decide_the_order(held: Workspace) -> None:
    question = GridQuestion(series=tuple(reversed(ids(held))))

    found = keys(all_pages(held, question, 7))

    assert [area for area, *_ in found][:9] == ["XV-07"] * 9
    assert [code for *_, code, _ in found][:3] == [202000, 202100, 202200]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [5, 1000])
def test_rows_are_ordered_by_value_and_those_without_come_last(
    held: Workspace, descending: bool, limit: int
) -> None:
    question = GridQuestion(series=ids(held), order="value", descending=descending)

    found = all_pages(held, question, limit)

    numbers = [r.value if r.value is not None else (r.low + r.high) / 2  # type: ignore[attr-defined]
               for r in found if r.status is not Status.M]  # type: ignore[attr-defined]  # fmt: skip
    assert numbers == sorted(numbers, reverse=descending)
    assert len(found) == 66
    assert found[-1].status is Status.M  # type: ignore[attr-defined]
    assert numbers[0 if descending else -1] == 501


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ("", 66),
        ("number", 64),
        ("hidden", 1),
        ("no_value", 1),
        ("corrected", 1),
        ("provisional", 1),
    ],
)
def test_one_kind_of_cell_can_be_asked_for(held: Workspace, state: str, count: int) -> None:
    question = GridQuestion(series=ids(held), state=state)

    assert grid.grid_count(held, question) == count == len(all_pages(held, question, 3))


def test_a_number_is_looked_for_in_years_and_values(held: Workspace) -> None:
    series = grid.grid_series(held, "police")
    label = {entry.id: f"{entry.area} {entry.breakdown}".casefold() for entry in series}

    chosen = grid.matching(series, ["xv-02", "2027"], label)
    question = GridQuestion(series=chosen, numbers=(2027.0,))
    assert [row.value for row in all_pages(held, question, 50)] == [500]  # type: ignore[attr-defined]

    chosen = grid.matching(series, ["501"], label)
    question = GridQuestion(series=chosen, numbers=(501.0,))
    assert keys(all_pages(held, question, 50)) == [("XV-02", "", 202800, 2)]
    assert grid.matching(series, ["nowhere"], label) == ()


def test_years_outside_the_window_are_left_out(held: Workspace) -> None:
    year = Period.of_year(2022)
    question = GridQuestion(series=ids(held), first=year, last=year)

    assert {r.period for r in all_pages(held, question, 4)} == {year}  # type: ignore[attr-defined]
    assert grid.grid_count(held, question) == 7


def test_one_version_is_shown_as_it_came(held: Workspace) -> None:
    later = ids(held, vintage=2)
    question = GridQuestion(series=later, vintage=2)

    assert [r.value for r in all_pages(held, question, 1)] == [500, 501]  # type: ignore[attr-defined]


def test_after_undo_the_former_rows_are_shown(held: Workspace) -> None:
    question = GridQuestion(series=ids(held), order="value", descending=True)
    assert all_pages(held, question, 5)[0].value == 501  # type: ignore[attr-defined]

    undo(held)  # the correction
    undo(held)  # the second delivery

    assert all_pages(held, question, 5)[0].value == 78  # type: ignore[attr-defined]
    assert grid.grid_count(held, GridQuestion(series=ids(held), state="corrected")) == 0


def test_the_text_of_the_file_stands_beside_the_value(held: Workspace) -> None:
    found = all_pages(held, GridQuestion(series=ids(held), state="hidden"), 5)
    assert [row.raw for row in found] == ["<5"]  # type: ignore[attr-defined]


def test_lines_hold_the_middle_of_a_hidden_value(held: Workspace) -> None:
    series = grid.grid_series(held, "police")
    women = next(s.id for s in series if s.area == "XV-01" and s.breakdown == WOMEN)
    whole = next(s.id for s in series if s.area == "XV-02" and s.breakdown != WOMEN)

    found = grid.lines(held, (women, whole))

    assert found[women] == ((202000, 2.5),)
    assert found[whole][-1] == (202800, 501.0)


def test_an_unknown_order_is_refused(held: Workspace) -> None:
    with pytest.raises(UsageError, match="colour"):
        grid.grid_page(held, GridQuestion(series=ids(held), order="colour"))
