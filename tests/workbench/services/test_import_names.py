"""Names of files: what is asked, what is learned, what counts as unknown, areas with a history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.importing.recipe import Recipe
from workbench.services import history, import_names, imports, observations
from workbench.services.workspace import Workspace

HEAD = "area,year,sex,age,citizenship,form,value\n"


def table(folder: Path, text: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def questions(ws: Workspace, path: Path, **answers: str) -> dict[str, tuple[str, ...]]:
    seen = imports.preview(path, ws=ws, variable="vic_detected", answers=answers)
    found = {}
    for question in seen.questions:
        choices = question.data.get("choices", ())
        assert isinstance(choices, tuple)
        found[f"{question.code}:{question.data.get('value')}"] = choices
    return found


def cuts(ws: Workspace) -> dict[str, float | None]:
    return {str(row.breakdown): row.value for row in observations.observations(ws)}


def test_almost_known_categories_are_asked_answered_and_learned(
    ws: Workspace, tmp_path: Path
) -> None:
    text = HEAD + "XVA,2015,Femaile,minorrs,Colombianno,Forced labuor,1\n"
    path = table(tmp_path, text)

    asked = questions(ws, path)
    assert set(asked) == {
        "similar_names:Femaile",
        "similar_names:minorrs",
        "similar_names:Colombianno",
        "similar_names:Forced labuor",
    }
    with pytest.raises(imports.OpenQuestions):
        imports.accept(ws, path, variable="vic_detected", dataset="police")
    said = {**dict.fromkeys(asked, "yes"), "similar_names:minorrs": "no"}
    seen = imports.preview(path, ws=ws, variable="vic_detected", dataset="police")
    imports.commit(ws, path, imports.answer(seen, said), dataset="police")
    assert cuts(ws) == {"AGE=MINORRS,CIT=COL,FORM=LAB,SEX=F": 1}

    next_year = table(tmp_path, text.replace("2015", "2016"), "n.csv")
    again = imports.accept(ws, next_year, variable="vic_detected", dataset="police")
    assert again.report.observations == 1
    assert cuts(ws) == {"AGE=MINORRS,CIT=COL,FORM=LAB,SEX=F": 1}


def test_a_name_of_two_countries_is_always_asked(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, HEAD + "XVA,2015,F,minors,Congolese,SEX,1\n")

    assert questions(ws, path) == {"which_name:Congolese": ("COD", "COG", "none")}
    seen = imports.preview(path, ws=ws, variable="vic_detected")
    recipe = imports.answer(seen, {"which_name:Congolese": "COG"})
    imports.commit(ws, path, recipe)
    assert cuts(ws) == {"AGE=Y0T17,CIT=COG,FORM=SEX,SEX=F": 1}


def test_a_name_of_two_areas_of_the_project_is_asked(ws: Workspace, tmp_path: Path) -> None:
    rows = [
        observations.AreaRow(code=code, parent="XVA", level=1, names={"en": "San José"})
        for code in ("XV-01", "XV-02")
    ]
    observations.define_areas(ws, rows, by="x")
    path = table(tmp_path, "area,year,value\nSan Jose,2015,1\nXV-01,2016,2\n")

    assert questions(ws, path) == {"which_name:San Jose": ("XV-01", "XV-02", "none")}


def test_a_name_that_is_easily_confused_is_never_sure(ws: Workspace, tmp_path: Path) -> None:
    path = table(
        tmp_path, HEAD + "XVA,2015,F,minors,Nigera,SEX,1\nXVA,2015,M,minors,Slovania,SEX,1\n"
    )

    assert questions(ws, path) == {}
    seen = imports.preview(path, ws=ws, variable="vic_detected")
    found = {n.text: n for n in import_names.open_names(ws, path, seen.recipe)}
    assert {g.code for g in found["Nigera"].guesses[:2]} == {"NER", "NGA"}
    assert {g.code for g in found["Slovania"].guesses[:2]} == {"SVK", "SVN"}
    assert all(g.score < 0.92 for name in found.values() for g in name.guesses)
    imports.commit(ws, path, seen.recipe)
    assert set(cuts(ws)) == {
        "AGE=Y0T17,CIT=_U,FORM=SEX,SEX=F",
        "AGE=Y0T17,CIT=_U,FORM=SEX,SEX=M",
    }


def test_an_unknown_citizenship_counts_as_unknown_but_not_beside_another(
    ws: Workspace, tmp_path: Path
) -> None:
    text = (
        "area,year,citizenship,value\n"
        "XVA,2015,Rohingya,1\n"
        "XVA,2016,Rohingya,2\nXVA,2016,Unknown,3\n"
        "XVA,2017,Rohingya,4\nXVA,2017,Martian people,5\n"
    )
    report = imports.accept(ws, table(tmp_path, text), variable="vic_detected").report

    rows = observations.observations(ws)
    assert {str(r.period): r.value for r in rows} == {"2015": 1, "2016": 3}
    assert {str(r.breakdown) for r in rows} == {"CIT=_U"}
    assert [(e.row, e.value, e.code) for e in report.set_aside] == [
        (3, "Rohingya", "unknown_label"),
        (5, "Rohingya", "unknown_label"),
        (6, "Martian people", "unknown_label"),
    ]
    told = next(r for r in report.warnings if r.code == "unconfirmed_label")
    assert told.data["values"] == "Rohingya, Martian people"
    report.check()


def test_cases_of_unknown_citizenships_are_counted_together(ws: Workspace, tmp_path: Path) -> None:
    text = "area,year,citizenship\nXVA,2015,Rohingya\nXVA,2015,Martian people\nXVA,2015,Peru\n"
    seen = imports.preview(table(tmp_path, text), ws=ws, variable="vic_detected")
    imports.commit(ws, seen.path, replace(seen.recipe, layout="cases"))

    assert cuts(ws) == {"": 3, "CIT=_U": 2, "CIT=PER": 1}


def test_citizens_of_the_country_and_all_foreigners(ws: Workspace, tmp_path: Path) -> None:
    text = (
        "area,year,citizenship,value\n"
        "PER,2015,Nationals,1\nPER,2015,foreigners,2\nXV-01,2015,nacionales,3\n"
    )
    imports.accept(ws, table(tmp_path, text), variable="vic_detected")

    found = {(r.area, str(r.breakdown)): r.value for r in observations.observations(ws)}
    assert found == {
        ("PER", "CIT=PER"): 1,
        ("PER", "CITG=NREP"): 2,
        ("XV-01", "CIT=XVA"): 3,
    }


def test_nationals_of_a_group_of_countries_are_not_those_of_the_project(
    ws: Workspace, tmp_path: Path
) -> None:
    text = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n" + "".join(
        f"{area},Detected trafficking victims,by citizenship,Nationals,Total,Total,2015,7\n"
        for area in ("EEU", "GBR")
    )
    imports.accept(ws, table(tmp_path, text))

    found = {(r.area, str(r.breakdown)) for r in observations.observations(ws)}
    assert found == {("EEU", "CITG=REP"), ("GBR", "CIT=GBR")}


def test_nationals_and_the_name_of_the_country_are_one_cell(ws: Workspace, tmp_path: Path) -> None:
    text = "area,year,citizenship,value\nPER,2015,Nationals,1\nPER,2015,Peru,2\n"
    report = imports.accept(ws, table(tmp_path, text), variable="vic_detected").report

    assert {entry.code for entry in report.set_aside} == {"conflict"}


def history_of_a_split(ws: Workspace) -> None:
    rows = [
        observations.AreaRow(
            code="OLD", parent="XVA", level=1, names={"en": "Hohenmark"}, valid_to=201300
        ),
        observations.AreaRow(
            code="NEW", parent="XVA", level=1, names={"en": "Hohenmark"}, valid_from=201400
        ),
        observations.AreaRow(
            code="CUT", parent="XVA", level=1, names={"en": "Mitteland"}, valid_from=201400
        ),
    ]
    observations.define_areas(ws, rows, by="x")


def test_a_name_means_the_area_that_existed_in_the_year(ws: Workspace, tmp_path: Path) -> None:
    history_of_a_split(ws)
    text = (
        "area,year,sex,value\n"
        "Hohenmark,2012,F,1\nHohenmark,2013,F,2\nHohenmark,2014,F,3\nHOHENMARK,2015,M,4\n"
        "Mitteland,2014,F,5\nMitteland,2012,F,6\nCUT,2013,F,7\n"
    )
    report = imports.accept(ws, table(tmp_path, text), variable="vic_detected").report

    found = {(r.area, str(r.period)): r.value for r in observations.observations(ws)}
    assert found == {
        ("OLD", "2012"): 1,
        ("OLD", "2013"): 2,
        ("NEW", "2014"): 3,
        ("NEW", "2015"): 4,
        ("CUT", "2014"): 5,
        ("CUT", "2013"): 7,
    }
    assert [(e.row, e.code, e.value) for e in report.set_aside] == [(7, "area_not_in_year", "CUT")]
    report.check()


def test_a_name_that_no_area_had_in_the_year_is_asked_and_the_answer_is_learned(
    ws: Workspace, tmp_path: Path
) -> None:
    history_of_a_split(ws)
    path = table(tmp_path, "area,year,value\nHohenmark,2013,1\nMitteland,2012,6\n")
    seen = imports.preview(path, ws=ws, variable="vic_detected", dataset="police")
    (asked,) = import_names.open_names(ws, path, seen.recipe)
    assert (asked.text, asked.role) == ("Mitteland", "area")
    assert [(g.code, g.score < 0.92) for g in asked.guesses] == [("CUT", True)]

    recipe = decided(seen.recipe, {"Mitteland": "OLD"}, "area")
    imports.commit(ws, path, recipe, dataset="police")

    rows = observations.observations(ws)
    assert {(r.area, str(r.period)): r.value for r in rows} == {
        ("OLD", "2013"): 1,
        ("OLD", "2012"): 6,
    }
    later = table(tmp_path, "area,year,value\nMitteland,2011,7\n", "later.csv")
    report = imports.accept(ws, later, variable="vic_detected", dataset="police").report
    assert report.observations == 1
    assert not report.set_aside
    wide = table(tmp_path, "area,2012,2014\nMitteland,1,2\nHohenmark,1,2\n", "wide.csv")
    told = imports.preview(wide, ws=ws, variable="vic_detected")
    assert [n.text for n in import_names.open_names(ws, wide, told.recipe)] == ["Mitteland"]


def test_years_in_columns_and_unknown_labels_follow_the_history_too(
    ws: Workspace, tmp_path: Path
) -> None:
    history_of_a_split(ws)
    text = "area,citizenship,2013,2014\nHohenmark,Rohingya,1,2\nHohenmark,Peru,3,4\n"
    imports.accept(ws, table(tmp_path, text), variable="vic_detected")

    found = {
        (r.area, str(r.period), str(r.breakdown)): r.value for r in observations.observations(ws)
    }
    assert found == {
        ("OLD", "2013", "CIT=_U"): 1,
        ("NEW", "2014", "CIT=_U"): 2,
        ("OLD", "2013", "CIT=PER"): 3,
        ("NEW", "2014", "CIT=PER"): 4,
    }


def test_countries_that_ended_stand_alone_under_their_own_name(
    ws: Workspace, tmp_path: Path
) -> None:
    text = "area,year,value\nYUG,1995,1\nSerbia and Montenegro,2004,2\nSRB,2010,3\nMNE,2010,4\n"
    report = imports.accept(ws, table(tmp_path, text), variable="vic_detected").report

    areas = {row.code: row for row in observations.areas(ws)}
    assert {"YUG", "SCG", "SRB", "MNE"} <= set(areas)
    assert areas["SCG"].parent is None
    assert areas["SCG"].names["en"] == "Serbia and Montenegro (2006)"
    told = next(r for r in report.notes if r.code == "new_area")
    assert "Yugoslavia (2003) → YUG" in str(told.data["values"])


GLOTIP = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n" + "".join(
    f"{area},Detected trafficking victims,by citizenship,{label},Total,Total,{year},{value}\n"
    for area, label, year, value in (
        ("GBR", "Hodruanian", 2015, 7),
        ("GBR", "", 2016, 8),
        ("GBR", "TURQU\ufffdA", 2016, 9),
    )
)


def test_a_decision_is_learned_with_a_preset_too(ws: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, GLOTIP)
    seen = imports.preview(path, ws=ws)
    assert seen.preset == "unodc_glotip"
    first = imports.accept(ws, path).report
    assert cuts(ws) == {"CIT=_U": 7}
    assert {entry.code for entry in first.set_aside} == {"blank_label", "letters_lost"}
    found = {n.text: n for n in import_names.open_names(ws, path, seen.recipe)}
    assert found["Hodruanian"].role == "CIT"
    assert found["Hodruanian"].guesses[0].code == "HND"
    assert found["TURQU\ufffdA"].guesses[0].code == "TUR"

    recipe = decided(seen.recipe, {"Hodruanian": "HND", "TURQU\ufffdA": "TUR"})
    imports.commit(ws, path, recipe)
    assert cuts(ws) == {"CIT=HND": 7, "CIT=TUR": 9}

    again = imports.preview(path, ws=ws)
    names = import_names.open_names(ws, path, again.recipe)
    assert {n.text: n.learned for n in names} == {"Hodruanian": "HND", "TURQU\ufffdA": "TUR"}
    imports.accept(ws, path)
    assert cuts(ws) == {"CIT=HND": 7, "CIT=TUR": 9}
    history.undo(ws)
    history.undo(ws)
    imports.accept(ws, path)
    assert cuts(ws) == {"CIT=_U": 7}


def decided(recipe: Recipe, codes: dict[str, str], column: str = "Category") -> Recipe:
    columns = tuple(
        replace(c, values={**c.values, **codes}) if c.name == column else c for c in recipe.columns
    )
    return replace(recipe, columns=columns)


def test_codes_a_name_can_be_given() -> None:
    sexes = dict(import_names.choices_of("SEX"))
    people = dict(import_names.choices_of("CIT"))

    assert set(sexes) == {"M", "F", "X", "_U"}
    assert {"PER", "XKX", "STLS", "_U", "REP", "NREP", "YUG"} <= set(people)
    assert people["YUG"] == "Yugoslavia (–2003)"
    assert "BUR" not in people
    assert import_names.choices_of("variable") == ()
