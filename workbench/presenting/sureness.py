"""How sure an answer is: none to three bars, one bold line, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import N_, Note
from indicators.model.codes import Outcome
from indicators.model.results import ImpactResult, Interval, ModelResult, Refusal, TrendResult
from workbench import i18n
from workbench.i18n import _, counted
from workbench.presenting.amounts import Amount

WORDS = (N_("none"), N_("weak"), N_("some"), N_("strong"))
"""Evidence in one word, by number of bars."""
_TOO_LITTLE = N_("There is too little data to say.")
_CANNOT_TELL = N_("We cannot tell either way")
_STABLE = {
    3: N_("Sure that it stayed about the same"),
    2: N_("Fairly sure that it stayed about the same"),
    1: N_("Signs that it stayed about the same, not more"),
}
_ROSE = {
    3: N_("Sure that it rose, and about how much"),
    2: N_("Sure that it rose, by how much less so"),
    1: N_("Signs of a rise, not more"),
}
_FELL = {
    3: N_("Sure that it fell, and about how much"),
    2: N_("Sure that it fell, by how much less so"),
    1: N_("Signs of a fall, not more"),
}
_CHANGED = {
    3: N_("Sure that it changed, and about when"),
    2: N_("Sure that it changed, about when less so"),
    1: N_("Signs of a change, not more"),
}
_HIGHER = {
    3: N_("Clearly above the earlier trend"),
    2: N_("Above the earlier trend, by how much less sure"),
    1: N_("Signs of a step up, not more"),
}
_LOWER = {
    3: N_("Clearly below the earlier trend"),
    2: N_("Below the earlier trend, by how much less sure"),
    1: N_("Signs of a step down, not more"),
}
COMPARING = ("controlled", "difference", "synthetic")
"""Designs that compare with series that the event did not touch."""
_COMPARED = {
    Outcome.HIGHER: {
        3: N_("Clearly above the series compared with"),
        2: N_("Above the series compared with, by how much less sure"),
        1: N_("Signs of a step up, not more"),
    },
    Outcome.LOWER: {
        3: N_("Clearly below the series compared with"),
        2: N_("Below the series compared with, by how much less sure"),
        1: N_("Signs of a step down, not more"),
    },
}
_LINES = {
    Outcome.RISING: _ROSE,
    Outcome.FALLING: _FELL,
    Outcome.STABLE: _STABLE,
    Outcome.CHANGING_PACE: _CHANGED,
    Outcome.CHANGING_DIRECTION: _CHANGED,
    Outcome.HIGHER: _HIGHER,
    Outcome.LOWER: _LOWER,
}
_STEP = {
    3: N_("Sure that there was a step, and about when"),
    2: N_("Sure that there was a step, about when less so"),
    1: N_("Signs of a step, not more"),
}
_STEPPED = {Outcome.HIGHER: _STEP, Outcome.LOWER: _STEP}
_WEAKENING = (
    "few_points",
    "small_numbers",
    "autocorrelation",
    "crosses_break",
    "break_near_event",
    "date_from_data",
    "bend_from_few_years",
    "bend_near_end",
    "bend_fits_as_well",
    "unclear_in_family",
)
"""Remarks that take one bar each."""
FEW_PERIODS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """The how-sure card.

    Attributes:
        bars: 0 to 3.
        word: none, weak, some or strong.
        line: one bold line.
        detail: what the answer rests on, whole sentences.
    """

    bars: int
    word: str
    line: str
    detail: tuple[str, ...] = ()


def _sureness(bars: int, line: str, detail: tuple[str, ...] = ()) -> Sureness:
    return Sureness(bars=bars, word=_(WORDS[bars]), line=_(line), detail=detail)


def trend_sureness(result: TrendResult | Refusal, amount: Amount | None = None) -> Sureness:
    """How sure a trend is.

    Three bars; one less for each of: a range wider than the change itself, few years or years that
    depend on each other. One at most when the provisional year decides.
    """
    if isinstance(result, Refusal):
        return _sureness(0, _TOO_LITTLE)
    detail = (used_text(result), *_provisional_text(result, amount))
    lines = {**_LINES, **_STEPPED} if result.method == "breaks" else _LINES
    if result.outcome not in lines:
        return _sureness(0, _CANNOT_TELL, detail)
    bars = 3 - int(_is_wide(result)) - _weakening(result.warnings)
    if _rests_on_provisional(result):
        bars = 1
    bars = max(1, bars)
    return _sureness(bars, lines[result.outcome][bars], detail)


def _is_wide(result: ModelResult) -> bool:
    if result.outcome is Outcome.STABLE:
        return result.n < FEW_PERIODS
    if result.outcome in (Outcome.CHANGING_PACE, Outcome.CHANGING_DIRECTION):
        return any(part.low <= 0 <= part.high for part in getattr(result, "segments", ()))
    return result.high - result.low > abs(result.estimate)


def _weakening(warnings: tuple[Note, ...]) -> int:
    return len({note.code for note in warnings} & set(_WEAKENING))


def used_text(result: ModelResult) -> str:
    """How many periods the answer rests on."""
    if result.first.frequency.value == "month":
        return counted("{n} month used.", "{n} months used.", result.n)
    if result.first.frequency.value in ("quarter", "half"):
        return counted("{n} period used.", "{n} periods used.", result.n)
    return counted("{n} year used.", "{n} years used.", result.n)


def _rests_on_provisional(result: TrendResult) -> bool:
    if any(note.code == "rests_on_provisional" for note in result.warnings):
        return True
    other = result.without_provisional
    return result.provisional_used and other is not None and not _same_side(result, other)


def _same_side(result: TrendResult, other: Interval) -> bool:
    if result.outcome is Outcome.RISING:
        return other.low > 0
    if result.outcome is Outcome.FALLING:
        return other.high < 0
    return True


def _provisional_text(result: TrendResult, amount: Amount | None) -> tuple[str, ...]:
    other = result.without_provisional
    if other is None or amount is None or not result.provisional_used:
        return ()
    data = {
        "year": result.last.year,
        "change": amount.text(other.estimate),
        **amount.limits(other.low, other.high),
    }
    if _rests_on_provisional(result):
        template = N_(
            "The answer rests on the provisional year {year}; without it: {change} a year, between {low} and {high}."
        )
    else:
        template = N_(
            "The answer stays the same without the provisional year {year}: {change} a year, between {low} and {high}."
        )
    return (i18n.message(template, data),)


def impact_sureness(result: ImpactResult | Refusal, amount: Amount | None = None) -> Sureness:
    """How sure the step after an event is.

    Three bars; one less for each of: other events in the same years, fewer than 12 periods,
    doubtful model, false dates that show a step too. One at most when a single period decides.
    """
    if isinstance(result, Refusal):
        return _sureness(0, _TOO_LITTLE)
    detail = (used_text(result), *fragility(result, amount))
    if result.outcome not in _LINES:
        return _sureness(0, _CANNOT_TELL, detail)
    bars = 3 - int(bool(result.rivals)) - int(result.n < FEW_PERIODS)
    bars -= _weakening(result.warnings) + int(_false_steps(result) > 0)
    if _one_period_decides(result):
        bars = 1
    bars = max(1, bars)
    lines = _COMPARED if result.method in COMPARING else _LINES
    return _sureness(bars, lines[result.outcome][bars], detail)


def _false_steps(result: ImpactResult) -> int:
    """False dates at which a step as clear and as large appears."""
    return sum(
        (placebo.low > 0 or placebo.high < 0) and abs(placebo.estimate) >= abs(result.estimate)
        for placebo in result.placebos
    )


def _one_period_decides(result: ImpactResult) -> bool:
    if result.leave_one_out is None:
        return False
    low, high = result.leave_one_out
    return low <= 0 <= high


_FALSE_SERIES = {
    "share_of_controls_as_far": N_(
        "Looked at in the same way, {share} of all series, this one among them, moved at least as "
        "far."
    ),
    "permutation_share": N_(
        "Dealing the event out to other areas gives a difference as large in {share} of the ways."
    ),
}
"""What false series say, by the diagnostic that holds it."""


def fragility(result: ImpactResult, amount: Amount | None) -> tuple[str, ...]:
    """What false dates and leaving out one period say."""
    sentences = []
    if result.placebos:
        false = _false_steps(result)
        sentences.append(
            counted(
                "At {n} of {total} false dates a step of this size appears too.",
                "At {n} of {total} false dates steps of this size appear too.",
                false,
                {"total": len(result.placebos)},
            )
            if false
            else _("No false date shows a step of this size.")
        )
    shares = {check.name: check.value for check in result.diagnostics}
    sentences += [
        i18n.message(text, {"share": i18n.percent(100 * shares[name], 0)})
        for name, text in _FALSE_SERIES.items()
        if name in shares
    ]
    if result.leave_one_out is not None and amount is not None:
        low, high = result.leave_one_out
        sentences.append(
            i18n.message(
                N_("Leaving out any one year gives between {low} and {high}."),
                amount.limits(low, high),
            )
        )
    return tuple(sentences)
