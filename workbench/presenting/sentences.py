"""Results in plain words: one whole sentence an outcome, what we do not know, and cautions.

In the templates ``**`` encloses the key phrase that screens print in bold; ``{Series}`` begins a
sentence, ``{series}`` stands inside one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.errors import N_, Severity
from indicators.model.codes import Outcome
from indicators.model.results import (
    Diagnostic,
    ImpactResult,
    Intervention,
    Refusal,
    TrendResult,
)
from workbench import i18n
from workbench.i18n import _
from workbench.presenting.amounts import Amount, amount_of
from workbench.presenting.bends import bent_lead
from workbench.presenting.cautions import Caution, detection_caution, warnings_of
from workbench.presenting.frame import inner_name
from workbench.presenting.sureness import COMPARING, Sureness, impact_sureness, trend_sureness

_BOLD = "**"
SUDDEN = "breaks"
"""The method that asks for a sudden step instead of a yearly change."""
_WITHOUT_LINE = N_("The points are shown without a line.")
_OTHER_THINGS = N_(
    "Other things changed too; this chart cannot show that “{event}” was the reason."
)
_TREND = {
    Outcome.RISING: N_(
        "**{Series} rose by about {change} a year** from {first} to {last} (between {low} and {high})."
    ),
    Outcome.FALLING: N_(
        "**{Series} fell by about {change} a year** from {first} to {last} (between {low} and {high})."
    ),
    Outcome.NO_CLEAR_CHANGE: N_(
        "**We cannot tell whether {series} rose or fell** from {first} to {last}: the yearly change could be anywhere between {low} and {high}."
    ),
    Outcome.STABLE: N_(
        "**{Series} stayed about the same** from {first} to {last}: the yearly change lies between {low} and {high}, inside the band you set."
    ),
}
_SUDDEN = {
    Outcome.HIGHER: N_(
        "**{Series} stepped up by about {change} in about {year}** (between {low} and {high}), beside its steady change."
    ),
    Outcome.LOWER: N_(
        "**{Series} stepped down by about {change} in about {year}** (between {low} and {high}), beside its steady change."
    ),
    Outcome.NO_CLEAR_CHANGE: N_(
        "**No sudden step shows in {series}** from {first} to {last}: the largest one, in {year}, can be chance or a change of pace."
    ),
}
_SUDDEN_DOUBT = {
    Outcome.HIGHER: N_("The step is more than chance; its exact year is not sure."),
    Outcome.LOWER: N_("The step is more than chance; its exact year is not sure."),
    Outcome.NO_CLEAR_CHANGE: N_("A small step may still be there; a change of pace is no step."),
}
_YEAR_UNSURE = N_("The change may have come in any year from {low_year} to {high_year}.")
_DOUBT = {
    Outcome.RISING: N_("The rise is clearly more than chance."),
    Outcome.FALLING: N_("The fall is clearly more than chance."),
    Outcome.NO_CLEAR_CHANGE: N_(
        "This is not the same as no change: the data fit a rise as well as a fall."
    ),
    Outcome.STABLE: N_("Small changes inside that band are still possible."),
    Outcome.CHANGING_PACE: N_(
        "The change of pace is more than chance; its exact year is not sure."
    ),
    Outcome.CHANGING_DIRECTION: N_("The turn is more than chance; its exact year is not sure."),
}
_PACE_UNKNOWN = N_("We cannot tell whether the change became slower or faster on the way.")
_IMPACT = {
    Outcome.HIGHER: N_(
        "**After “{event}” ({date}), {series} stood about {change} higher** than the earlier trend would have given (between {low} and {high})."
    ),
    Outcome.LOWER: N_(
        "**After “{event}” ({date}), {series} stood about {change} lower** than the earlier trend would have given (between {low} and {high})."
    ),
    Outcome.NO_CLEAR_EFFECT: N_(
        "**We cannot tell whether {series} changed after “{event}”** ({date}): against the earlier trend the difference could be anywhere between {low} and {high}."
    ),
}
_COMPARED = {
    Outcome.HIGHER: N_(
        "**After “{event}” ({date}), {series} stood about {change} higher** than the series compared with would have given (between {low} and {high})."
    ),
    Outcome.LOWER: N_(
        "**After “{event}” ({date}), {series} stood about {change} lower** than the series compared with would have given (between {low} and {high})."
    ),
    Outcome.NO_CLEAR_EFFECT: N_(
        "**We cannot tell whether {series} changed after “{event}”** ({date}) more than the series compared with: the difference could be anywhere between {low} and {high}."
    ),
}
_SMALLEST = N_("A change of less than about {change} could not have been seen in this series.")
_RIVALS = N_("In the same years: {events}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a result says, ready for the plain-words card.

    Attributes:
        lead: the first sentence.
        key: the part of it that is printed in bold; may be empty.
        doubt: sentences on what we do not know.
        sure: how sure the answer is.
        cautions: what a reader must know before quoting it.
    """

    lead: str
    key: str
    doubt: tuple[str, ...]
    sure: Sureness
    cautions: tuple[Caution, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Lead, doubt and cautions, in reading order."""
        return (self.lead, *self.doubt, *(caution.text for caution in self.cautions))


def trend_sentences(
    result: TrendResult | Refusal,
    *,
    name: str,
    unit: str = "",
    detection: bool = False,
    effort: str = "",
) -> tuple[str, ...]:
    """The sentences of a trend: finding, doubt, cautions; see ``trend_words``."""
    words = trend_words(result, name=name, unit=unit, detection=detection, effort=effort)
    return words.sentences


def trend_words(
    result: TrendResult | Refusal,
    *,
    name: str,
    unit: str = "",
    detection: bool = False,
    effort: str = "",
) -> Words:
    """A trend in plain words.

    Args:
        result: what the model or the length table said.
        name: the series in the reader's language ("Persons convicted").
        unit: its unit word ("persons"), or ``%``.
        detection: True when a rise may mean better detection.
        effort: name of the series of effort to read beside it; may be empty.
    """
    cautions = detection_caution(effort) if detection else ()
    if isinstance(result, Refusal):
        lead, key = _refused(result)
        doubt = () if _WITHOUT_LINE in result.text else (_(_WITHOUT_LINE),)
        return Words(
            lead=lead, key=key, doubt=doubt, sure=trend_sureness(result), cautions=cautions
        )
    amount = _trend_amount(result, unit)
    lead, key = _lead(*_trend_lead(result, name, amount))
    return Words(
        lead=lead,
        key=key,
        doubt=_trend_doubt(result),
        sure=trend_sureness(result, amount),
        cautions=(*cautions, *warnings_of(result.warnings)),
    )


def _trend_amount(result: TrendResult, unit: str) -> Amount:
    return amount_of(
        result.estimate, result.low, result.high, estimate_unit=result.unit, unit=unit
    )


def _trend_lead(
    result: TrendResult, name: str, amount: Amount
) -> tuple[str, Mapping[str, object]]:
    falling = result.outcome in (Outcome.FALLING, Outcome.LOWER)
    data: dict[str, object] = {
        **series_fields(name),
        "first": result.first,
        "last": result.last,
        "change": amount.size(result.estimate),
        **amount.limits(result.low, result.high, falling=falling),
    }
    if result.method == SUDDEN:
        return _SUDDEN[result.outcome], {**data, "year": step_year(result)}
    if result.outcome not in (Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION):
        return _TREND[result.outcome], data
    return bent_lead(result, amount, data)


def step_year(result: TrendResult) -> int:
    """Year of the largest sudden step."""
    found = next((item for item in result.diagnostics if item.name == "step_year"), None)
    return result.last.year if found is None else int(found.value)


def _trend_doubt(result: TrendResult) -> tuple[str, ...]:
    if result.method == SUDDEN:
        return (_(_SUDDEN_DOUBT[result.outcome]),)
    sentences = [_(_DOUBT[result.outcome])]
    straight = result.outcome in (Outcome.RISING, Outcome.FALLING)
    if straight and "joinpoint" not in result.method:
        sentences.append(_(_PACE_UNKNOWN))
    year = change_year(result)
    if year is not None and year.low is not None and year.high is not None:
        sentences.append(
            i18n.message(_YEAR_UNSURE, {"low_year": int(year.low), "high_year": int(year.high)})
        )
    return tuple(sentences)


def change_year(result: TrendResult) -> Diagnostic | None:
    """The year of the only bend with its range, where the model gives one."""
    if len(result.segments) != 2:
        return None
    found = [d for d in result.diagnostics if d.name.startswith(("change_year", "joinpoint_year"))]
    return found[0] if len(found) == 1 else None


def impact_sentences(
    result: ImpactResult | Refusal,
    *,
    event: Intervention,
    name: str,
    unit: str = "",
    rivals: Sequence[Intervention] = (),
    detection: bool = False,
    effort: str = "",
) -> tuple[str, ...]:
    """The sentences of an impact: finding, doubt, cautions; see ``impact_words``."""
    words = impact_words(
        result,
        event=event,
        name=name,
        unit=unit,
        rivals=rivals,
        detection=detection,
        effort=effort,
    )
    return words.sentences


def impact_words(
    result: ImpactResult | Refusal,
    *,
    event: Intervention,
    name: str,
    unit: str = "",
    rivals: Sequence[Intervention] = (),
    detection: bool = False,
    effort: str = "",
) -> Words:
    """What followed an event, in words that name no cause.

    Args:
        result: what the design or the length table said.
        event: the event asked about.
        name: the series in the reader's language.
        unit: its unit word, or ``%``.
        rivals: other events of the same years.
        detection: True when a rise may mean better detection.
        effort: name of the series of effort to read beside it; may be empty.
    """
    cautions = detection_caution(effort) if detection else ()
    if isinstance(result, Refusal):
        lead, key = _refused(result)
        return Words(lead=lead, key=key, doubt=(), sure=impact_sureness(result), cautions=cautions)
    amount = impact_amount(result, unit)
    label = inner_name(event)
    data = {
        **series_fields(name),
        "event": label,
        "date": event.start,
        "change": amount.size(result.estimate),
        **amount.limits(result.low, result.high, falling=result.outcome is Outcome.LOWER),
    }
    said = _COMPARED if result.method in COMPARING else _IMPACT
    lead, key = _lead(said[result.outcome], data)
    return Words(
        lead=lead,
        key=key,
        doubt=_impact_doubt(result, label, amount, rivals),
        sure=impact_sureness(result, amount),
        cautions=(*cautions, *warnings_of(result.warnings)),
    )


def beforehand(result: ImpactResult | Refusal, unit: str) -> str:
    """What the series could show at all, to be read before its answer; empty for a refusal."""
    if isinstance(result, Refusal) or result.smallest_detectable is None:
        return ""
    amount = impact_amount(result, unit)
    return i18n.message(_SMALLEST, {"change": amount.size(result.smallest_detectable)})


def impact_amount(result: ImpactResult, unit: str) -> Amount:
    """The way to write the step of an impact."""
    return amount_of(
        result.estimate, result.low, result.high, estimate_unit=result.unit, unit=unit
    )


def _impact_doubt(
    result: ImpactResult, label: str, amount: Amount, rivals: Sequence[Intervention]
) -> tuple[str, ...]:
    sentences = []
    if result.outcome is Outcome.NO_CLEAR_EFFECT and result.smallest_detectable is not None:
        smallest = amount.size(result.smallest_detectable)
        sentences.append(i18n.message(_SMALLEST, {"change": smallest}))
    sentences.append(i18n.message(_OTHER_THINGS, {"event": label}))
    if rivals:
        names = tuple(i18n.local(rival.name) for rival in rivals)
        sentences.append(i18n.message(_RIVALS, {"events": names}))
    return tuple(sentences)


def refusal_words(refusal: Refusal) -> Words:
    """Any refusal in plain words."""
    lead, key = _refused(refusal)
    return Words(lead=lead, key=key, doubt=(), sure=trend_sureness(refusal))


def _refused(refusal: Refusal) -> tuple[str, str]:
    return i18n.refusal_text(refusal), ""


def series_fields(name: str) -> dict[str, object]:
    """The name of a series for the beginning and for the inside of a sentence."""
    inner = name
    if len(name) > 1 and name[0].isupper() and not name[:2].isupper():
        inner = name[0].lower() + name[1:]
    return {"Series": name[:1].upper() + name[1:], "series": inner}


def _lead(template: str, data: Mapping[str, object]) -> tuple[str, str]:
    """The filled sentence and the phrase between the bold marks."""
    parts = [i18n.fill(part, data) for part in _(template).split(_BOLD)]
    return "".join(parts), parts[1] if len(parts) == 3 else ""


def is_grave(caution: Caution) -> bool:
    """Whether a caution must be seen before the number is used."""
    return caution.severity is not Severity.NOTE
