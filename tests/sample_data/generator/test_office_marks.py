"""What an office does to its numbers."""

from __future__ import annotations

import pytest

from sample_data.generator.cells import Row
from sample_data.generator.office_marks import marked
from sample_data.generator.offices import OFFICES

NRM, POLICE = OFFICES[0], OFFICES[3]
SEX = (("SEX", "F"),)


def row(variable: str, area: str, period: str, value: str, cut=()) -> Row:
    status = "Z" if value == "0" else "A"
    return Row(variable=variable, area=area, period=period, cut=cut, value=value, status=status)


@pytest.mark.parametrize(
    ("given", "value", "status", "flags"),
    [
        (row("vic_detected", "XV-10", "2010", "3", SEX), "<5", "S", ""),
        (row("vic_detected", "XV-10", "2010", "3"), "3", "A", ""),
        (row("vic_detected", "XV-10", "2010", "0", SEX), "0", "Z", ""),
        (row("vic_detected", "XV-10", "2010", "5", SEX), "5", "A", ""),
        (row("vic_detected", "XV-01", "2010", "3", SEX), "3", "A", ""),
        (row("vic_assisted", "XV-10", "2010", "4"), "<5", "S", ""),
        (row("vic_detected", "XVA", "2024", "700"), "700", "A", "P"),
        (row("vic_detected", "XV-09", "2014", "20"), "20", "A", "B"),
        (row("vic_geo_known", "XV-04", "2007", "9"), "..", "M", ""),
        (row("pro_persons", "XV-08", "2012", "17"), "170", "A", ""),
    ],
)
def test_one_cell(given: Row, value: str, status: str, flags: str) -> None:
    (sent,) = marked([given], NRM)

    assert (sent.value, sent.status, sent.flags) == (value, status, flags)


def test_rows_are_sorted_by_area_cut_and_period() -> None:
    rows = [
        row("inv_opened", "XVA", "2006", "2"),
        row("inv_opened", "XVA", "2005", "1", SEX),
        row("inv_opened", "XVA", "2005", "1"),
        row("inv_opened", "XV-01", "2005", "1"),
    ]

    sent = marked(rows, POLICE)

    assert [(r.area, r.cut, r.period) for r in sent] == [
        ("XV-01", (), "2005"),
        ("XVA", (), "2005"),
        ("XVA", (), "2006"),
        ("XVA", SEX, "2005"),
    ]


def test_every_variable_has_one_yearly_sender() -> None:
    yearly = [code for office in OFFICES if not office.monthly for code in office.variables]

    assert len(yearly) == len(set(yearly))
    assert len({office.file for office in OFFICES}) == len(OFFICES)
    assert all(len(office.names) == 4 and all(office.names) for office in OFFICES)
