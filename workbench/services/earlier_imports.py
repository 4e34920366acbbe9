"""What earlier imports of a source teach: its recipe, and decisions on names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.importing.preview import Known
from workbench.importing.question import Question
from workbench.importing.recipe import Column, Recipe, parse
from workbench.services.workspace import Workspace
from workbench.store import vintages

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
        if question.code != "similar_names"
        or question.data["value"] not in values.get(str(question.data.get("column")), {})
    )
