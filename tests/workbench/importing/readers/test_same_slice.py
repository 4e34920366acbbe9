"""One slice of a table in every format becomes the same observations in a project."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from workbench.services import imports
from workbench.services.observations import observations
from workbench.services.workspace import create

SEXES, YEARS = ("F", "M"), ("2019", "2020", "2021")
AREA = "XV-01"
VALUES = {
    ("F", "2019"): 12, ("F", "2020"): 7, ("F", "2021"): None,
    ("M", "2019"): 0, ("M", "2020"): 1234, ("M", "2021"): 3,
}  # fmt: skip
KEYS = [(sex, year) for sex in SEXES for year in YEARS]
NAMES = ("variable", "area", "year", "SEX", "value")
ROWS = [("vic_detected", AREA, year, sex, VALUES[sex, year]) for sex, year in KEYS]


def csv_file(path: Path) -> None:
    lines = [",".join(NAMES)]
    lines += [",".join("" if cell is None else str(cell) for cell in row) for row in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")


def eurostat_tsv(path: Path) -> None:
    lines = ["freq,unit,variable,sex,geo\\TIME_PERIOD\t" + "\t".join(f"{y} " for y in YEARS)]
    for sex in SEXES:
        cells = [VALUES[sex, year] for year in YEARS]
        texts = [": " if cell is None else f"{cell} " for cell in cells]
        lines.append(f"A,NR,vic_detected,{sex},{AREA}\t" + "\t".join(texts))
    path.write_text("\n".join(lines), encoding="utf-8")


def json_stat(path: Path) -> None:
    tree = {
        "class": "dataset",
        "id": ["variable", "area", "SEX", "time"],
        "size": [1, 1, 2, 3],
        "role": {"time": ["time"], "geo": ["area"], "metric": ["variable"]},
        "dimension": {
            "variable": {"category": {"index": ["vic_detected"]}},
            "area": {"category": {"index": [AREA]}},
            "SEX": {"category": {"index": list(SEXES)}},
            "time": {"category": {"index": list(YEARS)}},
        },
        "value": [VALUES[key] for key in KEYS],
    }
    path.write_text(json.dumps(tree), encoding="utf-8")


def px(path: Path) -> None:
    years = ",".join(f'"{year}"' for year in YEARS)
    cells = " ".join('".."' if VALUES[key] is None else str(VALUES[key]) for key in KEYS)
    path.write_text(
        f'CHARSET="ANSI";\nSTUB="variable","area","sex";\nHEADING="year";\nCONTVARIABLE="variable";\n'
        f'VALUES("variable")="vic_detected";\nVALUES("area")="{AREA}";\nVALUES("sex")="F","M";\n'
        f'VALUES("year")={years};\nTIMEVAL("year")=TLIST(A1),{years};\nDATA=\n{cells};\n',
        encoding="utf-8",
    )


def sdmx_csv(path: Path) -> None:
    lines = ["DATAFLOW,VARIABLE,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS"]
    for sex, year in KEYS:
        value = VALUES[sex, year]
        cells = "NaN,M" if value is None else f"{value},A"
        lines.append(f"X:TIP(1.0),vic_detected,{AREA},{sex},{year},{cells}")
    path.write_text("\n".join(lines), encoding="utf-8")


def sdmx_ml(path: Path) -> None:
    text = ""
    for sex, year in KEYS:
        value = VALUES[sex, year]
        status = "M" if value is None else "A"
        text += (
            f'<Obs VARIABLE="vic_detected" REF_AREA="{AREA}" SEX="{sex}" TIME_PERIOD="{year}"'
            f' OBS_VALUE="{"NaN" if value is None else value}" OBS_STATUS="{status}"/>'
        )
    message = f"<m:StructureSpecificData xmlns:m='m'><m:DataSet>{text}</m:DataSet></m:StructureSpecificData>"
    path.write_text(message, encoding="utf-8")


def sdmx_json(path: Path) -> None:
    def component(own: str, *codes: str) -> dict[str, object]:
        return {"id": own, "values": [{"id": code, "name": f"{code} in words"} for code in codes]}

    structure = {
        "dimensions": {
            "series": [component("VARIABLE", "vic_detected"), component("REF_AREA", AREA)],
            "observation": [component("SEX", *SEXES), component("TIME_PERIOD", *YEARS)],
        },
        "measures": {"observation": [{"id": "OBS_VALUE"}]},
        "attributes": {
            "observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "M"}]}]
        },
    }
    cells = {
        f"{SEXES.index(sex)}:{YEARS.index(year)}": [
            VALUES[sex, year],
            int(VALUES[sex, year] is None),
        ]
        for sex, year in KEYS
    }
    data = {"structures": [structure], "dataSets": [{"series": {"0:0": {"observations": cells}}}]}
    path.write_text(json.dumps({"data": data}), encoding="utf-8")


def frame() -> pd.DataFrame:
    data = pd.DataFrame(ROWS, columns=list(NAMES))
    return data.assign(year=data["year"].astype(float), value=data["value"].astype(float))


def stata(path: Path) -> None:
    pyreadstat.write_dta(frame(), str(path))


def spss(path: Path) -> None:
    data = frame().assign(SEX=[1.0 if sex == "F" else 2.0 for sex in frame()["SEX"]])
    labels = {"SEX": {1.0: "Women", 2.0: "Men"}}
    pyreadstat.write_sav(data, str(path), variable_value_labels=labels)


def sas(path: Path) -> None:
    pyreadstat.write_xport(frame(), str(path))


def xlsx(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate([NAMES, *ROWS]):
        sheet.write_row(number, 0, row)
    book.close()


def ods(path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    rows = ""
    for row in [NAMES, *ROWS]:
        cells = ""
        for cell in row:
            kind = f'"float" office:value="{cell}"' if isinstance(cell, int) else '"string"'
            content = f" office:value-type={kind}><text:p>{cell}</text:p></table:table-cell>"
            cells += "<table:table-cell" + ("/>" if cell is None else content)
        rows += f"<table:table-row>{cells}</table:table-row>"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


WRITERS = (
    csv_file,
    eurostat_tsv,
    json_stat,
    px,
    sdmx_csv,
    sdmx_ml,
    sdmx_json,
    stata,
    sas,
    xlsx,
    ods,
)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_the_same_observations(tmp_path: Path, write: Callable[[Path], None]) -> None:
    path = tmp_path / "slice"
    write(path)
    seen = imports.preview(path)

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        report = imports.accept(ws, path).report
        found = {
            (row.variable, row.area, str(row.period), row.breakdown.code("SEX"), row.value)
            for row in observations(ws)
        }

    assert seen.questions == ()
    assert {sheet.layout for sheet in seen.sheets} == {"long"}
    report.check()
    assert (report.rows_imported, report.rows_set_aside, report.cells_set_aside) == (6, 0, 0)
    assert sum(report.missing.values()) == 1
    assert found == {
        (variable, area, year, sex, value) for variable, area, year, sex, value in ROWS
    }
