"""Totals added up from parts: an act with a name, never done silently.

Totals come from total cells. Where a source gives parts and no total, a person may have the parts
added up. The sums form a version of their own under the source ``added_up``; any total that a
source gives counts before them, and every value computed from them says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from indicators.checks.model import is_counted
from indicators.codelists import code_list, has_list
from indicators.errors import N_, Note, Severity
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown, Cube
from workbench.changes import TOTALS_ADDED, Change
from workbench.errors import WorkbenchError
from workbench.i18n import local, message
from workbench.services import entry
from workbench.services.added_totals import (
    REGIONS,
    AddedTotal,
    Refused,
    by_area,
    by_code,
    total_of,
)
from workbench.services.cubes import ADDED_UP, cube, datasets_of
from workbench.services.inventory import areas as stored_areas
from workbench.services.inventory import variables
from workbench.store import inventory
from workbench.store import vintages as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

PUBLISHER = N_("Added up by the program")

ADDED_NOTE = Note(
    code="added_up_total",
    text=N_("A total was added up by the program from its parts."),
    severity=Severity.NOTE,
)
"""The caution of every value that uses such a total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What adding up would write.

    Attributes:
        variable, over, breakdown: what is added up, over which parts, within which cut.
        totals: the sums.
        refused: places without a sum.
    """

    variable: str
    over: str
    breakdown: Breakdown
    totals: tuple[AddedTotal, ...]
    refused: tuple[Refused, ...]


def plan(
    ws: Workspace,
    variable: str,
    over: str,
    *,
    areas: Sequence[str] | None = None,
    first: Period | None = None,
    last: Period | None = None,
    breakdown: Breakdown = TOTAL,
) -> Plan:
    """What ``add_up`` would write, and why the rest is refused. Nothing is written.

    A total is made where every part has a value of one source, the parts do not overlap and
    leave nothing out, and no source gives the total itself. Parts hidden at the source give a
    total between bounds.

    Args:
        ws: open project.
        variable: code of the input.
        over: a dimension of ``indicators.checks.parts.ADDABLE``, or ``REG`` for the areas below.
        areas: whose totals; all that have parts by default (for ``REG`` the country).
        first: first period; all by default.
        last: last period.
        breakdown: the cut whose total is made: the whole by default.

    Raises:
        WorkbenchError: parts of this kind never add up to a total.
    """
    found = _held(ws, variable)
    _refuse(ws, variable, over, found, breakdown)
    if over == REGIONS:
        places = by_area(found, stored_areas(ws), areas or (ws.settings.area,), breakdown)
    else:
        places = by_code(found, over, areas, breakdown)
    sources = {header.id: header.dataset for header in store.headers(ws.db)}
    inside = [
        at
        for at, period in enumerate(found.periods)
        if (first is None or first <= period) and (last is None or period <= last)
    ]
    made = [total_of(found, place, at, sources) for place in places for at in inside]
    totals = [each for each in made if isinstance(each, AddedTotal)]
    refused = [each for each in made if isinstance(each, Refused)]
    return Plan(
        variable=variable,
        over=over,
        breakdown=breakdown,
        totals=tuple(totals),
        refused=tuple(refused),
    )


def add_up(
    ws: Workspace,
    variable: str,
    over: str,
    *,
    areas: Sequence[str] | None = None,
    first: Period | None = None,
    last: Period | None = None,
    breakdown: Breakdown = TOTAL,
    by: str = "",
) -> tuple[Change, Plan]:
    """Add up parts and keep the totals as one version; undo takes it back.

    Args:
        ws: open project.
        variable: code of the input.
        over: a dimension, or ``REG``; see ``plan``.
        areas: whose totals.
        first: first period; all by default.
        last: last period.
        breakdown: the cut whose total is made.
        by: who does it.

    Returns:
        The change, and the plan that was carried out.

    Raises:
        WorkbenchError: nothing can be added up, with the first reason; or nothing differs.
    """
    found = plan(ws, variable, over, areas=areas, first=first, last=last, breakdown=breakdown)
    if not found.totals:
        why = found.refused[0] if found.refused else None
        raise WorkbenchError(
            why.reason.text if why else N_("There are no parts of “{variable}” by {over}."),
            **({**why.reason.data} if why else {"variable": variable, "over": over}),
        )
    change = entry.enter(
        ws,
        [each.cell for each in found.totals],
        dataset=ADDED_UP,
        author=by,
        note=_provenance(found),
        text=TOTALS_ADDED,
        action="add_up",
        publisher=PUBLISHER,
        data={"variable": variable, "over": over},
    )
    return change, found


def added_vintages(ws: Workspace) -> frozenset[int]:
    """Numbers of the versions that hold totals added up by the program."""
    return frozenset(header.id for header in store.headers(ws.db, ADDED_UP))


def outdated(ws: Workspace) -> tuple[Note, ...]:
    """Totals added up earlier whose parts say something else by now, one remark a period."""
    from workbench.services.observations import observations

    if ADDED_UP not in inventory.dataset_codes(ws.db).values():
        return ()
    held = [
        row
        for each in variables(ws)
        if ADDED_UP in datasets_of(ws, each.code)
        for row in observations(ws, variable=each.code, dataset=ADDED_UP, with_raw=False)
    ]
    ways = {(row.variable, _way(ws, row.vintage), row.breakdown) for row in held}
    now = {}
    for variable, over, cut in ways:
        areas = sorted({row.area for row in held if row.variable == variable})
        for each in plan(ws, variable, over, areas=areas, breakdown=cut).totals:
            cell = each.cell
            now[variable, cell.area, cell.period, cut] = (cell.value, cell.low, cell.high)
    return tuple(
        Note(
            code="added_up_outdated",
            text=N_(
                "{area} {period}: the total of “{variable}” was added up from parts that have "
                "changed or gone since. Add them up again, or undo it."
            ),
            severity=Severity.WARN,
            data={
                "variable": row.variable,
                "area": row.area,
                "period": str(row.period),
                "breakdown": str(row.breakdown),
                "value": row.value,
            },
        )
        for row in held
        if now.get((row.variable, row.area, row.period, row.breakdown))
        != (row.value, row.low, row.high)
    )


def _way(ws: Workspace, vintage: int) -> str:
    """Over what a version was added up, as its note begins."""
    (kept,) = store.stored_vintages(ws.db, vintage=vintage)
    return kept.note.partition(":")[0]


def _provenance(found: Plan) -> str:
    parts = dict.fromkeys(part for each in found.totals for part in each.parts)
    sources = dict.fromkeys(each.source for each in found.totals)
    said = {"parts": " + ".join(parts), "source": ", ".join(sources)}
    text = message(N_("added up by the program from {parts}; source {source}"), said)
    return f"{found.over}: {text}"


# whether -------------------------------------------------------------------------------------


def _refuse(ws: Workspace, variable: str, over: str, found: Cube, breakdown: Breakdown) -> None:
    from indicators.checks.parts import ADDABLE
    from workbench.services.packs import catalogue

    known = catalogue(ws)
    not_additive = {each.n_effective for each in known.indicators.values()}
    data = {"variable": variable, "over": over, "unit": found.unit, "known": ", ".join(ADDABLE)}
    if over != REGIONS and has_list(over) and code_list(over).several:
        data["list"] = local(code_list(over).name)
        raise WorkbenchError(
            N_("{over} ({list}) is never added up: one person can have several of its codes."),
            hint=N_("The total must come from the source."),
            **data,
        )
    if over not in (REGIONS, *ADDABLE):
        raise WorkbenchError(
            N_(
                "Parts by {over} are not known to be complete and apart, so they are not added up."
            ),
            hint=N_("Possible: REG for the areas below, and {known}."),
            **data,
        )
    if not is_counted(found.unit) or variable in not_additive:
        raise WorkbenchError(
            N_("Values of “{variable}” ({unit}) cannot be added up."),
            hint=N_("Only counts and sums of money can."),
            **data,
        )
    if breakdown.code(over) is not None:
        raise WorkbenchError(
            N_("The cut names {over} already, so there is nothing to add up over."), **data
        )


def _held(ws: Workspace, variable: str) -> Cube:
    """What sources say, without what was added up earlier."""
    given = [code for code in datasets_of(ws, variable) if code != ADDED_UP]
    if not given:
        raise WorkbenchError(N_("There are no values of “{variable}”."), variable=variable)
    # what a public view hides counts in a sum as it does at the source
    whole = cube(ws, variable, everything=True)
    gone = np.isin(whole.vintage, list(added_vintages(ws)))
    if not gone.any():
        return whole
    return replace(
        whole,
        value=np.where(gone, np.nan, whole.value),
        low=np.where(gone, np.nan, whole.low),
        high=np.where(gone, np.nan, whole.high),
        status=np.where(gone, int(Status.M), whole.status),
        vintage=np.where(gone, 0, whole.vintage),
    )
