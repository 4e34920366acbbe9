"""How many persons there are in all, from a file of lists that overlap."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, Note
from workbench import i18n
from workbench.errors import UserFileError
from workbench.i18n import _

if TYPE_CHECKING:
    from indicators.model.results import PrevalenceResult, Refusal
    from indicators.model.tables import ListTable

COUNT = "count"
"""Column with the number of persons of a pattern; without it every row is one person."""
MARKS = {"0": 0, "1": 1}
MOST_ROWS = 2_000_000
INVENTED = "# Fictional data"
"""First words of the lists that ship with the sample country."""


def read_lists(path: Path, lists: Sequence[str] = ()) -> ListTable:
    """The overlaps in a CSV file; suppressed numbers stand at their middle.

    One column of 0 and 1 a list; a column ``count`` holds the number of persons of a pattern,
    else every row is one person. Lines before the header that begin with ``#`` are skipped.

    Args:
        path: CSV in UTF-8, with a header.
        lists: columns that are lists; empty takes every column that holds only 0 and 1.

    Raises:
        UserFileError: the file cannot be read, or a column is missing or no list.
        IndicatorsError: the overlaps make no table.
    """
    return read_fillings(path, lists)[0]


def read_fillings(path: Path, lists: Sequence[str] = ()) -> tuple[ListTable, ...]:
    """The overlaps of a file; with suppressed numbers (``<5``) also both ways to fill them.

    More persons on several lists mean fewer on none, and the other way round: one filling takes
    the least overlaps beside the most persons on one list alone, the other the opposite.

    Returns:
        The table with suppressed numbers at their middle, then the two fillings; only the table
        when every number is known.
    """
    from indicators.model.tables import ListTable

    header, rows = read_table(path)
    names = tuple(lists) or _found(path, header, rows)
    places = [_place(path, header, name) for name in names]
    count = header.index(COUNT) if COUNT in header and COUNT not in names else None
    patterns: list[tuple[list[int], tuple[float, float]]] = []
    for number, row in rows:
        marks = [_mark(path, number, row[place], header[place]) for place in places]
        size = (1.0, 1.0) if count is None else _numbers(path, number, row[count])
        if any(marks):
            patterns.append((marks, size))
        elif count is None or size[1]:
            raise UserFileError(
                N_("{name}, row {row}: this row stands on no list."),
                hint=N_("Remove the row: nobody is counted who was never seen."),
                path=path,
                row=number,
            )
    middle = [(marks, float(round((low + high) / 2))) for marks, (low, high) in patterns]
    fillings = [middle]
    if any(low < high for _marks, (low, high) in patterns):
        fillings += [
            [(m, ends[several if sum(m) > 1 else 1 - several]) for m, ends in patterns]
            for several in (0, 1)
        ]
    return tuple(ListTable.of(names, filling) for filling in fillings)


def read_table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and rows of a CSV file with their line numbers.

    Raises:
        UserFileError: the file is missing, empty, no text in UTF-8, or a row is too short.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserFileError(N_("{name} cannot be read."), path=path) from error
    except UnicodeDecodeError as error:
        raise UserFileError(
            N_("{name} is no text file in UTF-8."), hint=N_("Save it as CSV in UTF-8."), path=path
        ) from error
    reader = csv.reader(text.splitlines())
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for cells in reader:
        row = [cell.strip() for cell in cells]
        if not any(row) or (not header and row[0].startswith("#")):
            continue
        if not header:
            header = row
            continue
        if len(row) != len(header) or len(rows) >= MOST_ROWS:
            raise UserFileError(
                N_("{name}, row {row}: the row does not have as many cells as the header."),
                path=path,
                row=reader.line_num,
            )
        rows.append((reader.line_num, row))
    if not rows:
        raise UserFileError(N_("{name} holds no rows."), path=path)
    return header, rows


def is_invented(path: Path) -> bool:
    """Whether a file says in its first line that it holds invented data."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.readline().startswith(INVENTED)
    except (OSError, UnicodeDecodeError):
        return False


def _found(
    path: Path, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[str, ...]:
    names = tuple(
        name
        for place, name in enumerate(header)
        if name != COUNT and all(row[place] in MARKS for _, row in rows)
    )
    if not names:
        raise UserFileError(
            N_("{name} has no column that holds only 0 and 1."),
            hint=N_("Write one column a list: 1 for on the list, 0 for not."),
            path=path,
        )
    return names


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


def _mark(path: Path, row: int, cell: str, column: str) -> int:
    if cell not in MARKS:
        raise UserFileError(
            N_("{name}, row {row}, column “{column}”: “{cell}” is neither 0 nor 1."),
            path=path,
            row=row,
            column=column,
            cell=cell,
        )
    return MARKS[cell]


def _numbers(path: Path, row: int, cell: str) -> tuple[float, float]:
    """Least and greatest number of persons of a pattern; ``<5`` is 1 to 4."""
    text = cell.removeprefix("<").strip()
    is_bound = cell.startswith("<")
    if not text.isdecimal() or not text.isascii() or (is_bound and int(text) < 2):
        raise UserFileError(
            N_("{name}, row {row}: “{cell}” is not a number of persons."),
            path=path,
            row=row,
            cell=cell,
        )
    value = float(text)
    return (1.0, value - 1.0) if is_bound else (value, value)


def prevalence(
    path: Path,
    *,
    lists: Sequence[str] = (),
    terms: Sequence[str] | None = None,
    criterion: str = "aic",
    level: float = 0.95,
    repeats: int | None = None,
    seed: int | None = None,
) -> PrevalenceResult | Refusal:
    """The total behind the lists of a file; see ``indicators.prevalence.estimate``.

    Raises:
        UserFileError: the file cannot be used.
        IndicatorsError: a term names no pair of lists.
    """
    from indicators.model.results import Refusal
    from indicators.prevalence import bootstrap
    from indicators.prevalence.estimate import estimate
    from indicators.prevalence.fillings import with_fillings

    found = [
        estimate(
            table,
            terms=terms,
            criterion=criterion,  # type: ignore[arg-type]
            level=level,
            repeats=bootstrap.REPEATS if repeats is None else repeats,
            seed=bootstrap.SEED if seed is None else seed,
        )
        for table in read_fillings(path, lists)
    ]
    own, others = found[0], [item for item in found[1:] if not isinstance(item, Refusal)]
    return own if isinstance(own, Refusal) or not others else with_fillings(own, others)


_KEYS = (
    "outcome", "method", "method_version", "lists", "observed", "estimate", "low", "high", "level",
    "publishable", "terms", "criterion", "given_model", "spread", "resampled", "repeats", "seed", "models",
    "models_tried", "models_refused", "assumptions", "diagnostics", "warnings", "refusal",
    "data_hash", "sentences",
)  # fmt: skip


def prevalence_fields(
    result: PrevalenceResult | Refusal, sentences: Sequence[str]
) -> dict[str, object]:
    """The answer with every key that ``prevalence --json`` prints; None where one does not apply."""
    from indicators.model.results import Refusal

    fields: dict[str, object] = dict.fromkeys(_KEYS)
    fields["sentences"] = list(sentences)
    if isinstance(result, Refusal):
        refusal = {
            "code": result.code,
            "text": i18n.refusal_text(result),
            "found": result.found,
            "needed": result.needed,
        }
        return fields | {"outcome": "refused", "publishable": False, "refusal": refusal}
    own = {name: getattr(result, name) for name in _KEYS if hasattr(result, name)}
    return (
        fields
        | own
        | {
            "outcome": "estimated" if result.publishable else "not_publishable",
            "models": [_model_fields(model) for model in result.models],
            "assumptions": [_(text) for text in result.assumptions],
            "warnings": [note_fields(note) for note in result.warnings],
            "diagnostics": [
                {"name": item.name, "value": item.value, "low": item.low, "high": item.high}
                for item in result.diagnostics
            ],
        }
    )


def _model_fields(model: object) -> Mapping[str, object]:
    names = ("terms", "estimate", "low", "high", "aic")
    return {name: getattr(model, name) for name in names}


def note_fields(note: Note) -> dict[str, object]:
    """A remark as data."""
    return {"code": note.code, "text": i18n.note_text(note)}
