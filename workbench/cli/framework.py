"""The command ``scorecard``: how the country stands on each recommendation."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import AREA, WORKSPACE, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.framework import Distance, Reading, ScorecardRow

EVIDENCE = {
    "strong": N_("strong"),
    "some": N_("some"),
    "weak": N_("weak"),
    "none": N_("none"),
}
MOVEMENT = {
    "better": N_("better"),
    "worse": N_("worse"),
    "mixed": N_("better and worse"),
    "steady": N_("stayed level"),
    "unclear": N_("cannot be told"),
    "not_judged": N_("not judged"),
}
"""Words of the two judgements by code."""


def reading_fields(reading: Reading) -> dict[str, object]:
    """One indicator of a row as data."""
    return {
        "code": reading.indicator.code,
        "direction": reading.indicator.direction.value,
        "values": len(reading.periods),
        "first": str(reading.periods[0]) if reading.periods else None,
        "last": str(reading.periods[-1]) if reading.periods else None,
        "value": reading.value,
        "outcome": reading.outcome.value if reading.outcome else None,
        "movement": reading.movement.value,
    }


def distance_fields(distance: Distance) -> dict[str, object]:
    """One distance to a target as data."""
    return {
        "code": distance.indicator,
        "value": distance.value,
        "target": distance.target,
        "year": distance.year,
        "gap": distance.gap,
        "reached": distance.is_reached,
    }


def row_fields(row: ScorecardRow) -> dict[str, object]:
    """One row of the card as data."""
    return {
        "number": row.goal.number,
        "name": i18n.local(row.goal.name),
        "text": i18n.local(row.goal.text),
        "evidence": row.evidence.value,
        "movement": row.movement.value,
        "reason": i18n.note_text(row.reason),
        "counts": dict(row.reason.data),
        "targets": [distance_fields(distance) for distance in row.distances],
        "indicators": [reading_fields(reading) for reading in row.readings],
    }


def scorecard(arguments: Namespace) -> Output:
    """One row a recommendation or challenge; no total."""
    from workbench.services import framework as service

    card = service.challenges_card if arguments.challenges else service.scorecard
    with opened(arguments, read_only=True) as ws:
        rows = card(ws, arguments.area or "")
    header = ("", _("recommendation"), _("evidence"), _("direction"), _("targets reached"))
    table = [
        (
            str(row.goal.number),
            i18n.local(row.goal.name),
            _(EVIDENCE[row.evidence.value]),
            _(MOVEMENT[row.movement.value]),
            _reached(row),
        )
        for row in rows
    ]
    lines = table_lines(header, table, "rllll")
    lines += ["", *(f"{row.goal.number}: {i18n.note_text(row.reason)}" for row in rows)]
    return Output(data=[row_fields(row) for row in rows], lines=lines)


def _reached(row: ScorecardRow) -> str:
    if not row.distances:
        return ""
    reached = sum(distance.is_reached for distance in row.distances)
    return i18n.message(
        N_("{reached} of {total}"), {"reached": reached, "total": len(row.distances)}
    )


FRAMEWORK_COMMANDS = (
    Command(
        id="scorecard",
        help=N_("evidence, direction and distance to targets of each recommendation"),
        arguments=(
            WORKSPACE,
            AREA,
            argument(
                "--challenges",
                help=N_("the five challenges instead of the ten recommendations"),
                action="store_true",
            ),
        ),
        run=scorecard,
    ),
)
