"""Oddities of texts in cells: marks, ranges, number formats, formulas, markup, lost letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from workbench.importing.cells import DEFAULT_MISSING, CellRules, read_cell
from workbench.importing.names import has_hidden, visible
from workbench.importing.numbers import (
    MACHINE_MARK,
    NumberFormat,
    number_format,
    parse_number,
    readings,
)
from workbench.importing.oddities.look import Look, capped
from workbench.importing.remark_texts import listed
from workbench.importing.remarks import DASHES
from workbench.importing.report import Remark
from workbench.importing.series_keys import LOST_LETTER

_FORMULA = re.compile(r"[=+\-@＝＋－＠][^\s].*", re.DOTALL)
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_SEPARATED = re.compile(r"\d[^\d]+\d")
Texts = dict[int, list[str]]


def cell_oddities(look: Look) -> Iterator[Remark]:
    """What is odd about the texts of all columns."""
    yield from _values(look)
    yield from _formats(look)
    yield from _letters(look)
    for index in look.of_role("flags", "status"):
        texts = look.seen[index].filled
        if texts:
            yield Remark(
                code="flags_column",
                count=look.count_of({index: texts}),
                data={
                    "column": visible(look.header.names[index]),
                    "values": listed(map(visible, texts)),
                },
                cells=look.cells_of({index: texts}),
            )


def _values(look: Look) -> Iterator[Remark]:
    """Marks and ranges in the columns of values."""
    found: dict[str, Texts] = defaultdict(lambda: defaultdict(list))
    missing = {**DEFAULT_MISSING, **look.recipe.missing}
    for index in look.values:
        form = _form(look, index)
        rules = CellRules(form=form, missing=missing, below_low=look.recipe.below_low)
        for text in look.seen[index].filled:
            if text.isdecimal() or text.startswith(MACHINE_MARK):
                continue
            for code in _codes(text, rules):
                found[code][index].append(text)
    for code in ("missing_marks", "dash_marks", "confidential", "censored", "footnote_marks"):
        texts = found.get(code)
        if texts:
            data = _words(code, texts, look)
            yield Remark(
                code=code, count=look.count_of(texts), data=data, cells=look.cells_of(texts)
            )


def _form(look: Look, index: int) -> NumberFormat:
    written = look.roles[index][1] or look.recipe.year_format
    return number_format(written) if written else NumberFormat.GROUPED


def _codes(text: str, rules: CellRules) -> list[str]:
    """The kinds of oddity that one text of a value column has."""
    kind = rules.missing.get(text)
    if kind == "confidential":
        return ["confidential"]
    if kind is not None:
        return ["dash_marks" if text in DASHES else "missing_marks"]
    cell = read_cell(text, "", "", rules)
    found = ["censored"] if cell.high is not None else []
    return [*found, "footnote_marks"] if cell.mark else found


def _words(code: str, texts: Texts, look: Look) -> Mapping[str, object]:
    counts: dict[str, int] = defaultdict(int)
    for index, own in texts.items():
        for text in own:
            counts[text] += look.seen[index].texts[text]
    first = visible(next(iter(counts)))
    if code == "missing_marks":
        values = listed(f"{visible(text)} ({count})" for text, count in sorted(counts.items()))
    else:
        values = listed(map(visible, counts))
    return {"values": values, "value": first}


def _formats(look: Look) -> Iterator[Remark]:
    """How grouped or fractional numbers are written, by format."""
    by_form: dict[str, Texts] = defaultdict(dict)
    for index in look.values:
        written = look.roles[index][1]
        if written in ("", NumberFormat.WHOLE.value, NumberFormat.MACHINE.value):
            continue
        form = number_format(written)
        texts = [
            text
            for text in look.seen[index].filled
            if _SEPARATED.search(text) and parse_number(text, form) is not None
        ]
        if texts:
            by_form[written][index] = texts
    for written, found in by_form.items():
        example = next(iter(found.values()))[0]
        yield Remark(
            code="number_format",
            count=look.count_of(found),
            data={
                "column": listed(visible(look.header.names[i]) for i in found),
                "value": visible(example.lstrip(MACHINE_MARK)),
                "first": written,
            },
            cells=look.cells_of(found),
        )


def _letters(look: Look) -> Iterator[Remark]:
    """Texts of any column with hidden or lost letters, formulas or markup."""
    found: dict[str, Texts] = defaultdict(lambda: defaultdict(list))
    for index, facts in enumerate(look.seen):
        for text in facts.texts:
            if text.isalnum() and text.isascii():
                continue
            for code in _text_codes(text):
                found[code][index].append(text)
    for code in ("hidden_characters", "letters_lost", "formula_text", "markup_text"):
        texts = found.get(code)
        if not texts:
            continue
        index, own = next(iter(texts.items()))
        every = [visible(text.lstrip(MACHINE_MARK)) for part in texts.values() for text in part]
        data = {"value": every[0], "values": listed(every), "row": look.seen[index].rows[own[0]]}
        yield Remark(code=code, count=look.count_of(texts), data=data, cells=look.cells_of(texts))
    names = [i for i, name in enumerate(look.header.names) if _text_codes(name)]
    if names:
        values = listed(visible(look.header.names[i]) for i in names)
        code = _text_codes(look.header.names[names[0]])[0]
        data = {"value": values, "values": values, "row": look.header_end}
        cells = capped(map(look.header_cell, names))
        yield Remark(code=code, count=len(names), data=data, cells=cells)


def _text_codes(text: str) -> list[str]:
    if text.startswith(MACHINE_MARK):
        return []
    found = ["hidden_characters"] if has_hidden(text) else []
    if LOST_LETTER in text:
        found.append("letters_lost")
    if _FORMULA.fullmatch(text) and not readings(text):
        found.append("formula_text")
    if _MARKUP.search(text):
        found.append("markup_text")
    return found
