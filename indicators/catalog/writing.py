"""Variables and indicators -> blocks of a definition file, as ``loading`` reads them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from indicators.catalog.places import Block, blocks
from indicators.model.codes import LANGUAGES
from indicators.model.definition import Example, Indicator, LocalText, Side, Variable


def variable_block(variable: Variable) -> str:
    """The ``[[variable]]`` block of a variable."""
    lines = [
        ("code", variable.code),
        ("name", variable.name),
        ("definition", variable.definition),
        ("unit", variable.unit),
        ("subset_of", variable.subset_of),
        ("sources", variable.sources),
        ("usual_source", variable.usual_source),
        ("dimensions", variable.dimensions),
        ("detection", variable.detection or None),
    ]
    return _block("variable", lines)


def indicator_block(indicator: Indicator) -> str:
    """The ``[[indicator]]`` block of an indicator; what the reader derives is left out."""
    derived = ("digest", "members")
    lines = [
        (each.name, getattr(indicator, each.name))
        for each in fields(indicator)
        if each.name not in derived
    ]
    return _block("indicator", lines)


def replaced(text: str, kind: str, code: str, block: str) -> str:
    """A definition file with the block of a code replaced; an empty block takes it out.

    Everything else stays as it was written. A code that is not there is added at the end.
    """
    for found in blocks(text):
        if found.name == kind and _code(found) == code:
            lines = text.split("\n")
            first, after = found.line - 1, found.line - 1 + len(found.lines)
            kept = [*lines[:first], *block.splitlines(), *([""] if block else []), *lines[after:]]
            return "\n".join(kept)
    if not block:
        return text
    return f"{text.rstrip()}\n\n{block}".lstrip()


def _code(block: Block) -> str | None:
    """The code that a block defines; None where it states none on a line of its own."""
    line, _column = block.of_field("code")
    if line == block.line:
        return None
    stated = block.lines[line - block.line].partition("=")[2].strip()
    return stated[1:-1] if len(stated) > 1 and stated[0] == stated[-1] else None


def _block(kind: str, lines: Iterable[tuple[str, object]]) -> str:
    nothing = (None, (), LocalText(en="", es="", pt="", fr=""))
    written = [f"{name} = {_value(value)}" for name, value in lines if value not in nothing]
    return "\n".join((f"[[{kind}]]", *written)) + "\n"


def _value(value: object) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(int(value) if value == int(value) else float(value))
        case str():
            return _quoted(value)
        case LocalText():
            return _table({language: getattr(value, language) for language in LANGUAGES})
        case Side():
            texts = {language: getattr(value.text, language) for language in LANGUAGES}
            return _table({"of": value.formula, **texts})
        case Example():
            parts: dict[str, object] = {"inputs": value.inputs, "value": value.value}
            return _table(
                {**parts, **({"parameters": value.parameters} if value.parameters else {})}
            )
        case Mapping():
            return _table(value)
        case Sequence():
            return f"[{', '.join(_value(each) for each in value)}]"
        case _:
            return _quoted(str(getattr(value, "value", value)))


def _table(table: Mapping[str, object]) -> str:
    inner = ", ".join(f"{_key(name)} = {_value(value)}" for name, value in table.items())
    return f"{{ {inner} }}" if inner else "{}"


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("_", "").isalnum()
    return name if is_bare else _quoted(name)


def _quoted(text: str) -> str:
    """A text between quotation marks; JSON and TOML escape alike but for one sign."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007F")
