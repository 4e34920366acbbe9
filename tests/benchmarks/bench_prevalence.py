"""Model searches of overlapping lists, disclosure control of large tables, one event over many.

Run: ``python -m tests.benchmarks.bench_prevalence``. The loop fits a sample of the models with
statsmodels and is scaled up. Ratios decide, seconds are only reported.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable

import numpy as np

from indicators.disclosure.protection import Protection, audit, protect
from indicators.impact.interrupted import interrupted
from indicators.impact.many import interrupted_many
from indicators.model.tables import ListTable
from indicators.prevalence import bootstrap
from indicators.prevalence.model import Frame
from indicators.prevalence.selection import search
from tests.indicators.disclosure.made import table_of
from tests.indicators.made import make_event, make_series

FOUR_LISTS_TARGET_S = 1.0
FIVE_LISTS_TARGET_S = 10.0
MANY_TARGET_S = 2.0
DETECTABLE_TARGET_S = 0.3
SERIES = 20_000


def _lists(lists: int) -> ListTable:
    draw = np.random.default_rng(20130401)
    on = draw.random((4000, lists)) < draw.uniform(0.1, 0.35, lists)
    rows = [(row.astype(int).tolist(), 1.0) for row in on if row.any()]
    return ListTable.of(tuple("ABCDEFGH"[:lists]), rows)


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _statsmodels(table: ListTable, sample: int = 20) -> None:
    import statsmodels.api as sm

    frame = Frame.of(table)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(sample):
            sm.GLM(table.counts, frame.x, family=sm.families.Poisson()).fit()


def _row(name: str, seconds: float, target: float, ratio: float | None = None) -> None:
    held = "ok" if seconds <= target else "SLOW"
    beside = "" if ratio is None else f"  {ratio:8.1f} times the loop"
    print(f"{name:44s} {seconds:8.3f} s  (target {target:g} s) {held}{beside}")


def prevalence() -> None:
    """Searches over all sets of terms."""
    for lists, models, target in ((4, 64, FOUR_LISTS_TARGET_S), (5, 1024, FIVE_LISTS_TARGET_S)):
        table = _lists(lists)
        frame = Frame.of(table)
        search(frame, table)
        ours = _seconds(lambda frame=frame, table=table: search(frame, table))
        loop = _seconds(lambda table=table: _statsmodels(table)) / 20 * models
        _row(f"all models of {lists} lists", ours, target, loop / ours)
    found = search(frame, table)
    terms = bootstrap.candidates(found, 2.0)
    drawn = _seconds(lambda: bootstrap.totals(frame, table, terms, criterion="aic"))
    _row(f"{bootstrap.REPEATS} repeats of {len(terms)} models", drawn, FIVE_LISTS_TARGET_S)


def disclosure() -> None:
    """A table of 775 cells with its totals."""
    draw = np.random.default_rng(5)
    table = table_of(draw.negative_binomial(1, 1 / 41, (30, 4, 4)))
    start = time.perf_counter()
    found = protect(table)
    seconds = time.perf_counter() - start
    assert isinstance(found, Protection)
    cells = f"{len(table.cells)} cells, {len(found.primary)} small, {len(found.secondary)} more"
    _row(f"protect ({cells})", seconds, 10.0)
    _row("audit of it", _seconds(lambda: audit(table, found.hidden)), 5.0)


def impacts() -> None:
    """One event over 20,000 series of counts."""
    draw = np.random.default_rng(7)
    counts = draw.poisson(draw.uniform(5, 200, (SERIES, 1)), (SERIES, 20)).astype(float)
    year = np.arange(2005.0, 2025.0)
    many = _seconds(lambda: interrupted_many(year, counts, 2015.0))
    sample = [make_series(row.tolist(), 2005) for row in counts[:10]]
    event = make_event(2015)
    interrupted(sample[0], event)
    alone = _seconds(lambda: [interrupted(series, event) for series in sample]) / 10
    _row(f"one event over {SERIES} series", many, MANY_TARGET_S, alone * SERIES / many)
    _row("smallest change one series could show", alone, DETECTABLE_TARGET_S)


def main() -> None:
    """All of it."""
    prevalence()
    disclosure()
    impacts()


if __name__ == "__main__":
    main()
