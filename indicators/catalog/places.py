"""Where a block or a field of a TOML text stands, as the TOML reader does not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1."""

_HEADER = re.compile(r"\s*\[\[\s*([A-Za-z0-9_-]+)\s*\]\]")
_FIELD = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One ``[[name]]`` block: its lines, the first with number ``line``."""

    name: str
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The block as written."""
        return "\n".join(self.lines)

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.line, 1

    def of_field(self, field: str) -> Place:
        """Where a field begins; the block itself when it is not there."""
        for number, text in enumerate(self.lines):
            match = _FIELD.match(text)
            if match and field in match.groups():
                return self.line + number, len(text) - len(text.lstrip()) + 1
        return self.place

    def of_text(self, field: str, wanted: str, offset: int = 1) -> Place:
        """Where the ``offset``-th character of a quoted text stands inside a field."""
        first = self.of_field(field)
        for number in range(first[0] - self.line, len(self.lines)):
            for quote in ('"', "'"):
                column = self.lines[number].find(f"{quote}{wanted}{quote}")
                if column >= 0:
                    return self.line + number, column + 1 + offset
        return first


def _lines(text: str) -> list[str]:
    """Lines as the TOML reader counts them: other separators are part of a line."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def blocks(text: str) -> list[Block]:
    """The ``[[...]]`` blocks in order; text inside multi-line strings is no header."""
    found: list[tuple[str, int]] = []
    lines = _lines(text)
    inside: str | None = None
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line) if inside is None else None
        if header:
            found.append((header.group(1), number))
        for quotes in re.findall(r'"""|\'\'\'', line):
            inside = quotes if inside is None else None if inside == quotes else inside
    if not found:
        return []
    ends = [number for _, number in found[1:]] + [len(lines) + 1]
    return [
        Block(name=name, line=first, lines=tuple(lines[first - 1 : last - 1]))
        for (name, first), last in zip(found, ends, strict=True)
    ]


def of_key(text: str, key: str) -> Place:
    """Where a top-level key begins."""
    for number, line in enumerate(_lines(text), start=1):
        match = _FIELD.match(line)
        if match and key in match.groups():
            return number, 1
    for block in blocks(text):
        if block.name == key:
            return block.place
    return 1, 1
