"""How a change in detected victims is to be read beside the effort to find them.

The table of the catalogue, section 2, as data. Detections rise with more crime and with more
looking alike, so the answer is a likely reading and what to check next, never a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from indicators.errors import N_
from indicators.model.codes import Outcome
from indicators.model.results import Refusal, TrendResult

DETECTED = "PVL-01"
PROACTIVE = "PRT-03"
EFFORT = ("PRV-03", "PRV-06", "PRS-02")


class Movement(Enum):
    """Where a series goes, as far as its trend says."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"
    MIXED = "mixed"
    """Several series that do not go the same way."""
    UNKNOWN = "unknown"


_ANY = frozenset(Movement)
_UP, _FLAT, _DOWN = (frozenset({m}) for m in (Movement.UP, Movement.FLAT, Movement.DOWN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table.

    Attributes:
        code: stable identifier.
        detected, proactive, effort: movements that it is about.
        new_rule: only where a law or a counting rule changed.
        likely: the likely reading, a sentence.
        next: what to check next, a sentence.
    """

    code: str
    detected: frozenset[Movement]
    proactive: frozenset[Movement]
    effort: frozenset[Movement]
    likely: str
    next: str
    new_rule: bool = False


ROWS = (
    Row(
        code="break",
        detected=_UP | _DOWN,
        proactive=_ANY,
        effort=_ANY,
        new_rule=True,
        likely=N_("The law or the counting rule changed, so this is most likely a break."),
        next=N_("Split the series at the break and read both parts on their own."),
    ),
    Row(
        code="better_detection",
        detected=_UP,
        proactive=_UP,
        effort=_UP,
        likely=N_("More effort and more finds by officials: most likely better detection."),
        next=N_("Check whether courts and shelters can follow: PRS-06 and PRT-04."),
    ),
    Row(
        code="self_reports",
        detected=_UP,
        proactive=_FLAT | _DOWN,
        effort=_FLAT,
        likely=N_(
            "More finds without more effort: more people report themselves or are found by "
            "hotlines and civil society; possibly there is more crime."
        ),
        next=N_("Check the table of channels, the forms and the trend net of effort, IMP-03."),
    ),
    Row(
        code="less_looking",
        detected=_DOWN,
        proactive=_DOWN,
        effort=_DOWN,
        likely=N_("Fewer finds with less effort: most likely less looking."),
        next=N_("Check the execution of the budget, RES-03, and specialised staff, PRS-11."),
    ),
    Row(
        code="possible_fall",
        detected=_DOWN,
        proactive=_FLAT | _UP,
        effort=_UP,
        likely=N_("Fewer finds with more effort: possibly a real fall, or displacement."),
        next=N_("Check the regions, INF-06, the forms, and the neighbours in the corridor."),
    ),
    Row(
        code="substitution",
        detected=_FLAT,
        proactive=_UP,
        effort=_UP,
        likely=N_("As many finds with more effort: most likely one channel replaces another."),
        next=N_("Check the table of channels."),
    ),
)
"""The table; the break comes first because no other row can be told across it."""

_NO_ROW = N_("These movements together have no usual reading.")
_NO_ROW_NEXT = N_("Read each series on its own, and look at regions, forms and channels.")
_UNKNOWN = N_("The series are too short or too uncertain to be read together.")
_UNKNOWN_NEXT = N_("Wait for more years, or look at single years side by side.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A row of the table that fits, or why none does.

    Attributes:
        code: of the row; ``no_row`` or ``unknown`` without one.
        likely, next: sentences (English templates without fields).
        detected, proactive, effort: the movements that were read.
        series: movement by indicator code.
        new_rule: whether a law or a counting rule changed.
    """

    code: str
    likely: str
    next: str
    detected: Movement
    proactive: Movement
    effort: Movement
    series: Mapping[str, Movement] = field(default_factory=dict)
    new_rule: bool = False


def movement(result: TrendResult | Refusal) -> Movement:
    """Where a trend goes; a change of direction counts by its last stretch."""
    if isinstance(result, Refusal):
        return Movement.UNKNOWN
    match result.outcome:
        case Outcome.RISING:
            return Movement.UP
        case Outcome.FALLING:
            return Movement.DOWN
        case Outcome.STABLE | Outcome.NO_CLEAR_CHANGE:
            return Movement.FLAT
        case Outcome.CHANGING_PACE | Outcome.CHANGING_DIRECTION:
            return _last_stretch(result)
        case _:
            return Movement.UNKNOWN


def _last_stretch(result: TrendResult) -> Movement:
    if not result.segments:
        return Movement.UP if result.estimate > 0 else Movement.DOWN
    last = result.segments[-1]
    if last.low > 0:
        return Movement.UP
    return Movement.DOWN if last.high < 0 else Movement.FLAT


def together(movements: Mapping[str, Movement]) -> Movement:
    """One movement of several series: the clear ones decide, opposite ones are mixed."""
    known = {each for each in movements.values() if each is not Movement.UNKNOWN}
    if not known:
        return Movement.UNKNOWN
    if known >= {Movement.UP, Movement.DOWN} or Movement.MIXED in known:
        return Movement.MIXED
    clear = known - {Movement.FLAT}
    return clear.pop() if clear else Movement.FLAT


def paired_reading(movements: Mapping[str, Movement], *, new_rule: bool = False) -> Reading:
    """The likely reading of detected victims beside proactive finds and effort.

    Args:
        movements: by indicator code; absent ones are not known.
        new_rule: a law or a counting rule changed inside the window.
    """
    detected = movements.get(DETECTED, Movement.UNKNOWN)
    proactive = movements.get(PROACTIVE, Movement.UNKNOWN)
    effort = together({code: movements[code] for code in EFFORT if code in movements})
    found = next(
        (
            (row.code, row.likely, row.next)
            for row in ROWS
            if (new_rule or not row.new_rule)
            and detected in row.detected
            and proactive in row.proactive
            and effort in row.effort
        ),
        None,
    )
    if found is None:
        is_open = Movement.UNKNOWN in (detected, proactive, effort)
        found = (
            ("unknown", _UNKNOWN, _UNKNOWN_NEXT) if is_open else ("no_row", _NO_ROW, _NO_ROW_NEXT)
        )
    code, likely, following = found
    return Reading(
        code=code,
        likely=likely,
        next=following,
        detected=detected,
        proactive=proactive,
        effort=effort,
        series=dict(movements),
        new_rule=new_rule,
    )
