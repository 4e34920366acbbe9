"""What a variable and an indicator are, as read from the definition files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.model.codes import (
    LANGUAGES,
    Direction,
    IndicatorSet,
    IndicatorType,
    IntervalRule,
    Kind,
    Pillar,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalText:
    """One text in the four languages of the program; ``pt`` is Brazilian Portuguese."""

    en: str
    es: str
    pt: str
    fr: str

    def in_language(self, language: str) -> str:
        """The text in a language of ``LANGUAGES``; English for any other."""
        return str(getattr(self, language)) if language in LANGUAGES else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something counted or measured.

    Attributes:
        code: ``vic_detected``; national ones ``n_...``.
        name: short label.
        definition: full definition.
        unit: ``persons``, ``cases``, ``days``, ``money`` ...
        subset_of: code of the variable whose members these are part of, or None.
        sources: codes of the SRC list that usually hold it.
        dimensions: dimensions it can carry.
        detection: True when a rise may mean better detection (the fixed caution applies).
        usual_source: the kind of file that usually holds it, a phrase; None where not stated.
    """

    code: str
    name: LocalText
    definition: LocalText
    unit: str
    subset_of: str | None = None
    sources: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    detection: bool = False
    usual_source: LocalText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Numerator or denominator: its formula and what it counts in words."""

    formula: str
    text: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A hand-worked value that the tests recompute.

    Attributes:
        inputs: value of each input; keys are names as in the formula, with selectors and shifts
            (``coh_cnv[K=5]``, ``vic_detected@t-1``).
        value: the result in the unit shown.
        parameters: values of ``k`` or ``g`` where the formula has them.
    """

    inputs: Mapping[str, float]
    value: float
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A definition with a stable code.

    Attributes:
        code: ``PRT-04``; national ones ``N-...``.
        name, definition, reason, cautions: texts in four languages.
        pillar, type, kind, set, direction, interval: see ``codes``.
        unit: unit of the value shown, a key of ``definitions/units.toml`` (a national pack may
            use any text).
        numerator, denominator: both or neither.
        formula: whole formula of RELATIVE and CHANGE.
        calculator: name of a registered calculator, with ``inputs``.
        per: factor of the unit shown.
        time: time and lag rule in words (English key of the catalogue).
        breakdowns: required dimensions; bracketed ones are optional.
        minimum_denominator: below it no ranking, no colour class, no automatic sentence.
        n_effective: variable that holds the effective n of a survey share, or None.
        recommendations: numbers 1-10; challenges: numbers 1-5.
        frameworks: references to outside frameworks.
        example: worked example.
        digest: SHA-256 of the definition block, for lineage.
        members: the indicators that a profile of pillars sums up; filled by the catalogue.
    """

    code: str
    name: LocalText
    definition: LocalText
    pillar: Pillar
    type: IndicatorType
    kind: Kind
    unit: str
    set: IndicatorSet
    direction: Direction
    reason: LocalText
    cautions: LocalText
    interval: IntervalRule
    time: str
    example: Example
    numerator: Side | None = None
    denominator: Side | None = None
    formula: str | None = None
    calculator: str | None = None
    inputs: tuple[str, ...] = ()
    per: float = 1.0
    breakdowns: tuple[str, ...] = ()
    minimum_denominator: int = 20
    n_effective: str | None = None
    recommendations: tuple[int, ...] = ()
    challenges: tuple[int, ...] = ()
    frameworks: tuple[str, ...] = ()
    digest: str = ""
    members: tuple[Indicator, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a country wants to reach.

    Attributes:
        indicator: code.
        value: in the unit shown.
        year: by when, or None.
        text: where the target is set, or None.
    """

    indicator: str
    value: float
    year: int | None = None
    text: LocalText | None = None
