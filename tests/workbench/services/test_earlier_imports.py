"""What earlier imports of a source teach."""

from pathlib import Path

from workbench.importing.question import Question
from workbench.importing.recipe import Column, Recipe
from workbench.services import earlier_imports, imports
from workbench.services.workspace import Workspace


def recipe(*columns: Column, fingerprint: str = "") -> Recipe:
    return Recipe(columns=columns, fingerprint=fingerprint)


def test_the_newest_import_with_the_same_header_is_found(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("area,year,value\nA,2015,1\n", encoding="utf-8")
    now = imports.preview(path, variable="vic_detected").recipe
    assert earlier_imports.find(ws, now) is None

    imports.accept(ws, path, variable="vic_detected", dataset="old")
    imports.accept(ws, path, variable="vic_detected", dataset="police")
    found = earlier_imports.find(ws, now)

    assert found is not None
    assert (found.dataset, found.vintage, found.differences) == ("police", 2, ())
    assert earlier_imports.find(ws, recipe(fingerprint="another")) is None
    assert earlier_imports.find(ws, recipe()) is None


def test_columns_read_otherwise_or_new_are_differences() -> None:
    former = recipe(
        Column(name="a", role="area"), Column(name="v", role="value", number_format="1,234.5")
    )
    now = recipe(
        Column(name="a", role="area"),
        Column(name="v", role="value", number_format="1.234,5"),
        Column(name="n", role="note"),
    )

    assert earlier_imports.differences(former, now) == ("v", "n")
    assert earlier_imports.differences(now, now) == ()


def test_decisions_fill_in_and_never_overrule() -> None:
    now = recipe(
        Column(name="a", role="area", values={"x": "XV-02"}), Column(name="v", role="value")
    )

    found = earlier_imports.with_decisions(now, {"a": {"x": "XV-01", "y": "XV-03"}})

    assert dict(found.columns[0].values) == {"x": "XV-02", "y": "XV-03"}
    assert found.columns[1] == now.columns[1]


def test_a_name_decided_before_is_not_asked_again() -> None:
    now = recipe(Column(name="a", role="area", values={"Nort": "XV-01"}))
    known = Question(code="similar_names", data={"value": "Nort", "column": "a"})
    new = Question(code="similar_names", data={"value": "Sud", "column": "a"})
    other = Question(code="no_area")

    assert earlier_imports.open_questions((known, new, other), now) == (new, other)
