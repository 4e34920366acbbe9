"""Steps between looking at a file and importing it.

Where the table stands, what a name means, what an earlier import of the same layout decided, and
a rehearsal that writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.model.period import Period
from workbench.errors import UserFileError
from workbench.importing.collector import paused_collector
from workbench.importing.layout import year_of_header
from workbench.importing.names import normal, slug
from workbench.importing.next_year import fitted
from workbench.importing.opening import Opened, open_for
from workbench.importing.plan import make_plan
from workbench.importing.prepared import Prepared
from workbench.importing.preview import Preview, make_preview
from workbench.importing.recipe import YEAR_HEADER, Reading, Recipe, parse
from workbench.importing.report import ImportReport
from workbench.importing.validate import prepare
from workbench.progress import SILENT, Progress
from workbench.services import imports
from workbench.services.import_differences import ImportDifferences, differences
from workbench.services.import_names import Guessed, OpenName, open_names
from workbench.services.project_names import project_names
from workbench.store import vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

__all__ = [
    "Guessed",
    "Known",
    "OpenName",
    "PlannedValue",
    "Rehearsal",
    "known",
    "look",
    "open_names",
    "rehearse",
]

FIRST_VALUES = 6
_ASKED_LATER = ("which_sheets", "similar_names", "which_name")
"""Questions that do not keep an earlier recipe from being offered: sheets and names are steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An earlier import of the same layout.

    Attributes:
        recipe: how it was read.
        dataset: source it belongs to.
        file: name of that file.
        made_at: when it was imported.
        changes: what differs from that file, as sentences.
    """

    recipe: Recipe
    dataset: str
    file: str
    made_at: str
    changes: tuple[str, ...] = ()


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
        differences: what it would change in its source; None when there is nothing to compare.
    """

    report: ImportReport
    first: tuple[PlannedValue, ...]
    new_areas: Mapping[str, str]
    differences: ImportDifferences | None = None


def look(
    path: Path | str,
    *,
    sheet: str | None = None,
    header_row: int = 0,
    header_rows: int = 1,
    footer_rows: int = 0,
    answers: Mapping[str, str] | None = None,
) -> Preview:
    """What a file is when a person says where its table stands.

    Args:
        path: the file.
        sheet: name of the sheet.
        header_row: first row of the header, from 1; 0: it is found.
        header_rows: rows of the header.
        footer_rows: lines below the table that are notes; 0: they are found.
        answers: what a person answered, by code of the question or ``code:column``.

    Raises:
        UserFileError: the file cannot be read, or no header stands there.
    """
    said = dict(answers or {})
    if not header_row:
        return imports.preview(path, sheet=sheet, answers=said)
    reading = Reading(
        sheet=sheet or "",
        header_row=header_row,
        header_rows=header_rows,
        footer_rows=footer_rows,
        encoding=said.get("which_encoding", ""),
    )
    opened = _open(Path(path), Recipe(reading=reading), sheet)
    unread = replace(opened, recipe=None)
    seen = make_preview(unread, last_year=_last_year(), known={}, answers=said)
    return replace(seen, recipe=replace(seen.recipe, reading=reading), answers=said)


def known(ws: Workspace, seen: Preview) -> Known | None:
    """The newest import whose file had the same columns, years in headers aside.

    Its recipe is fitted to this file; None when something about the file must be decided first.
    """
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
            return _fitted(recipe, entry, seen)
    return None


def _fitted(former: Recipe, entry: vintages.StoredVintage, seen: Preview) -> Known | None:
    """An earlier import with its recipe fitted to this file; None when a question is open."""
    again = fitted(former, seen.recipe, seen.questions, {})
    if again is None or [q for q in again.questions if q.code not in _ASKED_LATER]:
        return None
    return Known(
        recipe=again.recipe,
        dataset=entry.dataset,
        file=entry.file or "",
        made_at=entry.made_at,
        changes=tuple(remark.text for remark in again.remarks),
    )


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
    source = dataset or imports.source_of(Path(path), recipe)
    return Rehearsal(
        report=prepared.report,
        first=_first(prepared),
        new_areas=dict(prepared.new_areas),
        differences=differences(ws, prepared, source),
    )


def _prepared(
    ws: Workspace, opened: Opened, recipe: Recipe, dataset: str | None, progress: Progress
) -> Prepared:
    complete, _remarks = imports.with_defaults(ws, opened, recipe)
    assert opened.header is not None  # a recipe was fitted to it
    plan, *further = [
        make_plan(
            opened.file,
            table,
            header,
            complete,
            last_year=_last_year(),
            personal=tuple(opened.personal_of.get(table.index, {})),
        )
        for table, header in opened.chosen
    ]
    with paused_collector():
        return prepare(
            plan,
            project_names(ws),
            further=further,
            dataset=dataset or recipe.dataset or slug(opened.file.path.stem),
            personal={index: sign.id for index, sign in opened.personal.items()},
            progress=progress,
        )


def _open(path: Path, recipe: Recipe, sheet: str | None) -> Opened:
    return open_for(path, recipe, last_year=_last_year(), sheet=sheet or "")


def _last_year() -> int:
    return imports.last_believed_year()


def _layout(names: object) -> frozenset[str]:
    assert hasattr(names, "__iter__")
    return frozenset(
        normal(name) for name in names if name and year_of_header(name, YEAR_HEADER) is None
    )


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
