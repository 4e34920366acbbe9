"""Undo, redo and the digest of content."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.period import Period
from indicators.model.results import Intervention
from tests.workbench.deliveries import cells, deliver
from workbench.errors import StoreError
from workbench.services import events, observations
from workbench.services.history import content_digest, history, next_redo, next_undo, redo, undo
from workbench.services.workspace import Workspace, change_settings, create
from workbench.store import definitions
from workbench.store.observations import Mode

Action = Callable[[Workspace, Path, int], object]


def event(number: int) -> Intervention:
    start = Period.of_year(2000 + number % 20)
    return Intervention(id=f"e{number}", name={"en": "E"}, kind="law", start=start)


def add_event(ws: Workspace, folder: Path, number: int) -> None:
    if all(known.id != f"e{number}" for known in events.events(ws)):
        events.add_event(ws, event(number))


def remove_event(ws: Workspace, folder: Path, number: int) -> None:
    for known in events.events(ws)[:1]:
        events.remove_event(ws, known.id)


def replace(ws: Workspace, folder: Path, number: int) -> None:
    deliver(ws, cells([number, number + 1], first=2015 + number % 3), folder)


def append(ws: Workspace, folder: Path, number: int) -> None:
    deliver(ws, cells([number], first=2015 + number % 5), folder, mode=Mode.APPEND)


def correct(ws: Workspace, folder: Path, number: int) -> None:
    for row in observations.observations(ws, limit=1):
        observations.correct(
            ws,
            variable=row.variable,
            area=row.area,
            period=row.period,
            value=number + 0.5,
            reason="test",
        )


ACTIONS: tuple[Action, ...] = (add_event, remove_event, replace, append, correct)
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9)), max_size=8)


@settings(deadline=None, max_examples=25)
@given(steps=STEPS)
def test_undo_and_redo_walk_through_every_state(steps: list[tuple[Action, int]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        create(Path(folder) / "w.tipw", area="XVA") as ws,
    ):
        states = [content_digest(ws)]
        for action, number in steps:
            lines = len(history(ws))
            action(ws, Path(folder), number)
            if len(history(ws)) > lines:
                states.append(content_digest(ws))

        backwards = [content_digest(ws)]
        while next_undo(ws):
            undo(ws)
            backwards.append(content_digest(ws))
        forwards = [content_digest(ws)]
        while next_redo(ws):
            redo(ws)
            forwards.append(content_digest(ws))

    assert backwards == states[::-1]
    assert forwards == states


def test_the_digest_depends_on_content_only(tmp_path: Path) -> None:
    with (
        create(tmp_path / "a.tipw", area="XVA") as a,
        create(tmp_path / "b.tipw", area="XVA") as b,
    ):
        deliver(a, cells([1, 2], area="XV-01"), tmp_path)
        deliver(a, cells([3], area="XV-02"), tmp_path, mode=Mode.APPEND)
        deliver(b, [*cells([3], area="XV-02"), *cells([9, 2], area="XV-01")], tmp_path)
        assert content_digest(a) != content_digest(b)
        observations.correct(
            b, variable="vic_detected", area="XV-01", period=Period.of_year(2020), value=1,
            reason="test",
        )  # fmt: skip

        assert content_digest(a) == content_digest(b)


def test_the_digest_covers_events_breaks_and_definitions(ws: Workspace) -> None:
    seen = {content_digest(ws)}
    events.add_event(ws, event(1))
    seen.add(content_digest(ws))
    with ws.write("install", "test") as draft:
        definitions.install(ws.db, draft, "N-1", "pack", "text")
    seen.add(content_digest(ws))
    with ws.write("install", "test") as draft:
        definitions.install(ws.db, draft, "N-1", "pack", "other text")
    last = content_digest(ws)
    seen.add(last)
    with ws.write("uninstall", "test") as draft:
        definitions.uninstall(ws.db, draft, "N-1")

    assert len(seen) == 4
    undo(ws)
    assert content_digest(ws) == last
    assert [entry.text for entry in definitions.stored_definitions(ws.db)] == ["other text"]


def test_settings_are_no_content(ws: Workspace) -> None:
    before = content_digest(ws)

    change_settings(ws, title="other")

    assert content_digest(ws) == before


def test_the_history_tells_what_was_taken_back(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([1]), tmp_path)

    change = undo(ws, by="Ana")

    created, imported, undone = history(ws)
    assert (created.action, created.undoable) == ("create", False)
    assert (imported.undone, imported.undoable) == (True, False)
    assert (undone.action, undone.by, undone.data["of"]) == ("undo", "Ana", imported.id)
    assert change.variables == ("vic_detected",)
    assert ws.revision("vic_detected") == ws.any_revision()


def test_an_empty_history_has_nothing_to_undo(ws: Workspace) -> None:
    with pytest.raises(StoreError, match="nothing to undo"):
        undo(ws)
    with pytest.raises(StoreError, match="nothing to redo"):
        redo(ws)
