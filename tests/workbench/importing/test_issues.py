"""Kinds of remarks and questions."""

import re
import string
from pathlib import Path

import pytest

import workbench.importing
from workbench.importing.issue_kind import IssueKind
from workbench.importing.issues import ISSUES
from workbench.importing.question_kinds import QUESTIONS

SOURCES = [
    path.read_text(encoding="utf-8")
    for folder in ("importing", "services")
    for path in (Path(workbench.importing.__file__).parents[1] / folder).rglob("*.py")
    if path.name not in ("issues.py", "oddity_kinds.py", "question_kinds.py")
]


@pytest.mark.parametrize("kind", list(ISSUES), ids=lambda kind: kind.id)
def test_every_kind_is_used_and_its_fields_are_names(kind: IssueKind) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(kind.text) if name is not None]

    assert all(name.isidentifier() for name in fields)
    assert any(f'"{kind.id}"' in source for source in SOURCES)


def test_every_reason_to_leave_a_cell_out_is_registered() -> None:
    codes = {
        code
        for source in SOURCES
        for code in re.findall(r'(?:Fault\(|fault=|_leave_out\(\w+, )"(\w+)"', source)
    }

    assert codes
    assert all(ISSUES[code].left_out for code in codes)


def test_every_question_asked_is_registered() -> None:
    codes = {code for source in SOURCES for code in re.findall(r'Question\(code="(\w+)"', source)}

    assert codes <= set(QUESTIONS.names)
