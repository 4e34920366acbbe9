"""The shipped recipes and which of them knows a header."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from indicators.registry import Registry
from workbench.importing.categories import DIMENSIONS
from workbench.importing.layout import Header, find_named
from workbench.importing.names import normal
from workbench.importing.raw_table import Row
from workbench.importing.recipe import Match, Recipe, load

FOLDER = Path(__file__).with_name("presets")


class _Preset:
    """A recipe under the name the registry needs."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.id = recipe.name


@lru_cache(maxsize=1)
def _presets() -> Registry[_Preset]:
    return Registry("preset", [_Preset(load(path)) for path in sorted(FOLDER.glob("*.toml"))])


def preset(name: str) -> Recipe:
    """The shipped recipe of that name.

    Raises:
        IndicatorsError: there is none; the message names the nearest.
    """
    return _presets()[name].recipe


def preset_names() -> tuple[str, ...]:
    """Names of all shipped recipes."""
    return _presets().names


def recognise(rows: Sequence[Row]) -> tuple[Recipe, Header] | None:
    """The preset that knows a header among the first rows, with that header.

    When several do, the one that requires most names is the closest.
    """
    candidates = sorted(_presets(), key=lambda entry: -len(entry.recipe.match.requires))
    for entry in candidates:
        header = find_named(rows, entry.recipe.match.requires)
        if header is not None and fits(header, entry.recipe.match):
            return entry.recipe, header
    return None


def fits(header: Header, match: Match) -> bool:
    """Whether a header has what a preset requires and nothing it does not allow."""
    names = {normal(name) for name in header.names if name}
    required = {normal(name) for name in match.requires}
    some = {normal(name) for name in match.any_of}
    if header.repeated or not required <= names or (some and not some & names):
        return False
    if "*" in match.allows:
        return True
    allowed = required | some | {normal(name) for name in match.allows}
    if "@dimensions" in match.allows:
        allowed |= {normal(name) for name in DIMENSIONS}
    return names <= allowed
