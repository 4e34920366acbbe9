"""Closed sets of codes; each value is what the database, the TOML files or JSON hold."""

from __future__ import annotations

from enum import Enum, IntEnum, IntFlag

LANGUAGES = ("en", "es", "pt", "fr")
"""Languages in which every text of the program is complete; ``pt`` is Brazilian Portuguese."""


class Status(IntEnum):
    """What kind of cell an observation is (the integer is what the store holds)."""

    A = 0
    """Value."""
    Z = 1
    """Zero confirmed by the source."""
    S = 2
    """Suppressed at the source: an interval low..high and no point."""
    M = 3
    """Missing; may exist."""
    X = 4
    """Not applicable."""


class Flags(IntFlag):
    """Marks of an observation; any set of them."""

    NONE = 0
    P = 1
    """Provisional."""
    B = 2
    """Break with the previous period."""
    D = 4
    """Definition differs."""
    E = 8
    """Estimated."""
    I = 16  # noqa: E741 - the SDMX letter
    """Imputed by the source."""
    U = 32
    """Low reliability."""
    H = 64
    """Hidden by us in the public view; set while reading, never in a file."""

    def letters(self) -> str:
        """The letters in fixed order, such as ``BP``; empty without flags."""
        return "".join(sorted(flag.name or "" for flag in Flags if flag and flag in self))

    @classmethod
    def of_letters(cls, letters: str) -> Flags:
        """The set named by letters; unknown letters raise ``KeyError``."""
        result = cls.NONE
        for letter in letters:
            result |= cls[letter]
        return result


class Confidentiality(IntEnum):
    """Whether a value may be published (SDMX CL_CONF_STATUS)."""

    F = 0
    """Free."""
    N = 1
    """Not for publication."""
    C = 2
    """Confidential."""
    D = 3
    """Secondary suppression."""


class Missing(Enum):
    """Kinds of missing that an import counts."""

    BLANK = "blank"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"


class Pillar(Enum):
    """The three essential actions and what cuts across them."""

    PREVENTION = "PRV"
    PROTECTION = "PRT"
    PROSECUTION = "PRS"
    CROSS_CUTTING = "XCT"


class IndicatorType(Enum):
    """Structure, process or outcome (OHCHR scheme)."""

    STRUCTURE = "S"
    PROCESS = "P"
    OUTCOME = "O"


class IndicatorSet(Enum):
    """Whether an indicator belongs to the core set."""

    CORE = "core"
    EXTENDED = "ext"


class Kind(Enum):
    """What an indicator is; decides zero rule, interval and bounds."""

    SHARE = "SHARE"
    RATE = "RATE"
    RATIO = "RATIO"
    COHORT = "COHORT"
    MEDIAN = "MEDIAN"
    RELATIVE = "RELATIVE"
    WSHARE = "WSHARE"
    CHANGE = "CHANGE"
    INDEX = "INDEX"
    SCORE = "SCORE"
    CHECK = "CHECK"
    MODEL = "MODEL"


class Direction(Enum):
    """What "better" means; AMB and CTX never get a colour or a verdict."""

    UP = "UP"
    DOWN = "DOWN"
    AMB = "AMB"
    TARGET1 = "TARGET1"
    CTX = "CTX"


class IntervalRule(Enum):
    """How the range of an indicator value is made."""

    WILSON = "wilson"
    POISSON = "poisson"
    ORDER = "order"
    DELTA = "delta"
    BOOTSTRAP = "bootstrap"
    PROPAGATED = "propagated"
    NONE = "none"


class Outcome(Enum):
    """The one thing a trend or impact statement says."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_CHANGE = "no_clear_change"
    CHANGING_PACE = "changing_pace"
    CHANGING_DIRECTION = "changing_direction"
    STABLE = "stable"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_EFFECT = "no_clear_effect"
    REFUSED = "refused"
