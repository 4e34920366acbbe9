"""Steps of a flow: how many of one stage reach the next, and of the first stage reach the end.

Three flows stand side by side: victims, accused persons, files. They count different things, so
no step divides across them but two ratios that have names of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.errors import N_, Note, Severity
from indicators.model.results import Interval
from indicators.stats.intervals import wilson

Counting = Literal["cohort", "stock"]
"""``cohort``: the same persons or files are followed; ``stock``: what happened in one year."""

MIN_BASE = 20
"""Smaller bases are shown with their range and never ranked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A chain of stages that count the same kind of thing.

    Attributes:
        id: victims, accused or files.
        title: translatable.
        unit: what is counted, translatable.
        stages: variable codes of one calendar year, in order; empty where only groups are known.
        parts: of a stage that is a part of its variable: code, dimension, code of the dimension.
        chain: variables that are subsets one of the other, so that the same persons are followed.
        cohort: a group and its members with the outcome by years since (dimension ``K``).
        outcomes: variable whose dimension ``OUT`` says how the decided ones ended.
    """

    id: str
    title: str
    unit: str
    stages: tuple[str, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()
    chain: tuple[str, ...] = ()
    cohort: tuple[str, str] | None = None
    outcomes: str = ""

    def part(self, code: str) -> dict[str, str]:
        """Further dimensions of a stage, or none."""
        return {dim: value for name, dim, value in self.parts if name == code}


FLOWS: tuple[Flow, ...] = (
    Flow(
        id="victims",
        title=N_("Victims"),
        unit=N_("persons"),
        stages=(
            "vic_detected",
            "vic_identified",
            "vic_assisted",
            "vic_in_proc",
            "vic_legal_rep",
            "comp_ordered",
        ),
        chain=("vic_detected", "vic_assisted", "vic_assisted_state"),
    ),
    Flow(
        id="accused",
        title=N_("Accused persons"),
        unit=N_("persons"),
        stages=("sus_persons", "pro_persons", "fst_disposed", "cnv_persons", "sen_persons"),
        parts=(("sen_persons", "SEN", "CUS"),),
        cohort=("coh_pro", "coh_cnv"),
        outcomes="fst_disposed",
    ),
    Flow(
        id="files",
        title=N_("Files"),
        unit=N_("cases"),
        cohort=("case_coh_open", "case_coh_cnv"),
    ),
)
"""In the order of the screens."""
BRIDGES: tuple[str, ...] = ("PRS-04", "PRS-08")
"""The only ratios across flows, each an indicator with its own caution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many reached one stage.

    Attributes:
        code: variable code.
        count: persons or files; None when unknown.
        still_open: of the stage before, how many are undecided; None when not known.
        low, high: bounds of a suppressed count; None otherwise.
    """

    code: str
    count: float | None
    still_open: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a flow with its shares; percent.

    Attributes:
        code: variable code.
        count: persons or files; None when unknown.
        of_previous: of the last known stage before it; None for the first stage, an unknown
            count or an empty base. A stock has no range, so low and high are nan.
        of_first: of the first known stage.
        worst, best: share of the stage before when none, or all, of the open ones get here, or at
            the bounds of a suppressed count; None without either.
        low, high: bounds of a suppressed count.
        notes: what a reader must know.
    """

    code: str
    count: float | None
    of_previous: Interval | None = None
    of_first: Interval | None = None
    worst: float | None = None
    best: float | None = None
    low: float | None = None
    high: float | None = None
    notes: tuple[Note, ...] = ()


def steps(stages: Sequence[Stage], *, counting: Counting, level: float = 0.95) -> tuple[Step, ...]:
    """The steps of one flow.

    Equation: count / count of the stage before, and / count of the first stage. Cohorts get
    Wilson's range. A stock of one year gets ratios without a range: they compare different
    persons, and may exceed 100.
    Missing: a stage without a count is passed over, and the next step says so. A suppressed count
    gives its bounds and the shares at them, no share.

    Args:
        stages: in order.
        counting: whether the same persons or files were followed.
        level: confidence level in (0, 1).
    """
    found: list[Step] = []
    first = previous = None
    passed_over = False
    for stage in stages:
        if stage.count is None:
            found.append(_without_count(stage, previous))
            passed_over = previous is not None
            continue
        if previous is None or first is None:
            found.append(Step(code=stage.code, count=stage.count))
            first = previous = stage.count
            continue
        found.append(_step(stage, previous, first, counting, level, passed_over=passed_over))
        previous, passed_over = stage.count, False
    return tuple(found)


def _step(
    stage: Stage,
    previous: float,
    first: float,
    counting: Counting,
    level: float,
    *,
    passed_over: bool,
) -> Step:
    count = float(stage.count or 0.0)
    worst = best = None
    if stage.still_open and previous > 0:
        worst = 100 * count / previous
        best = 100 * min(count + stage.still_open, previous) / previous
    return Step(
        code=stage.code,
        count=count,
        of_previous=_share(count, previous, counting, level),
        of_first=_share(count, first, counting, level),
        worst=worst,
        best=best,
        notes=_notes(stage, count, previous, counting, passed_over=passed_over),
    )


def _without_count(stage: Stage, previous: float | None) -> Step:
    if stage.low is None or stage.high is None:
        return Step(code=stage.code, count=None, notes=(_UNKNOWN,))
    worst = best = None
    if previous:
        worst, best = (100 * end / previous for end in (stage.low, stage.high))
    note = Note(
        code="stage_suppressed",
        text=N_("Known only as {low} to {high}."),
        data={"low": stage.low, "high": stage.high},
    )
    return Step(
        code=stage.code,
        count=None,
        worst=worst,
        best=best,
        low=stage.low,
        high=stage.high,
        notes=(note,),
    )


def _share(count: float, base: float, counting: Counting, level: float) -> Interval | None:
    if base <= 0:
        return None
    low = high = np.nan
    if counting == "cohort" and count <= base:
        ends = wilson(np.array([count]), np.array([base]), level)
        low, high = (100 * float(end[0]) for end in ends)
    return Interval(estimate=100 * count / base, low=low, high=high, level=level)


_UNKNOWN = Note(code="stage_unknown", text=N_("This stage is not known."))


def _notes(
    stage: Stage, count: float, previous: float, counting: Counting, *, passed_over: bool
) -> tuple[Note, ...]:
    notes = []
    if count > previous:
        text = (
            N_("More than at the stage before: these cannot be the same persons or files.")
            if counting == "cohort"
            else N_("More than at the stage before: cases of earlier years are among them.")
        )
        severity = Severity.WARN if counting == "cohort" else Severity.NOTE
        notes.append(Note(code="later_stage_larger", text=text, severity=severity))
    if stage.still_open:
        notes.append(
            Note(
                code="still_open",
                text=N_("Still open: {count}. The share can only rise from here."),
                data={"count": stage.still_open},
            )
        )
    if passed_over:
        notes.append(Note(code="stage_passed_over", text=N_("A stage in between is not known.")))
    if 0 < previous < MIN_BASE:
        notes.append(
            Note(
                code="small_denominator",
                text=N_("Only {count} at the stage before: read the range, not the share.")
                if counting == "cohort"
                else N_("Only {count} at the stage before: the share says little."),
                data={"count": previous},
            )
        )
    return tuple(notes)


def across(flow: str, other: str) -> Note | None:
    """Why two flows are not divided by each other; None within one flow."""
    if flow == other:
        return None
    return Note(
        code="across_flows",
        text=N_(
            "Victims, accused persons and files are counted in different units: only {bridges} "
            "compare them."
        ),
        severity=Severity.WARN,
        data={"bridges": ", ".join(BRIDGES)},
    )
