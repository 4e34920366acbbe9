"""The expected problems of files, the store and the command line."""

from __future__ import annotations

from pathlib import Path

from indicators.errors import TipError


class WorkbenchError(TipError):
    """An expected problem outside the mathematics."""


class _FileError(WorkbenchError):
    """A problem with one file; ``path`` is an attribute and a field of the texts."""

    def __init__(
        self, title: str, detail: str = "", hint: str = "", *, path: str | Path, **data: object
    ) -> None:
        super().__init__(title, detail, hint, path=str(path), name=Path(path).name, **data)
        self.path = Path(path)


class UserFileError(_FileError):
    """A file of the person that cannot be read or written."""


class StoreError(_FileError):
    """A project file that cannot be used."""


class StoreLocked(StoreError):  # noqa: N818 - names of the error table in the style page
    """The project is open elsewhere."""


class StoreOutdated(StoreError):  # noqa: N818 - names of the error table in the style page
    """The file has an older layout and may only be read."""


class StoreTooNew(StoreError):  # noqa: N818 - names of the error table in the style page
    """A newer program wrote the project."""


class StoreCorrupt(StoreError):  # noqa: N818 - names of the error table in the style page
    """Damaged, encrypted with another passphrase, or no project at all."""


class UsageError(WorkbenchError):
    """A command or call that does not fit together."""
