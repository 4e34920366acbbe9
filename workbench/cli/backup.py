"""Commands on copies of the project: backup and restore."""

from __future__ import annotations

from argparse import Namespace

from indicators.errors import C_, N_, TipError
from workbench import i18n
from workbench.cli import passphrases
from workbench.cli.command import Command, Output, argument, existing, table_lines
from workbench.cli.project import WORKSPACE, opened
from workbench.i18n import _


def backup(arguments: Namespace) -> Output:
    """Copy the project and check the copy; or list or delete the automatic copies."""
    from workbench.services import backups

    if arguments.list:
        return _list(arguments)
    if arguments.forget:
        count = backups.forget(arguments.workspace)
        text = i18n.message(
            C_(
                "Deleted {count} automatic backup.",
                "Deleted {count} automatic backups.",
            ),
            {"count": count},
        )
        return Output(data={"deleted": count}, lines=[text])
    with opened(arguments, read_only=True) as ws:
        made = backups.backup(ws, arguments.output)
    text = i18n.message(N_("Copied the project to {file}; the copy was checked."), {"file": made})
    return Output(data={"path": str(made)}, lines=[text])


def _list(arguments: Namespace) -> Output:
    from workbench.services import backups

    listed = backups.backups_of(arguments.workspace)
    data = [
        {"number": entry.number, "path": str(entry.path), "size": entry.size} for entry in listed
    ]
    rows = [(str(entry.number), str(entry.path), i18n.number(entry.size)) for entry in listed]
    lines = table_lines(("", _("file"), _("bytes")), rows, "rlr")
    return Output(data=data, lines=lines if rows else [_("There are no automatic backups.")])


def restore(arguments: Namespace) -> Output:
    """Put a copy in the place of the project; the project is kept beside it."""
    from workbench.services import backups
    from workbench.services.encryption import needs_passphrase

    copy = arguments.copy
    if copy is None:
        listed = backups.backups_of(arguments.workspace)
        if not listed:
            raise TipError(
                N_("There are no automatic backups of {file}."),
                hint=N_("Name the copy to put back."),
                file=arguments.workspace,
            )
        copy = listed[0].path
    words = passphrases.of_project(arguments, copy)
    was_encrypted = needs_passphrase(arguments.workspace)
    former = backups.restore(arguments.workspace, copy, passphrase=words)
    data = {"path": str(arguments.workspace), "copy": str(copy), "former": str(former)}
    lines = [
        i18n.message(N_("Put {copy} back."), data),
        i18n.message(N_("The former project is kept as {former}."), data),
    ]
    warnings = [_("The copy is not encrypted, so the project is not either now.")]
    return Output(
        data=data, lines=lines, warnings=warnings if was_encrypted and words is None else ()
    )


BACKUP_COMMANDS = (
    Command(
        id="backup",
        help=N_("copy the project and check the copy"),
        arguments=(
            WORKSPACE,
            argument(
                "-o",
                "--output",
                help=N_("the copy, a new file"),
                type=existing,
                metavar="COPY.tipw",
            ),
            argument("--list", help=N_("list the automatic copies"), action="store_true"),
            argument("--forget", help=N_("delete the automatic copies"), action="store_true"),
        ),
        run=backup,
    ),
    Command(
        id="restore",
        help=N_("put a copy in the place of the project"),
        arguments=(
            argument(
                "copy",
                help=N_("the copy; the newest automatic one when left out"),
                nargs="?",
                type=existing,
                metavar="COPY.tipw",
            ),
            WORKSPACE,
        ),
        run=restore,
    ),
)
