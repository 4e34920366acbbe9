"""Rows of a variable without bounds as arrays, in a third of the time of reading all columns."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indicators.model.series import Floats, Integers
from workbench.importing.collector import paused_collector
from workbench.store import packed_rows as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


def packed_arrays(
    ws: Workspace, variable: str, dataset: str | None, parts: tuple[int, int]
) -> tuple[Integers, Floats] | None:
    """Series, period, version, status and flags of every row; value, low and high.

    Returns:
        Arrays of shape ``(5, n)`` and ``(3, n)``; None where a row has bounds, which need all
        columns. It stops at the first lot with such a row.
    """
    lots = []
    with paused_collector():
        for rows in store.packed_lots(ws.db, variable, dataset, parts):
            lot = np.fromiter(chain.from_iterable(rows), np.float64, 3 * len(rows)).reshape(-1, 3)
            if (lot[:, 1] % 2 > 0).any():
                return None
            lots.append(lot)
    if not lots:
        return np.zeros((5, 0), dtype=np.int64), np.zeros((3, 0))
    packed = np.concatenate(lots)
    place, state = packed[:, 0].astype(np.int64), packed[:, 1].astype(np.int64)
    whole = np.empty((5, len(packed)), dtype=np.int64)
    whole[0], whole[1] = np.divmod(place, store.PERIODS)
    whole[2], rest = np.divmod(state, store.VERSIONS)
    whole[4], rest = np.divmod(rest, store.FLAGS)
    whole[3] = rest // store.STATES
    floats = np.full((3, len(packed)), np.nan)
    floats[0] = np.where(np.isinf(packed[:, 2]), np.nan, packed[:, 2])
    return whole, floats
