"""Marks, flags, number formats, missing codes, and texts that are more than they seem."""

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

FEATURES = (
    Feature(
        id="footnote marks",
        make=text(HEAD + "Norte,2015,12 (3)\nNorte,2016,45*\nNorte,2017,7 r\nNorte,2018,120 p\n"),
        cells={"footnote_marks": ("C2", "C3", "C4", "C5")},
        counts={"footnote_marks": 4},
        observations=4,
        total=184,
    ),
    Feature(
        id="flags in a column of their own",
        make=text("area,year,value,flags\nNorte,2015,1,p\nNorte,2016,2,\nNorte,2017,3,b\n"),
        cells={"flags_column": ("D2", "D4")},
        observations=3,
        total=6,
    ),
    *(
        Feature(
            id=f"numbers with {name}",
            make=text(f"area;year;value\nNorte;2015;{first}\nNorte;2016;{second}\n"),
            cells={"number_format": ("C2", "C3")},
            observations=2,
            total=1234567.5 + 1234.5,
        )
        for name, first, second in (
            ("points and a comma", "1.234.567,5", "1.234,5"),
            ("commas and a point", "1,234,567.5", "1,234.5"),
            ("ordinary blanks", "1 234 567,5", "1 234,5"),
            ("no-break blanks", "1\u00a0234\u00a0567,5", "1\u00a0234,5"),
            ("narrow no-break blanks", "1\u202f234\u202f567,5", "1\u202f234,5"),
            ("thin blanks", "1\u2009234\u2009567,5", "1\u2009234,5"),
        )
    ),
    Feature(
        id="an ambiguous number",
        make=text(HEAD + "Norte,2015,12\nNorte,2016,1.234\n"),
        cells={},
        asks=("ambiguous_number",),
    ),
    Feature(
        id="mixed number formats",
        make=text("area;year;value\nNorte;2015;1.234,5\nNorte;2016;1,234.5\n"),
        cells={},
        asks=("mixed_numbers",),
    ),
    *(
        Feature(
            id=f"numbers in {words}",
            make=text(f"Budget ({words})\n{HEAD}Norte,2015,12\nNorte,2016,13\n"),
            cells={"magnitude_said": ("A1",)},
            asks=("declared_magnitude",),
        )
        for words in ("thousands", "in lakhs", "millones", "en milliers")
    ),
    Feature(
        id="thousands in a row under the header",
        make=text("Region,2015,2016\n,(thousands),(thousands)\nNorte,1,2\nSur,3,4\n"),
        cells={"magnitude_said": ("B2", "C2")},
        asks=("declared_magnitude",),
    ),
    Feature(
        id="thousands in the header of the column",
        make=text("area,year,value (thousands)\nNorte,2015,1\nSur,2015,2\n"),
        cells={"magnitude_said": ("C1",)},
        asks=("declared_magnitude",),
    ),
    Feature(
        id="codes of missing values",
        make=text(HEAD + "A,2015,..\nB,2015,n/a\nC,2015,..\nD,2015,-\nE,2015,c\nF,2015,7\n"),
        cells={
            "missing_marks": ("C2", "C3", "C4"),
            "dash_marks": ("C5",),
            "confidential": ("C6",),
        },
        counts={"missing_marks": 3, "dash_marks": 1, "confidential": 1},
        observations=1,
        total=7,
        missing=5,
    ),
    Feature(
        id="repeated names of columns",
        make=text("area,year,value,Value\nNorte,2015,1,2\n"),
        cells={"repeated_names": ("C1", "D1")},
        asks=("repeated_header", "two_value_columns"),
    ),
    Feature(
        id="suppressed numbers",
        make=text(HEAD + "Norte,2015,<5\nNorte,2016,1-4\nNorte,2017,12\nNorte,2018,20\n"),
        cells={"censored": ("C2", "C3")},
        counts={"censored": 2},
        observations=4,
        total=32,
    ),
    Feature(
        id="a column of names of persons",
        make=text("area,year,surname,value\nNorte,2015,Rossi,1\nSur,2015,Lopez,2\n"),
        cells={"personal_column": ("C1",)},
        observations=2,
        total=3,
    ),
    Feature(
        id="texts like formulas",
        make=text(HEAD + "=1+1,2015,1\n@SUM(A1),2015,2\nSur,2015,3\n"),
        cells={"formula_text": ("A2", "A3")},
        counts={"formula_text": 2},
        observations=3,
        total=6,
    ),
    Feature(
        id="markup",
        make=text(HEAD + "<b>Norte</b>,2015,1\nSur &amp; Este,2015,2\n"),
        cells={"markup_text": ("A2", "A3")},
        observations=2,
        total=3,
    ),
    Feature(
        id="hidden characters",
        make=text(HEAD + "Nor\u202ete,2015,1\nSur,2015,2\n"),
        cells={"hidden_characters": ("A2",)},
        observations=2,
        total=3,
    ),
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    check(feature, names, tmp_path)


def test_no_more_addresses_than_a_person_reads(tmp_path: Path) -> None:
    path = text(HEAD + "".join(f"A{n},2015,<5\n" for n in range(100)) + "B,2015,7\n")(tmp_path)

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    (found,) = [remark for remark in seen.oddities if remark.code == "censored"]
    assert (found.count, len(found.cells), found.cells[0]) == (100, 20, "C2")
