"""Writes and checks the methods pages in ``docs/methods``, one an indicator and language.

``python -m tests.methods_pages write`` makes them from the definitions; ``check`` lists those
that differ and ends with 1 when there are any.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from indicators.catalog import load_catalogue
from indicators.model.codes import LANGUAGES
from indicators.model.definition import Indicator
from tests.places import ROOT
from workbench.services.methods_pages import index, markdown, page

FOLDER = ROOT / "docs" / "methods"


def pages(indicators: Sequence[Indicator]) -> dict[str, str]:
    """Every page by its path below the folder."""
    found = {}
    for language in LANGUAGES:
        found[f"{language}/README.md"] = index(indicators, language)
        for indicator in indicators:
            text = markdown(page(indicator, language))
            found[f"{language}/{indicator.code}.md"] = text
    return found


def shipped() -> tuple[Indicator, ...]:
    """The built-in indicators."""
    return tuple(load_catalogue().indicators.values())


def held(folder: Path) -> set[str]:
    """Pages in the folders of the languages; other documents beside them are nobody's business."""
    pages_there = (path for language in LANGUAGES for path in (folder / language).rglob("*.md"))
    return {path.relative_to(folder).as_posix() for path in pages_there}


def write(folder: Path = FOLDER, indicators: Sequence[Indicator] = ()) -> None:
    """Write all pages and remove those of indicators that are gone."""
    wanted = pages(indicators or shipped())
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in held(folder) - set(wanted):
        (folder / name).unlink()


def problems(folder: Path = FOLDER, indicators: Sequence[Indicator] = ()) -> list[str]:
    """Pages that are missing, differ or belong to nothing, one sentence each."""
    wanted = pages(indicators or shipped())
    there = held(folder)
    found = [f"{name} belongs to no indicator" for name in sorted(there - set(wanted))]
    for name, text in wanted.items():
        if name not in there:
            found.append(f"{name} is missing")
        elif (folder / name).read_text(encoding="utf-8") != text:
            found.append(f"{name} is not up to date; run write")
    return found


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    match arguments:
        case ["write"]:
            write()
        case ["check"]:
            found = problems()
            print("\n".join(found) or "All methods pages are up to date.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
