"""A case flow as plain data, as words and as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indicators.errors import Note
from indicators.flow.steps import Step
from indicators.model.results import Interval, Refusal
from workbench import i18n
from workbench.i18n import _
from workbench.presenting import flow as presenting
from workbench.presenting import naming

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.flow.result import FlowAnswer
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace

Fields = dict[str, object]


def words(answer: FlowAnswer, known: Catalogue) -> list[str]:
    """What a flow says, one sentence a line."""
    return list(presenting.sentences(answer, known))


def picture(ws: Workspace, answers: Sequence[FlowAnswer]) -> Chart:
    """The bars of one or more flows."""
    from workbench.services import packs, pictures

    first, known = answers[0], packs.catalogue(ws)
    codes = [code for answer in answers for code in answer.codes]
    used = tuple({number for answer in answers for number in answer.vintages})
    beside = pictures.around(ws, first.area, codes, used)
    return presenting.chart(
        answers,
        known,
        source=beside.source,
        place=beside.place,
        detail=naming.breakdown_text(first.breakdown, known),
    )


def fields(answer: FlowAnswer, known: Catalogue, sentences: Sequence[str]) -> Fields:
    """The keys that ``flow --json`` prints; shares in percent."""
    is_refused = isinstance(answer.final, Refusal)
    return {
        "flow": answer.flow.id,
        "title": _(answer.flow.title),
        "unit": answer.flow.unit,
        "area": answer.area,
        "period": str(answer.period),
        "breakdown": answer.breakdown.as_dict(),
        "counting": answer.counting,
        "steps": [_step(step, answer, known) for step in answer.steps],
        "outcomes": [
            {"code": ending.code, "count": ending.count, "share": _interval(ending.share)}
            for ending in answer.outcomes
        ],
        "curve": [
            {"years": point.years, "count": point.count, "share": _interval(point.share)}
            for point in answer.curve
        ],
        "triangle": [
            {"period": str(row.period), "size": row.size, "counts": list(row.counts)}
            for row in answer.triangle
        ],
        "final": None if is_refused else _interval(answer.final),  # type: ignore[arg-type]
        "is_projected": answer.is_projected,
        "refusal": _refusal(answer.final) if isinstance(answer.final, Refusal) else None,
        "bridges": list(answer.bridges),
        "notes": [_note(note) for note in answer.notes],
        "vintages": list(answer.vintages),
        "sentences": list(sentences),
    }


def _step(step: Step, answer: FlowAnswer, known: Catalogue) -> Fields:
    return {
        "code": step.code,
        "part": answer.flow.part(step.code),
        "name": presenting.name_of(step, answer, known),
        "count": step.count,
        "low": step.low,
        "high": step.high,
        "of_previous": _interval(step.of_previous),
        "of_first": _interval(step.of_first),
        "worst": step.worst,
        "best": step.best,
        "notes": [_note(note) for note in step.notes],
    }


def _interval(share: Interval | None) -> Fields | None:
    if share is None:
        return None
    has_range = not math.isnan(share.low)
    return {
        "estimate": share.estimate,
        "low": share.low if has_range else None,
        "high": share.high if has_range else None,
        "level": share.level if has_range else None,
    }


def _refusal(refusal: Refusal) -> Fields:
    return {
        "code": refusal.code,
        "text": i18n.refusal_text(refusal),
        "found": refusal.found,
        "needed": refusal.needed,
    }


def _note(note: Note) -> Fields:
    return {"code": note.code, "text": i18n.note_text(note)}
