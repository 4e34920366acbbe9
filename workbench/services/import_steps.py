"""Steps between looking at a file and importing it.

Where the table stands, what a name means, what an earlier import of the same layout decided, and
a rehearsal that writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.model.period import Period
from workbench.errors import UserFileError
from workbench.importing.categories import category
from workbench.importing.collector import paused_collector
from workbench.importing.column_facts import column_facts
from workbench.importing.layout import year_of_header
from workbench.importing.names import AreaFinder, Names, clean, normal, slug
from workbench.importing.opening import Opened, open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.preview import Preview, make_preview
from workbench.importing.recipe import YEAR_HEADER, Column, Reading, Recipe, parse
from workbench.importing.report import ImportReport
from workbench.importing.validate import prepare
from workbench.progress import SILENT, Progress
from workbench.services import imports
from workbench.store import vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

ACCEPTED = 0.92
"""A guess this sure is taken at once when the person says so."""
MOST_NAMES = 200
FIRST_VALUES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An earlier import of the same layout.

    Attributes:
        recipe: how it was read.
        dataset: source it belongs to.
        file: name of that file.
        made_at: when it was imported.
    """

    recipe: Recipe
    dataset: str
    file: str
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """A code that a name could mean, and how alike they are (0 to 1)."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """A text of the file that the program does not know.

    Attributes:
        role: ``area``, ``variable`` or a dimension code.
        column: header of its column.
        text: what the file says.
        count: how often.
        guesses: codes it could mean, the likeliest first.
    """

    role: str
    column: str
    text: str
    count: int
    guesses: tuple[Guessed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedValue:
    """A value as it would be stored."""

    variable: str
    area: str
    period: Period
    breakdown: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What an import would do.

    Attributes:
        report: the counts; the sums close.
        first: the first values.
        new_areas: names by code of areas that would be added.
    """

    report: ImportReport
    first: tuple[PlannedValue, ...]
    new_areas: Mapping[str, str]


def look(
    path: Path | str,
    *,
    sheet: str | None = None,
    header_row: int = 0,
    header_rows: int = 1,
    footer_rows: int = 0,
) -> Preview:
    """What a file is when a person says where its table stands.

    Args:
        path: the file.
        sheet: name of the sheet.
        header_row: first row of the header, from 1; 0: it is found.
        header_rows: rows of the header.
        footer_rows: lines below the table that are notes; 0: they are found.

    Raises:
        UserFileError: the file cannot be read, or no header stands there.
    """
    if not header_row:
        return imports.preview(path, sheet=sheet)
    reading = Reading(
        sheet=sheet or "", header_row=header_row, header_rows=header_rows, footer_rows=footer_rows
    )
    opened = _open(Path(path), Recipe(reading=reading), sheet)
    seen = make_preview(replace(opened, recipe=None), last_year=_last_year(), known={})
    return replace(seen, recipe=replace(seen.recipe, reading=reading))


def known(ws: Workspace, seen: Preview) -> Known | None:
    """The newest import whose file had the same columns, years in headers aside."""
    columns = next((sheet.columns for sheet in seen.sheets if sheet.name == seen.sheet), ())
    names = _layout(column.name for column in columns if column.role != "personal")
    if not names:
        return None
    for entry in reversed(vintages.stored_vintages(ws.db)):
        if not entry.recipe or entry.file is None:
            continue
        try:
            recipe = parse(entry.recipe, seen.path)
        except UserFileError:  # made by a newer program
            continue
        listed = _layout(c.name for c in recipe.columns if c.role != "personal")
        if recipe.fingerprint and listed == names:
            return Known(
                recipe=recipe, dataset=entry.dataset, file=entry.file, made_at=entry.made_at
            )
    return None


def open_names(
    ws: Workspace, path: Path | str, recipe: Recipe, *, sheet: str | None = None
) -> tuple[OpenName, ...]:
    """Areas, inputs and categories of a file that neither project nor catalogue know.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
    """
    opened = _open(Path(path), recipe, sheet)
    assert opened.header is not None  # a recipe was fitted to it
    names = imports._names(ws)
    facts = column_facts(opened.table, opened.header)
    found: list[OpenName] = []
    for column in recipe.columns:
        index = opened.header.column(column.name)
        if index is None or index in opened.personal:
            continue
        decided = {normal(text) for text in column.values}
        for text, count in facts[index].texts.items():
            mapped = normal(clean(text)) in decided
            if text and not mapped and not _is_known(column, clean(text), names):
                guesses = _guesses(column.role, clean(text), names)
                found.append(
                    OpenName(
                        role=column.role,
                        column=column.name,
                        text=clean(text),
                        count=count,
                        guesses=guesses,
                    )
                )
            if len(found) == MOST_NAMES:
                return tuple(found)
    return tuple(found)


def rehearse(
    ws: Workspace,
    path: Path | str,
    recipe: Recipe,
    *,
    dataset: str | None = None,
    sheet: str | None = None,
    progress: Progress = SILENT,
) -> Rehearsal:
    """Read and check the whole file as an import would; nothing is written.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
        Cancelled: the person stopped.
    """
    opened = _open(Path(path), recipe, sheet)
    prepared = _prepared(ws, opened, recipe, dataset, progress)
    return Rehearsal(
        report=prepared.report, first=_first(prepared), new_areas=dict(prepared.new_areas)
    )


def _prepared(
    ws: Workspace, opened: Opened, recipe: Recipe, dataset: str | None, progress: Progress
) -> Prepared:
    complete, _remarks = imports._defaults(ws, opened, recipe)
    assert opened.header is not None  # a recipe was fitted to it
    plan = make_plan(
        opened.file,
        opened.table,
        opened.header,
        complete,
        last_year=_last_year(),
        personal=tuple(opened.personal),
    )
    with paused_collector():
        return prepare(
            plan,
            imports._names(ws),
            dataset=dataset or recipe.dataset or slug(opened.file.path.stem),
            personal={index: sign.id for index, sign in opened.personal.items()},
            progress=progress,
        )


def _open(path: Path, recipe: Recipe, sheet: str | None) -> Opened:
    return open_for(path, recipe, last_year=_last_year(), sheet=sheet or "")


def _last_year() -> int:
    return imports._last_year()


def _layout(names: object) -> frozenset[str]:
    assert hasattr(names, "__iter__")
    return frozenset(
        normal(name) for name in names if name and year_of_header(name, YEAR_HEADER) is None
    )


def _is_known(column: Column, text: str, names: Names) -> bool:
    role = column.role
    if role == "area":
        finder = AreaFinder(names.areas, names.own_area)
        finder.find(text, column.scheme)
        return not finder.new
    if role == "variable":
        from workbench.importing.aliases_files import variable_aliases

        name = normal(text)
        found = (names.variables, names.variable_names, variable_aliases())
        return text in found[0] or name in found[1] or name in found[2]
    if role.isupper() and not role.startswith("N_"):
        return category(role, text)[1]
    return True


def _guesses(role: str, text: str, names: Names) -> tuple[Guessed, ...]:
    """The three likeliest codes, by likeness of code or name."""
    if role == "area":
        pairs = [(code, name) for code, own in names.areas.items() for name in (*own, code)]
    elif role == "variable":
        pairs = [(code, name) for name, code in names.variable_names.items()]
        pairs += [(code, code) for code in names.variables]
    else:
        pairs = _categories(role)
    wanted, best = normal(text), dict[str, Guessed]()
    for code, name in pairs:
        score = SequenceMatcher(None, wanted, normal(name)).ratio()
        if score > 0.4 and (code not in best or best[code].score < score):
            best[code] = Guessed(code=code, name=name, score=score)
    return tuple(sorted(best.values(), key=lambda entry: (-entry.score, entry.code))[:3])


def _categories(role: str) -> list[tuple[str, str]]:
    from indicators.codelists import code_list
    from indicators.errors import IndicatorsError
    from indicators.model.codes import LANGUAGES

    try:
        entries = code_list(role).entries
    except IndicatorsError:
        return []
    return [
        (entry.code, entry.label.in_language(language))
        for entry in entries
        for language in LANGUAGES
    ]


def _first(prepared: Prepared) -> tuple[PlannedValue, ...]:
    table = prepared.cells
    found = []
    for place in range(min(FIRST_VALUES, len(prepared.cell))):
        key, cell = prepared.series[prepared.series_of[place]], int(prepared.cell[place])
        found.append(
            PlannedValue(
                variable=key.variable,
                area=key.area,
                period=Period(int(prepared.period[place])),
                breakdown=str(key.breakdown),
                value=table.value[cell],
                low=table.low[cell],
                high=table.high[cell],
            )
        )
    return tuple(found)
