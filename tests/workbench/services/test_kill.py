"""A program that is killed while it writes leaves the project as before or as after."""

from __future__ import annotations

import sys

import pytest

from tests.soak import kill_loop


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize("action", [*kill_loop.ACTIONS, *kill_loop.WHOLE_FILE])
def test_a_kill_leaves_before_or_after(action: str) -> None:
    assert kill_loop.run(action, 5).total() == 5
