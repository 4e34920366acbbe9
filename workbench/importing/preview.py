"""What a file is before it is imported: format, sheets, columns, oddities, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.i18n import message
from workbench.importing.cells import DEFAULT_MISSING
from workbench.importing.column_facts import ColumnFacts, column_facts
from workbench.importing.guess import guess
from workbench.importing.names import Names, visible
from workbench.importing.oddities import Look, oddities_of
from workbench.importing.oddities.file import file_oddities
from workbench.importing.opening import Opened
from workbench.importing.question import Question
from workbench.importing.question_kinds import QUESTIONS
from workbench.importing.raw_table import RawTable
from workbench.importing.recipe import MOJIBAKE, Recipe
from workbench.importing.report import Remark

SAMPLES = 5


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
class Known:
    """An earlier import of a table with the same header.

    Attributes:
        dataset, vintage, imported_at: what it made and when.
        recipe: how it was read.
        differences: names of columns that would be read otherwise now.
    """

    dataset: str
    vintage: int
    imported_at: str
    recipe: Recipe
    differences: tuple[str, ...] = ()


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
        known: the earlier import of a table with the same header, or None.
        remarks: what differs from the earlier table whose recipe is used.
        answers, given, ws: what the preview was made with.
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
    known: Known | None = None
    remarks: tuple[Remark, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    ws: object = None

    def as_dict(self) -> dict[str, object]:
        """All keys of the command line's ``inspect``."""
        return {
            "format": self.format,
            "encoding": self.encoding or None,
            "delimiter": self.delimiter or None,
            "preset": self.preset,
            "sheets": [_sheet_dict(sheet) for sheet in self.sheets],
            "oddities": [
                {**remark.as_dict(), "cells": list(remark.cells)} for remark in self.oddities
            ],
            "questions": [question_dict(question) for question in self.questions],
            "recipe": self.recipe.dump(),
            "known": None
            if self.known is None
            else {
                "dataset": self.known.dataset,
                "vintage": self.known.vintage,
                "imported_at": self.known.imported_at,
                "differences": list(self.known.differences),
            },
        }


def _choices(question: Question) -> tuple[str, ...]:
    """Answers that depend on the file."""
    said = question.data.get("choices", ())
    assert isinstance(said, tuple)
    return said


def question_dict(question: Question) -> dict[str, object]:
    """A question with its sentence in the language of the process."""
    kind = QUESTIONS[question.code]
    return {
        "code": question.code,
        "text": message(kind.text, question.data),
        "choices": list(_choices(question) or kind.choices),
        "previews": question.data.get("previews", {}),
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


def make_preview(
    opened: Opened,
    *,
    last_year: int,
    known: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    names: Names | None = None,
    oddities: bool = True,
) -> Preview:
    """The preview of an opened file.

    Args:
        opened: the file and its table.
        last_year: latest year that is believed.
        known: constants a person gave.
        answers: what a person answered, by code of the question or ``code:column``.
        names: what the project and the catalogue know, or None.
        oddities: False does not look for them, which saves time before an import.
    """
    answers = answers or {}
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
            table,
            header,
            facts,
            last_year=last_year,
            skip=tuple(opened.personal),
            known=known,
            answers=answers,
            names=names,
        )
        recipe, questions, confidence = found.recipe, found.questions, found.confidence
    if opened.recipe is None:
        recipe, more = _about_file(opened, recipe, answers)
        questions = (*more, *questions)
    if not recipe.reading.sheet and table.name:
        recipe = replace(recipe, reading=replace(recipe.reading, sheet=table.name))
    look = None
    if header is not None:
        look = Look(opened=opened, header=header, facts=facts, recipe=recipe)
    sheets = tuple(
        _sheet(own, opened, look, confidence)
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
        oddities=_oddities(opened, look) if oddities else (),
    )


def _about_file(
    opened: Opened, recipe: Recipe, answers: Mapping[str, str]
) -> tuple[Recipe, list[Question]]:
    """What was decided on letters, encoding and sheets, and what is still open."""
    questions = []
    reading = recipe.reading
    if opened.misread[0]:
        first, second = opened.misread
        reading = replace(reading, repair=MOJIBAKE)
        if not answers.get("repair_letters"):
            data = {"first": first, "second": second}
            questions.append(Question(code="repair_letters", data=data))
    if opened.file.encodings and not answers.get("which_encoding"):
        values = "; ".join(f"{name}: {text}" for name, text in opened.file.encodings)
        pages = tuple(name for name, _ in opened.file.encodings)
        previews = dict(opened.file.encodings)
        asked = Question(
            code="which_encoding", data={"values": values, "choices": pages, "previews": previews}
        )
        questions.append(asked)
    reading = replace(reading, encoding=answers.get("which_encoding", reading.encoding))
    if len(opened.tables) > 1:
        names = [table.name for table in opened.tables]
        said = answers.get("which_sheets", "")
        if not said:
            questions.append(Question(code="which_sheets", data={"values": ", ".join(names)}))
        visible = [table.name for table in opened.tables if not table.hidden]
        chosen = {"all": names, "visible": visible}.get(said, said.split("|") if said else names)
        reading = replace(reading, sheet="|".join(chosen))
    if opened.file.format == "px":
        recipe = replace(recipe, missing={**_PX_MARKS, **recipe.missing})
    return replace(recipe, reading=reading), questions


_PX_MARKS = {".": "not_applicable", "..": "not_available", "...": "confidential"}
"""What the dots of PC-Axis files mean in the countries that use them."""


def _oddities(opened: Opened, look: Look | None) -> tuple[Remark, ...]:
    return tuple(file_oddities(opened)) if look is None else oddities_of(look)


def _sheet(
    table: RawTable, opened: Opened, look: Look | None, confidence: Sequence[float]
) -> SheetPreview:
    first = tuple(tuple(row) for row in opened.rows[:50])
    if look is None:
        return SheetPreview(name=table.name, hidden=table.hidden, first_rows=first)
    return SheetPreview(
        name=table.name,
        header_rows=look.header_end,
        footer_rows=len(look.footer),
        layout=look.recipe.layout,
        columns=tuple(
            _column(name, index, look, confidence) for index, name in enumerate(look.header.names)
        ),
        hidden=table.hidden,
        first_rows=first,
    )


def _column(name: str, index: int, look: Look, confidence: Sequence[float]) -> ColumnPreview:
    role, form = look.roles[index]
    facts = look.facts[index]
    missing = {**DEFAULT_MISSING, **look.recipe.missing}
    marks = {
        text: facts.texts[text] for text in facts.texts if role == "value" and text in missing
    }
    return ColumnPreview(
        name=visible(name),
        role=role,
        confidence=confidence[index] if confidence else 1.0,
        number_format=form,
        missing_codes=marks,
        samples=() if role == "personal" else _samples(role, form, look.recipe, facts),
    )


def _samples(role: str, form: str, recipe: Recipe, facts: ColumnFacts) -> tuple[Sample, ...]:
    from workbench.importing.samples import read_as

    return tuple(
        Sample(text=visible(text.lstrip("\x1e")), read=read_as(role, form, recipe, text))
        for text in facts.filled[:SAMPLES]
    )
