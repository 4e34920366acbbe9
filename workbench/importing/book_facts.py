"""Tells what the sheets of a workbook hide, in a process of its own, reading each part as a stream.

Started by file path with the isolated interpreter, so it must not import the program.

Usage: ``book_facts.py FILE SHEET`` prints a JSON object.
"""

from __future__ import annotations

import json
import posixpath
import sys
import zipfile
from typing import Any
from xml.parsers import expat

CPU_SECONDS = 60
MEMORY_BYTES = 1 << 30
_TRUE = ("1", "true")
_MOST = 50


class Sheet:
    """Counts while the parts of a sheet go by."""

    def __init__(self) -> None:
        self.hidden_rows = self.formulas = self.comments = 0
        self.hidden_columns: list[str] = []
        self.protected = False
        self.from_1904 = False
        self.cells: dict[str, list[str]] = {}
        self.merged: list[str] = []
        self._row = 0
        self._cell = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """One element begins."""
        kind = name.rpartition(":")[2]
        if kind == "row":
            self._begin_row(attributes)
        elif kind == "c":
            self._cell = attributes.get("r", "")
        elif kind == "f":
            self.formulas += 1
            self._name("formulas", self._cell)
        elif kind == "comment":
            self.comments += 1
            self._name("comments", attributes.get("ref", ""))
        elif kind == "mergeCell" and len(self.merged) < _MOST:
            self.merged.append(attributes.get("ref", ""))
        elif kind == "sheetProtection":
            self.protected = attributes.get("sheet", "1") in _TRUE
        elif kind == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns += [letters(n) for n in range(first, min(last, first + _MOST) + 1)]

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows += 1
            self._name("hidden_rows", f"A{self._row}")

    def _name(self, code: str, address: str) -> None:
        """Keep one of the first addresses."""
        known = self.cells.setdefault(code, [])
        if address and len(known) < _MOST:
            known.append(address)

    def found(self) -> dict[str, object]:
        """All facts."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


def letters(number: int) -> str:
    """The letters of a column: 1 is A."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def scan(book: zipfile.ZipFile, part: str, start: Any) -> None:
    """Let every element of a part go by."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with book.open(part) as stream:
        parser.ParseFile(stream)


def targets(book: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Part by id of the relations of a part."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}
    place = f"{folder}/_rels/{name}.rels"

    def start(kind: str, attributes: dict[str, str]) -> None:
        if kind == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes["Target"]))
            found[attributes["Id"]] = target.lstrip("/")

    if place in book.namelist():
        scan(book, place, start)
    return found


def part_of(book: zipfile.ZipFile, wanted: str) -> str:
    """The part of the sheet of that name."""
    ids: dict[str, str] = {}

    def start(kind: str, attributes: dict[str, str]) -> None:
        if kind.rpartition(":")[2] == "sheet":
            ids[attributes["name"]] = next(v for k, v in attributes.items() if k.endswith(":id"))

    scan(book, "xl/workbook.xml", start)
    return targets(book, "xl/workbook.xml")[ids[wanted]]


def counts_from_1904(book: zipfile.ZipFile) -> bool:
    """Whether the workbook counts its days from 1904."""
    found = []

    def start(kind: str, attributes: dict[str, str]) -> None:
        if kind.rpartition(":")[2] == "workbookPr":
            found.append(attributes.get("date1904") in _TRUE)

    scan(book, "xl/workbook.xml", start)
    return any(found)


def main(arguments: list[str]) -> int:
    """Print the facts of one sheet."""
    try:
        import resource
    except ImportError:
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sheet = Sheet()
    try:
        with zipfile.ZipFile(arguments[0]) as book:
            part = part_of(book, arguments[1])
            sheet.from_1904 = counts_from_1904(book)
            scan(book, part, sheet.start)
            for other in targets(book, part).values():
                if "comments" in other and other in book.namelist():
                    scan(book, other, sheet.start)
    except (zipfile.BadZipFile, KeyError, StopIteration, expat.ExpatError, ValueError) as error:
        sys.stderr.write(str(error)[:500])
        return 3
    sys.stdout.write(json.dumps(sheet.found()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
