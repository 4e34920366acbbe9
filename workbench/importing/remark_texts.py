"""Lists inside the sentences of remarks."""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 8
"""How many examples a remark names."""


def listed(values: Iterable[str]) -> str:
    """The first values of a list as one text."""
    values = list(values)
    more = len(values) - SHOWN
    return ", ".join(values[:SHOWN]) + (f" (+{more})" if more > 0 else "")
