"""Totals added up from parts: complete parts only, marked, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import Breakdown
from tests.workbench.cli.running import run
from tests.workbench.deliveries import Cell, cells, deliver
from workbench.errors import WorkbenchError
from workbench.services import adding_up, checks, indicators, observations
from workbench.services.added_totals import AddedTotal, Refused
from workbench.services.adding_up import Plan, add_up, plan
from workbench.services.cubes import datasets_of
from workbench.services.history import content_digest, undo
from workbench.services.inventory import define_areas
from workbench.services.rows import AreaRow
from workbench.services.workspace import Workspace
from workbench.store.observations import Mode


def by_sex(values: dict[str, list[float]], **fields: object) -> list[Cell]:
    """One line a code of SEX in the country."""
    return [
        cell
        for code, line in values.items()
        for cell in cells(line, area="XVA", breakdown=Breakdown.of(SEX=code), **fields)  # type: ignore[arg-type]
    ]


def totals(found: Plan) -> dict[int, tuple[float | None, float | None, float | None]]:
    """Value and bounds by year."""
    return {
        each.cell.period.year: (each.cell.value, each.cell.low, each.cell.high)
        for each in found.totals
    }


def reasons(found: Plan) -> dict[int, str]:
    """Code of the reason by year."""
    return {each.period.year: each.reason.code for each in found.refused}


def test_complete_parts_are_added_up_and_every_value_says_so(
    ws: Workspace, tmp_path: Path
) -> None:
    parts = by_sex({"M": [10, 20], "F": [30, 40]})
    deliver(ws, [*parts, *cells([100, 100], variable="prev_est", area="XVA")], tmp_path)
    empty = content_digest(ws)

    change, found = add_up(ws, "vic_detected", "SEX", by="Ana")

    assert totals(found) == {2020: (40, None, None), 2021: (60, None, None)}
    assert (change.action, change.variables) == ("add_up", ("vic_detected",))
    assert change.text.format(**change.data) == "Added up 2 totals of “vic_detected” over SEX"
    (series,) = indicators.compute(ws, ["PVL-03"])
    assert [value.value for value in series.values] == [40.0, 60.0]
    assert all("added_up_total" in {n.code for n in value.notes} for value in series.values)
    (row, _) = observations.observations(ws, variable="vic_detected", breakdown=Breakdown())
    assert (row.dataset, row.raw, row.file) == ("added_up", None, None)
    source = observations.source(
        ws, variable="vic_detected", area="XVA", period=Period.of_year(2020)
    )
    assert source.mode == "entry"
    assert source.note == "SEX: added up by the program from F + M; source police"
    undo(ws)
    assert content_digest(ws) == empty


def test_values_from_the_source_itself_say_nothing(ws: Workspace, tmp_path: Path) -> None:
    given = cells([100, 100], variable="vic_assisted", area="XVA")
    whole = cells([200, 200], variable="vic_detected", area="XVA")
    deliver(ws, [*by_sex({"M": [1], "F": [2]}, variable="prev_est"), *given, *whole], tmp_path)
    add_up(ws, "prev_est", "SEX")

    (series,) = indicators.compute(ws, ["PRT-04"])

    assert not any(value.notes for value in series.values)


def test_a_total_of_the_source_is_never_replaced(ws: Workspace, tmp_path: Path) -> None:
    deliver(
        ws,
        [*by_sex({"M": [10, 20], "F": [30, 40]}), *cells([50], area="XVA", first=2021)],
        tmp_path,
    )

    _change, found = add_up(ws, "vic_detected", "SEX")

    assert totals(found) == {2020: (40, None, None)}
    assert reasons(found) == {2021: "total_given"}


def test_a_total_that_comes_later_counts_before_the_sum(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, by_sex({"M": [10], "F": [30]}), tmp_path)
    add_up(ws, "vic_detected", "SEX")
    deliver(ws, cells([45], area="XVA"), tmp_path, dataset="courts", name="c.csv")

    assert datasets_of(ws, "vic_detected")[-1] == "added_up"
    given = observations.series(ws, "vic_detected", "XVA")
    assert given.values.tolist() == [45.0]


@pytest.mark.parametrize(
    ("variable", "over", "unit", "words"),
    [
        ("vic_detected", "FORM", "persons", "one person can have several"),
        ("vic_detected", "RSK", "persons", "one person can have several"),
        ("vic_detected", "SRC", "persons", "not known to be complete"),
        ("vic_detected", "CIT", "persons", "not known to be complete"),
        ("vic_detected", "ZZZ", "persons", "not known to be complete"),
        ("id_days", "SEX", "days", "cannot be added up"),
        ("kap_n_eff", "SEX", "persons", "cannot be added up"),
    ],
)
def test_parts_that_never_add_up_are_refused(
    ws: Workspace, tmp_path: Path, variable: str, over: str, unit: str, words: str
) -> None:
    deliver(ws, by_sex({"M": [10], "F": [30]}, variable=variable, unit=unit), tmp_path)

    with pytest.raises(WorkbenchError, match=words):
        plan(ws, variable, over)


def test_incomplete_parts_are_refused_with_what_is_missing(ws: Workspace, tmp_path: Path) -> None:
    lines = by_sex({"M": [10, 20, 30], "F": [30, 40, 50], "_U": [1, 2], "X": [1, 1]})
    deliver(ws, [*lines, *by_sex({"M": [7]}, first=2030)], tmp_path)

    found = plan(ws, "vic_detected", "SEX")

    assert totals(found) == {2020: (42, None, None), 2021: (63, None, None)}
    assert reasons(found) == {2022: "parts_incomplete", 2030: "parts_incomplete"}
    assert found.refused[0].reason.data["missing"] == "X, _U"
    assert found.refused[1].reason.data["missing"] == "F, X, _U"
    with pytest.raises(WorkbenchError, match="not complete"):
        add_up(ws, "vic_detected", "SEX", first=Period.of_year(2022))


def test_hidden_parts_give_a_total_between_bounds(ws: Workspace, tmp_path: Path) -> None:
    hidden = Cell(
        area="XVA", status=Status.S, low=1, high=4, breakdown=Breakdown.of(SEX="M"), flags=Flags.P
    )
    deliver(ws, [hidden, *by_sex({"F": [30]})], tmp_path)

    _change, found = add_up(ws, "vic_detected", "SEX")

    assert totals(found) == {2020: (None, 31, 34)}
    assert found.totals[0].cell.state is Status.S
    assert found.totals[0].cell.flags is Flags.P


def test_hidden_parts_without_an_upper_bound_are_refused(ws: Workspace, tmp_path: Path) -> None:
    hidden = Cell(area="XVA", status=Status.S, low=0, breakdown=Breakdown.of(SEX="M"))
    deliver(ws, [hidden, *by_sex({"F": [30]})], tmp_path)

    assert reasons(plan(ws, "vic_detected", "SEX")) == {2020: "parts_unbounded"}


def test_estimates_with_a_range_are_refused(ws: Workspace, tmp_path: Path) -> None:
    lines = [
        replace(cell, low=5, high=50, flags=Flags.E) for cell in by_sex({"M": [10], "F": [30]})
    ]
    deliver(ws, lines, tmp_path)

    assert reasons(plan(ws, "vic_detected", "SEX")) == {2020: "parts_estimated"}


def test_confirmed_zeros_add_up_to_a_confirmed_zero(ws: Workspace, tmp_path: Path) -> None:
    lines = [replace(c, status=Status.Z) for c in by_sex({"M": [0], "F": [0]})]
    deliver(ws, lines, tmp_path)

    (total,) = plan(ws, "vic_detected", "SEX").totals

    assert (total.cell.value, total.cell.state) == (0.0, Status.Z)


def test_age_groups_must_cover_every_age_once(ws: Workspace, tmp_path: Path) -> None:
    def line(code: str, first: int, *values: float) -> list[Cell]:
        return cells(values, area="XVA", first=first, breakdown=Breakdown.of(AGE=code))

    deliver(
        ws,
        [
            *line("Y0T17", 2020, 5, 6),
            *line("Y_GE18", 2020, 50, 60),
            *line("Y0T8", 2020, 2),  # inside Y0T17: not counted again
            *line("Y18T29", 2021, 3),
            *line("Y0T8", 2022, 1),
            *line("Y9T17", 2022, 2),
            *line("Y18T29", 2022, 3),
            *line("Y_GE30", 2022, 4),
            *line("Y0T17", 2023, 5),
            *line("Y_GE30", 2023, 6),
        ],
        tmp_path,
    )

    found = plan(ws, "vic_detected", "AGE")

    assert totals(found) == {
        2020: (55, None, None),
        2021: (66, None, None),
        2022: (10, None, None),
    }
    assert found.totals[2].parts == ("Y0T8", "Y9T17", "Y18T29", "Y_GE30")
    assert found.refused[0].reason.data["missing"] == "Y18T29"


def test_a_total_inside_a_cut(ws: Workspace, tmp_path: Path) -> None:
    cut = Breakdown.of(FORM="LAB")
    lines = [
        replace(cell, breakdown=cell.breakdown.with_code("FORM", "LAB"))
        for cell in by_sex({"M": [10], "F": [30]})
    ]
    deliver(ws, lines, tmp_path)

    (total,) = plan(ws, "vic_detected", "SEX", breakdown=cut).totals

    assert (total.cell.breakdown, total.cell.value) == (cut, 40.0)
    assert plan(ws, "vic_detected", "SEX").totals == ()
    with pytest.raises(WorkbenchError, match="names SEX already"):
        plan(ws, "vic_detected", "SEX", breakdown=Breakdown.of(SEX="F"))


def test_regions_add_up_when_all_that_exist_are_there(ws: Workspace, tmp_path: Path) -> None:
    names = {"en": "A"}
    define_areas(
        ws,
        [
            AreaRow(code="XVA", parent=None, level=0, names=names),
            AreaRow(code="XV-01", parent="XVA", level=1, names=names),
            AreaRow(code="XV-02", parent="XVA", level=1, names=names),
            AreaRow(
                code="XV-03",
                parent="XVA",
                level=1,
                names=names,
                valid_from=Period.of_year(2021).code,
            ),
        ],
    )
    deliver(
        ws,
        [
            *cells([1, 2, 3], area="XV-01"),
            *cells([10, 20, 30], area="XV-02"),
            *cells([100], area="XV-03", first=2021),
        ],
        tmp_path,
    )

    _change, found = add_up(ws, "vic_detected", "REG")

    assert totals(found) == {2020: (11, None, None), 2021: (122, None, None)}
    assert reasons(found) == {2022: "parts_incomplete"}
    assert found.refused[0].reason.data["missing"] == "XV-03"
    assert observations.series(ws, "vic_detected", "XVA").values.tolist() == [11.0, 122.0]


def test_parts_of_two_sources_are_not_mixed(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, by_sex({"M": [10]}), tmp_path)
    deliver(ws, by_sex({"F": [30]}), tmp_path, dataset="courts", name="c.csv")

    (refused,) = plan(ws, "vic_detected", "SEX").refused

    assert isinstance(refused, Refused)
    assert refused.reason.data["sources"] == "courts, police"


def test_adding_up_again_writes_what_differs_and_says_when_it_is_due(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, by_sex({"M": [10, 20], "F": [30, 40]}), tmp_path)
    add_up(ws, "vic_detected", "SEX")
    assert adding_up.outdated(ws) == ()
    with pytest.raises(WorkbenchError, match="all values are so already"):
        add_up(ws, "vic_detected", "SEX")

    deliver(ws, by_sex({"M": [11, 20], "F": [30, 40]}), tmp_path, mode=Mode.APPEND, name="n.csv")

    (note,) = adding_up.outdated(ws)
    assert (note.code, note.data["period"]) == ("added_up_outdated", "2020")
    assert note in checks.data_notes(ws)
    change, found = add_up(ws, "vic_detected", "SEX")
    assert change.data["count"] == 1
    assert isinstance(found.totals[0], AddedTotal)
    assert adding_up.outdated(ws) == ()
    assert observations.series(ws, "vic_detected", "XVA").values.tolist() == [41.0, 60.0]


def test_the_command(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(ws, by_sex({"M": [10, 20], "F": [30]}), tmp_path)
    ws.close()
    words = ("add-up", "vic_detected", "--over", "SEX", "-w", ws.path)

    planned = run(capsys, *words, "--dry-run", "--json").data
    assert run(capsys, "vintages", "-w", ws.path, "--json").data[-1]["dataset"] == "police"
    done = run(capsys, *words)
    again = run(capsys, *words)
    form = run(capsys, "add-up", "vic_detected", "--over", "FORM", "-w", ws.path)

    assert planned["totals"] == [
        {
            "variable": "vic_detected", "area": "XVA", "period": "2020", "breakdown": {},
            "value": 40.0, "low": None, "high": None, "status": "A", "flags": "",
            "parts": ["F", "M"], "source": "police",
        }
    ]  # fmt: skip
    assert planned["refused"][0]["code"] == "parts_incomplete"
    assert "Added up 1 total of “vic_detected” over SEX" in done.out
    assert "XVA 2021: the parts by SEX are not complete; F is missing." in done.out
    assert (done.code, again.code, form.code) == (0, 1, 1)
    assert "one person can have several" in form.err
