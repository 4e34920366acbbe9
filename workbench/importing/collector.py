"""The collector of reference cycles pauses while an import makes millions of short-lived rows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause the cycle collector; an import makes no cycles, and it would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # what was made goes to the oldest objects as it is: looking through it now would stop
        # every thread of the program for as long as it takes
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()
