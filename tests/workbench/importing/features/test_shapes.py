"""Where the table stands, headers, blanks, groups and totals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.importing.features.making import (
    HEAD,
    LAST_YEAR,
    Feature,
    check,
    text,
)
from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.preview import make_preview
from workbench.services import imports, observations
from workbench.services.workspace import create

FEATURES = (
    Feature(
        id="several header rows",
        make=text("Region,2015,,2016,\n,Women,Men,Women,Men\nNorte,1,2,3,4\nSur,5,6,7,8\n"),
        cells={"header_rows_joined": ("A1", "A2"), "merged_headers": ("B1", "D1")},
        counts={"header_rows_joined": 2, "merged_headers": 2},
        observations=8,
        total=36,
    ),
    Feature(
        id="header repeated in the table",
        make=text(HEAD + "Norte,2015,1\nSur,2015,2\narea,year,value\nNorte,2016,3\nSur,2016,4\n"),
        cells={"header_again": ("A4",)},
        observations=4,
        total=10,
        aside=1,
    ),
    Feature(
        id="preamble",
        make=text("Yearbook of victims\nMinistry\n\n" + HEAD + "Norte,2015,1\nSur,2015,2\n"),
        cells={"preamble": ("A1", "A2")},
        counts={"preamble": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="notes and source below",
        make=text(HEAD + "Norte,2015,1\nSur,2015,2\n\nNote: provisional\nSource: police\n"),
        cells={"footer": ("A5", "A6")},
        counts={"footer": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="blank rows",
        make=text(HEAD + "Norte,2015,1\n\n,,\nSur,2015,2\n"),
        cells={"blank_rows": ("A3", "A4")},
        counts={"blank_rows": 2},
        observations=2,
        total=3,
    ),
    Feature(
        id="blank columns",
        make=text("area,,year,value,\nNorte,,2015,1,\nSur,,2015,2,\n"),
        cells={"blank_columns": ("B1", "E1")},
        observations=2,
        total=3,
    ),
    Feature(
        id="labels on the first row of a group",
        make=text(HEAD + "Norte,2015,1\n,2016,2\n,2017,3\nSur,2015,4\n,2016,5\n,2017,6\n"),
        cells={"labels_repeated": ("A3", "A4", "A6", "A7")},
        counts={"labels_repeated": 4},
        observations=6,
        total=21,
    ),
    Feature(
        id="labels of a dimension on the first row of a group",
        make=text(
            "sex,age,year,value\nWomen,0-17,2015,1\n,18-24,2015,2\nMen,0-17,2015,3\n"
            ",18-24,2015,4\n"
        ),
        cells={"labels_repeated": ("A3", "A5")},
        observations=4,
        total=10,
    ),
    Feature(
        id="blank labels that could be either",
        make=text("sex,year,value\nWomen,2015,1\n,2016,2\nMen,2017,3\n,2018,4\n"),
        cells={"total_by_blank": ("A3", "A5")},
        asks=("blank_labels",),
    ),
    Feature(
        id="years in columns",
        make=text("Region,2015,2016\nNorte,1,2\nSur,3,4\n"),
        cells={"wide_periods": ("B1", "C1")},
        counts={"wide_periods": 2},
        observations=4,
        total=10,
    ),
    Feature(
        id="groups in columns",
        make=text("Region,Year,Women,Men\nNorte,2015,1,2\nSur,2015,3,4\n"),
        cells={"wide_groups": ("C1", "D1")},
        observations=4,
        total=10,
    ),
    Feature(
        id="total rows",
        make=text("sex,year,value\nTotal,2015,3\nWomen,2015,1\nMen,2015,2\n"),
        cells={"total_cells": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="whole country among regions",
        make=text(HEAD + "Total país,2015,3\nNorte,2015,1\nSur,2015,2\n"),
        cells={"total_cells": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="total by an empty cell",
        make=text("sex,year,value\n,2015,3\nWomen,2015,1\nMen,2015,2\n"),
        cells={"total_by_blank": ("A2",)},
        observations=3,
        total=6,
    ),
    Feature(
        id="groups among countries",
        make=text(
            "country,year,value\nPeru,2015,1\nChile,2015,2\nBrazil,2015,3\nSpain,2015,4\n"
            "France,2015,5\nWorld,2015,99\n"
        ),
        cells={"group_areas": ("A7",)},
        observations=6,
        total=114,
    ),
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    check(feature, names, tmp_path)


def test_a_table_without_trouble_has_no_oddities(tmp_path: Path) -> None:
    path = text(HEAD + "Norte,2015,1\nSur,2015,2\n")(tmp_path)

    seen = make_preview(
        open_for(path, None, last_year=LAST_YEAR), last_year=LAST_YEAR, known={"variable": "n_x"}
    )

    assert seen.oddities == ()


@pytest.mark.parametrize(
    ("said", "sexes"),
    [("repeat", ["F", "F", "M", "M"]), ("total", ["F", "_T", "M", "_T"])],
)
def test_what_blank_labels_mean_is_as_answered(
    tmp_path: Path, said: str, sexes: list[str]
) -> None:
    path = text("sex,year,value\nWomen,2015,1\n,2016,2\nMen,2017,3\n,2018,4\n")(tmp_path)

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        asked = imports.preview(path, ws=ws, variable="n_x")
        imports.commit(ws, path, imports.answer(asked, {"blank_labels": said}))
        rows = observations.observations(ws)

    assert [r.breakdown.code("SEX") or "_T" for r in sorted(rows, key=lambda r: r.period)] == sexes
