"""Columns that say with 1 that a row belongs to a category, beside others that say so too.

Files of one row a person have a column for each form of exploitation or means of control. A
person may have several, so the codes of one dimension are kept together and counted one by one.
A row that none of the columns marks is unknown (``_U``): a blank is never taken for "no".
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.importing.categories import UNKNOWN_CODE
from workbench.importing.names import normal

SEPARATOR = "+"
"""Stands between codes of one dimension that hold for one row; no code has it."""
_YES = frozenset(normal(text) for text in ("1", "1.0", "true", "yes", "si", "sim", "oui"))
_NOT = frozenset(
    normal(text)
    for text in ("", "0", "0.0", "false", "no", "nao", "non", "-99", "-99.0", "NA", "NaN", "NULL")
)

Marks = dict[str, set[str]]


def is_marked(text: str, values: Mapping[str, str]) -> bool | None:
    """Whether a column marks a row; None when its text says neither.

    Args:
        text: what the cell says.
        values: ``yes`` or anything else by normal form of further texts.
    """
    name = normal(text)
    said = values.get(name)
    if said is not None:
        return said == "yes"
    if name in _YES:
        return True
    return False if name in _NOT else None


def take(marks: Marks, fixed: Mapping[str, str], marked: bool) -> None:
    """Add the codes of one column to those of the row; an unmarked one names its dimension."""
    for dimension, codes in fixed.items():
        held = marks.setdefault(dimension, set())
        if marked:
            held.update(codes.split(SEPARATOR))


def joined(marks: Marks) -> dict[str, str]:
    """The codes of a row by dimension, several as one text; without any mark it is unknown."""
    return {
        dimension: SEPARATOR.join(sorted(codes)) if codes else UNKNOWN_CODE
        for dimension, codes in marks.items()
    }


def parts(code: str) -> list[str]:
    """The codes that stand together in one text."""
    return code.split(SEPARATOR)
