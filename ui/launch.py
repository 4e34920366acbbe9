"""The ``tip-workbench`` command: the window without arguments or with one project file, else the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

PROJECT_ENDING = ".tipw"


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments open the window."""
    if not arguments:
        return True
    return (
        len(arguments) == 1
        and not arguments[0].startswith("-")
        and arguments[0].lower().endswith(PROJECT_ENDING)
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window or the command line; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if opens_window(arguments):
        from ui.app import main as window

        return window(arguments)
    from workbench.cli.main import main as command_line

    return int(command_line(arguments) or 0)


if __name__ == "__main__":
    sys.exit(main())
