"""Encrypting a project, changing its passphrase and making it plain again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import N_
from workbench.errors import StoreError, WorkbenchError
from workbench.store import connection
from workbench.store.lock import InstanceLock

LEAST_LETTERS = 12
"""Letters of a new passphrase; words of everyday language are as good as signs."""
LOST = N_("A lost passphrase cannot be replaced: without it nobody opens the project.")
OLD_COPIES = N_(
    "Copies made before, and parts of the disk that are free now, may still hold the data unencrypted."
)
OLD_PASSPHRASE = N_("Copies made before still open with the former passphrase.")
PLAIN = N_("Anybody who has the file can read it now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What was done with a project and its automatic backups.

    Attributes:
        path: the project.
        backups: automatic backups that were rewritten as well.
        left: automatic backups that stay as they were.
    """

    path: Path
    backups: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()


def needs_passphrase(path: str | Path) -> bool:
    """Whether a project file has to be opened with a passphrase, as far as its first bytes tell."""
    return connection.looks_encrypted(Path(path))


def refuse_without_driver() -> None:
    """Raise where this installation cannot open encrypted projects.

    Raises:
        WorkbenchError: with the way to the driver.
    """
    connection.driver_for("")


def refuse_weak(passphrase: str) -> None:
    """Refuse a new passphrase that can be guessed or typed wrongly without seeing it.

    Raises:
        WorkbenchError: it is too short, begins or ends with a blank or has a sign nobody sees.
    """
    if len(passphrase) < LEAST_LETTERS:
        raise WorkbenchError(
            N_("The passphrase is too short: it needs {least} characters or more."),
            N_("Whoever has the file can try short passphrases one after the other."),
            N_("Choose four or more words that do not belong together."),
            least=LEAST_LETTERS,
        )
    if passphrase != passphrase.strip() or not passphrase.isprintable():
        raise WorkbenchError(
            N_("The passphrase begins or ends with a blank, or has a sign that nobody sees."),
            hint=N_("Choose one that can be typed again."),
        )


def encrypt(path: str | Path, passphrase: str, *, with_backups: bool = False) -> Rewritten:
    """Put a plain project under a passphrase.

    Args:
        path: the project, closed.
        passphrase: opens it afterwards.
        with_backups: its automatic backups as well.

    Raises:
        WorkbenchError: the passphrase is weak, or the driver is missing.
        StoreError: the project is encrypted already, open, damaged or could not be written; it is
            as it was.
    """
    refuse_weak(passphrase)
    if connection.looks_encrypted(Path(path)):
        raise StoreError(
            N_("“{path}” is encrypted already, or it is damaged."),
            hint=N_("The command “rekey” changes its passphrase."),
            path=path,
        )
    return _change(path, old=None, new=passphrase, with_backups=with_backups)


def rekey(path: str | Path, passphrase: str, new: str, *, with_backups: bool = False) -> Rewritten:
    """Change the passphrase of a project.

    Args:
        path: the project, closed.
        passphrase: opens it now.
        new: opens it afterwards.
        with_backups: its automatic backups as well.

    Raises:
        WorkbenchError: the new passphrase is weak, or the driver is missing.
        StoreError: the project is plain, the passphrase wrong, or see ``encrypt``.
    """
    refuse_weak(new)
    return _change(path, old=passphrase, new=new, with_backups=with_backups)


def decrypt(path: str | Path, passphrase: str, *, with_backups: bool = False) -> Rewritten:
    """Make a plain project of an encrypted one.

    Raises:
        StoreError: the project is plain, the passphrase wrong, or see ``encrypt``.
    """
    return _change(path, old=passphrase, new=None, with_backups=with_backups)


def _change(
    path: str | Path, *, old: str | None, new: str | None, with_backups: bool
) -> Rewritten:
    from workbench.services.backups import backups_of

    target = Path(path).absolute().resolve()
    _rewrite(target, old=old, new=new)
    copies = tuple(entry.path for entry in backups_of(target))
    done = _rewrite_all(copies, old=old, new=new) if with_backups else ()
    left = tuple(copy for copy in copies if copy not in done)
    return Rewritten(path=target, backups=done, left=left)


def _rewrite(path: Path, *, old: str | None, new: str | None) -> None:
    from workbench.store.encryption import rewrite

    connection.look_at_file(path, encrypted=old is not None)
    lock = InstanceLock.take(path)
    try:
        rewrite(path, old=old, new=new)
    finally:
        lock.release()


def _rewrite_all(copies: Sequence[Path], *, old: str | None, new: str | None) -> tuple[Path, ...]:
    """Those copies that open with the former passphrase; others stay as they are."""
    done = []
    for copy in copies:
        try:
            _rewrite(copy, old=old, new=new)
        except StoreError:
            continue
        done.append(copy)
    return tuple(done)
