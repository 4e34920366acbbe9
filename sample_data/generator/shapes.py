"""Region boundaries: cells around fourteen seats, cut to one coast line; planar geometry only."""

from __future__ import annotations

import json

import numpy as np

from indicators.model.series import Floats
from sample_data.generator.country import REGIONS
from sample_data.generator.seeds import generator

CENTRE = (-12.0, 41.0)
RADII = (3.4, 2.3)
SEATS = {
    "XV-01": (0.05, 0.05), "XV-02": (0.45, 0.68), "XV-03": (-0.72, -0.05), "XV-04": (-0.12, 0.62),
    "XV-05": (0.78, 0.25), "XV-06": (-0.55, 0.45), "XV-07": (-0.20, -0.28), "XV-08": (0.18, -0.45),
    "XV-09": (0.72, -0.22), "XV-10": (-0.48, -0.66), "XV-11": (0.50, -0.66), "XV-12": (-0.30, 0.12),
    "XV-13": (0.32, 0.34), "XV-14": (0.42, -0.12),
}  # fmt: skip
"""Where each region lies inside the unit circle; coast regions in the west, borders in the east."""


def outline() -> Floats:
    """A seeded coast line around the centre, shape ``(48, 2)``, longitude and latitude."""
    rng = generator("outline")
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    noise = rng.standard_normal((2, 6)) * np.array([0.05, 0.05, 0.035, 0.025, 0.02, 0.018])
    waves = np.arange(2, 8)
    radius = (
        1 + noise[0] @ np.cos(np.outer(waves, angle)) + noise[1] @ np.sin(np.outer(waves, angle))
    )
    line: Floats = np.column_stack(
        [
            CENTRE[0] + RADII[0] * radius * np.cos(angle),
            CENTRE[1] + RADII[1] * radius * np.sin(angle),
        ]
    )
    return line


def _seats() -> Floats:
    rng = generator("seats")
    unit = np.array([SEATS[region.code] for region in REGIONS])
    unit = unit + 0.03 * rng.standard_normal(unit.shape)
    seats: Floats = np.array(CENTRE) + np.array(RADII) * unit
    return seats


def clipped(ring: Floats, middle: Floats, normal: Floats) -> Floats:
    """The part of a ring on the side of a line against its normal (Sutherland and Hodgman)."""
    inside = (ring - middle) @ normal <= 0
    kept: list[Floats] = []
    for i in range(len(ring)):
        a, b = ring[i - 1], ring[i]
        if inside[i - 1] != inside[i]:
            share = float((middle - a) @ normal / ((b - a) @ normal))
            kept.append(a + share * (b - a))
        if inside[i]:
            kept.append(b)
    return np.array(kept).reshape(-1, 2)


def cells() -> dict[str, Floats]:
    """One ring a region, not closed; each holds the points nearer to its seat than to another."""
    seats = _seats()
    scale = np.array(RADII)
    rings = {}
    for i, region in enumerate(REGIONS):
        ring = outline()
        for j, other in enumerate(seats):
            if j != i:
                normal = (other - seats[i]) / scale**2
                ring = clipped(ring, (seats[i] + other) / 2, normal)
        rings[region.code] = ring
    return rings


def geojson() -> str:
    """The regions as a GeoJSON text with four decimals."""
    features = []
    for region in REGIONS:
        ring = [[round(float(x), 4), round(float(y), 4)] for x, y in cells()[region.code]]
        ring = [point for i, point in enumerate(ring) if point != ring[i - 1]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": region.code, "name": region.names[0]},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
