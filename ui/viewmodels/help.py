"""The handbook beside the window: which page is shown, what a search found, where one was before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from ui.actions import ACTIONS, MENUS
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from workbench.i18n import _, language

if TYPE_CHECKING:
    from indicators.catalog import Catalogue

FIRST_PAGE = "first-steps"
PAGES = {
    "screen_home": "home",
    "screen_data": "data",
    "screen_indicators": "indicators",
    "screen_trends": "trends",
    "screen_impact": "impact",
    "screen_scorecard": "scorecard",
    "dock_source": "source",
    "dock_checks": "checks",
    "dock_history": "history",
    "dlg_correct": "correct",
    "dlg_describe": "charts",
    "dlg_entry": "typing",
    "dlg_event": "events",
    "dlg_break": "events",
    "dlg_register": "events",
    "dlg_help": "search",
    "dlg_import": "import",
    "dlg_new_project": "projects",
    "dlg_note": "data",
    "dlg_own_indicator": "own-indicators",
    "dlg_palette": "search",
    "dlg_print": "charts",
    "dlg_problem": "problems",
    "dlg_passphrase": "projects",
    "dlg_purge": "data",
    "dlg_reason": "checks",
    "dlg_settings": "settings",
}
"""The page about a screen, dock or dialog, by its object name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpEntry:
    """A line of the list at the left.

    Attributes:
        page: id of the page; empty for the heading of a group.
        title: words of the line.
        excerpt: words around what was found.
    """

    page: str
    title: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpState:
    """What the view renders.

    Attributes:
        entries: contents, or what a search found.
        page: id of the page shown.
        title: its title.
        html: its body.
        query: what was searched.
        can_go_back, can_go_on: there are pages before and after in the order of reading.
    """

    entries: tuple[HelpEntry, ...] = ()
    page: str = ""
    title: str = ""
    html: str = ""
    query: str = ""
    can_go_back: bool = False
    can_go_on: bool = False


def page_for(names: Iterable[str]) -> str:
    """The page about the innermost thing that has one; the first page for everything else."""
    return next((PAGES[name] for name in names if name in PAGES), FIRST_PAGE)


class HelpViewModel(QObject):
    """State of the help window.

    Args:
        session: the open project, whose own indicators have pages too.

    Signals:
        changed: a new ``HelpState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = HelpState()
        self._read: list[str] = []
        self._at = -1

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def open(self, page: str) -> None:
        """Show a page and remember the one before."""
        if self._read[self._at :] != [page]:
            self._read = [*self._read[: self._at + 1], page]
            self._at = len(self._read) - 1
        self._show()

    def go(self, step: int) -> None:
        """Back (-1) or on (1) in the order of reading."""
        if 0 <= self._at + step < len(self._read):
            self._at += step
            self._show()

    def _show(self) -> None:
        page, spoken = self._read[self._at], language()
        catalogue = self._catalogue()
        self.session.runner.start(
            lambda _progress: read_page(page, spoken, catalogue), done=self._shown, lane="help"
        )

    def _shown(self, answer: tuple[str, str, str]) -> None:
        page, title, html = answer
        self._set(
            page=page,
            title=title,
            html=html,
            can_go_back=self._at > 0,
            can_go_on=self._at < len(self._read) - 1,
        )

    def search(self, query: str) -> None:
        """Show what fits; the contents for an empty query."""
        spoken, catalogue = language(), self._catalogue()

        def work(_progress: TaskProgress) -> tuple[HelpEntry, ...]:
            return read_hits(query, spoken, catalogue) if query.strip() else read_contents(spoken)

        self._set(query=query)
        self.session.runner.start(work, done=self._found, lane="help search")

    def _found(self, entries: tuple[HelpEntry, ...]) -> None:
        self._set(entries=entries)

    def retranslate(self) -> None:
        """The same page and the same search in the language in force."""
        self.search(self.state.query)
        if self._read:
            self._show()

    def _catalogue(self) -> Catalogue | None:
        if not self.session.state.has_project:
            return None
        from workbench.services import packs

        return packs.catalogue(self.session.workspace)


def read_page(page: str, spoken: str, catalogue: Catalogue | None) -> tuple[str, str, str]:
    """Id, title and HTML of a page; the first page in place of one that is gone."""
    from workbench.errors import WorkbenchError
    from workbench.services import handbook

    try:
        found = handbook.page(page, spoken, catalogue)
    except WorkbenchError:
        found = handbook.page(FIRST_PAGE, spoken)
    parts = {"shortcuts": shortcut_tables()} if found.id == "keyboard" else {}
    return found.id, found.title, handbook.html(found, parts, catalogue)


def read_contents(spoken: str) -> tuple[HelpEntry, ...]:
    """The contents: headings of groups and their pages."""
    from workbench.services import handbook

    entries: list[HelpEntry] = []
    for title, pages in handbook.contents(spoken):
        entries.append(HelpEntry(page="", title=title))
        entries += [HelpEntry(page=page, title=name) for page, name in pages]
    return tuple(entries)


def read_hits(query: str, spoken: str, catalogue: Catalogue | None) -> tuple[HelpEntry, ...]:
    """What a search found."""
    from workbench.services import handbook

    hits = handbook.search(query, spoken, catalogue)
    return tuple(HelpEntry(page=hit.id, title=hit.title, excerpt=hit.excerpt) for hit in hits)


def shortcut_tables() -> str:
    """All actions that have keys, by menu, as tables in Markdown."""
    native = QKeySequence.SequenceFormat.NativeText
    parts = []
    for menu, title in MENUS:
        lines = [
            f"| {_(spec.text)} | {keys_text(spec.shortcuts, native)} |"
            for spec in ACTIONS
            if spec.menu == menu and spec.shortcuts
        ]
        if lines:
            parts.append("\n".join((f"## {_(title)}", "", "|  |  |", "|---|---|", *lines)))
    return "\n\n".join(parts)


def keys_text(shortcuts: Iterable[str], form: QKeySequence.SequenceFormat) -> str:
    """Keys as the system writes them."""
    return ", ".join(QKeySequence(keys).toString(form) for keys in shortcuts)
