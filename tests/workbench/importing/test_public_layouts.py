"""Public layouts load without a question; the files are invented and follow the real headers."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from indicators.model.series import TOTAL, Breakdown
from tests.places import SHARED
from workbench.importing.report import ImportReport
from workbench.services import imports, observations
from workbench.services.workspace import Workspace, create

needs_shared = pytest.mark.skipif(SHARED is None, reason="no real files beside the repository")

K_ANONYMISED = """\
,yearOfRegistration,Datasource,gender,ageBroad,majorityStatus,citizenship,\
meansOfControlDebtBondage,meansOfControlThreats,isForcedLabour,isSexualExploit,isOtherExploit,\
isSexAndLabour,typeOfExploitConcatenated,typeOfLabourAgriculture,RecruiterRelationship,\
CountryOfExploitation,recruiterRelationFriend
0,2016,Hotline,Female,30--38,Adult,MX,1,1,1,0,0,0,Forced labour,1,-99,US,1
1,2016,Hotline,Female,30--38,Adult,MX,1,1,1,0,0,0,Forced labour,1,-99,US,1
2,2016,Case Management,Male,-99,Adult,-99,-99,-99,1,1,0,1,Both,-99,-99,US,-99
3,2016,Case Management,Male,48+,Adult,UA,0,0,-99,-99,-99,-99,-99,-99,-99,-99,-99
4,2017,Case Management,-99,9--17,Minor,00,0,0,0,1,0,0,Sexual exploitation,-99,-99,00,-99
"""
SYNTHETIC = """\
yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,traffickMonths,\
meansDebtBondageEarnings,meansThreats,meansAbusePsyPhySex,isForcedLabour,isSexualExploit,\
isOtherExploit,{labour}Agriculture,recruiterRelationFriend
2019,Woman,18--20,USA,USA,0--12 (0-1 yr),1.0,,1.0,,1.0,,,
2019,Woman,18--20,USA,USA,0--12 (0-1 yr),1.0,,1.0,,1.0,,,
2019,Man,,,USA,,,,,1.0,,,1.0,
2020,Trans/Transgender/NonConforming,48+,PHL,,,,,,,,,,
"""
SDG = """\
Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,\
Time_Detail,UpperBound,LowerBound,Source,FootNote,{0}Nature{1},{0}Units{1},{0}Sex{1},{0}Age{1}
16,16.2,16.2.2,VC_HTF_DETV,Detected,8,Albania,2020,81,2020,,,UNODC,,C,NUMBER,BOTHSEX,ALLAGE
16,16.2,16.2.2,VC_HTF_DETV,Detected,8,Albania,2020,50,2020,,,UNODC,,C,NUMBER,FEMALE,ALLAGE
16,16.2,16.2.2,VC_HTF_DETVSX,Sexual,8,Albania,2020,40,2020,,,UNODC,,C,NUMBER,BOTHSEX,<18Y
16,16.2,16.2.2,VC_HTF_DETVR,Rate,8,Albania,2020,2.83,2020,,,UNODC,,C,PER_100000_POP,BOTHSEX,ALLAGE
16,16.2,16.2.2,VC_HTF_DETV,Detected,40,Austria,2020,90,2020,,,UNODC,,C,NUMBER,BOTHSEX,ALLAGE
16,16.2,16.2.2,VC_HTF_DETV,Detected,40,Austria,2020,91,2020,,,UNODC,,N,NUMBER,BOTHSEX,ALLAGE
16,16.2,16.2.2,VC_HTF_DETV,Detected,1,World,2020,50000,2020,,,UNODC,,E,NUMBER,BOTHSEX,ALLAGE
"""
BANK = """\
"Data Source","World Development Indicators",

"Last Updated Date","2026-04-08",

"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021","2022",
"Aruba","ABW","Population, total","SP.POP.TOTL","106585","106537","",
"Channel Islands","CHI","Population, total","SP.POP.TOTL","170000","171000","172000",
"World","WLD","Population, total","SP.POP.TOTL","7856138790","","",
"Aruba","ABW","Population, female","SP.POP.TOTL.FE.IN","56000","56100","",
"Aruba","ABW","GDP","NY.GDP.MKTP.CD","2481857122.9","","",
"""
BANK_QUERY = """\
Country Name,Country Code,Series Name,Series Code,2020 [YR2020],2021 [YR2021]
Aruba,ABW,"Population, total",SP.POP.TOTL,106585,..


Data from database: World Development Indicators,,,,,
Last Updated: 01/02/2026,,,,,
"""
PROSPECTS = """\
SortOrder,LocID,Notes,ISO3_code,ISO2_code,LocTypeName,Location,VarID,Variant,Time,\
TPopulation1Jan,TPopulation1July,TPopulationMale1July,TPopulationFemale1July,PopDensity
1,900,,,,World,World,2,Medium,2020,7800000.1,7856138.789,3950000.123,3906138.666,60
2,533,,ABW,AW,Country/Area,Aruba,2,Medium,2020,106,106.585,50.5,56.085,1
2,533,,ABW,AW,Country/Area,Aruba,3,High,2020,106,116.585,60.5,56.085,1
"""
PROSPECTS_BY_SEX = """\
LocID,Location,VarID,Variant,Time,MidPeriod,PopMale,PopFemale,PopTotal,PopDensity
4,Afghanistan,2,Medium,2019,2019.5,19529.727,18512.03,38041.757,58.2
900,World,2,Medium,2019,2019.5,3889034.9,3824433.3,7713468.2,59.3
"""
OPEN_SDG = """\
Year,Series,Sex,Age,Unit multiplier,Units,Observation status,Value
2020,Detected victims of human trafficking (Number),,,{multiplier},Number,Normal value,303.0
2020,Detected victims of human trafficking (Number),Female,,Units,Number,Normal value,200.0
2020,"Victims per 100,000 people",,,Units,"Rate per 100,000 population",Normal value,0.45
"""
GLOTIP = (
    ("Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex",
     "Age", "Year", "Unit of measurement", "txtVALUE", "Source"),
    *(
        (iso, iso, "R", "S", "Detected trafficking victims", dimension, category, sex, age, year,
         "Counts", value, "made up")
        for iso, dimension, category, sex, age, year, value in (
            ("GBR", "Total", "Total", "Total", "Total", "2017", "5,138"),
            ("GBR", "Total", "Total", "Female", "Total", "2017", "2,000"),
            ("GBR", "by form of exploitation", "Forced labour", "Total", "Total", "2017", "<5"),
            ("GBR", "by country of repatriation", "Brasil", "Total", "Total", "2017", "9"),
            ("GBR", "Total", "Total", "Total", "Total", "2018", "61102019"),
            ("GBR", "Total", "Total", "Total", "Total", "2019", "10"),
            ("GBR", "Total", "Total", "Total", "Total", "2019", "11"),
            ("GBR", "Total", "Total", "Total", "Total", "2020", "12"),
            ("GBR", "Total", "Total", "Total", "Total", "2020", "12"),
            ("XKX", "Total", "Total", "Total", "Total", "2017", "30"),
        )
    ),
)  # fmt: skip


def loaded(folder: Path, text: str, name: str = "file.csv") -> tuple[Workspace, ImportReport]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    ws = create(folder / "w.tipw", area="XVA")
    report = imports.accept(ws, path).report
    report.check()
    return ws, report


def cells(ws: Workspace, **wanted: object) -> dict[tuple[str, str, str], float | None]:
    rows = observations.observations(ws, **wanted)  # type: ignore[arg-type]
    return {(r.area, str(r.period), str(r.breakdown)): r.value for r in rows}


def test_persons_of_the_k_anonymised_file_are_counted_not_compared(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, K_ANONYMISED)

    found = cells(ws, variable="n_ctdc_persons")
    assert report.preset == "ctdc_k_anonymised"
    assert (report.rows_imported, report.rows_set_aside) == (5, 0)
    assert "personal_column" not in {remark.code for remark in report.remarks}
    assert found["USA", "2016", ""] == 3
    assert found["USA", "2016", "CIT=MEX"] == 2
    assert found["USA", "2016", "FORM=LAB"] == 3
    assert found["USA", "2016", "FORM=SEX"] == 1
    assert found["USA", "2016", "FORM=LAB_A"] == 2
    assert found["USA", "2016", "N_DATASOURCE=HOTLINE"] == 2
    assert sum(v or 0 for (_, _, cut), v in found.items() if cut == "") == 5
    ws.close()


def test_what_is_not_known_of_a_person_stays_unknown(tmp_path: Path) -> None:
    ws, _ = loaded(tmp_path, K_ANONYMISED)

    found = cells(ws, variable="n_ctdc_persons")
    assert found["USA", "2016", "AGE=_U"] == 1
    assert found["USA", "2016", "MNS=_U"] == 1
    assert found["Country not known", "2016", "FORM=_U"] == 1
    assert found["Country not known", "2017", "SEX=_U"] == 1
    assert found["Country not known", "2017", "CIT=_U"] == 1
    by_sex = [v or 0 for (_, _, cut), v in found.items() if cut.startswith("SEX=")]
    assert sum(by_sex) == 5
    alone = {row.code for row in observations.areas(ws) if row.parent is None}
    assert "Country not known" in alone
    ws.close()


def test_a_counted_number_has_no_cell_and_says_so(tmp_path: Path) -> None:
    ws, _ = loaded(tmp_path, K_ANONYMISED)

    (row,) = [
        row
        for row in observations.observations(ws, area="USA", breakdown=TOTAL)
        if row.variable == "n_ctdc_persons"
    ]
    cell = observations.source(ws, variable=row.variable, area=row.area, period=row.period)

    assert cell.is_counted
    assert cell.cell is None
    assert row.file == "file.csv"
    assert cell.sha256 is not None
    ws.close()


@pytest.mark.parametrize("labour", ["typeOfLabour", "sectorOfLabour"])
def test_persons_of_the_synthetic_file_of_each_release(tmp_path: Path, labour: str) -> None:
    ws, report = loaded(tmp_path, SYNTHETIC.replace("{labour}", labour))

    found = cells(ws, variable="n_ctdc_synthetic_persons")
    assert report.preset == "ctdc_synthetic"
    assert found["USA", "2019", ""] == 3
    assert found["USA", "2019", "AGE=Y18T20"] == 2
    assert found["USA", "2019", "AGE=_U"] == 1
    assert found["USA", "2019", "FORM=LAB_A"] == 1
    assert found["USA", "2019", "MNS=PSY_PHY_SXA"] == 2
    assert found["Country not known", "2020", "FORM=_U"] == 1
    assert found["Country not known", "2020", "SEX=X"] == 1
    ws.close()


def test_a_mark_that_is_neither_yes_nor_no_sets_the_person_aside(tmp_path: Path) -> None:
    odd = SYNTHETIC.replace("{labour}", "typeOfLabour").replace("2019,Man,,,USA,,,,,1.0",
                                                                "2019,Man,,,USA,,,,,perhaps")  # fmt: skip
    ws, report = loaded(tmp_path, odd)

    assert [(e.row, e.value) for e in report.set_aside] == [(4, "perhaps")]
    assert cells(ws, variable="n_ctdc_synthetic_persons")["USA", "2019", ""] == 2
    ws.close()


@pytest.mark.parametrize("brackets", ["", "[]"])
def test_the_global_sdg_download(tmp_path: Path, brackets: str) -> None:
    ws, report = loaded(tmp_path, SDG.format(*(brackets or ("", ""))))

    assert report.preset == "un_sdg"
    assert cells(ws, variable="vic_detected") == {
        ("ALB", "2020", ""): 81,
        ("ALB", "2020", "SEX=F"): 50,
        ("ALB", "2020", "AGE=Y0T17,FORM=SEX"): 40,
        ("1", "2020", ""): 50_000,
    }
    assert cells(ws, variable="n_vc_htf_detvr") == {("ALB", "2020", ""): 2.83}
    assert [(e.code, e.value) for e in report.set_aside] == [
        ("conflict", "90"),
        ("conflict", "91"),
    ]
    assert "1" in {row.code for row in observations.areas(ws) if row.parent is None}
    ws.close()


def test_the_bank_with_one_column_a_year_below_its_preamble(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, BANK)

    assert report.preset == "world_bank"
    found = cells(ws, variable="pop_total")
    assert found["ABW", "2020", ""] == 106_585
    assert found["ABW", "2021", "SEX=F"] == 56_100
    assert found["WLD", "2020", ""] == 7_856_138_790
    assert cells(ws, variable="n_ny_gdp_mktp_cd")["ABW", "2020", ""] == 2_481_857_122.9
    assert {r.code for r in observations.areas(ws) if r.parent is None} >= {"CHI", "WLD", "ABW"}
    ws.close()


def test_the_query_page_of_the_bank(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, BANK_QUERY)

    assert report.preset == "world_bank_query"
    assert cells(ws) == {("ABW", "2020", ""): 106_585, ("ABW", "2021", ""): None}
    assert report.footer_rows == 2
    ws.close()


def test_population_prospects_are_thousands_of_one_course(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, PROSPECTS)

    assert report.preset == "un_wpp"
    assert cells(ws, variable="pop_total") == {
        ("ABW", "2020", ""): 106_585,
        ("ABW", "2020", "SEX=M"): 50_500,
        ("ABW", "2020", "SEX=F"): 56_085,
    }
    assert {e.code for e in report.set_aside} == {"blank_area", "not_mapped"}
    ws.close()


def test_population_prospects_by_sex(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, PROSPECTS_BY_SEX)

    assert report.preset == "un_wpp_by_sex"
    assert cells(ws, area="AFG") == {
        ("AFG", "2019", ""): 38_041_757,
        ("AFG", "2019", "SEX=M"): 19_529_727,
        ("AFG", "2019", "SEX=F"): 18_512_030,
    }
    ws.close()


def test_open_sdg_holds_counts_and_rates_apart(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, OPEN_SDG.replace("{multiplier}", "Units"))

    assert report.preset == "open_sdg"
    assert cells(ws, variable="vic_detected") == {
        ("XVA", "2020", ""): 303,
        ("XVA", "2020", "SEX=F"): 200,
    }
    assert cells(ws, variable="n_victims_per_100_000_people") == {("XVA", "2020", ""): 0.45}
    assert "magnitude_applied" not in {remark.code for remark in report.remarks}
    ws.close()


def test_open_sdg_thousands_are_thousands(tmp_path: Path) -> None:
    ws, report = loaded(tmp_path, OPEN_SDG.replace("{multiplier}", "Thousands"))

    assert cells(ws, variable="vic_detected")["XVA", "2020", ""] == 303_000
    assert "magnitude_applied" in {remark.code for remark in report.remarks}
    ws.close()


@pytest.mark.parametrize("preamble", [0, 2])
def test_the_global_report_with_and_without_lines_above(tmp_path: Path, preamble: int) -> None:
    path = tmp_path / "data_glotip.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data_glotip_1")
        for number in range(preamble):
            sheet.write(number, 0, f"Invented line {number}")
        for number, row in enumerate(GLOTIP, preamble):
            sheet.write_row(number, 0, row)
    ws = create(tmp_path / "w.tipw", area="XVA")

    report = imports.accept(ws, path).report

    report.check()
    assert report.preset == "unodc_glotip"
    assert cells(ws, area="GBR") == {
        ("GBR", "2017", ""): 5_138,
        ("GBR", "2017", "SEX=F"): 2_000,
        ("GBR", "2017", "FORM=LAB"): None,
        ("GBR", "2020", ""): 12,
    }
    (censored,) = observations.observations(ws, breakdown=Breakdown.of(FORM="LAB"))
    assert (censored.low, censored.high, censored.raw) == (1, 4, "<5")
    listed = [(entry.code, entry.value) for entry in report.set_aside]
    aside = [entry for entry in listed if entry[0] != "exact_copy"]
    assert aside == [
        ("not_mapped", "by country of repatriation"),
        ("out_of_range", "61102019"),
        ("conflict", "10"),
        ("conflict", "11"),
    ]
    assert {row.code: row.parent for row in observations.areas(ws)}["XKX"] is None
    ws.close()


@needs_shared
@pytest.mark.parametrize(("name", "rows"), [("population", 17_195), ("gdp", 13_979)])
def test_the_real_long_files_of_the_bank(tmp_path: Path, name: str, rows: int) -> None:
    assert SHARED is not None
    with create(tmp_path / "w.tipw", area="XVA") as ws:
        report = imports.accept(ws, SHARED / f"data/population-gdp/{name}.csv").report

    report.check()
    assert report.preset == "world_bank_long"
    assert (report.rows_imported, report.rows_set_aside) == (rows, 0)
