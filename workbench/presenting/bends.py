"""Sentences of changing pace and direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicators.errors import N_
from indicators.model.codes import Outcome
from indicators.model.results import Segment, TrendResult
from workbench import i18n
from workbench.presenting.amounts import Amount

_PACE = {
    (True, True): N_(
        "**{Series} rose all the time, faster from about {year} on**: {before} a year before, {after} a year after."
    ),
    (True, False): N_(
        "**{Series} rose all the time, slower from about {year} on**: {before} a year before, {after} a year after."
    ),
    (False, True): N_(
        "**{Series} fell all the time, faster from about {year} on**: {before} a year before, {after} a year after."
    ),
    (False, False): N_(
        "**{Series} fell all the time, slower from about {year} on**: {before} a year before, {after} a year after."
    ),
}
"""By (rising, faster)."""
_TURN = {
    True: N_(
        "**{Series} rose until about {year} and fell after**: {before} a year before, {after} a year after."
    ),
    False: N_(
        "**{Series} fell until about {year} and rose after**: {before} a year before, {after} a year after."
    ),
}
"""By rising first."""
_HALF_KNOWN = {
    (True, True): N_(
        "**{Series} rose until about {year}**: {before} a year. After that we cannot tell whether it rose or fell (between {low_after} and {high_after} a year)."
    ),
    (True, False): N_(
        "**{Series} fell until about {year}**: {before} a year. After that we cannot tell whether it rose or fell (between {low_after} and {high_after} a year)."
    ),
    (False, True): N_(
        "**{Series} rose from about {year} on**: {after} a year. Before that we cannot tell whether it rose or fell (between {low_before} and {high_before} a year)."
    ),
    (False, False): N_(
        "**{Series} fell from about {year} on**: {after} a year. Before that we cannot tell whether it rose or fell (between {low_before} and {high_before} a year)."
    ),
}
"""By (the stretch before is the clear one, it rises)."""
_BEND_ALONE = N_(
    "**{Series} changed pace in about {year}**, but neither before nor after can we tell whether it rose or fell."
)
_STEPS = N_("**{Series} changed pace more than once** from {first} to {last}: {steps}.")
_STEP = N_("{change} a year from {first} to {last}")


def bent_lead(
    result: TrendResult, amount: Amount, data: dict[str, object]
) -> tuple[str, Mapping[str, object]]:
    """The sentence of one bend or of several, and its fields.

    A stretch whose range holds 0 is not said to rise or fall.
    """
    if len(result.segments) != 2:
        return _STEPS, {**data, "steps": _steps(result.segments, amount)}
    before, after = result.segments
    data |= {
        "year": before.last.year,
        "before": amount.size(before.apc),
        "after": amount.size(after.apc),
    }
    clear = (_is_clear(before), _is_clear(after))
    if clear == (False, False):
        return _BEND_ALONE, data
    if clear != (True, True):
        for name, part in (("before", before), ("after", after)):
            data |= {
                f"{key}_{name}": text for key, text in amount.limits(part.low, part.high).items()
            }
        return _HALF_KNOWN[clear[0], (before if clear[0] else after).apc > 0], data
    if result.outcome is Outcome.CHANGING_DIRECTION:
        return _TURN[before.apc > 0], data
    return _PACE[before.apc > 0, abs(after.apc) > abs(before.apc)], data


def _is_clear(part: Segment) -> bool:
    return part.low > 0 or part.high < 0


def _steps(segments: Sequence[Segment], amount: Amount) -> str:
    return "; ".join(
        i18n.message(
            _STEP, {"change": amount.text(part.apc), "first": part.first, "last": part.last}
        )
        for part in segments
    )
