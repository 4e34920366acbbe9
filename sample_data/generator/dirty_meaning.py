"""Text tables that must be understood before they are read: D10-D16."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sample_data.generator.cells import Cut, Row
from sample_data.generator.country import AREA, MONTHS
from sample_data.generator.dirty_base import (
    EN,
    ES,
    FR,
    PT,
    Spoiled,
    code_in,
    pick,
    region_names,
    set_aside,
    table,
    twin_text,
    variable_name,
    words,
)
from sample_data.generator.offices import UNITS

RATE = "n_vic_rate"
DUPLICATES, CONFLICTS = 40, 6


def _bare(name: str) -> str:
    """A name without its accents."""
    parts = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _spelled(row: Row, names: Mapping[str, str]) -> str:
    """One of five spellings of a region, another each year."""
    name = "Järvenpää" if row.area == "XV-11" else names[row.area]
    forms = (
        name,
        _bare(name),
        _bare(name).upper(),
        unicodedata.normalize("NFD", "Jarvenpää" if row.area == "XV-11" else name),
        name + "  ",
        name.upper(),
        "\u00a0" + name,
    )
    return forms[int(row.period) % len(forms)]


def d10(nrm: Sequence[Row]) -> Spoiled:
    """One region in many spellings."""
    rows = pick(nrm, "vic_detected")
    names = region_names(FR)
    shown = [_spelled(row, names) for row in rows]
    lines = [(row.period, name, row.value) for row, name in zip(rows, shown, strict=True)]
    text = table(("Année", "Région", "Victimes"), lines)
    return Spoiled(
        name="D10_names_variants.csv",
        content=text.encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="names with and without accents, in capitals, in other Unicode forms, with blanks",
        facts={
            "warnings": ["Areas were recognised by name; the list of spellings is kept."],
            "given": {"variable": "vic_detected"},
            "columns": {"Année": "period", "Région": "area", "Victimes": "value"},
            "spellings": len(set(shown)),
            "needs_regions": True,
        },
    )


def _fiscal(function: str, year: int) -> tuple[str, str]:
    """How an agency writes a year, and the period it means."""
    forms = {
        "POLI": f"{year}/{(year + 1) % 100:02d}",
        "JUST": f"FY{year}",
        "LABI": f"{year}-{(year + 1) % 100:02d}",
        "SHEL": f"{year}-{year + 1}",
    }
    return (forms[function], f"FY{year}-04") if function in forms else (str(year), str(year))


def d11(finance: Sequence[Row]) -> Spoiled:
    """Fiscal years in four spellings beside calendar years."""
    clean, lines = [], []
    labels = words("BFN", EN)
    for row in pick(finance, "bud_alloc", "bud_exec", dims=(("BFN",),)):
        function = code_in(row, "BFN")
        text, period = _fiscal(function, int(row.period))
        clean.append(replace(row, period=period))
        name = variable_name(row.variable, EN)
        lines.append((text, name, labels[function], row.value, UNITS[row.variable]))
    text = table(("Year", "Indicator", "BFN", "Value", "Unit"), lines)
    return Spoiled(
        name="D11_fiscal_years.csv",
        content=text.encode("utf-8"),
        clean=clean,
        rows=len(clean),
        trouble="2014/15, FY2015, 2015-16, 2015-2016 and plain 2015 in one column",
        facts={
            "asks": ["year_across"],
            "answers": {"year_across": "4"},
            "given": {"area": AREA},
            "columns": {
                "Year": "period", "Indicator": "variable", "BFN": "BFN", "Value": "value",
                "Unit": "unit",
            },
        },
    )  # fmt: skip


_MONTH_NAMES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip


def _month(year: int, month: int) -> str:
    """A month as a Spanish clerk writes it; every month of the year in another way."""
    name = _MONTH_NAMES[month - 1]
    short = name[:4] if month == 9 else name[:3]
    forms = (
        f"{name} {year}",
        f"{short.capitalize()}. {year}",
        f"{short.upper()}-{year % 100:02d}",
        f"{year}-{month:02d}",
        f"{month:02d}/{year}",
        f"{name.capitalize()} de {year}",
        f"{short}-{year % 100:02d}",
    )
    return forms[(month - 1 + 5 * (year % 2)) % len(forms)]


_NEXT_YEARS = {f"{year}-{(year + 1) % 100:02d}" for year, _ in MONTHS}
"""Months that could be fiscal years: ``2010-11``."""


def d12(monthly: Sequence[Row]) -> Spoiled:
    """Months in Spanish, in seven spellings."""
    rows = pick(monthly, "inv_opened", areas=(AREA, "XV-01"))
    shown = {f"{year}-{month:02d}": _month(year, month) for year, month in MONTHS}
    names = region_names(ES)
    lines = [(shown[row.period], row.area, names[row.area], row.value) for row in rows]
    alike = [text for text in shown.values() if text in _NEXT_YEARS]
    return Spoiled(
        name="D12_spanish_months.csv",
        content=table(("Mes", "Código", "Región", "Casos"), lines).encode("utf-8"),
        clean=rows,
        rows=len(rows),
        trouble="enero 2021, Feb. 2021, MAR-21, 2021-04, 05/2021, Junio de 2021, jul-21",
        facts={
            "look_alikes": alike,
            "given": {"variable": "inv_opened"},
            "columns": {
                "Mes": "period", "Código": "area", "Región": "ignore", "Casos": "value",
            },
        },
    )  # fmt: skip


def d13(first: Sequence[Row], second: Sequence[Row]) -> Spoiled:
    """Two editions in one file; revised numbers carry an r."""
    old = pick(first, "vic_detected", first="2018")
    new = pick(second, "vic_detected", first="2018")
    names = region_names(FR)
    lines: list[tuple[str, ...]] = []
    for before, after in zip(old, new, strict=True):
        place = (before.period, before.area, names[before.area])
        lines.append((*place, before.value, "2025-03", ""))
        if before.value != after.value:
            lines.append((*place, after.value, "2025-09", "r"))
    stem = "D13_revised"
    header = ("Année", "Code région", "Région", "Victimes", "Édition", "Rév.")
    return Spoiled(
        name=f"{stem}.csv",
        content=table(header, lines).encode("utf-8"),
        clean=new,
        rows=len(lines),
        trouble="two editions in one file, column r for revised",
        further={f"{stem}.earlier.csv": twin_text(old, {})},
        facts={
            "asks": ["two_editions"],
            "answers": {"two_editions": "column “Édition” says the edition; the latest counts"},
            "warnings": ["Many cells are given twice; the later edition replaces the earlier."],
            "given": {"variable": "vic_detected"},
            "columns": {
                "Année": "period", "Code région": "area", "Région": "ignore",
                "Victimes": "value", "Édition": "edition", "Rév.": "note",
            },
            "revised": sum(line[-1] == "r" for line in lines),
            "editions": {"2025-03": f"{stem}.earlier.csv", "2025-09": f"{stem}.clean.csv"},
        },
    )  # fmt: skip


def d14(nrm: Sequence[Row], people: Sequence[Row]) -> Spoiled:
    """Counts until 2018, rates after, in one column."""
    residents = {(row.area, row.period): int(row.value) for row in pick(people, "pop_total")}
    names = region_names(PT)
    clean: list[Row] = []
    lines: list[tuple[str, ...]] = []
    aside = []
    for row in pick(nrm, "vic_detected", first="2010"):
        unit = "Pessoas"
        if row.period > "2018":
            rate = 100_000 * int(row.value) / residents[row.area, row.period]
            row = replace(row, variable=RATE, value=f"{rate:.2f}")
            unit = "Por 100 mil habitantes"
            aside.append(set_aside(len(lines) + 2, row.value, "other_unit"))
        clean.append(row)
        lines.append((row.period, row.area, names[row.area], row.value, unit))
    text = table(("Ano", "Código", "Região", "Valor", "Unidade"), lines)
    return Spoiled(
        name="D14_units_mixed.csv",
        content=text.encode("utf-8"),
        clean=clean,
        rows=len(clean),
        trouble="counts until 2018, rates per 100,000 after, in one column",
        units={"vic_detected": "persons", RATE: "per 100,000"},
        facts={
            "asks": ["two_units_in_one_column"],
            "answers": {"two_units_in_one_column": f"the rates are an input of their own: {RATE}"},
            "warnings": ["The same series is given in two units from 2019 on."],
            "given": {"variable": "vic_detected"},
            "columns": {
                "Ano": "period", "Código": "area", "Região": "ignore", "Valor": "value",
                "Unidade": "unit",
            },
            "other_answers": {"leave the rates out": aside},
        },
    )  # fmt: skip


def d15(police: Sequence[Row]) -> Spoiled:
    """Rows given twice, six of them with another number."""
    rows = pick(police, "org_inv_drug")
    names = region_names(EN)
    lines: list[tuple[str, str, str, str]] = []
    for number, row in enumerate(rows):
        place = (row.period, row.area, names[row.area])
        lines.append((*place, row.value))
        if number % 7 == 3 and number // 7 < DUPLICATES:
            shift = 1 if number // 7 % 7 == 6 or number // 7 == 0 else 0
            lines.append((*place, str(int(row.value) + shift)))
    moved = [line for at, line in enumerate(lines) if at % 11 != 5]
    lines = moved + [line for at, line in enumerate(lines) if at % 11 == 5]
    values: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        values.setdefault(line[:2], set()).add(line[3])
    seen: Counter[tuple[str, str]] = Counter()
    aside = []
    for at, line in enumerate(lines, start=2):
        if len(values[line[:2]]) > 1:
            aside.append(set_aside(at, line[3], "conflict"))
        elif seen[line[:2]]:
            aside.append(set_aside(at, line[3], "exact_copy"))
        seen[line[:2]] += 1
    clean = [row for row in rows if len(values[row.period, row.area]) == 1]
    return Spoiled(
        name="D15_duplicates.csv",
        content=table(("Year", "Region code", "Region", "Cases"), lines).encode("utf-8"),
        clean=clean,
        rows=len(lines),
        trouble="40 cells given twice, 6 of them with different values",
        facts={
            "warnings": [
                "The same cell is given twice with different values: 6 times; none was taken.",
                "The same value is given twice: 34 times; one was taken.",
            ],
            "set_aside": aside,
            "given": {"variable": "org_inv_drug"},
            "columns": {
                "Year": "period", "Region code": "area", "Region": "ignore", "Cases": "value",
            },
        },
    )  # fmt: skip


def d16(cases: Sequence[Mapping[str, str]]) -> Spoiled:
    """One row a victim; equal rows are different persons."""
    chosen = [line for line in cases if line["region"] in ("XV-02", "XV-05", "XV-06", "XV-09")]
    chosen.sort(key=lambda line: line["year"])
    dims = ("SEX", "AGE", "CITG", "FORM")
    labels = {dim: words(dim, ES) for dim in dims}
    lines = [
        (line["year"], line["region"], *(labels[dim][line[dim]] for dim in dims))
        for line in chosen
    ]
    counted: Counter[tuple[str, Cut, str]] = Counter()
    for line in chosen:
        cuts: list[Cut] = [(), *(((dim, line[dim]),) for dim in dims)]
        counted.update((line["region"], cut, line["year"]) for cut in cuts)
    clean = [
        Row(
            variable="vic_detected",
            area=area,
            period=year,
            cut=cut,
            value=str(count),
            status="A",
        )
        for (area, cut, year), count in sorted(counted.items())
    ]
    header = ("Año", "Región", "Sexo", "Edad", "Ciudadanía (grupo)", "Forma de explotación")
    return Spoiled(
        name="D16_case_level.csv",
        content=table(header, lines).encode("utf-8"),
        clean=clean,
        rows=len(lines),
        trouble="one row a victim; equal rows are different persons",
        facts={
            "asks": ["one_row_a_case"],
            "answers": {"one_row_a_case": "count the rows: totals and one table by each column"},
            "given": {"variable": "vic_detected"},
            "columns": {
                "Año": "period", "Región": "area", "Sexo": "SEX", "Edad": "AGE",
                "Ciudadanía (grupo)": "CITG", "Forma de explotación": "FORM",
            },
            "equal_rows": len(lines) - len(set(lines)),
            "sum_of_totals": len(lines),
        },
    )  # fmt: skip
