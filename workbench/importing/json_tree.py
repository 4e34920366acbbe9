"""JSON files as trees: numbers keep their text, nothing is dropped, depth and size are limited."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.flat_rows import damaged, typed
from workbench.importing.strict_text import start_of, whole_text

MAX_SIZE = 100 * 1024 * 1024
MAX_DEPTH = 64
_START = re.compile(r"\s*\{\s*[\"}]")
_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
"""Strings, also one that is not closed, and brackets outside them; linear in any text."""


class NumberText(str):
    """A number as it is written in the file."""

    __slots__ = ()


def recognises(head: bytes) -> bool:
    """Whether a file begins as a JSON object."""
    return _START.match(start_of(head)) is not None


def load(path: Path) -> Mapping[str, Any]:
    """The tree of a file; numbers are ``NumberText``.

    Raises:
        UserFileError: no JSON, too large, too deep, or a key stands twice.
    """
    text = whole_text(path, "utf-8", MAX_SIZE)
    _check_depth(path, text)
    try:
        tree = json.loads(
            text,
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=NumberText,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise damaged(
            path,
            N_("Line {line}, column {column}: {reason}."),
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from error
    except _TwiceError as error:
        raise damaged(path, N_("The key “{key}” stands twice."), key=str(error)) from error
    if not isinstance(tree, dict):
        raise damaged(path, N_("It is not one object."))
    return tree


class _TwiceError(ValueError):
    """A key that an object has twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _TwiceError(key)
            seen.add(key)
    return found


def _check_depth(path: Path, text: str) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text):
        sign = match[0]
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise UserFileError(
                    N_("“{name}” is nested more than {limit} levels deep."),
                    hint=N_("Statistical files are flat; check where it comes from."),
                    path=path,
                    limit=MAX_DEPTH,
                )
        elif sign in "]}":
            depth -= 1


def value_text(value: object) -> str:
    """The text of a value cell: numbers marked as typed, null blank, lists joined."""
    if value is None:
        return ""
    if isinstance(value, NumberText):
        return typed(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(value_text(part) for part in value)
    return json.dumps(value, ensure_ascii=False)


def _member(path: Path, tree: object, key: str) -> Any:
    if not isinstance(tree, dict):
        raise damaged(path, N_("What should hold “{key}” is not an object."), key=key)
    return tree.get(key)


def a_list(path: Path, tree: object, key: str) -> list[Any]:
    """The list under a key; empty when the key is missing.

    Raises:
        UserFileError: something else stands there.
    """
    found = _member(path, tree, key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise damaged(path, N_("“{key}” is not a list."), key=key)
    return found


def an_object(path: Path, tree: object, key: str) -> Mapping[str, Any]:
    """The object under a key; empty when the key is missing.

    Raises:
        UserFileError: something else stands there.
    """
    found = _member(path, tree, key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise damaged(path, N_("“{key}” is not an object."), key=key)
    return found


def whole_number(path: Path, value: object, key: str) -> int:
    """A whole number from 0.

    Raises:
        UserFileError: it is something else.
    """
    if isinstance(value, NumberText) and len(value) < 12 and value.isdecimal():
        return int(value)
    raise damaged(path, N_("“{key}” is not a whole number."), key=key)
