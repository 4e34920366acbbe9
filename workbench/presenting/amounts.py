"""How large a change is, in words: “10 %”, “3.2 persons”, “1.5 percentage points”."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import N_
from workbench import i18n
from workbench.presenting.frame import plain_number

PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Writes the changes of one result.

    Attributes:
        relative: True when changes are percents of the earlier value.
        unit: unit word of the series; ``%`` makes absolute changes percentage points.
        decimals: digits of percents; enough for the narrowest limit, no more than the range bears.
    """

    relative: bool
    unit: str
    decimals: int

    def text(self, value: float) -> str:
        """A change with its sign."""
        if self.relative:
            return i18n.percent(value, self.decimals)
        if self.unit == PERCENT:
            points = i18n.number(value, max(1, self.decimals))
            return i18n.message(N_("{points} percentage points"), {"points": points})
        return i18n.with_unit(plain_number(round(value, 3)), self.unit)

    def size(self, value: float) -> str:
        """A change without its sign."""
        return self.text(abs(value))

    def limits(self, low: float, high: float, *, falling: bool = False) -> dict[str, object]:
        """The fields ``low`` and ``high`` of a sentence; sizes when it says “fell” or “lower”."""
        first, last = (-high, -low) if falling else (low, high)
        return {"low": self._bare(first), "high": self.text(last)}

    def _bare(self, value: float) -> str:
        """The lower limit: a long unit is said once, behind the upper one."""
        if self.relative:
            return self.text(value)
        if self.unit == PERCENT:
            return i18n.number(value, max(1, self.decimals))
        return plain_number(round(value, 3))


def amount_of(
    estimate: float, low: float, high: float, *, estimate_unit: str, unit: str
) -> Amount:
    """The way to write an estimate.

    Args:
        estimate: the number to be written.
        low: lower limit.
        high: upper limit.
        estimate_unit: unit of the estimate (``percent a year``, ``percent``, ``persons a year``).
        unit: unit word of the series.
    """
    relative = estimate_unit.startswith("percent") and "point" not in estimate_unit
    smallest = min(abs(estimate), abs(low), abs(high))
    if smallest < 0.1:
        decimals = 2 if high - low < 0.5 else 1
    else:
        decimals = 1 if smallest < 1 or high - low < 4 else 0
    return Amount(relative=relative, unit=unit, decimals=decimals)
