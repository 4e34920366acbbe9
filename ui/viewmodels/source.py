"""Where a number comes from: formula, inputs, cells of files; as a small tree of words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from workbench.services.observations import CellSource
    from workbench.services.workspace import Workspace


_MOST_USES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """One value of an input, and the cell it stands in.

    Attributes:
        variable, area, period, breakdown: written codes that name the value.
        vintage, sheet, row, column: address in the kept file; None for typed values.
    """

    variable: str
    area: str
    period: str
    breakdown: str = ""
    vintage: int = 0
    sheet: str | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One line of the tree.

    Attributes:
        depth: 0 for the formula, 1 for inputs, 2 for what is known about a cell.
        text, detail: words.
        current: drawn filled.
        cell: can be opened in the raw sheet.
    """

    depth: int
    text: str
    detail: str = ""
    current: bool = False
    cell: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the dock renders.

    Attributes:
        figure: the number in words.
        about: what it is.
        nodes: the tree.
        used_in: code, pillar value and name of indicators that use an input.
        cell: the value that can be corrected; None for computed numbers with several inputs.
        loading: being read.
        problem: why there is nothing to show.
    """

    figure: str = ""
    about: str = ""
    nodes: tuple[Node, ...] = ()
    used_in: tuple[tuple[str, str], ...] = ()
    cell: CellRef | None = None
    loading: bool = False
    problem: str = ""

    def as_text(self) -> str:
        """The tree as lines for a footnote."""
        lines = [f"{self.about}: {self.figure}"]
        lines += [
            "  " * node.depth + node.text + (f" ({node.detail})" if node.detail else "")
            for node in self.nodes
        ]
        return "\n".join(lines)


class SourceViewModel(QObject):
    """State of the source dock.

    Args:
        session: the open project.

    Signals:
        changed: a new ``SourceState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = SourceState()
        self._last: tuple[str, tuple[Any, ...]] | None = None
        session.content_changed.connect(lambda _change: self.again())

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def clear(self) -> None:
        """Nothing is chosen."""
        self._last = None
        self.state = SourceState()
        self.changed.emit(self.state)

    def again(self) -> None:
        """Read the same number again, after a change or in another language."""
        if self._last is not None and self.session.state.has_project:
            kind, arguments = self._last
            (self.show_indicator if kind == "indicator" else self.show_value)(*arguments)

    def show_indicator(self, code: str, area: str, period: str, breakdown: str = "") -> None:
        """Show where a value of an indicator comes from."""
        self._read("indicator", (code, area, period, breakdown))

    def show_value(self, variable: str, area: str, period: str, breakdown: str = "") -> None:
        """Show where a value of an input comes from."""
        self._read("value", (variable, area, period, breakdown))

    def _read(self, kind: str, arguments: tuple[Any, ...]) -> None:
        if not self.session.state.has_project:
            return
        self._last = (kind, arguments)
        ws = self.session.workspace
        reader = read_indicator_source if kind == "indicator" else read_value_source

        def work(_progress: TaskProgress) -> SourceState:
            return reader(ws, *arguments)

        self._set(loading=True)
        self.session.runner.start(work, done=self._loaded, failed=self._failed, lane="source")

    def _loaded(self, state: SourceState) -> None:
        self.state = state
        self.changed.emit(state)

    def _failed(self, problem: Any) -> None:
        from indicators.errors import TipError
        from workbench.i18n import error_text

        if not isinstance(problem, TipError):
            self.session.failed.emit(problem)
            return
        title, _detail, _hint = error_text(problem)
        self.state = SourceState(problem=title)
        self.changed.emit(self.state)


def read_indicator_source(
    ws: Workspace, code: str, area: str, period: str, breakdown: str = ""
) -> SourceState:
    """Formula, inputs and cells of a value of an indicator; called in a worker."""
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from ui.viewmodels.wording import value_text
    from workbench.i18n import _, local, message, period_text
    from workbench.presenting.naming import breakdown_text, pieces_text
    from workbench.services import indicators, packs
    from workbench.services.pictures import area_name

    when, cut, known = Period.parse(period), Breakdown.parse(breakdown), packs.catalogue(ws)
    explained = indicators.explain(ws, code, area, when, cut)
    nodes = [
        Node(
            depth=0,
            text=pieces_text(explained.explanation.words, known),
            detail=pieces_text(explained.explanation.numbers, known),
        )
    ]
    refs = []
    for cell in explained.cells:
        nodes += _cell_nodes(cell, known, depth=1)
        refs.append(_reference(cell))
    name = local(explained.indicator.name)
    if cut.dims:
        name = f"{name}, {breakdown_text(cut)}"
    data = {"name": name, "area": area_name(ws, area), "period": period_text(when)}
    return SourceState(
        figure=value_text(explained.value, explained.indicator),
        about=message("{name}, {area}, {period}", data),
        nodes=tuple(nodes),
        cell=refs[0] if len(refs) == 1 else None,
        problem="" if refs else _("No cell of a file is known for the inputs."),
    )


def read_value_source(
    ws: Workspace, variable: str, area: str, period: str, breakdown: str = ""
) -> SourceState:
    """File, sheet and cell of a value of an input; called in a worker."""
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from ui.viewmodels.wording import observation_text
    from workbench.i18n import local, period_text
    from workbench.presenting.naming import breakdown_text, indicators_using, variable_name
    from workbench.services import observations, packs
    from workbench.services.pictures import area_name

    when, cut, known = Period.parse(period), Breakdown.parse(breakdown), packs.catalogue(ws)
    cell = observations.source(ws, variable=variable, area=area, period=when, breakdown=cut)
    parts = (
        variable_name(variable, known),
        breakdown_text(cut, known),
        area_name(ws, area),
        period_text(when),
    )
    return SourceState(
        figure=observation_text(cell.observation),
        about=", ".join(part for part in parts if part),
        nodes=tuple(_cell_nodes(cell, known, depth=0)),
        used_in=tuple(
            (entry.code, local(entry.name))
            for entry in indicators_using(variable, known)[:_MOST_USES]
        ),
        cell=_reference(cell),
    )


def _reference(cell: CellSource) -> CellRef:
    seen = cell.observation
    return CellRef(
        variable=seen.variable,
        area=seen.area,
        period=str(seen.period),
        breakdown=str(seen.breakdown),
        vintage=seen.vintage,
        sheet=seen.sheet,
        row=seen.row,
        column=seen.column,
    )


def _cell_nodes(cell: CellSource, known: Catalogue, *, depth: int) -> list[Node]:
    from ui.viewmodels.wording import observation_text, state_words, time_text
    from workbench.i18n import _, message
    from workbench.presenting.naming import breakdown_text, variable_name

    seen = cell.observation
    cut = breakdown_text(seen.breakdown, known)
    name = variable_name(seen.variable, known) + (f", {cut}" if cut else "")
    figure = observation_text(seen)
    text = message(N_("{name}: {value}"), {"name": name, "value": figure}) if depth else name
    nodes = [Node(depth=depth, text=text, detail=f"{seen.variable} · {state_words(seen)}")]
    reference = _reference(cell)
    if cell.cell is not None and seen.raw is not None:
        says = message("Cell {cell} says “{raw}”", {"cell": cell.cell, "raw": seen.raw})
        sheet = message("sheet {sheet}", {"sheet": seen.sheet}) if seen.sheet else ""
        nodes.append(Node(depth=depth + 1, text=says, detail=sheet, current=True, cell=reference))
    if cell.is_counted:
        counted = _("Counted from the rows of the file")
        nodes.append(Node(depth=depth + 1, text=counted, detail=_("one row a person or case")))
    if seen.file:
        digest = cell.sha256 or ""
        short = f"SHA-256 {digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else ""
        nodes.append(Node(depth=depth + 1, text=seen.file, detail=short))
    verb = (
        _("Corrected {time}")
        if cell.mode == "correction"
        else (_("Typed {time}") if cell.mode == "entry" else _("Imported {time}"))
    )
    who = message("by {person}", {"person": cell.made_by}) if cell.made_by else ""
    nodes.append(
        Node(depth=depth + 1, text=verb.format(time=time_text(cell.imported_at)), detail=who)
    )
    if cell.note:
        nodes.append(Node(depth=depth + 1, text=_("Reason"), detail=cell.note))
    nodes += [
        Node(
            depth=depth + 1,
            text=message("Earlier: {value}", {"value": observation_text(row)}),
            detail=message("version {version}", {"version": row.vintage}),
        )
        for row in cell.corrections
    ]
    if cell.redacted:
        columns = ", ".join(cell.redacted)
        nodes.append(
            Node(
                depth=depth + 1,
                text=_("Removed from the kept copy: personal data"),
                detail=columns,
            )
        )
    return nodes
