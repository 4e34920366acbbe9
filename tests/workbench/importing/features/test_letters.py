"""Encodings, delimiters and letters that were lost or read wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from tests.workbench.importing.features.making import (
    HEAD,
    LAST_YEAR,
    Feature,
    check,
    imported,
    text,
)
from workbench.importing.names import Names
from workbench.importing.opening import open_for
from workbench.importing.preview import make_preview, question_dict

FEATURES = (
    Feature(
        id="UTF-8 with a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-8-sig"),
        cells={"stated_encoding": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="UTF-16 with a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-16"),
        cells={"stated_encoding": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="UTF-16 without a byte mark",
        make=text(HEAD + "Ñuble,2015,1\n", encoding="utf-16-le"),
        cells={"guessed_encoding": ("A2",)},
        observations=1,
        total=1,
    ),
    *(
        Feature(
            id=f"letters in {encoding}",
            make=text(HEAD + f"{first},2015,1\n{second},2015,2\n", encoding=encoding),
            cells={"guessed_encoding": ("A2", "A3")},
            asks=asks,
            observations=0 if asks else 2,
            total=0 if asks else 3,
        )
        for encoding, first, second, asks in (
            ("cp1252", "Ñuble", "Córdoba", ()),
            ("latin-1", "São Miguel", "Évora", ()),
            ("mac_roman", "Saint-Étienne", "Córdoba", ("which_encoding",)),
            ("cp1251", "Москва", "Казань", ("which_encoding",)),
            ("cp1250", "Łódź", "Škoda", ("which_encoding",)),
            ("iso8859_2", "Łódź", "Čáslav", ()),
            ("iso8859_7", "Αθήνα", "Πάτρα", ("which_encoding",)),
            ("cp850", "Ñuble", "São Miguel", ()),
        )
    ),
    Feature(
        id="semicolons",
        make=text("area;year;value\nNorte;2015;1\n"),
        cells={"parted_by": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="tabs",
        make=text("area\tyear\tvalue\nNorte\t2015\t1\n"),
        cells={"parted_by_tab": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="upright lines",
        make=text("area|year|value\nNorte|2015|1\n"),
        cells={"parted_by": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="quotation marks",
        make=text('"area","year","value"\n"La ""Paz"", sur","2015","1"\n'),
        cells={"quoted_cells": ()},
        observations=1,
        total=1,
    ),
    Feature(
        id="lost letters",
        make=text(HEAD + "M\ufffdrida,2015,1\nSur,2015,2\n"),
        cells={"letters_lost": ("A2",)},
        observations=1,
        total=2,
        aside=1,
    ),
    Feature(
        id="letters read wrongly once",
        make=text(HEAD + "MÃ©rida,2015,1\nSur,2015,2\n"),
        cells={"letters_misread": ("A2",)},
        asks=("repair_letters",),
    ),
)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_is_named_and_yields_what_it_should(
    feature: Feature, names: Names, tmp_path: Path
) -> None:
    check(feature, names, tmp_path)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Ñuble"),
        ("iso8859_2", "Łódź"),
        ("iso8859_15", "Œuvre"),
        ("cp850", "São Miguel"),
        ("utf-16-be", "Ñuble"),
    ],
)
def test_names_in_an_old_encoding_come_out_right(
    tmp_path: Path, names: Names, encoding: str, name: str
) -> None:
    path = text(HEAD + f"{name},2015,1\nSur,2015,2\n", encoding=encoding)(tmp_path)

    assert name in imported(path, names).new_areas.values()


def test_the_encoding_is_asked_with_what_each_choice_gives(tmp_path: Path) -> None:
    path = text(HEAD + "Łódź,2015,1\nŠkoda,2015,2\n", encoding="cp1250")(tmp_path)

    opened = open_for(path, None, last_year=LAST_YEAR)
    seen = make_preview(opened, last_year=LAST_YEAR, known={"variable": "n_x"})

    (question,) = seen.questions
    told = question_dict(question)
    previews = cast("dict[str, str]", told["previews"])
    assert told["choices"] == list(previews)
    assert previews["cp1250"] == "Łódź"
    assert len(set(previews.values())) == len(previews) > 1
