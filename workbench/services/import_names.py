"""Names of a file that a person should look at: unknown ones with guesses, and learned decisions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.importing.categories import category
from workbench.importing.column_facts import column_facts
from workbench.importing.likeness import Guesser
from workbench.importing.names import Names, clean, normal
from workbench.importing.opening import Opened, open_for
from workbench.importing.recipe import Column, Recipe
from workbench.services import imports
from workbench.services.import_writing import learned
from workbench.services.project_names import project_names

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

MOST_NAMES = 200
MOST_GUESSES = 3
LEAST_ALIKE = 0.65
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PLACED = ("area", "period")
NO_NAMES = ("status", "flags", "magnitude", "split", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """A code that a name could mean, and how alike they are (0 to 1)."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """A text of the file that the program does not know, or that a person decided before.

    Attributes:
        role: ``area``, ``variable`` or a dimension code.
        column: header of its column.
        text: what the file says.
        count: how often.
        guesses: codes it could mean, the likeliest first.
        learned: the code decided at an earlier import; empty when it is open.
    """

    role: str
    column: str
    text: str
    count: int
    guesses: tuple[Guessed, ...] = ()
    learned: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of one column in one role, and how often it stands there."""

    column: Column
    role: str
    text: str
    count: int


def open_names(
    ws: Workspace,
    path: Path | str,
    recipe: Recipe,
    *,
    sheet: str | None = None,
    dataset: str = "",
) -> tuple[OpenName, ...]:
    """Areas, inputs and categories of a file that neither project nor catalogue know.

    Args:
        ws: the project.
        path: the file.
        recipe: how it is read; names it maps are not open.
        sheet: name of the sheet, or None.
        dataset: code of the source; its learned decisions that the file needs come last.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
    """
    year = imports.last_believed_year()
    opened = open_for(Path(path), recipe, last_year=year, sheet=sheet or "")
    names = project_names(ws)
    guesser = Guesser(names)
    decided = learned(ws.db, dataset or recipe.dataset)
    years = _years(opened, recipe) if names.spans else {}
    fresh: list[OpenName] = []
    old: list[OpenName] = []
    for said in _texts(opened, recipe):
        code = _mapped(said)
        known = is_known(said.column, said.role, said.text, names, guesser)
        if known and said.role == "area" and guesser.is_dated(said.text):
            known = guesser.dated(said.text, years.get(said.text, ()))
        if code is None and not known:
            fresh.append(_open(said, guesser))
        elif code and _mapped_in(decided.get(said.column.name, {}), said.text) == code:
            old.append(_open(said, guesser, code))
    return (*fresh, *old)[:MOST_NAMES]


def _open(said: _Text, guesser: Guesser, code: str = "") -> OpenName:
    found = guesser.guesses(said.role, said.text, LEAST_ALIKE, MOST_GUESSES)
    return OpenName(
        role=said.role,
        column=said.column.name,
        text=said.text,
        count=said.count,
        guesses=tuple(Guessed(code=g.code, name=g.label, score=g.score) for g in found),
        learned=code,
    )


def _mapped(said: _Text) -> str | None:
    return _mapped_in(said.column.values, said.text)


def _mapped_in(values: Mapping[str, str], text: str) -> str | None:
    wanted = normal(text)
    return next((code for key, code in values.items() if normal(key) == wanted), None)


def _texts(opened: Opened, recipe: Recipe) -> Iterator[_Text]:
    """Every text of the columns of names; those whose role stands in another column last."""
    header = opened.header
    assert header is not None  # a recipe was fitted to it
    facts = column_facts(opened.table, header)
    for column in recipe.columns:
        index = header.column(column.name)
        if index is None or index in opened.personal or column.role in (*NO_NAMES, "case"):
            continue
        counts: Counter[str] = Counter()
        for text, count in facts[index].texts.items():
            counts[clean(text)] += count
        for text, count in counts.items():
            if text:
                yield _Text(column, column.role, text, count)
    for column in recipe.columns:
        index, by = header.column(column.name), header.column(column.by) if column.by else None
        if column.role == "case" and index is not None and by is not None:
            yield from _case_texts(opened, column, index, by)


def _years(opened: Opened, recipe: Recipe) -> dict[str, set[int]]:
    """Years of the values by text of the area."""
    header = opened.header
    assert header is not None  # a recipe was fitted to it
    places = {c.role: header.column(c.name) for c in recipe.columns if c.role in _PLACED}
    area, period = places.get("area"), places.get("period")
    fixed = {int(year) for name in header.names for year in _YEAR.findall(name)}
    found: dict[str, set[int]] = defaultdict(set)
    if area is None:
        return found
    start = header.row + header.rows
    for number, row in enumerate(opened.table.rows(), start=1):
        if number < start or len(row) <= max(area, period or 0):
            continue
        said = fixed if period is None else {int(year) for year in _YEAR.findall(row[period])}
        found[clean(row[area])] |= said
    return found


def _case_texts(opened: Opened, column: Column, index: int, by: int) -> Iterator[_Text]:
    """Texts of a column whose role another column tells, by that role."""
    header = opened.header
    assert header is not None  # a recipe was fitted to it
    roles = {normal(text): role for text, role in column.cases.items()}
    counts: Counter[tuple[str, str]] = Counter()
    start = header.row + header.rows
    for number, row in enumerate(opened.table.rows(), start=1):
        if number >= start and len(row) > max(index, by):
            role = roles.get(normal(clean(row[by])), "ignore")
            if role.isupper():
                counts[role, clean(row[index])] += 1
    for (role, text), count in counts.items():
        if text:
            yield _Text(column, role, text, count)


def is_known(column: Column, role: str, text: str, names: Names, guesser: Guesser) -> bool:
    """Whether the program knows what a text means in a role."""
    if role == "area":
        return guesser.is_area(text, column.scheme)
    if role == "variable":
        from workbench.importing.aliases_files import variable_aliases

        name = normal(text)
        return (
            text in names.variables or name in names.variable_names or name in variable_aliases()
        )
    if role.isupper() and not role.startswith("N_"):
        return category(role, text)[1]
    return True


def choices_of(role: str) -> tuple[tuple[str, str], ...]:
    """Codes and names that a name of a role can be given, in the language in force.

    Dimensions without a list of codes, and inputs, have none: their names may be anything.
    """
    from workbench.importing.categories import is_closed
    from workbench.importing.likeness import COUNTRY_ROLES

    if not is_closed(role):
        return ()
    listed = _listed(role)
    if role not in COUNTRY_ROLES:
        return listed
    groups = tuple(pair for pair in _listed("CITG") if pair[0] in ("REP", "NREP"))
    return (*listed, *(groups if role == "CIT" else ()), *_countries())


def _listed(role: str) -> tuple[tuple[str, str], ...]:
    from indicators.codelists import code_list, has_list
    from workbench.i18n import local

    if not has_list(role):
        return ()
    entries = code_list(role).entries
    return tuple((entry.code, local(entry.label)) for entry in entries if entry.code != "_T")


def _countries() -> tuple[tuple[str, str], ...]:
    """Countries of today and of the past, by name."""
    from workbench.i18n import language
    from workbench.importing import countries

    named = countries.named(language())
    return tuple(sorted(named.items(), key=lambda pair: normal(pair[1])))
