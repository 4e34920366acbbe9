"""The worked example of a definition, computed through the same door as real data."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TypeAlias

import numpy as np

from indicators.compute.pipeline import compute
from indicators.compute.profile import DIMENSION
from indicators.compute.task import required
from indicators.errors import N_, FormulaError
from indicators.formula.parse import parse
from indicators.formula.tree import CHOSEN_SERIES, Reference, references, written_reference
from indicators.model.codes import Status
from indicators.model.definition import Indicator
from indicators.model.period import Period
from indicators.model.results import IndicatorValue
from indicators.model.series import TOTAL, Breakdown, Cube

AREA = "XVA"
PERIOD = Period.of_year(2020)
REGION = "REG"
PILLAR = "pillar"
LATEST = Period.of_year(2040)
TOLERANCE = 5e-3
"""Examples are written with two or three digits."""
_Cells: TypeAlias = dict[tuple[Breakdown, str, Period], float]


def example_breakdown(indicator: Indicator) -> Breakdown:
    """The cut that the example is about: a pillar of a profile, else the total."""
    pillar = indicator.example.parameters.get(PILLAR) if indicator.members else None
    return Breakdown.of(**{DIMENSION: pillar}) if pillar else TOTAL


def example_value(indicator: Indicator) -> IndicatorValue:
    """What the example's inputs give.

    Raises:
        FormulaError: an input of the example is not a variable with selectors and shift, or the
            inputs give no period at all.
    """
    (series,) = compute(
        indicator,
        example_cubes(indicator),
        areas=(AREA,),
        breakdowns=(example_breakdown(indicator),),
        periods=(PERIOD, PERIOD),
        latest=latest(indicator),
    )
    if not series.values:
        raise FormulaError(N_("The inputs of the example give no value."), formula="", column=1)
    return series.values[0]


def latest(indicator: Indicator) -> Period:
    """Last complete period of the example: far in the future but where groups must be open."""
    return PERIOD if indicator.calculator == "chain_ladder" else LATEST


def check_example(indicator: Indicator) -> float | str | None:
    """None when the example gives its stated value, else what it gives instead.

    An indicator that is the analysis of a chosen series has no example to compute.
    """
    if CHOSEN_SERIES in indicator.inputs:
        return None
    try:
        found = example_value(indicator)
    except FormulaError as error:
        return str(error)
    if found.value is None:
        return found.reason.text.format(**found.reason.data) if found.reason else "-"
    expected = indicator.example.value
    if math.isclose(found.value, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        return None
    return found.value


def example_cubes(indicator: Indicator) -> dict[str, Cube]:
    """The inputs of the example as cubes around one year.

    The selector ``REG`` of an input names a region; the others belong to the country.
    """
    cells: dict[str, _Cells] = defaultdict(dict)
    for name, value in _single_first(indicator):
        period = PERIOD.shift(-name.shift)
        area = (name.codes(REGION) or (AREA,))[0]
        places = [(each, area, period) for each in _breakdowns(name)]
        held = cells[name.variable]
        already = sum(held.get(place, 0.0) for place in places)
        open_cells = [place for place in places if place not in held]
        for index, place in enumerate(open_cells):
            # several codes at once: the rest of the sum stands in the first cell that is not given
            held[place] = value - already if index == 0 else 0.0
    wanted = dict.fromkeys((*cells, *required(indicator)))
    return {variable: _cube(variable, cells[variable]) for variable in wanted}


def _single_first(indicator: Indicator) -> list[tuple[Reference, float]]:
    named = [
        (reference, value)
        for name, value in indicator.example.inputs.items()
        for reference in references(parse(name))[:1]
        if _is_reference(name)
    ]
    return sorted(named, key=lambda pair: len(_breakdowns(pair[0])))


def _is_reference(name: str) -> bool:
    tree = parse(name)
    if isinstance(tree, Reference):
        return True
    raise FormulaError(
        N_("“{name}” is not an input."),
        formula=name,
        column=1,
        name=written_reference(references(tree)[0]),
    )


def _breakdowns(reference: Reference) -> list[Breakdown]:
    result = [TOTAL]
    for dim, codes in reference.selectors:
        if dim == REGION:
            continue
        result = [each.with_code(dim, code) for each in result for code in codes]
    return result


def _cube(variable: str, found: _Cells) -> Cube:
    breakdowns = tuple(dict.fromkeys(breakdown for breakdown, _, _ in found)) or (TOTAL,)
    areas = tuple(dict.fromkeys((AREA, *(area for _, area, _ in found))))
    periods = tuple(sorted({PERIOD, *(period for _, _, period in found)}))
    shape = (len(breakdowns), len(areas), len(periods))
    value = np.full(shape, np.nan)
    for (breakdown, area, period), number in found.items():
        place = breakdowns.index(breakdown), areas.index(area), periods.index(period)
        value[place] = number
    known = ~np.isnan(value)
    return Cube(
        variable=variable,
        unit="index" if variable == "defl" else "",
        breakdowns=breakdowns,
        areas=areas,
        periods=periods,
        value=value,
        low=np.full(shape, np.nan),
        high=np.full(shape, np.nan),
        status=np.where(known, int(Status.A), int(Status.M)).astype(np.int64),
        flags=np.zeros(shape, dtype=np.int64),
        vintage=known.astype(np.int64),
    )
