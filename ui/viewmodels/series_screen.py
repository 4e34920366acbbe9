"""What the screens about one series share: the open project, the chosen series, its values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from indicators.model.codes import Pillar
from ui.viewmodels.session import SessionViewModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChoice:
    """An indicator or input that can be looked at.

    Attributes:
        code: of the indicator or input.
        names: name by language.
        pillar: decides colour and mark.
        unit: unit key.
        is_input: True for an input.
    """

    code: str
    names: dict[str, str]
    pillar: Pillar
    unit: str = ""
    is_input: bool = False


class SeriesScreenViewModel(QObject):
    """State of a screen about one series; ``state`` has ``choices`` and ``chosen``.

    Args:
        session: the open project.
        empty: the state without a project.

    Signals:
        changed: the new state.
        value_chosen: code, area, period key, group, and whether it is an input.
    """

    changed = Signal(object)
    value_chosen = Signal(str, str, str, str, bool)
    state: Any

    def __init__(self, session: SessionViewModel, empty: Any, parent: QObject | None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = self._empty = empty
        session.project_changed.connect(self.reload)
        session.content_changed.connect(self.reload)
        session.context_changed.connect(self.compute)
        session.view_changed.connect(self._forget)
        self.reload()

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def reload(self, _change: object = None) -> None:
        """Read what can be chosen, or show nothing without a project."""
        if self.session.state.has_project:
            self._set(loading=True)
            self._read()
            return
        self.state = self._empty
        self.changed.emit(self.state)

    def _forget(self) -> None:
        """What the other view showed goes before anything else happens."""
        answer = ("chart", "words", "numbers", "used", "fragility")
        bare = {name: getattr(self._empty, name) for name in answer if hasattr(self._empty, name)}
        self._set(**bare, loading=self.session.state.has_project)

    def _read(self) -> None:
        """Start reading what can be chosen."""
        raise NotImplementedError

    def compute(self) -> None:
        """Ask the engine again."""
        raise NotImplementedError

    def choose_value(self, key: str) -> None:
        """Ask where a value comes from."""
        choice = next(
            (each for each in self.state.choices if each.code == self.state.chosen), None
        )
        if choice is not None:
            shared = self.session.state
            self.value_chosen.emit(choice.code, shared.area, key, shared.cut, choice.is_input)
