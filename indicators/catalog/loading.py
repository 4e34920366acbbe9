"""The blocks of a definition file, each checked; a faulty one is listed and the rest is used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from indicators.catalog import national, reading
from indicators.catalog.fields import Fields, definition_error
from indicators.catalog.places import Block, blocks, of_key
from indicators.codelists import CodeList, list_names
from indicators.compute.examples import check_example
from indicators.errors import N_, DefinitionError
from indicators.formula.check import check_variables
from indicators.model.codes import Kind
from indicators.model.definition import Indicator, LocalText, Target, Variable

if TYPE_CHECKING:
    from indicators.catalog import Catalogue

T = TypeVar("T")
"""What a block defines."""

MAXIMUM_CHARACTERS = 5_000_000
_BUILT_IN_KEYS = ("variable", "unit", "indicator", "source_file")
_NATIONAL_KEYS = (
    "variable",
    "unit",
    "indicator",
    "namespace",
    "switch_off",
    "code_list",
    "target",
    "text",
)
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def content_of(text: str, name: str) -> dict[str, Any]:
    """What the TOML reader makes of a text.

    Raises:
        DefinitionError: the text is too long, or is not TOML.
    """
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
class Loader:
    """Reads the blocks of one file; what is faulty goes into ``problems``."""

    text: str
    name: str
    base: Catalogue
    national: bool
    problems: list[DefinitionError]
    lists: frozenset[str] = frozenset()

    def check_top_level(self, content: Mapping[str, Any]) -> None:
        """List keys that mean nothing, and a namespace that is not national."""
        for key in content:
            if key not in (_NATIONAL_KEYS if self.national else _BUILT_IN_KEYS):
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
            Fields(
                pack=self.name,
                block=block,
                table=table,
                subject=str(table.get(key, kind)),
                lists=self.lists,
            )
            for block, table in zip(found, tables, strict=True)
        ]

    def units(self, content: Mapping[str, Any]) -> dict[str, LocalText]:
        """The units; a faulty block is listed."""
        return self._named(content, "unit", "key", reading.unit, self.base.units)

    def source_files(self, content: Mapping[str, Any]) -> dict[str, LocalText]:
        """The kinds of files that hold inputs; a faulty block is listed."""
        return self._named(
            content, "source_file", "key", reading.source_file, self.base.source_files
        )

    def code_lists(self, content: Mapping[str, Any]) -> dict[str, CodeList]:
        """The national code lists; a faulty block is listed."""
        taken = {**dict.fromkeys(list_names()), **self.base.code_lists}

        def read(fields: Fields) -> tuple[str, CodeList]:
            made = national.code_list(fields)
            return made.id, made

        return self._named(content, "code_list", "id", read, taken)

    def targets(
        self, content: Mapping[str, Any], indicators: Mapping[str, Indicator]
    ) -> dict[str, Target]:
        """The targets; a faulty block is listed."""

        def read(fields: Fields) -> tuple[str, Target]:
            made = national.target(fields, indicators)
            return made.indicator, made

        return self._named(content, "target", "indicator", read, self.base.targets)

    def texts(self, content: Mapping[str, Any]) -> dict[str, LocalText]:
        """The national texts; a faulty block is listed."""
        return self._named(content, "text", "key", national.text, self.base.texts)

    def _named(
        self,
        content: Mapping[str, Any],
        kind: str,
        key: str,
        read: Callable[[Fields], tuple[str, T]],
        known: Mapping[str, Any],
    ) -> dict[str, T]:
        result: dict[str, T] = {}
        for fields in self._fields(content, kind, key):
            try:
                name, made = read(fields)
                self._refuse_double(fields, name, result, known, key)
                result[name] = made
            except DefinitionError as error:
                self.problems.append(error)
        return result

    def variables(
        self, content: Mapping[str, Any], files: Mapping[str, LocalText]
    ) -> dict[str, Variable]:
        """The variables; a faulty block is listed."""
        result: dict[str, Variable] = {}
        places: dict[str, Fields] = {}
        pattern = reading.NATIONAL_VARIABLE if self.national else reading.CODE_OF_VARIABLE
        for fields in self._fields(content, "variable", "code"):
            try:
                made = reading.variable(fields, files)
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
        from indicators.catalog import with_members

        if made.kind is Kind.MODEL:
            return
        found = check_example(with_members({**self.base.indicators, made.code: made})[made.code])
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
        self,
        fields: Fields,
        code: str,
        found: Mapping[str, Any],
        known: Mapping[str, Any],
        field: str = "code",
    ) -> None:
        if code in found or code in known:
            raise fields.error(
                N_("{subject}: “{code}” is already defined."),
                field,
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
