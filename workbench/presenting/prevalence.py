"""A hidden population in plain words: never one bare number, always what it rests on."""

from __future__ import annotations

from dataclasses import replace

from indicators.errors import N_
from indicators.model.results import PrevalenceResult, Refusal
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import axes, frame
from workbench.presenting.describe import description
from workbench.presenting.spec import (
    Alignment,
    Axis,
    Bar,
    Chart,
    Column,
    KeyItem,
    Role,
    Sign,
    Table,
)

_TOTAL = N_(
    "About {estimate} persons in all, between {low} and {high} if the model holds; {observed} of "
    "them are on the lists."
)
_TOTAL_CHOSEN = N_(
    "About {estimate} persons in all, between {low} and {high}, the choice of the model included; "
    "{observed} of them are on the lists."
)
_GIVEN = N_("As if the chosen model were known: between {low} and {high}, which is too narrow.")
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
        i18n.message(_lead(result), total),
        *_ranges(result),
        *(i18n.note_text(note) for note in result.warnings),
        _(_RESTS_ON),
        *(_(text) for text in result.assumptions),
    )


def _is_chosen(result: PrevalenceResult) -> bool:
    """Whether the data picked the model and the range to quote repeats that choice."""
    return result.criterion not in ("given", "none") and result.resampled is not None


def _lead(result: PrevalenceResult) -> str:
    if not result.publishable:
        return _NOT_PUBLISHABLE
    return _TOTAL_CHOSEN if _is_chosen(result) else _TOTAL


def _ranges(result: PrevalenceResult) -> list[str]:
    if result.method != "loglinear":
        return []
    names = [term.replace("*", " + ") for term in result.terms]
    lines = [i18n.message(_MODEL, {"terms": ", ".join(names)}) if names else _(_INDEPENDENT)]
    if result.spread is not None:
        low, high = (round(end) for end in result.spread)
        data = {"low": low, "high": high}
        lines.append(i18n.message(_SPREAD, data) if len(result.models) > 1 else _(_ONLY_ONE))
    if _is_chosen(result) and result.given_model is not None:
        low, high = (round(end) for end in result.given_model)
        lines.append(i18n.message(_GIVEN, {"low": low, "high": high}))
    if result.resampled is not None:
        low, high = (round(end) for end in result.resampled)
        data = {"repeats": result.repeats, "low": low, "high": high}
        lines.append(i18n.message(_DRAWN, data))
    return lines


# the picture: ranges side by side, the people seen beneath them

_TITLE = N_("Between {low} and {high} persons in all, {observed} of them on the lists")
_NO_NUMBER = N_("The lists give no total that can be quoted")
_LISTS = N_("Lists: {lists}")
_ABOUT = N_("{low} to {high}, about {estimate} in the middle")
_ONE_MODEL = N_("If the chosen model holds")
_MODELS = N_("Models that fit best")
_REPEATED = N_("Drawn anew, model chosen again")
_OBSERVED = N_("On at least one list")


def chart(
    result: PrevalenceResult | Refusal, *, source: str = "", fictitious: bool = False
) -> Chart:
    """The ranges of a total as hatched spans over the people seen; never one bare number.

    Args:
        result: the total with its ranges, or a refusal (words only).
        source: the file, without the word "Source".
        fictitious: True for invented data.
    """
    spans = [] if isinstance(result, Refusal) else _spans(result)
    highs = [high for _name, _low, high, _text in spans]
    x = axes.value_axis(0.0, max(highs, default=1.0), whole=True)
    bars = () if isinstance(result, Refusal) else (_seen(result), *map(_span, spans))
    made = Chart(
        title=_title(result, spans),
        subtitle=_subtitle(result),
        x=x,
        y=Axis(low=0.0, high=float(max(len(bars), 1)), ticks=()),
        bars=bars,
        key=_key(result),
        result=_caution(result),
        source=frame.source_line(source, x, fictitious=fictitious),
        table=_table(result, spans),
        fictitious=fictitious,
        watermark=_(frame.FICTITIOUS) if fictitious else "",
    )
    return replace(made, description=description(made))


Span = tuple[str, float, float, str]
"""Name, both ends, and the text behind the span."""


def _spans(result: PrevalenceResult) -> list[Span]:
    middle = {"estimate": round(result.estimate)}
    low, high = result.given_model or (result.low, result.high)
    ends = {"low": round(low), "high": round(high)}
    found = [(_(_ONE_MODEL), low, high, i18n.message(_ABOUT, ends | middle))]
    if result.spread is not None and len(result.models) > 1:
        found.append((_(_MODELS), *result.spread, _between(*result.spread)))
    if result.resampled is not None:
        found.append((_(_REPEATED), *result.resampled, _between(*result.resampled)))
    return found


def _between(low: float, high: float) -> str:
    return frame.range_text(round(low), round(high), "")


def _seen(result: PrevalenceResult) -> Bar:
    return Bar(
        label=_(_OBSERVED),
        value=result.observed,
        role=Role.CROSS_CUTTING,
        text=i18n.number(result.observed, 0),
    )


def _span(span: Span) -> Bar:
    name, low, high, text = span
    return Bar(label=name, value=None, role=Role.CROSS_CUTTING, text=text, low=low, high=high)


def _title(result: PrevalenceResult | Refusal, spans: list[Span]) -> str:
    if isinstance(result, Refusal) or not result.publishable:
        return _(_NO_NUMBER)
    data = {
        "low": round(min(low for _name, low, _high, _text in spans)),
        "high": round(max(high for _name, _low, high, _text in spans)),
        "observed": round(result.observed),
    }
    return i18n.message(_TITLE, data)


def _subtitle(result: PrevalenceResult | Refusal) -> str:
    if isinstance(result, Refusal):
        return ""
    return i18n.message(_LISTS, {"lists": ", ".join(result.lists)})


def _caution(result: PrevalenceResult | Refusal) -> str:
    """The one line under the title: a refusal, or that the number rests on its model."""
    if isinstance(result, Refusal):
        return i18n.refusal_text(result)
    lines = _ranges(result)
    return lines[0] if lines else i18n.note_text(result.warnings[0])


def _key(result: PrevalenceResult | Refusal) -> tuple[KeyItem, ...]:
    if isinstance(result, Refusal):
        return ()
    return (KeyItem(sign=Sign.RANGE, text=_("range of the total"), role=Role.CROSS_CUTTING),)


def _table(result: PrevalenceResult | Refusal, spans: list[Span]) -> Table | None:
    if isinstance(result, Refusal):
        return None
    columns = (
        Column(id="what", title=_("Range of the total")),
        Column(id="low", title=_("from"), align=Alignment.RIGHT),
        Column(id="high", title=_("to"), align=Alignment.RIGHT),
    )
    rows = tuple(
        (name, i18n.number(round(low), 0), i18n.number(round(high), 0))
        for name, low, high, _text in spans
    )
    notes = (*(i18n.note_text(note) for note in result.warnings), *map(_, result.assumptions))
    return Table(title=_title(result, spans), columns=columns, rows=rows, notes=notes)
