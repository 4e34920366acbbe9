"""Why there is no value, and cautions on values: the notes that computation hands out."""

from __future__ import annotations

from functools import lru_cache

from indicators.errors import C_, N_, Note, Severity
from indicators.formula.evaluate import FIRST_INPUT, NO_CASES, ZERO_POPULATION
from indicators.model.codes import Flags
from indicators.model.results import Refusal
from indicators.model.series import TOTAL, Breakdown

ABOVE_WHOLE = -1
BELOW_ZERO = -2
OPEN_COHORT = -3
FEW_GROUPS = -4
NOT_CARRIED = -5
NO_MIDDLE = -6
NEEDS_EVENT = -7
CURRENCIES = -8
REFUSED = -9
SUPPRESSED = -10
UNSOUND_COHORT = -11
NO_REGIONS = -12
NO_SINGLE_SCORE = -13
COLLINEAR = -14
TOO_EARLY = -15

_REASONS = {
    NO_CASES: Note(
        code="no_cases", text=N_("There are no cases to divide by."), severity=Severity.NOTE
    ),
    ZERO_POPULATION: Note(
        code="zero_population",
        text=N_("The population is zero, which is an error in the data."),
        severity=Severity.STOP,
    ),
    ABOVE_WHOLE: Note(
        code="above_whole",
        text=N_("The part is larger than its whole, which is an error in the data."),
        severity=Severity.STOP,
    ),
    BELOW_ZERO: Note(
        code="below_zero",
        text=N_("The count is below zero, which is an error in the data."),
        severity=Severity.STOP,
    ),
    OPEN_COHORT: Note(
        code="open_cohort",
        text=N_("This group has not yet been followed for the full time."),
        severity=Severity.NOTE,
    ),
    FEW_GROUPS: Note(
        code="few_groups",
        text=N_("Fewer than two groups are large enough to be compared."),
        severity=Severity.NOTE,
    ),
    NOT_CARRIED: Note(
        code="breakdown_not_available",
        text=N_("The data do not have this breakdown."),
        severity=Severity.NOTE,
    ),
    NO_MIDDLE: Note(
        code="suppressed_distribution",
        text=N_("Some counts are suppressed, so the middle value cannot be found."),
        severity=Severity.NOTE,
    ),
    CURRENCIES: Note(
        code="currencies_differ",
        text=N_("The sums are in different currencies and cannot be compared."),
        severity=Severity.STOP,
    ),
    REFUSED: Note(
        code="refused",
        text=N_("The data cannot answer this."),
        severity=Severity.NOTE,
    ),
    SUPPRESSED: Note(
        code="suppressed_input",
        text=N_("An input is suppressed, so there is no value."),
        severity=Severity.NOTE,
    ),
    UNSOUND_COHORT: Note(
        code="unsound_cohort",
        text=N_(
            "The outcomes of the group fall with time or exceed the group, which is an error in "
            "the data."
        ),
        severity=Severity.STOP,
    ),
    NO_REGIONS: Note(
        code="no_regions",
        text=N_("The data have no regions of this area."),
        severity=Severity.NOTE,
    ),
    NO_SINGLE_SCORE: Note(
        code="no_single_score",
        text=N_("There is no single score: read the three pillars side by side."),
        severity=Severity.NOTE,
    ),
    COLLINEAR: Note(
        code="collinear",
        text=N_(
            "Effort and years move together, so the data give only a range and no single value."
        ),
        severity=Severity.WARN,
    ),
    TOO_EARLY: Note(
        code="too_early",
        text=N_("It is too early for a value: earlier groups had few of their outcomes by now."),
        severity=Severity.NOTE,
    ),
    NEEDS_EVENT: Note(
        code="needs_event",
        text=N_("This is answered by the analysis of an event: choose a series and an event."),
        severity=Severity.NOTE,
    ),
}

_FLAG_NOTES = (
    (Flags.P, Note(code="provisional", text=N_("The figure is provisional."))),
    (Flags.B, Note(code="break", text=N_("The series has a break at this period."))),
    (
        Flags.D,
        Note(code="definition_differs", text=N_("An input follows a different definition.")),
    ),
    (Flags.E, Note(code="estimated", text=N_("An input is an estimate."))),
    (Flags.I, Note(code="imputed", text=N_("The source filled in an input."))),
    (
        Flags.U,
        Note(
            code="low_reliability",
            text=N_("The source calls an input unreliable."),
            severity=Severity.WARN,
        ),
    ),
)

CROSSES_BREAK = Note(
    code="crosses_break",
    text=N_("The periods compared or pooled lie on both sides of a break."),
    severity=Severity.WARN,
)
SAME_YEAR = Note(
    code="different_people",
    text=N_("Numerator and denominator are different people."),
    severity=Severity.NOTE,
)
ADDED_UP = Note(
    code="added_up",
    text=N_("Citizenships were added up by the program."),
    severity=Severity.NOTE,
)
NO_RANGE = Note(
    code="too_few_for_range",
    text=N_("With fewer than {needed} cases the middle value has no range."),
    severity=Severity.NOTE,
    data={"needed": 6},
)


def missing_input(variable: str, breakdown: Breakdown = TOTAL) -> Note:
    """The reason of a value that lacks an input."""
    if breakdown.dims:
        text = N_("The input “{variable}” ({breakdown}) is missing.")
    else:
        text = N_("The input “{variable}” is missing.")
    return Note(
        code="missing_input", text=text, data={"variable": variable, "breakdown": str(breakdown)}
    )


def not_applicable(variable: str) -> Note:
    """The reason of a value whose input does not apply."""
    return Note(
        code="not_applicable",
        text=N_("The input “{variable}” does not apply here."),
        data={"variable": variable},
    )


def refused(refusal: Refusal) -> Note:
    """The reason of a value that a model refuses to give."""
    data = {**refusal.data, "found": refusal.found, "needed": refusal.needed}
    return Note(code=refusal.code, text=refusal.text, severity=Severity.NOTE, data=data)


def reason(cause: int) -> Note:
    """The note of a fixed cause."""
    return _REASONS[cause]


def is_input(cause: int) -> bool:
    """Whether the cause is an input and not a fixed one."""
    return cause >= FIRST_INPUT


@lru_cache(maxsize=1024)
def small_denominator(counted: float, minimum: int) -> Note:
    """The caution on a value with few cases."""
    return Note(
        code="small_denominator",
        text=C_(
            "Only {counted} case; below {minimum} a value is not ranked or judged.",
            "Only {counted} cases; below {minimum} a value is not ranked or judged.",
            by="counted",
        ),
        severity=Severity.WARN,
        data={"counted": int(counted) if counted == int(counted) else counted, "minimum": minimum},
    )


@lru_cache(maxsize=64)
def flag_notes(bits: int) -> tuple[Note, ...]:
    """The cautions that the flags of the inputs stand for."""
    return tuple(note for flag, note in _FLAG_NOTES if bits & flag)
