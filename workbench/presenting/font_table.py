"""Advance widths of the bundled font, read from its files at first use (a few milliseconds)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FAMILY = "Workbench Sans"
FALLBACKS = ("Workbench Sans", "Inter", "Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans")
"""Families in the order files and the window ask for them."""
FONTS = Path(__file__).with_name("fonts")
FILES: Mapping[int, Path] = {
    400: FONTS / "WorkbenchSans-Regular.ttf",
    500: FONTS / "WorkbenchSans-Medium.ttf",
    600: FONTS / "WorkbenchSans-SemiBold.ttf",
}
"""Font file of each weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontTable:
    """Widths in parts of the font size.

    Attributes:
        widths: advance width by code point.
        default: width of a character the font lacks.
    """

    widths: Mapping[int, float]
    default: float


@lru_cache(maxsize=3)
def font_table(weight: int) -> FontTable:
    """The widths of a weight (400, 500 or 600)."""
    data = FILES[weight].read_bytes()
    tables = dict(_tables(data))
    units = float(struct.unpack_from(">H", data, tables["head"] + 18)[0])
    metrics = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    advances = struct.unpack_from(f">{metrics * 2}H", data, tables["hmtx"])[::2]
    widths = {
        code: advances[min(glyph, metrics - 1)] / units
        for code, glyph in _characters(data, tables["cmap"])
    }
    return FontTable(widths=widths, default=advances[0] / units)


def _tables(data: bytes) -> Iterator[tuple[str, int]]:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _sum, offset, _length = struct.unpack_from(">4s3I", data, 12 + 16 * index)
        yield tag.decode("ascii"), offset


def _characters(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Pairs of code point and glyph from the Windows Unicode table (format 4)."""
    for index in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">2HI", data, start + 4 + 8 * index)
        if (platform, encoding) == (3, 1):
            yield from _format_4(data, start + offset)


def _format_4(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    starts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, start + 16 + 4 * count)
    table = start + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", data, table)
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1 if last < 0xFFFF else 0):
            glyph = code
            if ranges[segment]:
                place = table + 2 * segment + ranges[segment] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                if glyph == 0:
                    continue
            yield code, (glyph + deltas[segment]) & 0xFFFF
