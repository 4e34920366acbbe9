"""Starts the window as a process of its own, so that no import points upward."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def has_display() -> bool:
    """Whether a window could be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(project: Path) -> None:
    """Open the window on a project and go on."""
    subprocess.Popen(
        [sys.executable, "-m", "ui", str(project)],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
