"""Everything that can be reached by typing: actions, indicators, areas, pages of the help, recent files."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.i18n import local

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

ACTION, INDICATOR, AREA, HELP, FILE = "action", "indicator", "area", "help", "file"
MOST = 60
_START, _WORD, _RUN = 12, 8, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """A thing to reach.

    Attributes:
        kind: ``action``, ``indicator``, ``area``, ``help`` or ``file``.
        key: its code or path.
        title: words that are shown.
        hint: keys or kind, in words.
        icon: drawing before the words.
        more: further words it is found by.
    """

    kind: str
    key: str
    title: str
    hint: str = ""
    icon: str = ""
    more: str = ""


def folded(text: str) -> str:
    """The text without accents and case."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).replace(
        "\u2011", "-"
    )


def likeness(query: str, text: str) -> int:
    """How well a text fits what was typed; 0 when it does not.

    All signs of the query must occur in order; starts of words and runs count more.
    """
    wanted, within = folded(query).replace(" ", ""), folded(text)
    if not wanted:
        return 1
    whole = folded(query).strip()
    if whole and whole in within:
        at = within.index(whole)
        return 1000 - at + (200 if at == 0 or not within[at - 1].isalnum() else 0)
    score, at, last = 0, 0, -2
    for sign in wanted:
        found = within.find(sign, at)
        if found < 0:
            return 0
        if found == 0:
            score += _START
        elif not within[found - 1].isalnum():
            score += _WORD
        if found == last + 1:
            score += _RUN
        score += 1
        at, last = found + 1, found
    # letters scattered over long texts say nothing
    spread = last - within.find(wanted[0]) + 1
    return score if spread <= 3 * len(wanted) + 4 else 0


def matching(query: str, entries: Sequence[PaletteEntry]) -> list[PaletteEntry]:
    """The entries that fit, the best first; equal ones stay in their order."""
    rated = []
    for index, entry in enumerate(entries):
        score = max(likeness(query, entry.title), likeness(query, entry.more) if entry.more else 0)
        if score:
            rated.append((-score, index, entry))
    return [entry for _score, _index, entry in sorted(rated)[:MOST]]


def indicator_entries(hint: str, ws: Workspace | None = None) -> list[PaletteEntry]:
    """All indicators of the project, found by code and by their name in any language."""
    from indicators.model.codes import LANGUAGES
    from workbench.services import packs

    return [
        PaletteEntry(
            kind=INDICATOR,
            key=code,
            title=f"{code} {local(indicator.name)}",
            hint=hint,
            icon="indicators",
            more=" ".join(indicator.name.in_language(language) for language in LANGUAGES),
        )
        for code, indicator in packs.catalogue(ws).indicators.items()
    ]


def help_entries(language: str, hint: str) -> list[PaletteEntry]:
    """The written pages of the help, found by their title in any language."""
    from indicators.model.codes import LANGUAGES
    from workbench.services import handbook

    return [
        PaletteEntry(
            kind=HELP,
            key=page,
            title=title,
            hint=hint,
            icon="help",
            more=" ".join(handbook.written(page, code).title for code in LANGUAGES),
        )
        for _group, pages in handbook.contents(language)
        for page, title in pages
    ]
