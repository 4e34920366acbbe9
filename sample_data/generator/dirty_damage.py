"""Text tables that were damaged on their way, or hold what they should not: D25-D29."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sample_data.generator.cells import Row
from sample_data.generator.dirty_base import (
    BLANK,
    EN,
    ES,
    NOT_AVAILABLE,
    PT,
    Spoiled,
    missing,
    pick,
    region_names,
    set_aside,
    table,
    variable_name,
)

LOST = "\ufffd"
QUOTE_ROW, SHORT_ROW, NUL_ROW = 300, 301, 400
ABBREVIATIONS = {
    "XV-01": "MER", "XV-02": "NA", "XV-03": "BAV", "XV-04": "CRE", "XV-05": "DRK",
    "XV-06": "ETR", "XV-07": "FOS", "XV-08": "GRP", "XV-09": "HOH", "XV-10": "IDS",
    "XV-11": "JAR", "XV-12": "KDV", "XV-13": "LSS", "XV-14": "MTL",
}  # fmt: skip
"""National abbreviations; that of Alta Norte is NA."""


def d25(labour: Sequence[Row]) -> Spoiled:
    """A quotation mark that never closes, a short row, a NUL."""
    rows = pick(labour, "n_insp_found", "n_agencies_licensed")
    names = region_names(ES)
    lines = table(
        ("Año", "Código", "Región", "Indicador", "Valor"),
        ((row.period, row.area, names[row.area], row.variable, row.value) for row in rows),
    ).splitlines()
    quoted, short, nul = (lines[number - 1] for number in (QUOTE_ROW, SHORT_ROW, NUL_ROW))
    year, area, name, *rest = quoted.split(",")
    lines[QUOTE_ROW - 1] = ",".join((year, area, f'"{name}', *rest))
    lines[SHORT_ROW - 1] = ",".join(short.split(",")[:3])
    lines[NUL_ROW - 1] = nul.replace(",XV-", ",XV\0", 1)
    bad = {QUOTE_ROW - 2, SHORT_ROW - 2, NUL_ROW - 2}
    return Spoiled(
        name="D25_broken.csv",
        content=("\n".join(lines) + "\n").encode("utf-8"),
        clean=[row for at, row in enumerate(rows) if at not in bad],
        rows=len(rows),
        trouble="a quotation mark never closed in row 300, a short row 301, a NUL in row 400",
        facts={
            "warnings": ["Three rows are broken; they are named and the rest is read."],
            "set_aside": [
                set_aside(QUOTE_ROW, lines[QUOTE_ROW - 1], "broken_quote"),
                set_aside(SHORT_ROW, lines[SHORT_ROW - 1], "short_row"),
                set_aside(NUL_ROW, lines[NUL_ROW - 1], "nul"),
            ],
            "columns": {
                "Año": "period", "Código": "area", "Región": "ignore", "Indicador": "variable",
                "Valor": "value",
            },
        },
    )  # fmt: skip


def d26(prosecution: Sequence[Row]) -> Spoiled:
    """Codes of a form typed into the column of values."""
    rows = pick(prosecution, "pro_persons")
    names = region_names(PT)
    places = {20 + 55 * number: f"6110{2019 + number}" for number in range(5)}
    lines = [
        (row.period, row.area, names[row.area], places.get(at, row.value))
        for at, row in enumerate(rows)
    ]
    header = ("Ano", "Código", "Região", "Valor")
    return Spoiled(
        name="D26_leaked_codes.csv",
        content=table(header, lines).encode("utf-8"),
        clean=[row for at, row in enumerate(rows) if at not in places],
        rows=len(rows),
        trouble="codes like 61102019 stand in 5 cells of values",
        facts={
            "asks": ["values_out_of_range"],
            "answers": {"values_out_of_range": "leave these 5 cells out"},
            "warnings": ["Five values are many thousand times larger than their neighbours."],
            "set_aside": [set_aside(at + 2, code, "out_of_range") for at, code in places.items()],
            "given": {"variable": "pro_persons"},
            "columns": {
                "Ano": "period", "Código": "area", "Região": "ignore", "Valor": "value",
            },
        },
    )  # fmt: skip


def d27(nrm: Sequence[Row], people: Sequence[Row]) -> Spoiled:
    """The split of a region, without a word about it."""
    rows = pick(people, "pop_total") + pick(nrm, "vic_detected")
    names = region_names(PT)
    lines = [
        (row.period, row.area, names[row.area], variable_name(row.variable, PT), row.value)
        for row in rows
    ]
    header = ("Ano", "Código", "Região", "Indicador", "Valor")
    return Spoiled(
        name="D27_region_split.csv",
        content=table(header, lines).encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="XV-09 is split in 2014 and the file does not say so",
        facts={
            "warnings": ["XV-09 falls by a quarter in 2014, when XV-14 begins."],
            "columns": {
                "Ano": "period", "Código": "area", "Região": "ignore", "Indicador": "variable",
                "Valor": "value",
            },
        },
    )  # fmt: skip


def _twice(text: str) -> str:
    """A text in UTF-8 that a program took for cp1252."""
    return text.encode("utf-8").decode("cp1252")


def d28(nrm: Sequence[Row]) -> Spoiled:
    """Letters read wrongly once, and letters that are lost."""
    rows = pick(nrm, "ref_made")
    names = region_names(ES)
    lost = {at for at, row in enumerate(rows) if row.area == "XV-04" and row.period >= "2020"}
    shown = [
        names[row.area].replace("ñ", LOST) if at in lost else _twice(names[row.area])
        for at, row in enumerate(rows)
    ]
    lines = [(row.period, name, row.value) for row, name in zip(rows, shown, strict=True)]
    header = (_twice("Año"), _twice("Región"), "Valor")
    return Spoiled(
        name="D28_mojibake.csv",
        content=table(header, lines).encode("utf-8"),
        clean=[row for at, row in enumerate(rows) if at not in lost],
        rows=len(rows),
        trouble="UTF-8 read as cp1252 once (“BahÃ\xada Verde”), and letters lost (“Ca\ufffdada Real”)",
        facts={
            "asks": ["repair_letters"],
            "answers": {"repair_letters": "yes"},
            "warnings": ["In 5 rows letters are lost; they cannot be repaired."],
            "set_aside": [set_aside(at + 2, shown[at], "letters_lost") for at in sorted(lost)],
            "given": {"variable": "ref_made"},
            "columns": {header[0]: "period", header[1]: "area", "Valor": "value"},
            "needs_regions": True,
        },
    )


def d29(nrm: Sequence[Row]) -> Spoiled:
    """NA as the code of a place, and as a mark beside NULL, NaN and blank."""
    names = region_names(EN)
    texts = {7: "NULL", 61: "NaN", 118: "", 163: "NA", 204: "NULL", 245: "", 260: "NaN"}
    clean, lines = [], []
    regional = [row for row in pick(nrm, "vic_presumed") if row.area in ABBREVIATIONS]
    for at, row in enumerate(regional):
        code = ABBREVIATIONS[row.area]
        lines.append((row.period, code, names[row.area], texts.get(at, row.value)))
        if at in texts:
            row = missing(row, NOT_AVAILABLE if texts[at] else BLANK)
        clean.append(replace(row, area=code))
    return Spoiled(
        name="D29_na_code.csv",
        content=table(("Year", "Region code", "Region", "Value"), lines).encode("utf-8"),
        clean=clean,
        rows=len(clean),
        trouble="NA is the code of a region; values say NULL, NaN, NA or nothing",
        facts={
            "warnings": [
                "NULL, NaN and NA among the values were read as no value.",
                "NA is a region of this country: neither a gap nor Namibia.",
            ],
            "given": {"variable": "vic_presumed"},
            "columns": {
                "Year": "period", "Region code": "area", "Region": "ignore", "Value": "value",
            },
            "area_codes": {code: area for area, code in ABBREVIATIONS.items()},
        },
    )  # fmt: skip
