"""Columns about single persons."""

import pytest

from workbench.importing.layout import Header
from workbench.importing.personal import personal_columns


def found(name: str, *cells: str, needed: tuple[int, ...] = ()) -> list[str]:
    header = Header(row=1, names=(name,))
    return [s.id for s in personal_columns(header, [[c] for c in cells], needed).values()]


@pytest.mark.parametrize(
    ("name", "cells", "sign"),
    [
        ("Apellidos", ["Rossi", "Vega"], "names"),
        ("Victim name", ["A", "B"], "names"),
        ("Date of birth", ["2001-02-03"], "birth"),
        ("d1", ["2001-02-03", "1999-12-31", "03/04/1988"], "birth"),
        ("contact", ["+34 600 123 456", "+52 55 1234 5678", "+1 202 555 0101"], "phones"),
        ("Passport", ["X123"], "documents"),
        ("CURP", ["AAAA010101"], "documents"),
        ("mail", ["a@b.org", "c@d.org", "e@f.org"], "addresses"),
        ("Latitude", ["19.43261", "20.12345"], "coordinates"),
        ("Dirección", ["Calle 1"], "addresses"),
    ],
)
def test_personal(name: str, cells: list[str], sign: str) -> None:
    assert found(name, *cells) == [sign]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Country name", ["Peru"]),
        ("Latitude", ["19.4", "20.1"]),
        ("value", ["1234567", "7654321", "1111111"]),
        ("rate", ["12.34567", "1.23456", "3.33333"]),
        ("area", ["Nombre de Dios"]),
        ("month", ["2001-02", "2001-03", "2001-04"]),
        ("telephone", [""]),
        ("Number of victims", ["1"]),
        ("sexo", ["hombre"]),
    ],
)
def test_not_personal(name: str, cells: list[str]) -> None:
    assert found(name, *cells) == []


def test_a_column_with_a_role_is_not_blanked_for_its_content() -> None:
    assert found("period", "2001-02-03", "2001-02-04", "2001-02-05", needed=(0,)) == []


def test_a_column_without_a_name_is_no_exact_place() -> None:
    header = Header(row=1, names=("", "year", "value"))
    rows = [[str(number), "2020", "5"] for number in range(30)]

    assert personal_columns(header, rows) == {}
