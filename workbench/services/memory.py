"""What an open project keeps in memory: one result a place, made anew when its state changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """Results by place. Threads share it: two of them may make the same result, and either counts.

    A place names what is kept (such as ``("cube", variable)``), its state what it was made from
    (such as a revision). The result of an older state is let go when a newer one is kept.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[object, ...], tuple[Hashable, Any]] = {}

    def kept(self, place: tuple[object, ...], state: Hashable, make: Callable[[], Made]) -> Made:
        """The result of that place and state, made now if it is not held."""
        held = self._held.get(place)
        if held is not None and held[0] == state:
            found: Made = held[1]
            return found
        made = make()
        self._held[place] = (state, made)
        return made

    def held(self, place: tuple[object, ...], state: Hashable) -> Any:
        """The result of that place and state if it is in memory, else None."""
        held = self._held.get(place)
        return held[1] if held is not None and held[0] == state else None

    def same(self, labels: tuple[Made, ...]) -> tuple[Made, ...]:
        """The equal labels that are already in memory, so that they compare at once."""
        held: tuple[Made, ...] = self._held.setdefault(("labels", labels), (0, labels))[1]
        return held

    def clear(self) -> None:
        """Let everything go."""
        self._held.clear()
