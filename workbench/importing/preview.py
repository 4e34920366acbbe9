"""What a file is before it is imported: format, sheets, columns, oddities, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.i18n import message
from workbench.importing.cells import DEFAULT_MISSING
from workbench.importing.guess import ColumnFacts, Question, column_facts, guess
from workbench.importing.issues import QUESTIONS
from workbench.importing.layout import Header, filled, find_header
from workbench.importing.names import has_hidden, visible
from workbench.importing.personal import Sign, personal_columns
from workbench.importing.plan import choose_table, locate, own_dimension
from workbench.importing.presets import recognise
from workbench.importing.raw_table import MAX_COLUMNS, RawFile, RawTable, ReadOptions, Row
from workbench.importing.readers import open_raw
from workbench.importing.recipe import Recipe, fingerprint
from workbench.importing.report import Remark

FIRST_ROWS = 200
SAMPLES = 5
PERSONAL_ROWS = 2_000
"""Rows in which personal data is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One text of a column and what it is read as."""

    text: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPreview:
    """One column before the import.

    Attributes:
        name: its header.
        role: what it is taken for.
        confidence: 0 to 1.
        number_format: as people see it; empty when it holds no numbers or a person must choose.
        missing_codes: how often each mark of a missing value occurs.
        samples: some of its texts.
    """

    name: str
    role: str
    confidence: float
    number_format: str = ""
    missing_codes: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPreview:
    """One sheet before the import.

    Attributes:
        name: its name; empty for text files.
        header_rows: rows up to and with the header.
        footer_rows: notes below the table.
        layout: ``long``, ``wide`` or empty without a table.
        columns: see the class.
        hidden: True when the spreadsheet hides it.
        first_rows: its first rows as text.
    """

    name: str
    header_rows: int = 0
    footer_rows: int = 0
    layout: str = ""
    columns: tuple[ColumnPreview, ...] = ()
    hidden: bool = False
    first_rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file is and how it would be read.

    Attributes:
        path, format, encoding, delimiter: of the file.
        preset: name of the shipped recipe that knows it, or None.
        sheet: name of the sheet that would be imported.
        sheets: all sheets; only the chosen one has columns.
        recipe: what would be used.
        questions: what a person must decide first.
        oddities: remarks on the file.
    """

    path: Path
    format: str
    encoding: str
    delimiter: str
    preset: str | None
    sheet: str
    sheets: tuple[SheetPreview, ...]
    recipe: Recipe
    questions: tuple[Question, ...]
    oddities: tuple[Remark, ...]

    def as_dict(self) -> dict[str, object]:
        """All keys of the command line's ``inspect``."""
        return {
            "format": self.format,
            "encoding": self.encoding or None,
            "delimiter": self.delimiter or None,
            "preset": self.preset,
            "sheets": [_sheet_dict(sheet) for sheet in self.sheets],
            "oddities": [{**remark.as_dict(), "cells": []} for remark in self.oddities],
            "questions": [question_dict(question) for question in self.questions],
        }


def question_dict(question: Question) -> dict[str, object]:
    """A question with its sentence in the language of the process."""
    kind = QUESTIONS[question.code]
    return {
        "code": question.code,
        "text": message(kind.text, question.data),
        "choices": list(kind.choices),
        "column": question.data.get("column"),
    }


def _sheet_dict(sheet: SheetPreview) -> dict[str, object]:
    return {
        "name": sheet.name,
        "header_rows": sheet.header_rows,
        "footer_rows": sheet.footer_rows,
        "layout": sheet.layout or None,
        "hidden": sheet.hidden,
        "columns": [
            {
                "name": column.name,
                "role": column.role,
                "confidence": column.confidence,
                "number_format": column.number_format or None,
                "missing_codes": dict(column.missing_codes),
                "samples": [{"text": s.text, "read": s.read} for s in column.samples],
            }
            for column in sheet.columns
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file with the sheet, header and recipe it would be read by."""

    file: RawFile
    table: RawTable
    header: Header | None
    rows: tuple[Row, ...]
    recipe: Recipe | None
    is_preset: bool
    personal: Mapping[int, Sign]


def open_for(
    path: Path, recipe: Recipe | None, *, last_year: int, sheet: str = "", search: bool = True
) -> Opened:
    """Open a file and find its table, by a recipe, a preset or by its looks.

    Args:
        path: the file.
        recipe: the recipe to use, or None to look for a preset.
        last_year: latest year that is believed.
        sheet: name of the sheet; empty: that of the recipe, else the first with a table.
        search: False does not look for a preset.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
    """
    reading = recipe.reading if recipe else None
    options = ReadOptions(
        encoding=reading.encoding if reading else "",
        delimiter=reading.delimiter if reading else "",
    )
    file = open_raw(path, options)
    asked = replace(recipe or Recipe())
    if sheet:
        asked = replace(asked, reading=replace(asked.reading, sheet=sheet))
    if recipe is not None:
        table = choose_table(file, asked)
        rows = _first_rows(file, table)
        header: Header | None = locate(file, rows, recipe, last_year)
        is_preset = bool(recipe.match.requires)
        return _opened(file, table, header, rows, recipe, is_preset, PERSONAL_ROWS)
    candidates = [choose_table(file, asked)] if asked.reading.sheet else _candidates(file)
    opened: Opened | None = None
    for table in candidates:
        rows = _first_rows(file, table)
        known = recognise(rows) if search else None
        if known is not None:
            return _opened(file, table, known[1], rows, known[0], True, PERSONAL_ROWS)
        header = find_header(rows, last_year)
        if opened is None or (opened.header is None and header is not None):
            opened = _opened(file, table, header, rows, None, False, PERSONAL_ROWS)
    assert opened is not None  # a file has at least one sheet
    return opened


def _first_rows(file: RawFile, table: RawTable) -> list[Row]:
    """The rows in which a table is looked for.

    Raises:
        UserFileError: a row has more cells than the program takes.
    """
    rows = table.first_rows(FIRST_ROWS)
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        raise UserFileError(
            N_("The table in “{name}” has more than {limit} columns."),
            hint=N_("Save only the columns that are needed."),
            path=file.path,
            limit=MAX_COLUMNS,
        )
    return rows


def _candidates(file: RawFile) -> list[RawTable]:
    return [table for table in file.tables if not table.hidden] or list(file.tables)


def _opened(
    file: RawFile,
    table: RawTable,
    header: Header | None,
    rows: Sequence[Row],
    recipe: Recipe | None,
    is_preset: bool,
    sample: int,
) -> Opened:
    personal: dict[int, Sign] = {}
    if header is not None:
        listed = set()
        if recipe is not None:
            columns = (header.column(column.name) for column in recipe.columns)
            listed = {index for index in columns if index is not None}
        below = table.first_rows(header.row + sample)[header.row :]
        personal = personal_columns(header, below, listed)
    return Opened(
        file=file,
        table=table,
        header=header,
        rows=tuple(rows),
        recipe=recipe,
        is_preset=is_preset,
        personal=personal,
    )


def make_preview(opened: Opened, *, last_year: int, known: Mapping[str, str]) -> Preview:
    """The preview of an opened file.

    Args:
        opened: the file and its table.
        last_year: latest year that is believed.
        known: constants a person gave.
    """
    file, table, header = opened.file, opened.table, opened.header
    facts = column_facts(table, header) if header is not None else []
    questions: tuple[Question, ...] = ()
    confidence: tuple[float, ...] = ()
    if opened.recipe is not None:
        recipe = opened.recipe
        if known:
            recipe = replace(recipe, constants={**recipe.constants, **known})
    elif header is None:
        recipe, questions = Recipe(), (Question(code="no_table"),)
    else:
        found = guess(
            table, header, facts, last_year=last_year, skip=tuple(opened.personal), known=known
        )
        recipe, questions, confidence = found.recipe, found.questions, found.confidence
    if recipe.reading.sheet != table.name and table.name:
        recipe = replace(recipe, reading=replace(recipe.reading, sheet=table.name))
    sheets = tuple(
        _sheet(own, opened, recipe, facts, confidence)
        if own.index == table.index
        else SheetPreview(name=own.name, hidden=own.hidden)
        for own in file.tables
    )
    return Preview(
        path=file.path,
        format=file.format,
        encoding=file.encoding,
        delimiter=file.delimiter,
        preset=recipe.name if opened.is_preset else None,
        sheet=table.name,
        sheets=sheets,
        recipe=recipe,
        questions=questions,
        oddities=(*file_remarks(opened), *_oddities(facts)),
    )


def file_remarks(opened: Opened) -> tuple[Remark, ...]:
    """Remarks that hold for the file whatever its cells say."""
    remarks = []
    if opened.file.encoding_guessed:
        data = {"encoding": opened.file.encoding}
        remarks.append(Remark(code="guessed_encoding", data=data))
    header = opened.header
    for index, sign in opened.personal.items():
        assert header is not None  # personal columns stand under one
        fields = {"column": header.names[index], "what": sign.text}
        remarks.append(Remark(code="personal_column", data=fields))
    return tuple(remarks)


def _oddities(facts: Sequence[ColumnFacts]) -> list[Remark]:
    hidden = [visible(text) for column in facts for text in column.texts if has_hidden(text[1:])]
    if not hidden:
        return []
    data = {"values": ", ".join(hidden[:SAMPLES])}
    return [Remark(code="hidden_characters", count=len(hidden), data=data)]


def _sheet(
    table: RawTable,
    opened: Opened,
    recipe: Recipe,
    facts: Sequence[ColumnFacts],
    confidence: Sequence[float],
) -> SheetPreview:
    header = opened.header
    first = tuple(tuple(row) for row in opened.rows[:50])
    if header is None:
        return SheetPreview(name=table.name, hidden=table.hidden, first_rows=first)
    columns = tuple(
        _column(name, index, opened, recipe, facts[index], confidence)
        for index, name in enumerate(header.names)
    )
    return SheetPreview(
        name=table.name,
        header_rows=header.row + recipe.reading.header_rows - 1,
        footer_rows=_footer(opened),
        layout=recipe.layout,
        columns=columns,
        hidden=table.hidden,
        first_rows=first,
    )


def _footer(opened: Opened) -> int:
    """Notes at the end of a short table; a long one is counted when it is read."""
    count = 0
    if len(opened.rows) < FIRST_ROWS:
        for row in reversed(opened.rows):
            if filled(row) > 1:
                break
            count += filled(row)
    return count


def _column(
    name: str,
    index: int,
    opened: Opened,
    recipe: Recipe,
    facts: ColumnFacts,
    confidence: Sequence[float],
) -> ColumnPreview:
    listed = next((c for c in recipe.columns if opened.header.column(c.name) == index), None)  # type: ignore[union-attr]
    role, form = ("ignore", "")
    if listed is not None:
        role, form = listed.role, listed.number_format
    elif recipe.year_format or recipe.layout == "wide":
        role, form = "value", recipe.year_format
    elif recipe.others != "ignore":
        role = name.upper() if name == name.upper() else own_dimension(name)
    if index in opened.personal:
        role, form = "personal", ""
    marks = {
        text: facts.texts[text]
        for text in facts.texts
        if role == "value" and text in DEFAULT_MISSING
    }
    return ColumnPreview(
        name=visible(name),
        role=role,
        confidence=confidence[index] if confidence else 1.0,
        number_format=form,
        missing_codes=marks,
        samples=() if role == "personal" else _samples(role, form, recipe, facts),
    )


def _samples(role: str, form: str, recipe: Recipe, facts: ColumnFacts) -> tuple[Sample, ...]:
    from workbench.importing.samples import read_as

    return tuple(
        Sample(text=visible(text.lstrip("\x1e")), read=read_as(role, form, recipe, text))
        for text in facts.filled[:SAMPLES]
    )


__all__ = [
    "ColumnPreview",
    "Opened",
    "Preview",
    "Sample",
    "SheetPreview",
    "file_remarks",
    "fingerprint",
    "make_preview",
    "open_for",
    "question_dict",
]
