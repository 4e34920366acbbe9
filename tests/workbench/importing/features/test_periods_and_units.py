"""Months, years over two calendar years, units that change, numbers that jump."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.importing.features.making import (
    HEAD,
    Feature,
    check,
    text,
)
from workbench.importing.names import Names

FEATURES = (
    *(
        Feature(
            id=f"month names in {language}",
            make=text(f"area,month,value\nNorte,{first} 2015,1\nNorte,{second}. 2015,2\n"),
            cells={"month_names": ("B2", "B3")},
            observations=2,
            total=3,
        )
        for language, first, second in (
            ("English", "January", "Feb"),
            ("Spanish", "enero", "ago"),
            ("Portuguese", "março", "out"),
            ("French", "février", "août"),
        )
    ),
    Feature(
        id="school years",
        make=text(HEAD + "Norte,2015/16,1\nNorte,2016/17,2\n"),
        cells={"years_across": ("B2", "B3")},
        asks=("year_across",),
    ),
    Feature(
        id="fiscal years",
        make=text(HEAD + "Norte,FY2015,1\nNorte,FY2016,2\n"),
        cells={"years_across": ("B2", "B3")},
        asks=("year_across",),
    ),
    Feature(
        id="fiscal years in columns",
        make=text("area,2015/16,2016/17\nNorte,1,2\nSur,3,4\n"),
        cells={"years_across": ("B1", "C1")},
        asks=("year_across",),
    ),
    Feature(
        id="several dimensions in one column",
        make=text(
            'year,group,value\n2015,"Women, under 18",1\n2015,"Men, under 18",2\n'
            '2015,"Women, 18-24",3\n'
        ),
        cells={"several_in_one": ("B2", "B3", "B4")},
        observations=3,
        total=6,
    ),
    Feature(
        id="unit column that changes inside a series",
        make=text(
            "area,year,unit,value\nNorte,2015,persons,120\nNorte,2016,persons,130\n"
            "Norte,2017,per 100 000,1.5\n"
        ),
        cells={"unit_changes": ("C4",)},
        asks=("two_units_in_one_column",),
    ),
    Feature(
        id="unit that changes from whole numbers to fractions",
        make=text(
            HEAD + "Norte,2013,12\nNorte,2014,13\nNorte,2015,14\nNorte,2016,1.25\n"
            "Norte,2017,1.35\n"
        ),
        cells={"unit_break": ("C5",)},
        observations=5,
        total=41.6,
    ),
    Feature(
        id="numbers that become a thousand times larger",
        make=text(
            HEAD + "Norte,2013,12\nNorte,2014,13\nNorte,2015,14000\nNorte,2016,15000\n"
            "Sur,2013,20\nSur,2014,21\nSur,2015,22\nSur,2016,23\n"
        ),
        cells={"unit_jump": ("C4",)},
        counts={"unit_jump": 1},
        observations=8,
        total=29111,
    ),
    Feature(
        id="numbers that become a million times smaller, years in columns",
        make=text("area,2013,2014,2015,2016\nNorte,12000000,13000000,14,15\n"),
        cells={"unit_jump": ("D2",)},
        observations=4,
        total=25000029,
    ),
    Feature(
        id="words of another unit inside the table",
        make=text(HEAD + "Norte,2013,120\nNorte,2014,130\n(thousands),,\nNorte,2015,14\n"),
        cells={"magnitude_inside": ("A4",)},
        observations=3,
        total=264,
        aside=1,
    ),
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    check(feature, names, tmp_path)
