"""Walking the expected values of a reference case and comparing them one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One number to test: where it stands and what it must be."""

    path: tuple[str, ...]
    value: object
    rel_tol: float | None
    abs_tol: float | None


MISSING = object()
"""What ``found`` answers where the program has produced nothing."""


def checks(expected: object, path: tuple[str, ...] = ()) -> Iterator[Check]:
    """Every object with the key ``value``, except below ``context_only``."""
    if isinstance(expected, Mapping):
        if "value" in expected:
            yield Check(
                path=path,
                value=expected["value"],
                rel_tol=expected.get("rel_tol"),
                abs_tol=expected.get("abs_tol"),
            )
            return
        for key, inner in expected.items():
            if key != "context_only":
                yield from checks(inner, (*path, str(key)))
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        for index, inner in enumerate(expected):
            yield from checks(inner, (*path, str(index)))


def found(produced: object, path: tuple[str, ...]) -> object:
    """The produced value at a path, or ``MISSING``."""
    for key in path:
        if not isinstance(produced, Mapping) or key not in produced:
            return MISSING
        produced = produced[key]
    return produced


def agrees(got: object, check: Check) -> bool:
    """Whether a produced value meets the expected one within its tolerance.

    A list of one stands for its element where a single number is expected.
    """
    got = plain(got)
    if isinstance(got, list) and len(got) == 1 and not isinstance(check.value, list):
        got = got[0]
    return _agrees(got, check.value, check)


def plain(value: object) -> object:
    """The value without numpy types."""
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _agrees(got: object, want: object, check: Check) -> bool:
    if isinstance(want, list):
        return (
            isinstance(got, list)
            and len(got) == len(want)
            and all(_agrees(a, b, check) for a, b in zip(got, want, strict=True))
        )
    if isinstance(want, bool) or want is None or isinstance(want, str):
        return type(got) is type(want) and got == want
    if isinstance(got, bool) or not isinstance(got, (int, float)):
        return False
    if not isinstance(want, (int, float)):
        return False
    return _close(float(got), float(want), check)


def _close(got: float, want: float, check: Check) -> bool:
    if got == want:
        return True
    if not (math.isfinite(got) and math.isfinite(want)):
        return False
    if check.rel_tol is not None:
        return abs(got - want) <= check.rel_tol * abs(want)
    return abs(got - want) <= (check.abs_tol or 0.0)
