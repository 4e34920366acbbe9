"""The command of disclosure control: protect."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from indicators.errors import N_
from workbench import i18n
from workbench.cli.command import UNSAFE, Command, Output, argument

_DONE = N_(
    "Wrote {file}. Small counts hidden: {primary}; further counts hidden: "
    "{secondary}; each as {mark}."
)
_NOTHING = N_("Wrote {file}: no count had to be hidden.")


def protect(arguments: Namespace) -> Output:
    """Hide small counts so that they cannot be worked out."""
    from indicators.model.results import Refusal
    from workbench.services import disclosure

    outcome = disclosure.protect_file(
        Path(arguments.table),
        Path(arguments.structure),
        Path(arguments.out),
        earlier=[Path(name) for name in arguments.earlier or ()],
    )
    data, result = disclosure.protect_fields(outcome), outcome.result
    if isinstance(result, Refusal):
        text = i18n.refusal_text(result)
        return Output(data=data, lines=[], warnings=[text], code=UNSAFE)
    numbers = {
        "file": str(outcome.path),
        "primary": len(result.primary),
        "secondary": len(result.secondary),
        "mark": disclosure.MARK,
    }
    line = i18n.message(_DONE if result.primary else _NOTHING, numbers)
    return Output(
        data=data, lines=[line], warnings=[i18n.note_text(note) for note in result.warnings]
    )


PROTECT_COMMANDS = (
    Command(
        id="protect",
        help=N_("hide small counts of a table so that none can be worked out"),
        arguments=(
            argument("table", help=N_("CSV with one row a cell"), metavar="TABLE.csv"),
            argument(
                "--earlier",
                help=N_("file published before with the same cells; may be repeated"),
                action="append",
                metavar="FILE.csv",
            ),
            argument(
                "--structure",
                help=N_("dimensions, sums and rules"),
                required=True,
                metavar="CASE.json",
            ),
            argument("-o", "--out", help=N_("file to write"), required=True, metavar="OUT.csv"),
        ),
        run=protect,
    ),
)
