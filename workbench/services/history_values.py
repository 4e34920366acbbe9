"""Commands of the lines of the history that wrote values: imports, corrections, typed values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Status
from workbench.services.observations import observations
from workbench.services.typed_rows import row_text
from workbench.store.vintages import stored_vintages

if TYPE_CHECKING:
    from workbench.services.rows import ObservationRow
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Line
    from workbench.store.vintages import StoredVintage

Words = tuple[str, ...]
"""Words of a command."""
REVISIONS = "revisions"
"""Source of first and latest values; see ``services.revisions``."""


class NoCommandError(Exception):
    """A line of the history that no command does again; its argument is an English sentence."""


PURGED = N_("What this step wrote was removed for good.")


def option(name: str, text: str, *, always: bool = False) -> Words:
    """An option with its text; nothing for an empty text, unless it must be said."""
    if not text and not always:
        return ()
    # a text that begins with a hyphen would be read as an option
    return (f"{name}={text}",) if text.startswith("-") else (name, text)


def known_name(file: str) -> str:
    """A file name as positional word."""
    return f"./{file}" if file.startswith("-") else file


def project(ws: Workspace) -> Words:
    """The option that names the project."""
    return option("-w", known_name(ws.path.name))


def import_words(ws: Workspace, line: Line) -> Words:
    """By the name of a known layout, or with the whole recipe the file was read by."""
    written = _version(ws, line)
    return (
        "import", known_name(str(line.data["file"])), *project(ws),
        *_reading(written.recipe or ""), *option("--dataset", written.dataset),
        *(option("--mode", "append") if written.mode.value == "append" else ()),
        *option("--author", line.by),
    )  # fmt: skip


def _reading(recipe: str) -> Words:
    from indicators.errors import TipError
    from workbench.importing import presets
    from workbench.importing.recipe import parse

    try:
        name = parse(recipe, Path("recipe.toml")).name
        if presets.preset(name).dump() == recipe:
            return ("--preset", name)
    except TipError:  # no preset of that name
        pass
    return ("--recipe-text", recipe)


def boundary_words(ws: Workspace, line: Line) -> Words:
    """A file of boundaries is known by its content."""
    file = known_name(str(line.data["file"]))
    return ("import", file, *project(ws), "--accept", *option("--author", line.by))


def correction_words(ws: Workspace, line: Line) -> Words:
    """The value and its reason stand in the version that the correction wrote."""
    written = _version(ws, line)
    (row,) = _rows(ws, written)
    if row.value is None:
        raise NoCommandError(PURGED)
    return (
        "correct", *project(ws), *option("--variable", row.variable), *option("--area", row.area),
        *option("--period", str(row.period)), *option("--breakdown", str(row.breakdown)),
        *option("--dataset", row.dataset), *option("--value", number(row.value)),
        *option("--reason", written.note), *option("--author", line.by),
    )  # fmt: skip


def entry_words(ws: Workspace, line: Line) -> Words:
    """One row a typed value; first and latest values of a source have a command of their own."""
    written = _version(ws, line)
    if written.dataset == REVISIONS and "variable" in line.data:
        source, variable = str(line.data["source"]), str(line.data["variable"])
        return (
            "revisions", *project(ws), "--dataset", source, "--variable", variable, "--publish",
            *option("--author", line.by),
        )  # fmt: skip
    units = _units(ws, written)
    rows = [row_text(_cells(row, units)) for row in _rows(ws, written)]
    replaces = any(op["op"] == "retract" for op in line.forward)
    return (
        "enter", *project(ws), *(word for text in rows for word in ("--row", text)),
        *option("--dataset", written.dataset), *(("--replace",) if replaces else ()),
        *option("--reason", written.note), *option("--author", line.by),
    )  # fmt: skip


def added_words(ws: Workspace, line: Line) -> Words:
    """The areas and years of the totals that came out: those asked for without a sum gave none."""
    rows = _rows(ws, _version(ws, line))
    areas = ",".join(dict.fromkeys(row.area for row in rows))
    first, last = (end(row.period for row in rows) for end in (min, max))
    return (
        "add-up", str(line.data["variable"]), *project(ws), "--over", str(line.data["over"]),
        *option("--area", areas), *option("--breakdown", str(rows[0].breakdown)),
        "--period", f"{first}:{last}", *option("--author", line.by),
    )  # fmt: skip


def _version(ws: Workspace, line: Line) -> StoredVintage:
    """The version that a line wrote; of several editions of one file the first."""
    restored = [op["vintages"] for op in line.forward if op["op"] == "restore"]
    numbers = restored[0] if restored else [line.data.get("vintage", 0)]
    assert isinstance(numbers, list)
    found = stored_vintages(ws.db, vintage=int(str(numbers[0])))
    if not found:
        raise NoCommandError(PURGED)
    return found[0]


def _rows(ws: Workspace, version: StoredVintage) -> Sequence[ObservationRow]:
    found = observations(ws, vintage=version.id, with_raw=False)
    if not found:
        raise NoCommandError(PURGED)
    return found


def _units(ws: Workspace, version: StoredVintage) -> dict[str, str]:
    """Units that the catalogue does not say, by input."""
    from workbench.services.packs import catalogue
    from workbench.store.inventory import series_keys

    known = catalogue(ws).variables
    keys = series_keys(ws.db).values()
    units = {code: unit for code, _area, _cut, source, unit in keys if source == version.dataset}
    return {c: unit for c, unit in units.items() if c not in known or known[c].unit != unit}


def _cells(row: ObservationRow, units: dict[str, str]) -> dict[str, str]:
    """A value as the columns of a typed table say it."""
    has_range = row.value is not None and row.low is not None and row.high is not None
    return {
        "variable": row.variable,
        "area": row.area,
        "period": str(row.period),
        **row.breakdown.as_dict(),
        "value": value_text(row),
        "low": number(row.low) if has_range else "",
        "high": number(row.high) if has_range else "",
        "flags": row.flags.letters(),
        "unit": units.get(row.variable, ""),
    }


def value_text(row: ObservationRow) -> str:
    """A value as ``read_typed`` reads it with a point as decimal mark."""
    if row.value is not None:
        return number(row.value)
    if row.low is not None and row.high is not None:
        return f"{number(row.low)}-{number(row.high)}"
    return "x" if row.status is Status.X else ".."


def number(value: float | None) -> str:
    """All digits of a number, without an exponent and without a needless ``.0``."""
    assert value is not None  # the caller looked
    whole = format(Decimal(repr(value)), "f")
    return whole.removesuffix(".0")
