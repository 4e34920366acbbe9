"""Text tables whose letters, separators, numbers or surroundings are the trouble: D01-D04, D08, D09."""

from __future__ import annotations

from collections.abc import Sequence

from sample_data.generator.cells import Row
from sample_data.generator.country import AREA
from sample_data.generator.dirty_base import (
    BOM,
    EN,
    ES,
    PT,
    Spoiled,
    code_in,
    pick,
    region_names,
    table,
    variable_name,
    words,
)
from sample_data.generator.offices import UNITS

NARROW = "\u202f"


def _comma(text: str) -> str:
    """A number as Spanish offices write it: ``1.234,5``."""
    whole, _, part = text.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")


def d01(finance: Sequence[Row]) -> Spoiled:
    """Western code page, semicolons, decimal commas, Windows line ends."""
    rows = pick(
        finance, "bud_exec", "bud_alloc", "bud_intl", "bud_cso", "bud_drug_exec", "n_order_exp"
    )
    names = {
        row.variable: "Gasto en seguridad y orden público (función 03)"
        if row.variable.startswith("n_")
        else variable_name(row.variable, ES)
        for row in rows
    }
    lines = [
        (
            row.period, row.variable, names[row.variable], _comma(row.value),
            UNITS[row.variable], "Cierre contable; año fiscal = año natural",
        )
        for row in rows
    ]  # fmt: skip
    header = ("Año", "Indicador", "Descripción", "Importe", "Unidad", "Observaciones")
    text = table(header, lines, delimiter=";", end="\r\n")
    return Spoiled(
        name="D01_semicolon_decimalcomma_cp1252.csv",
        content=text.encode("cp1252"),
        clean=rows,
        rows=len(rows),
        trouble="cp1252, semicolons, 1.234,5 numbers, CRLF",
        facts={
            "warnings": ["The file does not say how its letters are coded; cp1252 is a guess."],
            "given": {"area": AREA},
            "columns": {
                "Año": "period", "Indicador": "variable", "Descripción": "ignore",
                "Importe": "value", "Unidad": "unit", "Observaciones": "note",
            },
            "encoding": "cp1252",
            "delimiter": ";",
            "number_format": "1.234,5",
        },
    )  # fmt: skip


def d02(police: Sequence[Row]) -> Spoiled:
    """UTF-16 with its byte mark, tabs."""
    rows = pick(police, "inv_opened")
    names = region_names(PT)
    lines = [
        (row.period, row.area, names[row.area], variable_name(row.variable, PT), row.value)
        for row in rows
    ]
    text = table(("Ano", "Código", "Região", "Indicador", "Valor"), lines, delimiter="\t")
    return Spoiled(
        name="D02_utf16_tabs.txt",
        content=b"\xff\xfe" + text.encode("utf-16-le"),
        clean=rows,
        rows=len(rows),
        trouble="UTF-16 LE with byte mark, tabs",
        facts={
            "columns": {
                "Ano": "period", "Código": "area", "Região": "ignore", "Indicador": "variable",
                "Valor": "value",
            },
            "encoding": "utf-16",
            "delimiter": "\t",
        },
    )  # fmt: skip


def d03(social: Sequence[Row]) -> Spoiled:
    """Byte mark, everything quoted, an empty last column, blank lines."""
    rows = pick(social, "vic_assisted")
    names = region_names(EN)
    lines = [(row.period, row.area, names[row.area], row.value, "") for row in rows]
    header = ("Year", "Region code", "Region", "Value", "")
    out = []
    for number, line in enumerate(table(header, lines, quote_all=True).splitlines()):
        out.append(line.removesuffix('""'))
        if number and number % 40 == 0:
            out.append("")
    out += [",,,,", ",,,,", ""]
    return Spoiled(
        name="D03_bom_quoted.csv",
        content=BOM + ("\n".join(out) + "\n").encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="byte mark, everything quoted, an empty last column, blank lines",
        facts={
            "given": {"variable": "vic_assisted"},
            "columns": {
                "Year": "period", "Region code": "area", "Region": "ignore", "Value": "value",
            },
            "encoding": "utf-8-sig",
            "blank_rows": sum(1 for line in out if not line.strip(",")),
        },
    )  # fmt: skip


def d04(courts: Sequence[Row]) -> Spoiled:
    """Four title lines, the header on line 6, notes and the source below."""
    rows = pick(courts, "cnv_persons")
    names = region_names(ES)
    lines = [(row.period, row.area, names[row.area], row.value) for row in rows]
    before = [
        "Consejo de la Judicatura de Valdoria",
        "Dirección de Estadística Judicial",
        "Cuadro 4.7  Personas condenadas por trata de personas, según región y año",
        "(sentencias de primera instancia, 2005-2024)",
        "",
    ]
    after = [
        "",
        "Notas:",
        "1/ Se cuenta a cada persona una vez por año, aunque tenga varias causas.",
        '"2/ La región XV-14 existe desde 2014; antes formaba parte de XV-09, Hohenmark."',
        "3/ Las cifras de 2024 son provisionales.",
        "Fuente: Sistema de Gestión de Causas, consulta del 31 de marzo de 2025.",
        "País y cifras ficticios, elaborados para fines de capacitación.",
    ]
    text = table(("Año", "Código", "Región", "Personas condenadas"), lines)
    whole = "\n".join(before) + "\n" + text + "\n".join(after) + "\n"
    return Spoiled(
        name="D04_preamble_notes.csv",
        content=whole.encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="four title lines, header on line 6, notes and source below the data",
        facts={
            "note_lines": 4 + 6,
            "warnings": ["The lines below the table are notes; they are kept with the file."],
            "given": {"variable": "cnv_persons"},
            "columns": {
                "Año": "period", "Código": "area", "Región": "ignore",
                "Personas condenadas": "value",
            },
            "header_row": 6,
        },
    )  # fmt: skip


def d08(nrm: Sequence[Row]) -> Spoiled:
    """Totals of sex, age and the country among the detail."""
    rows = pick(nrm, "vic_detected", dims=((), ("SEX",), ("AGE",)), first="2022")
    sex, age = words("SEX", EN), words("AGE", EN)
    rows.sort(key=lambda row: (row.period, row.area == AREA, row.area, row.cut[::-1]))
    lines = [
        (
            row.period,
            "Total country" if row.area == AREA else row.area,
            sex[code_in(row, "SEX")] if code_in(row, "SEX") else "Total",
            age[code_in(row, "AGE")] if code_in(row, "AGE") else "All ages",
            row.value,
        )
        for row in rows
    ]
    return Spoiled(
        name="D08_totals_mixed.csv",
        content=table(("Year", "Region", "Sex", "Age group", "Victims"), lines).encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="total rows for sex, age and Total country among the detail",
        facts={
            "warnings": ["“Total country” is the whole country, not another region."],
            "given": {"variable": "vic_detected"},
            "columns": {
                "Year": "period", "Region": "area", "Sex": "SEX", "Age group": "AGE",
                "Victims": "value",
            },
            "area_words": {"Total country": AREA},
        },
    )  # fmt: skip


def _misread(shown: Sequence[str], mark: str) -> dict[str, int]:
    """What happens when the mark is taken for a decimal one: fractions, and wrong whole numbers."""
    wrong = [text for text in shown if mark in text and text != ".."]
    whole = sum(text.endswith(f"{mark}000") for text in wrong)
    return {"fractions_of_a_count": len(wrong) - whole, "wrong_whole_numbers": whole}


def d09(labour: Sequence[Row]) -> Spoiled:
    """Three ways to group thousands in one column."""
    rows = pick(labour, "insp_scope")
    separators = (NARROW, ",", ".")
    shown = []
    for row in rows:
        number = int(row.area[-2:]) if row.area != AREA else 0
        grouped = f"{int(row.value):,}" if row.status == "A" else row.value
        shown.append(grouped.replace(",", separators[number % 3]))
    lines = [(row.period, row.area, text) for row, text in zip(rows, shown, strict=True)]
    text = table(("Year", "Region code", "Value"), lines)
    return Spoiled(
        name="D09_locale_thousands.csv",
        content=text.encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="1 234 with a narrow blank, 1,234 and 1.234 in one column",
        facts={
            "asks": ["mixed_numbers"],
            "answers": {"mixed_numbers": "every separator groups thousands; no decimals"},
            "warnings": ["The column “Value” mixes number formats."],
            "given": {"variable": "insp_scope"},
            "columns": {"Year": "period", "Region code": "area", "Value": "value"},
            "other_answers": {
                chosen: _misread(shown, mark)
                for chosen, mark in (("1,234.5", "."), ("1.234,5", ","))
            },
        },
    )
