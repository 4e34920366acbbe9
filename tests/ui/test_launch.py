"""One command: the window, or the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui.launch import opens_window


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["valdoria.tipw"], True),
        (["Valdoria.TIPW"], True),
        (["--json"], False),
        (["inspect", "valdoria.tipw"], False),
        (["police.csv"], False),
        (["--help.tipw"], False),
    ],
)
def test_what_opens_the_window(arguments: list[str], expected: bool) -> None:
    assert opens_window(arguments) is expected


def test_the_launcher_needs_only_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import ui.launch;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "['ui']"
