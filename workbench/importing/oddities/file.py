"""Oddities of the file itself: letters, signs between cells, what a spreadsheet hides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.importing.book_facts import letters
from workbench.importing.grid import repaired
from workbench.importing.names import visible
from workbench.importing.oddities.look import address, capped
from workbench.importing.opening import BLIND, Opened
from workbench.importing.raw_table import SheetFacts
from workbench.importing.report import Remark

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?")
_SAMPLE = 1 << 16


def file_oddities(opened: Opened) -> Iterator[Remark]:
    """What holds for the file or the sheet whatever its cells say."""
    yield from _text_file(opened)
    yield from _misread(opened)
    yield from _personal(opened)
    if opened.file.format in BLIND:
        yield Remark(code="beyond_sight", data={"format": opened.file.format})
    for table in [table for table, _ in opened.chosen] or [opened.table]:
        facts = table.facts() if table.facts is not None else SheetFacts()
        yield from sheet_oddities(table.name, facts)
        if not facts.known:
            yield Remark(code="beyond_sight", data={"format": opened.file.format})
    for table in opened.file.tables:
        if table.hidden:
            yield Remark(code="hidden_sheet", data={"sheet": table.name})
    yield from _dates(opened)


def _text_file(opened: Opened) -> Iterator[Remark]:
    file = opened.file
    if file.encoding_guessed:
        yield Remark(
            code="guessed_encoding", data={"encoding": file.encoding}, cells=_foreign(opened)
        )
    if file.format != "csv":
        return
    marked = file.encoding.endswith("sig") or file.encoding in ("utf-16", "utf-32")
    if marked and not file.encoding_guessed:
        yield Remark(code="stated_encoding", data={"encoding": file.encoding})
    if file.delimiter == "\t":
        yield Remark(code="parted_by_tab")
    elif file.delimiter != ",":
        yield Remark(code="parted_by", data={"value": file.delimiter})
    with file.path.open(encoding=file.encoding, newline="") as stream:
        quotes = stream.read(_SAMPLE).count('"') // 2
    if quotes:
        yield Remark(code="quoted_cells", count=quotes)


def _foreign(opened: Opened) -> tuple[str, ...]:
    """The first cells whose letters depend on the code page."""
    return capped(
        address(number, index)
        for number, row in enumerate(opened.rows, start=1)
        for index, cell in enumerate(row)
        if not cell.isascii()
    )


def _misread(opened: Opened) -> Iterator[Remark]:
    """Cells whose letters another program read wrongly; the table itself has them put right."""
    if not opened.misread[0]:
        return
    table = next(t for t in opened.file.tables if t.index == opened.table.index)
    cells = [
        address(number, index)
        for number, row in enumerate(table.first_rows(len(opened.rows)), start=1)
        for index, cell in enumerate(row)
        if not cell.isascii() and repaired(cell) != cell
    ]
    data = {"value": visible(opened.misread[0])}
    yield Remark(code="letters_misread", count=len(cells), data=data, cells=capped(cells))


def _personal(opened: Opened) -> Iterator[Remark]:
    for table, header in opened.chosen:
        for index, sign in opened.personal_of.get(table.index, {}).items():
            yield Remark(
                code="personal_column",
                data={"column": visible(header.names[index]), "what": sign.text},
                cells=(address(header.row + header.rows - 1, index),),
            )


def sheet_oddities(sheet: str, facts: SheetFacts) -> Iterator[Remark]:
    """What a spreadsheet hides, protects or says beside its cells."""
    data: dict[str, object] = {"sheet": sheet}
    for code, count in (
        ("hidden_rows", facts.hidden_rows),
        ("hidden_columns", len(facts.hidden_columns)),
        ("cell_comments", facts.comments),
        ("formulas", facts.formulas),
        ("protected_sheet", int(facts.protected)),
    ):
        if not count:
            continue
        own = data
        cells = capped(facts.cells.get("comments" if code == "cell_comments" else code, ()))
        if code == "hidden_columns":
            own = {**data, "values": ", ".join(facts.hidden_columns)}
            cells = capped(f"{column}1" for column in facts.hidden_columns)
        yield Remark(code=code, count=count, data=own, cells=cells)


def _dates(opened: Opened) -> Iterator[Remark]:
    """From which day a workbook counts, when the sheet holds dates."""
    if opened.file.format != "xlsx" or opened.header is None:
        return
    cells = capped(
        f"{letters(index + 1)}{number}"
        for number, row in enumerate(opened.rows, start=1)
        for index, cell in enumerate(row)
        if _DATE.fullmatch(cell)
    )
    facts = opened.table.facts() if opened.table.facts is not None else SheetFacts()
    if cells or facts.from_1904:
        code = "dates_from_1904" if facts.from_1904 else "dates_from_1900"
        yield Remark(code=code, cells=cells)
