"""Which categories to join so that no small count is left: what loses least meaning, offered first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.model.tables import CountTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Categories of one dimension that can be joined.

    Attributes:
        dimension: its name.
        codes: the categories, in the order of the structure; all of one parent.
    """

    dimension: str
    codes: tuple[str, ...]


def merging(table: CountTable) -> Merging | None:
    """The fewest categories of one dimension whose joining leaves no small count; None without.

    Looked at are the categories with a small count, joined with one another and, while the sums
    are still small, with the smallest further categories of the same parent. At least two
    categories stay, or the dimension would say nothing any more.
    """
    found = [entry for dim in table.dims for entry in _of_dimension(table, dim)]
    return min(found, key=lambda entry: len(entry.codes), default=None)


def _of_dimension(table: CountTable, dim: str) -> Iterator[Merging]:
    parents = table.hierarchy.get(dim, {})
    rows = _by_code(table, dim)
    for parts in parents.values():
        if any(part in parents or part not in rows for part in parts):
            continue
        small = [part for part in parts if _has_small(table, rows[part])]
        others = sorted(
            (part for part in parts if part not in small), key=lambda p: (sum(rows[p].values()), p)
        )
        for more in range(len(others)):
            chosen = {*small, *others[:more]}
            if len(chosen) >= 2 and _is_enough(table, dim, rows, chosen):
                yield Merging(dimension=dim, codes=tuple(p for p in parts if p in chosen))
                break


Rest = tuple[str, ...]


def _by_code(table: CountTable, dim: str) -> dict[str, dict[Rest, int]]:
    """Counts by code of the dimension and by the other codes."""
    place = table.dims.index(dim)
    rows: defaultdict[str, dict[Rest, int]] = defaultdict(dict)
    for cell, count in zip(table.cells, table.counts, strict=True):
        rows[cell[place]][(*cell[:place], *cell[place + 1 :])] = count
    return rows


def _is_small(table: CountTable, count: int) -> bool:
    return count < table.threshold and (count > 0 or table.zeros == "protect")


def _has_small(table: CountTable, row: dict[Rest, int]) -> bool:
    return any(_is_small(table, count) for count in row.values())


def _is_enough(
    table: CountTable, dim: str, rows: dict[str, dict[Rest, int]], chosen: set[str]
) -> bool:
    """Whether nothing small is left once the chosen categories are one."""
    together: defaultdict[Rest, int] = defaultdict(int)
    for code in chosen:
        for rest, count in rows[code].items():
            together[rest] += count
    left = [row for code, row in rows.items() if code not in chosen]
    return not any(_has_small(table, row) for row in (*left, together))
