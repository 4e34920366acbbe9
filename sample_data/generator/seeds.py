"""One master seed, one list of child seeds for each table, and the rule for taking the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from zlib import crc32

import numpy as np

from indicators.errors import N_, TipError

SEED = 20120607
"""The only source of chance in the sample data."""
ATTEMPTS = 50
"""Child seeds a table may try before the generator gives up."""

Made = TypeVar("Made")


class TruthLostError(TipError):
    """Every child seed of a table hid a truth that the answer key promises."""


def generator(table: str, attempt: int = 0) -> np.random.Generator:
    """The generator of a table; depends on its name, never on what else is drawn."""
    sequence = np.random.SeedSequence([SEED, crc32(table.encode("ascii")), attempt])
    return np.random.Generator(np.random.PCG64(sequence))


def settle(
    table: str,
    make: Callable[[np.random.Generator], Made],
    missed: Callable[[Made], tuple[str, ...]],
) -> tuple[Made, int]:
    """The first draw of a table in which the reference estimators find every truth.

    Args:
        table: name of the table.
        make: draws the table.
        missed: ids of the truths that the estimators do not find in a draw.

    Returns:
        The table and the number of the child seed that made it.

    Raises:
        TruthLostError: no child seed was good.
    """
    lost: tuple[str, ...] = ()
    for attempt in range(ATTEMPTS):
        made = make(generator(table, attempt))
        lost = missed(made)
        if not lost:
            return made, attempt
    raise TruthLostError(
        N_("No draw of the sample table {table} shows {truths}."),
        hint=N_("Change the settings of the table or the tolerance of the answer."),
        table=table,
        truths=", ".join(lost),
    )
