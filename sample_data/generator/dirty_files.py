"""The same slice in the files of statistics programs: Stata, SPSS, ODS, Parquet (D21-D24)."""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from sample_data.generator.cells import Row
from sample_data.generator.dirty_base import (
    CONFIDENTIAL,
    EN,
    ES,
    FR,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PT,
    Spoiled,
    code_in,
    kind_of,
    read_rows,
    region_names,
    words,
)
from sample_data.generator.dirty_formats import (
    AREAS,
    SEXES,
    TWIN,
    TWIN_PLAIN,
    YEARS,
    facts,
    grid,
    shared,
    without_flags,
)

if TYPE_CHECKING:
    from pandas import DataFrame

PARQUET = "D24_parquet.parquet"
_STAMP = b"31 Mar 2025 09:00"


def _labels(language: int) -> dict[int | float, str]:
    """Labels of the numbers that stand for sex: 0 is the total."""
    names = words("SEX", language)
    return {number: names[sex or "_T"] for number, sex in enumerate(SEXES)}


def _frame(rows: Sequence[Row], names: Sequence[str], marks: dict[str, object], language: int) -> DataFrame:  # fmt: skip
    """Year, area, name of the area, number of the sex, value or mark, flag."""
    import pandas as pd

    regions = region_names(language)
    values = [marks.get(kind_of(row)) or float(row.value) for row in rows]
    columns = (
        [int(row.period) for row in rows],
        [row.area for row in rows],
        [regions[row.area] for row in rows],
        [SEXES.index(code_in(row, "SEX")) for row in rows],
        pd.Series(values, dtype=object if any(isinstance(v, str) for v in values) else float),
        [row.flags.lower() for row in rows],
    )
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def d21(rows: Sequence[Row]) -> Spoiled:
    """Stata with value labels and the missing values .c, .n and .z."""
    import pyreadstat

    names = ("ano", "regiao_cod", "regiao", "sexo", "vitimas", "sinal")
    labels = (
        "Ano", "Código da região", "Região", "Sexo",
        "Vítimas (.c confidencial, .n não disponível, .z não se aplica)",
        "Sinal (p provisório, b quebra)",
    )  # fmt: skip
    marks: dict[str, object] = {CONFIDENTIAL: "c", NOT_AVAILABLE: "n", NOT_APPLICABLE: "z"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.dta"
        pyreadstat.write_dta(
            _frame(rows, names, marks, PT),
            path,
            file_label="Vítimas detectadas (dados fictícios)",
            column_labels=list(labels),
            version=15,
            variable_value_labels={"sexo": _labels(PT)},
            missing_user_values={"vitimas": ["c", "n", "z"]},
        )
        content = path.read_bytes()
    stamp = rb"<timestamp>\x11.{17}</timestamp>"
    content = re.sub(
        stamp, b"<timestamp>\x11" + _STAMP + b"</timestamp>", content, count=1, flags=re.DOTALL
    )
    roles = ("period", "area", "ignore", "SEX", "value", "flags")
    return Spoiled(
        name="D21_stata.dta",
        content=content,
        clean=rows,
        rows=len(rows),
        trouble="Stata file with value labels and kinds of missing .c, .n, .z",
        twin=TWIN,
        facts={
            **facts(dict(zip(names, roles, strict=True))),
            "value_labels": {"sexo": {str(n): text for n, text in _labels(PT).items()}},
            "missing_codes": {".c": CONFIDENTIAL, ".n": NOT_AVAILABLE, ".z": NOT_APPLICABLE},
        },
    )


def d22(rows: Sequence[Row]) -> Spoiled:
    """SPSS with value labels and user-missing values."""
    import pyreadstat

    names = ("anio", "cod_region", "region", "sexo", "victimas", "marca")
    labels = ("Año", "Código de la región", "Región", "Sexo", "Víctimas detectadas", "Marca")
    marks: dict[str, object] = {CONFIDENTIAL: -9.0, NOT_AVAILABLE: -8.0, NOT_APPLICABLE: -7.0}
    told: dict[int | float, str] = {-9: "Confidencial", -8: "No disponible", -7: "No se aplica"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.sav"
        pyreadstat.write_sav(
            _frame(rows, names, marks, ES),
            path,
            file_label="Víctimas detectadas (datos ficticios)",
            column_labels=list(labels),
            variable_value_labels={"sexo": _labels(ES), "victimas": told},
            missing_ranges={"victimas": list(told)},
        )
        content = bytearray(path.read_bytes())
    content[92:109] = b"31 Mar 2509:00:00"  # date and time of making, in the fixed header
    roles = ("period", "area", "ignore", "SEX", "value", "flags")
    kinds = {"-9": CONFIDENTIAL, "-8": NOT_AVAILABLE, "-7": NOT_APPLICABLE}
    return Spoiled(
        name="D22_spss.sav",
        content=bytes(content),
        clean=rows,
        rows=len(rows),
        trouble="SPSS file with value labels and user-missing values -9, -8, -7",
        twin=TWIN,
        facts={
            **facts(dict(zip(names, roles, strict=True))),
            "value_labels": {"sexo": {str(n): text for n, text in _labels(ES).items()}},
            "missing_codes": kinds,
        },
    )


_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_META = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta><dc:title>Victimes détectées (données fictives)</dc:title><meta:creation-date>2025-03-31T09:00:00</meta:creation-date></office:meta></office:document-meta>
"""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Tableau 1"><table:table-column table:number-columns-repeated="11"/>
"""
_TAIL = """</table:table></office:spreadsheet></office:body></office:document-content>
"""
_EMPTY = '<table:table-row{}><table:table-cell table:number-columns-repeated="16384"/></table:table-row>\n'


def _cell(text: str, times: int) -> str:
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    if text.isdigit():
        kind = f'office:value-type="float" office:value="{text}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell{repeated} {kind}><text:p>{escape(text)}</text:p></table:table-cell>"


def _row(texts: Sequence[str]) -> str:
    """A row in which equal neighbours are written once with a number of times."""
    cells: list[tuple[str, int]] = []
    for text in texts:
        if cells and cells[-1][0] == text:
            cells[-1] = (text, cells[-1][1] + 1)
        else:
            cells.append((text, 1))
    body = "".join(_cell(text, times) for text, times in cells)
    rest = 16384 - len(texts)
    body += f'<table:table-cell table:number-columns-repeated="{rest}"/>'
    return f"<table:table-row>{body}</table:table-row>\n"


def d23(rows: Sequence[Row]) -> Spoiled:
    """An OpenDocument sheet with repeated cells and rows, years in columns, notes around."""
    cells, names, sexes = grid(rows), region_names(FR), words("SEX", FR)
    marks = {CONFIDENTIAL: "c", NOT_AVAILABLE: "..", NOT_APPLICABLE: "x"}
    title = _row(["Victimes détectées par région, sexe et année"])
    parts = [_HEAD, title, _EMPTY.format(""), _row(["Code", "Région", "Sexe", *YEARS])]
    for area in AREAS:
        for sex in SEXES:
            line = [cells[area, sex, year] for year in YEARS]
            texts = [marks.get(kind_of(row), row.value) for row in line]
            parts.append(_row([area, names[area], sexes[sex or "_T"], *texts]))
    notes = (
        "c : confidentiel ; .. : non disponible ; x : sans objet.",
        "Source : Institut de statistique de Valdorie. Données fictives.",
    )
    parts += [_EMPTY.format(""), *(_row([note]) for note in notes)]
    parts += [_EMPTY.format(' table:number-rows-repeated="1048000"'), _TAIL]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        members = (
            ("mimetype", _MIME), ("content.xml", "".join(parts)), ("meta.xml", _META),
            ("META-INF/manifest.xml", _MANIFEST),
        )  # fmt: skip
        for name, text in members:
            entry = zipfile.ZipInfo(name, date_time=(2025, 3, 31, 9, 0, 0))
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"), compress_type=packed)
    return Spoiled(
        name="D23_ods.ods",
        content=buffer.getvalue(),
        clean=without_flags(rows),
        rows=len(AREAS) * len(SEXES),
        trouble="OpenDocument sheet with repeated cells and a million repeated empty rows",
        twin=TWIN_PLAIN,
        facts={
            **facts({"Code": "area", "Région": "ignore", "Sexe": "SEX"}, flags=False),
            "note_lines": 1 + len(notes),
            "layout": "wide",
            "cells": len(rows),
        },
    )


_ROLES_24 = {
    "year": "period", "area": "area", "region": "ignore", "sex": "SEX", "value": "value",
    "status": "status", "flags": "flags",
}  # fmt: skip


def d24(rows: Sequence[Row]) -> Spoiled:
    """Parquet; the stored file is kept, because its writer is not part of the program."""
    return Spoiled(
        name=PARQUET,
        content=b"",
        clean=rows,
        rows=len(rows),
        trouble="Parquet with typed columns, dictionaries and nulls",
        twin=TWIN,
        facts=facts(dict(_ROLES_24)),
    )


def write_parquet(path: Path, rows: Sequence[Row]) -> None:
    """Write the file of D24; needs the package ``pyarrow``."""
    import pyarrow as pa
    from pyarrow import parquet

    names, sexes = region_names(EN), words("SEX", EN)
    values = [int(row.value) if kind_of(row) == "number" else None for row in rows]
    columns: dict[str, Any] = {
        "year": pa.array([int(row.period) for row in rows], pa.int16()),
        "area": pa.array([row.area for row in rows]).dictionary_encode(),
        "region": pa.array([names[row.area] for row in rows]).dictionary_encode(),
        "sex": pa.array([sexes[code_in(row, "SEX") or "_T"] for row in rows]).dictionary_encode(),
        "value": pa.array(values, pa.int32()),
        "status": pa.array([row.status for row in rows]).dictionary_encode(),
        "flags": pa.array([row.flags or None for row in rows]),
    }
    parquet.write_table(pa.table(columns), path, compression="snappy")


if __name__ == "__main__":
    write_parquet(Path(sys.argv[2]), shared(read_rows(Path(sys.argv[1]))))
