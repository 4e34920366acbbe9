"""Tables in files: counts in long form, beside them a file that says how they add up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.services.prevalence import read_table

if TYPE_CHECKING:
    from indicators.disclosure.joint import Earlier
    from indicators.model.tables import Cell, CountTable

MARK = ":c"
"""The one mark of every hidden cell."""
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A table as its file gives it.

    Attributes:
        table: counts and what binds them.
        header: columns in the order of the file.
        rows: cells of the file as text, in order.
        count: place of the column of counts.
        case: the structure file; what it says beside the sums names the cells.
    """

    table: CountTable
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    case: Mapping[str, object]


def read(path: Path, structure: Path, *, threshold: int = 5) -> TableFile:
    """A table in long form (one row a cell) with its structure file.

    Args:
        path: the table.
        structure: dimensions, sums and rules.
        threshold: counts below it are protected where the structure file does not say.

    Raises:
        UserFileError: a file cannot be read or does not fit the other.
    """
    from indicators.model.tables import CountTable

    case = {"threshold": threshold, **_structure(structure)}
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
        case=case,
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
    threshold, zeros = case["threshold"], case.get("zeros", "publish")
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


def earlier_file(file: TableFile, path: Path) -> Earlier:
    """What an earlier file of the same columns has shown.

    Raises:
        UserFileError: it cannot be read or has other columns.
    """
    from indicators.disclosure.joint import Earlier, Known
    from indicators.disclosure.system import equations_of

    table = file.table
    header, rows = read_table(path)
    places = [_place(path, header, dim) for dim in table.dims]
    count = _place(path, header, file.header[file.count])
    cells = {}
    for number, row in rows:
        if row[count] == MARK:
            known = Known(low=table.floor, high=None)
        else:
            value = _count(path, number, row[count])
            known = Known(low=value, high=value)
        cells[tuple(row[place] for place in places)] = known
    return Earlier(
        name=path.name,
        cells=cells,
        equations=equations_of(table),
        width=table.threshold - 1,
        top=table.threshold,
    )


def rendered(
    file: TableFile, shown: Mapping[Cell, int | None], remarks: Sequence[str] = ()
) -> bytes:
    """The file as it will be published.

    Args:
        file: the table.
        shown: the number of each cell, None for a hidden one.
        remarks: sentences that stand below the table.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(file.header)
    for cell, row in zip(file.table.cells, file.rows, strict=True):
        number = shown[cell]
        cells = list(row)
        cells[file.count] = MARK if number is None else str(number)
        writer.writerow(cells)
    if remarks:
        writer.writerow(())
        writer.writerows([remark] for remark in remarks)
    return text.getvalue().encode()


def shown_in(file: TableFile, content: bytes) -> dict[Cell, int | None]:
    """The numbers that the bytes of a published file show; None for hidden cells."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    places = [rows[0].index(dim) for dim in file.table.dims]
    return {
        tuple(row[place] for place in places): (
            None if row[file.count] == MARK else int(row[file.count])
        )
        for row in rows[1 : 1 + len(file.rows)]
    }
