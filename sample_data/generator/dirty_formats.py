"""One slice in the text formats of statistics offices: PC-Axis, JSON-stat, SDMX-CSV, Eurostat (D17-D20)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sample_data.generator.cells import Row
from sample_data.generator.country import AREA, CODES
from sample_data.generator.dirty_base import (
    CONFIDENTIAL,
    EN,
    ES,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    Facts,
    Spoiled,
    code_in,
    kind_of,
    missing,
    pick,
    region_names,
    table,
    words,
)

TWIN = "D17_D24_formats.clean.csv"
TWIN_PLAIN = "D17_D24_formats_no_flags.clean.csv"
AREAS = (AREA, *CODES)
YEARS = tuple(str(year) for year in range(2017, 2025))
SEXES = ("", "F", "M", "X", "_U")
TITLE = "Detected victims by region, sex and year"

Grid = dict[tuple[str, str, str], Row]
"""Rows by area, sex and year."""


def shared(nrm: Sequence[Row]) -> list[Row]:
    """The slice: victims by area, sex and year; small numbers confidential, some cells absent."""
    rows = pick(nrm, "vic_detected", dims=((), ("SEX",)), first=YEARS[0], flags=True)
    return [_withheld(row) for row in rows]


def _withheld(row: Row) -> Row:
    if row.status == "S":
        return missing(row, CONFIDENTIAL)
    if row.cut and row.area == "XV-07" and row.period == "2019":
        return missing(row, NOT_AVAILABLE)
    if row.cut == (("SEX", "X"),) and row.area == "XV-04" and row.period == "2017":
        return missing(row, NOT_APPLICABLE)
    return row


def grid(rows: Sequence[Row]) -> Grid:
    """The slice by its key."""
    return {(row.area, code_in(row, "SEX"), row.period): row for row in rows}


def facts(columns: dict[str, str] | None = None, *, flags: bool = True) -> Facts:
    """The expectation that all formats share."""
    return {
        "given": {"variable": "vic_detected"},
        "columns": columns or {},
        "carries_flags": flags,
        "warnings": ["Some values are confidential at the source; no number is known."],
    }


def without_flags(rows: Sequence[Row]) -> list[Row]:
    """The slice for a format that has no place for flags."""
    return [replace(row, flags="") for row in rows]


_DOTS = {NOT_APPLICABLE: '"."', NOT_AVAILABLE: '".."', CONFIDENTIAL: '"..."'}


def _list(texts: Sequence[str]) -> str:
    return ",".join(f'"{text}"' for text in texts)


def d17(rows: Sequence[Row]) -> Spoiled:
    """PC-Axis with keys, codes, two languages and a code page; rows of zeros are left out."""
    cells = grid(rows)
    codes = ["T" if sex == "" else sex.strip("_") for sex in SEXES]
    labels = {language: words("SEX", language) for language in (ES, EN)}
    lines = []
    for area in AREAS:
        for sex, code in zip(SEXES, codes, strict=True):
            line = [cells[area, sex, year] for year in YEARS]
            texts = [_DOTS.get(kind_of(row), row.value) for row in line]
            if set(texts) != {"0"}:
                lines.append(f'"{area}","{code}",' + " ".join(texts) + " ")
    names = {language: region_names(language) for language in (ES, EN)}
    head = [
        'CHARSET="ANSI";', 'AXIS-VERSION="2013";', 'CODEPAGE="windows-1252";', 'LANGUAGE="es";',
        'LANGUAGES="es","en";', 'CREATION-DATE="20250331 09:00";', "DECIMALS=0;",
        "SHOWDECIMALS=0;", 'MATRIX="TIP03";', "COPYRIGHT=NO;", 'SUBJECT-CODE="JU";',
        'SUBJECT-AREA="Justicia";', 'SUBJECT-AREA[en]="Justice";',
        'TITLE="Víctimas detectadas por región, sexo "', '"y año";', f'TITLE[en]="{TITLE}";',
        'CONTENTS="Víctimas detectadas";', 'CONTENTS[en]="Detected victims";',
        'UNITS="personas";', 'UNITS[en]="persons";',
        'STUB="región","sexo";', 'STUB[en]="region","sex";',
        'HEADING="año";', 'HEADING[en]="year";',
        f'VALUES("región")={_list([names[ES][area] for area in AREAS])};',
        f'VALUES[en]("region")={_list([names[EN][area] for area in AREAS])};',
        f'VALUES("sexo")={_list([labels[ES][sex or "_T"] for sex in SEXES])};',
        f'VALUES[en]("sex")={_list([labels[EN][sex or "_T"] for sex in SEXES])};',
        f'VALUES("año")={_list(YEARS)};', f'VALUES[en]("year")={_list(YEARS)};',
        f'TIMEVAL("año")=TLIST(A1),{_list(YEARS)};',
        f'CODES("región")={_list(AREAS)};', f'CODES("sexo")={_list(codes)};',
        f'CODES("año")={_list(YEARS)};',
        'KEYS("región")=CODES;', 'KEYS("sexo")=CODES;',
        'DATASYMBOL1="no se aplica";', 'DATASYMBOL2="no disponible";',
        'DATASYMBOL3="confidencial";',
        'VALUENOTE("año","2024")="Cifras provisionales.";',
        'NOTE="La región XV-14 existe desde 2014.#Datos ficticios.";',
        'SOURCE="Instituto de Estadística de Valdoria";', "DATA=",
    ]  # fmt: skip
    text = "\r\n".join([*head, *lines]) + ";\r\n"
    return Spoiled(
        name="D17_px.px",
        content=text.encode("cp1252"),
        clean=without_flags(rows),
        rows=len(rows),
        trouble="PC-Axis with KEYS, CODES, CODEPAGE and two languages; rows of zeros left out",
        twin=TWIN_PLAIN,
        facts={
            **facts({"región": "area", "sexo": "SEX", "año": "period"}, flags=False),
            "note_lines": 2,
            "lines_of_data": len(lines),
            "encoding": "cp1252",
        },
    )


def d18(rows: Sequence[Row]) -> Spoiled:
    """JSON-stat 2.0 with states of cells."""
    cells = grid(rows)
    order = [cells[area, sex, year] for area in AREAS for sex in SEXES for year in YEARS]
    signs = {NOT_APPLICABLE: "z", NOT_AVAILABLE: ":", CONFIDENTIAL: "c"}
    states = [signs.get(kind_of(row), row.flags.lower()) for row in order]
    names, labels = region_names(EN), words("SEX", EN)
    dimension = {
        "indicator": ("Indicator", {"VC_HTF_DETV": "Detected victims of human trafficking"}),
        "geo": ("Region", {area: names[area] for area in AREAS}),
        "sex": ("Sex", {sex or "_T": labels[sex or "_T"] for sex in SEXES}),
        "time": ("Year", {year: year for year in YEARS}),
    }
    content = {
        "version": "2.0",
        "class": "dataset",
        "label": TITLE,
        "source": "Statistics Office of Valdoria",
        "updated": "2025-03-31T09:00:00Z",
        "note": ["Region XV-14 exists from 2014 on.", "Fictional data."],
        "id": list(dimension),
        "size": [len(category) for _, category in dimension.values()],
        "role": {"time": ["time"], "geo": ["geo"], "metric": ["indicator"]},
        "dimension": {
            name: {
                "label": label,
                "category": {
                    "index": {code: place for place, code in enumerate(category)}
                    if name == "geo"
                    else list(category),
                    "label": category,
                },
            }
            for name, (label, category) in dimension.items()
        },
        "value": [int(row.value) if kind_of(row) == "number" else None for row in order],
        "status": {str(at): state for at, state in enumerate(states) if state},
        "extension": {
            "status": {
                "label": {
                    ":": "not available", "b": "break in time series", "c": "confidential",
                    "p": "provisional", "z": "not applicable",
                }
            }
        },
    }  # fmt: skip
    return Spoiled(
        name="D18_jsonstat.json",
        content=(json.dumps(content, ensure_ascii=False) + "\n").encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="JSON-stat 2.0; states of cells in an object of their own",
        twin=TWIN,
        facts={
            **facts({"indicator": "variable", "geo": "area", "sex": "SEX", "time": "period"}),
            "note_lines": 2,
        },
    )


_OBS = {NOT_APPLICABLE: ("M", "F"), NOT_AVAILABLE: ("L", "F"), CONFIDENTIAL: ("Q", "C")}


def _sdmx_line(row: Row) -> tuple[str, ...]:
    kind = kind_of(row)
    status, conf = _OBS.get(kind, (row.flags or "A", "F"))
    value = row.value if kind == "number" else ""
    comment = "Not applicable" if kind == NOT_APPLICABLE else ""
    key = ("A", row.area, "VC_HTF_DETV", code_in(row, "SEX") or "_T", row.period)
    return (*key, value, "PS", "0", status, conf, comment)


_SDMX = (
    "FREQ", "REF_AREA", "INDICATOR", "SEX", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE",
    "UNIT_MULT", "OBS_STATUS", "CONF_STATUS", "COMMENT_OBS",
)  # fmt: skip
_SDMX_ROLES = {
    "FREQ": "ignore", "REF_AREA": "area", "INDICATOR": "variable", "SEX": "SEX",
    "TIME_PERIOD": "period", "OBS_VALUE": "value", "UNIT_MEASURE": "unit", "UNIT_MULT": "ignore",
    "OBS_STATUS": "flags", "CONF_STATUS": "confidentiality", "COMMENT_OBS": "note",
}  # fmt: skip


def d19(rows: Sequence[Row]) -> tuple[Spoiled, Spoiled]:
    """SDMX-CSV in its two versions."""
    lines = [_sdmx_line(row) for row in rows]
    flow = "XV1:DF_TIP(1.0)"
    first = table(("DATAFLOW", *_SDMX), ((flow, *line) for line in lines), end="\r\n")
    second = table(
        ("STRUCTURE", "STRUCTURE_ID", "ACTION", *_SDMX),
        (("dataflow", flow, "I", *line) for line in lines),
        end="\r\n",
    )
    made = (
        ("D19_sdmx.csv", first, "SDMX-CSV 1.0; states and confidentiality in columns"),
        ("D19_sdmx_2_0.csv", second, "SDMX-CSV 2.0; structure and action before the dimensions"),
    )
    one, two = (
        Spoiled(
            name=name,
            content=text.encode("utf-8"),
            clean=rows,
            rows=len(rows),
            trouble=trouble,
            twin=TWIN,
            facts=facts(dict(_SDMX_ROLES)),
        )
        for name, text, trouble in made
    )
    return one, two


def d20(rows: Sequence[Row]) -> Spoiled:
    """The tab-separated layout of Eurostat: keys with commas, flags after the number."""
    cells = grid(rows)
    codes = {"": "T", "_U": "UNK"}
    colon = {NOT_APPLICABLE: ": z", NOT_AVAILABLE: ": ", CONFIDENTIAL: ": c"}
    lines = ["\t".join((r"freq,unit,sex,geo\TIME_PERIOD", *(f"{year} " for year in YEARS)))]
    for sex in SEXES:
        for area in AREAS:
            texts = [
                colon.get(kind_of(row), f"{row.value} {row.flags.lower()}")
                for row in (cells[area, sex, year] for year in YEARS)
            ]
            lines.append("\t".join((f"A,NR,{codes.get(sex, sex)},{area}", *texts)))
    return Spoiled(
        name="D20_eurostat.tsv",
        content=("\n".join(lines) + "\n").encode("utf-8"),
        clean=rows,
        rows=len(lines) - 1,
        trouble="keys joined by commas, years in columns, flags after the number (12 p, : c)",
        twin=TWIN,
        facts={
            **facts({"freq": "ignore", "unit": "unit", "sex": "SEX", "geo": "area"}),
            "layout": "wide",
            "cells": len(rows),
        },
    )
