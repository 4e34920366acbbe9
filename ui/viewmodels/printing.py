"""What a screen puts on paper: words, charts and tables in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.i18n import _, counted, message
from workbench.presenting.spec import Alignment, Chart, Column, Table

if TYPE_CHECKING:
    from ui.viewmodels.data_grid import Asked
    from ui.viewmodels.home import HomeState
    from ui.viewmodels.indicators import IndicatorsState
    from ui.viewmodels.scorecard import ScorecardState
    from ui.viewmodels.session import SessionState
    from workbench.services.workspace import Workspace

MOST_ROWS = 2_000
"""Rows of the grid on paper: some fifty pages."""
CHART = "chart:"
"""Beginning of the name under which the picture of a chart is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """A screen for paper.

    Attributes:
        title: name of what is printed.
        context: project, area, years and filters in force.
        blocks: texts, charts and tables, in order.
        mark: what stands on every page: invented, internal or public.
    """

    title: str
    context: str
    blocks: tuple[str | Chart | Table, ...]
    mark: str

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))


def mark_of(state: SessionState) -> str:
    """What every page says about who may read it."""
    if state.fictitious:
        return _("FICTITIOUS DATA")
    return _("Public view") if state.public_view else _("INTERNAL: not for publication")


def context_of(state: SessionState, place: str = "", group: str = "") -> str:
    """Project, area, years and group in one line; what two of them share stands once."""
    years = ""
    if place and state.first_year:
        years = f"{state.first_year}–{state.last_year}"
    filters = message(N_("Only: {group}"), {"group": group}) if group else ""
    parts = dict.fromkeys(
        (state.title, place, years, filters)
    )  # a project is often named like its area
    return " · ".join(part for part in parts if part)


def home_page(home: HomeState, session: SessionState) -> Printable:
    """The first page: the tiles with their sentences, and what is next."""
    tiles = Table(
        title=_("At a glance"),
        columns=(
            Column(id="name", title=_("Indicator")),
            Column(id="value", title=_("Value"), align=Alignment.RIGHT),
            Column(id="period", title=_("Year")),
            Column(id="sentence", title=_("In plain words")),
        ),
        rows=tuple(
            (tile.name, f"{tile.value} {tile.unit}".strip(), tile.period, tile.sentence)
            for tile in home.tiles
        ),
    )
    steps = Table(
        title=_("What next"),
        columns=(
            Column(id="step", title=_("Step")),
            Column(id="detail", title=_("Details")),
        ),
        rows=tuple(
            (message(step.text, step.data), message(step.detail, step.data) if step.detail else "")
            for step in home.steps
        ),
    )
    return Printable(
        title=home.title or session.title,
        context=context_of(session),
        blocks=tuple(table for table in (tiles, steps) if table.rows),
        mark=mark_of(session),
    )


def indicator_page(
    state: IndicatorsState, session: SessionState, place: str, group: str
) -> Printable | None:
    """One indicator: definition, chart, values, formula."""
    from workbench.i18n import local

    if state.indicator is None:
        return None
    indicator, formula = state.indicator, state.formula
    blocks: list[str | Chart | Table] = [local(indicator.definition)]
    if state.chart is not None:
        blocks.append(state.chart)
        if state.chart.table is not None:
            blocks.append(state.chart.table)
    elif state.refusal:
        blocks.append(state.refusal)
    if formula.words:
        told = {"period": formula.period, "words": formula.words, "numbers": formula.numbers}
        blocks += [message(N_("Formula: {words}"), told), message(N_("{period}: {numbers}"), told)]
    blocks.append(local(indicator.cautions))
    return Printable(
        title=f"{indicator.code} {local(indicator.name)}",
        context=context_of(session, place, group),
        blocks=tuple(blocks),
        mark=mark_of(session),
    )


def scorecard_page(state: ScorecardState, session: SessionState) -> Printable:
    """The ten recommendations or the five challenges as one table."""
    from ui.viewmodels.scorecard import EVIDENCE, MOVEMENT

    columns = (
        Column(id="number", title=_("No.")),
        Column(id="name", title=_("What was recommended")),
        Column(id="indicator", title=_("Indicator")),
        Column(id="value", title=_("Value"), align=Alignment.RIGHT),
        Column(id="evidence", title=_("Evidence")),
        Column(id="movement", title=_("Direction")),
        Column(id="reason", title=_("Why we say so")),
    )
    rows = tuple(
        (
            line.number,
            line.name,
            line.indicator,
            line.value,
            _(EVIDENCE[line.evidence][-1]),
            _(MOVEMENT[line.movement][-1]),
            line.reason,
        )
        for line in state.lines
    )
    return Printable(
        title=_("Scorecard"),
        context=context_of(session, state.place),
        blocks=(Table(title="", columns=columns, rows=rows),),
        mark=mark_of(session),
    )


def grid_page(ws: Workspace, asked: Asked, session: SessionState, source: str) -> Printable:
    """The values of a source in the order and with the filters in view; called in a worker."""
    from ui.viewmodels import data_grid

    rows: list[tuple[str, ...]] = []
    after, more = None, True
    while more and len(rows) < MOST_ROWS:
        page = data_grid.read_page(ws, asked, after)
        rows += [tuple(cell.text for cell in row.cells) for row in page.rows]
        after, more = page.after, page.after is not None
    total = data_grid.count(ws, asked) if more else len(rows)
    shown = rows[:MOST_ROWS]
    columns = tuple(
        Column(id=str(place), title=head.text, align=head.align)
        for place, head in enumerate(asked.heads)
    )
    blocks: list[str | Chart | Table] = []
    if total > len(shown):
        told = {"shown": len(shown), "total": total}
        blocks.append(
            message(N_("The first {shown} of {total} values; filter to print others."), told)
        )
    else:
        blocks.append(counted("{n} value", "{n} values", total))
    blocks.append(Table(title="", columns=columns, rows=tuple(shown)))
    return Printable(
        title=source, context=context_of(session), blocks=tuple(blocks), mark=mark_of(session)
    )


def html(page: Printable) -> str:
    """The page as the simple markup that a text document lays out; all texts are escaped."""
    parts = [f"<h1>{escape(page.title)}</h1>", f'<p class="context">{escape(page.context)}</p>']
    charts = 0
    for block in page.blocks:
        if isinstance(block, Chart):
            parts.append(f'<p><img src="{CHART}{charts}"></p><p>{escape(block.description)}</p>')
            charts += 1
        elif isinstance(block, Table):
            parts.append(_table(block))
        else:
            parts.append(f"<p>{escape(block)}</p>")
    return f"<html><body>{''.join(parts)}</body></html>"


def _table(table: Table) -> str:
    """A table whose heads come again on every page."""
    sides = [
        ' align="right"' if col.align is Alignment.RIGHT else ' align="left"'
        for col in table.columns
    ]
    shares = _widths(table)
    wide = [f'{side} width="{share}%"' for side, share in zip(sides, shares, strict=True)]
    heads = "".join(
        f"<th{side}>{escape(col.title)}</th>"
        for side, col in zip(wide, table.columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{side}>{escape(cell)}</td>" for side, cell in zip(sides, row, strict=True))
        + "</tr>"
        for row in table.rows
    )
    title = f"<h2>{escape(table.title)}</h2>" if table.title else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    return (
        f'{title}<table width="100%" cellspacing="0" cellpadding="3"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{notes}"
    )


def _widths(table: Table) -> list[int]:
    """Percent of the width of each column: long texts get more, short ones enough for a word."""
    lengths = []
    for place, column in enumerate(table.columns):
        texts = [row[place] for row in table.rows[:200]] or [""]
        mean = sum(map(len, texts)) / len(texts)
        word = max(
            (len(word) for text in (*texts, column.title) for word in text.split()), default=1
        )
        lengths.append(max(mean**0.7, min(word, 14) * 1.0, 5.0))
    whole = sum(lengths)
    return [max(round(100 * length / whole), 1) for length in lengths]
