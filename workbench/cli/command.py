"""What a command is: a name, its arguments, and a function that answers with data and words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DONE, REFUSED, USAGE, UNSAFE, FAULT = 0, 1, 2, 3, 4
"""Exit codes: done; refused (a bad or missing file included); usage; cannot be done safely; a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One option or positional argument.

    Attributes:
        flags: ``("FILE",)`` or ``("-w", "--workspace")``.
        help: English sentence marked with ``N_``.
        options: further keywords of ``argparse``.
    """

    flags: tuple[str, ...]
    help: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a command answers.

    Attributes:
        data: printed with ``--json``; numbers in full precision.
        lines: printed without; already in the language of the person.
        warnings: lines that begin with ``warning:`` on the error stream.
        code: exit code.
    """

    data: object = None
    lines: Sequence[str] = ()
    warnings: Sequence[str] = ()
    code: int = DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of the contract; ``id`` is its name."""

    id: str
    help: str
    arguments: tuple[Argument, ...]
    run: Callable[[argparse.Namespace], Output]
    quiet_end: bool = False


def argument(*flags: str, help: str, **options: object) -> Argument:  # noqa: A002 - argparse's word
    """An argument, in the words of ``argparse``."""
    return Argument(flags=flags, help=help, options=options)


def table_lines(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: str = ""
) -> list[str]:
    """Columns of text under their header; ``right`` has ``r`` for columns set right, else ``l``."""
    widths = [max(len(str(row[i])) for row in (header, *rows)) for i in range(len(header))]
    sides = right.ljust(len(header), "l")

    def line(row: Sequence[str]) -> str:
        cells = (
            str(cell).rjust(width) if side == "r" else str(cell).ljust(width)
            for cell, width, side in zip(row, widths, sides, strict=True)
        )
        return "  ".join(cells).rstrip()

    return [line(header), *(line(row) for row in rows)]


def existing(path: str) -> Path:
    """The path as given; whether it exists is told by the service that reads it."""
    return Path(path)
