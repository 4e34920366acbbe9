"""The registers of events and of breaks: list, enter, change, remove; every step can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indicators.errors import N_, IndicatorsError
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

EVENT_KINDS: tuple[tuple[str, str], ...] = (
    ("law", N_("Law")),
    ("plan", N_("Plan")),
    ("campaign", N_("Campaign")),
    ("programme", N_("Programme")),
    ("budget", N_("Budget")),
    ("shock", N_("Shock")),
    ("other", N_("Other")),
)
BREAK_KINDS: tuple[tuple[str, str], ...] = (
    ("definition", N_("Another definition")),
    ("counting", N_("Another way of counting")),
    ("boundary", N_("Another boundary")),
    ("currency", N_("Another currency")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterState:
    """What the dialog renders; ``variables`` and ``areas`` are code and words."""

    events: tuple[Intervention, ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    loaded: bool = False


class RegisterViewModel(QObject):
    """State of the registers.

    Args:
        session: the open project.

    Signals:
        changed: a new ``RegisterState``.
    """

    changed = Signal(object)

    def __init__(self, session: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = RegisterState()
        session.content_changed.connect(self.reload)

    def reload(self, _change: object = None) -> None:
        """Read both registers."""
        if not self.session.state.has_project:
            return
        ws = self.session.workspace
        self.session.runner.start(
            lambda _progress: read_registers(ws), done=self._loaded, lane=f"register-{id(self)}"
        )

    def _loaded(self, state: RegisterState) -> None:
        self.state = state
        self.changed.emit(state)

    def save_event(self, event: Intervention) -> None:
        """Enter an event, or change the one of that id."""
        known = {entry.id for entry in self.state.events}
        verb = "edit_event" if event.id in known else "add_event"
        self._write(verb, event)

    def save_break(self, entry: SeriesBreak) -> None:
        """Enter a break, or change the one of that id."""
        known = {own.id for own in self.state.breaks}
        verb = "edit_break" if entry.id in known else "add_break"
        self._write(verb, entry)

    def remove(self, kind: str, key: str) -> None:
        """Remove an ``event`` or a ``break``; undo brings it back."""
        self._write(f"remove_{kind}", key)

    def _write(self, verb: str, subject: object) -> None:
        ws, author = self.session.workspace, self.session.preferences.author()

        def work(_progress: TaskProgress) -> Any:
            from workbench.services import events

            act: Callable[..., Any] = getattr(events, verb)
            return act(ws, subject, by=author)

        self.session.runner.start(
            work, done=self.session.wrote, failed=self.session.failed.emit, writes=True
        )

    def fresh_id(self, name: str, year: int, kind: str) -> str:
        """A new id from kind and year that is not taken."""
        taken = {entry.id for entry in (*self.state.events, *self.state.breaks)}
        words = re.sub(r"[^a-z0-9]+", "_", name.casefold())[:24].strip("_")
        base = f"{kind}_{year}" if not words.isascii() or not words else f"{words}_{year}"
        made, count = base, 2
        while made in taken:
            made, count = f"{base}_{count}", count + 1
        return made


def read_registers(ws: Workspace) -> RegisterState:
    """Both registers and what they can touch; called in a worker."""
    from workbench.i18n import local
    from workbench.presenting.naming import variable_name
    from workbench.services import events, observations, packs

    known = packs.catalogue(ws)
    variables = [(row.code, variable_name(row.code, known)) for row in observations.variables(ws)]
    areas = [(row.code, local(row.names) or row.code) for row in observations.areas(ws)]
    return RegisterState(
        events=events.events(ws),
        breaks=events.breaks(ws),
        variables=tuple(sorted(variables, key=lambda pair: pair[1].casefold())),
        areas=tuple(areas),
        loaded=True,
    )


def period_typed(text: str) -> Period | None:
    """A year or a month as typed (``2011``, ``2011-06``); None when it is neither."""
    try:
        return Period.parse(text.strip())
    except (IndicatorsError, ValueError):
        return None


def named(before: dict[str, str], text: str, language: str) -> dict[str, str]:
    """Texts by language with one put in; English is always there."""
    made = {**before, language: text}
    made.setdefault("en", text)
    return made


def with_words(event: Intervention, text: str, language: str) -> Intervention:
    """The event with another name in one language."""
    return replace(event, name=named(dict(event.name), text, language))
