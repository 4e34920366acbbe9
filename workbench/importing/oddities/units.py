"""Oddities of units: a declared magnitude, a unit that changes, numbers that jump a thousandfold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial

from workbench.importing import doubts
from workbench.importing.names import visible
from workbench.importing.numbers import NumberFormat, number_format, parse_number
from workbench.importing.oddities.keys import is_total
from workbench.importing.oddities.look import Look, Numbered, address, capped
from workbench.importing.periods import PeriodRules, parse_period
from workbench.importing.quality import Values, jump_of, turn_of
from workbench.importing.remark_texts import listed
from workbench.importing.report import Remark

Key = tuple[str, ...]


def unit_oddities(look: Look) -> Iterator[Remark]:
    """What is odd about the units of the numbers."""
    yield from _declared(look)
    for index in look.of_role("unit"):
        keys = [*look.of_role("variable", "area", "edition"), *look.dimensions]
        units = doubts.changing_units([row for _, row in look.data], keys, index)
        if units:
            others = {index: units[1:]}
            yield Remark(
                code="unit_changes",
                count=len(units),
                data={
                    "column": visible(look.header.names[index]),
                    "values": listed(map(visible, units)),
                },
                cells=look.cells_of(others),
            )
    yield from _breaks(look)


def _declared(look: Look) -> Iterator[Remark]:
    """Words such as “in thousands”: above the table, in its header or unit, or inside it."""
    above = list(enumerate(look.first_rows[: look.header.row - 1], start=1))
    early = [(n, row) for n, row in look.inside if n < _first_number(look)]
    names = [(look.header_cell(i), look.header.names[i]) for i in look.values]
    said = [
        *_saying(look, [*above, *early]),
        *((cell, text) for cell, text in names if doubts.magnitude_of(text) > 1),
        *_in_columns(look),
    ]
    inside = _saying(look, _without_numbers(look))
    for code, found in (("magnitude_said", said), ("magnitude_inside", inside)):
        if found:
            yield Remark(
                code=code,
                count=len(found),
                data={"value": visible(found[0][1].strip()[:120])},
                cells=capped(cell for cell, _ in found),
            )


def _in_columns(look: Look) -> Iterator[tuple[str, str]]:
    """Cells of the columns of units and magnitudes that name one."""
    for role, factor in (("unit", doubts.magnitude_of), ("magnitude", doubts.factor_of)):
        for index in look.of_role(role):
            for text in look.seen[index].filled:
                if (factor(text) or 1) > 1:
                    yield from ((cell, text) for cell in look.cells_of({index: [text]}))


def _saying(look: Look, rows: list[Numbered]) -> list[tuple[str, str]]:
    return [
        (address(number, index), text)
        for number, row in rows
        for index, text in enumerate(row)
        if text.strip() and doubts.magnitude_of(text) > 1
    ]


def _first_number(look: Look) -> int:
    """The first row below the header that holds a value."""
    first = look.header_end + 1
    return next((number for number, row in look.data if _has_value(look, row)), first)


def _has_value(look: Look, row: list[str]) -> bool:
    return any(
        parse_number(look.text(row, index), NumberFormat.GROUPED) is not None
        or parse_number(look.text(row, index), _form(look, index)) is not None
        for index in look.values
    )


def _without_numbers(look: Look) -> list[Numbered]:
    """Rows among the data that hold no value."""
    start = _first_number(look)
    return [(n, row) for n, row in look.inside if n > start and not _has_value(look, row)]


def _form(look: Look, index: int) -> NumberFormat:
    written = look.roles[index][1] or look.recipe.year_format
    return number_format(written) if written else NumberFormat.GROUPED


def _breaks(look: Look) -> Iterator[Remark]:
    """Series whose numbers jump, or turn from whole ones into fractions."""
    series, places = _series(look)
    changed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, own in series.items():
        for code, period in (("unit_jump", jump_of(own)), ("unit_break", turn_of(own))):
            if period:
                name = " ".join(filter(None, key)) or "-"
                changed[code].append((places[key, period], f"{visible(name)} ({period // 100})"))
                break
    for code, found in changed.items():
        yield Remark(
            code=code,
            count=len(found),
            data={"values": listed(text for _, text in found)},
            cells=capped(cell for cell, _ in found),
        )


def _series(look: Look) -> tuple[dict[Key, Values], dict[tuple[Key, int], str]]:
    """Values by period of each series of the rows seen, and the cell of each value."""
    rules = PeriodRules(
        last_year=9999, fiscal_start=look.recipe.fiscal_start or 1, dates=look.recipe.dates
    )
    periods = cache(partial(parse_period, rules=rules))
    is_whole = cache(is_total)
    period_index = next(iter(look.of_role("period")), None)
    keys = [*look.of_role("variable", "area", "split", "edition", "unit"), *look.dimensions]
    series: dict[Key, Values] = defaultdict(dict)
    places: dict[tuple[Key, int], str] = {}
    last = dict.fromkeys(keys, "")
    filled = [c.name for c in look.recipe.columns if c.fill]
    repeated = {look.header.column(name) for name in filled}
    columns = [(index, _form(look, index), *_fixed(look, index)) for index in look.values]
    for number, row in look.data:
        for index in keys:
            text = look.text(row, index)
            last[index] = text or (last[index] if index in repeated else "")
        said = "" if period_index is None else look.text(row, period_index)
        texts = [last[i] for i in keys if not is_whole(last[i])]
        for index, form, own, fixed in columns:
            period = periods(own or said)
            value = parse_number(look.text(row, index), form)
            if isinstance(period, int) and value is not None:
                key = (*texts, *fixed)
                series[key].setdefault(period, value)
                places.setdefault((key, period), address(number, index))
    return series, places


def _fixed(look: Look, index: int) -> tuple[str, tuple[str, ...]]:
    """The period and the categories that the header of a value column says."""
    column = look.listed(index)
    if column is not None and column.fixed:
        fixed = dict(column.fixed)
        return fixed.pop("period", ""), tuple(fixed.values())
    if column is None and look.recipe.layout == "wide":
        return look.header.names[index].removesuffix(".0"), ()
    return "", ()
