"""What a printed rate or share gives away of the count behind it."""

from __future__ import annotations

import math


def count_range(rate: float, decimals: int, base: float, per: float) -> tuple[int, int]:
    """Least and greatest whole count that a printed rate leaves possible.

    Equation: the rate lies within half a unit of its last decimal, and count = rate * base / per.

    Args:
        rate: as printed.
        decimals: how many were printed.
        base: population, or whole of a share.
        per: 100 for a share in percent, 100,000 for a rate.
    """
    half = 0.5 * 10.0**-decimals
    scale = base / per
    nearly = 1e-9 * max(1.0, abs(rate) * scale)
    low = math.ceil((rate - half) * scale - nearly)
    high = math.floor((rate + half) * scale + nearly)
    return max(low, 0), high
