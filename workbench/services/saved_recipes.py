"""Recipes kept as files, for the next year or another office."""

from __future__ import annotations

from pathlib import Path

from workbench.importing.recipe import Recipe


def save_recipe(recipe: Recipe, path: Path | str) -> None:
    """Write a recipe to a file; a file that is there is replaced only when all went well.

    Raises:
        UserFileError: the file cannot be written.
    """
    from workbench.services import reports

    reports.write(Path(path), recipe.dump())
