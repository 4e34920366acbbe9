"""Oddities of what cells are about: periods in words, totals, groups, several things in one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.importing.aliases_files import category_aliases
from workbench.importing.categories import TOTAL_CODE
from workbench.importing.names import is_aggregate, normal, visible, whole_country_words
from workbench.importing.oddities.look import Look, capped
from workbench.importing.periods import is_across, month_of
from workbench.importing.remark_texts import listed
from workbench.importing.report import Remark

_WORD = re.compile(r"[^\W\d_]{3,}")


def key_oddities(look: Look) -> Iterator[Remark]:
    """What is odd about the columns that say what a value is about."""
    yield from _periods(look)
    yield from _several(look)
    yield from _totals(look)
    yield from _blank_totals(look)
    yield from _groups(look)


def _periods(look: Look) -> Iterator[Remark]:
    """Periods that name a month or lie across two years, in cells or in headers."""
    is_wide = [i for i in look.values if is_across(look.header.names[i]) or _month(look, i)]
    for code in ("month_names", "years_across"):
        found = {
            index: [text for text in look.seen[index].filled if code in _kinds(look, text)]
            for index in look.of_role("period", "part")
        }
        found = {index: texts for index, texts in found.items() if texts}
        headers = [i for i in is_wide if code in _kinds(look, look.header.names[i])]
        if not found and not headers:
            continue
        texts = [text for own in found.values() for text in own]
        texts += [look.header.names[i] for i in headers]
        yield Remark(
            code=code,
            count=look.count_of(found) + len(headers),
            data={"value": visible(texts[0])},
            cells=look.cells_of(found) or capped(map(look.header_cell, headers)),
        )


def _month(look: Look, index: int) -> bool:
    return any(month_of(word) for word in _WORD.findall(look.header.names[index]))


def _kinds(look: Look, text: str) -> list[str]:
    found = []
    if any(month_of(word) for word in _WORD.findall(text)):
        found.append("month_names")
    if look.recipe.dates != "months" and is_across(text) is not None:
        found.append("years_across")
    return found


def _several(look: Look) -> Iterator[Remark]:
    for index in look.of_role("split"):
        column = look.listed(index)
        texts = look.seen[index].filled
        yield Remark(
            code="several_in_one",
            count=look.count_of({index: texts}),
            data={
                "column": visible(look.header.names[index]),
                "values": listed(column.into if column else ()),
            },
            cells=look.cells_of({index: texts}),
        )


def _totals(look: Look) -> Iterator[Remark]:
    """Cells that name a total: of a dimension, or the whole country among regions."""
    found = {
        index: [text for text in look.seen[index].filled if is_total(text)]
        for index in (*look.dimensions, *look.of_role("split"))
    }
    for index in look.of_role("area"):
        column = look.listed(index)
        if column is None or column.scheme not in ("world", "m49"):
            words = whole_country_words()
            texts = look.seen[index].filled
            found[index] = [t for t in texts if normal(t) in words and len(texts) > 1]
    found = {index: texts for index, texts in found.items() if texts}
    if found:
        said = dict.fromkeys(visible(text) for own in found.values() for text in own)
        yield Remark(
            code="total_cells",
            count=look.count_of(found),
            data={"values": listed(said)},
            cells=look.cells_of(found),
        )


def is_total(text: str) -> bool:
    """Whether a category means all of them."""
    return text == TOTAL_CODE or category_aliases().get(("*", normal(text))) == TOTAL_CODE


def _blank_totals(look: Look) -> Iterator[Remark]:
    """Blank categories among named ones: the import reads them as the total."""
    for index in look.dimensions:
        column = look.listed(index)
        if (column is not None and column.fill) or not look.seen[index].filled:
            continue
        cells = list(look.cells_where([index], lambda _, text: not text))
        if cells:
            yield Remark(
                code="total_by_blank",
                count=len(cells),
                data={"column": visible(look.header.names[index])},
                cells=capped(cells),
            )


def _groups(look: Look) -> Iterator[Remark]:
    """Groups of countries among countries."""
    for index in look.of_role("area"):
        column = look.listed(index)
        if column is None or column.scheme not in ("world", "m49"):
            continue
        texts = [text for text in look.seen[index].filled if is_aggregate(text)]
        if texts:
            yield Remark(
                code="group_areas",
                count=len(texts),
                data={"values": listed(map(visible, texts))},
                cells=look.cells_of({index: texts}),
            )
