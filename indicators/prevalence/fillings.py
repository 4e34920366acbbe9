"""A total from lists of which some overlaps are suppressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators.errors import N_, Note, Severity
from indicators.model.results import Diagnostic, PrevalenceResult
from indicators.stats.extremes import CENSORED


def with_fillings(own: PrevalenceResult, others: Sequence[PrevalenceResult]) -> PrevalenceResult:
    """A total whose limits hold those under other fillings of the suppressed numbers.

    Args:
        own: with the suppressed numbers at their middle.
        others: with them at their ends.
    """
    totals = [item.estimate for item in (own, *others)]
    check = Diagnostic(name=CENSORED, value=own.estimate, low=min(totals), high=max(totals))
    note = Note(
        code=CENSORED,
        text=N_(
            "Some overlaps are suppressed: at their ends the estimate lies between {low} and "
            "{high}, and the limits allow for it."
        ),
        severity=Severity.WARN,
        data={"low": round(min(totals)), "high": round(max(totals))},
    )
    return replace(
        own,
        low=min(item.low for item in (own, *others)),
        high=max(item.high for item in (own, *others)),
        publishable=own.publishable and all(item.publishable for item in others),
        diagnostics=(*own.diagnostics, check),
        warnings=(note, *own.warnings),
    )
