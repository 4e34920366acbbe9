"""Names of areas and categories that are almost known, or known twice: a person says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.importing.categories import category, is_closed
from workbench.importing.likeness import COUNTRY_ROLES, PROPOSED, Guesser, Likeness
from workbench.importing.names import Names, clean, normal
from workbench.importing.recipe import Column, Recipe

if TYPE_CHECKING:
    from workbench.importing.settle import Scene

MOST_TEXTS = 500
LOST_LETTER = "\ufffd"
"""Stands where a program could not read a letter."""
_LEAST = 0.8
"""Guesses below it are no rivals of one that is asked about."""
NONE = "none"
"""Answer to a question with several codes: it is none of them."""


def settled_names(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe with what was answered on names; what is open is asked."""
    if scene.names is None:
        return recipe
    doubts = _Doubts(scene, scene.names)
    return replace(recipe, columns=tuple(map(doubts.settled, recipe.columns)))


class _Doubts:
    """Questions about the names of one table.

    Args:
        scene: the table and the answers.
        names: what the project and the catalogue call things.
    """

    def __init__(self, scene: Scene, names: Names) -> None:
        self._scene, self._names, self._guesser = scene, names, Guesser(names)

    def settled(self, column: Column) -> Column:
        """A column with the codes that a person chose for its texts."""
        index = self._scene.header.column(column.name)
        if index is None or not (column.role == "area" or is_closed(column.role)):
            return column
        values = dict(column.values)
        decided = {normal(text) for text in values}
        for text in self._scene.facts[index].filled[:MOST_TEXTS]:
            if normal(text) in decided or LOST_LETTER in text:  # left out whatever it means
                continue
            said = self._answer(column, clean(text))
            if said:
                values[text] = said
        return replace(column, values=values)

    def _answer(self, column: Column, text: str) -> str:
        """The code a person chose; empty when the text is known, far from all, or still open."""
        role = column.role
        if self._is_known(column, text):
            return ""
        if role == "area" and not self._names.areas and not self._guesser.has_several(role, text):
            return ""
        found = self._guesser.guesses(role, text, least=_LEAST)
        if self._guesser.has_several(role, text):
            return self._which(column, text, found)
        if not found or found[0].score < PROPOSED:
            return ""
        if role == "area" and found[0].code not in self._names.areas:
            return ""  # regions are asked about only when the project has one of that name
        said = self._said(
            "similar_names", column, text, first=found[0].label, score=found[0].score
        )
        if not said:
            return ""
        return found[0].code if said == "yes" else stays(role, text)

    def _which(self, column: Column, text: str, several: Sequence[Likeness]) -> str:
        said = self._said(
            "which_name",
            column,
            text,
            values="; ".join(f"{like.label} ({like.code})" for like in several),
            choices=(*(like.code for like in several), NONE),
        )
        return stays(column.role, text) if said == NONE else said

    def _said(self, code: str, column: Column, text: str, **data: object) -> str:
        """What was answered on one text, or on all of a column; asked when nothing was."""
        one = self._scene.answers.get(f"{code}:{text}")
        return one or self._scene.answer(code, column.name, value=text, **data)

    def _is_known(self, column: Column, text: str) -> bool:
        if column.role == "area":
            return self._guesser.is_area(text, column.scheme)
        return category(column.role, text)[1]


def stays(role: str, text: str) -> str:
    """The code of a name that is none of those known."""
    from workbench.importing.categories import UNKNOWN_CODE
    from workbench.importing.names import own_category

    if role == "area":
        return text
    return UNKNOWN_CODE if role in COUNTRY_ROLES else own_category(text)
