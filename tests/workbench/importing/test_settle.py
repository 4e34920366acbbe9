"""A first recipe made finer by its doubts and by answers."""

from pathlib import Path

from workbench.importing.opening import open_for
from workbench.importing.preview import Preview, make_preview
from workbench.importing.recipe import Column

LAST_YEAR = 2027


def seen(folder: Path, text: str, **answers: str) -> Preview:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    opened = open_for(path, None, last_year=LAST_YEAR)
    known = {"variable": "vic_detected"}
    return make_preview(opened, last_year=LAST_YEAR, known=known, answers=answers)


def codes(preview: Preview) -> list[str]:
    return [question.code for question in preview.questions]


def column(preview: Preview, name: str) -> Column:
    return next(c for c in preview.recipe.columns if c.name == name)


def test_sdmx_states_say_that_a_value_cannot_exist(tmp_path: Path) -> None:
    text = "area,year,value,OBS_STATUS\nA,2015,1,A\nA,2016,,M\nA,2017,,{}\n"

    assert column(seen(tmp_path, text.format("Q")), "OBS_STATUS").values == {"M": "X"}
    assert column(seen(tmp_path, text.format("M")), "OBS_STATUS").values == {}


def test_labels_on_the_first_row_of_a_group(tmp_path: Path) -> None:
    text = "area,year,value\nA,2015,1\n,2016,2\nB,2015,3\n,2016,4\n"

    assert column(seen(tmp_path, text), "area").fill
    assert not column(seen(tmp_path, text.replace("\n,", "\nC,")), "area").fill


def test_a_year_over_two_years_is_asked_and_answered(tmp_path: Path) -> None:
    text = "area,year,value\nA,2015/16,1\nA,2016/17,2\n"

    assert "year_across" in codes(seen(tmp_path, text))
    answered = seen(tmp_path, text, year_across="4")
    assert "year_across" not in codes(answered)
    assert answered.recipe.fiscal_start == 4


def test_a_declared_magnitude_is_asked_and_answered(tmp_path: Path) -> None:
    text = "Budget (in thousands)\n\narea,year,value\nA,2015,1\nA,2016,2\n"

    assert "declared_magnitude" in codes(seen(tmp_path, text))
    assert seen(tmp_path, text, declared_magnitude="1000").recipe.scale == 1000
    assert seen(tmp_path, text, declared_magnitude="1").recipe.scale == 1


def test_countries_are_looked_for_in_the_whole_world(tmp_path: Path) -> None:
    text = "area,year,value\nSpain,2015,1\nPortugal,2015,2\nFrance,2015,3\n"

    assert column(seen(tmp_path, text), "area").scheme == "world"
    text = "area,year,value\nNorth,2015,1\nSouth,2015,2\nCAN,2015,3\n"
    assert column(seen(tmp_path, text), "area").scheme == "own"


def test_four_parts_of_every_year_are_quarters(tmp_path: Path) -> None:
    rows = [f"A,{year} - {part},1" for year in (2015, 2016) for part in (1, 2, 3, 4)]
    rows.append("A,2015,4")
    found = seen(tmp_path, "area,year,value\n" + "\n".join(rows) + "\n")

    assert found.recipe.dates == "quarters"
    assert codes(found) == []
    more = seen(tmp_path, "area,year,value\n" + "\n".join([*rows, "A,2016 - 5,1"]) + "\n")
    assert more.recipe.dates != "quarters"
