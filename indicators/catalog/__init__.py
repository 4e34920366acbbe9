"""Definition files -> the built-in catalogue, and packs of national offices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from indicators.catalog.loading import Loader, content_of
from indicators.codelists import CodeList
from indicators.codelists import label as built_in_label
from indicators.errors import DefinitionError
from indicators.model.codes import Direction, IndicatorSet, Kind
from indicators.model.definition import Indicator, LocalText, Target, Variable

_FOLDER = Path(__file__).parents[1] / "definitions"
BUILT_IN_FILES = (
    "units.toml",
    "source_files.toml",
    "variables.toml",
    "prevention.toml",
    "protection.toml",
    "prosecution.toml",
    "cross_cutting.toml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that is defined.

    Attributes:
        variables: by code.
        indicators: by code, in the order of the files.
        units: texts by key.
        code_lists: national lists by dimension; the built-in ones are in ``codelists``.
        targets: by code of the indicator.
        texts: national texts by key.
        source_files: kinds of files that usually hold inputs, by key.
    """

    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, LocalText]
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    texts: Mapping[str, LocalText] = field(default_factory=dict)
    source_files: Mapping[str, LocalText] = field(default_factory=dict)

    def with_pack(self, pack: Pack) -> Catalogue:
        """The catalogue with a pack added and its switched-off indicators taken out."""
        kept = {
            code: each for code, each in self.indicators.items() if code not in pack.switched_off
        }
        return Catalogue(
            variables={**self.variables, **pack.variables},
            indicators=with_members({**kept, **pack.indicators}),
            units={**self.units, **pack.units},
            code_lists={**self.code_lists, **pack.code_lists},
            targets={**self.targets, **pack.targets},
            texts={**self.texts, **pack.texts},
            source_files={**self.source_files, **pack.source_files},
        )

    def label(self, dimension: str, code: str) -> LocalText | None:
        """The name of a code of a built-in or national list, or None where it has none."""
        own = self.code_lists.get(dimension)
        if own is None:
            return built_in_label(dimension, code)
        entry = own.entry(code)
        return entry.label if entry else None

    def sources_of(self, variable: str) -> tuple[str, ...]:
        """Codes of the kinds of source (list SRC) that usually hold a variable."""
        known = self.variables.get(variable)
        return known.sources if known else ()


def with_members(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """The indicators; profiles of pillars know the ones they sum up.

    These are the built-in core indicators of their pillars of which more, or less, is better.
    Ambiguous and describing ones never enter a score, and neither do estimates from models.
    """
    members = tuple(each for code, each in indicators.items() if _enters_a_score(code, each))
    return {
        code: replace(
            each,
            members=tuple(one for one in members if one.pillar.value in each.inputs),
        )
        if each.calculator == "pillar_profile"
        else each
        for code, each in indicators.items()
    }


def _enters_a_score(code: str, indicator: Indicator) -> bool:
    return (
        not code.startswith("N-")
        and indicator.set is IndicatorSet.CORE
        and indicator.direction in (Direction.UP, Direction.DOWN)
        and indicator.kind is not Kind.MODEL
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a definition file adds.

    Attributes:
        name: file name or title under which it is listed.
        variables, indicators, units, code_lists, targets, texts: what could be loaded.
        switched_off: codes of built-in indicators that are not wanted.
        source_files: kinds of files; built-in ones only.
        problems: blocks that could not be used, each with line and column.
        digest: SHA-256 of the text.
    """

    name: str
    variables: Mapping[str, Variable] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    units: Mapping[str, LocalText] = field(default_factory=dict)
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    texts: Mapping[str, LocalText] = field(default_factory=dict)
    switched_off: tuple[str, ...] = ()
    problems: tuple[DefinitionError, ...] = ()
    digest: str = ""
    source_files: Mapping[str, LocalText] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be used."""
        parts = (self.variables, self.indicators, self.units, self.code_lists, self.targets)
        return not any((*parts, self.texts, self.switched_off))

    def check(self) -> None:
        """Raise the first problem, if there is one."""
        if self.problems:
            raise self.problems[0]


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The built-in catalogue.

    Raises:
        DefinitionError: a shipped file is faulty; the tests walk over all of them.
    """
    catalogue = Catalogue(variables={}, indicators={}, units={})
    for name in BUILT_IN_FILES:
        path = _FOLDER / name
        if path.exists():
            pack = _load(path.read_text(encoding="utf-8"), name, catalogue, national=False)
            pack.check()
            catalogue = catalogue.with_pack(pack)
    return catalogue


def load_pack(text: str, name: str, *, base: Catalogue | None = None) -> Pack:
    """The pack of a national office.

    Args:
        text: content of the TOML file.
        name: file name, for messages.
        base: what the pack may build on; the built-in catalogue by default.

    Returns:
        The pack; a faulty block is listed in ``problems`` and the rest is there.

    Raises:
        DefinitionError: the text as a whole cannot be read.
    """
    return _load(text, name, base or load_catalogue(), national=True)


def _load(text: str, name: str, base: Catalogue, *, national: bool) -> Pack:
    text = text.removeprefix("\ufeff")
    content = content_of(text, name)
    problems: list[DefinitionError] = []
    loader = Loader(text=text, name=name, base=base, national=national, problems=problems)
    loader.check_top_level(content)
    code_lists = loader.code_lists(content) if national else {}
    loader = replace(loader, lists=frozenset((*base.code_lists, *code_lists)))
    units = loader.units(content)
    files = {} if national else loader.source_files(content)
    variables = loader.variables(content, {**base.source_files, **files})
    known = {**base.variables, **variables}
    indicators = loader.indicators(content, known, {**base.units, **units})
    both = {**base.indicators, **indicators}
    return Pack(
        name=name,
        variables=variables,
        indicators=indicators,
        units=units,
        code_lists=code_lists,
        source_files=files,
        targets=loader.targets(content, both) if national else {},
        texts=loader.texts(content) if national else {},
        switched_off=loader.switched_off(content),
        problems=tuple(sorted(problems, key=lambda error: int(str(error.data["line"])))),
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
