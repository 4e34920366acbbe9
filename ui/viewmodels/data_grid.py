"""The values of a source as rows of a long table: filtered, ordered, with their series; in workers."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indicators.errors import N_
from ui.viewmodels.long_table import RowPage
from ui.viewmodels.source import CellRef
from ui.viewmodels.tables import CellText, HeadText, Row
from workbench.presenting.spec import Alignment
from workbench.presenting.tables import HIDDEN, HIDDEN_WORDS

if TYPE_CHECKING:
    from indicators.model.period import Period
    from workbench.services import grid
    from workbench.services.observations import ObservationRow
    from workbench.services.workspace import Workspace

ALL_INPUTS, FIRST_INPUT = "*", ""
STATES: tuple[tuple[str, str], ...] = (
    ("", N_("All values")),
    ("number", N_("Only numbers")),
    ("hidden", N_("Hidden by the source")),
    ("no_value", N_("Without a value")),
    ("corrected", N_("Corrected")),
    ("provisional", N_("Provisional")),
)
"""Kinds of cells to choose from."""
MOST_PAGES = 25
"""Pages read at once to show a value that was asked for."""
_OF_SERIES = ("area", "input", "breakdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The first rows of a table and what they are out of; -1 while that is being counted."""

    heads: tuple[HeadText, ...] = ()
    rows: tuple[Row, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GridQuestion:
    """Which values to read.

    Attributes:
        source, version, variable, area: codes; version 0 for the current content.
        first_year, last_year: the window; 0 leaves it open.
        text: words that must occur in area, input, breakdown, year or value.
        state: kind of cells, of ``STATES``.
        order: field to order by; empty for series by series.
        descending: largest first.
    """

    source: str
    version: int
    variable: str
    area: str
    first_year: int
    last_year: int
    text: str = ""
    state: str = ""
    order: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question put to the services, with what its rows are written with.

    ``hides`` is True in the public view: hidden cells show one mark, and neither a typed number nor
    an order by value tells of them.
    """

    question: grid.GridQuestion
    series: tuple[grid.GridSeries, ...]
    heads: tuple[HeadText, ...]
    names: Names
    corrected: frozenset[int]
    noted: frozenset[tuple[str, str, str, str]]
    one_input: bool
    hides: bool = False


def settled(question: GridQuestion, inputs: tuple[tuple[str, str], ...]) -> GridQuestion:
    """The question with the input it means: the first one, or none for all."""
    if question.variable == ALL_INPUTS:
        return replace(question, variable="")
    codes = [code for code, _name in inputs]
    if question.variable in codes:
        return question
    preferred = ("vic_detected", *codes)
    return replace(question, variable=next((code for code in preferred if code in codes), ""))


def folded(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def typed_words(text: str) -> tuple[str, ...]:
    """Words of a typed filter, folded; grouped numbers are joined."""
    import re

    joined = re.sub(r"(?<=\d)[.,'\u00a0\u202f](?=\d{3}\b)", "", folded(text))
    return tuple(word.replace(",", ".") if word[0].isdigit() else word for word in joined.split())


def ask(ws: Workspace, question: GridQuestion) -> Asked:
    """The question as the services take it; called in a worker."""
    from workbench.services import grid, notes, observations, public_view

    names = Names(ws)
    series = grid.grid_series(
        ws,
        question.source,
        variable=question.variable or None,
        area=question.area or None,
        vintage=question.version or None,
    )
    ordered = _ordered(series, question, names)
    words = typed_words(question.text)
    labels = {entry.id: names.label(entry) for entry in ordered} if words else {}
    chosen = grid.matching(ordered, words, labels)
    first, last = _period_window(question)
    hides = public_view.protects(ws)
    asked = grid.GridQuestion(
        series=chosen,
        vintage=question.version or None,
        first=first,
        last=last,
        state=question.state,
        numbers=() if hides else tuple(float(word) for word in words if grid.is_number(word)),
        order="" if question.order in _OF_SERIES or hides else question.order,
        descending=question.descending,
    )
    one = len({entry.variable for entry in series}) == 1
    unit = names.unit(series[0].unit) if series and one else ""
    wanted = {abs(number) for number in chosen}
    return Asked(
        question=asked,
        series=tuple(entry for entry in ordered if entry.id in wanted),
        heads=_grid_heads(one_input=one, unit=unit),
        names=names,
        corrected=frozenset(
            row.id for row in observations.vintages(ws) if row.mode == "correction"
        ),
        noted=frozenset(
            (
                note.about.variable,
                note.about.area,
                str(note.about.period),
                str(note.about.breakdown),
            )
            for note in notes.notes(ws)
            if note.about.period is not None
        ),
        one_input=one,
        hides=hides,
    )


def _ordered(
    series: Sequence[grid.GridSeries], question: GridQuestion, names: Names
) -> list[grid.GridSeries]:
    """Series by series: totals before their parts, or by a name that was clicked."""
    found = sorted(series, key=lambda s: (s.variable, s.area, len(s.breakdown.dims), s.breakdown))
    by = {
        "area": lambda s: folded(names.area(s.area)),
        "input": lambda s: folded(names.variable(s.variable)),
        "breakdown": lambda s: (len(s.breakdown.dims), folded(names.cut(s.breakdown))),
    }
    if question.order in by:
        found.sort(key=by[question.order], reverse=question.descending)  # type: ignore[arg-type]
    return found


def _period_window(question: GridQuestion) -> tuple[Period | None, Period | None]:
    from indicators.model.period import Period

    if not question.first_year or not question.last_year:
        return None, None
    # parts of the last year are shown too
    return Period.of_year(question.first_year), Period(question.last_year * 100 + 72)


def read_page(ws: Workspace, asked: Asked, after: Any) -> RowPage:
    """The page after a place; called in a worker."""
    from workbench.services import grid

    page = grid.grid_page(ws, asked.question, after=after)
    hidden = hidden_of(ws, asked, {row.variable for row in page.rows})
    rows = (_grid_row(row, asked, hidden) for row in page.rows)
    return RowPage(rows=tuple(rows), after=page.after)


def hidden_of(
    ws: Workspace, asked: Asked, variables: Collection[str]
) -> Mapping[str, Collection[Any]]:
    """Places that the public view hides, by variable; empty elsewhere."""
    from workbench.services.cubes import hidden_places

    return {code: hidden_places(ws, code) for code in variables} if asked.hides else {}


def read_pages(ws: Workspace, asked: Asked, cell: CellRef | None) -> list[RowPage]:
    """The first page, and more up to the one with a value that is wanted."""
    pages = [read_page(ws, asked, None)]
    while (
        cell is not None
        and pages[-1].after is not None
        and len(pages) < MOST_PAGES
        and all(row.key != cell for row in pages[-1].rows)
    ):
        pages.append(read_page(ws, asked, pages[-1].after))
    return pages if cell is None or len(pages) < MOST_PAGES else pages[:1]


def count(ws: Workspace, asked: Asked) -> int:
    """How many rows there are in all; called in a worker."""
    from workbench.services import grid

    return grid.grid_count(ws, asked.question)


class Names:
    """Names by code, looked up once for many rows."""

    def __init__(self, ws: Workspace) -> None:
        from workbench.i18n import local
        from workbench.services import observations

        self._areas = {row.code: local(row.names) or row.code for row in observations.areas(ws)}
        self._ws = ws
        self._variables: dict[str, str] = {}
        self._cuts: dict[Any, str] = {}

    def area(self, code: str) -> str:
        """Name of an area."""
        return self._areas.get(code, code)

    def variable(self, code: str) -> str:
        """Name of an input."""
        from workbench.services import indicators

        if code not in self._variables:
            self._variables[code] = indicators.input_name(self._ws, code)
        return self._variables[code]

    def cut(self, breakdown: Any) -> str:
        """A breakdown in words."""
        from workbench.i18n import _
        from workbench.presenting.naming import breakdown_text
        from workbench.services import packs

        if breakdown not in self._cuts:
            known = packs.catalogue(self._ws)
            self._cuts[breakdown] = breakdown_text(breakdown, known) or _("total")
        return self._cuts[breakdown]

    def label(self, entry: grid.GridSeries) -> str:
        """What a typed filter is compared with."""
        parts = (
            self.area(entry.area), entry.area, self.variable(entry.variable), entry.variable,
            self.cut(entry.breakdown),
        )  # fmt: skip
        return folded(" ".join(parts))

    @staticmethod
    def unit(key: str) -> str:
        """A unit in words."""
        from workbench.presenting.naming import unit_text

        return unit_text(key) if key else ""


def _grid_heads(*, one_input: bool, unit: str) -> tuple[HeadText, ...]:
    from workbench.i18n import _, message

    value = message("Value ({unit})", {"unit": unit}) if one_input and unit else _("Value")
    heads = [
        HeadText(text=_("Area"), elastic=True, order="area"),
        HeadText(text=_("Period"), order="period"),
    ]
    if not one_input:
        heads.append(HeadText(text=_("Input"), elastic=True, order="input"))
    return (
        *heads,
        HeadText(text=_("Breakdown"), elastic=True, order="breakdown"),
        HeadText(text=_("File says"), align=Alignment.RIGHT),
        HeadText(text=value, align=Alignment.RIGHT, order="value"),
        HeadText(text=_("State"), order="state"),
    )


def _grid_row(row: ObservationRow, asked: Asked, hidden: Mapping[str, Collection[Any]]) -> Row:
    from ui.viewmodels.wording import grid_value, state_icon, state_words
    from workbench.i18n import _, period_text, visible

    names = asked.names
    is_corrected = row.vintage in asked.corrected
    icon, token = state_icon(row, corrected=is_corrected)
    cells = [
        CellText(text=names.area(row.area)),
        CellText(text=period_text(row.period, short=True)),
    ]
    if not asked.one_input:
        cells.append(CellText(text=names.variable(row.variable)))
    text, is_number = grid_value(row)
    key = CellRef(
        variable=row.variable,
        area=row.area,
        period=str(row.period),
        breakdown=str(row.breakdown),
        vintage=row.vintage,
        sheet=row.sheet,
        row=row.row,
        column=row.column,
    )
    has_note = (key.variable, key.area, key.period, key.breakdown) in asked.noted
    words = state_words(row, corrected=is_corrected)
    raw = visible(row.raw) if row.raw is not None else ""
    if (row.area, row.breakdown, row.period) in hidden.get(row.variable, ()):
        text, is_number, raw, has_note = HIDDEN, False, HIDDEN, False
        icon, token, words = "hide", "ink-2", _(HIDDEN_WORDS)
    cells += [
        CellText(text=names.cut(row.breakdown)),
        CellText(text=raw, muted=True),
        CellText(text=text, strong=is_number, muted=not is_number),
        CellText(text=words, icon=icon, tone=token, after=_("· note") if has_note else ""),
    ]
    return Row(key=key, cells=tuple(cells))
