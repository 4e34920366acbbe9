"""Passphrases for commands: from a file or typed, never a word of the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from indicators.errors import N_, TipError
from workbench.i18n import _


def of_project(arguments: Namespace, path: str | Path) -> str | None:
    """What opens a project: the file of ``--passphrase-file``, else typed; None for a plain one.

    Without a terminal nothing is asked: opening then tells that the passphrase is missing.
    """
    from workbench.services import workspace
    from workbench.services.encryption import needs_passphrase

    if arguments.passphrase_file is not None:
        return workspace.passphrase(arguments.passphrase_file)
    if not needs_passphrase(path) or not is_terminal():
        return None
    return typed(_("Passphrase of {file}: ").format(file=Path(path).name))


def new(file: Path | None, option: str) -> str:
    """A new passphrase: the first line of a file, else typed twice.

    Args:
        file: what the option gave.
        option: its name, for the message.

    Raises:
        TipError: there is neither file nor terminal, or the two words differ.
    """
    from workbench.services import workspace

    if file is not None:
        return workspace.passphrase(file)
    if not is_terminal():
        raise TipError(
            N_("The new passphrase is missing."),
            hint=N_("Write it on the first line of a file and name the file with {option}."),
            option=option,
        )
    words = typed(_("New passphrase: "))
    if typed(_("The same again: ")) != words:
        raise TipError(N_("The two passphrases differ."), hint=N_("Type both again."))
    return words


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def typed(question: str) -> str:
    """What is typed at the terminal, without showing it."""
    from getpass import getpass

    try:
        return getpass(question)
    except EOFError as error:
        raise TipError(
            N_("No passphrase was typed."), hint=N_("Type it, or name a file that holds it.")
        ) from error
