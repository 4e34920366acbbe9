"""Commands on the project file: new, datasets, vintages, check, purge, undo, redo."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, Severity
from workbench import i18n
from workbench.cli import passphrases
from workbench.cli.command import DONE, REFUSED, Argument, Command, Output, argument, table_lines
from workbench.errors import StoreOutdated
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.workspace import Workspace

WORKSPACE = argument(
    "-w", "--workspace", help=N_("the project file (.tipw)"), required=True, metavar="W.tipw"
)
OPTIONAL_WORKSPACE = argument(
    "-w", "--workspace", help=N_("the project file (.tipw)"), metavar="W.tipw"
)
AUTHOR = argument("--author", help=N_("who does it"), default="", metavar="NAME")
AREA = argument("--area", help=N_("code of the country or region"), metavar="A")


@contextmanager
def opened(arguments: Namespace, *, read_only: bool = False) -> Iterator[Workspace]:
    """The project of ``-w``, to be used in a ``with`` block; a failed backup is a warning."""
    from workbench.services import workspace

    path = arguments.workspace
    words = passphrases.of_project(arguments, path)
    try:
        ws = workspace.open_workspace(path, read_only=read_only, passphrase=words)
    except StoreOutdated:
        workspace.open_workspace(path, passphrase=words).close()
        ws = workspace.open_workspace(path, read_only=read_only, passphrase=words)
    with ws:
        yield ws
    for problem in ws.problems:
        print("warning:", *filter(None, i18n.error_text(problem)), file=sys.stderr)


def change_output(change: Change) -> Output:
    """What was changed, in one line."""
    data = {"id": change.id, "action": change.action, "variables": list(change.variables)}
    return Output(data=data, lines=[i18n.message(change.text, change.data)])


def new(arguments: Namespace) -> Output:
    """Make an empty project file."""
    from workbench.services import workspace

    made = workspace.create(
        arguments.workspace,
        area=arguments.area,
        title=arguments.title,
        country_format=arguments.country_format,
        passphrase=passphrases.of_project(arguments, arguments.workspace),
    )
    with made as ws:
        text = i18n.message(N_("Made the empty project {file}."), {"file": ws.path.name})
        data = {"path": str(ws.path), "area": arguments.area, "title": arguments.title}
        return Output(data=data, lines=[text])


def datasets(arguments: Namespace) -> Output:
    """List the sources with their deliveries."""
    from workbench.services import observations

    with opened(arguments, read_only=True) as ws:
        rows = observations.datasets(ws)
    data = [
        {
            "dataset": row.code,
            "publisher": row.publisher,
            "licence": row.licence,
            "fictitious": row.fictitious,
            "vintages": row.vintages,
            "observations": row.observations,
        }
        for row in rows
    ]
    header = (_("source"), _("publisher"), _("versions"), _("values"))
    lines = table_lines(
        header,
        [
            (row.code, row.publisher or "", str(row.vintages), i18n.number(row.observations))
            for row in rows
        ],
        "llrr",
    )
    return Output(data=data, lines=lines)


def vintages(arguments: Namespace) -> Output:
    """List what was imported when, with counts and hashes."""
    from workbench.services import observations

    with opened(arguments, read_only=True) as ws:
        rows = observations.vintages(ws)
    data = [
        {
            "vintage": row.id,
            "dataset": row.dataset,
            "file": row.file,
            "sha256": row.sha256,
            "made_at": row.made_at,
            "made_by": row.made_by,
            "mode": row.mode,
            "recipe": row.recipe,
            "observations": row.observations,
            "retracted": row.retracted,
            "redacted": list(row.redacted),
        }
        for row in rows
    ]
    header = ("", _("source"), _("file"), "SHA-256", _("made at"), _("values"), "")
    lines = table_lines(
        header,
        [
            (
                str(row.id),
                row.dataset,
                row.file or "",
                (row.sha256 or "")[:12],
                row.made_at,
                i18n.number(row.observations),
                _("taken back") if row.retracted else "",
            )
            for row in rows
        ],
        "rllllrl",
    )
    return Output(data=data, lines=lines)


def check(arguments: Namespace) -> Output:
    """Check the file and the data in it."""
    from workbench.services import checks
    from workbench.services import findings as answers

    with opened(arguments, read_only=True) as ws:
        report = checks.check(ws)
        found = answers.with_answers(ws, report.findings)
    findings = [
        {
            "code": finding.rule,
            "level": finding.level.value,
            "text": i18n.note_text(finding.note),
            "data": dict(finding.note.data),
            "id": finding.id,
            "answer": finding.answer,
        }
        for finding in found
    ]
    data = {
        "integrity": report.integrity,
        "observations": report.observations,
        "findings": findings,
    }
    lines = [
        _("The file is whole.") if report.integrity else _("The file is damaged."),
        i18n.message(
            C_(
                "{count} value checked.",
                "{count} values checked.",
            ),
            {"count": report.observations},
        ),
    ]
    is_open = [finding for finding in found if finding.answer == "open"]
    warnings = [
        i18n.note_text(finding.note) for finding in is_open if finding.level is not Severity.NOTE
    ]
    notes = sum(finding.level is Severity.NOTE for finding in is_open)
    if notes:
        text = C_(
            "{count} note deserves a second look; the command “checks” lists it.",
            "{count} notes deserve a second look; the command “checks” lists them.",
        )
        lines.append(i18n.message(text, {"count": notes}))
    return Output(
        data=data, lines=lines, warnings=warnings, code=DONE if report.integrity else REFUSED
    )


def purge(arguments: Namespace) -> Output:
    """Remove one version for good."""
    from indicators.errors import TipError
    from workbench.services import observations

    if not arguments.yes:
        raise TipError(
            N_("Removing version {vintage} for good cannot be undone."),
            hint=N_("Say --yes if you mean it."),
            vintage=arguments.vintage,
        )
    with opened(arguments) as ws:
        return change_output(observations.purge(ws, arguments.vintage, by=arguments.author))


def undo(arguments: Namespace) -> Output:
    """Take back the newest action."""
    from workbench.services import history as service

    with opened(arguments) as ws:
        return change_output(service.undo(ws, by=arguments.author))


def redo(arguments: Namespace) -> Output:
    """Do again what was taken back."""
    from workbench.services import history as service

    with opened(arguments) as ws:
        return change_output(service.redo(ws, by=arguments.author))


def _new_arguments() -> tuple[Argument, ...]:
    return (
        argument("workspace", help=N_("the project file to make"), metavar="W.tipw"),
        argument("--area", help=N_("code of the country"), default="", metavar="XVA"),
        argument("--country-format", help=N_("how numbers are written"), default="en_US"),
        argument("--title", help=N_("title of the project"), default=""),
    )


PROJECT_COMMANDS = (
    Command(id="new", help=N_("make an empty project file"), arguments=_new_arguments(), run=new),
    Command(id="datasets", help=N_("list the sources"), arguments=(WORKSPACE,), run=datasets),
    Command(
        id="vintages",
        help=N_("list what was imported when, with counts and hashes"),
        arguments=(WORKSPACE,),
        run=vintages,
    ),
    Command(
        id="check",
        help=N_("check the file and the data in it"),
        arguments=(WORKSPACE,),
        run=check,
    ),
    Command(
        id="purge",
        help=N_("remove one version for good"),
        arguments=(
            argument("vintage", help=N_("number of the version"), type=int, metavar="VINTAGE"),
            WORKSPACE,
            argument("--yes", help=N_("do it; it cannot be undone"), action="store_true"),
            AUTHOR,
        ),
        run=purge,
    ),
    Command(
        id="undo",
        help=N_("take back the newest action"),
        arguments=(WORKSPACE, AUTHOR),
        run=undo,
    ),
    Command(
        id="redo",
        help=N_("do again what was taken back"),
        arguments=(WORKSPACE, AUTHOR),
        run=redo,
    ),
)
