"""Blank cells among labels: they repeat the one above, mean the total, or a person must say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.importing.raw_table import Row
from workbench.importing.recipe import Column, Recipe
from workbench.importing.settle import Scene

_KEYS = ("variable", "area", "period", "part", "edition", "split", "unit")
_LEAST_BLANK = 0.3
_MANY_TWICE = 0.1
REPEAT, TOTAL = "repeat", "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readings:
    """What the rows with values say under the two readings of one column.

    Attributes:
        texts: the column from top to bottom.
        repeated, blank: how many rows have keys that another row has, under each reading.
    """

    texts: Sequence[str]
    repeated: int
    blank: int

    @property
    def is_grouped(self) -> bool:
        """Whether every label stands above at least one blank, as on the first row of a group."""
        has_several = len([text for text in self.texts if text]) > 1
        follows = (not below for text, below in pairwise(self.texts) if text)
        return has_several and not self.texts[-1] and all(follows)

    @property
    def share(self) -> float:
        """Share of blank cells."""
        return sum(1 for text in self.texts if not text) / len(self.texts)


def with_blank_labels(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe after the blanks of every column of labels; asks where both readings fit."""
    for column in recipe.columns:
        if not (column.role.isupper() or column.role == "area"):
            continue
        found = _readings(recipe, scene, column)
        if found is not None:
            recipe = _settled(recipe, scene, column, found)
    return recipe


def _settled(recipe: Recipe, scene: Scene, column: Column, found: _Readings) -> Recipe:
    many = _MANY_TWICE * len(found.texts)
    if found.blank > many and found.repeated < found.blank / 2:
        return _with(recipe, column, replace(column, fill=True))
    is_open = found.repeated == found.blank == 0 and found.is_grouped
    if column.fill and found.repeated > many and found.blank == 0:
        is_open = True
    if not is_open or found.share < _LEAST_BLANK:
        return recipe
    said = scene.answer("blank_labels", column.name)
    if said == REPEAT:
        return _with(recipe, column, replace(column, fill=True))
    return _with(recipe, column, _as_total(column, scene)) if said == TOTAL else recipe


def _as_total(column: Column, scene: Scene) -> Column:
    """The column with blanks that mean the total: for areas the whole country."""
    values = dict(column.values)
    if column.role == "area" and scene.names is not None and scene.names.own_area:
        values[""] = scene.names.own_area
    return replace(column, fill=False, values=values)


def _with(recipe: Recipe, column: Column, changed: Column) -> Recipe:
    columns = tuple(changed if c.name == column.name else c for c in recipe.columns)
    return replace(recipe, columns=columns)


def _readings(recipe: Recipe, scene: Scene, column: Column) -> _Readings | None:
    """Both readings of a column that begins with a label and has blanks; else None."""
    index = scene.header.column(column.name)
    rows = _rows_with_values(recipe, scene)
    if index is None or not rows:
        return None
    texts = [_text(row, index) for row in rows]
    if not texts[0] or all(texts):
        return None
    keys = [_key(recipe, scene, other, rows) for other in recipe.columns if other is not column]
    others = list(zip(*(key for key in keys if key), strict=True)) or [()] * len(rows)
    return _Readings(
        texts=texts,
        repeated=_twice(zip(_filled(texts), others, strict=True)),
        blank=_twice(zip(texts, others, strict=True)),
    )


def _rows_with_values(recipe: Recipe, scene: Scene) -> list[Row]:
    values = [
        index
        for index, name in enumerate(scene.header.names)
        if (recipe.year_format and name[:4].isdigit())
        or any(c.role == "value" and scene.header.column(c.name) == index for c in recipe.columns)
    ]
    return [row for row in scene.rows if any(_text(row, index) for index in values)]


def _key(recipe: Recipe, scene: Scene, column: Column, rows: Sequence[Row]) -> Sequence[str]:
    """The texts of another column that tells rows apart; empty for one that does not."""
    index = scene.header.column(column.name)
    if index is None or not (column.role.isupper() or column.role in _KEYS):
        return ()
    texts = [_text(row, index) for row in rows]
    return _filled(texts) if column.fill else texts


def _text(row: Row, index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _filled(texts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        found.append(text or (found[-1] if found else ""))
    return found


def _twice(keys: Iterable[object]) -> int:
    """How many keys were there before."""
    every = list(keys)
    return len(every) - len(set(every))
