"""What the header of a value column says: a period, a category, an input, or several of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbench.importing.aliases_files import category_aliases, header_aliases, variable_aliases
from workbench.importing.categories import DIMENSIONS, TOTAL_CODE, category, split_codes
from workbench.importing.names import normal
from workbench.importing.periods import PeriodRules, parse_period, part_of_year

GUESSED = ("SEX", "AGE", "FORM", "CITG")
"""Dimensions whose categories are understood without their name."""


def fixed_of(name: str, variables: Mapping[str, str], rules: PeriodRules) -> dict[str, str] | None:
    """Codes that hold for a whole column, by its header; None when a part is not understood.

    Args:
        name: the header; parts of several rows stand between `` / ``.
        variables: variable code by normal form of its name.
        rules: how periods are read.
    """
    found: dict[str, str] = {}
    dimension = ""
    for part in filter(None, (part.strip() for part in name.split(" / "))):
        role = header_aliases().get(normal(part), "")
        if role.isupper() or part in DIMENSIONS:
            dimension = role or part
            continue
        said = {} if role == "value" else _part(part, dimension, variables, rules)
        if said is None or set(said) & set(found):
            return None
        found.update(said)
    return found


def _part(
    part: str, dimension: str, variables: Mapping[str, str], rules: PeriodRules
) -> dict[str, str] | None:
    name = normal(part)
    if category_aliases().get(("*", name)) == TOTAL_CODE:
        return {}
    if isinstance(parse_period(part, rules), int):
        return {"period": part}
    if part_of_year(part) and not part.isdigit():
        return {"part": part}
    code = variables.get(name) or variable_aliases().get(name)
    if code and not dimension:
        return {"variable": code}
    if dimension:
        code, known = category(dimension, part)
        return {dimension: code} if known else None
    return split_codes(part, GUESSED) or None


def all_fixed(
    names: Iterable[str], variables: Mapping[str, str], rules: PeriodRules
) -> list[dict[str, str]] | None:
    """What each header says; None unless all are understood and not two say the same."""
    found = []
    for name in names:
        fixed = fixed_of(name, variables, rules)
        if fixed is None:
            return None
        found.append(fixed)
    kinds = {key for fixed in found for key in fixed}
    distinct = {tuple(sorted(fixed.items())) for fixed in found}
    is_grouped = any(" / " in name for name in names)
    if not kinds or (len(distinct) < len(found) and not is_grouped):
        return None
    return found
