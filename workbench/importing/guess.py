"""A recipe for a table nobody described: roles of columns, formats, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.importing.blank_labels import with_blank_labels
from workbench.importing.cells import DEFAULT_MISSING, SAID_BESIDE
from workbench.importing.column_facts import ColumnFacts
from workbench.importing.guess_numbers import formats, number_questions
from workbench.importing.guess_roles import (
    Roles,
    answered_roles,
    first_roles,
    is_numeric,
    is_year_column,
    resolved,
    unlisted,
)
from workbench.importing.layout import Header, year_of_header
from workbench.importing.names import Names, normal
from workbench.importing.numbers import Decision, readings
from workbench.importing.periods import PeriodRules, is_across
from workbench.importing.question import Question
from workbench.importing.raw_table import BrokenRow, RawTable, Row
from workbench.importing.recipe import YEAR_HEADER, Column, Reading, Recipe, fingerprint
from workbench.importing.settle import Answers, Scene, settled
from workbench.importing.value_headers import all_fixed

SAMPLE_ROWS = 5_000

"""Rows whose keys are compared when a column's use is guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The recipe that fits best, how sure each role is, and the open questions."""

    recipe: Recipe
    confidence: tuple[float, ...]
    questions: tuple[Question, ...]


def guess(
    table: RawTable,
    header: Header,
    facts: Sequence[ColumnFacts],
    *,
    last_year: int,
    skip: Sequence[int] = (),
    known: Mapping[str, str] | None = None,
    answers: Answers | None = None,
    names: Names | None = None,
) -> Guess:
    """The best recipe for a table.

    Args:
        table: the sheet.
        header: its header.
        facts: of every column.
        last_year: latest year that is believed.
        skip: indexes of personal columns.
        known: constants a person gave (variable, area, unit).
        answers: what a person answered, by code of the question or ``code:column``.
        names: what the project and the catalogue know, or None.
    """
    end = header.row + header.rows - 1
    rows = table.first_rows(SAMPLE_ROWS + end)
    scene = Scene(
        header=header,
        facts=facts,
        above=[*rows[: header.row - 1], *_under_header(rows[end:])],
        rows=[row for row in rows[end:] if not isinstance(row, BrokenRow)],
        answers=answers or {},
        names=names,
        ask=Question,
    )
    roles = answered_roles(header, first_roles(header, facts, last_year, skip), scene.answers)
    fixed = _fixed(header, facts, roles, scene, last_year)
    for index in fixed:
        roles[index] = ("value", 0.9)
    questions = [Question(code="repeated_header", data={"column": n}) for n in header.repeated[:1]]
    roles, open_roles, layout = resolved(header, facts, roles, fixed, scene.answers)
    questions += open_roles
    roles, into = unlisted(scene.rows, header, facts, roles)
    decisions = formats(facts, roles, together=bool(fixed))
    decisions, open_numbers = number_questions(header, facts, decisions, scene.answers)
    recipe = _recipe(header, roles, decisions, known or {}, fixed, into, layout)
    recipe = settled(_in_year(recipe, scene.answers), scene)
    recipe = _declared_missing(_across(with_blank_labels(recipe, scene), scene), scene)
    return Guess(
        recipe=recipe,
        confidence=tuple(sure for _, sure in roles),
        questions=(*questions, *open_numbers, *scene.questions),
    )


def _across(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe of a table whose headers are years such as ``2015/16``; asks when they begin."""
    said = [c.fixed.get("period", "") for c in recipe.columns if c.role == "value"]
    across = [text for text in said if is_across(text) is not None]
    if not across or any(column.role == "period" for column in recipe.columns):
        return recipe
    answer = scene.answer("year_across", across[0], value=across[0])
    return replace(recipe, fiscal_start=int(answer) if answer.isdigit() else 0)


def _declared_missing(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe after a column of codes that a statistics program declares missing.

    Whatever the letter or number is (``.b`` of Stata is no break in a series), there is no value.
    """
    columns = []
    for column in recipe.columns:
        index = scene.header.column(column.name)
        base, _, kind = normal(column.name).rpartition(" ")
        is_beside = kind == "missing" and scene.header.column(base) is not None
        if column.role == "status" and is_beside and index is not None:
            texts = scene.facts[index].filled
            said = [t for t in texts if t not in DEFAULT_MISSING and normal(t) not in SAID_BESIDE]
            column = replace(column, values={**dict.fromkeys(said, "M"), **column.values})
        columns.append(column)
    return replace(recipe, columns=tuple(columns))


def _under_header(rows: Sequence[Row]) -> list[Row]:
    """The rows between the header and the first number, such as a row of units."""
    found: list[Row] = []
    for row in rows:
        if isinstance(row, BrokenRow) or any(readings(cell.strip("\x1e ")) for cell in row):
            break
        found.append(row)
    return found


def _in_year(recipe: Recipe, answers: Answers) -> Recipe:
    """The recipe for a table of one period that a person named."""
    period = answers.get("no_period_column", "")
    if not period[:1].isdigit() or any(c.role == "period" for c in recipe.columns):
        return recipe
    columns = tuple(
        replace(c, fixed={**c.fixed, "period": period}) if c.role == "value" else c
        for c in recipe.columns
    )
    return replace(recipe, columns=columns)


def _fixed(
    header: Header,
    facts: Sequence[ColumnFacts],
    roles: Roles,
    scene: Scene,
    last_year: int,
) -> dict[int, dict[str, str]]:
    """What the headers of several value columns say, by index; empty for one value column."""
    rules = PeriodRules(last_year=last_year, fiscal_start=1)
    years = [i for i, name in enumerate(header.names) if is_year_column(name, i, roles)]
    has_period = "period" in [role for i, (role, _) in enumerate(roles) if i not in years]
    if len(years) >= 2 and not has_period:
        return {i: {"period": header.names[i].removesuffix(".0")} for i in years}
    columns = [
        i
        for i, (role, _) in enumerate(roles)
        if role in ("", "value") and header.names[i] and is_numeric(facts[i])
    ]
    if len(columns) < 2:
        return {}
    variables = scene.names.variable_names if scene.names else {}
    found = all_fixed([header.names[i] for i in columns], variables, rules)
    if found is None:
        return {}
    if has_period and any("period" in fixed for fixed in found):
        return {}
    return dict(zip(columns, found, strict=True))


def _recipe(
    header: Header,
    roles: Roles,
    decisions: Mapping[int, Decision],
    known: Mapping[str, str],
    fixed: Mapping[int, Mapping[str, str]],
    into: Mapping[int, tuple[str, ...]],
    layout: str,
) -> Recipe:
    columns = []
    year_format = ""
    for index, (name, (role, _)) in enumerate(zip(header.names, roles, strict=True)):
        form = decisions[index].form if index in decisions else None
        written = form.value if form is not None else ""
        is_year = layout == "wide" and year_of_header(name, YEAR_HEADER) is not None
        if role == "value" and is_year and set(fixed.get(index, ())) == {"period"}:
            year_format = written
        elif name:
            columns.append(
                Column(
                    name=name,
                    role=role,
                    number_format=written,
                    fixed=dict(fixed.get(index, {})),
                    into=into.get(index, ()),
                )
            )
    constants = {key: value for key, value in known.items() if value}
    return Recipe(
        name="",
        layout=layout,
        reading=Reading(header_rows=header.rows),
        columns=tuple(_without_given(column, constants) for column in columns),
        year_format=year_format,
        constants=constants,
        fingerprint=fingerprint(header.names),
    )


def _without_given(column: Column, constants: Mapping[str, str]) -> Column:
    """A column whose role a person gave as a constant is not needed."""
    if column.role in ("variable", "area") and column.role in constants:
        return replace(column, role="ignore")
    return column
