"""What one computation works on, and what it hands back, as arrays over the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.errors import N_, FormulaError, Note
from indicators.formula.cells import Cells, Mask
from indicators.formula.evaluate import Evaluation, Read
from indicators.formula.parse import parse
from indicators.formula.tree import (
    CHOSEN_SERIES,
    PILLARS,
    Node,
    Reference,
    parameters,
    references,
)
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.series import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An indicator that a profile sums up, computed without breakdown.

    Attributes:
        indicator: its definition.
        areas, periods: axes; groups followed over time stand at the period they are complete.
        value: nan without a value, shape ``(area, period)``.
        delay: by how many periods the values were moved.
        reads: what it looked up.
    """

    indicator: Indicator
    areas: tuple[str, ...]
    periods: tuple[Period, ...]
    value: Floats
    delay: int = 0
    reads: tuple[Read, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One indicator over one grid.

    Attributes:
        indicator: the definition.
        evaluation: cubes, grid, parameters and what was read.
        level: confidence level of the ranges.
        latest: last period for which the data are complete.
        derived: whether citizenship groups of the main side were added up.
        parents: code of the area above, by area code; empty when not known.
        members: the indicators that a profile sums up, computed.
        is_asked: whether the cuts were asked for, and not chosen from the data.
    """

    indicator: Indicator
    evaluation: Evaluation
    level: float
    latest: Period | None = None
    derived: bool = False
    parents: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    is_asked: bool = True

    def input(self, index: int) -> Node:
        """The tree of an input of a calculator."""
        return parse(self.indicator.inputs[index])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Result arrays in the unit shown.

    Attributes:
        result: values, states and causes; its bounds count where there is no point.
        low, high: range of the points, or None without one.
        numerator, denominator: what was divided, or None.
        is_limited: whether the range is known to be nan wherever there is no point.
        counted: how many cases stand behind each value, for the small-number caution, or None.
        notes: cautions with the cells they apply to.
        cell_notes: cautions of single cells, by place in the grid.
        cell_reasons: why single cells have no value, where a fixed cause says too little.
    """

    result: Cells
    low: Floats | None = None
    high: Floats | None = None
    is_limited: bool = False
    numerator: Cells | None = None
    denominator: Cells | None = None
    counted: Floats | None = None
    notes: tuple[tuple[Mask, Note], ...] = ()
    cell_notes: Mapping[tuple[int, int, int], tuple[Note, ...]] = field(default_factory=dict)
    cell_reasons: Mapping[tuple[int, int, int], Note] = field(default_factory=dict)


def main_trees(indicator: Indicator) -> tuple[Node, ...]:
    """The formulas whose cells decide which areas, periods and breakdowns have a result."""
    if indicator.numerator is not None:
        return (parse(indicator.numerator.formula),)
    if indicator.formula is not None:
        return (parse(indicator.formula),)
    return tuple(parse(text) for text in _data_inputs(indicator)[:1])


def base_trees(indicator: Indicator) -> tuple[Node, ...]:
    """The formulas that may fall back on a total: denominators and further inputs."""
    if indicator.denominator is not None:
        return (parse(indicator.denominator.formula),)
    return tuple(parse(text) for text in _data_inputs(indicator)[1:])


def _data_inputs(indicator: Indicator) -> tuple[str, ...]:
    return tuple(text for text in indicator.inputs if text not in (CHOSEN_SERIES, *PILLARS))


def all_trees(indicator: Indicator) -> tuple[Node, ...]:
    """Every formula of a definition."""
    extra = (parse(indicator.n_effective),) if indicator.n_effective else ()
    return (*main_trees(indicator), *base_trees(indicator), *extra)


def required(indicator: Indicator) -> tuple[str, ...]:
    """Codes of all variables that the indicator needs, in order of first use."""
    found = [ref.variable for tree in all_trees(indicator) for ref in references(tree)]
    found += [code for member in indicator.members for code in required(member)]
    return tuple(dict.fromkeys(found))


def state(indicator: Indicator, available: set[str]) -> tuple[str, tuple[str, ...]]:
    """Whether the indicator can be computed from these variables, and what is missing.

    Returns:
        ``computable``, ``partly`` or ``not``, and the codes of the missing variables.
    """
    needed = required(indicator)
    missing = tuple(code for code in needed if code not in available)
    if not missing:
        return "computable", ()
    return ("partly" if len(missing) < len(needed) else "not"), missing


def chosen_parameters(indicator: Indicator, given: Mapping[str, object] | None) -> dict[str, str]:
    """Values of ``k`` and ``g``: the given ones, else those of the worked example.

    Raises:
        FormulaError: the formula needs a parameter that neither names.
    """
    values = {name: str(value) for name, value in indicator.example.parameters.items()}
    values |= {name: str(value) for name, value in (given or {}).items()}
    for tree in all_trees(indicator):
        for name in parameters(tree):
            if name not in values:
                raise FormulaError(
                    N_("The indicator {code} needs a value for “{name}”."),
                    hint=N_("Choose the number of years (k) or the group (g)."),
                    code=indicator.code,
                    name=name,
                    formula="",
                    column=1,
                )
    return values


def selected_dimensions(reference: Reference) -> frozenset[str]:
    """The dimensions in which a reference chooses codes."""
    return frozenset(dim for dim, _ in reference.selectors)
