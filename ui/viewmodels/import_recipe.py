"""Answers of a person put into a recipe, and what is still open in it.

A recipe is a frozen dataclass of the engine; here it is only copied with other fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indicators.errors import N_
from ui.viewmodels.import_state import OpenQuestion

if TYPE_CHECKING:
    from workbench.services.imports import Preview

Recipe = Any
"""``workbench.importing.recipe.Recipe``; the window imports nothing from there."""

ROLES: tuple[tuple[str, str], ...] = (
    ("area", N_("Area")),
    ("period", N_("Year or period")),
    ("variable", N_("Input")),
    ("value", N_("Value")),
    ("value:F", N_("Value, women")),
    ("value:M", N_("Value, men")),
    ("unit", N_("Unit")),
    ("flags", N_("Mark beside a value")),
    ("note", N_("Note")),
    ("ignore", N_("Not used")),
)
"""Roles offered for a column, beside the dimensions."""
DIMENSIONS = ("SEX", "AGE", "FORM", "CIT", "STG", "VST")
"""Dimensions offered; a column that has another keeps it."""
ONLY_ONE = ("variable", "area", "period", "unit")
PERSONAL = "personal"
_WOMEN_MEN = {"value:F": {"SEX": "F"}, "value:M": {"SEX": "M"}}


def column_of(recipe: Recipe, name: str) -> Any:
    """The column of that header; None when the recipe does not list it."""
    return next((column for column in recipe.columns if column.name == name), None)


def role_key(recipe: Recipe, name: str, role: str) -> str:
    """Key of the role in the picker."""
    column = column_of(recipe, name)
    if role == "value" and column is not None:
        for key, fixed in _WOMEN_MEN.items():
            if dict(column.fixed) == fixed:
                return key
    return role


def with_role(recipe: Recipe, name: str, key: str) -> Recipe:
    """The recipe with another role of a column."""
    role, fixed = (key, {}) if key not in _WOMEN_MEN else ("value", _WOMEN_MEN[key])
    column = column_of(recipe, name)
    if column is None:
        made = replace(_model(recipe), name=name, role=role, fixed=fixed)
        return replace(recipe, columns=(*recipe.columns, made))
    changed = replace(
        column,
        role=role,
        fixed=fixed,
        values=column.values if column.role == role else {},
        number_format=column.number_format if role == "value" else "",
    )
    return _put(recipe, changed)


def with_format(recipe: Recipe, name: str, form: str) -> Recipe:
    """The recipe with the number format of a column; columns still open take the same.

    One file is written by one hand: the format of one column decides for the others.
    """
    column = column_of(recipe, name)
    if column is None or column.role != "value":
        return replace(recipe, year_format=form)
    columns = tuple(
        replace(own, number_format=form)
        if own.name == name or (own.role == "value" and not own.number_format)
        else own
        for own in recipe.columns
    )
    return replace(recipe, columns=columns)


def with_mark(recipe: Recipe, text: str, kind: str) -> Recipe:
    """The recipe that says what a mark means."""
    return replace(recipe, missing={**recipe.missing, text: kind})


def with_name(recipe: Recipe, column: str, text: str, code: str) -> Recipe:
    """The recipe that maps a name; an empty code takes the mapping back."""
    mine = column_of(recipe, column)
    if mine is None:  # the column is not there any more
        return recipe
    values = {key: value for key, value in mine.values.items() if key != text}
    if code:
        values[text] = code
    return _put(recipe, replace(mine, values=values))


def with_constant(recipe: Recipe, role: str, code: str) -> Recipe:
    """The recipe with a code for the whole file; an empty one takes it back."""
    constants = {key: value for key, value in recipe.constants.items() if key != role}
    if code:
        constants[role] = code
    return replace(recipe, constants=constants)


def with_month(recipe: Recipe, month: int) -> Recipe:
    """The recipe that knows in which month years begin."""
    return replace(recipe, fiscal_start=month)


def _put(recipe: Recipe, column: Any) -> Recipe:
    columns = tuple(column if own.name == column.name else own for own in recipe.columns)
    return replace(recipe, columns=columns)


def _model(recipe: Recipe) -> Any:
    """Any column, without what it says."""
    first = recipe.columns[0]
    return replace(
        first, number_format="", values={}, by="", cases={}, fixed={}, fill=False, into=(),
        scheme="",
    )  # fmt: skip


def ready(recipe: Recipe, personal: Sequence[str], repeated: Sequence[str]) -> Recipe:
    """The recipe as it is used: columns that look personal are left to the guard that blanks them.

    A listed column is trusted, so what looks personal must not be listed. Columns whose name
    stands twice cannot be told apart and are left out where they are not needed.
    """
    kept = tuple(
        column
        for column in recipe.columns
        if column.role != PERSONAL
        and column.name not in personal
        and not (column.role == "ignore" and column.name in repeated)
    )
    return replace(recipe, columns=kept)


# what is open


def needs(recipe: Recipe, names: Sequence[str]) -> tuple[str, ...]:
    """Roles of a whole file that no column has: the input, the area."""
    have = {column.role for column in recipe.columns if column.name in names}
    return tuple(role for role in ("variable", "area") if role not in have)


def open_questions(
    recipe: Recipe, asked: Preview, roles: Mapping[str, str], *, wide: bool
) -> tuple[OpenQuestion, ...]:
    """What must be decided before the file can be read.

    Args:
        recipe: as answered so far.
        asked: the first look, with its sentences.
        roles: role by header of the columns of the sheet.
        wide: years stand in columns.
    """
    texts = _sentences(asked)
    if not roles:
        return (OpenQuestion(code="no_table", text=texts.get("no_table", "")),)
    found = [*_role_questions(recipe, roles, wide=wide)]
    if not recipe.match.requires:  # a layout the program ships needs no answer
        found += _format_questions(recipe, asked, texts, wide=wide)
    if "year_across" in texts and not recipe.fiscal_start:
        months = tuple(str(month) for month in range(1, 13))
        column = str(_data(asked, "year_across").get("column", ""))
        found.append(
            OpenQuestion(
                code="year_across", text=texts["year_across"], column=column, choices=months
            )
        )
    if "repeated_header" in texts:
        name = str(_data(asked, "repeated_header").get("column", ""))
        if roles.get(name, "ignore") != "ignore":
            found.append(
                OpenQuestion(code="repeated_header", text=texts["repeated_header"], column=name)
            )
    return tuple(found)


def _data(asked: Preview, code: str) -> Mapping[str, object]:
    return next((question.data for question in asked.questions if question.code == code), {})


def _sentences(asked: Preview) -> dict[str, str]:
    questions: Any = asked.as_dict()["questions"]
    return {str(item["code"]): str(item["text"]) for item in questions}


def _role_questions(recipe: Recipe, roles: Mapping[str, str], *, wide: bool) -> list[OpenQuestion]:
    from workbench.i18n import _, message

    found = []
    values = [name for name, role in roles.items() if role == "value"]
    fixed = {name: tuple(column_of(recipe, name).fixed) for name in values if not wide}
    alike = [name for name in values if not fixed.get(name)]
    if not values and recipe.layout != "cases":
        text = _("Which column holds the values? Choose “Value” for it.")
        found.append(OpenQuestion(code="no_value_column", text=text))
    if not wide and len(alike) > 1:
        sentence = N_("Which column holds the values: {values}? Choose another use for the rest.")
        text = message(sentence, {"values": ", ".join(alike)})
        found.append(OpenQuestion(code="two_value_columns", text=text, column=alike[1]))
    if not wide and "period" not in roles.values() and "period" not in recipe.constants:
        text = _("Which column holds the year? Choose “Year or period” for it.")
        found.append(OpenQuestion(code="no_period_column", text=text))
    for role in ONLY_ONE:
        mine = [name for name, own in roles.items() if own == role]
        if len(mine) > 1:
            sentence = N_(
                "The columns {values} seem to hold the same thing. Choose another use for one."
            )
            text = message(sentence, {"values": ", ".join(mine)})
            found.append(OpenQuestion(code="two_columns_one_role", text=text, column=mine[1]))
    return found


def _format_questions(
    recipe: Recipe, asked: Preview, texts: Mapping[str, str], *, wide: bool
) -> list[OpenQuestion]:
    from workbench.i18n import message

    codes = ("ambiguous_number", "mixed_numbers")
    said = {
        str(_data(asked, code).get("column", "")): texts[code] for code in codes if code in texts
    }
    if wide and said and not recipe.year_format:
        column, text = next(iter(said.items()))
        return [OpenQuestion(code="number_format", text=text, column=column)]
    mine = [c.name for c in recipe.columns if c.role == "value" and not c.number_format]
    if wide:
        return []
    asked_for = [name for name in mine if name in said]
    sentence = N_("Choose the number format of the column “{column}”.")
    return [
        OpenQuestion(
            code="number_format",
            text=said.get(name) or message(sentence, {"column": name}),
            column=name,
        )
        for name in asked_for or mine
    ]
