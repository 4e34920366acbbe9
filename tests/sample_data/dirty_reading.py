"""Plain readers of the dirty files, independent of the program, for the tests of the samples."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from indicators.codelists import code_list
from sample_data import valdoria
from sample_data.dirty import DirtyFile

Key = tuple[str, str, str, tuple[tuple[str, str], ...]]
Cells = dict[Key, str]
FIXED = ("variable", "area", "period", "value", "status", "flags", "unit")
KINDS = {("", ""): "blank", ("..", "M"): "not_available", ("x", "X"): "not_applicable", ("c", "S"): "confidential"}  # fmt: skip
MARKS = {
    "": "blank", "..": "not_available", ":": "not_available", "-": "not_available",
    "n/a": "not_available", "NA": "not_available", "NaN": "not_available",
    "NULL": "not_available", "x": "not_applicable", "c": "confidential",
}  # fmt: skip
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
FISCAL = re.compile(r"(?:FY)?(\d{4})(?:[/-](?:\d\d|\d{4}))?")


def twin(path: Path) -> tuple[Cells, dict[Key, str]]:
    """Cells of a clean twin (number, ``<5`` or kind of missing), and their flags."""
    cells: Cells = {}
    flags = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cut = tuple(sorted((k, v) for k, v in line.items() if k not in FIXED and v))
            key = (line["variable"], line["area"], line["period"], cut)
            assert key not in cells, key
            kind = KINDS.get((line["value"], line["status"]))
            cells[key] = kind or _tidy(line["value"])
            flags[key] = line["flags"]
    return cells, flags


def _tidy(text: str) -> str:
    return text if text.startswith("<") else format(float(text), "g")


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold().strip()


def _repaired(text: str) -> str:
    return text.encode("cp1252").decode("utf-8") if "Ã" in text else text


def _areas() -> dict[str, str]:
    names = {r.code: r.code for r in valdoria.regions()} | {"Total country": "XVA"}
    for region in valdoria.regions():
        names |= {_bare(name): region.code for name in region.names.values()}
    return names


def labels(dim: str) -> dict[str, str]:
    """Codes of a dimension by code and by every label; the total is empty."""
    found = {"": "", "_T": "", "T": "", "UNK": "_U", "U": "_U", "All ages": ""}
    for entry in code_list(dim).entries:
        code = "" if entry.code == "_T" else entry.code
        for language in ("en", "es", "pt", "fr"):
            found[str(getattr(entry.label, language))] = code
        found[entry.code] = code
    return found


def _variables() -> dict[str, str]:
    from indicators.catalog import load_catalogue

    found = {"VC_HTF_DETV": "vic_detected"}
    for code, variable in load_catalogue().variables.items():
        for language in ("en", "es", "pt", "fr"):
            found[str(getattr(variable.name, language))] = code
    return found


def _month(text: str) -> str:
    parts = re.findall(r"[a-z]+|\d+", text.casefold().replace(" de ", " "))
    words = [MONTHS.index(part[:3]) + 1 for part in parts if part.isalpha()]
    numbers = [int(part) for part in parts if part.isdigit()]
    year = next((n for n in numbers if n > 12), None) or numbers[-1]
    month = words[0] if words else next(n for n in numbers if n <= 12)
    return f"{year if year > 100 else 2000 + year}-{month:02d}"


def _fiscal(text: str) -> str:
    match = FISCAL.fullmatch(text)
    assert match, text
    return text if text.isdigit() else f"FY{match[1]}-04"


def _number(text: str, form: str) -> str:
    text = text.replace("\u202f", "")
    if form == "1.234,5":
        text = text.replace(".", "").replace(",", ".")
    return text


class Meaning:
    """What the columns of one file mean."""

    def __init__(self, dirty: DirtyFile) -> None:
        self.told: Any = dirty.expectation
        self.number = dirty.number
        self.areas = _areas() if dirty.number != "D29" else {}
        self.variables = _variables()
        self.read_period: Callable[[str], str] = {"D11": _fiscal, "D12": _month}.get(
            dirty.number, str
        )

    def cell(self, texts: dict[str, str]) -> tuple[Key, str]:
        """Key and content of one row, by role."""
        area = _repaired(texts.get("area", self.told["given"].get("area", "")))
        area = self.areas.get(area) or self.areas.get(_bare(area), area)
        variable = texts.get("variable") or self.told["given"]["variable"]
        variable = self.variables.get(variable, variable)
        if self.number == "D14":
            units = {"Pessoas": variable, "Por 100 mil habitantes": "n_vic_rate"}
            variable = units[texts["unit"]]
        cut = tuple(
            sorted(
                (role, labels(role)[text])
                for role, text in texts.items()
                if role.isupper() and labels(role)[text]
            )
        )
        key = (variable, area, self.read_period(texts["period"]), cut)
        return key, self.value(texts["value"])

    def value(self, text: str) -> str:
        """Number, range or kind of missing."""
        form = "" if self.number != "D09" else "groups"
        form = self.told.get("number_format", form)
        text = re.sub(r" \(3\)$|\*$| [prb]$", "", text)
        if form == "groups" and text not in MARKS:
            text = re.sub(r"\D", "", text)
        return MARKS.get(text) or _tidy(_number(text, form))


def lines(dirty: DirtyFile) -> Iterator[tuple[int, list[str]]]:
    """The lines of a text table by number, each split for itself."""
    told = dirty.expectation
    raw = dirty.file.read_bytes().decode(told.get("encoding", "utf-8"))
    for number, line in enumerate(re.split(r"\r?\n", raw), start=1):
        if told["set_aside"] and dirty.number == "D25" and '"' in line:
            yield number, line.split(",")
        elif line:
            yield number, next(csv.reader([line], delimiter=told.get("delimiter", ",")))


def long_text(dirty: DirtyFile) -> list[tuple[Key, str]]:
    """The cells of a long text table without the rows that are set aside; a copy stands twice."""
    columns = dirty.expectation["columns"]
    aside = {entry["row"] for entry in dirty.expectation["set_aside"]}
    header: list[str] = []
    meaning = Meaning(dirty)
    found = []
    for number, cells in lines(dirty):
        if set(columns) <= set(cells):
            header = cells
        elif header and number not in aside and sum(map(bool, cells)) >= 3:
            texts = {columns[name]: text for name, text in zip(header, cells, strict=True) if name}
            found.append(meaning.cell(texts))
    return found


def sheet(path: Path, name: str) -> list[list[Any]]:
    """The values of a sheet of a spreadsheet."""
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    rows = [list(row) for row in book[name].iter_rows(values_only=True)]
    book.close()
    return rows


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.year}-{value.month:02d}"
    return "" if value is None else str(value)


def long_sheets(dirty: DirtyFile, *names: str) -> list[tuple[Key, str]]:
    """The cells of long sheets."""
    meaning = Meaning(dirty)
    columns = dirty.expectation["columns"]
    found = []
    for name in names:
        header: list[str] = []
        for row in sheet(dirty.file, name):
            texts = [_text(value) for value in row]
            if set(columns) <= set(texts):
                header = texts
            elif header and all(texts):
                found.append(
                    meaning.cell({columns[h]: t for h, t in zip(header, texts, strict=True)})
                )
    return found


def wide_rows(dirty: DirtyFile, rows: list[list[Any]]) -> list[tuple[Key, str]]:
    """The cells of a table with years in columns."""
    meaning = Meaning(dirty)
    columns = dirty.expectation["columns"]
    header: list[str] = []
    found = []
    for row in rows:
        texts = [_text(value) for value in row]
        if {name for name in columns if columns[name] != "value"} <= set(texts):
            header = texts
            continue
        if not header or sum(map(bool, texts)) < 4:
            continue
        place = {columns[h]: t for h, t in zip(header, texts, strict=True) if h in columns}
        for name, text in zip(header, texts, strict=True):
            if name.strip().isdigit():
                found.append(meaning.cell({**place, "period": name.strip(), "value": text}))
    return found


def two_level(dirty: DirtyFile, first: int, second: int) -> list[tuple[Key, str]]:
    """The cells under a header of two levels, joined ``group / sub``."""
    rows = sheet(dirty.file, "Tabela 3")
    columns = dirty.expectation["columns"]
    group, names = "", []
    for top, below in zip(rows[first - 1], rows[second - 1], strict=True):
        group = top or group
        names.append(f"{group} / {' '.join(below.split())}" if below else group)
    assert names == list(columns)
    meaning = Meaning(dirty)
    found = []
    for row in rows[second:]:
        if row[3] is None:
            continue
        texts = dict(zip(names, map(_text, row), strict=True))
        place = {columns[name]: texts[name] for name in names[:3]}
        for name in names[3:]:
            use = columns[name]
            dims = {dim: code for dim, code in use.items() if dim != "role"}
            found.append(meaning.cell({**place, **dims, "value": texts[name]}))
    return found


def cases(dirty: DirtyFile) -> list[tuple[Key, str]]:
    """Case records, counted: totals and one table by each column."""
    columns = dirty.expectation["columns"]
    counted: Counter[Key] = Counter()
    with dirty.file.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            texts = {columns[name]: text for name, text in line.items()}
            cuts = [(), *(((d, labels(d)[t]),) for d, t in texts.items() if d.isupper())]
            counted.update(("vic_detected", texts["area"], texts["period"], cut) for cut in cuts)
    return [(key, str(count)) for key, count in counted.items()]


def _cut(sex: str) -> tuple[tuple[str, str], ...]:
    code = labels("SEX")[sex]
    return (("SEX", code),) if code else ()


def px(path: Path) -> Cells:
    """A PC-Axis file with keys; combinations that are absent are rows of zeros."""
    text = path.read_bytes().decode("cp1252")
    head, _, data = text.partition("DATA=")
    keywords = {
        match[1]: re.findall(r'"([^"]*)"', match[2])
        for match in re.finditer(r"^([A-Z-]+[^=]*)=((?:[^;\"]|\"[^\"]*\")*);", head, re.MULTILINE)
    }
    years = keywords['CODES("año")']
    dots = {'"."': "not_applicable", '".."': "not_available", '"..."': "confidential"}
    found: Cells = {
        ("vic_detected", area, year, _cut(sex)): "0"
        for area in keywords['CODES("región")']
        for sex in keywords['CODES("sexo")']
        for year in years
    }
    for line in data.strip().rstrip(";").splitlines():
        match = re.fullmatch(r'"([^"]+)","([^"]+)",(.+)', line.strip())
        assert match, line
        for year, text in zip(years, match[3].split(), strict=True):
            key = ("vic_detected", match[1], year, _cut(match[2]))
            assert key in found
            found[key] = dots.get(text, text)
    return found


def json_stat(path: Path) -> tuple[Cells, dict[Key, str]]:
    """A JSON-stat dataset: cells and flags."""
    content = json.loads(path.read_text(encoding="utf-8"))
    codes = []
    for name in content["id"]:
        index = content["dimension"][name]["category"]["index"]
        codes.append(sorted(index, key=index.get) if isinstance(index, dict) else index)
    assert [len(own) for own in codes] == content["size"]
    kinds = {"c": "confidential", ":": "not_available", "z": "not_applicable"}
    cells: Cells = {}
    flags = {}
    places = [(geo, sex, year) for geo in codes[1] for sex in codes[2] for year in codes[3]]
    assert len(places) == len(content["value"])
    for at, (geo, sex, year) in enumerate(places):
        sign = content["status"].get(str(at), "")
        value = content["value"][at]
        key = ("vic_detected", geo, year, _cut(sex))
        cells[key] = kinds[sign] if value is None else str(value)
        flags[key] = "" if value is None else sign.upper()
    return cells, flags


def sdmx(dirty: DirtyFile) -> tuple[Cells, dict[Key, str]]:
    """SDMX-CSV: cells and flags."""
    kinds = {("Q", "C"): "confidential", ("L", "F"): "not_available", ("M", "F"): "not_applicable"}
    cells: Cells = {}
    flags = {}
    with dirty.file.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            assert line["INDICATOR"] == "VC_HTF_DETV"
            key = ("vic_detected", line["REF_AREA"], line["TIME_PERIOD"], _cut(line["SEX"]))
            state = line["OBS_STATUS"], line["CONF_STATUS"]
            cells[key] = line["OBS_VALUE"] or kinds[state]
            flags[key] = "" if not line["OBS_VALUE"] or state[0] == "A" else state[0]
    return cells, flags


def eurostat(path: Path) -> tuple[Cells, dict[Key, str]]:
    """The tab-separated layout: cells and flags."""
    kinds = {": c": "confidential", ":": "not_available", ": z": "not_applicable"}
    header, *body = path.read_text(encoding="utf-8").splitlines()
    years = [name.strip() for name in header.split("\t")[1:]]
    cells: Cells = {}
    flags = {}
    for line in body:
        first, *texts = line.split("\t")
        _, _, sex, geo = first.split(",")
        for year, text in zip(years, texts, strict=True):
            key = ("vic_detected", geo, year, _cut(sex))
            number, _, flag = text.strip().partition(" ")
            cells[key] = kinds.get(text.strip()) or number
            flags[key] = "" if number == ":" else flag.upper()
    return cells, flags


def ods(path: Path) -> list[list[str]]:
    """The rows of an OpenDocument sheet, repeated cells written out."""
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = ElementTree.fromstring(archive.read("content.xml"))
    rows = []
    for row in root.iter(f"{table}table-row"):
        texts: list[str] = []
        for cell in row:
            times = int(cell.get(f"{table}number-columns-repeated", "1"))
            if times < 1000:
                texts += ["".join(cell.itertext())] * times
        rows.append(texts)
    return rows
