from __future__ import annotations

from indicators.model.results import TrendResult
from indicators.stats.known_errors import (
    FALSE_POSITIVES,
    false_positive_percent,
    weighted_bic_percent,
)
from indicators.trends import TRENDS
from tests.indicators.made import make_series


def test_every_trend_shows_its_measured_rate() -> None:
    values = [100 * 1.03**i * (1.02 if i % 2 else 0.98) for i in range(24)]
    for model in TRENDS:
        series = make_series([round(v) for v in values])
        result = model.fit(series)
        assert isinstance(result, TrendResult)
        shown = [d.value for d in result.diagnostics if d.name == "false_positives_lag1_0.3"]
        assert shown == [FALSE_POSITIVES[model.id][20]]


def test_nearest_length_is_taken() -> None:
    assert false_positive_percent("count_trend", 9) == FALSE_POSITIVES["count_trend"][8]
    assert false_positive_percent("count_trend", 90) == FALSE_POSITIVES["count_trend"][20]
    assert false_positive_percent("unknown", 12) is None
    assert weighted_bic_percent(23) == weighted_bic_percent(22)
