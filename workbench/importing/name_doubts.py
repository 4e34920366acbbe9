"""Names of areas and categories that are almost known, or known twice: a person says what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.importing.categories import category, is_closed
from workbench.importing.likeness import COUNTRY_ROLES, PROPOSED, Likeness, guesses
from workbench.importing.names import Names, clean, country_code, normal, whole_country_words
from workbench.importing.recipe import Column, Recipe

if TYPE_CHECKING:
    from workbench.importing.settle import Scene

MOST_TEXTS = 500
LOST_LETTER = "\ufffd"
"""Stands where a program could not read a letter."""
NONE = "none"
"""Answer to a question with several codes: it is none of them."""


def is_known_area(text: str, scheme: str, names: Names) -> bool:
    """Whether a text is the code or the only name of an area of the project or the world."""
    if text in names.areas:
        return True
    name = normal(text)
    if not scheme and name in whole_country_words():
        return True
    own = [code for code, labels in names.areas.items() if name in map(normal, labels)]
    dated = any(code in names.spans for code in own)
    if own:
        return len(own) == 1 or dated
    if name in {normal(code) for code in names.areas}:
        return True
    return scheme != "own" and country_code(text) is not None


def settled_names(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe with what was answered on names; what is open is asked."""
    if scene.names is None:
        return recipe
    columns = tuple(_column(column, scene, scene.names) for column in recipe.columns)
    return replace(recipe, columns=columns)


def _column(column: Column, scene: Scene, names: Names) -> Column:
    index = scene.header.column(column.name)
    if index is None or not (column.role == "area" or is_closed(column.role)):
        return column
    values = dict(column.values)
    decided = {normal(text) for text in values}
    for text in scene.facts[index].filled[:MOST_TEXTS]:
        if normal(text) in decided or LOST_LETTER in text:  # such a text is left out anyway
            continue
        said = next((code for code in _answers(column, clean(text), scene, names)), "")
        if said:
            values[text] = said
    return replace(column, values=values)


def _answers(column: Column, text: str, scene: Scene, names: Names) -> Iterator[str]:
    """The code a person chose for a text; nothing when it is known, far from all, or open."""
    if _is_known(column, text, names):
        return
    found = guesses(column.role, text, names)
    several = [like for like in found if like.score == found[0].score]
    if len(several) > 1 and _is_named_by(column.role, text, names):
        yield from _which(column, text, several, scene)
    elif found and found[0].score >= PROPOSED and _is_own(column.role, found[0], names):
        said = scene.answers.get(f"similar_names:{text}") or scene.answer(
            "similar_names", column.name, value=text, first=found[0].label, score=found[0].score
        )
        if said:
            yield found[0].code if said == "yes" else stays(column.role, text)


def _which(column: Column, text: str, several: list[Likeness], scene: Scene) -> Iterator[str]:
    said = scene.answers.get(f"which_name:{text}") or scene.answer(
        "which_name",
        column.name,
        value=text,
        values="; ".join(f"{like.label} ({like.code})" for like in several),
        choices=(*(like.code for like in several), NONE),
    )
    if said:
        yield stays(column.role, text) if said == NONE else said


def _is_known(column: Column, text: str, names: Names) -> bool:
    if column.role == "area":
        return is_known_area(text, column.scheme, names)
    return category(column.role, text)[1]


def _is_named_by(role: str, text: str, names: Names) -> bool:
    """Whether several things have exactly this name."""
    from workbench.importing import countries

    if role in COUNTRY_ROLES:
        return len(countries.ambiguous(text)) > 1
    name = normal(text)
    own = [code for code, labels in names.areas.items() if name in map(normal, labels)]
    return len(own) > 1 or (role == "area" and len(countries.ambiguous(text)) > 1)


def _is_own(role: str, like: Likeness, names: Names) -> bool:
    """Regions are asked about only when the project has one of that name."""
    return role != "area" or like.code in names.areas


def stays(role: str, text: str) -> str:
    """The code of a name that is none of those known."""
    from workbench.importing.categories import UNKNOWN_CODE
    from workbench.importing.names import own_category

    if role == "area":
        return text
    return UNKNOWN_CODE if role in COUNTRY_ROLES else own_category(text)
