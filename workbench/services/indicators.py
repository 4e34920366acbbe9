"""Indicators of the open project: what can be computed, their values, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indicators.errors import N_, IndicatorsError
from indicators.model.codes import IndicatorSet
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries, IndicatorValue
from indicators.model.series import TOTAL, Breakdown, Cube
from workbench.i18n import local

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.compute.explain import Explanation
    from workbench.services.observations import CellSource
    from workbench.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """An indicator and whether the project's data allow it.

    Attributes:
        indicator: the definition.
        state: ``computable``, ``partly`` or ``not``; empty without a project.
        missing: codes of the inputs that no source has delivered.
    """

    indicator: Indicator
    state: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingInput:
    """An input that no source has delivered, and where it is usually found.

    Attributes:
        code: of the input.
        name: its name in the language in force.
        usual_source: the kind of file that usually holds it, else the kinds of source; may be
            empty for national inputs.
        sources: codes of the kinds of source (list SRC).
        indicators: codes of the indicators that wait for it, in catalogue order.
        alone: those of them that wait for nothing else.
    """

    code: str
    name: str
    usual_source: str
    sources: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One value from formula to cells.

    Attributes:
        indicator: the definition.
        series: the series the value belongs to.
        value: the value asked for.
        explanation: formula in words and with the numbers of the period.
        cells: source of each input, in the order of the formula; inputs without a cell are left out.
    """

    indicator: Indicator
    series: IndicatorSeries
    value: IndicatorValue
    explanation: Explanation
    cells: tuple[CellSource, ...]


def definition(code: str, ws: Workspace | None = None) -> Indicator:
    """The definition of a code, built in or of a national pack of the project.

    Raises:
        IndicatorsError: the catalogue has no such indicator.
    """
    from workbench.services.packs import catalogue as whole

    known = whole(ws).indicators
    if code not in known:
        raise IndicatorsError(
            N_("There is no indicator “{code}”."),
            hint=N_("List them with: tip-workbench indicators"),
            code=code,
        )
    return known[code]


def catalogue(ws: Workspace | None = None) -> tuple[CatalogueEntry, ...]:
    """All indicators in catalogue order; with a project, what can be computed from its data."""
    from indicators.compute.indicator import state
    from workbench.services.packs import catalogue as whole

    entries = whole(ws).indicators.values()
    if ws is None:
        return tuple(CatalogueEntry(indicator=entry) for entry in entries)
    available = available_variables(ws)
    found = []
    for entry in entries:
        answer, missing = state(entry, available)
        found.append(CatalogueEntry(indicator=entry, state=answer, missing=tuple(missing)))
    return tuple(found)


def missing_inputs(ws: Workspace, *codes: str) -> tuple[MissingInput, ...]:
    """What is missing, those first that would make most indicators computable.

    Args:
        ws: open project.
        *codes: the indicators asked about; all by default. For one indicator its missing inputs
            come in the order of its formula.
    """
    entries = [each for each in catalogue(ws) if not codes or each.indicator.code in codes]
    wanted = dict.fromkeys(code for each in entries for code in each.missing)
    found = []
    for code in wanted:
        waiting = [each for each in entries if code in each.missing]
        found.append(
            MissingInput(
                code=code,
                name=input_name(ws, code),
                usual_source=usual_source(ws, code),
                sources=_whole(ws).sources_of(code),
                indicators=tuple(each.indicator.code for each in waiting),
                alone=tuple(each.indicator.code for each in waiting if len(each.missing) == 1),
            )
        )
    if len(codes) == 1:
        return tuple(found)
    return tuple(sorted(found, key=lambda each: (-len(each.alone), -len(each.indicators))))


def input_name(ws: Workspace, code: str) -> str:
    """The name of an input in the language in force, national packs included; else its code."""
    known = _whole(ws).variables.get(code)
    return local(known.name) if known is not None else code


def usual_source(ws: Workspace, code: str) -> str:
    """The kind of file that usually holds an input, in the language in force.

    The kinds of source where the definition states no file; empty where it states nothing.
    """
    known = _whole(ws).variables.get(code)
    if known is None:
        return ""
    if known.usual_source is not None:
        return local(known.usual_source)
    labels = (_whole(ws).label("SRC", source) for source in known.sources)
    return ", ".join(local(label) for label in labels if label is not None)


def _whole(ws: Workspace) -> Catalogue:
    from workbench.services.packs import catalogue as whole

    return whole(ws)


def available_variables(ws: Workspace) -> set[str]:
    """Codes of the inputs that have values in the project."""
    from workbench.services import observations

    return {row.code for row in observations.variables(ws)}


def computable(ws: Workspace, *, core_only: bool = False) -> tuple[str, ...]:
    """Codes of the indicators that the project's data allow."""
    return tuple(
        entry.indicator.code
        for entry in catalogue(ws)
        if entry.state == "computable"
        and not (core_only and entry.indicator.set is not IndicatorSet.CORE)
    )


def cubes_of(ws: Workspace, indicator: Indicator) -> dict[str, Cube]:
    """The inputs of an indicator as arrays; those without values are left out."""
    from indicators.compute.indicator import required
    from workbench.services.cubes import several

    available = available_variables(ws)
    return several(ws, [code for code in required(indicator) if code in available])


def inputs_of(indicator: Indicator) -> tuple[str, ...]:
    """Codes of the inputs that an indicator is computed from."""
    from indicators.compute.indicator import required

    return required(indicator)


def parents_of(ws: Workspace) -> dict[str, str]:
    """Code of the area above, by area code."""
    from workbench.services import observations

    return {row.code: row.parent for row in observations.areas(ws) if row.parent is not None}


def compute(
    ws: Workspace,
    codes: Sequence[str],
    *,
    areas: Sequence[str] | None = None,
    breakdowns: Sequence[Breakdown] | None = None,
    first: Period | None = None,
    last: Period | None = None,
    level: float = 0.95,
    parameters: Mapping[str, str] | None = None,
    everywhere: bool = False,
) -> tuple[IndicatorSeries, ...]:
    """Values of indicators, one series an area and breakdown.

    Args:
        ws: the open project.
        codes: indicator codes.
        areas: area codes; the project's own country by default.
        breakdowns: cuts; the total by default.
        first: first period of the window; the first there is by default.
        last: last period of the window; the last there is by default.
        level: confidence level of the ranges.
        parameters: values of ``k`` or ``g``; those of the worked example by default.
        everywhere: every area that has the inputs, whatever ``areas`` says.

    Raises:
        IndicatorsError: a code is unknown.
    """
    from indicators.compute import indicator as engine

    window = None
    if first is not None or last is not None:
        window = (first or Period.of_year(1900), last or Period.of_year(2200))
    found: list[IndicatorSeries] = []
    parents = parents_of(ws)
    for code in codes:
        entry = definition(code, ws)
        found.extend(
            engine.compute(
                entry,
                cubes_of(ws, entry),
                areas=None if everywhere else tuple(areas) if areas else (ws.settings.area,),
                breakdowns=tuple(breakdowns) if breakdowns else (TOTAL,),
                periods=window,
                level=level,
                parameters=parameters or entry.example.parameters,
                parents=parents,
            )
        )
    return _with_added_totals(ws, found)


def _with_added_totals(ws: Workspace, found: list[IndicatorSeries]) -> tuple[IndicatorSeries, ...]:
    """The series; values that use a total added up by the program say so."""
    from workbench.services.adding_up import ADDED_NOTE, added_vintages

    added = added_vintages(ws)
    if not added:
        return tuple(found)

    def marked(value: IndicatorValue) -> IndicatorValue:
        if added.isdisjoint(value.vintages):
            return value
        return replace(value, notes=(*value.notes, ADDED_NOTE))

    return tuple(
        replace(each, values=tuple(marked(value) for value in each.values)) for each in found
    )


def usual_cuts(ws: Workspace, code: str) -> tuple[Breakdown, ...]:
    """The cuts in which an indicator is read first: the total, and the parts of a profile.

    A profile of the pillars has no single score, so its pillars stand beside the empty total.
    """
    entry = definition(code, ws)
    parts = dict.fromkeys(text for text in entry.inputs if entry.members)
    return (TOTAL, *(Breakdown.of(PIL=pillar) for pillar in parts))


def value_at(series: IndicatorSeries, period: Period) -> IndicatorValue | None:
    """The value of a period, or None when the series has none."""
    return next((value for value in series.values if value.period == period), None)


def explain(
    ws: Workspace,
    code: str,
    area: str,
    period: Period,
    breakdown: Breakdown = TOTAL,
    *,
    parameters: Mapping[str, str] | None = None,
) -> Explained:
    """One value from the formula to the cells of the files.

    Raises:
        IndicatorsError: the code is unknown, or the series has no value for the period.
    """
    from indicators.compute.explain import explain as engine

    entry = definition(code, ws)
    cubes = cubes_of(ws, entry)
    chosen = parameters or entry.example.parameters
    (series,) = compute(
        ws, [code], areas=[area], breakdowns=[breakdown], first=period, last=period,
        parameters=chosen,
    )  # fmt: skip
    value = value_at(series, period)
    if value is None:
        raise IndicatorsError(
            N_("{code} has no value for {area}, {period}."), code=code, area=area, period=period
        )
    explanation = engine(
        entry, cubes, area, period, breakdown, parameters=chosen, parents=parents_of(ws)
    )
    return Explained(
        indicator=entry,
        series=series,
        value=value,
        explanation=explanation,
        cells=_cells(ws, area, explanation),
    )


def _cells(ws: Workspace, area: str, explanation: Explanation) -> tuple[CellSource, ...]:
    from indicators.errors import TipError
    from workbench.services import observations

    found = []
    for entry in explanation.inputs:
        try:
            cell = observations.source(
                ws,
                variable=entry.variable,
                area=area,
                period=entry.period,
                breakdown=entry.breakdown,
            )
        except TipError:
            continue  # an input without an observation is named in the explanation
        found.append(cell)
    return tuple(found)
