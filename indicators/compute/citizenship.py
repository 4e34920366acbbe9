"""Citizenship groups from citizenships: citizens of the country, and all others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indicators.formula.facts import dimensions_of_cuts
from indicators.model.codes import Status
from indicators.model.series import Breakdown, Cube, Floats

_OWN, _OTHER = "REP", "NREP"
_UNKNOWN = ("_U", "_Z")


def with_groups(cubes: Mapping[str, Cube]) -> dict[str, Cube]:
    """The cubes; those with CIT and without CITG get the groups REP and NREP as well.

    NREP adds up every listed citizenship but the country's own and the unknown; unlisted
    citizenships had no cases. Nothing listed stays missing.
    """
    return {code: _grouped(cube) if _needs_groups(cube) else cube for code, cube in cubes.items()}


def is_derived(cube: Cube | None) -> bool:
    """Whether the groups of this cube are added up from citizenships."""
    return cube is not None and _needs_groups(cube)


def _needs_groups(cube: Cube) -> bool:
    dims = dimensions_of_cuts(cube.breakdowns)
    return "CIT" in dims and "CITG" not in dims


def country_of(area: str, areas: tuple[str, ...]) -> str | None:
    """The country code of an area: its own, or the only country among the areas."""
    if _is_country(area):
        return area
    countries = [code for code in areas if _is_country(code)]
    return countries[0] if len(countries) == 1 else None


def _is_country(area: str) -> bool:
    return len(area) == 3 and area.isalpha() and area.isupper()


def _grouped(cube: Cube) -> Cube:
    countries = [country_of(area, cube.areas) for area in cube.areas]
    rests = list(dict.fromkeys(b.without("CIT") for b in cube.breakdowns if b.code("CIT")))
    blocks = [_block(cube, rest, countries, own=own) for rest in rests for own in (True, False)]
    labels = [rest.with_code("CITG", code) for rest in rests for code in (_OWN, _OTHER)]
    stacked = {
        name: np.concatenate([getattr(cube, name), np.stack([block[name] for block in blocks])])
        for name in ("value", "low", "high", "status", "flags", "vintage")
    }
    return Cube(
        variable=cube.variable,
        unit=cube.unit,
        breakdowns=(*cube.breakdowns, *labels),
        areas=cube.areas,
        periods=cube.periods,
        **stacked,
    )


def _block(
    cube: Cube, rest: Breakdown, countries: list[str | None], *, own: bool
) -> dict[str, np.ndarray]:
    places = [
        (index, breakdown.code("CIT"))
        for index, breakdown in enumerate(cube.breakdowns)
        if breakdown.code("CIT") and breakdown.without("CIT") == rest
    ]
    indices = [index for index, _ in places]
    chosen = np.array(
        [
            [
                country is not None and _belongs(str(code), country, own=own)
                for country in countries
            ]
            for _, code in places
        ]
    )[:, :, None]
    status = cube.status[indices]
    used = chosen & (status <= int(Status.S))
    suppressed = (used & (status == int(Status.S))).any(axis=0)
    listed = used.any(axis=0)
    point = listed & ~suppressed
    value = np.where(used, np.nan_to_num(cube.value[indices]), 0.0).sum(axis=0)
    low, high = _bounds(cube, indices, used)
    return {
        "value": np.where(point, value, np.nan),
        "low": np.where(suppressed, low, np.nan),
        "high": np.where(suppressed, high, np.nan),
        "status": np.where(point, 0, np.where(suppressed, int(Status.S), int(Status.M))),
        "flags": np.bitwise_or.reduce(np.where(used, cube.flags[indices], 0), axis=0),
        "vintage": np.where(used, cube.vintage[indices], 0).max(axis=0),
    }


def _bounds(cube: Cube, indices: list[int], used: np.ndarray) -> tuple[Floats, Floats]:
    value, status = cube.value[indices], cube.status[indices]
    is_suppressed = status == int(Status.S)
    low = np.where(is_suppressed, np.nan_to_num(cube.low[indices], nan=0.0), value)
    high = np.where(is_suppressed, np.nan_to_num(cube.high[indices], nan=np.inf), value)
    return np.where(used, low, 0.0).sum(axis=0), np.where(used, high, 0.0).sum(axis=0)


def _belongs(code: str, country: str, *, own: bool) -> bool:
    return code == country if own else code != country and code not in _UNKNOWN
