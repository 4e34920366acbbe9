"""The scale on which a series is carried forward, and the way back; counts never go below 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SMALL_COUNT = 20
"""With a smaller value the square root is used: its chance variation is even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A monotone scale.

    Attributes:
        id: ``log``, ``sqrt`` or ``identity``.
        floor, ceiling: limits of the unit shown; infinite without.
    """

    id: Literal["log", "sqrt", "identity"]
    floor: float = -np.inf
    ceiling: float = np.inf

    def forward(self, values: Floats) -> Floats:
        """Values on the scale of the model."""
        if self.id == "log":
            return np.log(values)
        return np.sqrt(values) if self.id == "sqrt" else values

    def back(self, values: Floats) -> Floats:
        """Values in the unit of the series, inside its limits."""
        if self.id == "log":
            raw = np.exp(np.minimum(values, 700.0))
        elif self.id == "sqrt":
            raw = np.maximum(values, 0.0) ** 2
        else:
            raw = values
        return np.clip(raw, self.floor, self.ceiling)


def scale_of(values: Floats, unit: str, *, is_count: bool) -> Scale:
    """Shares and values below zero as they are, small counts by roots, the rest by logs."""
    if unit.startswith("%"):
        ceiling = max(100.0, float(values.max()))
        return Scale(id="identity", floor=min(0.0, float(values.min())), ceiling=ceiling)
    if (values < 0).any():
        return Scale(id="identity")
    if (values == 0).any() or (is_count and values.min() < SMALL_COUNT):
        return Scale(id="sqrt", floor=0.0)
    return Scale(id="log", floor=0.0)
