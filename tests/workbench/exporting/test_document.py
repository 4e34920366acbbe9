"""Results become blocks of a report."""

from __future__ import annotations

from tests.workbench.presenting import charts as c
from workbench.exporting.document import Note, Paragraph, words_blocks
from workbench.presenting.sentences import refusal_words, trend_words


def test_words_become_paragraphs_and_notes() -> None:
    words = trend_words(c.make_trend(), name="Victims", detection=True)

    lead, doubt, note = words_blocks(words)

    assert lead == Paragraph(text=words.lead, strong=words.key)
    assert isinstance(doubt, Paragraph)
    assert doubt.text == " ".join(words.doubt)
    assert isinstance(note, Note)


def test_a_refusal_has_no_empty_paragraph() -> None:
    assert len(words_blocks(refusal_words(c.TOO_FEW))) == 1
