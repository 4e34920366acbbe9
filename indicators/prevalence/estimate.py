"""The total behind overlapping lists with every doubt that belongs to it, or a refusal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.errors import C_, N_, Note, Severity
from indicators.model.results import Diagnostic, PrevalenceModel, PrevalenceResult, Refusal
from indicators.model.tables import ListTable
from indicators.prevalence import bootstrap, selection
from indicators.prevalence.model import Fits, Frame, fit_many, terms_of
from indicators.prevalence.selection import Criterion, Search
from indicators.prevalence.two_lists import two_lists
from indicators.stats.intervals import normal_quantile

MIN_LISTS = 3
MIN_OVERLAP = 20
"""Fewer persons on two or more lists say almost nothing about those on none."""
DISAGREE = 1.25
"""Ratio of totals of equally good models from which the reader is warned."""
MOST_TIMES_OBSERVED = 10
"""An upper limit further from the persons seen is not to be published."""

ASSUMPTIONS = (
    N_("Nobody entered or left the group during the time the lists cover."),
    N_("The same person is recognised on every list, and nobody is taken for another."),
    N_("All lists use the same definition of a victim."),
    N_("Everybody could have come onto every list; nobody was out of reach of all of them."),
    N_("No three lists depend on each other beyond their pairs."),
)
CRITIQUE = Note(
    code="method_disputed",
    text=N_(
        "Researchers disagree on whether such lists can show a total at all (Whitehead and others "
        "2019): quote the ranges and the assumptions with the number."
    ),
    severity=Severity.WARN,
)
_INDEPENDENT = N_("Being on one list does not change the chance of being on the other.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The model that gives the total."""

    search: Search
    row: int
    criterion: str


def estimate(
    table: ListTable,
    *,
    terms: Sequence[str] | None = None,
    criterion: Criterion = "aic",
    level: float = 0.95,
    repeats: int = bootstrap.REPEATS,
    seed: int = bootstrap.SEED,
) -> PrevalenceResult | Refusal:
    """Persons in all, those on no list included.

    Equation: log-linear model of the overlaps with terms of two lists; N = observed + exp(b0).
    Limits: given the model (Wald on b0), over the models within 2 AIC, and by drawing the persons
    anew and choosing again. Those given the model are quoted only for a model decided on
    beforehand.
    Assumes what ``ASSUMPTIONS`` says; with two lists also that they are independent.
    Source: Bishop, Fienberg and Holland (1975); Chan, Silverman and Vincent (2021); Silverman
    (2020).

    Args:
        table: overlaps of the lists.
        terms: pairs of lists (``A*B``) of a model that was decided on beforehand; None searches.
        criterion: of the search.
        level: confidence level in (0, 1).
        repeats: draws of the third range; 0 leaves it out.
        seed: of the draws.

    Returns:
        The total with its ranges; a Refusal when the lists cannot show one.

    Raises:
        IndicatorsError: a term names no pair of lists.
    """
    frame = Frame.of(table)
    refusal = _refusal(table)
    if refusal is not None:
        return refusal
    if len(table.lists) < MIN_LISTS:
        return _of_two(table, level)
    chosen = _chosen(frame, table, terms, criterion)
    if isinstance(chosen, Refusal):
        return chosen
    return _result(frame, table, chosen, level=level, repeats=repeats, seed=seed)


def _refusal(table: ListTable) -> Refusal | None:
    size = table.patterns.sum(axis=1)
    if len(table.lists) < 2:
        return Refusal(
            code="too_few_lists",
            text=N_("Only {found} list: what is missing from it cannot be seen; {needed} lists would be enough."),
            found=len(table.lists),
            needed=MIN_LISTS,
        )  # fmt: skip
    alone = [
        name
        for place, name in enumerate(table.lists)
        if table.counts[table.patterns[:, place] & (size > 1)].sum() == 0
    ]
    if alone:
        return Refusal(
            code="list_without_overlap",
            text=N_(
                "Nobody on the list “{list}” is on any other list: it says nothing about the "
                "total. Leave it out or link it again."
            ),
            found=0,
            needed=1,
            data={"list": alone[0]},
        )
    shared = float(table.counts[size > 1].sum())
    if shared < MIN_OVERLAP:
        return Refusal(
            code="too_little_overlap",
            text=C_(
                "The lists overlap too little: the data allow almost any total. Only {found} person is on two or more lists; {needed} would be enough.",
                "The lists overlap too little: the data allow almost any total. Only {found} persons are on two or more lists; {needed} would be enough.",
                by="found",
            ),
            found=shared,
            needed=MIN_OVERLAP,
        )
    return None


def _chosen(
    frame: Frame, table: ListTable, terms: Sequence[str] | None, criterion: Criterion
) -> _Chosen | Refusal:
    search = selection.search(frame, table, criterion)
    if terms is None:
        if search.best is None:
            return _no_estimate(search.fits, 0)
        return _Chosen(search=search, row=search.best, criterion=criterion)
    wanted = terms_of(frame, terms)[None, :]
    fits = fit_many(frame, table.counts[None, :], wanted)
    if not fits.ok[0]:
        return _no_estimate(fits, 0)
    joined = Search(
        terms=np.vstack([wanted, search.terms]),
        fits=selection.joined([fits, search.fits]),
        best=0,
        is_complete=search.is_complete,
    )
    return _Chosen(search=joined, row=0, criterion="given")


def _no_estimate(fits: Fits, row: int) -> Refusal:
    if fits.exists[row] and not fits.identified[row]:
        return Refusal(
            code="not_identifiable",
            text=N_(
                "The overlaps cannot tell the terms of this model apart: many totals fit them "
                "equally well. Take fewer pairs of lists."
            ),
        )
    return Refusal(
        code="does_not_exist",
        text=N_(
            "This model has no finite total for these overlaps: too many of them are empty. Take "
            "fewer pairs of lists, or join lists that are alike."
        ),
    )


def _result(
    frame: Frame, table: ListTable, chosen: _Chosen, *, level: float, repeats: int, seed: int
) -> PrevalenceResult:
    search, row = chosen.search, chosen.row
    own = _model(frame, table, search, row, level)
    near = _near(frame, table, search, level)
    drawn = _drawn(frame, table, chosen, repeats=repeats, seed=seed)
    limits = None if drawn is None else bootstrap.limits(drawn, level)
    totals = [model.estimate for model in near]
    warnings = _warnings(search.fits, row, table, own, near, limits)
    if repeats and limits is None:
        warnings = (*warnings, _NO_RANGE)
    searched = chosen.criterion != "given"
    if searched and limits is None:
        warnings = (_CHOICE_LEFT_OUT, *warnings)
    low, high = _quoted(own, limits if searched else None)
    return PrevalenceResult(
        method="loglinear",
        method_version="1",
        lists=table.lists,
        observed=table.observed,
        estimate=own.estimate,
        low=low,
        high=high,
        level=level,
        given_model=(own.low, own.high),
        terms=own.terms,
        criterion=chosen.criterion,
        spread=(min(totals), max(totals)) if totals else None,
        resampled=limits,
        repeats=repeats,
        seed=seed if repeats else None,
        models=near,
        models_tried=len(search.terms),
        models_refused=int((~search.fits.ok).sum()),
        publishable=all(note.severity is not Severity.STOP for note in warnings),
        assumptions=ASSUMPTIONS,
        warnings=warnings,
        diagnostics=_diagnostics(frame, table, search.fits, row),
        data_hash=data_hash(table),
    )


def _quoted(own: PrevalenceModel, drawn: tuple[float, float] | None) -> tuple[float, float]:
    """The limits to quote; those of a model picked by the data hold the truth too rarely."""
    if drawn is None:
        return own.low, own.high
    return min(drawn[0], own.estimate), max(drawn[1], own.estimate)


def _model(
    frame: Frame, table: ListTable, search: Search, row: int, level: float
) -> PrevalenceModel:
    fits, half = search.fits, normal_quantile(level) * search.fits.se[row]
    return PrevalenceModel(
        terms=frame.names(search.terms[row]),
        estimate=table.observed + float(fits.unseen[row]),
        low=table.observed + float(np.exp(fits.b0[row] - half)),
        high=table.observed + float(np.exp(fits.b0[row] + half)),
        aic=float(fits.aic[row]),
    )


def _near(
    frame: Frame, table: ListTable, search: Search, level: float
) -> tuple[PrevalenceModel, ...]:
    models = {
        model.terms: model
        for model in (_model(frame, table, search, int(i), level) for i in search.near)
    }
    return tuple(sorted(models.values(), key=lambda model: (model.aic, model.terms)))


def _drawn(
    frame: Frame, table: ListTable, chosen: _Chosen, *, repeats: int, seed: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    if repeats < 1:
        return None
    given = chosen.criterion == "given"
    criterion: Criterion = "aic" if given else chosen.criterion  # type: ignore[assignment]
    weight = selection.weight_of(criterion, frame, table.observed)
    competing = (
        chosen.search.terms[chosen.row][None, :]
        if given
        else bootstrap.candidates(chosen.search, weight)
    )
    return bootstrap.totals(
        frame, table, competing, criterion=criterion, repeats=repeats, seed=seed
    )


_NO_RANGE = Note(
    code="resampling_failed",
    text=N_("Drawn anew, many samples had no finite total: the estimate rests on few persons."),
    severity=Severity.WARN,
)


_CHOICE_LEFT_OUT = Note(
    code="choice_left_out",
    text=N_(
        "The range takes the chosen model as known: with a model chosen by these lists it is too "
        "narrow."
    ),
    severity=Severity.WARN,
)


def _warnings(
    fits: Fits,
    row: int,
    table: ListTable,
    own: PrevalenceModel,
    near: Sequence[PrevalenceModel],
    limits: tuple[float, float] | None,
) -> tuple[Note, ...]:
    notes = []
    if max(own.high, limits[1] if limits else 0.0) > MOST_TIMES_OBSERVED * table.observed:
        notes.append(_too_wide())
    low, high = (min(m.estimate for m in near), max(m.estimate for m in near)) if near else (1, 1)
    if high > DISAGREE * low:
        notes.append(
            Note(
                code="models_disagree",
                text=N_(
                    "Models that fit equally well give totals from {low} to {high}: the choice "
                    "of the model decides the number."
                ),
                severity=Severity.WARN,
                data={"low": round(low), "high": round(high)},
            )
        )
    if fits.empty[row].any():
        notes.append(
            Note(
                code="empty_overlaps",
                text=N_("Pairs of lists that share nobody and were left out: {count}."),
                data={"count": int(fits.empty[row].sum())},
            )
        )
    if fits.parameters[row] >= table.counts.size:
        notes.append(
            Note(
                code="saturated",
                text=N_(
                    "The model has as many terms as there are overlaps: nothing is left to check "
                    "it by."
                ),
                severity=Severity.WARN,
            )
        )
    return (*notes, CRITIQUE)


def _too_wide() -> Note:
    return Note(
        code="not_publishable",
        text=N_(
            "Not publishable: the lists overlap too little, and the data allow almost any total."
        ),
        severity=Severity.STOP,
    )


def _diagnostics(frame: Frame, table: ListTable, fits: Fits, row: int) -> tuple[Diagnostic, ...]:
    numbers = {
        "aic": float(fits.aic[row]),
        "bic_cells": _criterion("bic_cells", frame, table, fits, row),
        "bic_cases": _criterion("bic_cases", frame, table, fits, row),
        "log_likelihood": float(fits.loglik[row]),
        "parameters": float(fits.parameters[row]),
        "overlap": float(table.counts[table.patterns.sum(axis=1) > 1].sum()),
    }
    return tuple(Diagnostic(name=name, value=value) for name, value in numbers.items())


def _criterion(name: Criterion, frame: Frame, table: ListTable, fits: Fits, row: int) -> float:
    return float(fits.criterion(selection.weight_of(name, frame, table.observed))[row])


def _of_two(table: ListTable, level: float) -> PrevalenceResult:
    only_first, only_second, both = (float(count) for count in table.counts)
    found = two_lists(only_first + both, only_second + both, both, level)
    notes = [
        Note(
            code="two_lists",
            text=N_(
                "Not publishable: with two lists nobody can test whether they are independent; "
                "a third list is needed."
            ),
            severity=Severity.STOP,
        )
    ]
    if found.high > MOST_TIMES_OBSERVED * table.observed:
        notes.append(_too_wide())
    return PrevalenceResult(
        method="two_lists",
        method_version="1",
        lists=table.lists,
        observed=table.observed,
        estimate=found.chapman,
        low=found.low,
        high=found.high,
        level=level,
        criterion="none",
        publishable=False,
        assumptions=(*ASSUMPTIONS[:-1], _INDEPENDENT),
        warnings=(*notes, CRITIQUE),
        diagnostics=(
            Diagnostic(name="lincoln_petersen", value=found.lincoln_petersen),
            Diagnostic(name="overlap", value=both),
        ),
        data_hash=data_hash(table),
    )


def data_hash(table: ListTable) -> str:
    """SHA-256 of the names of the lists and the counts."""
    digest = hashlib.sha256("\x1f".join(table.lists).encode())
    digest.update(table.counts.astype("<f8").tobytes())
    return digest.hexdigest()
