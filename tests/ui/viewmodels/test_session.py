"""Opening, closing, undo and the shared context, without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ui.tasks import TaskRunner
from ui.viewmodels.session import SessionViewModel

Settle = Callable[[TaskRunner], None]


def test_the_sample_tells_title_areas_and_years(opened: SessionViewModel) -> None:
    state = opened.state

    assert state.title == "Valdoria"
    assert state.fictitious
    assert state.area == "XVA"
    assert state.areas[0].names["en"] == "Valdoria"
    assert (state.first_year, state.last_year) == (2005, 2024)


def test_a_new_project_is_open_and_empty(
    session: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    session.new_project(
        tmp_path / "mexico.tipw", area="MEX", title="México", country_format="es_MX"
    )
    settle(session.runner)

    assert session.state.title == "México"
    assert session.state.years == ()
    assert not session.state.fictitious
    assert session.state.undo is None


def test_a_file_that_is_no_project_is_told(
    session: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    told: list[object] = []
    session.failed.disconnect()
    session.failed.connect(told.append)
    wrong = tmp_path / "notes.tipw"
    wrong.write_text("no project", encoding="utf-8")

    session.open_project(wrong)
    settle(session.runner)

    assert len(told) == 1
    assert not session.state.has_project
    assert not session.state.opening


def test_a_project_open_elsewhere_is_opened_for_reading(
    session: SessionViewModel, sample: Path, settle: Settle
) -> None:
    from workbench.services.workspace import open_workspace

    with open_workspace(sample):
        session.open_project(sample)
        settle(session.runner)
        assert session.state.read_only
        session.close_project()


def test_opening_the_open_project_again_keeps_it_writable(
    opened: SessionViewModel, sample: Path, settle: Settle
) -> None:
    opened.open_project(sample)
    settle(opened.runner)

    assert opened.state.has_project
    assert not opened.state.read_only


def test_closing_leaves_one_file(opened: SessionViewModel, sample: Path, settle: Settle) -> None:
    opened.close_project()
    settle(opened.runner)

    assert not opened.state.has_project
    assert [path.name for path in sample.parent.glob("valdoria.tipw*")] == ["valdoria.tipw"]


def test_undo_brings_the_content_back_and_redo_does_it_again(
    opened: SessionViewModel, settle: Settle
) -> None:
    from workbench.services import events
    from workbench.services.history import content_digest

    ws = opened.workspace
    before = content_digest(ws)
    opened.wrote(events.remove_event(ws, events.events(ws)[0].id))
    settle(opened.runner)
    assert opened.state.undo is not None
    after = content_digest(ws)

    opened.undo()
    settle(opened.runner)
    assert content_digest(ws) == before

    opened.redo()
    settle(opened.runner)
    assert content_digest(ws) == after


def test_context_changes_are_told_once(opened: SessionViewModel) -> None:
    told: list[int] = []
    opened.context_changed.connect(lambda: told.append(1))

    opened.choose_area("XV-02")
    opened.choose_area("XV-02")
    opened.choose_years(2020, 2010)

    assert len(told) == 2
    assert (opened.state.first_year, opened.state.last_year) == (2010, 2020)


def test_the_sample_is_made_whole_or_not_at_all(
    session: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    target = tmp_path / "made" / "valdoria.tipw"

    session.open_sample(target)
    settle(session.runner)

    assert session.state.title == "Valdoria"
    assert sorted(path.suffix for path in target.parent.iterdir() if "new" in path.name) == []


def test_a_changed_project_is_copied_when_it_closes_and_a_failed_copy_is_told(
    session: SessionViewModel,
    sample: Path,
    settle: Callable[[TaskRunner], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from indicators.model.period import Period
    from indicators.model.series import TOTAL
    from workbench.services import observations

    def change(value: float) -> None:
        observations.correct(
            session.workspace, variable="inv_opened", area="XV-01",
            period=Period.of_year(2010), breakdown=TOTAL, value=value, reason="test", author="A",
        )  # fmt: skip

    told: list[object] = []
    session.failed.disconnect()
    session.failed.connect(told.append)
    folder = tmp_path / "backups"
    monkeypatch.setenv("TIP_WORKBENCH_BACKUPS", str(folder))
    session.open_project(sample)
    settle(session.runner)
    change(1.0)
    session._keep_safe()
    settle(session.runner)
    assert len(list(folder.rglob("*.tipw"))) == 1

    session._keep_safe()  # nothing new
    settle(session.runner)
    assert len(list(folder.rglob("*.tipw"))) == 1

    change(2.0)
    (tmp_path / "no_folder").write_text("a file")
    monkeypatch.setenv("TIP_WORKBENCH_BACKUPS", str(tmp_path / "no_folder"))
    session.close_project()
    settle(session.runner)
    assert len(told) == 1
    told.clear()


def test_a_boundary_file_is_entered_as_one_change(
    opened: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "regions.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature",'
        ' "properties": {"code": "XV-01"}, "geometry": {"type": "Polygon",'
        ' "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}}]}',
        encoding="utf-8",
    )
    told: list[object] = []
    opened.content_changed.connect(told.append)

    opened.enter_boundaries(path)
    settle(opened.runner)

    assert [change.action for change in told] == ["import_boundaries"]  # type: ignore[attr-defined]
