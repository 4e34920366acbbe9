"""The series of a source as rows: a small line of their course, years, counts and breaks; in workers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.viewmodels.data_grid import Asked, Names, hidden_of
from ui.viewmodels.long_table import RowPage
from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row
from workbench.presenting.spec import Alignment

if TYPE_CHECKING:
    from workbench.services import grid
    from workbench.services.workspace import Workspace

SERIES_PAGE = 200


def series_heads() -> tuple[HeadText, ...]:
    """Headings of the list of series."""
    from workbench.i18n import _

    return (
        HeadText(text=_("Input"), elastic=True),
        HeadText(text=_("Area"), elastic=True),
        HeadText(text=_("Breakdown"), elastic=True),
        HeadText(text=_("Course")),
        HeadText(text=_("From")),
        HeadText(text=_("To")),
        HeadText(text=_("Values"), align=Alignment.RIGHT),
        HeadText(text=_("Breaks"), align=Alignment.RIGHT),
        HeadText(text=_("Unit")),
    )


def read_series_page(ws: Workspace, asked: Asked, after: Any) -> RowPage:
    """One row a series, with a small line of its values; called in a worker."""
    from workbench.services import events, grid

    start = 0 if after is None else int(after)
    part = asked.series[start : start + SERIES_PAGE]
    lines = _without(
        grid.lines(ws, [entry.id for entry in part]),
        part,
        hidden_of(ws, asked, {entry.variable for entry in part}),
    )
    breaks = events.breaks(ws)
    rows = tuple(
        _series_row(entry, lines.get(entry.id, ()), breaks, asked.names)
        for entry in part
        if lines.get(entry.id)
    )
    more = start + SERIES_PAGE
    return RowPage(rows=rows, after=more if more < len(asked.series) else None)


def _without(
    lines: Mapping[int, Any],
    series: Sequence[grid.GridSeries],
    hidden: Mapping[str, Collection[Any]],
) -> Mapping[int, Any]:
    """The lines with gaps where the public view hides a value."""
    from indicators.model.period import Period

    if not hidden:
        return lines
    return {
        entry.id: tuple(
            (
                code,
                None
                if (entry.area, entry.breakdown, Period(code)) in hidden[entry.variable]
                else value,
            )
            for code, value in lines.get(entry.id, ())
        )
        for entry in series
    }


def _series_row(
    entry: grid.GridSeries,
    points: Sequence[tuple[int, float | None]],
    breaks: Sequence[Any],
    names: Names,
) -> Row:
    from indicators.model.period import Period
    from workbench.i18n import number, period_text

    first, last = Period(points[0][0]), Period(points[-1][0])
    held = sum(value is not None for _code, value in points)
    crossed = sum(
        first < b.start <= last
        and (not b.variables or entry.variable in b.variables)
        and (not b.areas or entry.area in b.areas)
        for b in breaks
    )
    return Row(
        key=CellRef(
            variable=entry.variable,
            area=entry.area,
            period=str(last),
            breakdown=str(entry.breakdown),
        ),
        cells=(
            CellText(text=names.variable(entry.variable)),
            CellText(text=names.area(entry.area)),
            CellText(text=names.cut(entry.breakdown)),
            CellText(spark=_spark(points)),
            CellText(text=period_text(first, short=True)),
            CellText(text=period_text(last, short=True)),
            CellText(text=number(held), strong=True),
            CellText(text=number(crossed) if crossed else "–", muted=not crossed),
            CellText(text=names.unit(entry.unit), muted=True),
        ),
    )


def _spark(points: Sequence[tuple[int, float | None]]) -> tuple[float | None, ...]:
    """Values in equal steps; years without a row are gaps where the series is yearly."""
    codes = [code for code, _value in points]
    if all(code % 100 == 0 for code in codes):
        held = dict(points)
        return tuple(held.get(y * 100) for y in range(codes[0] // 100, codes[-1] // 100 + 1))
    return tuple(value for _code, value in points)
