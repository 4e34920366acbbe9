"""Disclosure control on tables in files: read, protect, check the bytes, write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, Note, Severity
from workbench import i18n
from workbench.errors import UserFileError
from workbench.services.prevalence import note_fields, read_table

if TYPE_CHECKING:
    from indicators.disclosure.protection import Protection
    from indicators.model.results import Refusal
    from indicators.model.tables import Cell, CountTable

MARK = ":c"
"""The one mark of every hidden cell."""
COUNT = "count"
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A table as its file gives it.

    Attributes:
        table: counts and what binds them.
        header: columns in the order of the file.
        rows: cells of the file as text, in order.
        count: place of the column of counts.
    """

    table: CountTable
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectOutcome:
    """What became of a table.

    Attributes:
        result: hidden cells, or why none are enough.
        table: the table.
        path: file written, or None when nothing was.
    """

    result: Protection | Refusal
    table: CountTable
    path: Path | None


def read(path: Path, structure: Path) -> TableFile:
    """A table in long form (one row a cell) with its structure file.

    Raises:
        UserFileError: a file cannot be read or does not fit the other.
    """
    from indicators.model.tables import CountTable

    case = _structure(structure)
    dims = _texts(structure, case.get("dims"), "dims")
    header, rows = read_table(path)
    places = [_place(path, header, dim) for dim in dims]
    rest = [i for i in range(len(header)) if i not in places]
    if len(rest) != 1:
        raise UserFileError(
            N_("{name} must hold the dimensions and one column of counts, and nothing else."),
            hint=N_(
                "A count can be worked back from rates and shares: leave them out here, and name "
                "those that are printed in the structure file (printed_rates)."
            ),
            path=path,
        )
    count = rest[0]
    if len(rows) > MOST_CELLS:
        raise UserFileError(
            N_("{name} has {found} cells; at most {most} can be protected together."),
            path=path,
            found=len(rows),
            most=MOST_CELLS,
        )
    table = CountTable(
        dims=dims,
        cells=tuple(tuple(row[place] for place in places) for _, row in rows),
        counts=tuple(_count(path, number, row[count]) for number, row in rows),
        **_binding(structure, case),  # type: ignore[arg-type]
    )
    return TableFile(
        table=table,
        header=tuple(header),
        rows=tuple(tuple(row) for _, row in rows),
        count=count,
    )


def _structure(path: Path) -> Mapping[str, object]:
    try:
        case = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserFileError(N_("{name} cannot be read."), path=path) from error
    except (ValueError, RecursionError) as error:
        raise UserFileError(N_("{name} is not written in JSON."), path=path) from error
    if not isinstance(case, dict):
        raise _unfit(path, "dims")
    return case


def _unfit(path: Path, key: str) -> UserFileError:
    return UserFileError(
        N_("{name}: the part “{key}” is missing or not as expected."),
        hint=N_("The handbook shows a structure file."),
        path=path,
        key=key,
    )


def _texts(path: Path, value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise _unfit(path, key)
    return tuple(value)


def _binding(path: Path, case: Mapping[str, object]) -> dict[str, object]:
    """Hierarchy, further equations, public cells, threshold, rule on zeros, printed rates."""
    threshold, zeros = case.get("threshold", 5), case.get("zeros", "publish")
    if isinstance(threshold, bool) or not isinstance(threshold, int):
        raise _unfit(path, "threshold")
    if zeros not in ("publish", "protect"):
        raise _unfit(path, "zeros")
    return {
        "hierarchy": _hierarchy(path, case.get("hierarchy") or {}),
        "extra_equations": tuple(
            _equation(path, equation)
            for equation in _list(path, case.get("extra_equations") or [], "extra_equations")
        ),
        "never_suppress": frozenset(
            _texts(path, cell, "never_suppress")
            for cell in _list(path, case.get("never_suppress") or [], "never_suppress")
        ),
        "threshold": threshold,
        "zeros": zeros,
        "printed": dict(
            _printed(path, entry)
            for entry in _list(path, case.get("printed_rates") or [], "printed_rates")
        ),
    }


def _printed(path: Path, entry: object) -> tuple[Cell, tuple[int, int]]:
    """A cell and the counts that its printed rate leaves possible."""
    from indicators.disclosure.printed import count_range

    if not isinstance(entry, dict):
        raise _unfit(path, "printed_rates")
    numbers = [entry.get(name) for name in ("rate", "decimals", "base", "per")]
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        raise _unfit(path, "printed_rates")
    rate, decimals, base, per = (float(n) for n in numbers if isinstance(n, int | float))
    if not (base > 0 and per > 0 and 0 <= decimals <= 12):
        raise _unfit(path, "printed_rates")
    cell = _texts(path, entry.get("cell"), "printed_rates")
    return cell, count_range(rate, int(decimals), base, per)


def _hierarchy(path: Path, value: object) -> dict[str, dict[str, tuple[str, ...]]]:
    if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
        raise _unfit(path, "hierarchy")
    return {
        dim: {parent: _texts(path, parts, "hierarchy") for parent, parts in parents.items()}
        for dim, parents in value.items()
    }


def _list(path: Path, value: object, key: str) -> list[object]:
    if not isinstance(value, list):
        raise _unfit(path, key)
    return value


def _equation(path: Path, value: object) -> tuple[tuple[Cell, int], ...]:
    terms = []
    for term in _list(path, value, "extra_equations"):
        if not isinstance(term, list) or len(term) != 2:
            raise _unfit(path, "extra_equations")
        cell, factor = term
        if isinstance(factor, bool) or not isinstance(factor, int | float) or factor % 1:
            raise _unfit(path, "extra_equations")
        terms.append((_texts(path, cell, "extra_equations"), int(factor)))
    return tuple(terms)


def _place(path: Path, header: Sequence[str], name: str) -> int:
    if name not in header:
        raise UserFileError(
            N_("{name} has no column “{column}”."),
            hint=N_("Its columns: {known}."),
            path=path,
            column=name,
            known=", ".join(header),
        )
    return header.index(name)


def _count(path: Path, row: int, cell: str) -> int:
    if not cell.isdecimal() or not cell.isascii():
        raise UserFileError(
            N_("{name}, row {row}: “{cell}” is not a whole number of 0 or more."),
            hint=N_("A table is protected from its true counts; a hidden one cannot be read."),
            path=path,
            row=row,
            cell=cell,
        )
    return int(cell)


def with_earlier(file: TableFile, earlier: Sequence[Path]) -> tuple[TableFile, tuple[Note, ...]]:
    """The table with what earlier publications of the same cells have already shown.

    A cell shown before with the same count is public: hiding it now protects nothing. A cell whose
    count has changed since is named, because the difference of both can tell something.

    Raises:
        UserFileError: an earlier file cannot be read or has other columns.
    """
    counts = dict(zip(file.table.cells, file.table.counts, strict=True))
    public = set(file.table.never_suppress)
    changed: set[Cell] = set()
    for path in earlier:
        header, rows = read_table(path)
        places = [_place(path, header, dim) for dim in file.table.dims]
        count = _place(path, header, file.header[file.count])
        for number, row in rows:
            cell = tuple(row[place] for place in places)
            if row[count] == MARK or cell not in counts:
                continue
            same = _count(path, number, row[count]) == counts[cell]
            (public if same else changed).add(cell)
    table = replace(file.table, never_suppress=frozenset(public))
    return replace(file, table=table), _changed_note(changed - public)


def _changed_note(changed: set[Cell]) -> tuple[Note, ...]:
    if not changed:
        return ()
    names = "; ".join(sorted(" / ".join(cell) for cell in changed))
    return (
        Note(
            code="changed_since_published",
            text=N_(
                "Counts differ from an earlier publication: {cells}. Whoever has both can compare "
                "them."
            ),
            severity=Severity.WARN,
            data={"cells": names},
        ),
    )


def protect_file(
    path: Path, structure: Path, out: Path, *, earlier: Sequence[Path] = ()
) -> ProtectOutcome:
    """Protect the table of a file and write it with every hidden cell as ``MARK``.

    The bytes are read back and audited before they are written, together with earlier
    publications of the same cells; nothing is written when the table cannot be made safe.

    Raises:
        UserFileError: a file cannot be read or written.
        IndicatorsError: the table does not add up.
    """
    from indicators.disclosure.protection import audit, protect
    from indicators.model.results import Refusal

    if out.resolve() in {given.resolve() for given in (path, structure, *earlier)}:
        raise UserFileError(
            N_("{name} is a file that is read; choose another file to write."), path=out
        )
    file, notes = with_earlier(read(path, structure), earlier)
    result = protect(file.table)
    if isinstance(result, Refusal):
        return ProtectOutcome(result=result, table=file.table, path=None)
    content = rendered(file, result.hidden)
    narrow = audit(file.table, hidden_in(file, content))
    if narrow:
        return ProtectOutcome(result=_unsafe(narrow[0]), table=file.table, path=None)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserFileError(N_("{name} cannot be written."), path=out) from error
    told = replace(result, warnings=(*result.warnings, *notes))
    return ProtectOutcome(result=told, table=file.table, path=out)


def _unsafe(cell: Cell) -> Refusal:
    from indicators.model.results import Refusal

    return Refusal(
        code="audit_failed",
        text=N_("Nothing was written: the cell {cell} could still be worked out."),
        data={"cell": " / ".join(cell)},
    )


def rendered(file: TableFile, hidden: frozenset[Cell]) -> bytes:
    """The file as it will be published."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(file.header)
    for cell, row in zip(file.table.cells, file.rows, strict=True):
        shown = list(row)
        if cell in hidden:
            shown[file.count] = MARK
        writer.writerow(shown)
    return text.getvalue().encode()


def hidden_in(file: TableFile, content: bytes) -> frozenset[Cell]:
    """The cells that the bytes of a published file do not show."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    places = [rows[0].index(dim) for dim in file.table.dims]
    return frozenset(
        tuple(row[place] for place in places) for row in rows[1:] if row[file.count] == MARK
    )


def protect_fields(outcome: ProtectOutcome) -> dict[str, object]:
    """The answer with the keys that ``protect --json`` prints; an internal account, not a table."""
    from indicators.model.results import Refusal

    result, table = outcome.result, outcome.table
    fields: dict[str, object] = {
        "path": None if outcome.path is None else str(outcome.path),
        "internal": True,
        "rule": "high - low >= threshold - 1 and high >= threshold",
        "threshold": table.threshold,
        "zeros": table.zeros,
        "cells": len(table.cells),
        "mark": MARK,
        "primary": None,
        "secondary": None,
        "reach": None,
        "warnings": [],
        "refusal": None,
    }
    if isinstance(result, Refusal):
        text = i18n.refusal_text(result)
        return fields | {"refusal": {"code": result.code, "text": text, **result.data}}
    return fields | {
        "primary": [list(cell) for cell in result.primary],
        "secondary": [list(cell) for cell in result.secondary],
        "reach": [
            {"cell": list(cell), "low": reach.low, "high": reach.high}
            for cell, reach in result.reach.items()
        ],
        "warnings": [note_fields(note) | dict(note.data) for note in result.warnings],
    }
