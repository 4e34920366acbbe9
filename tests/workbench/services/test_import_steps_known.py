"""What the import window asks of the services before it imports."""

from __future__ import annotations

from pathlib import Path

from workbench.services import import_steps, imports
from workbench.services.workspace import Workspace


def test_the_layout_of_last_year_is_fitted_to_the_numbers_of_this_year(
    ws: Workspace, tmp_path: Path
) -> None:
    first, second = tmp_path / "a_2023.csv", tmp_path / "a_2024.csv"
    first.write_text('Province,Year,Persons\nLisse,2023,"1,234.5"\nEstrela,2023,"2,000.5"\n')
    second.write_text("Province;Year;Persons\nLisse;2024;1.300,5\nEstrela;2024;2.100,5\n")
    imports.accept(ws, first, variable="n_rate")

    known = import_steps.known(ws, import_steps.look(second))

    assert known is not None
    assert {c.name: c.number_format for c in known.recipe.columns}["Persons"] == "1.234,5"
    assert len(known.changes) == 1
    assert "1,234.5" in known.changes[0]


def test_an_open_question_sends_the_person_through_all_steps(
    ws: Workspace, tmp_path: Path
) -> None:
    first, second = tmp_path / "a_2023.csv", tmp_path / "a_2024.csv"
    first.write_text("Province,Year,Persons\nLisse,2023,3\nEstrela,2023,4\n")
    second.write_text('Province,Year,Persons\nLisse,2024,"1.300,5"\nEstrela,2024,"2,100.5"\n')
    imports.accept(ws, first, variable="n_rate")

    assert import_steps.known(ws, import_steps.look(first)) is not None
    assert import_steps.known(ws, import_steps.look(second)) is None
