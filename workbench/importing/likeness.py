"""Names that are almost known: scored guesses, never taken without a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from workbench.importing.names import country_code, normal, whole_country_words

PROPOSED = 0.92
"""Score from which a guess is offered for acceptance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A guess.

    Attributes:
        code: what the name may mean.
        label: the known name.
        score: 0 to 1.
    """

    code: str
    label: str
    score: float


def nearest(
    text: str, known: Mapping[str, tuple[str, ...]], least: float = PROPOSED
) -> Likeness | None:
    """The known name most like a text; None when it is known itself or nothing is near enough.

    Names whose figures differ are never alike: Zone 11 is not Zone 12.
    """
    found = candidates(text, known, least)
    return found[0] if found else None


def candidates(
    text: str, known: Mapping[str, tuple[str, ...]], least: float = 0.6, most: int = 5
) -> tuple[Likeness, ...]:
    """The best guesses for a name, best first; none for a name that is known."""
    name = normal(text)
    labels = {normal(label): (code, label) for code, own in known.items() for label in own}
    codes = {normal(code) for code in known}
    if len(name) < 4 or name in labels or name in codes or name in whole_country_words():
        return ()
    if country_code(text) is not None:
        return ()
    matcher = SequenceMatcher(b=name, autojunk=False)
    best: dict[str, Likeness] = {}
    for label, (code, shown) in labels.items():
        if _figures(label) != _figures(name):
            continue
        matcher.set_seq1(label)
        if matcher.quick_ratio() < least:
            continue
        score = round(matcher.ratio(), 3)
        if score >= least and (code not in best or best[code].score < score):
            best[code] = Likeness(code=code, label=shown, score=score)
    return tuple(sorted(best.values(), key=lambda like: (-like.score, like.code))[:most])


def _figures(name: str) -> list[str]:
    return re.findall(r"\d+", name)
