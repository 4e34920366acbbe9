"""Two tables share a cell when input, area, period and cut agree, whatever their columns."""

from __future__ import annotations

import pytest

from indicators.model.tables import CountTable
from workbench.errors import WorkbenchError
from workbench.services.table_places import Naming, naming
from workbench.store.publications import CellPlace

CASE = {"variable": "vic_detected", "period": "2024"}


def table(
    *dims: str, hierarchy: dict[str, dict[str, tuple[str, ...]]] | None = None
) -> CountTable:
    return CountTable(dims=dims, cells=(), counts=(), hierarchy=hierarchy or {})


def named(*dims: str, **case: object) -> Naming:
    return naming(table(*dims), CASE | case, country="XVA")


def test_total_of_one_table_is_the_cell_of_another() -> None:
    by_sex, by_both = named("region", "sex"), named("age", "Sex", "area")
    women = CellPlace(variable="vic_detected", area="XV-01", period="2024", breakdown="SEX=F")

    assert by_sex.place(("XV-01", "F")) == women
    assert by_both.place(("Total", "F", "XV-01")) == women
    assert by_both.place(("_T", "F", " XV-01 ")) == women


def test_total_of_areas_is_the_area_of_the_table() -> None:
    assert named("area").place(("Total",)).area == "XVA"
    assert named("sex").place(("F",)).area == "XVA"
    said = naming(table("area"), CASE, area="XV-01", country="XVA")
    assert said.place(("Total",)).area == "XV-01"


def test_structure_file_names_other_columns_and_totals() -> None:
    case = {"roles": {"año": "period", "depto": "area"}, "totals": {"depto": "PAÍS"}}

    found = naming(table("año", "depto"), {"variable": "vic_detected"} | case, country="XVA")

    assert found.place(("2021", "PAÍS")) == CellPlace(
        variable="vic_detected", area="XVA", period="2021"
    )


def test_periods_are_compared_as_periods_and_their_totals_by_what_is_in_them() -> None:
    years = {"year": {"Total": ("2023", "2022")}}
    found = naming(table("year", hierarchy=years), {"variable": "v"}, country="XVA")

    assert found.place(("2022",)).period == "2022"
    assert found.place(("Total",)).period == "2022+2023"
    said = naming(table("sex"), {"variable": "v"}, period=" 2023-05 ")
    assert said.period == "2023-05"


def test_order_of_cuts_does_not_matter_and_what_is_said_comes_first() -> None:
    first, second = named("sex", "age"), named("AGE", "sex")

    assert first.place(("F", "C")) == second.place(("C", "F"))
    assert naming(table("sex"), CASE, variable="vic_assisted").place(("F",)).variable == (
        "vic_assisted"
    )


@pytest.mark.parametrize("missing", ["variable", "period"])
def test_table_that_does_not_say_what_it_is_about_is_refused(missing: str) -> None:
    case = {key: text for key, text in CASE.items() if key != missing}

    with pytest.raises(WorkbenchError, match=f"--{missing}"):
        naming(table("sex"), case)
