"""What the tracker, the checklists and the register of events say as numbers of the indicators.

Nothing is entered by itself: ``publish_tracker`` writes one version of the source ``tracker``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, Note
from indicators.model.codes import Status
from indicators.model.period import Frequency, Period
from indicators.model.results import Intervention
from indicators.model.series import TOTAL, Breakdown
from indicators.stats.limits import LENGTHS
from workbench.changes import TRACKER_ENTERED, Change
from workbench.errors import WorkbenchError
from workbench.services.commitments import (
    AnsweredItem,
    Commitment,
    CommitmentKind,
    Progress,
    answered,
    commitments,
)
from workbench.store import observations as store
from workbench.store.journal import set_retracted
from workbench.store.vintages import stored_vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Draft

DATASET = "tracker"
LOGGED_KINDS = ("action", "law", "plan", "campaign", "programme", "budget")
"""Events that somebody did; shocks and changes of counting are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedValue:
    """One number that the tracker gives."""

    variable: str
    period: Period
    breakdown: Breakdown
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was entered.

    Attributes:
        change: the line of the history.
        values: the numbers.
        notes: what was left out, and inputs of which another source counts first.
    """

    change: Change
    values: tuple[TrackedValue, ...]
    notes: tuple[Note, ...]


Counted = Callable[[Commitment, int], bool]
"""Whether an entry counts in a year."""


def _ended(year: int) -> date:
    return date(year, 12, 31)


def _by_end(entry: Commitment, year: int) -> bool:
    return entry.done is not None and entry.done <= _ended(year)


_RULES: tuple[tuple[str, CommitmentKind, Counted], ...] = (
    ("rec_due", CommitmentKind.RECOMMENDATION, lambda e, y: e.due <= _ended(y)),
    (
        "rec_full",
        CommitmentKind.RECOMMENDATION,
        lambda e, y: e.due <= _ended(y) and e.status is Progress.FULL and _by_end(e, y),
    ),
    (
        "rec_part",
        CommitmentKind.RECOMMENDATION,
        lambda e, y: e.due <= _ended(y) and e.status is Progress.PART and _by_end(e, y),
    ),
    ("obl_due", CommitmentKind.OBLIGATION, lambda e, y: e.due.year == y),
    (
        "obl_met",
        CommitmentKind.OBLIGATION,
        lambda e, y: e.due.year == y and e.status is Progress.FULL and _by_end(e, y),
    ),
    ("rep_due", CommitmentKind.REPORT, lambda e, y: e.due.year == y),
    (
        "rep_ontime",
        CommitmentKind.REPORT,
        lambda e, y: e.due.year == y and e.done is not None and e.done <= e.due,
    ),
)
"""Recommendations stay on the list; obligations and reports belong to the year they are due."""


def tracked_values(ws: Workspace, last: int) -> tuple[TrackedValue, ...]:
    """The numbers of all years up to ``last``, as ``publish_tracker`` would enter them."""
    return tuple(
        chain(
            _of_commitments(ws, last),
            *(_of_checklist(items, last) for items in _checklists(ws) if not _open_items(items)),
            _of_events(ws, last),
        )
    )


def publish_tracker(ws: Workspace, *, last: int, by: str = "") -> Published:
    """Enter the numbers of the tracker as one version, in place of the one before.

    Every year up to ``last`` is counted anew, so that late evidence reaches the year it belongs
    to. Undo takes the version back.

    Args:
        ws: open project.
        last: last year to count; choose one that has ended.
        by: who does it.

    Raises:
        WorkbenchError: there is nothing to count.
    """
    with ws.write("publish_tracker", TRACKER_ENTERED, by=by, year=last) as draft:
        values = enter_counts(ws, draft, last=last, by=by)
        draft.data["count"] = len(values)
    return Published(change=draft.change(), values=values, notes=_notes(ws, values))


def enter_counts(
    ws: Workspace, draft: Draft, *, last: int, by: str = ""
) -> tuple[TrackedValue, ...]:
    """The numbers of the tracker as one version, inside an open action.

    Raises:
        WorkbenchError: there is nothing to count.
    """
    values = tracked_values(ws, last)
    if not values:
        raise WorkbenchError(
            N_("The tracker has nothing to count up to {year}."),
            hint=N_("Enter recommendations, duties or events, or answer a whole checklist."),
            year=last,
        )
    earlier = [
        entry.id
        for entry in stored_vintages(ws.db, dataset=DATASET)
        if entry.mode is store.Mode.ENTRY and not entry.retracted
    ]
    vintage = _write(ws, values, by)
    set_retracted(ws.db, earlier, draft.id)
    draft.variables.update(value.variable for value in values)
    for number in earlier:
        draft.variables.update(store.variables_of_vintage(ws.db, number))
    draft.data["vintage"] = vintage
    draft.forward.append({"op": "restore", "vintages": [vintage]})
    draft.inverse.append({"op": "retract", "vintages": [vintage]})
    if earlier:
        draft.forward.append({"op": "retract", "vintages": earlier})
        draft.inverse.append({"op": "restore", "vintages": earlier})
    return values


def _write(ws: Workspace, values: Sequence[TrackedValue], by: str) -> int:
    from workbench.services.packs import catalogue

    known = catalogue(ws).variables
    area = ws.settings.area
    record = store.VintageRecord(
        dataset=DATASET,
        mode=store.Mode.ENTRY,
        made_by=by,
        publisher=ws.settings.title or DATASET,
        fictitious=ws.settings.fictitious,
    )
    vintage = store.begin_vintage(ws.db, record)
    keys = [
        (value.variable, area, value.breakdown, known[value.variable].unit) for value in values
    ]
    numbers = store.series_ids(ws.db, DATASET, keys)
    rows = sorted(
        (
            number,
            value.period.code,
            vintage,
            float(value.value),
            None,
            None,
            int(Status.A if value.value else Status.Z),
            *(0, 0, None, None, None),
        )
        for number, value in zip(numbers, values, strict=True)
    )
    store.insert_observations(ws.db, rows)
    return vintage


# counting --------------------------------------------------------------------------------------


def _of_commitments(ws: Workspace, last: int) -> Iterator[TrackedValue]:
    for variable, kind, counts in _RULES:
        entries = commitments(ws, kind)
        base = next(rule for _, base_kind, rule in _RULES if base_kind is kind)
        first = min((entry.due.year for entry in entries), default=last + 1)
        for year in range(first, last + 1):
            for breakdown, part in _parts([entry for entry in entries if base(entry, year)]):
                count = sum(counts(entry, year) for entry in part)
                yield _value(variable, year, count, breakdown)


def _parts(entries: list[Commitment]) -> Iterator[tuple[Breakdown, list[Commitment]]]:
    yield TOTAL, entries
    for instrument in sorted({entry.instrument for entry in entries}):
        part = [entry for entry in entries if entry.instrument == instrument]
        yield Breakdown.of(INS=instrument), part
    if any(entry.kind is not CommitmentKind.RECOMMENDATION for entry in entries):
        return
    for pillar in sorted({entry.pillar.value for entry in entries if entry.pillar}):
        part = [entry for entry in entries if entry.pillar and entry.pillar.value == pillar]
        yield Breakdown.of(PIL=pillar), part


def _checklists(ws: Workspace) -> list[list[AnsweredItem]]:
    found: dict[str, list[AnsweredItem]] = {}
    for entry in answered(ws):
        found.setdefault(entry.checklist.id, []).append(entry)
    return list(found.values())


def _open_items(items: Sequence[AnsweredItem]) -> int:
    return sum(entry.answer is None for entry in items)


def _of_checklist(items: Sequence[AnsweredItem], last: int) -> Iterator[TrackedValue]:
    """A checklist that is answered in full, from the first year in which anything was met."""
    checklist = items[0].checklist
    begun = [entry.answer.since.year for entry in items if entry.answer and entry.answer.since]
    for year in range(min(begun, default=last), last + 1):
        met = sum(_is_met(entry, _ended(year)) for entry in items)
        yield _value(checklist.total, year, len(items))
        yield _value(checklist.met, year, met)


def _is_met(entry: AnsweredItem, day: date) -> bool:
    answer = entry.answer
    if answer is None or not answer.met or answer.since is None or answer.since > day:
        return False
    return answer.until is None or answer.until >= day


def _of_events(ws: Workspace, last: int) -> Iterator[TrackedValue]:
    from workbench.services import events

    logged = [event for event in events.events(ws) if event.kind in LOGGED_KINDS]
    held = {event.id: _years_of_targets(ws, event) for event in logged}
    first = min((event.start.year for event in logged), default=last + 1)
    for year in range(first, last + 1):
        begun = [event for event in logged if event.start.year <= year]
        parts = [(TOTAL, begun)]
        for pillar in sorted({event.pillar.value for event in begun if event.pillar}):
            own = [event for event in begun if event.pillar and event.pillar.value == pillar]
            parts.append((Breakdown.of(PIL=pillar), own))
        for breakdown, part in parts:
            ready = sum(_can_be_evaluated(event, held[event.id], year) for event in part)
            yield _value("act_logged", year, len(part), breakdown)
            yield _value("act_evaluable", year, ready, breakdown)


def _years_of_targets(ws: Workspace, event: Intervention) -> tuple[tuple[int, ...], ...]:
    """The years with a value of each input that the event is expected to touch."""
    from workbench.services import observations

    found = []
    for variable in event.variables:
        series = observations.series(
            ws, variable, event.area or ws.settings.area, frequency=Frequency.YEAR
        )
        usable = zip(series.periods, series.status.tolist(), strict=True)
        found.append(
            tuple(period.year for period, status in usable if status in (Status.A, Status.Z))
        )
    return tuple(found)


def _can_be_evaluated(
    event: Intervention, targets: tuple[tuple[int, ...], ...], year: int
) -> bool:
    need, start = LENGTHS["level"], event.start.year
    return any(
        sum(each < start for each in years) >= need.before
        and sum(start <= each <= year for each in years) >= need.after
        and sum(each <= year for each in years) >= need.points
        for years in targets
    )


def _value(variable: str, year: int, count: int, breakdown: Breakdown = TOTAL) -> TrackedValue:
    return TrackedValue(
        variable=variable, period=Period.of_year(year), breakdown=breakdown, value=count
    )


def _notes(ws: Workspace, values: Sequence[TrackedValue]) -> tuple[Note, ...]:
    from workbench.services.cubes import datasets_of

    notes = [
        Note(
            code="checklist_open",
            text=C_(
                "The checklist “{name}” is left out: {open} of {total} items has no answer.",
                "The checklist “{name}” is left out: {open} of {total} items have no answer.",
                by="open",
            ),
            data={"name": items[0].checklist.name, "open": missing, "total": len(items)},
        )
        for items in _checklists(ws)
        if 0 < (missing := _open_items(items)) < len(items)
    ]
    for variable in sorted({value.variable for value in values}):
        first = datasets_of(ws, variable)[0]
        if first != DATASET:
            notes.append(
                Note(
                    code="other_source_counts",
                    text=N_(
                        "“{variable}” comes from the source “{source}” too, which counts first."
                    ),
                    data={"variable": variable, "source": first},
                )
            )
    return tuple(notes)
