"""The handbook that ships with the program: its pages, their order, and the search in them.

A page is one Markdown file for each language under ``workbench/handbook``; where a language lacks
a page, the English one is shown. The methods page of an indicator is made from its definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import LANGUAGES
from workbench import i18n
from workbench.errors import WorkbenchError
from workbench.exporting.handbook_html import folded, plain, to_html

if TYPE_CHECKING:
    from indicators.catalog import Catalogue
    from indicators.model.definition import Indicator

FOLDER = Path(__file__).parents[1] / "handbook"
SCHEME = "page:"
"""Begins the address of a link to another page; no other links are shown as links."""
METHODS = "methods"
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("start", N_("Begin"), ("first-steps", "limits", "glossary")),
    (
        "screens",
        N_("Screens"),
        (
            "home",
            "data",
            "import",
            "indicators",
            "trends",
            "impact",
            "scorecard",
            "source",
            "checks",
            "history",
            "charts",
            "public",
            "search",
            "settings",
        ),
    ),
    (
        "tasks",
        N_("How to"),
        (
            "next-year",
            "typing",
            "correct",
            "events",
            "own-indicators",
            "packs",
            "layouts",
            "projects",
            "problems",
        ),
    ),
    ("reference", N_("Look up"), ("keyboard", "command-line", METHODS)),
)
"""Groups of the contents: id, title, pages in order."""
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the handbook.

    Attributes:
        id: name of the file without ending, or the code of an indicator.
        title: its heading.
        text: the page in Markdown.
        language: the language it is written in, which may be English for want of another.
    """

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that a search found.

    Attributes:
        id, title: of the page.
        excerpt: the words around the place; empty when the title was found.
    """

    id: str
    title: str
    excerpt: str = ""


def page_ids() -> tuple[str, ...]:
    """All written pages, in the order of the contents."""
    return tuple(name for _id, _title, names in GROUPS for name in names)


@lru_cache(maxsize=256)
def written(name: str, language: str) -> Page:
    """A written page in a language, in English where it is missing.

    Raises:
        WorkbenchError: there is no such page.
    """
    for wanted in (language, "en"):
        path = FOLDER / wanted / f"{name}.md"
        if name in page_ids() and path.is_file():
            text = path.read_text(encoding="utf-8")
            return Page(id=name, title=_title(text), text=text, language=wanted)
    raise WorkbenchError(N_("The help has no page “{name}”."), name=name)


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()


def page(name: str, language: str, catalogue: Catalogue | None = None) -> Page:
    """A written page, or the methods page of an indicator.

    Args:
        name: id of the page or code of an indicator.
        language: ``en``, ``es``, ``pt`` or ``fr``; anything else means English.
        catalogue: of the project; the built-in one by default.

    Raises:
        WorkbenchError: there is no such page.
    """
    spoken = language if language in LANGUAGES else "en"
    indicators = _indicators(catalogue)
    if name not in indicators:
        return written(name, spoken)
    from workbench.services import methods_pages

    document = methods_pages.page(indicators[name], spoken, catalogue)
    text = methods_pages.markdown(document)
    return Page(id=name, title=document.title, text=text, language=spoken)


def html(shown: Page, parts: Mapping[str, str], catalogue: Catalogue | None = None) -> str:
    """The body of a page as HTML; only links to pages that exist are links.

    Args:
        shown: the page.
        parts: Markdown for the places ``{{name}}`` that the program fills, such as ``shortcuts``.
        catalogue: of the project; the built-in one by default.
    """
    text = shown.text
    filled = {METHODS: methods_index(shown.language, catalogue)} if shown.id == METHODS else {}
    for name, words in {**filled, **parts}.items():
        text = text.replace(f"{{{{{name}}}}}", words)
    known = {*page_ids(), *_indicators(catalogue)}

    def link(target: str) -> str:
        name = target.removesuffix(".md")
        return f"{SCHEME}{name}" if name in known else ""

    return to_html(text, link)


def methods_index(language: str, catalogue: Catalogue | None = None) -> str:
    """The list of methods pages by action, in Markdown, without its heading."""
    from workbench.services import methods_pages

    whole = methods_pages.index(list(_indicators(catalogue).values()), language)
    return whole.partition("\n")[2].strip()


def search(
    query: str, language: str, catalogue: Catalogue | None = None, *, most: int = 40
) -> tuple[Hit, ...]:
    """Pages that hold all words of a query; accents and case do not matter.

    Titles come before texts, the language in force before the others: a page is also found by
    its words in another language.

    Args:
        query: what was typed.
        language: language in force.
        catalogue: of the project; the built-in one by default.
        most: at most so many.
    """
    words = folded(query).split()
    if not words:
        return ()
    spoken = language if language in LANGUAGES else "en"
    order = (spoken, *(other for other in LANGUAGES if other != spoken))
    rated: dict[str, tuple[int, int, Hit]] = {}
    for rank, told in enumerate(order):
        for at, (name, title, text) in enumerate(_texts(told, catalogue)):
            grade = _grade(words, title, text)
            if grade is not None and name not in rated:
                shown = title if told == spoken else _title_of(name, spoken, catalogue)
                excerpt = "" if grade == 0 else _excerpt(text, words)
                hit = Hit(id=name, title=shown, excerpt=excerpt)
                rated[name] = (grade + 2 * rank, at, hit)
    return tuple(hit for _grade_, _at, hit in sorted(rated.values(), key=lambda each: each[:2]))[
        :most
    ]


def _grade(words: list[str], title: str, text: str) -> int | None:
    """0 when the title holds all words, 1 when the page does, None when it does not."""
    head = folded(title)
    if all(word in head for word in words):
        return 0
    whole = f"{head} {folded(text)}"
    return 1 if all(word in whole for word in words) else None


def _excerpt(text: str, words: list[str]) -> str:
    # folding may change the length of a text by a sign here and there; the place is near enough
    at = next((folded(text).find(word) for word in words if word in folded(text)), 0)
    begin = max(at - _AROUND // 2, 0)
    piece = text[begin : at + _AROUND]
    if begin:
        piece = f"…{piece.partition(' ')[2]}"
    return f"{piece.rpartition(' ')[0]}…" if at + _AROUND < len(text) else piece


def _indicators(catalogue: Catalogue | None) -> Mapping[str, Indicator]:
    from indicators.catalog import load_catalogue

    return (catalogue or load_catalogue()).indicators


def _title_of(name: str, language: str, catalogue: Catalogue | None) -> str:
    indicators = _indicators(catalogue)
    if name in indicators:
        return f"{name} {indicators[name].name.in_language(language)}"
    return written(name, language).title


@lru_cache(maxsize=8)
def _written_texts(language: str) -> tuple[tuple[str, str, str], ...]:
    pages = (written(name, language) for name in page_ids())
    return tuple((each.id, each.title, plain(each.text)) for each in pages)


def _texts(language: str, catalogue: Catalogue | None) -> list[tuple[str, str, str]]:
    """Id, title and words of every page; of a methods page the words of its definition."""
    found = list(_written_texts(language))
    for code, each in _indicators(catalogue).items():
        parts = (each.definition, each.reason, each.cautions)
        words = " ".join(part.in_language(language) for part in parts)
        found.append((code, f"{code} {each.name.in_language(language)}", words))
    return found


def contents(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Titles of the groups with id and title of their pages, in the language."""
    spoken = language if language in LANGUAGES else "en"
    with i18n.using(spoken):
        return tuple(
            (i18n._(title), tuple((name, written(name, spoken).title) for name in names))
            for _id, title, names in GROUPS
        )
