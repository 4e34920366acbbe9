"""Polygons as short text: whole steps of a hundred-thousandth of a degree (about a metre)."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from workbench.geography.shapes import Polygon, ring

STEPS = 100_000
"""Steps in a degree."""


def packed(polygons: Sequence[Polygon]) -> str:
    """The polygons as JSON: each ring is a list of steps, longitude and latitude in turn."""
    return json.dumps(
        [[_steps(points) for points in polygon] for polygon in polygons], separators=(",", ":")
    )


def unpacked(text: str) -> tuple[Polygon, ...]:
    """The polygons of a packed text, exact to half a step."""
    return tuple(
        tuple(
            ring(np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) / STEPS)
            for steps in polygon
        )
        for polygon in json.loads(text)
    )


def _steps(points: object) -> list[int]:
    whole = np.rint(np.asarray(points, dtype=np.float64) * STEPS).astype(np.int64)
    flat: list[int] = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist()
    return flat
