"""Rows of a variable as arrays: read, and cut down to the newest version of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indicators.model.codes import Status
from indicators.model.series import Floats, Integers
from workbench.store import packed_rows as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one variable; every array has shape ``(n,)``.

    Attributes:
        series, period, vintage, status, flags: numbers as stored.
        value: nan where the status has no value.
        low, high: bounds, nan without; None when no row has bounds.
    """

    series: Integers
    period: Integers
    vintage: Integers
    status: Integers
    flags: Integers
    value: Floats
    low: Floats | None = None
    high: Floats | None = None

    def at(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> Rows:
        """The rows at these places, in their order."""
        return Rows(
            self.series[places],
            self.period[places],
            self.vintage[places],
            self.status[places],
            self.flags[places],
            self.value[places],
            None if self.low is None else self.low[places],
            None if self.high is None else self.high[places],
        )


_NONE = np.zeros(0, dtype=np.int64)
NOTHING = Rows(_NONE, _NONE, _NONE, _NONE, _NONE, np.zeros(0))


def read_rows(ws: Workspace, variable: str, dataset: str | None, parts: tuple[int, int]) -> Rows:
    """Every unretracted row of a variable whose period part lies in a range.

    Whole numbers come as text from SQLite, a row in half the time of a row of objects; only rows
    with decimals, bounds or marks are read as objects too.
    """
    texts = store.packed_texts(ws.db, variable, dataset, parts)
    if texts is None:
        return NOTHING
    keys, values = numbers(texts.keys), numbers(texts.values)
    series, period = keys >> store.PERIOD_BITS, keys & ((1 << store.PERIOD_BITS) - 1)
    is_missing = values < -1
    vintage = np.where(is_missing, -1 - values, values & ((1 << store.VINTAGE_BITS) - 1))
    value = np.where(is_missing, np.nan, values >> store.VINTAGE_BITS)
    status, flags = np.where(is_missing, Status.M, Status.A), np.zeros(len(keys), dtype=np.int64)
    others = np.flatnonzero(values == -1)
    if not others.size:
        return Rows(series, period, vintage, status, flags, value)
    exact = np.array(store.other_rows(ws.db, variable, dataset, parts), dtype=np.float64)
    value[others], vintage[others] = exact[:, 0], exact[:, 3]
    flags[others], status[others] = np.divmod(exact[:, 4].astype(np.int64), store.FLAGS)
    if np.isnan(exact[:, 1:3]).all():
        return Rows(series, period, vintage, status, flags, value)
    low, high = np.full((2, len(keys)), np.nan)
    low[others], high[others] = exact[:, 1], exact[:, 2]
    return Rows(series, period, vintage, status, flags, value, low, high)


def numbers(text: str) -> Integers:
    """The whole numbers of a text, parted by commas."""
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


def starts(rows: Rows) -> NDArray[np.intp]:
    """Where the rows of the next series begin."""
    changed = np.flatnonzero(rows.series[1:] != rows.series[:-1]) + 1
    return np.concatenate([np.zeros(min(1, len(rows.series)), dtype=np.intp), changed])


def newest(rows: Rows) -> Rows:
    """The newest version of each series and period; the rows of a series together, by period."""
    # the store reads rows of a series by period and version, but SQL promises no order of a text
    if _stands_in_runs(rows):
        step, same = np.diff(rows.period), rows.series[1:] == rows.series[:-1]
        if not (same & (step <= 0)).any():
            return rows
        if not (same & ((step < 0) | ((step == 0) & (np.diff(rows.vintage) <= 0)))).any():
            return rows.at(np.append(~same | (step != 0), True))
    rows = rows.at(np.lexsort((rows.vintage, rows.period, rows.series)))
    changes = (np.diff(rows.series) != 0) | (np.diff(rows.period) != 0)
    return rows.at(np.append(changes, True))


def _stands_in_runs(rows: Rows) -> bool:
    """Whether the rows of each series follow one another."""
    heads = rows.series[starts(rows)].tolist()
    return len(set(heads)) == len(heads)
