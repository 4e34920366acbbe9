"""Case flow as a chart, a table and plain sentences: three flows side by side, never divided."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.flow.outcomes import Reached
from indicators.flow.steps import Step
from indicators.model.codes import Pillar
from indicators.model.results import Interval, Refusal
from workbench import i18n
from workbench.i18n import _, counted
from workbench.presenting import axes, frame, naming
from workbench.presenting.describe import description
from workbench.presenting.spec import (
    Alignment,
    Axis,
    Bar,
    Chart,
    Column,
    KeyItem,
    Role,
    Sign,
    Strip,
    Table,
)

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.flow.result import FlowAnswer

PILLARS = {
    "victims": Pillar.PROTECTION,
    "accused": Pillar.PROSECUTION,
    "files": Pillar.CROSS_CUTTING,
}
NOTHING = "–"
_LARGER = N_("more than the step before")
_SAME_YEAR = N_("Same-year counts, not the same persons in every step")
_FOLLOWED = N_("The same persons or files, followed since {period}")
_STEP = N_("{name}: {count}, which is {share} of the step before.")
_STEP_RANGE = N_("{name}: {count}, which is {share} of the step before (range {range}).")
_FIRST = N_("{name}: {count} in {period}.")
_UNKNOWN = N_("{name}: not known.")
_BOUNDS = N_("{name}: between {low} and {high}.")
_OPEN = N_("Counting the open ones, the share lies between {worst} and {best}.")
_DROP = N_("The largest drop is before “{name}”: {count} of {before}.")
_ENDED = N_("Of those judged: {outcomes}.")
_FINAL = N_(
    "In the end {share} will have this outcome (range {range}), at the pace of earlier groups."
)
_COMPLETE = N_("This group was followed to the end: {share} (range {range}).")
_APART = N_(
    "Victims, accused persons and files are not the same people: only {bridges} compare them."
)


def name_of(step: Step, answer: FlowAnswer, known: Catalogue) -> str:
    """A step in words; a part of an input has the name of the part, a group its years."""
    name = naming.variable_name(step.code, known)
    for dim, value in answer.flow.part(step.code).items():
        label = known.label(dim, value)
        if label is not None:
            return i18n.message(N_("{name}: {part}"), {"name": name, "part": i18n.local(label)})
    if answer.curve and step is answer.steps[-1]:
        years = answer.curve[-1].years
        return f"{name}, {_years_text(years)}"
    return name


def sentences(answer: FlowAnswer, known: Catalogue) -> tuple[str, ...]:
    """What a flow says, one sentence a step, then what must be known of it."""
    lines = [_step_line(step, answer, known) for step in answer.steps]
    lines += _open_lines(answer)
    lines += _drop(answer, known)
    if answer.outcomes:
        words = [
            _ending(ending.code, ending.count, ending.share, known) for ending in answer.outcomes
        ]
        lines.append(i18n.message(_ENDED, {"outcomes": "; ".join(words)}))
    lines += _final(answer)
    lines += [i18n.note_text(note) for step in answer.steps for note in step.notes]
    lines += [i18n.note_text(note) for note in answer.notes]
    lines.append(i18n.message(_APART, {"bridges": ", ".join(answer.bridges)}))
    return tuple(dict.fromkeys(lines))


def _step_line(step: Step, answer: FlowAnswer, known: Catalogue) -> str:
    name = name_of(step, answer, known)
    if step.count is None and step.low is not None:
        return i18n.message(_BOUNDS, {"name": name, "low": step.low, "high": step.high})
    if step.count is None:
        return i18n.message(_UNKNOWN, {"name": name})
    data: dict[str, object] = {"name": name, "count": i18n.number(step.count, 0)}
    if step.of_previous is None:
        return i18n.message(_FIRST, data | {"period": i18n.period_text(answer.period)})
    data["share"] = percent(step.of_previous)
    if math.isnan(step.of_previous.low):
        return i18n.message(_STEP, data)
    return i18n.message(_STEP_RANGE, data | {"range": between(step.of_previous)})


def percent(share: Interval) -> str:
    """A share as text; whole below 10 and above, one decimal where it matters."""
    return i18n.percent(share.estimate, 0 if share.estimate >= 10 else 1)


def between(share: Interval) -> str:
    """The range of a share as text."""
    return frame.range_text(share.low, share.high, "%", few=share.high >= 10)


def _open_lines(answer: FlowAnswer) -> list[str]:
    return [
        i18n.message(
            _OPEN, {"worst": i18n.percent(step.worst, 0), "best": i18n.percent(step.best, 0)}
        )
        for step in answer.steps
        if step.worst is not None and step.best is not None and step.count is not None
    ]


def _drop(answer: FlowAnswer, known: Catalogue) -> list[str]:
    counted = [step for step in answer.steps if step.count is not None]
    pairs = [
        (before.count - after.count, before, after)
        for before, after in pairwise(counted)
        if before.count is not None and after.count is not None and after.count < before.count
    ]
    if len(pairs) < 2:
        return []
    _size, before, after = max(pairs, key=lambda pair: pair[0])
    data = {
        "name": name_of(after, answer, known),
        "count": i18n.number(after.count or 0.0, 0),
        "before": i18n.number(before.count or 0.0, 0),
    }
    return [i18n.message(_DROP, data)]


def _ending(code: str, count: float, share: Interval | None, known: Catalogue) -> str:
    label = known.label("OUT", code)
    words = i18n.local(label) if label is not None else code
    data: dict[str, object] = {"name": words, "count": i18n.number(count, 0)}
    if share is None:
        return i18n.message(N_("{name} {count}"), data)
    data |= {"share": percent(share), "range": between(share)}
    return i18n.message(N_("{name} {count} ({share}, range {range})"), data)


def _final(answer: FlowAnswer) -> list[str]:
    if isinstance(answer.final, Refusal):
        return [i18n.refusal_text(answer.final)]
    if answer.final is None:
        return []
    data = {"share": percent(answer.final), "range": between(answer.final)}
    return [i18n.message(_FINAL if answer.is_projected else _COMPLETE, data)]


# the picture


def chart(
    answers: Sequence[FlowAnswer],
    known: Catalogue,
    *,
    source: str = "",
    place: str = "",
    detail: str = "",
) -> Chart:
    """Bars of one or more flows on one scale from zero; flows stand apart under their own heading.

    Args:
        answers: one or more flows, in the order they are drawn.
        known: names of inputs and codes.
        source: publisher, file and version, without the word "Source".
        place: name of the area.
        detail: the cut in words; may be empty.
    """
    first = answers[0]
    counts = [step.count for answer in answers for step in answer.steps if step.count is not None]
    x = axes.value_axis(0.0, max(counts, default=1.0), whole=True)
    followed = len(answers) == 1 and bool(first.curve)
    bars = tuple(bar for answer in answers for bar in _bars(answer, known, by_year=followed))
    has_range = any(bar.strip is not None and bar.strip.low is not None for bar in bars)
    made = Chart(
        title=_title(first, known),
        subtitle=frame.subtitle(_subtitle(answers), place, detail),
        x=x,
        y=Axis(low=0.0, high=float(len(bars)), ticks=()),
        bars=bars,
        bar_heads=(_("of the group"), "")
        if followed
        else (_("of the step before"), _("of the first")),
        key=_key(has_range, first),
        source=frame.source_line(source, x, fictitious=first.fictitious),
        table=_table(answers, known),
        fictitious=first.fictitious,
        watermark=_(frame.FICTITIOUS) if first.fictitious else "",
    )
    return replace(made, description=description(made))


def _key(has_range: bool, first: FlowAnswer) -> tuple[KeyItem, ...]:
    if not has_range:
        return ()
    level = next((step.of_first.level for step in first.steps if step.of_first is not None), 0.95)
    text = i18n.message(N_("{level} range"), {"level": i18n.percent(100 * level, 0)})
    return (KeyItem(sign=Sign.WHISKER, text=text, role=Role.CONTEXT),)


def _subtitle(answers: Sequence[FlowAnswer]) -> str:
    first = answers[0]
    when = i18n.period_text(first.period)
    if first.counting == "cohort":
        return i18n.message(_FOLLOWED, {"period": when})
    return f"{when}, {_(_SAME_YEAR)[:1].lower()}{_(_SAME_YEAR)[1:]}"


def _title(answer: FlowAnswer, known: Catalogue) -> str:
    counted = [step for step in answer.steps if step.count is not None]
    if len(counted) < 2:
        return _(answer.flow.title)
    ends = [
        {"name": name_of(step, answer, known), "count": i18n.number(step.count or 0.0, 0)}
        for step in (counted[0], counted[-1])
    ]
    parts = [i18n.message(N_("{name}: {count}"), end) for end in ends]
    return "; ".join(parts)


def _bars(answer: FlowAnswer, known: Catalogue, *, by_year: bool) -> list[Bar]:
    """Bars of one flow; a group by itself has one for every year since it began, and its end."""
    bars = [_bar(step, answer, known) for step in answer.steps]
    if not by_year:
        return bars
    last = bars[-1]
    years = [_year_bar(point, last) for point in answer.curve]
    years[-1] = replace(years[-1], remark=last.remark, hatched=last.hatched)
    return [bars[0], *years, *_final_bar(answer, last)]


def _year_bar(point: Reached, like: Bar) -> Bar:
    share = point.share
    return replace(
        like,
        label=_years_text(point.years),
        value=point.count,
        text=i18n.number(point.count, 0),
        strip=None
        if share is None
        else Strip(text=percent(share), low=share.low / 100, high=share.high / 100),
        last="",
        remark="",
        hatched=False,
    )


def _years_text(years: int) -> str:
    if years == 0:
        return _("in the same year")
    return counted("after {n} year", "after {n} years", years)


def _final_bar(answer: FlowAnswer, like: Bar) -> list[Bar]:
    """The span in which the number in the end will lie, drawn apart from what was counted."""
    final, size = answer.final, answer.steps[0].count
    if not answer.is_projected or not isinstance(final, Interval) or size is None:
        return []
    low, high = (size * end / 100 for end in (final.low, final.high))
    return [
        replace(
            like,
            label=_("in the end, projected"),
            value=None,
            low=low,
            high=high,
            hatched=True,
            text=frame.range_text(round(low), round(high), ""),
            strip=Strip(text=percent(final), low=final.low / 100, high=final.high / 100),
            last="",
            remark="",
        )
    ]


def _bar(step: Step, answer: FlowAnswer, known: Catalogue) -> Bar:
    role = frame.ROLES[PILLARS[answer.flow.id]]
    is_larger = any(note.code == "later_stage_larger" for note in step.notes)
    is_open = step.worst is not None and step.count is not None
    return Bar(
        label=name_of(step, answer, known),
        value=step.count,
        role=role,
        text=_count_text(step),
        low=step.low,
        high=step.high,
        hatched=is_larger or step.low is not None,
        group=_(answer.flow.title),
        group_note=_note(answer, known),
        strip=None if is_larger else _strip(step),
        last="" if is_larger or step.of_first is None else percent(step.of_first),
        remark=_(_LARGER) if is_larger else _open_text(step) if is_open else "",
    )


def _note(answer: FlowAnswer, known: Catalogue) -> str:
    """What is counted; of a group also which outcome."""
    unit = _(answer.flow.unit)
    if not answer.curve:
        return unit
    return f"{unit}, {naming.variable_name(answer.steps[-1].code, known)}"


def _count_text(step: Step) -> str:
    if step.count is not None:
        return i18n.number(step.count, 0)
    if step.low is not None and step.high is not None:
        return frame.range_text(step.low, step.high, "")
    return _("no data")


def _open_text(step: Step) -> str:
    assert step.best is not None  # told by the caller
    return i18n.message(N_("up to {high} with open ones"), {"high": i18n.percent(step.best, 0)})


def _strip(step: Step) -> Strip | None:
    share = step.of_previous
    if share is None:
        return None
    if math.isnan(share.low):
        return Strip(text=percent(share))
    return Strip(text=percent(share), low=share.low / 100, high=share.high / 100)


def _table(answers: Sequence[FlowAnswer], known: Catalogue) -> Table:
    columns = (
        Column(id="flow", title=_("Flow")),
        Column(id="step", title=_("Step")),
        Column(id="count", title=_("Number"), align=Alignment.RIGHT),
        Column(id="previous", title=_("of the step before"), align=Alignment.RIGHT),
        Column(id="range", title=_("Range"), align=Alignment.RIGHT),
        Column(id="first", title=_("of the first"), align=Alignment.RIGHT),
        Column(id="remark", title=_("Remark")),
    )
    rows = tuple(_row(step, answer, known) for answer in answers for step in answer.steps)
    notes = dict.fromkeys(i18n.note_text(note) for answer in answers for note in answer.notes)
    return Table(title=_title(answers[0], known), columns=columns, rows=rows, notes=tuple(notes))


def _row(step: Step, answer: FlowAnswer, known: Catalogue) -> tuple[str, ...]:
    share, whole = step.of_previous, step.of_first
    has_range = share is not None and not math.isnan(share.low)
    return (
        _(answer.flow.title),
        name_of(step, answer, known),
        _count_text(step),
        NOTHING if share is None else percent(share),
        between(share) if share is not None and has_range else NOTHING,
        NOTHING if whole is None else percent(whole),
        "; ".join(i18n.note_text(note) for note in step.notes),
    )
