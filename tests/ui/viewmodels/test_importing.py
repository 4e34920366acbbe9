"""Importing through the window: look, ask, write, report; cancel writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ui.tasks import TaskRunner
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.session import SessionViewModel

Settle = Callable[[TaskRunner], None]
LONG = "area,year,SEX,vic_detected\nXV-01,2023,F,12\nXV-01,2023,M,..\nXV-02,2023,F,<5\nXV-02,2023,M,7\n"


def csv(tmp_path: Path, text: str = LONG) -> Path:
    file = tmp_path / "police_2023.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_looked_at_before_anything_is_written(
    opened: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    from workbench.services.history import content_digest

    before = content_digest(opened.workspace)
    view = ImportViewModel(csv(tmp_path), opened)
    view.look()
    settle(opened.runner)

    assert view.state.stage == "ready"
    assert [line.name for line in view.state.columns] == ["area", "year", "SEX", "vic_detected"]
    assert all(line.role and line.samples for line in view.state.columns)
    assert content_digest(opened.workspace) == before


def test_the_sums_of_an_import_close(
    opened: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    told: list[object] = []
    opened.content_changed.connect(told.append)
    view = ImportViewModel(csv(tmp_path), opened)
    view.look()
    settle(opened.runner)
    view.run()
    settle(opened.runner)

    state = view.state
    assert state.stage == "done"
    for lines in (state.rows, state.cells):
        assert lines[0].count == sum(line.count for line in lines[1:])
    assert len(told) == 1
    assert opened.state.undo is not None
    assert opened.state.undo.action == "import"


def test_an_ambiguous_column_is_asked_about(
    opened: SessionViewModel, tmp_path: Path, settle: Settle
) -> None:
    text = "area,year,value\nXV-01,2022,1.234\nXV-01,2023,2.345\nXV-02,2022,3.456\n"
    view = ImportViewModel(csv(tmp_path, text), opened)
    view.look()
    settle(opened.runner)

    assert view.state.stage == "ready"
    assert len(view.state.questions) >= 1


def test_a_missing_file_is_told(opened: SessionViewModel, tmp_path: Path, settle: Settle) -> None:
    told: list[object] = []
    view = ImportViewModel(tmp_path / "gone.csv", opened)
    view.failed.connect(told.append)
    view.look()
    settle(opened.runner)

    assert view.state.stage == "failed"
    assert len(told) == 1


def test_cancel_writes_nothing(opened: SessionViewModel, tmp_path: Path, settle: Settle) -> None:
    from workbench.services.history import content_digest

    before = content_digest(opened.workspace)
    view = ImportViewModel(csv(tmp_path), opened)
    view.look()
    settle(opened.runner)
    view.run()
    view.cancel()
    settle(opened.runner)

    if view.state.stage == "ready":  # stopped in time
        assert content_digest(opened.workspace) == before
    else:
        assert view.state.stage == "done"


def test_of_two_answers_given_quickly_the_last_one_counts(
    opened: SessionViewModel, settle: Settle
) -> None:
    from sample_data import dirty

    file = next(d.file for d in dirty.dirty() if d.number == "D26")
    view = ImportViewModel(file, opened)
    view.look()
    settle(opened.runner)
    key = view.state.choices[0].key

    view.pick(key, "leave_out")
    view.pick(key, "keep")
    settle(opened.runner)

    assert [line.chosen for line in view.state.choices] == ["keep"]
    assert view.recipe().largest == 0
    assert view.state.trial is not None
    assert view.state.questions == ()
