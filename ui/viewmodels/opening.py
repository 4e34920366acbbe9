"""Opening, reading over and closing a project: what the session does in workers."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.tasks import TaskProgress

if TYPE_CHECKING:
    from workbench.services.history import HistoryRow
    from workbench.services.workspace import Workspace
    from workbench.settings import WorkspaceSettings

SAMPLE_FILE = "valdoria.tipw"
GROUPS = ("SEX", "AGE", "CIT", "CITG", "FORM")
"""Dimensions offered as a filter: who the persons are and how they were exploited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChoice:
    """An area to look at; ``names`` by language."""

    code: str
    names: dict[str, str]
    level: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the frame shows of a project."""

    areas: tuple[AreaChoice, ...]
    years: tuple[int, ...]
    cuts: tuple[str, ...]
    undo: HistoryRow | None
    redo: HistoryRow | None
    settings: WorkspaceSettings


def read_overview(ws: Workspace) -> Overview:
    """Areas, years and what can be undone; called in a worker."""
    from workbench.services import history, inventory, observations

    areas = tuple(
        AreaChoice(code=row.code, names=dict(row.names), level=row.level)
        for row in observations.areas(ws)
    )
    rows = observations.variables(ws)
    years = {row.first.year for row in rows} | {row.last.year for row in rows}
    span = tuple(range(min(years), max(years) + 1)) if years else ()
    return Overview(
        areas=areas,
        years=span,
        cuts=tuple(str(cut) for cut in inventory.single_cuts(ws) if cut.dims[0][0] in GROUPS),
        undo=history.next_undo(ws),
        redo=history.next_redo(ws),
        settings=ws.settings,
    )


def closed(ws: Workspace) -> tuple[object, ...]:
    """Close a project; returns what went wrong without harm to it, such as a failed backup."""
    ws.close()
    gc.collect()  # the one time to look at everything: hardly anything is left
    return tuple(ws.problems)


def is_locked(path: Path, problem: object) -> bool:
    """Whether a project did not open because its passphrase is missing or wrong."""
    from workbench.errors import StoreCorrupt
    from workbench.services.encryption import needs_passphrase

    return isinstance(problem, StoreCorrupt) and needs_passphrase(path)


def open_or_read(
    path: Path, passphrase: str | None = None, progress: TaskProgress | None = None
) -> Workspace:
    """Open a project; for reading only when it is open elsewhere. Called in a worker.

    Raises:
        WorkbenchError: it is encrypted, and this installation cannot open such projects.
        StoreError: it cannot be opened; ``is_locked`` tells whether a passphrase would help.
    """
    from workbench.errors import StoreLocked
    from workbench.progress import SILENT
    from workbench.services.encryption import needs_passphrase, refuse_without_driver
    from workbench.services.workspace import open_workspace

    if needs_passphrase(path):
        refuse_without_driver()
    try:
        return open_workspace(path, passphrase=passphrase, progress=progress or SILENT)
    except StoreLocked:
        return open_workspace(path, read_only=True, passphrase=passphrase)


def sample_path() -> Path:
    """Where the sample country is kept on this machine."""
    from workbench.settings import data_folder

    return data_folder(SAMPLE_FILE)


def make_sample(path: Path, progress: TaskProgress) -> None:
    """Make the sample country; called in a worker."""
    from workbench.services import demo

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.new{path.suffix}")
    draft.unlink(missing_ok=True)
    made, _files, _rows = demo.build_project(draft, progress)
    made.close()
    # a project has its name only when it is whole
    draft.replace(path)
