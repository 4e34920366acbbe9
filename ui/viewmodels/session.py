"""The open project: what every screen shares. Opening, undo and the context of area and years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.tasks import TaskProgress, TaskRunner
from ui.viewmodels.opening import (
    AreaChoice,
    Overview,
    closed,
    is_locked,
    make_sample,
    open_or_read,
    read_overview,
    sample_path,
)
from ui.viewmodels.preferences import Preferences

if TYPE_CHECKING:
    from workbench.changes import Change
    from workbench.services.history import HistoryRow
    from workbench.services.workspace import Workspace

BACKUP_EVERY_MS = 30 * 60 * 1000
"""A project that stays open is copied this often, if it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """What the frame shows.

    Attributes:
        path: file of the open project; None without one.
        title: its name.
        fictitious: all data are invented.
        read_only: it cannot be written.
        encrypted: a passphrase opened it.
        areas: areas with values, country first.
        area: code of the area in view.
        years: years with values.
        first_year, last_year: window in view.
        undo, redo: what would be taken back or repeated; None when there is nothing.
        country_format: number format of the project.
        cuts: groups that can be looked at alone, as written breakdowns (``SEX=F``).
        cut: the group in view; empty for everybody.
        public_view: only what may leave the office is shown.
        opening: True while a project is being opened.
        version: grows with every change of content.
    """

    path: Path | None = None
    title: str = ""
    fictitious: bool = False
    read_only: bool = False
    encrypted: bool = False
    areas: tuple[AreaChoice, ...] = ()
    area: str = ""
    years: tuple[int, ...] = ()
    first_year: int = 0
    last_year: int = 0
    undo: HistoryRow | None = None
    redo: HistoryRow | None = None
    country_format: str = "en_US"
    cuts: tuple[str, ...] = ()
    cut: str = ""
    public_view: bool = False
    opening: bool = False
    version: int = 0

    @property
    def has_project(self) -> bool:
        """Whether a project is open."""
        return self.path is not None

    @property
    def hides(self) -> bool:
        """Whether something may be hidden: the public view of data that are not invented."""
        return self.has_project and self.public_view and not self.fictitious


class SessionViewModel(QObject):
    """Opens and closes projects; the only holder of the open workspace.

    Args:
        runner: does the work.
        preferences: recent files and context.

    Signals:
        changed: the state.
        project_changed: another project, or none, is open.
        context_changed: another area or other years.
        content_changed: a ``Change`` was written (or undone).
        view_changed: what may be shown is other than before; what is shown must go at once.
        failed: a problem to tell.
        passphrase_wanted: path of a project that needs one, and why the last one did not open it.
    """

    changed = Signal(object)
    project_changed = Signal()
    context_changed = Signal()
    content_changed = Signal(object)
    view_changed = Signal()
    failed = Signal(object)
    passphrase_wanted = Signal(object, object)
    progressed = Signal(int, int, str)

    def __init__(
        self, runner: TaskRunner, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.runner = runner
        self.preferences = preferences
        self.state = SessionState()
        self._workspace: Workspace | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(BACKUP_EVERY_MS)
        self._watch.timeout.connect(self._keep_safe)

    @property
    def workspace(self) -> Workspace:
        """The open workspace; only asked while a project is open."""
        if self._workspace is None:
            raise RuntimeError("no project is open")
        return self._workspace

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    # opening and closing

    def open_project(self, path: Path, passphrase: str | None = None) -> None:
        """Open a project file; one that is open already stays as it is."""
        if self._is_open(path):
            self.project_changed.emit()
            return

        def work(progress: TaskProgress) -> tuple[Any, Overview]:
            ws = open_or_read(path, passphrase, progress)
            return ws, read_overview(ws)

        self._open(work, lambda problem: self._not_unlocked(path, passphrase, problem))

    def new_project(self, path: Path, *, area: str, title: str, country_format: str) -> None:
        """Make a project file and open it."""

        def work(_progress: TaskProgress) -> tuple[Any, Overview]:
            from workbench.services.workspace import create

            ws = create(path, area=area, title=title, country_format=country_format)
            return ws, read_overview(ws)

        self._open(work)

    def open_sample(self, path: Path | None = None) -> None:
        """Open the sample country; it is made at the first time."""
        target = path or sample_path()
        if self._is_open(target):
            self.project_changed.emit()
            return

        def work(progress: TaskProgress) -> tuple[Any, Overview]:
            if not target.exists():
                make_sample(target, progress)
            ws = open_or_read(target, progress=progress)
            return ws, read_overview(ws)

        self._open(work)

    def _is_open(self, path: Path) -> bool:
        return self.state.path is not None and self.state.path == path.absolute().resolve()

    def _open(
        self,
        work: Callable[[TaskProgress], tuple[Any, Overview]],
        failed: Callable[[object], None] | None = None,
    ) -> None:
        if self.state.opening:
            return
        self._set(opening=True)
        self.runner.start(
            work,
            done=self._opened,
            failed=failed or self._not_opened,
            progressed=self.progressed.emit,
            writes=True,
            lane="open",
        )

    def _opened(self, answer: tuple[Any, Overview]) -> None:
        ws, overview = answer
        old, self._workspace = self._workspace, ws
        if old is not None and old is not ws:
            self.runner.start(
                lambda _progress: closed(old),
                done=self._tell_all,
                failed=self.failed.emit,
                writes=True,
            )
        self._watch.start()
        settings = overview.settings
        ws.public_view = self.state.public_view
        area, first, last = self.preferences.context()
        codes = [choice.code for choice in overview.areas]
        chosen = area if area in codes else settings.area
        years = overview.years or (0,)
        self.state = SessionState(
            path=Path(ws.path),
            title=settings.title or settings.area,
            fictitious=settings.fictitious,
            read_only=ws.read_only,
            encrypted=ws.is_encrypted,
            areas=overview.areas,
            area=chosen,
            years=overview.years,
            cuts=overview.cuts,
            first_year=first if first in years else years[0],
            last_year=last if last in years else years[-1],
            undo=overview.undo,
            redo=overview.redo,
            country_format=settings.country_format,
            public_view=self.state.public_view,
            version=self.state.version + 1,
        )
        if not ws.is_encrypted:  # that there is such a project, and where, is nobody's business
            self.preferences.remember(Path(ws.path), self.state.title, years[-1])
        self.changed.emit(self.state)
        self.project_changed.emit()

    def _not_opened(self, problem: object) -> None:
        self._set(opening=False)
        self.failed.emit(problem)

    def _not_unlocked(self, path: Path, passphrase: str | None, problem: object) -> None:
        if is_locked(path, problem):
            self._set(opening=False)
            self.passphrase_wanted.emit(path, problem if passphrase else None)
        else:
            self._not_opened(problem)

    def close_project(self) -> None:
        """Close the project; nothing needs saving. A changed one is copied, away from the window."""
        ws = self._let_go()
        if ws is not None:
            self.runner.cancel_all()
            self.runner.start(
                lambda _progress: closed(ws),
                done=self._tell_all,
                failed=self.failed.emit,
                writes=True,
            )

    def end(self) -> None:
        """Close the project at the end of the program, and wait until its file is whole."""
        ws = self._let_go()
        self.runner.cancel_all()
        self.runner.wait(-1)
        if ws is not None:
            self._tell_all(closed(ws))

    def _let_go(self) -> Workspace | None:
        self._watch.stop()
        ws, self._workspace = self._workspace, None
        self.state = SessionState(
            public_view=self.state.public_view, version=self.state.version + 1
        )
        self.changed.emit(self.state)
        self.project_changed.emit()
        return ws

    def _tell_all(self, problems: Iterable[object]) -> None:
        for problem in problems:
            self.failed.emit(problem)

    def _keep_safe(self) -> None:
        """Copy the project if it changed: what was done since the last copy is not lost with a disk."""
        if self._workspace is None or self.state.read_only:
            return
        ws = self._workspace
        self.runner.start(
            lambda _progress: ws.back_up_if_changed(), failed=self.failed.emit, writes=True
        )

    # content

    def wrote(self, change: Change | None) -> None:
        """Take note of a change and read the overview again."""
        self._set(version=self.state.version + 1)
        self.content_changed.emit(change)
        self.refresh()

    def refresh(self) -> None:
        """Read areas, years and history again."""
        if self._workspace is None:
            return
        ws = self._workspace
        self.runner.start(
            lambda _progress: read_overview(ws), done=self._refreshed, lane="overview"
        )

    def _refreshed(self, overview: Overview) -> None:
        state = self.state
        years = overview.years or (0,)
        grown = state.first_year not in years or state.last_year not in years
        first, last = (years[0], years[-1]) if grown else (state.first_year, state.last_year)
        if state.years and overview.years and state.last_year == state.years[-1]:
            last = overview.years[-1]
        self._set(
            title=overview.settings.title or overview.settings.area,
            fictitious=overview.settings.fictitious,
            areas=overview.areas,
            years=overview.years,
            cuts=overview.cuts,
            cut=state.cut if state.cut in overview.cuts else "",
            first_year=first,
            last_year=last,
            undo=overview.undo,
            redo=overview.redo,
        )

    def enter_boundaries(self, path: Path) -> None:
        """Enter the areas of a boundary file with their boundaries."""
        if self._workspace is None:
            return
        ws = self._workspace

        def work(_progress: TaskProgress) -> Any:
            from workbench.services import boundaries

            return boundaries.import_boundaries(ws, path).change

        self.runner.start(work, done=self.wrote, failed=self.failed.emit, writes=True)

    def undo(self) -> None:
        """Take back the newest change."""
        self._step("undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step("redo")

    def _step(self, name: str) -> None:
        if self._workspace is None:
            return
        ws = self._workspace

        def work(_progress: TaskProgress) -> Any:
            from workbench.services import history

            return history.undo(ws) if name == "undo" else history.redo(ws)

        self.runner.start(work, done=self.wrote, failed=self.failed.emit, writes=True)

    # context

    def choose_area(self, code: str) -> None:
        """Look at another area."""
        if code and code != self.state.area:
            self._set(area=code)
            self._keep_context()

    def choose_years(self, first: int, last: int) -> None:
        """Look at other years."""
        first, last = min(first, last), max(first, last)
        if (first, last) != (self.state.first_year, self.state.last_year):
            self._set(first_year=first, last_year=last)
            self._keep_context()

    def choose_cut(self, cut: str) -> None:
        """Look at one group of persons, or at everybody again."""
        if cut != self.state.cut:
            self._set(cut=cut)
            self.context_changed.emit()

    def choose_public_view(self, *, on: bool) -> None:
        """Show only what may leave the office, or everything again."""
        if on == self.state.public_view:
            return
        hid = self.state.hides
        if self._workspace is not None:
            self._workspace.public_view = on
        self._set(public_view=on)
        if self.state.hides != hid:
            self.view_changed.emit()
        self.content_changed.emit(None)

    def _keep_context(self) -> None:
        state = self.state
        self.preferences.keep_context(state.area, state.first_year, state.last_year)
        self.context_changed.emit()
