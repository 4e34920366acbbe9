"""Oddities of where things stand: headers, notes, blanks, groups, years side by side."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.importing.layout import is_blank, spread, year_of_header
from workbench.importing.names import visible
from workbench.importing.oddities.look import Look, address, capped
from workbench.importing.remark_texts import listed
from workbench.importing.report import Remark


def layout_oddities(look: Look) -> Iterator[Remark]:
    """What is odd about the places of header, data and notes."""
    yield from _header(look)
    yield from _around(look)
    yield from _blanks(look)
    yield from _wide(look)
    yield from _labels(look)


def _header(look: Look) -> Iterator[Remark]:
    header = look.header
    if header.rows > 1:
        rows = range(header.row, header.row + header.rows)
        cells = capped(address(row, 0) for row in rows)
        yield Remark(code="header_rows_joined", count=header.rows, cells=cells)
    merged = list(_merged(look))
    if merged:
        yield Remark(
            code="merged_headers",
            count=len(merged),
            data={"values": listed(visible(text) for _, text in merged)},
            cells=capped(cell for cell, _ in merged),
        )
    repeated = header.repeated
    if repeated:
        places = [i for i, name in enumerate(header.names) if name in repeated]
        yield Remark(
            code="repeated_names",
            count=len(places),
            data={"values": listed(visible(header.names[i]) for i in places)},
            cells=capped(map(look.header_cell, places)),
        )
    if look.repeats:
        yield Remark(
            code="header_again",
            count=len(look.repeats),
            data={"row": look.repeats[0][0], "value": ""},
            cells=capped(address(number, 0) for number, _ in look.repeats),
        )


def _merged(look: Look) -> Iterator[tuple[str, str]]:
    """Address and text of every name in an upper header row that stands over several columns."""
    first = look.header.row
    rows = look.first_rows[first - 1 : look.header_end]
    full = spread(rows)
    for number, (row, wide) in enumerate(zip(rows, full, strict=True), start=first):
        for index, text in enumerate(row):
            is_wide = index + 1 < len(wide) and wide[index + 1] == text
            taken = index + 1 < len(row) and row[index + 1].strip()
            if text.strip() and is_wide and not taken:
                yield address(number, index), " ".join(text.split())


def _around(look: Look) -> Iterator[Remark]:
    above = [
        (number, row)
        for number, row in enumerate(look.first_rows[: look.header.row - 1], start=1)
        if not is_blank(row)
    ]
    for code, rows in (("preamble", above), ("footer", look.footer)):
        if rows:
            cells = capped(address(number, _first_filled(row)) for number, row in rows)
            yield Remark(code=code, count=len(rows), cells=cells)
    if look.strays:
        number, row = look.strays[0]
        yield Remark(
            code="stray_text",
            count=len(look.strays),
            data={"row": number, "value": visible(row[_first_filled(row)].strip())},
            cells=capped(address(number, _first_filled(row)) for number, row in look.strays),
        )


def _first_filled(row: list[str]) -> int:
    return next((index for index, cell in enumerate(row) if cell.strip()), 0)


def _blanks(look: Look) -> Iterator[Remark]:
    rows = [number for number, row in look.inside if is_blank(row)]
    if rows:
        cells = capped(address(number, 0) for number in rows)
        yield Remark(code="blank_rows", count=len(rows), cells=cells)
    width = max((len(row) for _, row in look.data), default=0)
    names = look.header.names
    columns = [
        index
        for index in range(width)
        if (index >= len(names) or not names[index])
        and all(not look.text(row, index) for _, row in look.data)
    ]
    if columns and len(columns) < width:
        cells = capped(map(look.header_cell, columns))
        values = listed(cell.rstrip("0123456789") for cell in cells)
        yield Remark(
            code="blank_columns", count=len(columns), data={"values": values}, cells=cells
        )


def _wide(look: Look) -> Iterator[Remark]:
    """Columns of values whose header says a period or a category."""
    periods, groups = [], []
    for index in look.values:
        listed_column = look.listed(index)
        fixed = {} if listed_column is None else listed_column.fixed
        name = look.header.names[index]
        is_period = year_of_header(name, look.recipe.year_columns) is not None
        if "period" in fixed or (not fixed and is_period):
            periods.append(index)
        elif fixed:
            groups.append(index)
    for code, columns in (("wide_periods", periods), ("wide_groups", groups)):
        if len(columns) > 1:
            yield Remark(
                code=code,
                count=len(columns),
                data={"values": listed(visible(look.header.names[i]) for i in columns)},
                cells=capped(map(look.header_cell, columns)),
            )


def _labels(look: Look) -> Iterator[Remark]:
    """Columns whose label stands on the first row of its group only."""
    for column in look.recipe.columns:
        index = look.header.column(column.name)
        if index is None or not column.fill:
            continue
        cells = list(look.cells_where([index], lambda _, text: not text))
        yield Remark(
            code="labels_repeated",
            count=len(cells),
            data={"values": visible(column.name)},
            cells=capped(cells),
        )
