"""The recipes of known layouts, shipped and an office's own, and which of them knows a header.

The format is described in ``presets/README.md``. An office's own preset counts before the shipped
ones, and in place of a shipped one with the same name. A file of the office that cannot be read is
left out and named by ``faults``; it never stops another import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from indicators.errors import N_
from indicators.registry import Registry
from workbench import settings
from workbench.errors import UserFileError
from workbench.importing.categories import DIMENSIONS
from workbench.importing.layout import Header, find_named
from workbench.importing.names import normal
from workbench.importing.raw_table import Row
from workbench.importing.recipe import Match, Recipe, load

FOLDER = Path(__file__).with_name("presets")
OWN_FOLDER_VARIABLE = "TIP_WORKBENCH_PRESETS"
"""Environment variable: folder of an office's own presets, or ``off``."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A recipe under the name the registry needs.

    Attributes:
        recipe: how the layout is read; its name is the name of the preset.
        own: True for a preset of the office.
    """

    recipe: Recipe
    own: bool = False

    @property
    def id(self) -> str:
        """Name of the preset."""
        return self.recipe.name


def own_folder() -> Path | None:
    """Where an office's own presets are; None when they are switched off."""
    return settings.own_folder(OWN_FOLDER_VARIABLE, "presets")


def all_presets() -> tuple[Preset, ...]:
    """All presets in order of their names."""
    return tuple(_known().registry)


def faults() -> tuple[UserFileError, ...]:
    """Why files among the office's own presets are left out."""
    return _known().faults


def preset(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        IndicatorsError: there is none; the message names the nearest.
    """
    return _known().registry[name].recipe


def preset_names() -> tuple[str, ...]:
    """Names of all presets."""
    return _known().registry.names


def recognise(rows: Sequence[Row]) -> tuple[Recipe, Header] | None:
    """The preset that knows a header among the first rows, with that header.

    When several do, an office's own goes first, then the one that requires most names.
    """
    for entry in _known().order:
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


@dataclass(frozen=True, slots=True)
class _Known:
    registry: Registry[Preset]
    order: tuple[Preset, ...]
    faults: tuple[UserFileError, ...]


def _known() -> _Known:
    """What is known now; files of the office are read again when one of them changed."""
    folder = own_folder()
    found = [] if folder is None else sorted(folder.glob("*.toml"))
    return _loaded(tuple((path, path.stat().st_mtime_ns) for path in found))


@lru_cache(maxsize=2)
def _loaded(own_files: tuple[tuple[Path, int], ...]) -> _Known:
    own: dict[str, Preset] = {}
    problems = []
    for path, _ in own_files:
        try:
            recipe = _own(path)
        except UserFileError as error:
            problems.append(error)
        else:
            own[recipe.name] = Preset(recipe, own=True)
    known = {**_shipped(), **own}
    entries = [known[name] for name in sorted(known)]
    order = sorted(entries, key=lambda entry: (not entry.own, -len(entry.recipe.match.requires)))
    return _Known(Registry("preset", entries), tuple(order), tuple(problems))


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Preset]:
    return {path.stem: Preset(load(path)) for path in sorted(FOLDER.glob("*.toml"))}


def _own(path: Path) -> Recipe:
    """The recipe of an office, under the name of its file when it has none.

    Raises:
        UserFileError: it cannot be read, or does not say which headers it is for.
    """
    recipe = load(path)
    if not recipe.match.requires:
        raise UserFileError(
            N_("The preset “{name}” does not say for which tables it is."),
            hint=N_("Name the headers it needs in [match], as requires."),
            path=path,
        )
    return recipe if recipe.name else replace(recipe, name=path.stem)
