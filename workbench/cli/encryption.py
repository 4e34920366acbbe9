"""Commands on the passphrase of a project: encrypt, rekey, decrypt."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, TipError
from workbench import i18n
from workbench.cli import passphrases
from workbench.cli.command import Command, Output, argument
from workbench.cli.project import WORKSPACE
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.encryption import Rewritten

WITH_BACKUPS = argument(
    "--with-backups", help=N_("the automatic copies as well"), action="store_true"
)


def encrypt(arguments: Namespace) -> Output:
    """Put a plain project under a passphrase."""
    from workbench.services import encryption

    words = passphrases.new(arguments.passphrase_file, "--passphrase-file")
    done = encryption.encrypt(arguments.workspace, words, with_backups=arguments.with_backups)
    return _output(
        done,
        N_("Encrypted the project {file}; every row was compared."),
        notes=(encryption.LOST,),
        warnings=(encryption.OLD_COPIES,),
        is_encrypted=True,
    )


def rekey(arguments: Namespace) -> Output:
    """Change the passphrase of a project."""
    from workbench.services import encryption

    words = passphrases.of_project(arguments, arguments.workspace)
    new = passphrases.new(arguments.new_passphrase_file, "--new-passphrase-file")
    done = encryption.rekey(
        arguments.workspace, words or "", new, with_backups=arguments.with_backups
    )
    return _output(
        done,
        N_("Changed the passphrase of {file}; every row was compared."),
        notes=(encryption.LOST,),
        warnings=(encryption.OLD_PASSPHRASE,),
        is_encrypted=True,
    )


def decrypt(arguments: Namespace) -> Output:
    """Make a plain project of an encrypted one."""
    from workbench.services import encryption

    if not arguments.yes:
        raise TipError(
            N_("Anybody who has the file {file} could read it then."),
            hint=N_("Add --yes to make it plain."),
            file=arguments.workspace,
        )
    words = passphrases.of_project(arguments, arguments.workspace)
    done = encryption.decrypt(
        arguments.workspace, words or "", with_backups=arguments.with_backups
    )
    return _output(
        done,
        N_("The project {file} is plain now; every row was compared."),
        notes=(),
        warnings=(encryption.PLAIN,),
        is_encrypted=False,
    )


def _output(
    done: Rewritten,
    text: str,
    *,
    notes: tuple[str, ...],
    warnings: tuple[str, ...],
    is_encrypted: bool,
) -> Output:
    lines = [i18n.message(text, {"file": done.path.name}), *(_(note) for note in notes)]
    if done.backups:
        again = C_(
            "{count} automatic backup was rewritten as well.",
            "{count} automatic backups were rewritten as well.",
        )
        lines.append(i18n.message(again, {"count": len(done.backups)}))
    told = [_(warning) for warning in warnings]
    if done.left:
        left = C_(
            "{count} automatic backup stays as it was; “backup --forget” deletes it.",
            "{count} automatic backups stay as they were; “backup --forget” deletes them.",
        )
        told.append(i18n.message(left, {"count": len(done.left)}))
    data = {
        "path": str(done.path),
        "encrypted": is_encrypted,
        "backups": [str(path) for path in done.backups],
        "backups_left": [str(path) for path in done.left],
    }
    return Output(data=data, lines=lines, warnings=told)


ENCRYPTION_COMMANDS = (
    Command(
        id="encrypt",
        help=N_("put a plain project under the passphrase of --passphrase-file"),
        arguments=(WORKSPACE, WITH_BACKUPS),
        run=encrypt,
    ),
    Command(
        id="rekey",
        help=N_("change the passphrase of a project"),
        arguments=(
            WORKSPACE,
            argument(
                "--new-passphrase-file",
                help=N_("file that holds the new passphrase; asked for when left out"),
                type=Path,
                default=None,
                metavar="F",
            ),
            WITH_BACKUPS,
        ),
        run=rekey,
    ),
    Command(
        id="decrypt",
        help=N_("make a plain project of an encrypted one"),
        arguments=(
            WORKSPACE,
            argument("--yes", help=N_("do it; anybody can read it then"), action="store_true"),
            WITH_BACKUPS,
        ),
        run=decrypt,
    ),
)
