"""Where a table stands."""

from workbench.importing.layout import find_header, find_named, header_at, year_of_header
from workbench.importing.recipe import YEAR_HEADER

DATA = [["Merenta", "2015", "12"], ["Lisse", "2015", "<5"], ["Estrela", "2016", ".."]]


def test_a_header_below_title_rows() -> None:
    rows = [["Victims by region"], [], ["Area", "Year", "Value"], *DATA]

    header = find_header(rows, 2027)

    assert header is not None
    assert (header.row, header.names) == (3, ("Area", "Year", "Value"))


def test_years_in_columns_are_part_of_the_header() -> None:
    rows = [["Title"], ["Area", "2015", "2016"], ["Merenta", "1", "2"], ["Lisse", "3", "4"]]

    header = find_header(rows, 2027)

    assert header is not None
    assert header.row == 2


def test_no_header_over_plain_data() -> None:
    assert find_header(DATA, 2027) is None
    assert find_header([["only", "words"], ["and", "more"]], 2027) is None
    assert find_header([], 2027) is None


def test_named_columns_are_found_whatever_their_order_and_case() -> None:
    header = find_named([["x"], ["VALUE", "note", "Year "]], ["Year", "Value"])

    assert header is not None
    assert header.row == 2


def test_two_header_rows_are_joined() -> None:
    header = header_at([["", "Women", "Women"], ["Area", "2015", "2016"]], 1, 2)

    assert header.names == ("Area", "Women / 2015", "Women / 2016")


def test_repeated_names_are_told_apart_from_case() -> None:
    header = header_at([["value", "Value", "year"]], 1)

    assert header.repeated == ("value", "Value")
    assert header.column("value") is None
    assert header.column("YEAR") == 2


def test_year_headers() -> None:
    assert year_of_header("2015", YEAR_HEADER) == "2015"
    assert year_of_header("Y2015", YEAR_HEADER) is None
    assert year_of_header("2015 (p)", r"((?:19|20)\d\d).*") == "2015"
