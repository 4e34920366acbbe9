"""Import a file in five steps: file, table, columns, names, check; nothing is written before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import Task, TaskProgress
from ui.viewmodels import import_recipe
from ui.viewmodels.import_choices import ChoiceLine
from ui.viewmodels.import_reading import (
    Place,
    Seen,
    first_look,
    look_again,
    read_names,
)
from ui.viewmodels.import_state import (
    CHECK,
    COLUMNS,
    FILE,
    NAMES,
    TABLE,
    ImportState,
    OpenQuestion,
    Trial,
)
from ui.viewmodels.import_trial import rehearse, report_fields
from ui.viewmodels.session import SessionViewModel

if TYPE_CHECKING:
    from workbench.services.imports import ImportOutcome

ACCEPT_FROM = 92
"""Likeness from which a guess is taken when all sure ones are accepted."""


class ImportViewModel(QObject):
    """State of one import.

    Args:
        path: the file.
        session: the open project.

    Signals:
        changed: a new ``ImportState``.
        failed: a problem to tell.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, path: Path, session: SessionViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path, self.session = path, session
        self.state = ImportState(file=path.name)
        self._seen: Seen | None = None
        self._task: Task | None = None
        self._lane = f"import-{id(self)}"
        self._said: dict[str, str] = {}
        self._edits: list[Callable[[Any], Any]] = []
        self._place, self._sheet = Place(), ""

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    # looking

    def look(self, sheet: str = "", place: Place | None = None) -> None:
        """Read the file without writing anything."""
        ws, path = self.session.workspace, self.path
        at, step, said = place or Place(), self.state.step, dict(self._said)
        self._place, self._sheet = at, sheet
        edits, picked = tuple(self._edits), self.state.choices
        self._set(stage="reading", trial=None)

        def work(_progress: TaskProgress) -> Seen:
            seen = first_look(ws, path, sheet, at, said)
            if not edits:
                return seen
            recipe = seen.recipe
            for edit in edits:
                recipe = edit(recipe)
            again = look_again(path, seen.asked, recipe)
            return replace(again, fields={**seen.fields, **again.fields})

        def taken(seen: Seen) -> None:
            fields = dict(seen.fields)
            if place is not None:
                fields["step"] = step
            fields["choices"] = _with_picked(picked, fields["choices"], said)
            dataset = seen.dataset or seen.recipe.dataset
            self._take(replace(seen, fields={**fields, "dataset": dataset, "names": ()}))

        self._task = self.session.runner.start(
            work,
            done=taken,
            failed=self._failed,
            lane=self._lane,
        )

    def choose_sheet(self, name: str) -> None:
        """Look at another sheet; no other one belongs to the import then."""
        if name != self.state.sheet or name != self._sheet:
            self._said.pop("which_sheets", None)
            self._edits.clear()
            self._set(choices=tuple(q for q in self.state.choices if q.code != "which_sheets"))
            self.look(name, Place())

    def pick(self, key: str, value: str) -> None:
        """Answer a question by picking; the file is read again with it."""
        self._said[key] = value
        lines = (replace(q, chosen=value) if q.key == key else q for q in self.state.choices)
        self._set(choices=tuple(lines))
        self.look(self._sheet, self._place)

    def use_same(self) -> None:
        """Use the mapping of the earlier import."""
        if self.state.stage == "ready" and self.state.offered:
            self._set(offered=False, step=CHECK)

    def go_through(self) -> None:
        """Go through the steps, with the mapping of the earlier import as a beginning."""
        self._set(offered=False)

    def place_table(
        self,
        *,
        header_row: int | None = None,
        header_rows: int | None = None,
        footer_rows: int | None = None,
    ) -> None:
        """Say where the table stands."""
        state = self.state
        place = Place(
            header_row=header_row or state.header_row or 1,
            header_rows=header_rows or state.header_rows,
            footer_rows=state.footer_rows if footer_rows is None else footer_rows,
        )
        now = Place(
            header_row=state.header_row,
            header_rows=state.header_rows,
            footer_rows=state.footer_rows,
        )
        if place != now:
            self._edits.clear()
            self.look(state.sheet, place)

    def _take(self, seen: Seen) -> None:
        self._seen = seen
        fields = dict(seen.fields)
        waiting = fields.get("choices", self.state.choices)
        fields["questions"] = (*fields["questions"], *_open_choices(waiting))
        self._set(stage="ready", **fields)
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Names and the sum, as soon as nothing is open."""
        if self._seen is None or self.state.questions:
            self._set(trial=None)
            return
        ws, path, state, recipe = self.session.workspace, self.path, self.state, self.recipe()
        sheet, needs, dataset = state.sheet, state.needs, state.dataset

        def work(progress: TaskProgress) -> tuple[dict[str, Any], Trial]:
            trial = rehearse(ws, path, recipe, sheet, dataset, progress)
            if trial.problem:
                return {}, trial
            return read_names(ws, path, recipe, sheet, needs, dataset), trial

        def done(answer: tuple[dict[str, Any], Trial]) -> None:
            fields, trial = answer
            names = fields.pop("names", None)
            if names is not None:
                fields["names"] = self._kept_names(names)
            self._set(trial=trial, **fields)

        self._task = self.session.runner.start(
            work, done=done, failed=self._failed, lane=self._lane
        )

    def _kept_names(self, names: tuple[Any, ...]) -> tuple[Any, ...]:
        """Names in their order; those answered already stay in the list."""
        answered = [line for line in self.state.names if self.answer_of(line)]
        fresh = [
            n for n in names if all((n.column, n.text) != (a.column, a.text) for a in answered)
        ]
        order = {(n.column, n.text): i for i, n in enumerate(self.state.names)}
        both = [*answered, *fresh]
        return tuple(sorted(both, key=lambda n: order.get((n.column, n.text), len(order))))

    # answers

    def recipe(self) -> Any:
        """The recipe with all answers."""
        assert self._seen is not None  # asked only after a look
        return import_recipe.ready(self._seen.recipe, self.state.personal, self._seen.repeated)

    def _answer(self, change: Callable[[Any], Any], *, look: bool = True) -> None:
        if self._seen is None:
            return
        self._edits.append(change)
        recipe, asked, path = change(self._seen.recipe), self._seen.asked, self.path
        self._seen = replace(self._seen, recipe=recipe)
        if not look:
            self._set(constants=tuple(sorted(recipe.constants.items())), trial=None)
            self._look_ahead()
            return
        self._task = self.session.runner.start(
            lambda _progress: look_again(path, asked, recipe),
            done=self._take,
            failed=self._failed,
            lane=self._lane,
        )

    def choose_role(self, column: str, key: str) -> None:
        """Say what a column is."""
        self._answer(lambda recipe: import_recipe.with_role(recipe, column, key))

    def choose_format(self, column: str, form: str) -> None:
        """Say how the numbers of a column are written."""
        self._answer(lambda recipe: import_recipe.with_format(recipe, column, form))

    def choose_month(self, month: int) -> None:
        """Say in which month the years of the file begin."""
        self._answer(lambda recipe: import_recipe.with_month(recipe, month))

    def choose_mark(self, text: str, kind: str) -> None:
        """Say what a mark means."""
        self._answer(lambda recipe: import_recipe.with_mark(recipe, text, kind))

    def choose_name(self, column: str, text: str, code: str) -> None:
        """Say what a name means; an empty code keeps it as new."""
        self._answer(lambda r: import_recipe.with_name(r, column, text, code), look=False)

    def accept_names(self) -> None:
        """Take every guess that is sure enough."""
        sure = [
            line
            for line in self.state.names
            if line.best >= ACCEPT_FROM and not self.answer_of(line)
        ]

        def change(recipe: Any) -> Any:
            for line in sure:
                code = line.guesses[0][0]
                recipe = import_recipe.with_name(recipe, line.column, line.text, code)
            return recipe

        self._answer(change, look=False)

    def choose_constant(self, role: str, code: str) -> None:
        """Say what the whole file is about."""
        self._answer(lambda r: import_recipe.with_constant(r, role, code), look=False)

    def choose_dataset(self, code: str) -> None:
        """Say to which source the file belongs."""
        self.state = replace(self.state, dataset=code.strip())

    def answer_of(self, line: Any) -> str:
        """The code chosen for a name; empty while it stays new."""
        if self._seen is None:
            return ""
        column = import_recipe.column_of(self._seen.recipe, line.column)
        return "" if column is None else str(column.values.get(line.text, ""))

    # steps

    def go_on(self) -> None:
        """The next step, when nothing is open in this one."""
        if self.state.may_go_on and self.state.step < CHECK:
            step = self.state.step + 1
            if step == NAMES and not self.state.names and not self.state.needs:
                step = CHECK
            self._set(step=step)

    def go_back(self) -> None:
        """The step before."""
        if self.state.step > FILE and self.state.stage in ("ready", "failed"):
            step = self.state.step - 1
            if step == NAMES and not self.state.names and not self.state.needs:
                step = COLUMNS
            self._set(step=step, stage="ready")

    def go_to(self, step: int) -> None:
        """A step that was seen already."""
        if FILE <= step < self.state.step and self.state.stage == "ready":
            self._set(step=step)

    # writing

    def run(self, *, mode: str = "replace", author: str = "") -> None:
        """Import the file as one step that can be undone."""
        ws, path, state = self.session.workspace, self.path, self.state
        recipe = self.recipe()
        self._set(stage="importing", done=0, total=-1)

        def work(progress: TaskProgress) -> ImportOutcome:
            from workbench.services import imports

            outcome = imports.commit(
                ws,
                path,
                recipe,
                dataset=state.dataset or None,
                sheet=state.sheet or None,
                mode=mode,
                author=author,
                progress=progress,
            )
            outcome.report.check()
            return outcome

        self._task = self.session.runner.start(
            work,
            done=self._imported,
            failed=self._failed,
            progressed=lambda done, total, _text: self._set(done=done, total=total),
            writes=True,
        )
        self._task.stopped.connect(lambda: self._set(stage="ready"))

    def cancel(self) -> None:
        """Stop; nothing is written then."""
        if self._task is not None and self.state.stage != "done":
            self._task.cancel()

    def _imported(self, outcome: ImportOutcome) -> None:
        self._task = None
        self._set(stage="done", **report_fields(outcome.report))
        self.session.wrote(outcome.change)

    def _failed(self, problem: Any) -> None:
        self._task = None
        failed = "failed" if self._seen is None else "ready"
        self._set(stage=failed)
        self.failed.emit(problem)


def _open_choices(lines: tuple[ChoiceLine, ...]) -> tuple[OpenQuestion, ...]:
    return tuple(
        OpenQuestion(code=line.code, text=line.text, column=line.column)
        for line in lines
        if not line.chosen
    )


def _with_picked(
    before: tuple[ChoiceLine, ...], now: tuple[ChoiceLine, ...], said: dict[str, str]
) -> tuple[ChoiceLine, ...]:
    """The questions answered so far, so that they can be answered again, and the new ones."""
    kept = [line for line in before if said.get(line.key) == line.chosen != ""]
    keys = {line.key for line in kept}
    return (*kept, *(line for line in now if line.key not in keys))


__all__ = ["CHECK", "COLUMNS", "FILE", "NAMES", "TABLE", "ImportState", "ImportViewModel"]
