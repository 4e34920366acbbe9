"""A hidden population in plain words: never one bare number, always what it rests on."""

from __future__ import annotations

from indicators.errors import N_
from indicators.model.results import PrevalenceResult, Refusal
from workbench import i18n
from workbench.i18n import _

_TOTAL = N_(
    "About {estimate} persons in all, between {low} and {high} if the model holds; {observed} of "
    "them are on the lists."
)
_NOT_PUBLISHABLE = N_(
    "The lists alone give no number that can be quoted: the model says {estimate} persons, between "
    "{low} and {high}, and {observed} of them are on the lists."
)
_MODEL = N_("The model takes these pairs of lists as dependent: {terms}.")
_INDEPENDENT = N_("The model takes all lists as independent of each other.")
_SPREAD = N_("Other models that fit about as well give totals from {low} to {high}.")
_ONLY_ONE = N_("No other model fits about as well.")
_DRAWN = N_(
    "Drawn anew {repeats} times, with the model chosen again each time, the total lies between "
    "{low} and {high}."
)
_RESTS_ON = N_("The number rests on all of this:")


def prevalence_sentences(result: PrevalenceResult | Refusal) -> tuple[str, ...]:
    """What overlapping lists say about the total: ranges, assumptions, cautions."""
    if isinstance(result, Refusal):
        return (i18n.refusal_text(result),)
    total = {
        "estimate": round(result.estimate),
        "low": round(result.low),
        "high": round(result.high),
        "observed": round(result.observed),
    }
    return (
        i18n.message(_TOTAL if result.publishable else _NOT_PUBLISHABLE, total),
        *_ranges(result),
        *(i18n.note_text(note) for note in result.warnings),
        _(_RESTS_ON),
        *(_(text) for text in result.assumptions),
    )


def _ranges(result: PrevalenceResult) -> list[str]:
    if result.method != "loglinear":
        return []
    names = [term.replace("*", " + ") for term in result.terms]
    lines = [i18n.message(_MODEL, {"terms": ", ".join(names)}) if names else _(_INDEPENDENT)]
    if result.spread is not None:
        low, high = (round(end) for end in result.spread)
        data = {"low": low, "high": high}
        lines.append(i18n.message(_SPREAD, data) if len(result.models) > 1 else _(_ONLY_ONE))
    if result.resampled is not None:
        low, high = (round(end) for end in result.resampled)
        data = {"repeats": result.repeats, "low": low, "high": high}
        lines.append(i18n.message(_DRAWN, data))
    return lines
