"""What earlier imports of a source teach: its recipe, and decisions on names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from workbench.errors import UserFileError
from workbench.importing.names import normal, slug
from workbench.importing.next_year import Again, fitted
from workbench.importing.presets import all_presets
from workbench.importing.preview import Known, Preview
from workbench.importing.question import Question
from workbench.importing.recipe import EVERY_SHEET, Column, Recipe, parse
from workbench.importing.report import Remark
from workbench.services.workspace import Workspace
from workbench.store import observations, vintages

Decisions = Mapping[str, Mapping[str, str]]


def find(ws: Workspace, recipe: Recipe) -> Known | None:
    """The last import of a table with the same header, and how this file differs from it."""
    if not recipe.fingerprint:
        return None
    sign = f'fingerprint = "{recipe.fingerprint}"'
    for stored in reversed(vintages.stored_vintages(ws.db)):
        if stored.recipe and sign in stored.recipe:
            former = parse(stored.recipe, Path(stored.file or "recipe"))
            return Known(
                dataset=stored.dataset,
                vintage=stored.id,
                imported_at=stored.made_at,
                recipe=former,
                differences=differences(former, recipe),
            )
    return None


def differences(former: Recipe, now: Recipe) -> tuple[str, ...]:
    """Names of the columns that would be read otherwise than last time."""
    before = {column.name: column for column in former.columns}
    found = [c.name for c in now.columns if _use(before.get(c.name)) != _use(c)]
    return tuple(found)


def _use(column: Column | None) -> tuple[str, str] | None:
    return None if column is None else (column.role, column.number_format)


def with_decisions(recipe: Recipe, decided: Decisions) -> Recipe:
    """The recipe with what was decided on names before; what it says itself wins."""
    columns = tuple(
        replace(column, values={**decided[column.name], **column.values})
        if column.name in decided
        else column
        for column in recipe.columns
    )
    return replace(recipe, columns=columns)


def open_questions(questions: Sequence[Question], recipe: Recipe) -> tuple[Question, ...]:
    """The questions that an earlier decision does not answer."""
    values = {column.name: column.values for column in recipe.columns}
    return tuple(
        question
        for question in questions
        if question.code not in ("similar_names", "which_name")
        or question.data["value"] not in values.get(str(question.data.get("column")), {})
    )


def sha256_of(path: Path) -> str:
    """The hash of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(partial(stream.read, 1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def imported_before(ws: Workspace, sha256: str) -> str:
    """The day on which this very file was imported last, or an empty text."""
    if not observations.has_original(ws.db, sha256):
        return ""
    dates = [v.made_at for v in vintages.stored_vintages(ws.db) if v.sha256 == sha256]
    return dates[-1][:10] if dates else ""


FEWEST_HEADERS = 4
"""Headers a preset must require before a table that lacks one of them is taken for its own."""
MOST_SHEETS = 10
MOST_RECIPES = 50
"""Different recipes looked at, newest first."""


def read_again(
    ws: Workspace,
    seen: Preview,
    *,
    given: Mapping[str, str],
    answers: Mapping[str, str],
    other: Callable[[str], Preview],
) -> Preview:
    """The preview with the recipe of an earlier table that this one is like, or as it is.

    Args:
        ws: the project.
        seen: the preview by the best guess.
        given: variable and area that a person gave for the whole file.
        answers: by code of the question, or ``code:column``.
        other: the preview of another sheet of the file.
    """
    formers = list(_formers(ws, seen.path, given))
    has_own = any(former.vintage for former in formers)
    for preview in _sheets(seen, other) if has_own else (seen,):
        best: tuple[Known, Again] | None = None
        for former in formers:
            found = fitted(former.recipe, preview.recipe, preview.questions, answers)
            if found is not None and (best is None or found.share > best[1].share):
                best = (former, found)
        if best is not None:
            return _as_before(seen, preview, *best, given)
    return seen


def _formers(ws: Workspace, path: Path, given: Mapping[str, str]) -> Iterator[Known]:
    """Recipes that may be used again, newest first, then presets."""
    tried: set[str] = set()
    for stored in reversed(vintages.stored_vintages(ws.db)):
        if not stored.recipe or stored.recipe in tried or stored.retracted:
            continue
        if len(tried) == MOST_RECIPES:
            break
        tried.add(stored.recipe)
        try:
            recipe = parse(stored.recipe, Path(stored.file or "recipe"))
        except UserFileError:  # made by a newer program
            continue
        if recipe.match.requires or not _may_serve(
            ws, recipe, Path(stored.file or ""), path, given
        ):
            continue
        yield Known(
            dataset=stored.dataset,
            vintage=stored.id,
            imported_at=stored.made_at,
            recipe=recipe,
        )
    for entry in all_presets():
        if len(entry.recipe.match.requires) >= FEWEST_HEADERS and not entry.recipe.machine_periods:
            yield Known(dataset=entry.id, vintage=0, imported_at="", recipe=entry.recipe)


def _may_serve(
    ws: Workspace, recipe: Recipe, former: Path, path: Path, given: Mapping[str, str]
) -> bool:
    """Whether what an earlier recipe says of its whole file can hold for this one.

    An input or area that no column says belongs to files of the same name, years aside.
    """
    area = recipe.constants.get("area", "")
    is_open = "variable" in recipe.constants and "variable" not in given
    is_open |= area not in ("", ws.settings.area) and "area" not in given
    return not is_open or _without_year(former) == _without_year(path)


def _without_year(file: Path) -> str:
    return re.sub(r"_?\d+", "", slug(file.stem))


def _sheets(seen: Preview, other: Callable[[str], Preview]) -> Iterator[Preview]:
    """The sheet that was chosen, then the other visible ones."""
    yield seen
    for sheet in seen.sheets[:MOST_SHEETS]:
        if sheet.name != seen.sheet and not sheet.hidden:
            yield other(sheet.name)


def _as_before(
    seen: Preview, chosen: Preview, former: Known, again: Again, given: Mapping[str, str]
) -> Preview:
    """The preview read as an earlier table."""
    sheet, remarks = _sheet(seen, chosen, former.recipe)
    reading = replace(again.recipe.reading, sheet=sheet)
    constants = {**again.recipe.constants, **given}
    columns = tuple(
        replace(c, role="ignore") if c.role in given else c for c in again.recipe.columns
    )
    recipe = replace(again.recipe, reading=reading, constants=constants, columns=columns)
    questions = tuple(q for q in again.questions if q.code != "which_sheets")
    names = tuple(str(r.data.get("column") or r.data.get("former")) for r in again.remarks)
    used = Remark(code="read_again", data={"source": former.dataset})
    return replace(
        chosen,
        recipe=recipe,
        questions=open_questions(questions, recipe),
        known=replace(former, differences=names) if former.vintage else None,
        remarks=(used, *remarks, *again.remarks),
    )


def _sheet(seen: Preview, chosen: Preview, former: Recipe) -> tuple[str, list[Remark]]:
    """The sheets to read, and a remark when the table stands on another one than before."""
    before = former.reading.sheet
    there = {normal(sheet.name): sheet.name for sheet in seen.sheets}
    if before == EVERY_SHEET:
        return before, []
    held = [there[normal(name)] for name in before.split("|") if normal(name) in there]
    if held and before:
        return "|".join(held), []
    if not before or not chosen.sheet:
        return chosen.sheet, []
    return chosen.sheet, [
        Remark(code="sheet_changed", data={"now": chosen.sheet, "former": before})
    ]
