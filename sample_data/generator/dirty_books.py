"""Spreadsheets as offices keep them: D05, D06, D07, D30."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sample_data.generator.cells import Row
from sample_data.generator.country import AREA, CODES
from sample_data.generator.dirty_base import (
    ES,
    FR,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PT,
    Spoiled,
    code_in,
    missing,
    pick,
    region_names,
    variable_name,
    words,
)

MADE = datetime(2025, 3, 31)  # noqa: DTZ001 - a fixed date inside files


def book(fill: Callable[[Any], None], title: str, *, date_1904: bool = False) -> bytes:
    """A spreadsheet with fixed properties, as bytes."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    made = Workbook(buffer, {"in_memory": True, "date_1904": date_1904})
    made.set_properties({"title": title, "created": MADE, "comments": "Fictional data"})
    fill(made)
    made.close()
    return buffer.getvalue()


def put(sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
    """A number as a number, anything else as text."""
    if text.isdigit():
        sheet.write_number(row, column, int(text), form)
    else:
        sheet.write_string(row, column, text, form)


_PILLARS = {
    "Prevención": ("insp_risk",),
    "Protección": ("vic_assisted",),
    "Persecución": ("inv_opened", "pro_persons"),
}


def d05(rows: Mapping[str, Sequence[Row]]) -> Spoiled:
    """Years in columns, titles above, one sheet a pillar, a cover before them.

    Args:
        rows: of the deliveries, by variable.
    """
    names = region_names(ES)
    years = [str(year) for year in range(2015, 2025)]
    clean = {code: pick(rows[code], code, first="2015") for codes in _PILLARS.values() for code in codes}  # fmt: skip

    def fill(made: Any) -> None:
        bold = made.add_format({"bold": True, "bg_color": "#DDE6ED"})
        cover = made.add_worksheet("Portada")
        cover.write_string(2, 1, "Informe nacional sobre la trata de personas", bold)
        cover.write_string(3, 1, "Anexo estadístico, edición de marzo de 2025 (datos ficticios)")
        for name, codes in _PILLARS.items():
            sheet = made.add_worksheet(name)
            sheet.write_string(0, 0, f"Cuadro: {name}", bold)
            sheet.write_string(1, 0, "Totales por región, 2015-2024")
            sheet.write_row(3, 0, ("Indicador", "Código", "Región", *map(int, years)), bold)
            at = 4
            for code in codes:
                for area in (*CODES, AREA):
                    line = {row.period: row.value for row in clean[code] if row.area == area}
                    sheet.write_row(at, 0, (variable_name(code, ES), area, names[area]))
                    for column, year in enumerate(years, start=3):
                        put(sheet, at, column, line[year])
                    at += 1
            sheet.write_string(at + 1, 0, "Fuente: registros administrativos de cada institución.")

    every = [row for code in clean for row in clean[code]]
    return Spoiled(
        name="D05_wide_years.xlsx",
        content=book(fill, "Anexo estadístico (datos ficticios)"),
        clean=every,
        rows=15 * len(clean),
        trouble="years in columns, title rows, one sheet a pillar",
        facts={
            "note_lines": 3 * 3,
            "asks": ["which_sheets"],
            "answers": {"which_sheets": "all three with a table"},
            "warnings": ["The sheet “Portada” holds no table."],
            "columns": {
                "Indicador": "variable", "Código": "area", "Región": "ignore",
                **dict.fromkeys(years, "value"),
            },
            "layout": "wide",
            "sheets": {
                name: {
                    "variables": list(codes),
                    "rows": 15 * len(codes),
                    "observations": 150 * len(codes),
                }
                for name, codes in _PILLARS.items()
            },
        },
    )  # fmt: skip


_BREAKS = {
    "Outro gênero": "Outro\ngênero",
    "De 0 a 11 anos": "De 0 a\n11 anos",
    "De 12 a 17 anos": "De 12 a\n17 anos",
    "De 18 a 29 anos": "De 18 a\n29 anos",
    "30 anos ou mais": "30 anos\nou mais",
    "Não informado": "Não\ninformado",
}
_GROUPS = {
    "Sexo": ("SEX", ("F", "M", "X", "_U", "")),
    "Grupo de idade": ("AGE", ("Y0T11", "Y12T17", "Y18T29", "Y_GE30", "_U", "")),
}


def d06(nrm: Sequence[Row]) -> Spoiled:
    """A header of two merged levels with line breaks and names that come back."""
    rows = pick(nrm, "vic_detected", dims=((), ("SEX",), ("AGE",)), first="2020")
    values = {(row.period, row.area, row.cut): row.value for row in rows}
    names = region_names(PT)
    places = sorted({(row.period, row.area) for row in rows})
    columns: dict[str, object] = {"Ano": "period", "Código": "area", "Região": "ignore"}

    def fill(made: Any) -> None:
        head = made.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
        sheet = made.add_worksheet("Tabela 3")
        sheet.merge_range(0, 0, 0, 13, "Vítimas detectadas, por sexo e grupo de idade", head)
        sheet.write_string(1, 0, "Mecanismo Nacional de Encaminhamento de Valdória")
        for column, name in enumerate(("Ano", "Código", "Região")):
            sheet.merge_range(3, column, 4, column, name, head)
        at = 3
        for group, (dim, codes) in _GROUPS.items():
            sheet.merge_range(3, at, 3, at + len(codes) - 1, group, head)
            for code in codes:
                label = words(dim, PT)[code] if code else "Total"
                sheet.write_string(4, at, _BREAKS.get(label, label), head)
                columns[f"{group} / {label}"] = {"role": "value", dim: code or "_T"}
                for line, (period, area) in enumerate(places, start=5):
                    cut = ((dim, code),) if code else ()
                    put(sheet, line, at, values[period, area, cut])
                at += 1
        for line, (period, area) in enumerate(places, start=5):
            put(sheet, line, 0, period)
            sheet.write_row(line, 1, (area, names[area]))
        end = len(places) + 6
        sheet.merge_range(end, 0, end, 13, "Nota: “<5” indica de 1 a 4 pessoas. Dados fictícios.")

    content = book(fill, "Tabela 3 (dados fictícios)")
    return Spoiled(
        name="D06_merged_headers.xlsx",
        content=content,
        clean=rows,
        rows=len(places),
        trouble="a merged header of two levels, sub-headers that come back, line breaks in headers",
        facts={
            "note_lines": 3,
            "asks": ["two_level_header"],
            "answers": {"two_level_header": "join as “group / sub”"},
            "warnings": ["The total stands in both groups; equal values, one was taken."],
            "given": {"variable": "vic_detected"},
            "columns": columns,
            "layout": "wide",
            "header_rows": [4, 5],
            "cells": len(places) * 11,
            "equal_copies": len(places),
        },
    )


_GAPS = {
    12: "..", 47: ":", 83: "-", 121: "n/a", 160: "x", 199: "..", 233: ":", 270: "-",
    308: "n/a", 342: "x", 381: "..",
}  # fmt: skip
_LEGEND = (
    "Source : Mécanisme national d’orientation de Valdorie, mars 2025. Données fictives.",
    "(3) Y compris les victimes orientées par une autre région.",
    "* Dossiers en cours de vérification.",
    "p : chiffre provisoire ; r : chiffre révisé.",
    "<5 : de 1 à 4 victimes (chiffre non publié).",
    ".. : non disponible ; “:”, “-” et n/a : non communiqué ; x : sans objet.",
)


def _with_marks(at: int, row: Row) -> tuple[str, str]:
    """The text of a cell and its flags."""
    if row.status != "A":
        return row.value, ""
    if row.period == "2024":
        return f"{row.value} p", "P"
    if at % 17 == 3:
        return f"{row.value} (3)", ""
    if at % 23 == 5:
        return f"{row.value}*", ""
    return (f"{row.value} r", "") if at % 29 == 7 else (row.value, "")


def d07(nrm: Sequence[Row]) -> Spoiled:
    """Numbers with note marks, flags and every sign for nothing."""
    names, sex = region_names(FR), words("SEX", FR)
    clean, lines = [], []
    slice_ = pick(nrm, "vic_detected", dims=((), ("SEX",)), first="2015")
    chosen = [row for row in slice_ if code_in(row, "SEX") in ("", "F", "M") and row.area != AREA]
    for at, row in enumerate(chosen):
        text, flags = _with_marks(at, row)
        row = replace(row, flags=flags)
        if at in _GAPS:
            text = _GAPS[at]
            row = missing(row, NOT_APPLICABLE if text == "x" else NOT_AVAILABLE)
        clean.append(row)
        code = code_in(row, "SEX")
        lines.append((row.period, row.area, names[row.area], sex[code] if code else "Total", text))

    def fill(made: Any) -> None:
        sheet = made.add_worksheet("Tableau")
        sheet.write_string(0, 0, "Victimes détectées par région, année et sexe, 2015-2024")
        sheet.write_row(2, 0, ("Année", "Code", "Région", "Sexe", "Victimes"))
        for r, line in enumerate(lines, start=3):
            for c, text in enumerate(line):
                put(sheet, r, c, text)
        for r, text in enumerate(_LEGEND, start=len(lines) + 4):
            sheet.write_string(r, 0, text)

    texts = [line[-1] for line in lines]
    return Spoiled(
        name="D07_footnotes.xlsx",
        content=book(fill, "Victimes détectées (données fictives)"),
        clean=clean,
        rows=len(lines),
        trouble="12 (3), 45*, 7 r, 120 p, .., :, -, n/a, <5, x among the numbers",
        facts={
            "footnotes": sum(text.endswith((" (3)", "*")) for text in texts),
            "note_lines": 1 + len(_LEGEND),
            "flags": {letter: sum(text.endswith(f" {letter}") for text in texts) for letter in "pr"},
            "marks": {mark: texts.count(mark) for mark in ("..", ":", "-", "n/a", "x", "<5")},
            "warnings": [
                "Numbers with a mark were separated from it.",
                "Values below 5 stay a range of 1 to 4.",
                "The signs .., :, - and n/a were read as no value.",
            ],
            "given": {"variable": "vic_detected"},
            "columns": {
                "Année": "period", "Code": "area", "Région": "ignore", "Sexe": "SEX",
                "Victimes": "value",
            },
        },
    )  # fmt: skip


_HIDDEN_SHEET = "Corrections 2022"
_HIDDEN_AREA = "XV-10"


def d30(monthly: Sequence[Row]) -> Spoiled:
    """A protected sheet, hidden rows, columns and a sheet, formulas, dates from 1904."""
    rows = pick(monthly, "inv_opened", first="2022")
    values = {(row.period, row.area): int(row.value) for row in rows}
    names = region_names(FR)

    def page(made: Any, name: str, years: Sequence[int]) -> None:
        month = made.add_format({"num_format": "mmm yyyy"})
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, ("Mois", "Code", "Région", "Valeur"))
        at = 1
        for year in years:
            for number in range(1, 13):
                period = f"{year}-{number:02d}"
                for area in (*CODES, AREA):
                    sheet.write_datetime(at, 0, datetime(year, number, 1), month)  # noqa: DTZ001
                    sheet.write_row(at, 1, (area, names[area]))
                    if area == AREA:
                        formula = f"=SUM(D{at - 13}:D{at})"
                        sheet.write_formula(at, 3, formula, None, values[period, area])
                    else:
                        sheet.write_number(at, 3, values[period, area])
                    if area == _HIDDEN_AREA:
                        sheet.set_row(at, None, None, {"hidden": True})
                    at += 1
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.protect("valdoria")
        if name == _HIDDEN_SHEET:
            sheet.hide()

    def fill(made: Any) -> None:
        page(made, "Enquêtes", (2023, 2024))
        page(made, _HIDDEN_SHEET, (2022,))

    return Spoiled(
        name="D30_protected.xlsx",
        content=book(fill, "Enquêtes ouvertes (données fictives)", date_1904=True),
        clean=rows,
        rows=len(rows),
        trouble="a protected sheet, hidden rows, a hidden column and sheet, formulas, 1904 dates",
        facts={
            "asks": ["which_sheets"],
            "answers": {"which_sheets": "both, the hidden one too"},
            "warnings": [
                "24 rows of the sheet “Enquêtes” and 12 of the hidden sheet are hidden; they are read.",
                "The column “Code” is hidden; it is read.",
                f"The sheet “{_HIDDEN_SHEET}” is hidden.",
                "The totals of the country are formulas; their last results are read.",
            ],
            "given": {"variable": "inv_opened"},
            "columns": {
                "Mois": "period", "Code": "area", "Région": "ignore", "Valeur": "value",
            },
            "sheets": {
                "Enquêtes": {"hidden": False, "rows": 360, "observations": 360},
                _HIDDEN_SHEET: {"hidden": True, "rows": 180, "observations": 180},
            },
            "formulas": 36,
        },
    )  # fmt: skip
