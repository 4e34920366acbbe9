"""Recipes for tables nobody described."""

from pathlib import Path

import pytest

from workbench.importing.opening import open_for
from workbench.importing.preview import Preview, make_preview

LAST_YEAR = 2027


def seen(folder: Path, text: str, **known: str) -> Preview:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return make_preview(
        open_for(path, None, last_year=LAST_YEAR), last_year=LAST_YEAR, known=known
    )


def roles(preview: Preview) -> dict[str, str]:
    return {c.name: c.role for sheet in preview.sheets for c in sheet.columns}


def codes(preview: Preview) -> list[str]:
    return [question.code for question in preview.questions]


def test_roles_by_name_in_four_languages(tmp_path: Path) -> None:
    text = "Indicador;Departamento;Año;Sexo;Edad;Valor\nx;Norte;2015;mujer;18-24;12\n"

    preview = seen(tmp_path, text)

    assert roles(preview) == {
        "Indicador": "variable",
        "Departamento": "area",
        "Año": "period",
        "Sexo": "SEX",
        "Edad": "AGE",
        "Valor": "value",
    }
    assert preview.delimiter == ";"
    assert not preview.questions


def test_columns_named_by_their_code(tmp_path: Path) -> None:
    text = "indicator,area,year,CITG,K,STAT,value\nx,A,2015,REP,5,P50,1\n"

    assert {"CITG": "CITG", "K": "K", "STAT": "STAT"}.items() <= roles(
        seen(tmp_path, text)
    ).items()


def test_years_in_columns_make_a_wide_table(tmp_path: Path) -> None:
    preview = seen(tmp_path, "Report\n\nRegion,2015,2016\nNorth,1,2\nSouth,3,4\n")

    assert preview.recipe.layout == "wide"
    assert preview.sheets[0].header_rows == 3
    assert roles(preview) == {"Region": "area", "2015": "value", "2016": "value"}


def test_an_unnamed_number_column_is_the_value(tmp_path: Path) -> None:
    text = "area,year,victims found\nA,2015,12\nB,2015,<5\n"

    assert roles(seen(tmp_path, text))["victims found"] == "value"


def test_two_number_columns_are_a_question(tmp_path: Path) -> None:
    assert codes(seen(tmp_path, "area,year,gross,net\nA,2015,1,2\n")) == ["two_value_columns"]


def test_no_year_and_no_value_are_questions(tmp_path: Path) -> None:
    assert codes(seen(tmp_path, "area,sex,value\nA,F,12\nB,M,13\n")) == ["no_period_column"]
    assert codes(seen(tmp_path, "just words\nand more\n")) == ["no_table"]


def test_an_ambiguous_number_is_a_question_that_names_the_cell(tmp_path: Path) -> None:
    preview = seen(tmp_path, "area,year,value\nA,2015,12\nB,2016,1.234\n")

    (question,) = preview.questions
    assert question.code == "ambiguous_number"
    assert question.data["row"] == 3
    assert (question.data["first"], question.data["second"]) == (1.234, 1234.0)


def test_the_whole_column_decides(tmp_path: Path) -> None:
    lines = "".join(f"A{i},2015,1.234\n" for i in range(6_000)) + "B,2015,1.234.567\n"

    preview = seen(tmp_path, "area,year,value\n" + lines)

    assert not preview.questions
    assert preview.sheets[0].columns[2].number_format == "1.234,5"


def test_years_over_two_years_are_a_question_when_they_are_the_rule(tmp_path: Path) -> None:
    assert codes(seen(tmp_path, "area,year,value\nA,2014/15,1\nA,2015/16,2\n")) == ["year_across"]


def test_a_further_column_is_kept_when_rows_differ_by_it_alone(tmp_path: Path) -> None:
    needed = seen(tmp_path, "area,year,colour,value\nA,2015,red,1\nA,2015,blue,2\n")
    idle = seen(tmp_path, "area,year,colour,value\nA,2015,red,1\nB,2015,blue,2\n")

    assert roles(needed)["colour"] == "N_COLOUR"
    assert roles(idle)["colour"] == "ignore"


def test_the_area_column_with_codes_wins(tmp_path: Path) -> None:
    text = "Country Name,Country Code,Year,Value\nPeru,PER,2015,1\nChile,CHL,2015,2\n"

    found = roles(seen(tmp_path, text))

    assert (found["Country Name"], found["Country Code"]) == ("ignore", "area")


def test_what_a_person_gives_replaces_the_column(tmp_path: Path) -> None:
    text = "indicator,area,year,value\nx,A,2015,1\n"

    preview = seen(tmp_path, text, variable="vic_detected")

    assert preview.recipe.constants == {"variable": "vic_detected"}
    assert roles(preview)["indicator"] == "ignore"


def test_samples_say_what_is_read(tmp_path: Path) -> None:
    text = 'area,year,sex,value\nA,2015,woman,"1,234.5"\nB,05/2016,man,<5\nC,2016,man,..\n'

    columns = {c.name: c for c in seen(tmp_path, text).sheets[0].columns}

    assert [(s.text, s.read) for s in columns["value"].samples] == [
        ("1,234.5", "1234.5"),
        ("<5", "1–4"),
        ("..", "not_available"),
    ]
    assert columns["value"].missing_codes == {"..": 1}
    assert [s.read for s in columns["year"].samples] == ["2015", "2016-05", "2016"]
    assert [s.read for s in columns["sex"].samples] == ["F", "M"]


def test_personal_columns_are_shown_without_samples(tmp_path: Path) -> None:
    text = "area,year,Apellidos,value\nA,2015,Rossi,1\n"

    preview = seen(tmp_path, text)

    column = preview.sheets[0].columns[2]
    assert (column.role, column.samples) == ("personal", ())
    assert [r.code for r in preview.oddities] == ["personal_column"]


@pytest.mark.parametrize("key", ["format", "encoding", "delimiter", "preset", "sheets"])
def test_inspect_has_its_keys(tmp_path: Path, key: str) -> None:
    content = seen(tmp_path, "area,year,value\nA,2015,1.234\n").as_dict()

    assert key in content
    assert content["questions"]
