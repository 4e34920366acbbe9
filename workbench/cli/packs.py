"""The command on packs of national offices: check, install, list, remove."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from workbench import i18n
from workbench.cli.command import DONE, REFUSED, Command, Output, argument, table_lines
from workbench.cli.project import AUTHOR, OPTIONAL_WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from indicators.errors import DefinitionError
    from workbench.services.packs import Pack

ACTIONS = ("check", "install", "list", "remove")


def problem_fields(problem: DefinitionError) -> dict[str, object]:
    """One problem as data."""
    title, detail, hint = i18n.error_text(problem)
    return {
        "file": problem.data.get("pack"),
        "line": problem.data.get("line"),
        "column": problem.data.get("column"),
        "title": title,
        "detail": detail,
        "hint": hint,
    }


def problem_line(problem: DefinitionError) -> str:
    """One problem as compilers write it, so that editors jump to the place."""
    title, _detail, hint = i18n.error_text(problem)
    data = problem.data
    place = f"{data.get('pack')}:{data.get('line')}:{data.get('column')}:"
    return " ".join(part for part in (place, title, hint) if part)


def pack_fields(pack: Pack) -> dict[str, object]:
    """What a pack holds as data."""
    from workbench.services.packs import contents

    return {
        "name": pack.name,
        "sha256": pack.digest,
        **{kind: list(codes) for kind, codes in contents(pack).items()},
        "problems": [problem_fields(problem) for problem in pack.problems],
    }


def _counts(pack: Pack) -> str:
    text = N_(
        "Inputs: {variables}, indicators: {indicators}, code lists: {lists}, targets: "
        "{targets}, switched off: {off}"
    )
    data = {
        "variables": len(pack.variables),
        "indicators": len(pack.indicators),
        "lists": len(pack.code_lists),
        "targets": len(pack.targets),
        "off": len(pack.switched_off),
    }
    return i18n.message(text, data)


def check(arguments: Namespace) -> Output:
    """Check a pack without installing it; every problem with its place."""
    from workbench.services import packs

    if arguments.workspace is None:
        pack = packs.check(arguments.file)
    else:
        with opened(arguments, read_only=True) as ws:
            pack = packs.check(arguments.file, ws)
    good = not pack.problems and not pack.is_empty
    lines = [problem_line(problem) for problem in pack.problems]
    if pack.is_empty and not lines:
        lines.append(i18n.message(N_("“{name}” defines nothing."), {"name": pack.name}))
    lines.append(f"{pack.name}: {_counts(pack)}")
    return Output(data=pack_fields(pack), lines=lines, code=DONE if good else REFUSED)


def install(arguments: Namespace) -> Output:
    """Install a pack in the project; what cannot be used of it is told."""
    from workbench.services import packs

    with opened(arguments) as ws:
        change, pack = packs.install(ws, arguments.file, name=arguments.name, by=arguments.author)
    done = change_output(change)
    return Output(
        data={**pack_fields(pack), "id": change.id, "action": change.action},
        lines=[*done.lines, _counts(pack)],
        warnings=[problem_line(problem) for problem in pack.problems],
    )


def remove(arguments: Namespace) -> Output:
    """Take a pack out of the project."""
    from workbench.services import packs

    with opened(arguments) as ws:
        return change_output(packs.uninstall(ws, arguments.file, by=arguments.author))


def listed(arguments: Namespace) -> Output:
    """List the packs of the project."""
    from workbench.services import packs

    with opened(arguments, read_only=True) as ws:
        entries = packs.installed(ws)
    data = [
        {**pack_fields(entry.pack), "name": entry.name, "installed_at": entry.installed_at}
        for entry in entries
    ]
    rows: Sequence[tuple[str, ...]] = [
        (entry.name, entry.sha256[:12], _counts(entry.pack), str(len(entry.pack.problems)))
        for entry in entries
    ]
    header = (_("pack"), "SHA-256", _("holds"), _("problems"))
    warnings = [problem_line(each) for entry in entries for each in entry.pack.problems]
    return Output(data=data, lines=table_lines(header, rows, "lllr"), warnings=warnings)


def pack_command(arguments: Namespace) -> Output:
    """Check, install, list or remove packs."""
    if arguments.action != "check" and arguments.workspace is None:
        raise TipError(
            N_("The action “{action}” needs a project: -w W.tipw."), action=arguments.action
        )
    if arguments.action != "list" and arguments.file is None:
        raise TipError(N_("The action “{action}” needs a file."), action=arguments.action)
    run = {"check": check, "install": install, "list": listed, "remove": remove}
    return run[arguments.action](arguments)


PACK_COMMANDS = (
    Command(
        id="pack",
        help=N_("packs of national offices: inputs, indicators, lists and targets of their own"),
        arguments=(
            argument(
                "action",
                help=N_("check, install, list or remove"),
                choices=ACTIONS,
                metavar="ACTION",
            ),
            argument(
                "file",
                help=N_("the definition file; the name of the pack for remove"),
                nargs="?",
                metavar="FILE",
            ),
            OPTIONAL_WORKSPACE,
            argument(
                "--name",
                help=N_("with install: under which name it is listed; that of the file as a rule"),
                default="",
                metavar="NAME",
            ),
            AUTHOR,
        ),
        run=pack_command,
    ),
)
