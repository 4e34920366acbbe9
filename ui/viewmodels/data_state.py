"""What the data screen shows at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from ui.viewmodels.data_grid import Grid
from ui.viewmodels.data_reading import NoteLine, Raw, Source, SourceFinding, Version
from ui.viewmodels.source import CellRef

NO_GRID, NO_SHEET = Grid(), Raw()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataState:
    """What the view renders.

    Attributes:
        sources: the tree.
        source: code of the chosen source; empty for all.
        version: number of the chosen version; 0 for the current content.
        inputs: code and name of the inputs of the choice.
        input: code of the chosen input; ``*`` for all, empty for the first of the source.
        text, kind: words typed to filter, and the kind of cells wanted.
        order, descending: what the values are ordered by.
        grid, series: the first rows of the two tables, and how many there are.
        raw: the sheet of the chosen version.
        notes: notes on the source.
        findings: open findings of the checks; None while nobody asked.
        cell: the chosen value.
        loading: being read.
    """

    sources: tuple[Source, ...] = ()
    source: str = ""
    version: int = 0
    inputs: tuple[tuple[str, str], ...] = ()
    input: str = ""
    text: str = ""
    kind: str = ""
    order: str = ""
    descending: bool = False
    grid: Grid = NO_GRID
    series: Grid = NO_GRID
    raw: Raw = NO_SHEET
    notes: tuple[NoteLine, ...] = ()
    findings: tuple[SourceFinding, ...] | None = None
    cell: CellRef | None = None
    loading: bool = False

    @property
    def chosen_version(self) -> Version | None:
        """The version in view, or None for the current content."""
        return self.version_of(self.version)

    def version_of(self, number: int) -> Version | None:
        """The version of that number in the source in view, or None."""
        found = (v for s in self.sources if s.code == self.source for v in s.versions)
        return next((v for v in found if v.id == number), None)

    @property
    def taken_back(self) -> Version | None:
        """The newest delivery of the source that no longer counts, or None."""
        found = (v for s in self.sources if s.code == self.source for v in s.versions)
        return next((v for v in found if v.retracted and v.has_file), None)
