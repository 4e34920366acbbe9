"""A small TOML writer for tables of texts, numbers, lists of texts and lists of tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dump(table: Mapping[str, Any]) -> str:
    """The TOML text of a table; keys keep their order, tables follow values."""
    return "\n".join(_lines(table, ())) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    lines = [
        f"{_key(name)} = {_value(value)}" for name, value in table.items() if not _is_table(value)
    ]
    for name, value in table.items():
        here = (*path, name)
        title = ".".join(_key(part) for part in here)
        if isinstance(value, Mapping):
            lines += ["", f"[{title}]", *_lines(value, here)]
        elif _is_table(value):
            for entry in value:
                lines += ["", f"[[{title}]]", *_lines(entry, here)]
    return lines


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return '"' + "".join(_sign(sign) for sign in str(value)) + '"'


def _sign(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if ord(sign) < 0x20 or ord(sign) == 0x7F or 0xD800 <= ord(sign) <= 0xDFFF:
        return f"\\u{ord(sign):04X}" if not 0xD800 <= ord(sign) <= 0xDFFF else "\ufffd"
    return sign
