"""Fields of a definition block: each reader checks type and content and names its place."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from indicators import codelists
from indicators.catalog.places import Block, Place
from indicators.errors import N_, DefinitionError, FormulaError
from indicators.model.codes import LANGUAGES
from indicators.model.definition import LocalText

E = TypeVar("E", bound=Enum)

MAXIMUM_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """One block with its place in the file.

    Attributes:
        pack: name of the file.
        block: lines of the block.
        table: what the TOML reader made of it.
        subject: code of what is defined, for messages.
        lists: code lists that exist beside the built-in ones.
    """

    pack: str
    block: Block
    table: Mapping[str, Any]
    subject: str
    lists: frozenset[str] = frozenset()

    def error(
        self,
        text: str,
        field: str = "",
        *,
        hint: str = "",
        place: Place | None = None,
        **data: Any,
    ) -> DefinitionError:
        """An error that names file, line, column and what is defined."""
        line, column = place or (self.block.of_field(field) if field else self.block.place)
        return definition_error(
            text, self.pack, (line, column), hint=hint, subject=self.subject, field=field, **data
        )

    def only(self, known: Iterable[str], field: str = "", table: Any = None) -> None:
        """Refuse keys that mean nothing here."""
        names = tuple(known)
        for key in self.table if table is None else table:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=1)
                raise self.error(
                    N_("{subject}: the field “{key}” is not known."),
                    field or key,
                    hint=N_("Did you mean “{near}”?") if near else N_("Known fields: {known}."),
                    key=key,
                    near=near[0] if near else "",
                    known=", ".join(names),
                )

    def required(self, field: str) -> Any:
        """The raw value of an obligatory field."""
        if field not in self.table:
            raise definition_error(
                N_("{subject}: the field “{field}” is missing."),
                self.pack,
                self.block.place,
                subject=self.subject,
                field=field,
            )
        return self.table[field]

    def string(self, field: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self.required(field) if default is None else self.table.get(field, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.error(N_("{subject}: “{field}” must be a text."), field)
        if len(value) > MAXIMUM_TEXT:
            raise self.error(
                N_("{subject}: “{field}” is longer than {limit} characters."),
                field,
                limit=MAXIMUM_TEXT,
            )
        return value

    def number(self, field: str, default: float) -> float:
        """A positive number."""
        value = self.table.get(field, default)
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not math.isfinite(value) or value <= 0:
            raise self.error(N_("{subject}: “{field}” must be a number above zero."), field)
        return float(value)

    def count(self, field: str, default: int) -> int:
        """A whole number from zero."""
        value = self.table.get(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(N_("{subject}: “{field}” must be a whole number."), field)
        return value

    def boolean(self, field: str) -> bool:
        """True or false; false when absent."""
        value = self.table.get(field, False)
        if not isinstance(value, bool):
            raise self.error(N_("{subject}: “{field}” must be true or false."), field)
        return value

    def strings(self, field: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        value = self.table.get(field, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.error(N_("{subject}: “{field}” must be a list of texts."), field)
        return tuple(value)

    def numbers(self, field: str, last: int) -> tuple[int, ...]:
        """A list of whole numbers from 1 to ``last``; empty when absent."""
        value = self.table.get(field, [])
        if not isinstance(value, list) or not all(
            isinstance(part, int) and not isinstance(part, bool) and 1 <= part <= last
            for part in value
        ):
            raise self.error(
                N_("{subject}: “{field}” must be a list of numbers from 1 to {last}."),
                field,
                last=last,
            )
        return tuple(value)

    def choice(self, field: str, kind: type[E]) -> E:
        """A member of a closed set by its value."""
        value = self.string(field)
        try:
            return kind(value)
        except ValueError:
            known = [str(member.value) for member in kind]
            near = difflib.get_close_matches(value, known, n=1)
            raise self.error(
                N_("{subject}: “{value}” is no value of “{field}”."),
                field,
                hint=N_("Did you mean “{near}”?") if near else N_("Known values: {known}."),
                value=value,
                near=near[0] if near else "",
                known=", ".join(known),
            ) from None

    def local(self, field: str, table: Any = None) -> LocalText:
        """A text in all four languages."""
        value = self.required(field) if table is None else table
        if not isinstance(value, Mapping):
            raise self.error(
                N_("{subject}: “{field}” must be texts in four languages."),
                field,
                hint=N_("Write {example}."),
                example='{ en = "...", es = "...", pt = "...", fr = "..." }',
            )
        self.only(LANGUAGES, field, value)
        for language in LANGUAGES:
            text = value.get(language)
            if not isinstance(text, str) or not text.strip() or len(text) > MAXIMUM_TEXT:
                raise self.error(
                    N_("{subject}: the text “{field}” is missing in the language “{language}”."),
                    field,
                    language=language,
                )
        return LocalText(**{language: value[language] for language in LANGUAGES})

    def dimensions(self, field: str) -> tuple[str, ...]:
        """A list of dimensions that have a code list; optional ones stand in brackets."""
        names = self.strings(field)
        for name in names:
            plain = name.strip("()")
            if plain not in self.lists and not codelists.has_list(plain):
                raise self.error(
                    N_("{subject}: “{dimension}” is no known dimension."),
                    field,
                    hint=N_("Known dimensions: {known}."),
                    dimension=name,
                    known=", ".join((*codelists.list_names(), *sorted(self.lists))),
                )
        return names

    def of_other(self, error: DefinitionError, field: str) -> DefinitionError:
        """An error that was raised without a place, with the place of a field."""
        data: dict[str, Any] = dict(error.data)
        return self.error(error.title, field, hint=error.hint, **data)

    def formula_error(self, field: str, formula: str, error: FormulaError) -> DefinitionError:
        """The error of a formula with its place in the file."""
        offset = int(str(error.data.get("column", 1)))
        line, column = self.block.of_text(field, formula, offset)
        data = {key: value for key, value in error.data.items() if key != "column"}
        data |= {"subject": self.subject, "field": field, "formula_column": offset}
        return DefinitionError(
            error.title,
            N_("Definition {subject}, file {pack}, line {line}, column {column}."),
            error.hint,
            pack=self.pack,
            line=line,
            column=column,
            **data,
        )


def definition_error(
    title: str, pack: str, place: Place, *, hint: str = "", **data: Any
) -> DefinitionError:
    """An error with the place in its detail."""
    return DefinitionError(
        title,
        N_("File {pack}, line {line}, column {column}."),
        hint,
        pack=pack,
        line=place[0],
        column=place[1],
        **data,
    )
