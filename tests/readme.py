"""Keeps the outputs in the README real: ``python -m tests.readme write|check``.

Every block that begins with a line ``$ tip-workbench ...`` is run in order in an empty folder; the
lines after it are what the command prints.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from tests.places import ROOT
from workbench.cli.main import main as command_line

README = ROOT / "README.md"
BLOCK = re.compile(
    r"```console\n\$ tip-workbench (?P<words>[^\n]*)\n(?P<output>.*?)```", re.DOTALL
)
CHANGING = re.compile(r"(Imported ).*?( as version)")
"""The time of an import is not the same twice."""


def printed(words: str) -> str:
    """What a command prints on its output."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        command_line([*shlex.split(words), "--language", "en"])
    return CHANGING.sub(r"\1...\2", out.getvalue())


def renewed(text: str) -> str:
    """The README with the outputs of today; runs in the current folder."""
    return BLOCK.sub(
        lambda match: (
            f"```console\n$ tip-workbench {match['words']}\n{printed(match['words'])}```"
        ),
        text,
    )


def main(action: str) -> int:
    """Write the outputs, or tell whether they are real."""
    text = README.read_text(encoding="utf-8")
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            new = renewed(text)
        finally:
            os.chdir(here)
    if action == "write":
        README.write_text(new, encoding="utf-8")
        return 0
    return 0 if new == text else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
