"""What to do next, made from the state of the project: plain data for the first screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, Severity
from workbench.services import findings as finding_service
from workbench.services.inventory import series_list, variables
from workbench.services.observations import vintages
from workbench.services.revisions import compare_vintages, deliveries

if TYPE_CHECKING:
    from workbench.services.rows import SeriesRow
    from workbench.services.workspace import Workspace

MOST_INPUTS = 3
"""Missing inputs named: those that open the most indicators."""
SOON = 60
"""Days before its due day from which a report is named."""
MOST_DUTIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing to do.

    Attributes:
        code: kind of step.
        text: English template of the sentence, with ``data``.
        action: what a click opens: ``import``, ``checks``, ``entry``, ``revisions`` or ``duties``.
        target: what it opens it for: code of a source or input, id of a duty; may be empty.
    """

    code: str
    text: str
    action: str
    target: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def next_steps(
    ws: Workspace, today: date | None = None, *, with_checks: bool = True
) -> tuple[NextStep, ...]:
    """The steps, most urgent first; empty when there is nothing to do.

    Args:
        ws: open project.
        today: the day for which duties of the calendar are named; None leaves them out.
        with_checks: False does not run the data checks, which take longest.
    """
    duties = () if today is None else tuple(_duties(ws, today))
    if not variables(ws):
        text = N_("Import a first file: drop it on the window.")
        return (NextStep(code="first_file", text=text, action="import"), *duties)
    denominators = tuple(_missing_denominators(ws))
    named = {step.target for step in denominators}
    listed = series_list(ws)
    return (
        *(_open_checks(ws) if with_checks else ()),
        *duties,
        *_expected_files(ws, listed),
        *_not_compared(ws),
        *denominators,
        *(step for step in _missing_inputs(ws) if step.target not in named),
        *_incomplete(listed),
    )


def _duties(ws: Workspace, today: date) -> Iterator[NextStep]:
    """Reports that are due soon, or were due, and were not sent."""
    from workbench.services.commitments import DutyState, calendar

    waiting = [
        duty
        for duty in calendar(ws, today)
        if duty.state in (DutyState.OPEN, DutyState.OVERDUE) and duty.days <= SOON
    ]
    for duty in waiting[:MOST_DUTIES]:
        is_late = duty.state is DutyState.OVERDUE
        yield NextStep(
            code="duty_overdue" if is_late else "duty_due",
            text=N_("The report “{title}” was due on {day}.")
            if is_late
            else N_("The report “{title}” is due on {day}."),
            action="duties",
            target=duty.report.id,
            data={"title": duty.report.title, "day": duty.report.due, "days": duty.days},
        )


def _missing_denominators(ws: Workspace) -> Iterator[NextStep]:
    """Inputs that indicators are divided by, when all that is above the line is there."""
    from indicators.formula.parse import parse
    from indicators.formula.tree import variables as used
    from workbench.services.indicators import catalogue as entries
    from workbench.services.packs import catalogue

    waiting: dict[str, list[str]] = {}
    for entry in entries(ws):
        sides = entry.indicator.numerator, entry.indicator.denominator
        if not entry.missing or sides[0] is None or sides[1] is None:
            continue
        below = set(used(parse(sides[1].formula))) - set(used(parse(sides[0].formula)))
        if len(entry.missing) == 1 and entry.missing[0] in below:
            waiting.setdefault(entry.missing[0], []).append(entry.indicator.code)
    known = catalogue(ws).variables
    ordered = sorted(waiting.items(), key=lambda item: (-len(item[1]), item[0]))
    for code, codes in ordered[:MOST_INPUTS]:
        yield NextStep(
            code="missing_denominator",
            text=C_(
                "“{name}” is missing: {count} indicator is divided by it ({codes}).",
                "“{name}” is missing: {count} indicators are divided by it ({codes}).",
            ),
            action="entry",
            target=code,
            data={
                "name": known[code].name if code in known else code,
                "variable": code,
                "count": len(codes),
                "codes": ", ".join(codes),
            },
        )


def _open_checks(ws: Workspace) -> Iterator[NextStep]:
    levels = Counter(entry.level for entry in finding_service.findings(ws, open_only=True))
    for level, code, text in (
        (
            Severity.STOP,
            "stops",
            C_(
                "{count} finding must be answered before publication.",
                "{count} findings must be answered before publication.",
            ),
        ),
        (
            Severity.WARN,
            "warnings",
            C_(
                "{count} check needs an answer.",
                "{count} checks need an answer.",
            ),
        ),
    ):
        if levels[level]:
            yield NextStep(code=code, text=text, action="checks", data={"count": levels[level]})


def _expected_files(ws: Workspace, listed: Sequence[SeriesRow]) -> Iterator[NextStep]:
    """Sources that end a year before the newest year of the project, but had the year before."""
    last = _last_years(listed)
    newest = max(last.values(), default=0)
    typed = {row.dataset for row in vintages(ws)} - {
        row.dataset for row in vintages(ws) if row.file is not None
    }
    for dataset, year in sorted(last.items()):
        if year == newest - 1 and dataset not in typed:
            yield NextStep(
                code="expected_file",
                text=N_("The {year} file of the source “{source}” is not imported yet."),
                action="import",
                target=dataset,
                data={"source": dataset, "year": newest},
            )


def _last_years(listed: Sequence[SeriesRow]) -> dict[str, int]:
    last: dict[str, int] = {}
    for row in listed:
        last[row.dataset] = max(last.get(row.dataset, 0), row.last.year)
    return last


_CHANGED = C_(
    "The newest file of “{source}” changed {changed} value.",
    "The newest file of “{source}” changed {changed} values.",
    by="changed",
)
_CHANGED_AND_GONE = C_(
    "The newest file of “{source}” changed {changed} value and dropped {gone}.",
    "The newest file of “{source}” changed {changed} values and dropped {gone}.",
    by="changed",
)


def _not_compared(ws: Workspace) -> Iterator[NextStep]:
    """Newest deliveries that changed values of the one before."""
    for dataset in sorted({row.dataset for row in vintages(ws) if not row.retracted}):
        files = deliveries(ws, dataset)
        if len(files) < 2:
            continue
        found = compare_vintages(ws, files[-2], files[-1])
        if found.changed or found.gone:
            yield NextStep(
                code="changed_values",
                text=_CHANGED_AND_GONE if found.gone else _CHANGED,
                action="revisions",
                target=dataset,
                data={
                    "source": dataset,
                    "changed": found.changed,
                    "gone": found.gone,
                    "a": found.a,
                    "b": found.b,
                },
            )


def _missing_inputs(ws: Workspace) -> Iterator[NextStep]:
    """Single inputs that would open indicators, those that open most first."""
    from indicators.compute.indicator import state
    from workbench.services.packs import catalogue

    known = catalogue(ws)
    held = {row.code for row in variables(ws)}
    opened: dict[str, list[str]] = {}
    for code, indicator in known.indicators.items():
        _, missing = state(indicator, held)
        if len(missing) == 1:
            opened.setdefault(missing[0], []).append(code)
    ordered = sorted(opened.items(), key=lambda item: (-len(item[1]), item[0]))
    for code, indicators in ordered[:MOST_INPUTS]:
        variable = known.variables.get(code)
        yield NextStep(
            code="missing_input",
            text=C_(
                "With “{name}” the project could compute {count} more indicator: {codes}.",
                "With “{name}” the project could compute {count} more indicators: {codes}.",
            ),
            action="entry",
            target=code,
            data={
                "name": variable.name if variable is not None else code,
                "variable": code,
                "count": len(indicators),
                "codes": ", ".join(indicators),
            },
        )


def _incomplete(listed: Sequence[SeriesRow]) -> Iterator[NextStep]:
    """Inputs of one source that end before the newest year of that source."""
    last = _last_years(listed)
    ends: dict[tuple[str, str], int] = {}
    for row in listed:
        key = (row.dataset, row.variable)
        ends[key] = max(ends.get(key, 0), row.last.year)
    behind: dict[str, list[str]] = {}
    for (dataset, variable), year in sorted(ends.items()):
        if year == last[dataset] - 1:
            behind.setdefault(dataset, []).append(variable)
    for dataset, codes in behind.items():
        yield NextStep(
            code="incomplete",
            text=N_("The source “{source}” has values for {year}, but not for: {variables}."),
            action="import",
            target=dataset,
            data={"source": dataset, "year": last[dataset], "variables": ", ".join(codes)},
        )
