"""Definition blocks -> variables, units and indicators."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from typing import Any

from indicators import codelists
from indicators.catalog.fields import Fields
from indicators.compute.calculators import CALCULATORS
from indicators.compute.kinds import KindRule, kind_rule
from indicators.errors import C_, N_, DefinitionError, FormulaError
from indicators.formula.check import check, check_subset
from indicators.formula.parse import parse
from indicators.formula.tree import CHOSEN_SERIES, PILLARS, Node
from indicators.model.codes import (
    LANGUAGES,
    Direction,
    IndicatorSet,
    IndicatorType,
    IntervalRule,
    Kind,
    Pillar,
)
from indicators.model.definition import Example, Indicator, LocalText, Side, Variable

_NO_TEXT = LocalText(en="", es="", pt="", fr="")
_VARIABLE_FIELDS = (
    "code",
    "name",
    "definition",
    "unit",
    "subset_of",
    "sources",
    "usual_source",
    "dimensions",
    "detection",
)
_UNIT_FIELDS = ("key", "text")
_INDICATOR_FIELDS = (
    "code",
    "name",
    "definition",
    "pillar",
    "type",
    "kind",
    "unit",
    "set",
    "direction",
    "reason",
    "cautions",
    "numerator",
    "denominator",
    "formula",
    "calculator",
    "inputs",
    "per",
    "interval",
    "time",
    "breakdowns",
    "minimum_denominator",
    "n_effective",
    "recommendations",
    "challenges",
    "frameworks",
    "example",
)
_EXAMPLE_FIELDS = ("inputs", "value", "parameters")
_WHOLES = frozenset({Kind.SHARE, Kind.COHORT, Kind.WSHARE, Kind.CHECK})


def variable(fields: Fields, files: Mapping[str, LocalText]) -> Variable:
    """The variable of a ``[[variable]]`` block.

    Args:
        fields: the block.
        files: the kinds of files that exist, by key.
    """
    fields.only(_VARIABLE_FIELDS)
    sources = fields.strings("sources")
    for code in sources:
        if not codelists.has_code("SRC", code):
            raise fields.error(
                N_("{subject}: “{code}” is no code of the list {list}."),
                "sources",
                code=code,
                list="SRC",
            )
    return Variable(
        code=fields.string("code"),
        name=fields.local("name"),
        definition=fields.local("definition"),
        unit=fields.string("unit"),
        subset_of=fields.string("subset_of") if "subset_of" in fields.table else None,
        sources=sources,
        dimensions=fields.dimensions("dimensions"),
        detection=fields.boolean("detection"),
        usual_source=_usual_source(fields, files),
    )


def _usual_source(fields: Fields, files: Mapping[str, LocalText]) -> LocalText | None:
    """A kind of file by its key, or told in four languages."""
    stated = fields.table.get("usual_source")
    if stated is None or not isinstance(stated, str):
        return fields.local("usual_source") if stated is not None else None
    if stated not in files:
        raise fields.error(
            N_("{subject}: there is no kind of file “{key}”."),
            "usual_source",
            hint=N_("Tell it in four languages: {example}."),
            key=stated,
            example='{ en = "...", es = "...", pt = "...", fr = "..." }',
        )
    return files[stated]


def source_file(fields: Fields) -> tuple[str, LocalText]:
    """Key and text of a ``[[source_file]]`` block."""
    fields.only(_UNIT_FIELDS)
    return fields.string("key"), fields.local("text")


def unit(fields: Fields) -> tuple[str, LocalText]:
    """Key and text of a ``[[unit]]`` block."""
    fields.only(_UNIT_FIELDS)
    return fields.string("key"), fields.local("text")


def indicator(
    fields: Fields, variables: Mapping[str, Variable], units: Mapping[str, LocalText] | None
) -> Indicator:
    """The indicator of an ``[[indicator]]`` block, with its formulas checked.

    Args:
        fields: the block.
        variables: the variables that formulas may name.
        units: the units that exist; None where any text may be a unit.
    """
    fields.only(_INDICATOR_FIELDS)
    kind = fields.choice("kind", Kind)
    unit_key = fields.string("unit")
    if units is not None and unit_key not in units:
        raise fields.error(
            N_("{subject}: the unit “{unit}” is not in units.toml."), "unit", unit=unit_key
        )
    result = Indicator(
        code=fields.string("code"),
        name=fields.local("name"),
        definition=fields.local("definition"),
        pillar=fields.choice("pillar", Pillar),
        type=fields.choice("type", IndicatorType),
        kind=kind,
        unit=unit_key,
        set=fields.choice("set", IndicatorSet),
        direction=fields.choice("direction", Direction),
        reason=fields.local("reason"),
        cautions=fields.local("cautions") if "cautions" in fields.table else _NO_TEXT,
        interval=fields.choice("interval", IntervalRule),
        time=fields.string("time"),
        example=_example(fields),
        numerator=_side(fields, "numerator"),
        denominator=_side(fields, "denominator"),
        formula=fields.string("formula") if "formula" in fields.table else None,
        calculator=fields.string("calculator") if "calculator" in fields.table else None,
        inputs=fields.strings("inputs"),
        per=fields.number("per", 100.0 if unit_key == "%" and kind in _WHOLES else 1.0),
        breakdowns=fields.dimensions("breakdowns"),
        minimum_denominator=fields.count("minimum_denominator", 20),
        n_effective=fields.string("n_effective") if "n_effective" in fields.table else None,
        recommendations=fields.numbers("recommendations", 10),
        challenges=fields.numbers("challenges", 5),
        frameworks=fields.strings("frameworks"),
        digest=hashlib.sha256(fields.block.text.strip().encode()).hexdigest(),
    )
    _check_form(fields, result)
    _check_formulas(fields, result, variables)
    return result


def _side(fields: Fields, field: str) -> Side | None:
    if field not in fields.table:
        return None
    table = fields.table[field]
    if not isinstance(table, Mapping) or not isinstance(table.get("of"), str):
        raise fields.error(
            N_("{subject}: “{field}” needs a formula “of” and its texts."),
            field,
            hint=N_("Write {example}."),
            example='{ of = "vic_detected", en = "...", es = "...", pt = "...", fr = "..." }',
        )
    fields.only(("of", *LANGUAGES), field, table)
    texts = {key: value for key, value in table.items() if key != "of"}
    return Side(formula=table["of"], text=fields.local(field, texts))


def _example(fields: Fields) -> Example:
    table = fields.required("example")
    if not isinstance(table, Mapping) or not isinstance(table.get("inputs"), Mapping):
        raise fields.error(
            N_("{subject}: the example needs “inputs” and “value”."),
            "example",
            hint=N_("Write {example}."),
            example="{ inputs = { vic_assisted = 60, vic_detected = 80 }, value = 75.0 }",
        )
    fields.only(_EXAMPLE_FIELDS, "example", table)
    inputs = {name: _plain(fields, value) for name, value in table["inputs"].items()}
    parameters = table.get("parameters", {})
    if not isinstance(parameters, Mapping):
        raise fields.error(N_("{subject}: the example's parameters must be named."), "example")
    return Example(
        inputs=inputs,
        value=_plain(fields, table.get("value")),
        parameters={str(name): str(value) for name, value in parameters.items()},
    )


def _plain(fields: Fields, value: Any) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not math.isfinite(value):
        raise fields.error(N_("{subject}: the example must hold numbers."), "example")
    return float(value)


# whether the parts fit -------------------------------------------------------------------------


def _check_form(fields: Fields, made: Indicator) -> None:
    """A kind is defined by two sides, by a formula or by a calculator, and by nothing else."""
    rule = kind_rule(made.kind)
    wanted = _wanted_fields(rule)
    for field in ("numerator", "denominator", "formula", "calculator", "inputs"):
        if field in wanted and field not in fields.table:
            fields.required(field)
        if field not in wanted and field in fields.table:
            raise fields.error(
                N_("{subject}: the kind {kind} has no “{field}”."),
                field,
                hint=N_("It is defined by {wanted}."),
                kind=made.kind.value,
                wanted=", ".join(wanted),
            )
    if made.interval not in rule.intervals:
        raise fields.error(
            N_("{subject}: the kind {kind} cannot have the range “{interval}”."),
            "interval",
            hint=N_("Possible: {known}."),
            kind=made.kind.value,
            interval=made.interval.value,
            known=", ".join(sorted(interval.value for interval in rule.intervals)),
        )
    if made.calculator is not None:
        _check_calculator(fields, made)


def _wanted_fields(rule: KindRule) -> tuple[str, ...]:
    if rule.has_sides:
        return ("numerator", "denominator")
    return ("formula",) if rule.has_formula else ("calculator", "inputs")


def _check_calculator(fields: Fields, made: Indicator) -> None:
    if made.calculator is None or made.calculator not in CALCULATORS:
        raise fields.error(
            N_("{subject}: there is no calculator “{name}”."),
            "calculator",
            hint=N_("The calculators are {known}."),
            name=made.calculator,
            known=", ".join(CALCULATORS.names),
        )
    calculator = CALCULATORS[made.calculator]
    if made.kind not in calculator.kinds or len(made.inputs) != calculator.inputs:
        raise fields.error(
            C_(
                "{subject}: the calculator {name} takes {count} input and makes {kinds}.",
                "{subject}: the calculator {name} takes {count} inputs and makes {kinds}.",
            ),
            "calculator",
            name=made.calculator,
            count=calculator.inputs,
            kinds=", ".join(kind.value for kind in calculator.kinds),
        )


def _check_formulas(fields: Fields, made: Indicator, variables: Mapping[str, Variable]) -> None:
    trees = [
        (field, text, _tree(fields, field, text, variables)) for field, text in _formulas(made)
    ]
    if kind_rule(made.kind).is_subset:
        (field, text, top), (_, _, bottom) = trees[0], trees[1]
        try:
            check_subset(text, top, bottom, variables)
        except FormulaError as error:
            raise fields.formula_error(field, text, error) from error
        except DefinitionError as error:
            raise fields.of_other(error, field) from error


def _formulas(made: Indicator) -> list[tuple[str, str]]:
    found = [
        (field, side.formula)
        for field, side in (("numerator", made.numerator), ("denominator", made.denominator))
        if side is not None
    ]
    found += [("formula", made.formula)] if made.formula is not None else []
    found += [("inputs", text) for text in made.inputs if text not in (CHOSEN_SERIES, *PILLARS)]
    return found + ([("n_effective", made.n_effective)] if made.n_effective else [])


def _tree(fields: Fields, field: str, text: str, variables: Mapping[str, Variable]) -> Node:
    try:
        tree = parse(text)
        check(text, tree, variables)
    except FormulaError as error:
        raise fields.formula_error(field, text, error) from error
    return tree


CODE_OF_INDICATOR = re.compile(r"[A-Z]{3}-\d{2}")
CODE_OF_VARIABLE = re.compile(r"[a-z][a-z0-9_]{1,39}")
NATIONAL_INDICATOR = re.compile(r"N-[A-Z0-9][A-Z0-9-]{0,19}")
NATIONAL_VARIABLE = re.compile(r"n_[a-z0-9_]{1,38}")
