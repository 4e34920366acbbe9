"""The catalogue and the chosen indicator: chart, table, definition, what is missing, its reading."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import TaskProgress
from ui.viewmodels.indicator_reading import (
    NO_FORMULA,
    ORDER,
    DefinitionChange,
    Entry,
    FormulaWords,
    Look,
    MissingInput,
    first_choice,
    read_entries,
    read_formula,
    read_indicator,
    read_reading,
)
from ui.viewmodels.session import SessionViewModel
from workbench.presenting.spec import Chart

if TYPE_CHECKING:
    from indicators.model.definition import Indicator

__all__ = [
    "ORDER",
    "Entry",
    "FormulaWords",
    "IndicatorsState",
    "IndicatorsViewModel",
    "first_choice",
    "plain",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsState:
    """What the view renders.

    Attributes:
        entries: the catalogue in order.
        filter: what was typed.
        core_only: the core set only.
        chosen: code of the chosen indicator.
        indicator: its definition.
        unit: of its values, in words.
        chart: its values; None while there is none.
        missing: inputs that no file has delivered.
        changes: when it was counted in another way.
        reading: detected victims read beside the effort; empty for other indicators.
        refusal: why there is no chart, in the reader's language.
        period: key of the chosen value.
        formula: the formula of the chosen value.
        loading: values are being computed.
        has_project: badges make sense.
    """

    entries: tuple[Entry, ...] = ()
    filter: str = ""
    core_only: bool = True
    chosen: str = ""
    indicator: Indicator | None = None
    unit: str = ""
    chart: Chart | None = None
    missing: tuple[MissingInput, ...] = ()
    changes: tuple[DefinitionChange, ...] = ()
    reading: tuple[str, ...] = ()
    refusal: str = ""
    period: str = ""
    formula: FormulaWords = NO_FORMULA
    loading: bool = False
    has_project: bool = False

    @property
    def ready(self) -> int:
        """How many indicators can be computed."""
        return sum(entry.state == "computable" for entry in self.entries)

    @property
    def is_own(self) -> bool:
        """Whether the chosen indicator was defined in the form of this project."""
        return any(entry.own for entry in self.entries if entry.code == self.chosen)

    def visible(self, language: str) -> tuple[Entry, ...]:
        """The entries that pass the filter; accents and case do not matter."""
        words = plain(self.filter).split()
        return tuple(
            entry
            for entry in self.entries
            if (entry.core or not self.core_only)
            and all(
                word in plain(f"{entry.code} {entry.names.get(language, '')}") for word in words
            )
        )


def plain(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


class IndicatorsViewModel(QObject):
    """State of the catalogue screen.

    Args:
        session: the open project.

    Signals:
        changed: a new ``IndicatorsState``.
        value_chosen: code, area, period key and group of the value whose source is asked.
    """

    changed = Signal(object)
    value_chosen = Signal(str, str, str, str)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = IndicatorsState()
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self.compute)
        session.view_changed.connect(self._forget)
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def _forget(self) -> None:
        """What the other view showed goes before anything else happens."""
        self._set(chart=None, formula=NO_FORMULA, reading=(), refusal="", loading=True)

    def reload(self, _change: object = None) -> None:
        """Read the catalogue again."""
        has = self.session.state.has_project
        ws = self.session.workspace if has else None
        self._set(loading=True, has_project=has)
        self.session.runner.start(
            lambda _progress: read_entries(ws), done=self._loaded, lane="catalogue"
        )

    def _loaded(self, entries: tuple[Entry, ...]) -> None:
        codes = [entry.code for entry in entries]
        chosen = self.state.chosen if self.state.chosen in codes else first_choice(entries)
        self._set(entries=entries, loading=False)
        self.choose(chosen)

    def set_filter(self, text: str) -> None:
        """Show only entries with these words."""
        self._set(filter=text)

    def set_core(self, *, only: bool) -> None:
        """Core set or all."""
        self._set(core_only=only)

    def choose(self, code: str) -> None:
        """Look at an indicator."""
        entry = next((entry for entry in self.state.entries if entry.code == code), None)
        if entry is not None and not entry.core and self.state.core_only:
            self._set(core_only=False)
        if code != self.state.chosen:
            self._set(chosen=code, reading=())
        self.compute()

    def expect(self, code: str) -> None:
        """Look at an indicator as soon as the catalogue has it."""
        self.state = replace(self.state, chosen=code, core_only=False, filter="", reading=())

    def compute(self) -> None:
        """Compute the chosen indicator for the area and years in view."""
        code, shared = self.state.chosen, self.session.state
        if not code:
            self._set(indicator=None, chart=None, missing=(), changes=(), reading=())
            return
        ws = self.session.workspace if shared.has_project else None
        area, first, last = shared.area, shared.first_year, shared.last_year
        cut = shared.cut
        self._set(loading=True)

        def work(_progress: TaskProgress) -> Any:
            return read_indicator(ws, code, area, first, last, cut)

        self.session.runner.start(work, done=self._computed, lane="indicator")

    def _computed(self, look: Look) -> None:
        self._set(
            indicator=look.indicator,
            unit=look.unit,
            chart=look.chart,
            missing=look.missing,
            changes=look.changes,
            refusal=look.refusal,
            period=look.period,
            formula=NO_FORMULA,
            reading=(),
            loading=False,
        )
        if look.chart is not None and look.period:
            self.choose_period(look.period, tell=False)
            self._read_beside()

    def _read_beside(self) -> None:
        """The paired reading, which asks several trends; it comes after the chart."""
        code, shared = self.state.chosen, self.session.state
        ws, area = self.session.workspace, shared.area
        first, last = shared.first_year, shared.last_year
        self.session.runner.start(
            lambda _progress: (code, read_reading(ws, code, area, first, last)),
            done=self._read,
            lane="reading",
        )

    def _read(self, answer: tuple[str, tuple[str, ...]]) -> None:
        code, lines = answer
        if code == self.state.chosen and lines != self.state.reading:
            self._set(reading=lines)

    def remove_own(self) -> None:
        """Take the chosen own indicator out of the project."""
        code = self.state.chosen
        if not self.state.is_own:
            return
        session, by = self.session, self.session.preferences.author()
        ws = session.workspace

        def work(_progress: TaskProgress) -> object:
            from workbench.services import packs

            return packs.remove_own_indicator(ws, code, by=by)

        session.runner.start(work, done=session.wrote, failed=session.failed.emit, writes=True)

    def choose_period(self, key: str, *, tell: bool = True) -> None:
        """Look at one value: its formula, and where it comes from."""
        shared, code = self.session.state, self.state.chosen
        if not shared.has_project or not key:
            return
        ws, area, cut = self.session.workspace, shared.area, shared.cut
        self._set(period=key)
        self.session.runner.start(
            lambda _progress: read_formula(ws, code, area, key, cut),
            done=self._explained,
            lane="formula",
        )
        if tell:
            self.value_chosen.emit(code, area, key, cut)

    def _explained(self, formula: FormulaWords) -> None:
        self._set(formula=formula)
