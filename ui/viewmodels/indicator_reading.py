"""What the catalogue screen reads in a worker: entries, one indicator, its formula, its reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Pillar

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.model.definition import Indicator, Variable
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace

ORDER = (Pillar.PREVENTION, Pillar.PROTECTION, Pillar.PROSECUTION, Pillar.CROSS_CUTTING)
BREAK_KINDS = {
    "definition": N_("Another definition"),
    "counting": N_("Another way of counting"),
    "boundary": N_("Another boundary"),
    "currency": N_("Another currency"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the catalogue.

    Attributes:
        code, pillar: of the indicator.
        names: name by language, so that the list is translated without reading again.
        core: belongs to the core set.
        state: ``computable``, ``partly``, ``not``; empty without a project.
        missing: names by language of the inputs that no source has delivered.
        own: defined in the form of this project.
    """

    code: str
    pillar: Pillar
    names: dict[str, str]
    core: bool
    state: str = ""
    missing: tuple[dict[str, str], ...] = ()
    own: bool = False


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


NO_FORMULA = FormulaWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingInput:
    """An input that no file has delivered, in the reader's words.

    Attributes:
        code, name: of the input.
        definition: what it counts.
        holders: kinds of office that usually hold it; may be empty.
        file: kind of file that usually holds it; may be empty.
    """

    code: str
    name: str
    definition: str = ""
    holders: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionChange:
    """A registered change of counting that touches an indicator, in the reader's words."""

    when: str
    kind: str
    text: str
    inputs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Everything about one indicator but its formula.

    Attributes:
        indicator: its definition.
        chart: its values; None while there is none.
        period: key of the newest value.
        refusal: why there is no chart.
        missing: what no file has delivered.
        changes: its history of definitions, oldest first.
        unit: of its values, in words.
    """

    indicator: Indicator
    chart: Chart | None = None
    period: str = ""
    refusal: str = ""
    missing: tuple[MissingInput, ...] = ()
    changes: tuple[DefinitionChange, ...] = ()
    unit: str = ""


def first_choice(entries: Sequence[Entry]) -> str:
    """The indicator shown first: a computable one of the core set, prosecutions preferred.

    Empty when nothing can be computed: the screen then says how to begin.
    """
    ready = [entry for entry in entries if entry.core and entry.state == "computable"]
    for wanted in ("PRS-05", "PRS-01"):
        if any(entry.code == wanted for entry in ready):
            return wanted
    return ready[0].code if ready else ""


def read_entries(ws: Workspace | None) -> tuple[Entry, ...]:
    """The catalogue with what can be computed."""
    from indicators.model.codes import LANGUAGES, IndicatorSet
    from workbench.services import indicators, own_indicators, packs

    known = packs.catalogue(ws).variables
    own = {form.code for form in own_indicators.own_indicators(ws)} if ws is not None else set()

    def names(code: str) -> dict[str, str]:
        each = known.get(code)
        return {spoken: each.name.in_language(spoken) if each else code for spoken in LANGUAGES}

    entries = [
        Entry(
            code=row.indicator.code,
            pillar=row.indicator.pillar,
            names={code: row.indicator.name.in_language(code) for code in LANGUAGES},
            core=row.indicator.set is IndicatorSet.CORE,
            state=row.state,
            missing=tuple(names(code) for code in row.missing),
            own=row.indicator.code in own,
        )
        for row in indicators.catalogue(ws)
    ]
    return tuple(entry for pillar in ORDER for entry in entries if entry.pillar is pillar)


def read_indicator(
    ws: Workspace | None, code: str, area: str, first: int, last: int, cut: str = ""
) -> Look:
    """Definition, chart, key of the newest value, and why there is no chart."""
    from workbench.i18n import _
    from workbench.presenting.naming import unit_text
    from workbench.services import indicators, packs

    entry = indicators.definition(code, ws)
    known = packs.catalogue(ws)
    unit = "%" if entry.unit == "%" else unit_text(entry.unit, known)
    if ws is None:
        return Look(indicator=entry, unit=unit, refusal=_("Open a project to see values."))
    state = next(row for row in indicators.catalogue(ws) if row.indicator.code == code)
    missing = tuple(missing_input(each, known) for each in state.missing)
    changes = read_changes(ws, entry, known)
    chart, period, refusal = None, "", _("No file has delivered what it needs.")
    if state.state != "not":
        chart, period, refusal = _values(ws, code, area, (first, last), cut)
    return Look(
        indicator=entry,
        unit=unit,
        chart=chart,
        period=period,
        refusal=refusal,
        missing=missing,
        changes=changes,
    )


def _values(
    ws: Workspace, code: str, area: str, window: tuple[int, int], cut: str
) -> tuple[Chart | None, str, str]:
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from workbench.i18n import _
    from workbench.services import indicators, pictures

    first, last = window
    years = (Period.of_year(first), Period.of_year(last)) if first else (None, None)
    (series,) = indicators.compute(
        ws,
        [code],
        areas=[area],
        breakdowns=[Breakdown.parse(cut)],
        first=years[0],
        last=years[1],
    )
    known = [value for value in series.values if value.value is not None or value.low is not None]
    if not known and cut:
        return None, "", _("This group is not counted apart for this area and these years.")
    if not known:
        if cut:
            return None, "", _("There is no value for this group of persons.")
        return None, "", _("There is no value for this area and these years.")
    return pictures.indicator_chart(ws, series), str(known[-1].period), ""


def missing_input(code: str, known: Catalogue) -> MissingInput:
    """An input with what it counts and where it is usually found."""
    from workbench.i18n import local
    from workbench.presenting.naming import variable_name

    each: Variable | None = known.variables.get(code)
    if each is None:
        return MissingInput(code=code, name=variable_name(code, known))
    file = each.usual_source
    return MissingInput(
        code=code,
        name=local(each.name),
        definition=local(each.definition),
        holders=", ".join(_holder(source, known) for source in each.sources),
        file=local(file) if file is not None else "",
    )


def _holder(code: str, known: Catalogue) -> str:
    from workbench.i18n import local

    label = known.label("SRC", code)
    return local(label) if label is not None else code


def read_changes(
    ws: Workspace, indicator: Indicator, known: Catalogue
) -> tuple[DefinitionChange, ...]:
    """Registered breaks that touch the indicator's inputs, oldest first."""
    from workbench.i18n import _, local, period_text
    from workbench.presenting.naming import variable_name
    from workbench.services import events, indicators

    needed = indicators.inputs_of(indicator)
    found = []
    for each in sorted(events.breaks(ws), key=lambda entry: entry.start.code):
        touched = [code for code in needed if not each.variables or code in each.variables]
        if touched:
            inputs = ", ".join(variable_name(code, known) for code in touched)
            found.append(
                DefinitionChange(
                    when=period_text(each.start),
                    kind=_(BREAK_KINDS.get(each.kind, each.kind)),
                    text=local(each.text),
                    inputs=inputs if each.variables else _("all inputs"),
                )
            )
    return tuple(found)


def read_formula(ws: Workspace, code: str, area: str, key: str, cut: str = "") -> FormulaWords:
    """The formula of one value in words and with its numbers."""
    from indicators.model.period import Period
    from indicators.model.series import Breakdown
    from ui.viewmodels.wording import value_text
    from workbench.i18n import period_text
    from workbench.presenting.naming import pieces_text
    from workbench.services import indicators, packs

    period, known = Period.parse(key), packs.catalogue(ws)
    explained = indicators.explain(ws, code, area, period, Breakdown.parse(cut))
    return FormulaWords(
        period=period_text(period),
        words=pieces_text(explained.explanation.words, known),
        numbers=pieces_text(explained.explanation.numbers, known),
        result=value_text(explained.value, explained.indicator),
    )


def read_reading(ws: Workspace, code: str, area: str, first: int, last: int) -> tuple[str, ...]:
    """Detected victims read beside the effort, in sentences; empty for other indicators."""
    from indicators.model.period import Period
    from workbench.services import readings

    if not readings.has_reading(ws, code):
        return ()
    years = (Period.of_year(first), Period.of_year(last)) if first else (None, None)
    answer = readings.detection_answer(ws, area, first=years[0], last=years[1])
    return readings.detection_lines(answer)
