"""Work for a screen that nobody looks at waits until somebody does."""

from __future__ import annotations

from collections.abc import Callable


class Resting:
    """Does what is asked at once while the screen is seen, else once when it is seen again.

    Args:
        act: the work; called without arguments.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._seen, self._owed = True, False

    def ask(self, *, urgent: bool = False) -> None:
        """Do the work now, or when the screen is seen; urgent work is done now in any case."""
        self._owed = not (self._seen or urgent)
        if not self._owed:
            self._act()

    def see(self, *, on: bool) -> None:
        """The screen is shown or hidden."""
        self._seen = on
        if on and self._owed:
            self.ask()
