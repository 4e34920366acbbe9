"""One chart as an SVG file."""

from __future__ import annotations

from workbench.exporting.svg.chart import HEIGHT, WIDTH, write

__all__ = ["HEIGHT", "WIDTH", "write"]
