"""Titles that state a finding, and the result line that a copied picture carries along."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.errors import N_
from indicators.model.codes import Outcome
from indicators.model.results import ImpactResult, Intervention, ModelResult, Refusal, TrendResult
from workbench import i18n
from workbench.presenting.amounts import Amount, amount_of
from workbench.presenting.frame import inner_name
from workbench.presenting.sentences import SUDDEN, series_fields, step_year
from workbench.presenting.sureness import COMPARING, used_text

_TITLES = {
    Outcome.RISING: N_("{Series} rose by about {change} a year"),
    Outcome.FALLING: N_("{Series} fell by about {change} a year"),
    Outcome.STABLE: N_("{Series} stayed about the same"),
    Outcome.HIGHER: N_(
        "After “{event}”, {series} stood higher than the earlier trend would have given"
    ),
    Outcome.LOWER: N_(
        "After “{event}”, {series} stood lower than the earlier trend would have given"
    ),
}
_COMPARED_TITLES = {
    Outcome.HIGHER: N_(
        "After “{event}”, {series} stood higher than the series compared with would have given"
    ),
    Outcome.LOWER: N_(
        "After “{event}”, {series} stood lower than the series compared with would have given"
    ),
}
_TURNS = {
    (True, True): N_("{Series} rose faster from about {year} on"),
    (True, False): N_("{Series} rose slower from about {year} on"),
    (False, True): N_("{Series} fell faster from about {year} on"),
    (False, False): N_("{Series} fell slower from about {year} on"),
}
_REVERSALS = {
    True: N_("{Series} rose until about {year}, then fell"),
    False: N_("{Series} fell until about {year}, then rose"),
}
_BEND = N_("{Series} changed pace in about {year}")
_SUDDEN = {
    Outcome.HIGHER: N_("{Series} stepped up in about {year}"),
    Outcome.LOWER: N_("{Series} stepped down in about {year}"),
}
_SUDDEN_RESULTS = {
    Outcome.HIGHER: N_("Step up of about {change}, between {low} and {high} ({level} band)."),
    Outcome.LOWER: N_("Step down of about {change}, between {low} and {high} ({level} band)."),
    Outcome.NO_CLEAR_CHANGE: N_(
        "No clear step: the largest one can be chance or a change of pace."
    ),
}
_RESULTS = {
    Outcome.RISING: N_("Rise of about {change} a year, between {low} and {high} ({level} band)."),
    Outcome.FALLING: N_("Fall of about {change} a year, between {low} and {high} ({level} band)."),
    Outcome.NO_CLEAR_CHANGE: N_(
        "No clear change: between {low} and {high} a year ({level} band)."
    ),
    Outcome.STABLE: N_("About the same: between {low} and {high} a year ({level} band)."),
    Outcome.CHANGING_PACE: N_(
        "{before} a year before {year}, {after} a year after ({level} band)."
    ),
    Outcome.CHANGING_DIRECTION: N_(
        "{before} a year before {year}, {after} a year after ({level} band)."
    ),
    Outcome.HIGHER: N_(
        "About {change} above the earlier trend, between {low} and {high} ({level} band)."
    ),
    Outcome.LOWER: N_(
        "About {change} below the earlier trend, between {low} and {high} ({level} band)."
    ),
    Outcome.NO_CLEAR_EFFECT: N_(
        "No clear difference from the earlier trend: between {low} and {high} ({level} band)."
    ),
}
_COMPARED_RESULTS = {
    Outcome.HIGHER: N_(
        "About {change} above what the series compared with give, between {low} and {high} ({level} band)."
    ),
    Outcome.LOWER: N_(
        "About {change} below what the series compared with give, between {low} and {high} ({level} band)."
    ),
    Outcome.NO_CLEAR_EFFECT: N_(
        "No clear difference from the series compared with: between {low} and {high} ({level} band)."
    ),
}
_SEVERAL = N_("Several changes of pace ({level} band).")
_FALLING = (Outcome.FALLING, Outcome.LOWER)
_BENT = (Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION)


def trend_title(result: TrendResult | Refusal, name: str, unit: str) -> str:
    """The finding where it is clear, else the measure."""
    if isinstance(result, Refusal):
        return name
    if result.method == SUDDEN:
        return _sudden_title(result, name)
    if result.outcome in _BENT:
        return _bent_title(result, name)
    return _title(result, name, unit)


def impact_title(result: ImpactResult | Refusal, event: Intervention, name: str, unit: str) -> str:
    """The finding where it is clear, else the measure."""
    if isinstance(result, Refusal):
        return name
    return _title(result, name, unit, event=inner_name(event))


def _title(result: ModelResult, name: str, unit: str, **more: object) -> str:
    titles = _COMPARED_TITLES if result.method in COMPARING else _TITLES
    template = titles.get(result.outcome)
    if template is None:
        return name
    change = _amount(result, unit).size(result.estimate)
    return i18n.message(template, {**series_fields(name), "change": change, **more})


def _bent_title(result: TrendResult, name: str) -> str:
    if len(result.segments) != 2:
        return name
    before, after = result.segments
    data = {**series_fields(name), "year": before.last.year}
    if before.low <= 0 <= before.high or after.low <= 0 <= after.high:
        return i18n.message(_BEND, data)
    if result.outcome is Outcome.CHANGING_DIRECTION:
        return i18n.message(_REVERSALS[before.apc > 0], data)
    return i18n.message(_TURNS[before.apc > 0, abs(after.apc) > abs(before.apc)], data)


def _sudden_title(result: TrendResult, name: str) -> str:
    template = _SUDDEN.get(result.outcome)
    if template is None:
        return name
    return i18n.message(template, {**series_fields(name), "year": step_year(result)})


def _amount(result: ModelResult, unit: str) -> Amount:
    return amount_of(
        result.estimate, result.low, result.high, estimate_unit=result.unit, unit=unit
    )


def _results(method: str) -> Mapping[Outcome, str]:
    if method in COMPARING:
        return _COMPARED_RESULTS
    return _SUDDEN_RESULTS if method == SUDDEN else _RESULTS


def result_line(result: ModelResult | Refusal, unit: str) -> str:
    """Finding, range and number of periods in one line; the reason of a refusal."""
    if isinstance(result, Refusal):
        return i18n.refusal_text(result)
    amount = _amount(result, unit)
    data: dict[str, object] = {
        "change": amount.size(result.estimate),
        "level": i18n.percent(100 * result.level, 0),
        **amount.limits(result.low, result.high, falling=result.outcome in _FALLING),
    }
    template = _results(result.method)[result.outcome]
    if isinstance(result, TrendResult) and result.outcome in _BENT:
        if len(result.segments) == 2:
            before, after = result.segments
            data |= {"before": amount.text(before.apc), "after": amount.text(after.apc)}
            data["year"] = before.last.year
        else:
            template = _SEVERAL
    return f"{i18n.message(template, data)} {used_text(result)}"
