"""The command on overlapping lists: prevalence."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from indicators.errors import N_
from workbench.cli.command import Command, Output, argument


def prevalence(arguments: Namespace) -> Output:
    """How many persons there are in all, those on no list included."""
    from workbench.presenting.prevalence import prevalence_sentences
    from workbench.services import prevalence as service

    names = arguments.lists.split(",") if arguments.lists else []
    result = service.prevalence(
        Path(arguments.file),
        lists=[name.strip() for name in names if name.strip()],
        terms=arguments.term,
        criterion=arguments.criterion,
        level=arguments.level,
        repeats=arguments.repeats,
        seed=arguments.seed,
    )
    said = prevalence_sentences(result)
    return Output(data=service.prevalence_fields(result, said), lines=said)


PREVALENCE_COMMANDS = (
    Command(
        id="prevalence",
        help=N_("how many persons in all, from lists that overlap"),
        arguments=(
            argument("file", help=N_("CSV: one column of 0 and 1 a list"), metavar="LISTS.csv"),
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
            argument(
                "--level",
                help=N_("confidence level"),
                type=float,
                choices=(0.9, 0.95, 0.99),
                default=0.95,
            ),
            argument("--repeats", help=N_("samples drawn anew"), type=int, metavar="N"),
            argument("--seed", help=N_("seed of random methods"), type=int, metavar="N"),
        ),
        run=prevalence,
    ),
)
