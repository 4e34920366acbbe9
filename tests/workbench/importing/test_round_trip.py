"""A table written in any dialect comes back as the same observations, or the program asks."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
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
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman")
NUMBERS = {"1.234,5": (".", ","), "1,234.5": (",", "."), "1 234,5": ("\u00a0", ",")}
Cells = dict[tuple[str, int], float]
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
    value = st.integers(0, 90_000_000).map(lambda tenths: tenths / 10)
    return {(area, year): draw(value) for area in areas for year in years}


def laid_out(content: Cells, layout: str, form: str) -> Table:
    areas = list(dict.fromkeys(area for area, _ in content))
    years = sorted({year for _, year in content})
    if layout == "long":
        rows = [[a, str(y), written(value, form)] for (a, y), value in content.items()]
        return [["area", "year", "value"], *rows]
    rows = [[a, *(written(content[a, y], form) for y in years)] for a in areas]
    return [["area", *map(str, years)], *rows]


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
    assert opened.header is not None
    plan = make_plan(opened.file, opened.table, opened.header, seen.recipe, last_year=LAST_YEAR)
    return (), prepare(plan, Names(variables={"n_x": "any"}), dataset="t")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=cells(),
    layout=st.sampled_from(("long", "wide")),
    form=st.sampled_from(sorted(NUMBERS)),
    delimiter=st.sampled_from((",", ";", "\t", "|")),
    ends=st.sampled_from(("\n", "\r\n")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    encoding=st.sampled_from(ENCODINGS),
)
@example(
    content={("Norte", 2010): 1.0, ("Norte", 2011): 1234.0, ("Ñuble", 2010): 2.5,
             ("Ñuble", 2011): 3.0},
    layout="long", form="1.234,5", delimiter=";", ends="\n", quoting=csv.QUOTE_MINIMAL,
    encoding="cp1252",
)  # fmt: skip
def test_what_was_written_comes_back_or_is_asked(
    tmp_path: Path,
    content: Cells,
    layout: str,
    form: str,
    delimiter: str,
    ends: str,
    quoting: Any,
    encoding: str,
) -> None:
    path = tmp_path / "t.csv"
    file_of(path, laid_out(content, layout, form), delimiter, ends, quoting, encoding)

    asked, prepared = read(path)

    if prepared is None:
        assert set(asked) <= {"ambiguous_number", "mixed_numbers", "which_encoding"}
        return
    back = {
        (
            prepared.new_areas.get(prepared.series[series].area, prepared.series[series].area),
            period // 100,
        ): prepared.cells.value[cell]
        for series, period, cell in zip(
            prepared.series_of.tolist(), prepared.period.tolist(), prepared.cell.tolist(),
            strict=True,
        )
    }  # fmt: skip
    assert back == content


def test_a_certain_table_is_not_asked_about(tmp_path: Path) -> None:
    content = {("Ñuble", 2010): 1234.5, ("Córdoba", 2010): 7.0, ("Norte", 2010): 3.0}
    path = tmp_path / "t.csv"
    file_of(path, laid_out(content, "long", "1.234,5"), ";", "\r\n", csv.QUOTE_ALL, "mac_roman")

    asked, prepared = read(path)

    assert asked == ()
    assert prepared is not None
    assert prepared.report.observations == 3
