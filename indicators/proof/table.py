"""The data of a reference case: a CSV with a header row, decimal points, blanks for missing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns of text by name, in the order of the file."""

    columns: dict[str, tuple[str, ...]]

    @classmethod
    def parse(cls, text: str) -> Table:
        """The table in a CSV text; a byte order mark and blank lines are skipped."""
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(row)]
        if not rows:
            raise IndicatorsError(N_("The data file of the case is empty."))
        header = [name.strip() for name in rows[0]]
        width = len(header)
        body = [tuple(cell.strip() for cell in (*row, *[""] * width)[:width]) for row in rows[1:]]
        columns = {name: tuple(row[i] for row in body) for i, name in enumerate(header)}
        return cls(columns=columns)

    def text(self, name: str) -> tuple[str, ...]:
        """One column as text."""
        if name not in self.columns:
            raise IndicatorsError(
                N_("The data file of the case has no column “{name}”."), name=name
            )
        return self.columns[name]

    def numbers(self, name: str) -> Floats:
        """One column as numbers; a blank is nan."""
        return np.array(
            [float(cell) if cell else np.nan for cell in self.text(name)], dtype=np.float64
        )

    def complete(self, *names: str) -> tuple[Floats, ...]:
        """Several columns as numbers, only the rows without a blank in any of them."""
        columns = [self.numbers(name) for name in names]
        keep = np.all([np.isfinite(column) for column in columns], axis=0)
        return tuple(column[keep] for column in columns)

    @property
    def first(self) -> str:
        """Name of the first column."""
        return next(iter(self.columns))
