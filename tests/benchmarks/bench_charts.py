"""Redraw of a line chart: ours against a bare painter (floor) and one pyqtgraph item a mark (naive).

Run: ``python -m tests.benchmarks.bench_charts``. Interleaved rounds, medians; the ratio to the naive
route and the absolute target of the design are printed.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# ruff: noqa: TID251 - measures widgets
import random
import statistics
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.app import make_application
from ui.theme import Theme
from workbench.presenting.spec import (
    Axis,
    Band,
    Chart,
    Event,
    Label,
    Line,
    Point,
    Points,
    Role,
    Shape,
    Tick,
)

SIZE = (1000, 650)
ROUNDS = 15
TARGET_MS = {10: 25.0, 200: 16.0}
YEARS = tuple(float(year) for year in range(2005, 2025))
ROLES = (Role.PREVENTION, Role.PROTECTION, Role.PROSECUTION, Role.CROSS_CUTTING)


def values(count: int, seed: int) -> list[tuple[float, ...]]:
    """Random walks."""
    source = random.Random(seed)
    rows = []
    for _index in range(count):
        level, row = source.uniform(5, 30), []
        for _year in YEARS:
            level += source.gauss(0, 1)
            row.append(level)
        rows.append(tuple(row))
    return rows


def chart(rows: list[tuple[float, ...]]) -> Chart:
    """At most ten series in colour with bands, the others one grey path; events and labels."""
    shown = rows[:10] if len(rows) <= 10 else rows[:1]
    low, high = min(min(row) for row in rows) - 3, max(max(row) for row in rows) + 3
    ticks = tuple(Tick(position=y, label=f"{y:.0f}") for y in (0, 10, 20, 30, 40))
    return Chart(
        title="t",
        subtitle="s",
        x=Axis(low=2004.4, high=2024.6, ticks=tuple(Tick(position=y, label=f"{y:.0f}") for y in YEARS[::5])),
        y=Axis(low=low, high=high, ticks=ticks, unit="persons"),
        bands=tuple(
            Band(xs=YEARS, lows=tuple(v - 2 for v in row), highs=tuple(v + 2 for v in row), role=ROLES[i % 4])
            for i, row in enumerate(shown)
        ),
        lines=(
            *(Line(xs=YEARS, ys=row, role=Role.CONTEXT, thin=True) for row in rows[len(shown):]),
            *(Line(xs=YEARS, ys=row, role=ROLES[i % 4]) for i, row in enumerate(shown)),
        ),
        points=tuple(
            Points(
                points=tuple(Point(x=x, y=y, key=str(x)) for x, y in zip(YEARS, row, strict=True)),
                role=ROLES[i % 4],
                shape=Shape.CIRCLE,
            )
            for i, row in enumerate(shown)
        ),
        events=tuple(Event(x=x, label=f"Law of {x:.0f}", detail="January") for x in (2008.0, 2011.0, 2017.0)),
        labels=tuple(
            Label(x=YEARS[-1], y=row[-1], text=f"{row[-1]:.1f}", role=ROLES[i % 4])
            for i, row in enumerate(shown)
        ),
    )  # fmt: skip


class Bare(QWidget):
    """The floor: axis, bands and polylines painted without anything else."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[float, ...]] = []
        self.resize(*SIZE)

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt calls it
        """Paint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = SIZE

        def at(x: float, y: float) -> QPointF:
            return QPointF(
                50 + (x - 2004) / 21 * (width - 70), height - 40 - y / 45 * (height - 60)
            )

        for index, row in enumerate(self.rows):
            points = [at(x, y) for x, y in zip(YEARS, row, strict=True)]
            if index < 10:
                low = [at(x, y - 2) for x, y in zip(YEARS, row, strict=True)]
                high = [at(x, y + 2) for x, y in zip(YEARS, row, strict=True)]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(0, 114, 178, 40))
                painter.drawPolygon(QPolygonF([*high, *reversed(low)]))
            painter.setPen(QPen(QColor(0, 114, 178), 1))
            painter.drawPolyline(QPolygonF(points))
        painter.end()


def routes(count: int, theme: Theme) -> dict[str, Callable[[int], None]]:
    """What is compared; each redraws with the data of a round and grabs the picture."""
    import pyqtgraph as pg

    from ui.charts.plot import PlotView

    sets = [values(count, seed) for seed in range(4)]
    charts = [chart(rows) for rows in sets]
    bare, ours = Bare(), PlotView(theme)
    ours.resize(*SIZE)
    pg.setConfigOptions(antialias=True, background="w", foreground="k")
    naive = pg.PlotWidget()
    naive.resize(*SIZE)
    curves, pairs, dots = [], [], []
    for index, row in enumerate(sets[0]):
        curves.append(naive.plot(YEARS, row, pen=pg.mkPen("#0072B2")))
        if index < 10:
            low, high = pg.PlotDataItem(YEARS, row), pg.PlotDataItem(YEARS, row)
            naive.addItem(pg.FillBetweenItem(low, high, brush=(0, 114, 178, 40)))
            dots.append(pg.ScatterPlotItem(YEARS, row, size=7))
            naive.addItem(dots[-1])
            pairs.append((low, high))
    for widget in (bare, ours, naive):
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        widget.show()

    def draw_bare(turn: int) -> None:
        bare.rows = sets[turn % 4]
        bare.grab()

    def draw_ours(turn: int) -> None:
        ours.show_chart(charts[turn % 4])
        ours.grab()

    def draw_naive(turn: int) -> None:
        rows = sets[turn % 4]
        for curve, row in zip(curves, rows, strict=True):
            curve.setData(YEARS, row)
        for (low, high), mark, row in zip(pairs, dots, rows, strict=False):
            low.setData(YEARS, [v - 2 for v in row])
            high.setData(YEARS, [v + 2 for v in row])
            mark.setData(YEARS, row)
        naive.grab()

    return {"floor": draw_bare, "ours": draw_ours, "naive": draw_naive}


def measure() -> dict[int, dict[str, float]]:
    """Median milliseconds by number of series and route."""
    app = make_application()
    theme = Theme("light")
    theme.apply(app)
    found = {}
    for count, target in TARGET_MS.items():
        named = routes(count, theme)
        times: dict[str, list[float]] = {name: [] for name in named}
        for turn in range(ROUNDS):
            for name, draw in named.items():
                start = time.perf_counter()
                draw(turn)
                times[name].append((time.perf_counter() - start) * 1000)
        medians = {name: statistics.median(kept[2:]) for name, kept in times.items()}
        found[count] = medians
        print(
            f"{count:4d} x {len(YEARS)}  "
            + "  ".join(f"{name} {value:6.1f} ms" for name, value in medians.items())
            + f"  ours/floor {medians['ours'] / medians['floor']:.2f}"
            + f"  ours/naive {medians['ours'] / medians['naive']:.2f}  target {target:.0f} ms"
        )
    return found


if __name__ == "__main__":
    found = measure()
    sys.exit(0 if all(row["ours"] <= 1.5 * row["naive"] for row in found.values()) else 1)
