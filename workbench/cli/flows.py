"""The command on case flow: flow."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from indicators.model.series import TOTAL, Breakdown
from workbench.cli.command import Command, Output, argument
from workbench.cli.files import BREAKDOWN, period_range
from workbench.cli.project import AREA, WORKSPACE, opened
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from indicators.flow.result import FlowAnswer
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace

NAMES = ("victims", "accused", "files")
ALL = "all"
COHORT = argument(
    "--cohort",
    help=N_("follow the same persons or files instead of one calendar year"),
    action="store_true",
)


def _answer(ws: Workspace, name: str, arguments: Namespace) -> FlowAnswer:
    from workbench.services import flows

    first, last = period_range(arguments.period)
    if first != last:
        raise TipError(N_("A flow is of one year."), hint=N_("Write one year, such as 2022."))
    return flows.flow(
        ws,
        name,
        arguments.area or ws.settings.area,
        period=first,
        cohort=arguments.cohort,
        breakdown=Breakdown.parse(arguments.breakdown) if arguments.breakdown else TOTAL,
    )


def flow(arguments: Namespace) -> Output:
    """How many of each step reach the next, in one flow."""
    from workbench.services import flow_fields, packs

    with opened(arguments, read_only=True) as ws:
        answer, known = _answer(ws, arguments.flow, arguments), packs.catalogue(ws)
    said = flow_fields.words(answer, known)
    return Output(data=flow_fields.fields(answer, known, said), lines=said)


def picture(ws: Workspace, arguments: Namespace) -> Chart:
    """The chart of one flow, or of all side by side."""
    from workbench.services import flow_fields

    if arguments.code != ALL:
        return flow_fields.picture(ws, [_answer(ws, arguments.code, arguments)])
    found, missing = [], None
    for name in NAMES:
        try:
            found.append(_answer(ws, name, arguments))
        except WorkbenchError as problem:  # an area may not have every flow
            missing = problem
    if not found and missing is not None:
        raise missing
    return flow_fields.picture(ws, found)


FLOW_COMMANDS = (
    Command(
        id="flow",
        help=N_("how many of each step reach the next: victims, accused persons or files"),
        arguments=(
            argument("flow", help=N_("victims, accused or files"), choices=NAMES, metavar="FLOW"),
            WORKSPACE,
            AREA,
            BREAKDOWN,
            argument("--period", help=N_("one year"), metavar="P"),
            COHORT,
        ),
        run=flow,
    ),
)
