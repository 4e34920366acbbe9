"""Addresses as a spreadsheet shows them."""

from __future__ import annotations

import pytest

from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.series import TOTAL
from workbench.services.rows import ObservationRow, cell_address


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [(5, 2, "B5"), (1, 26, "Z1"), (1, 27, "AA1"), (9, 703, "AAA9"), (None, None, None)],
)
def test_addresses(row: int | None, column: int | None, address: str | None) -> None:
    entry = ObservationRow(
        variable="v", area="XVA", period=Period(202000), breakdown=TOTAL, value=1, low=None,
        high=None, status=Status.A, flags=Flags.NONE, raw=None, file=None, sheet=None, row=row,
        column=column, vintage=1, dataset="d",
    )  # fmt: skip

    assert cell_address(entry) == address
