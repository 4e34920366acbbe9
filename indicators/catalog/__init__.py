"""Definition files -> the built-in catalogue, and packs of national offices."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from indicators.catalog import reading
from indicators.catalog.fields import Fields, definition_error
from indicators.catalog.places import Block, blocks, of_key
from indicators.compute.examples import check_example
from indicators.errors import N_, DefinitionError
from indicators.formula.check import check_variables
from indicators.model.codes import Kind
from indicators.model.definition import Indicator, LocalText, Variable

_FOLDER = Path(__file__).parents[1] / "definitions"
BUILT_IN_FILES = (
    "units.toml",
    "variables.toml",
    "prevention.toml",
    "protection.toml",
    "prosecution.toml",
    "cross_cutting.toml",
)
MAXIMUM_CHARACTERS = 5_000_000
_TOP_LEVEL = ("namespace", "switch_off", "variable", "unit", "indicator")
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that is defined.

    Attributes:
        variables: by code.
        indicators: by code, in the order of the files.
        units: texts by key.
    """

    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, LocalText]

    def with_pack(self, pack: Pack) -> Catalogue:
        """The catalogue with a pack added and its switched-off indicators taken out."""
        kept = {
            code: each for code, each in self.indicators.items() if code not in pack.switched_off
        }
        return Catalogue(
            variables={**self.variables, **pack.variables},
            indicators={**kept, **pack.indicators},
            units={**self.units, **pack.units},
        )

    def sources_of(self, variable: str) -> tuple[str, ...]:
        """Codes of the kinds of source (list SRC) that usually hold a variable."""
        known = self.variables.get(variable)
        return known.sources if known else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a definition file adds.

    Attributes:
        name: file name or title under which it is listed.
        variables, indicators, units: what could be loaded.
        switched_off: codes of built-in indicators that are not wanted.
        problems: blocks that could not be used, each with line and column.
        digest: SHA-256 of the text.
    """

    name: str
    variables: Mapping[str, Variable] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    units: Mapping[str, LocalText] = field(default_factory=dict)
    switched_off: tuple[str, ...] = ()
    problems: tuple[DefinitionError, ...] = ()
    digest: str = ""

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
    content = _content(text, name)
    problems: list[DefinitionError] = []
    loader = _Loader(text=text, name=name, base=base, national=national, problems=problems)
    loader.check_top_level(content)
    units = loader.units(content)
    variables = loader.variables(content)
    known = {**base.variables, **variables}
    indicators = loader.indicators(content, known, {**base.units, **units})
    return Pack(
        name=name,
        variables=variables,
        indicators=indicators,
        units=units,
        switched_off=loader.switched_off(content),
        problems=tuple(sorted(problems, key=lambda error: int(str(error.data["line"])))),
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _content(text: str, name: str) -> dict[str, Any]:
    if len(text) > MAXIMUM_CHARACTERS:
        raise definition_error(
            N_("The file has more than {limit} characters."),
            name,
            (1, 1),
            limit=MAXIMUM_CHARACTERS,
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _SYNTAX_PLACE.search(str(error))
        last = (text.count("\n") + 1, 1)
        raise definition_error(
            N_("The file is not valid TOML: {reason}."),
            name,
            (int(place.group(1)), int(place.group(2))) if place else last,
            hint=N_("Look for a missing quotation mark, bracket or equals sign there."),
            reason=_SYNTAX_PLACE.sub("", str(error)).strip(),
        ) from error
    except RecursionError as error:
        raise definition_error(
            N_("The file nests lists or tables too deeply."), name, (1, 1)
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loader:
    text: str
    name: str
    base: Catalogue
    national: bool
    problems: list[DefinitionError]

    def check_top_level(self, content: Mapping[str, Any]) -> None:
        """List keys that mean nothing, and a namespace that is not national."""
        for key in content:
            if key not in _TOP_LEVEL:
                self._problem(N_("The key “{key}” is not known."), key, key=key)
        namespace = content.get("namespace", "N-")
        if not isinstance(namespace, str) or not namespace.startswith("N-"):
            self._problem(N_("The namespace of a pack begins with “N-”."), "namespace")

    def _problem(self, text: str, at: str, **data: Any) -> None:
        self.problems.append(definition_error(text, self.name, of_key(self.text, at), **data))

    def _fields(self, content: Mapping[str, Any], kind: str, key: str) -> list[Fields]:
        tables = content.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._problem(N_("Write “[[{kind}]]” above each {kind}."), kind, kind=kind)
            return []
        found = [block for block in blocks(self.text) if block.name == kind]
        if len(found) != len(tables):
            # written in a form that the scan for places does not follow
            found = [Block(name=kind, line=of_key(self.text, kind)[0], lines=())] * len(tables)
        return [
            Fields(pack=self.name, block=block, table=table, subject=str(table.get(key, kind)))
            for block, table in zip(found, tables, strict=True)
        ]

    def units(self, content: Mapping[str, Any]) -> dict[str, LocalText]:
        """The units; a faulty block is listed."""
        result: dict[str, LocalText] = {}
        for fields in self._fields(content, "unit", "key"):
            try:
                key, text = reading.unit(fields)
                self._refuse_double(fields, key, result, self.base.units)
                result[key] = text
            except DefinitionError as error:
                self.problems.append(error)
        return result

    def variables(self, content: Mapping[str, Any]) -> dict[str, Variable]:
        """The variables; a faulty block is listed."""
        result: dict[str, Variable] = {}
        places: dict[str, Fields] = {}
        pattern = reading.NATIONAL_VARIABLE if self.national else reading.CODE_OF_VARIABLE
        for fields in self._fields(content, "variable", "code"):
            try:
                made = reading.variable(fields)
                self._check_code(fields, made.code, pattern)
                self._refuse_double(fields, made.code, result, self.base.variables)
                result[made.code], places[made.code] = made, fields
            except DefinitionError as error:
                self.problems.append(error)
        return self._without_circles(result, places)

    def _without_circles(
        self, found: dict[str, Variable], places: Mapping[str, Fields]
    ) -> dict[str, Variable]:
        while True:
            try:
                check_variables({**self.base.variables, **found})
                return found
            except DefinitionError as error:
                code = str(error.data["name"])
                if code not in places or code not in found:
                    raise
                self.problems.append(places[code].of_other(error, "subset_of"))
                found = {key: each for key, each in found.items() if key != code}

    def indicators(
        self,
        content: Mapping[str, Any],
        variables: Mapping[str, Variable],
        units: Mapping[str, LocalText],
    ) -> dict[str, Indicator]:
        """The indicators; a faulty block is listed."""
        result: dict[str, Indicator] = {}
        pattern = reading.NATIONAL_INDICATOR if self.national else reading.CODE_OF_INDICATOR
        for fields in self._fields(content, "indicator", "code"):
            try:
                self._check_code(fields, fields.string("code"), pattern)
                made = reading.indicator(fields, variables, None if self.national else units)
                self._refuse_double(fields, made.code, result, self.base.indicators)
                if self.national:
                    self._check_example(fields, made)
                result[made.code] = made
            except DefinitionError as error:
                self.problems.append(error)
        return result

    def _check_example(self, fields: Fields, made: Indicator) -> None:
        if made.kind is Kind.MODEL:
            return
        found = check_example(made)
        if found is not None:
            raise fields.error(
                N_("{subject}: the example gives {found} and not {expected}."),
                "example",
                hint=N_("Correct the formula or the example."),
                found=found,
                expected=made.example.value,
            )

    def _check_code(self, fields: Fields, code: str, pattern: re.Pattern[str]) -> None:
        if pattern.fullmatch(code) is None:
            raise fields.error(
                N_("{subject}: the code “{code}” does not have the right form."),
                "code",
                hint=N_("National indicators begin with “N-”, national variables with “n_”.")
                if self.national
                else "",
                code=code,
            )

    def _refuse_double(
        self, fields: Fields, code: str, found: Mapping[str, Any], known: Mapping[str, Any]
    ) -> None:
        if code in found or code in known:
            raise fields.error(
                N_("{subject}: “{code}” is already defined."),
                "code",
                hint=N_("Choose another code; what is built in cannot be changed."),
                code=code,
            )

    def switched_off(self, content: Mapping[str, Any]) -> tuple[str, ...]:
        """Codes of built-in indicators that the pack switches off."""
        codes = content.get("switch_off", [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            self._problem(N_("“switch_off” must be a list of indicator codes."), "switch_off")
            return ()
        for code in codes:
            if code not in self.base.indicators:
                self._problem(
                    N_("The indicator “{code}” cannot be switched off: it does not exist."),
                    "switch_off",
                    code=code,
                )
        return tuple(code for code in codes if code in self.base.indicators)
