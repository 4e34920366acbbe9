"""The program that reads files of Stata, SPSS, SAS and Parquet; its texts."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from workbench.importing.data_file_child import NUMBER_MARK, in_ranges, text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        ("x", "x"),
        (True, "TRUE"),
        (7, "7"),
        (7.0, "7"),
        (-0.5, NUMBER_MARK + "-0.5"),
        (1e300, NUMBER_MARK + "1e+300"),
        (float("nan"), ""),
        (Decimal("1.50"), NUMBER_MARK + "1.50"),
        (Decimal(3), "3"),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2), "2020-01-02"),  # noqa: DTZ001 - files hold no zone
        (datetime(2020, 1, 2, 3), "2020-01-02T03:00:00"),  # noqa: DTZ001 - as above
        (time(3, 4), "03:04:00"),
        (timedelta(minutes=1), "60"),
    ],
)
def test_texts_of_cells(value: object, written: str) -> None:
    assert text(value) == written


@pytest.mark.parametrize(
    ("value", "inside"),
    [(9.0, True), (97, True), (98.5, True), (10, False), (None, False), ("9", False)],
)
def test_ranges_of_missing_values(value: object, inside: bool) -> None:
    assert in_ranges(value, [{"lo": 9.0, "hi": 9.0}, {"lo": 97, "hi": 99}]) is inside
