"""A table written in any dialect comes back as the same observations, or the program asks."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.preview import make_preview
from workbench.importing.validate import prepare

LAST_YEAR = 2027
AREAS = ("Ñuble", "Córdoba", "Norte", "São Miguel", "Saint-Étienne", "La “Paz”, sur")
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    *("cp1252", "mac_roman", "cp850", "iso8859_15", "latin_1"),
)
NUMBERS = {
    "1.234,5": (".", ","),
    "1,234.5": (",", "."),
    "1 234,5": (" ", ","),
    "1\u00a0234,5": ("\u00a0", ","),
    "1\u202f234,5": ("\u202f", ","),
    "1\u2009234,5": ("\u2009", ","),
    "1234.5": ("", "."),
}
LAYOUTS = ("long", "wide", "grouped", "two_rows")
SEXES = {"women": "F", "men": "M", "": "_T"}
QUESTIONS = {"ambiguous_number", "mixed_numbers", "which_encoding"}
"""What may be open after a look at such a table; its layout never is."""


class Key(NamedTuple):
    """What one value is about."""

    area: str
    year: int
    sex: str


Cells = dict[Key, float]
Table = list[list[str]]


def written(value: float, form: str) -> str:
    group, decimal = NUMBERS[form]
    whole, _, part = f"{value:,.1f}".partition(".")
    text = whole.replace(",", group)
    return text if part == "0" else text + decimal + part


@st.composite
def cells(draw: DrawFn) -> Cells:
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=2, max_size=5, unique=True))
    years = range(2010, 2010 + draw(st.integers(2, 5)))
    sexes = draw(st.sampled_from((("",), ("women", "men"))))
    value = st.integers(0, 90_000_000).map(lambda tenths: tenths / 10)
    return {Key(a, y, sex): draw(value) for a in areas for y in years for sex in sexes}


def laid_out(content: Cells, layout: str, form: str) -> Table:
    areas = list(dict.fromkeys(key.area for key in content))
    years = sorted({key.year for key in content})
    sexes = list(dict.fromkeys(key.sex for key in content))
    has_sex = sexes != [""]

    def of(key: Key) -> str:
        return written(content[key], form)

    if layout == "two_rows" and has_sex:
        groups = [text for year in years for text in (str(year), *[""] * (len(sexes) - 1))]
        body = [[a, *(of(Key(a, y, sex)) for y in years for sex in sexes)] for a in areas]
        return [["area", *groups], ["", *(sex for _ in years for sex in sexes)], *body]
    if layout in ("wide", "two_rows"):
        rows = [
            [a, *([sex] if has_sex else []), *(of(Key(a, y, sex)) for y in years)]
            for a in areas
            for sex in sexes
        ]
        return [["area", *(["sex"] if has_sex else []), *map(str, years)], *rows]
    rows = [[key.area, str(key.year), *([key.sex] if has_sex else []), of(key)] for key in content]
    if layout == "grouped":
        rows = [
            [row[0] if not place or rows[place - 1][0] != row[0] else "", *row[1:]]
            for place, row in enumerate(rows)
        ]
    return [["area", "year", *(["sex"] if has_sex else []), "value"], *rows]


def around(table: Table, before: int, after: int) -> Table:
    """The table below a title and above its notes."""
    above = [["Yearbook of the ministry"], ["Victims, all regions"]][:before]
    below = [["Note: provisional"], ["Source: registers of the police"]][:after]
    gap = [[""]]
    return [*above, *(gap if above else []), *table, *(gap if below else []), *below]


def file_of(
    path: Path, table: Table, delimiter: str, ends: str, quoting: Any, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=quoting)
    writer.writerows(table)
    path.write_bytes(text.getvalue().encode(encoding))


def read(path: Path) -> tuple[tuple[str, ...], Prepared | None]:
    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})
    if seen.questions:
        return tuple(question.code for question in seen.questions), None
    opened = open_for(path, seen.recipe, last_year=LAST_YEAR)
    assert opened.header is not None
    plan = make_plan(opened.file, opened.table, opened.header, seen.recipe, last_year=LAST_YEAR)
    return (), prepare(plan, Names(variables={"n_x": "any"}), dataset="t")


def taken(prepared: Prepared) -> Cells:
    """What was read, by area, year and sex."""
    sexes = {code: sex for sex, code in SEXES.items()}
    found: Cells = {}
    for number, period, cell in zip(
        prepared.series_of.tolist(), prepared.period.tolist(), prepared.cell.tolist(), strict=True
    ):
        series = prepared.series[number]
        area = prepared.new_areas.get(series.area, series.area)
        value = prepared.cells.value[cell]
        assert value is not None
        found[Key(area, period // 100, sexes[series.breakdown.code("SEX") or "_T"])] = value
    return found


def encodable(table: Table, encoding: str) -> bool:
    try:
        "".join(cell for row in table for cell in row).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=cells(),
    layout=st.sampled_from(LAYOUTS),
    form=st.sampled_from(sorted(NUMBERS)),
    delimiter=st.sampled_from((",", ";", "\t", "|")),
    ends=st.sampled_from(("\n", "\r\n")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    encoding=st.sampled_from(ENCODINGS),
    before=st.integers(0, 2),
    after=st.integers(0, 2),
)
@example(
    content={
        Key("Norte", 2010, ""): 1.0,
        Key("Norte", 2011, ""): 1234.0,
        Key("Ñuble", 2010, ""): 2.5,
        Key("Ñuble", 2011, ""): 3.0,
    },
    layout="long",
    form="1.234,5",
    delimiter=";",
    ends="\n",
    quoting=csv.QUOTE_MINIMAL,
    encoding="cp1252",
    before=0,
    after=0,
)
def test_what_was_written_comes_back_or_is_asked(
    tmp_path: Path,
    content: Cells,
    layout: str,
    form: str,
    delimiter: str,
    ends: str,
    quoting: Any,
    encoding: str,
    before: int,
    after: int,
) -> None:
    table = around(laid_out(content, layout, form), before, after)
    assume(encodable(table, encoding))
    path = tmp_path / "t.csv"
    file_of(path, table, delimiter, ends, quoting, encoding)

    asked, prepared = read(path)

    event(f"{layout}: {asked or 'taken'}")
    if prepared is None:
        assert set(asked) <= QUESTIONS
        return
    assert taken(prepared) == content
    assert prepared.report.rows_set_aside == 0


def certain(layout: str) -> Cells:
    """Values of which one shows that a comma stands before the decimals."""
    sexes = ("women", "men") if layout == "two_rows" else ("",)
    keys = [
        Key(a, y, s) for a in ("Ñuble", "Córdoba", "Norte") for y in (2010, 2011) for s in sexes
    ]
    return {key: 1234.5 + place for place, key in enumerate(keys)}


def test_a_certain_table_is_not_asked_about(tmp_path: Path) -> None:
    for layout in LAYOUTS:
        content = certain(layout)
        path = tmp_path / f"{layout}.csv"
        table = around(laid_out(content, layout, "1.234,5"), 2, 2)
        file_of(path, table, ";", "\r\n", csv.QUOTE_ALL, "mac_roman")

        asked, prepared = read(path)

        assert asked == ()
        assert prepared is not None
        assert taken(prepared) == content
        assert prepared.report.footer_rows == 2
