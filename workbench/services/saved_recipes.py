"""Recipes kept as files, for the next year or another office."""

from __future__ import annotations

from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.i18n import system_reason
from workbench.importing.recipe import Recipe


def save_recipe(recipe: Recipe, path: Path | str) -> None:
    """Write a recipe to a file; a file that is there is replaced only when all went well.

    Raises:
        UserFileError: the file cannot be written.
    """
    path = Path(path)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(recipe.dump(), encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UserFileError(
            N_("“{name}” cannot be written."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=system_reason(error),
        ) from error
