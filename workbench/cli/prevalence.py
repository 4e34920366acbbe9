"""The command on overlapping lists, and its picture: prevalence."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.cli.command import Command, Output, argument

if TYPE_CHECKING:
    from indicators.model.results import PrevalenceResult, Refusal
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace


def _answer(arguments: Namespace, path: str, level: float) -> PrevalenceResult | Refusal:
    from workbench.services import prevalence as service

    names = arguments.lists.split(",") if arguments.lists else []
    return service.prevalence(
        Path(path),
        lists=[name.strip() for name in names if name.strip()],
        terms=arguments.term,
        criterion=arguments.criterion,
        level=level,
        repeats=arguments.repeats,
        seed=arguments.seed,
    )


def prevalence(arguments: Namespace) -> Output:
    """How many persons there are in all, those on no list included."""
    from workbench.presenting.prevalence import prevalence_sentences
    from workbench.services import prevalence as service

    result = _answer(arguments, arguments.file, arguments.level)
    said = prevalence_sentences(result)
    return Output(data=service.prevalence_fields(result, said), lines=said)


def picture(ws: Workspace, arguments: Namespace) -> Chart:
    """The chart of the ranges of a total."""
    from workbench.presenting import prevalence as presenting
    from workbench.services import prevalence as service

    path = Path(arguments.code)
    result = _answer(arguments, arguments.code, 0.95)
    invented = ws.settings.fictitious and service.is_invented(path)
    return presenting.chart(result, source=path.name, fictitious=invented)


CHOICES = (
    argument("--lists", help=N_("columns that are lists"), metavar="A,B,C"),
    argument(
        "--term",
        help=N_("pair of lists that are not independent; may be repeated"),
        action="append",
        metavar="A*B",
    ),
    argument(
        "--criterion",
        help=N_("how the model is chosen"),
        choices=("aic", "bic_cells", "bic_cases"),
        default="aic",
    ),
    argument("--repeats", help=N_("samples drawn anew"), type=int, metavar="N"),
)
"""How the model of the lists is chosen; also of its chart."""

PREVALENCE_COMMANDS = (
    Command(
        id="prevalence",
        help=N_("how many persons in all, from lists that overlap"),
        arguments=(
            argument("file", help=N_("CSV: one column of 0 and 1 a list"), metavar="LISTS.csv"),
            *CHOICES,
            argument(
                "--level",
                help=N_("confidence level"),
                type=float,
                choices=(0.9, 0.95, 0.99),
                default=0.95,
            ),
            argument("--seed", help=N_("seed of random methods"), type=int, metavar="N"),
        ),
        run=prevalence,
    ),
)
