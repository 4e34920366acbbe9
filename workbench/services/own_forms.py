"""The form of an own indicator: what it asks, as a definition, and a definition as the form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, replace

from indicators.errors import FormulaError
from indicators.model.codes import (
    LANGUAGES,
    Direction,
    IndicatorSet,
    IndicatorType,
    IntervalRule,
    Kind,
    Pillar,
)
from indicators.model.definition import Example, Indicator, LocalText, Side
from workbench.i18n import language, local

KINDS = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.COHORT, Kind.RELATIVE, Kind.CHANGE)
"""What a form can define; the other kinds name a calculator and need a pack file."""
SIDED = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.COHORT)
"""Kinds with something above and something below the line; the others have one formula."""
LONGEST_CODE = 18
_RANGE = {
    Kind.SHARE: IntervalRule.WILSON,
    Kind.RATE: IntervalRule.POISSON,
    Kind.COHORT: IntervalRule.WILSON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnIndicator:
    """What the form asks; texts are in the language of the person.

    Attributes:
        name: what it is called.
        kind: one of ``KINDS``.
        numerator, denominator: formulas, for the kinds in ``SIDED``.
        formula: the whole formula, for the others.
        code: ``N-...``; empty: made from the name.
        unit: what stands after the value; empty: ``%`` for shares, else ``ratio``.
        per: factor of the unit; None: 100 for ``%``, else 1.
        definition: one sentence or two; empty: the name.
        reason: why it is asked; empty: the definition.
        cautions: what can mislead.
        numerator_text, denominator_text: what is counted; empty: the formula in words.
        pillar, type, set, direction: as in the catalogue.
        interval: how the range is made; None: that of the kind.
        breakdowns: dimensions it can be cut by.
        minimum_denominator: cases below which nothing is ranked or judged.
        time: rule of time.
        recommendations, challenges: numbers 1-10 and 1-5.
    """

    name: str
    kind: Kind = Kind.SHARE
    numerator: str = ""
    denominator: str = ""
    formula: str = ""
    code: str = ""
    unit: str = ""
    per: float | None = None
    definition: str = ""
    reason: str = ""
    cautions: str = ""
    numerator_text: str = ""
    denominator_text: str = ""
    pillar: Pillar = Pillar.CROSS_CUTTING
    type: IndicatorType = IndicatorType.PROCESS
    set: IndicatorSet = IndicatorSet.EXTENDED
    direction: Direction = Direction.CTX
    interval: IntervalRule | None = None
    breakdowns: tuple[str, ...] = ()
    minimum_denominator: int = 20
    time: str = "same year"
    recommendations: tuple[int, ...] = ()
    challenges: tuple[int, ...] = ()


def code_of(form: OwnIndicator, taken: Container[str], former: str = "") -> str:
    """The code of a form: as typed, as it was, or a free one made from the name."""
    if form.code or former:
        return form.code.strip() or former
    plain = unicodedata.normalize("NFKD", form.name).encode("ascii", "ignore").decode().upper()
    stem = re.sub(r"[^A-Z0-9]+", "-", plain)[:LONGEST_CODE].strip("-") or "OWN"
    code, number = f"N-{stem}", 1
    while code in taken:
        number += 1
        code = f"N-{stem[: LONGEST_CODE - 2]}-{number}"
    return code


def definition_of(form: OwnIndicator, code: str, before: Indicator | None) -> Indicator:
    """The definition of a form, with a worked example in round figures.

    Args:
        form: what the person filled in.
        code: code of the indicator.
        before: the definition that it replaces, whose translations stay.
    """
    unit = form.unit or ("%" if form.kind in (Kind.SHARE, Kind.COHORT) else "ratio")
    is_sided = form.kind in SIDED
    top, bottom = (before.numerator, before.denominator) if before else (None, None)
    definition = form.definition or form.name
    made = Indicator(
        code=code,
        name=words(form.name, before.name if before else None),
        definition=words(definition, before.definition if before else None),
        reason=words(form.reason or definition, before.reason if before else None),
        cautions=words(form.cautions, before.cautions if before else None),
        pillar=form.pillar,
        type=form.type,
        kind=form.kind,
        unit=unit,
        set=form.set,
        direction=form.direction,
        interval=form.interval or _RANGE.get(form.kind, IntervalRule.NONE),
        time=form.time or "same year",
        example=Example(inputs={}, value=0.0),
        numerator=_side(form.numerator, form.numerator_text, top) if is_sided else None,
        denominator=_side(form.denominator, form.denominator_text, bottom) if is_sided else None,
        formula=None if is_sided else form.formula.strip(),
        per=form.per or (100.0 if unit == "%" else 1.0),
        breakdowns=form.breakdowns,
        minimum_denominator=form.minimum_denominator,
        recommendations=form.recommendations,
        challenges=form.challenges,
    )
    return replace(made, example=_example(made))


def _side(formula: str, text: str, before: Side | None) -> Side:
    return Side(
        formula=formula.strip(), text=words(text or formula, before.text if before else None)
    )


def words(typed: str, before: LocalText | None) -> LocalText:
    """A text in all languages: what was typed, beside translations that are there already.

    A text that stands in one language alone is shown in it to every reader.
    """
    typed, own = typed.strip(), language()
    spoken = own if own in LANGUAGES else "en"
    if before is None or len({getattr(before, each) for each in LANGUAGES}) == 1:
        return LocalText(**dict.fromkeys(LANGUAGES, typed))
    return replace(before, **{spoken: typed})


def _example(made: Indicator) -> Example:
    """Numbers in round figures with what they give; empty where the formula cannot be read."""
    from indicators.compute.examples import example_value
    from indicators.compute.own_example import example_inputs

    try:
        inputs, parameters = example_inputs(made)
        example = Example(inputs=inputs, value=0.0, parameters=parameters)
        found = example_value(replace(made, example=example)).value
    except FormulaError:
        return made.example  # the loader names the fault of the formula with its place
    return replace(example, value=0.0 if found is None else found)


def form_of(each: Indicator) -> OwnIndicator:
    """An own indicator as the form shows it, in the language in force."""
    top, bottom = each.numerator, each.denominator
    return OwnIndicator(
        code=each.code,
        name=local(each.name),
        definition=local(each.definition),
        reason=local(each.reason),
        cautions=local(each.cautions),
        kind=each.kind,
        numerator=top.formula if top else "",
        denominator=bottom.formula if bottom else "",
        formula=each.formula or "",
        numerator_text=local(top.text) if top else "",
        denominator_text=local(bottom.text) if bottom else "",
        unit=each.unit,
        per=each.per,
        pillar=each.pillar,
        type=each.type,
        set=each.set,
        direction=each.direction,
        interval=each.interval,
        breakdowns=each.breakdowns,
        minimum_denominator=each.minimum_denominator,
        time=each.time,
        recommendations=each.recommendations,
        challenges=each.challenges,
    )
