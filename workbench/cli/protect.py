"""The command of disclosure control: protect."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, Severity
from workbench import i18n
from workbench.cli.command import UNSAFE, Command, Output, argument
from workbench.cli.project import OPTIONAL_WORKSPACE, opened

if TYPE_CHECKING:
    from workbench.services.disclosure import Asked, ProtectOutcome
    from workbench.services.workspace import Workspace

_DONE = N_(
    "Wrote {file}. Small counts hidden: {primary}; further counts hidden: "
    "{secondary}; each as {mark}."
)
_NOTHING = N_("Wrote {file}: no count had to be hidden.")
_ROUNDED = N_("Wrote {file}: every number is rounded or hidden.")


def protect(arguments: Namespace) -> Output:
    """Hide or round small counts so that they cannot be worked out."""
    from workbench.services import disclosure

    named = arguments.workspace is not None
    read_only = not arguments.publish
    with opened(arguments, read_only=read_only) if named else nullcontext() as ws:
        asked = _asked(arguments, ws)
        outcome = disclosure.protect_file(
            Path(arguments.table), Path(arguments.structure), Path(arguments.out), asked
        )
    return _output(outcome, asked)


def _asked(arguments: Namespace, ws: Workspace | None) -> Asked:
    from workbench.services.disclosure import Asked

    return Asked(
        method=arguments.method,
        earlier=tuple(Path(name) for name in arguments.earlier or ()),
        ws=ws,
        publish=arguments.publish or "",
        by=arguments.by or "",
        variable=arguments.variable or "",
        area=arguments.area or "",
        period=arguments.period or "",
    )


def _output(outcome: ProtectOutcome, asked: Asked) -> Output:
    from indicators.model.results import Refusal
    from workbench.services import disclosure_words as words

    data, result = words.protect_fields(outcome, asked), outcome.result
    remarks = words.remarks(outcome)
    notes = [i18n.note_text(note) for note in remarks if note.severity is Severity.NOTE]
    warnings = [i18n.note_text(note) for note in remarks if note.severity is not Severity.NOTE]
    if isinstance(result, Refusal):
        text = i18n.refusal_text(result)
        return Output(data=data, lines=notes, warnings=[*warnings, text], code=UNSAFE)
    lines = [*notes, _wrote(outcome), *words.statements(outcome, asked)]
    return Output(data=data, lines=lines, warnings=warnings)


def _wrote(outcome: ProtectOutcome) -> str:
    from indicators.disclosure.protection import Protection
    from workbench.services.table_files import MARK

    result = outcome.result
    if not isinstance(result, Protection):
        return i18n.message(_ROUNDED, {"file": str(outcome.path)})
    numbers = {
        "file": str(outcome.path),
        "primary": len(result.primary),
        "secondary": len(result.secondary),
        "mark": MARK,
    }
    return i18n.message(_DONE if result.hidden else _NOTHING, numbers)


_FILES = (
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
    argument(
        "--method",
        help=N_("hide small counts, round all to 5, or hide below 10 and round the others"),
        choices=("hide", "round5", "10-5"),
        default="hide",
    ),
)
_LOG = (
    OPTIONAL_WORKSPACE,
    argument(
        "--publish",
        help=N_("the table goes out: enter it in the log of publications"),
        metavar="NAME",
    ),
    argument("--by", help=N_("who does it"), metavar="NAME"),
    argument("--variable", help=N_("what the table counts"), metavar="V"),
    argument("--area", help=N_("code of the country or region"), metavar="A"),
    argument("--period", help=N_("period of the table, such as 2024"), metavar="P"),
)

PROTECT_COMMANDS = (
    Command(
        id="protect",
        help=N_("hide small counts of a table so that none can be worked out"),
        arguments=(*_FILES, *_LOG),
        run=protect,
    ),
)
