"""From the scale of a model to the words of a reader: percent a year, units a year."""

from __future__ import annotations

import numpy as np


def percent(slope: float) -> float:
    """Percent a year of a slope on the log scale; infinite beyond all reason."""
    with np.errstate(over="ignore"):
        return float(100 * np.expm1(slope))


def slope_unit(unit: str) -> str:
    """Unit of a slope: percentage points for shares."""
    return "percentage points a year" if unit.startswith("%") else f"{unit} a year"
