"""The catalogue and the chosen indicator: chart, table, definition, formula with the year's numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.model.codes import Pillar
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from workbench.presenting.spec import Chart

if TYPE_CHECKING:
    from indicators.model.definition import Indicator
    from workbench.services.workspace import Workspace

ORDER = (Pillar.PREVENTION, Pillar.PROTECTION, Pillar.PROSECUTION, Pillar.CROSS_CUTTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the catalogue.

    Attributes:
        code, pillar: of the indicator.
        names: name by language, so that the list is translated without reading again.
        core: belongs to the core set.
        state: ``computable``, ``partly``, ``not``; empty without a project.
        missing: inputs that no source has delivered.
    """

    code: str
    pillar: Pillar
    names: dict[str, str]
    core: bool
    state: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaWords:
    """The formula of one value.

    Attributes:
        period: of the value, in words.
        words: formula in words.
        numbers: formula with the numbers of the period.
        result: the value with its unit.
    """

    period: str = ""
    words: str = ""
    numbers: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsState:
    """What the view renders.

    Attributes:
        entries: the catalogue in order.
        filter: what was typed.
        core_only: the core set only.
        chosen: code of the chosen indicator.
        indicator: its definition.
        chart: its values; None while there is none.
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
    chart: Chart | None = None
    refusal: str = ""
    period: str = ""
    formula: FormulaWords = FormulaWords()
    loading: bool = False
    has_project: bool = False

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
        value_chosen: code, area, period key of the value whose source is asked.
    """

    changed = Signal(object)
    value_chosen = Signal(str, str, str)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = IndicatorsState()
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self.compute)
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

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
        self._set(chosen=code)
        self.compute()

    def compute(self) -> None:
        """Compute the chosen indicator for the area and years in view."""
        code, shared = self.state.chosen, self.session.state
        if not code:
            return
        ws = self.session.workspace if shared.has_project else None
        area, first, last = shared.area, shared.first_year, shared.last_year
        self._set(loading=True)

        def work(_progress: TaskProgress) -> Any:
            return read_indicator(ws, code, area, first, last)

        self.session.runner.start(work, done=self._computed, lane="indicator")

    def _computed(self, answer: tuple[Indicator, Chart | None, str, str]) -> None:
        indicator, chart, period, refusal = answer
        self._set(
            indicator=indicator,
            chart=chart,
            refusal=refusal,
            period=period,
            formula=FormulaWords(),
            loading=False,
        )
        if chart is not None and period:
            self.choose_period(period, tell=False)

    def choose_period(self, key: str, *, tell: bool = True) -> None:
        """Look at one value: its formula, and where it comes from."""
        shared, code = self.session.state, self.state.chosen
        if not shared.has_project or not key:
            return
        ws, area = self.session.workspace, shared.area
        self._set(period=key)
        self.session.runner.start(
            lambda _progress: read_formula(ws, code, area, key),
            done=self._explained,
            lane="formula",
        )
        if tell:
            self.value_chosen.emit(code, area, key)

    def _explained(self, formula: FormulaWords) -> None:
        self._set(formula=formula)


def first_choice(entries: Sequence[Entry]) -> str:
    """The indicator shown first: a computable one of the core set, prosecutions preferred."""
    ready = [entry for entry in entries if entry.core and entry.state == "computable"]
    for wanted in ("PRS-05", "PRS-01"):
        if any(entry.code == wanted for entry in ready):
            return wanted
    rest = ready or list(entries)
    return rest[0].code if rest else ""


def read_entries(ws: Workspace | None) -> tuple[Entry, ...]:
    """The catalogue with what can be computed; called in a worker."""
    from indicators.model.codes import LANGUAGES, IndicatorSet
    from workbench.services import indicators

    entries = [
        Entry(
            code=row.indicator.code,
            pillar=row.indicator.pillar,
            names={code: row.indicator.name.in_language(code) for code in LANGUAGES},
            core=row.indicator.set is IndicatorSet.CORE,
            state=row.state,
            missing=row.missing,
        )
        for row in indicators.catalogue(ws)
    ]
    return tuple(entry for pillar in ORDER for entry in entries if entry.pillar is pillar)


def read_indicator(
    ws: Workspace | None, code: str, area: str, first: int, last: int
) -> tuple[Indicator, Chart | None, str, str]:
    """Definition, chart, key of the newest value, and why there is no chart."""
    from indicators.model.period import Period
    from workbench.i18n import _
    from workbench.services import indicators, pictures

    entry = indicators.definition(code)
    if ws is None:
        return entry, None, "", _("Open a project to see values.")
    state = next(row for row in indicators.catalogue(ws) if row.indicator.code == code)
    if state.state == "not":
        lacking = ", ".join(state.missing)
        return (
            entry,
            None,
            "",
            _("This needs inputs that no file has delivered yet: {inputs}.").format(
                inputs=lacking
            ),
        )
    years = (Period.of_year(first), Period.of_year(last)) if first else (None, None)
    (series,) = indicators.compute(ws, [code], areas=[area], first=years[0], last=years[1])
    known = [value for value in series.values if value.value is not None or value.low is not None]
    if not known:
        return entry, None, "", _("There is no value for this area and these years.")
    chart = pictures.indicator_chart(ws, series)
    return entry, chart, str(known[-1].period), ""


def read_formula(ws: Workspace, code: str, area: str, key: str) -> FormulaWords:
    """The formula of one value in words and with its numbers."""
    from indicators.model.period import Period
    from ui.viewmodels.wording import value_text
    from workbench.i18n import period_text
    from workbench.presenting.naming import pieces_text
    from workbench.services import indicators

    period = Period.parse(key)
    explained = indicators.explain(ws, code, area, period)
    return FormulaWords(
        period=period_text(period),
        words=pieces_text(explained.explanation.words),
        numbers=pieces_text(explained.explanation.numbers),
        result=value_text(explained.value, explained.indicator),
    )
