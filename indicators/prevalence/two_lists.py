"""Two lists: the estimates of Lincoln and Petersen and of Chapman, with limits on the log scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.stats.intervals import normal_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLists:
    """What two lists say about the total.

    Attributes:
        lincoln_petersen: n1 n2 / m; infinite when nobody is on both.
        chapman: nearly unbiased, also with few on both.
        variance: of ``chapman``.
        low, high: limits of ``chapman``, never below the persons seen.
    """

    lincoln_petersen: float
    chapman: float
    variance: float
    low: float
    high: float


def two_lists(n1: float, n2: float, both: float, level: float = 0.95) -> TwoLists:
    """The total behind two independent lists.

    Equation: N = (n1+1)(n2+1)/(m+1) - 1; log-normal limits for the unseen part (Chao 1987).
    Assumes independent lists, which two lists alone cannot show.

    Source: Chapman (1951), Univ. Calif. Publ. Stat. 1; Seber (1970), Biometrika 57.
    """
    total = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    variance = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    seen = n1 + n2 - both
    unseen = total - seen
    if unseen > 0:
        z = normal_quantile(level)
        factor = float(np.exp(z * np.sqrt(np.log1p(variance / unseen**2))))
        low, high = seen + unseen / factor, seen + unseen * factor
    else:
        low = high = seen
    return TwoLists(
        lincoln_petersen=n1 * n2 / both if both > 0 else np.inf,
        chapman=total,
        variance=variance,
        low=low,
        high=high,
    )
