"""A report as data: headings, paragraphs, charts, tables and notes, for every report format."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.presenting.sentences import Words
from workbench.presenting.spec import Chart, Role, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A small label above a heading; with a role it carries the mark of the pillar."""

    text: str
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 2 begins a section, level 3 a part of it."""

    text: str
    level: int = 2
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text.

    Attributes:
        text: whole sentences.
        strong: the part of the text that is printed in bold; may be empty.
        is_lead: larger type.
    """

    text: str
    strong: str = ""
    is_lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A short remark with its heading; neighbouring notes stand side by side."""

    title: str
    text: str


Block = Heading | Paragraph | Chart | Table | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report.

    Attributes:
        title: states the finding where there is one.
        lead: at most five lines below it; may be empty.
        blocks: the contents, in order.
        language: ``en``, ``es``, ``pt`` or ``fr``.
        publisher: left side of the head line.
        edition: what follows it ("Yearbook 2024").
        foot: vintage, project, program version.
        watermark: mark of fictitious or internal data; empty for public reports.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str
    lead: str = ""
    publisher: str = ""
    edition: str = ""
    foot: str = ""
    watermark: str = ""


def words_blocks(words: Words) -> tuple[Block, ...]:
    """A result in plain words as paragraphs and notes."""
    return (
        Paragraph(text=words.lead, strong=words.key),
        *(Paragraph(text=" ".join(words.doubt)) for _ in range(bool(words.doubt))),
        *(Note(title=caution.title, text=caution.text) for caution in words.cautions),
    )
