"""How the numbers of a table nobody described are written; what must be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.importing.column_facts import ColumnFacts
from workbench.importing.guess_roles import Roles
from workbench.importing.layout import Header
from workbench.importing.marks import bare
from workbench.importing.numbers import (
    Decision,
    NumberFormat,
    decide,
    number_format,
    readings,
)
from workbench.importing.question import Question
from workbench.importing.settle import Answers


def formats(facts: Sequence[ColumnFacts], roles: Roles, *, together: bool) -> dict[int, Decision]:
    """The number format of each value column; parts of one table are decided together."""
    values = [i for i, (role, _) in enumerate(roles) if role == "value"]
    if together:
        decision = decide(_number_texts(text for i in values for text in facts[i].filled))
        return dict.fromkeys(values, decision)
    return {i: decide(_number_texts(facts[i].filled)) for i in values}


def _number_texts(texts: object) -> list[str]:
    """The texts, with the limit of ``<1.000`` in place of the whole."""
    assert hasattr(texts, "__iter__")
    return [bare(text.lstrip("<≤= ")) for text in texts]


def number_questions(
    header: Header,
    facts: Sequence[ColumnFacts],
    decisions: Mapping[int, Decision],
    answers: Answers,
) -> tuple[dict[int, Decision], list[Question]]:
    """The formats with those a person chose, and the questions that are left."""
    settled_formats = dict(decisions)
    asked: list[Question] = []
    for index, decision in decisions.items():
        if decision.form is not None:
            continue
        name = header.names[index]
        said = answers.get(f"{decision.question}:{name}") or answers.get(decision.question)
        if said:
            settled_formats[index] = replace(decision, form=number_format(said))
        elif not any(q.code == decision.question for q in asked):
            asked.append(_number_question(header, facts, decisions, index))
    return settled_formats, asked


def _number_question(
    header: Header,
    facts: Sequence[ColumnFacts],
    decisions: Mapping[int, Decision],
    index: int,
) -> Question:
    decision = decisions[index]
    text = decision.examples[0]
    at = next((i for i in decisions if text in facts[i].rows), index)
    data: dict[str, object] = {"column": header.names[at]}
    if decision.question == "mixed_numbers":
        data |= {"first": text, "second": decision.examples[1]}
    else:
        found = readings(text)
        data |= {
            "row": facts[at].rows.get(text, 0),
            "value": text,
            "first": found[NumberFormat.POINT],
            "second": found[NumberFormat.COMMA],
        }
    return Question(code=decision.question, data=data)
