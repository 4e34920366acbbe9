"""SDMX-ML messages."""

import time
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.places import SHARED
from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.raw_table import RawFile
from workbench.importing.readers import open_raw

GENERIC = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment -->
<m:GenericData xmlns:m="m" xmlns:g="g"><m:Header><m:Structure structureID="S"
 dimensionAtObservation="TIME_PERIOD"/></m:Header>
<m:DataSet structureRef="S"><g:Attributes><g:Value id="SOURCE" value="Office"/></g:Attributes>
<g:Group type="Sibling"><g:GroupKey><g:Value id="SEX" value="F"/></g:GroupKey>
<g:Attributes><g:Value id="TITLE" value="Of women"/></g:Attributes></g:Group>
<g:Series><g:SeriesKey><g:Value id="REF_AREA" value="AT"/><g:Value id="SEX" value="F"/></g:SeriesKey>
<g:Attributes><g:Value id="UNIT_MEASURE" value="PS"/></g:Attributes>
<g:Obs><g:ObsDimension value="2010"/><g:ObsValue value="1.50"/><g:Attributes>
<g:Value id="OBS_STATUS" value="P"/></g:Attributes></g:Obs>
<g:Obs><g:ObsDimension value="2011"/><g:ObsValue value="NaN"/></g:Obs>
<g:Obs><g:ObsDimension value="2012"/></g:Obs></g:Series></m:DataSet></m:GenericData>"""

SPECIFIC = """<m:StructureSpecificData xmlns:m="m" xmlns:x="x" xmlns:xsi="i">
<m:DataSet x:dataScope="DataStructure" xsi:type="t" action="Replace">
<Group xsi:type="g" SEX="F" TITLE="Of women"/>
<Series REF_AREA="AT" SEX="F"><Obs TIME_PERIOD="2010" OBS_VALUE="12" OBS_STATUS="P"/></Series>
<Series REF_AREA="AT" SEX="M"><Obs TIME_PERIOD="2010" OBS_VALUE="&lt;5"/></Series>
</m:DataSet></m:StructureSpecificData>"""


def opened(tmp_path: Path, text: str | bytes) -> RawFile:
    path = tmp_path / "message"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_raw(path)


def rows(tmp_path: Path, text: str | bytes) -> list[list[str]]:
    return list(opened(tmp_path, text).tables[0].rows())


def test_generic_series(tmp_path: Path) -> None:
    file = opened(tmp_path, GENERIC)

    assert (file.format, file.encoding) == ("sdmx_ml", "utf-8")
    assert list(file.tables[0].rows()) == [
        [
            *("REF_AREA", "SEX", "TIME_PERIOD", "OBS_VALUE"),
            *("UNIT_MEASURE", "OBS_STATUS", "TITLE", "SOURCE"),
        ],
        ["AT", "F", "2010", MACHINE_MARK + "1.50", "PS", "P", "Of women", "Office"],
        ["AT", "F", "2011", "NaN", "PS", "", "Of women", "Office"],
        ["AT", "F", "2012", "", "PS", "", "Of women", "Office"],
    ]


def test_structure_specific_series_with_a_group(tmp_path: Path) -> None:
    assert rows(tmp_path, SPECIFIC) == [
        ["TIME_PERIOD", "OBS_VALUE", "REF_AREA", "SEX", "OBS_STATUS", "TITLE"],
        ["2010", "12", "AT", "F", "P", "Of women"],
        ["2010", "<5", "AT", "M", "", ""],
    ]


def test_flat_observations_and_two_data_sets(tmp_path: Path) -> None:
    one = '<DataSet><Obs SEX="F" TIME_PERIOD="2010" OBS_VALUE="1"/></DataSet>'
    other = '<DataSet><Obs AGE="_T" TIME_PERIOD="2010" OBS_VALUE="2"/></DataSet>'

    file = opened(tmp_path, f"<StructureSpecificData>{one}{other}</StructureSpecificData>")

    assert [table.name for table in file.tables] == ["DataSet 1", "DataSet 2"]
    assert list(file.tables[1].rows()) == [
        ["TIME_PERIOD", "OBS_VALUE", "AGE"],
        ["2010", "2", "_T"],
    ]


def test_version_2_generic(tmp_path: Path) -> None:
    text = (
        "<GenericData><DataSet><Series><SeriesKey><Value concept='SEX' value='F'/></SeriesKey>"
        "<Obs><Time>2010</Time><ObsValue value='3'/></Obs></Series></DataSet></GenericData>"
    )

    assert rows(tmp_path, text) == [["SEX", "TIME_PERIOD", "OBS_VALUE"], ["F", "2010", "3"]]


def test_comments_without_end_are_told_at_once(tmp_path: Path) -> None:
    start = time.perf_counter()

    with pytest.raises(UserFileError, match="HTML/XML"):
        opened(tmp_path, "<?xml version='1.0'?>" + "<!--" * 30_000)

    assert time.perf_counter() - start < 1


def test_utf16_with_its_mark(tmp_path: Path) -> None:
    text = GENERIC.replace("UTF-8", "UTF-16").replace("Office", "Señal")

    assert rows(tmp_path, text.encode("utf-16"))[1][-1] == "Señal"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declaration_is_refused_before_it_is_used(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    text = GENERIC.replace("<!-- a comment -->", bomb).replace("Office", "&b;&c;")

    with pytest.raises(UserFileError, match=r"DOCTYPE|HTML/XML"):
        opened(tmp_path, text.replace("UTF-8", encoding).encode(encoding))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GENERIC[:-40], "Line"),
        (GENERIC.replace("</g:Series>", ""), "mismatched tag"),
        (GENERIC.replace("1.50", "&unknown;"), "undefined entity"),
        (GENERIC.replace("structureRef", 'action="Delete" structureRef'), "asks to delete"),
        ("<GenericData><DataSet/></GenericData>", "no observations"),
        ("<GenericData>" + "<a>" * 100, "64 levels"),
        ("<GenericData><Obs>" + "x" * 1_100_000, "longer than"),
        ("<?xml version='1.0'?><Structure><DataSet/></Structure>", "HTML/XML"),
        ("<?xml version='1.0'?><html></html>", "HTML/XML"),
        (
            "<GenericData>" + "".join(f"<Obs a{n}='1'/>" for n in range(2001)) + "</GenericData>",
            "2000 columns",
        ),
    ],
)
def test_broken_messages(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserFileError, match=message):
        rows(tmp_path, text)


def test_a_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(UserFileError, match="Line"):
        rows(tmp_path, GENERIC.replace("Office", "Señal").encode("latin-1"))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=8)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(st.tuples(TEXT, TEXT, st.integers()), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path: Path, table: list[tuple[str, str, int]]) -> None:
    observations = "".join(
        f"<Obs TIME_PERIOD='2010' OBS_VALUE='{value}' SEX={quoteattr(sex)} AREA={quoteattr(area)}/>"
        for sex, area, value in table
    )

    found = rows(
        tmp_path,
        f"<StructureSpecificData><DataSet>{observations}</DataSet></StructureSpecificData>",
    )

    assert found[1:] == [["2010", str(value), sex, area] for sex, area, value in table]


@pytest.mark.skipif(SHARED is None, reason="no material beside the repository")
def test_a_real_message() -> None:
    assert SHARED is not None
    found = list(open_raw(SHARED / "data/sdmx/ECB_EXR_sg-flat.xml").tables[0].rows())

    assert len(found) == 13
    assert found[1][:8] == [
        *("M", "CHF", "EUR", "SP00", "E", "2010-08", MACHINE_MARK + "1.3413", "A")
    ]
    assert found[-1][-1] == "ECB reference exchange rate, U.S. dollar/Euro"
