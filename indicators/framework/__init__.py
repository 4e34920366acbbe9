"""Recommendations, challenges, outside frameworks and checklists, and the indicators behind them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from indicators.model.codes import LANGUAGES
from indicators.model.definition import Indicator, LocalText

_FOLDER = Path(__file__).parents[1] / "definitions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A recommendation (1-10) or a challenge (1-5) of the founding text, in short words."""

    number: int
    name: LocalText
    text: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFramework:
    """A framework of somebody else and the indicators that answer to it."""

    code: str
    name: LocalText
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """What the indicators serve."""

    recommendations: tuple[Goal, ...]
    challenges: tuple[Goal, ...]
    outside: tuple[OutsideFramework, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item of a checklist.

    Attributes:
        code: ``law_01`` ...
        text: what must be so.
        reference: article it comes from.
        verified: True when somebody has read every article named and found there what is asked.
    """

    code: str
    text: LocalText
    reference: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The items behind an indicator of kind CHECK, and the inputs they are counted into."""

    id: str
    indicator: str
    total: str
    met: str
    name: LocalText
    items: tuple[ChecklistItem, ...]


# reading the definitions -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def framework() -> Framework:
    """The built-in recommendations, challenges and frameworks."""
    content = _content("framework.toml")
    return Framework(
        recommendations=tuple(_goal(table) for table in content["recommendation"]),
        challenges=tuple(_goal(table) for table in content["challenge"]),
        outside=tuple(
            OutsideFramework(
                code=table["code"],
                name=_local(table["name"]),
                indicators=tuple(table["indicators"]),
            )
            for table in content["framework"]
        ),
    )


@lru_cache(maxsize=1)
def checklists() -> tuple[Checklist, ...]:
    """The built-in checklists."""
    return tuple(
        Checklist(
            id=table["id"],
            indicator=table["indicator"],
            total=table["total"],
            met=table["met"],
            name=_local(table["name"]),
            items=tuple(
                ChecklistItem(
                    code=item["code"],
                    text=_local(item["text"]),
                    reference=item["reference"],
                    verified=item["verified"],
                )
                for item in table["item"]
            ),
        )
        for table in _content("checklists.toml")["checklist"]
    )


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def _local(table: Mapping[str, str]) -> LocalText:
    return LocalText(**{language: table[language] for language in LANGUAGES})


def _goal(table: Mapping[str, Any]) -> Goal:
    return Goal(number=table["number"], name=_local(table["name"]), text=_local(table["text"]))


# which indicator serves what -------------------------------------------------------------------


def serving_recommendation(indicators: Iterable[Indicator], number: int) -> tuple[Indicator, ...]:
    """Indicators that serve a recommendation, in the order given."""
    return tuple(each for each in indicators if number in each.recommendations)


def serving_challenge(indicators: Iterable[Indicator], number: int) -> tuple[Indicator, ...]:
    """Indicators that serve a challenge, in the order given."""
    return tuple(each for each in indicators if number in each.challenges)


def frameworks_of(code: str) -> tuple[OutsideFramework, ...]:
    """Outside frameworks that an indicator answers to; empty when none has it."""
    return tuple(each for each in framework().outside if code in each.indicators)


def without_framework(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Indicators that cite no outside framework at all."""
    return tuple(each for each in indicators if not each.frameworks)
