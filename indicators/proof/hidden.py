"""Reference cases of hidden populations: log-linear models of lists, and two lists."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.model.tables import ListTable
from indicators.prevalence import selection
from indicators.prevalence.model import Fits, Frame, Marks, fit_many
from indicators.prevalence.selection import Criterion, Search
from indicators.prevalence.two_lists import two_lists
from indicators.proof.rates import confidence
from indicators.proof.table import Table
from indicators.stats.intervals import normal_quantile

Settings = Mapping[str, object]
Produced = Mapping[str, object]


def mse_loglinear(table: Table, settings: Settings) -> Produced:
    """Independence, single terms, and the models that searches choose."""
    known = list_table(table)
    frame = Frame.of(known)
    level = confidence(settings)
    pairs = len(frame.pairs)
    single = np.vstack([np.zeros((1, pairs), dtype=bool), np.eye(pairs, dtype=bool)])
    fits = fit_many(frame, np.broadcast_to(known.counts, (len(single), known.counts.size)), single)
    names = frame.names(np.ones(pairs, dtype=bool))
    produced: dict[str, object] = {
        "observed": known.observed,
        "independence": _model(frame, known, fits, 0, single[0], level),
        "single_pairs": {
            name: _model(frame, known, fits, i + 1, single[i + 1], level)
            for i, name in enumerate(names)
        },
        "models_by_terms": _Lazy(frame, known, level),
    }
    criteria: tuple[Criterion, ...] = ("aic", "bic_cells", "bic_cases")
    for criterion in criteria:
        found = selection.forward(frame, known, criterion)
        produced[f"forward_{criterion}"] = _chosen(frame, known, found, found.best, level)
    if len(known.lists) <= selection.EXHAUSTIVE_TO:
        complete = selection.exhaustive(frame, known)
        for criterion in criteria:
            best = selection.best_of(frame, known, complete.fits, criterion)
            produced[f"best_{criterion}"] = _chosen(frame, known, complete, best, level)
        produced["models"] = _counted(complete.fits)
        near = known.observed + complete.fits.unseen[complete.near]
        if near.size:
            produced["range_N_within_2_aic"] = [near.min(), near.max()]
    return produced


class _Lazy(dict[str, object]):
    """Models by their terms, fitted when one is asked for."""

    def __init__(self, frame: Frame, table: ListTable, level: float) -> None:
        super().__init__()
        self.frame, self.table, self.level = frame, table, level

    def __contains__(self, name: object) -> bool:
        names = set(self.frame.names(np.ones(len(self.frame.pairs), dtype=bool)))
        parts = str(name).split("+")
        return name == "" or set(parts) <= names

    def __getitem__(self, name: str) -> object:
        from indicators.prevalence.model import terms_of

        terms = terms_of(self.frame, name.split("+") if name else ())
        fits = fit_many(self.frame, self.table.counts[None, :], terms[None, :])
        return _model(self.frame, self.table, fits, 0, terms, self.level)


def list_table(table: Table) -> ListTable:
    """The overlaps in a file of patterns with their number; a pattern not given counts 0."""
    lists = [name for name in table.columns if name != "count"]
    columns = [table.numbers(name) for name in lists]
    patterns = np.column_stack(columns).astype(int)
    counts = table.numbers("count") if "count" in table.columns else np.ones(len(patterns))
    rows = [
        (pattern, float(number))
        for pattern, number in zip(patterns.tolist(), counts, strict=True)
        if any(pattern)
    ]
    return ListTable.of(lists, rows)


def _chosen(
    frame: Frame, table: ListTable, search: Search, best: int | None, level: float
) -> Produced:
    if best is None:
        return {"status": "does_not_exist"}
    produced = dict(_model(frame, table, search.fits, best, search.terms[best], level))
    names = frame.names(np.ones(len(frame.pairs), dtype=bool))
    produced["pairs_in_order"] = [names[i] for i in search.order]
    return produced


def _model(
    frame: Frame, table: ListTable, fits: Fits, row: int, terms: Marks, level: float
) -> Produced:
    status = status_of(fits, row)
    parameters = int(fits.parameters[row])
    produced: dict[str, object] = {
        "status": status,
        "parameters": parameters,
        "pairs": list(frame.names(terms)),
        "empty_overlap_pairs": list(frame.names(fits.empty[row])),
    }
    if status != "ok":
        return produced
    half = normal_quantile(level) * fits.se[row]
    observed, b0, loglik = table.observed, fits.b0[row], fits.loglik[row]
    return produced | {
        "N": observed + fits.unseen[row],
        "wald_low": observed + np.exp(b0 - half),
        "wald_high": observed + np.exp(b0 + half),
        "loglik": loglik,
        "aic": -2 * loglik + 2 * parameters,
        "bic_cells": -2 * loglik + parameters * np.log(len(frame.x)),
        "bic_cases": -2 * loglik + parameters * np.log(observed),
    }


def status_of(fits: Fits, row: int) -> str:
    """``ok``, ``does_not_exist`` or ``not_identifiable``."""
    if fits.ok[row]:
        return "ok"
    return "does_not_exist" if not fits.exists[row] else "not_identifiable"


def _counted(fits: Fits) -> Produced:
    found = [status_of(fits, row) for row in range(len(fits.ok))]
    kinds = ("ok", "does_not_exist", "not_identifiable")
    return {kind: found.count(kind) for kind in kinds} | {"total": len(found)}


def capture_recapture_two(table: Table, settings: Settings) -> Produced:
    """Two lists: Lincoln-Petersen, Chapman, Chao's log limits. Source: Chapman (1951)."""
    n1, n2, m = (float(table.numbers(name)[0]) for name in ("n1", "n2", "m"))
    found = two_lists(n1, n2, m, confidence(settings))
    return {
        "lincoln_petersen": found.lincoln_petersen,
        "chapman": found.chapman,
        "chapman_var": found.variance,
        "chao_log_low": found.low,
        "chao_log_high": found.high,
    }
