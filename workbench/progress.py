"""How long work tells where it is and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives reports of long work."""

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Take note of the progress.

        Args:
            done: steps finished.
            total: steps in all, or None when unknown.
            text: what is being done, a marked English text.

        Raises:
            Cancelled: the person stopped the work.
        """


class _Silent:
    """Takes note of nothing and never stops."""

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Do nothing."""


SILENT: Progress = _Silent()
"""For callers that show no progress."""
