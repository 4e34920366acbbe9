"""Import a file: look at it, then write it as one version of its source, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from indicators.errors import N_
from workbench.errors import UsageError, WorkbenchError
from workbench.importing import presets
from workbench.importing.collector import paused_collector
from workbench.importing.names import own_variable, slug
from workbench.importing.next_year import with_formats
from workbench.importing.opening import Opened, file_remarks, open_for
from workbench.importing.plan import make_plan
from workbench.importing.preview import Preview, make_preview, question_dict
from workbench.importing.question import Question
from workbench.importing.recipe import Reading, Recipe
from workbench.importing.recipe import load as load_recipe
from workbench.importing.recipe import parse as parse_recipe
from workbench.importing.report import Remark
from workbench.importing.validate import prepare
from workbench.progress import SILENT, Progress
from workbench.services import earlier_imports as earlier
from workbench.services.import_writing import Delivery, ImportOutcome, learned, write
from workbench.services.project_names import project_names
from workbench.services.saved_recipes import save_recipe
from workbench.services.workspace import Workspace
from workbench.store.filesystem import refuse_without_space

__all__ = [
    "ImportOutcome",
    "OpenQuestions",
    "accept",
    "answer",
    "answered",
    "commit",
    "load_recipe",
    "parse_recipe",
    "preview",
    "save_recipe",
]


class OpenQuestions(WorkbenchError):  # noqa: N818 - it is a state of the file, not a fault
    """A file that cannot be imported before a person decided something.

    Attributes:
        questions: what is open.
    """

    def __init__(self, path: Path, questions: tuple[Question, ...]) -> None:
        texts = " ".join(str(question_dict(question)["text"]) for question in questions)
        super().__init__(
            N_("“{name}” was not imported, because something must be decided first."),
            detail=N_("{questions}"),
            hint=N_("Answer in the import window, with --answer, or give a recipe."),
            name=path.name,
            path=str(path),
            questions=texts,
        )
        self.questions = questions


def preview(
    path: Path | str,
    *,
    sheet: str | None = None,
    recipe: Recipe | None = None,
    preset: str | None = None,
    variable: str | None = None,
    area: str | None = None,
    ws: Workspace | None = None,
    answers: Mapping[str, str] | None = None,
    dataset: str | None = None,
) -> Preview:
    """What a file is and how it would be read; nothing is written.

    Args:
        path: the file.
        sheet: name of the sheet, or None for the first with a table.
        recipe: recipe to try, or None.
        preset: name of a shipped recipe to try, or None.
        variable: code for the whole file.
        area: code for the whole file.
        ws: the project whose names, decisions and earlier imports count, or None.
        answers: what a person answered, by code of the question or ``code:column``.
        dataset: code of the source; None: from the file name.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
        IndicatorsError: there is no such preset.
    """
    chosen = presets.preset(preset) if preset else recipe
    said = dict(answers or {})
    opened = _open(Path(path), chosen, sheet or "", said)
    seen = make_preview(
        opened,
        last_year=last_believed_year(),
        known=_given(variable, area),
        answers=said,
        names=project_names(ws),
    )
    asked = {"sheet": sheet, "variable": variable, "area": area, "dataset": dataset}
    given = {name: text for name, text in asked.items() if text}
    seen = replace(seen, answers=said, given=given, remarks=opened.remarks)
    if ws is None:
        return seen
    if opened.is_preset:
        return replace(seen, recipe=with_learned(ws, seen.recipe, dataset or ""))
    code = dataset or slug(Path(path).stem)
    known = earlier.find(ws, seen.recipe)
    decided = learned(ws.db, known.dataset if known and not dataset else code)
    seen = _again(ws, seen, _given(variable, area))
    recipe = earlier.with_decisions(seen.recipe, decided)
    return replace(seen, recipe=recipe, known=known or seen.known, ws=ws)


def _again(ws: Workspace, seen: Preview, given: Mapping[str, str]) -> Preview:
    """The preview with the recipe of an earlier table like this one."""
    answers = seen.answers

    def other(sheet: str) -> Preview:
        opened = _open(seen.path, None, sheet, answers)
        return make_preview(
            opened,
            last_year=last_believed_year(),
            known=given,
            answers=answers,
            names=project_names(ws),
        )

    return earlier.read_again(ws, seen, given=given, answers=answers, other=other)


def answer(seen: Preview, choices: Mapping[str, str]) -> Recipe:
    """The recipe of a file after more questions were answered.

    Args:
        seen: the preview that asked.
        choices: by code of the question, or ``code:column`` when several columns ask the same.

    Raises:
        UserFileError: the file cannot be read any more, or as answered.
    """
    return answered(seen, choices).recipe


def answered(seen: Preview, choices: Mapping[str, str]) -> Preview:
    """The preview after more questions were answered; it may ask further ones."""
    return preview(
        seen.path,
        ws=seen.ws,  # type: ignore[arg-type]
        answers={**seen.answers, **choices},
        **seen.given,  # type: ignore[arg-type]
    )


def _open(path: Path, recipe: Recipe | None, sheet: str, answers: Mapping[str, str]) -> Opened:
    """The opened file, with what was answered on its letters."""
    reading = Reading(encoding=answers.get("which_encoding", ""))
    opened = open_for(
        path,
        recipe,
        last_year=last_believed_year(),
        sheet=sheet,
        reading=reading,
        repair=answers.get("repair_letters") != "no",
    )
    if not opened.is_preset or opened.recipe is None or opened.header is None:
        return opened
    fitted, remarks = with_formats(opened.recipe, opened.header, opened.rows)
    return replace(opened, recipe=fitted, remarks=tuple(remarks)) if remarks else opened


def accept(
    ws: Workspace,
    path: Path | str,
    *,
    dataset: str | None = None,
    variable: str | None = None,
    area: str | None = None,
    sheet: str | None = None,
    preset: str | None = None,
    mode: str = "replace",
    author: str = "",
    answers: Mapping[str, str] | None = None,
    progress: Progress = SILENT,
) -> ImportOutcome:
    """Import by a preset, else by the best guess.

    Args:
        ws: the project.
        path: the file.
        dataset: code of the source; None: that of the preset, else from the file name.
        variable: code for the whole file.
        area: code for the whole file.
        sheet: name of the sheet, or None for the first with a table.
        preset: name of a shipped recipe, or None to look for one.
        mode: ``replace`` ends earlier versions of the source, ``append`` keeps them.
        author: who imports.
        answers: what a person answered, by code of the question or ``code:column``.
        progress: told about rows.

    Raises:
        OpenQuestions: a column is ambiguous.
        UserFileError: the file cannot be read.
        StoreError: the project cannot be written.
    """
    path = Path(path)
    chosen = presets.preset(preset) if preset else None
    said = dict(answers or {})
    opened = _open(path, chosen, sheet or "", said)
    if opened.recipe is not None:
        recipe = _with_constants(opened.recipe, _given(variable, area))
        if opened.is_preset:
            recipe = with_learned(ws, recipe, dataset or "")
        return _commit(ws, opened, recipe, dataset, mode, author, progress)
    seen = make_preview(
        opened,
        last_year=last_believed_year(),
        known=_given(variable, area),
        answers=said,
        names=project_names(ws),
        oddities=False,
    )
    seen = replace(seen, answers=said)
    given, source = _given(variable, area), dataset or slug(path.stem)
    if not sheet:
        seen = _again(ws, seen, given)
    recipe = earlier.with_decisions(seen.recipe, learned(ws.db, source))
    questions = earlier.open_questions(seen.questions, recipe)
    if questions:
        raise OpenQuestions(path, questions)
    return commit(
        ws,
        path,
        recipe,
        dataset=dataset,
        mode=mode,
        author=author,
        progress=progress,
        remarks=seen.remarks,
    )


def commit(
    ws: Workspace,
    path: Path | str,
    recipe: Recipe,
    *,
    dataset: str | None = None,
    mode: str = "replace",
    author: str = "",
    sheet: str | None = None,
    variable: str | None = None,
    area: str | None = None,
    progress: Progress = SILENT,
    remarks: Sequence[Remark] = (),
) -> ImportOutcome:
    """Import by a recipe; arguments as for ``accept``, and remarks made on the way to it.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
        StoreError: the project cannot be written.
    """
    opened = open_for(Path(path), recipe, last_year=last_believed_year(), sheet=sheet or "")
    recipe = opened.recipe or recipe
    recipe = _with_constants(recipe, _given(variable, area))
    return _commit(ws, opened, recipe, dataset, mode, author, progress, remarks)


def _given(variable: str | None, area: str | None) -> dict[str, str]:
    return {name: code for name, code in (("variable", variable), ("area", area)) if code}


def _with_constants(recipe: Recipe, given: Mapping[str, str]) -> Recipe:
    """The recipe with codes for the whole file in place of its columns of that role."""
    if not given:
        return recipe
    columns = tuple(
        replace(column, role="ignore") if column.role in given else column
        for column in recipe.columns
    )
    return replace(recipe, columns=columns, constants={**recipe.constants, **given})


def last_believed_year() -> int:
    """Next year: later ones are not believed."""
    return datetime.now().astimezone().year + 1


def _commit(
    ws: Workspace,
    opened: Opened,
    recipe: Recipe,
    dataset: str | None,
    mode: str,
    author: str,
    progress: Progress,
    said: Sequence[Remark] = (),
) -> ImportOutcome:
    ws.refuse_read_only()
    refuse_without_space(ws.path, opened.file.size)
    if mode not in ("replace", "append"):
        raise UsageError(N_("“{mode}” is no way to import."), mode=mode)
    dataset = dataset or recipe.dataset or slug(opened.file.path.stem)
    recipe, remarks = with_defaults(ws, opened, recipe)
    remarks = [*said, *remarks]
    plan, *further = [
        make_plan(
            opened.file,
            table,
            header,
            recipe,
            last_year=last_believed_year(),
            personal=tuple(opened.personal_of.get(table.index, {})),
        )
        for table, header in opened.chosen
    ]
    read = {table.index for table, _ in opened.chosen}
    skipped = [t.name for t in opened.file.tables if t.index not in read]
    if skipped:
        data = {"values": ", ".join(skipped[:8])}
        remarks.append(Remark(code="sheets_skipped", count=len(skipped), data=data))
    sha256 = earlier.sha256_of(opened.file.path)
    again = earlier.imported_before(ws, sha256)
    if again:
        remarks.append(Remark(code="same_file_again", data={"date": again}))
    with paused_collector():
        prepared = prepare(
            plan,
            project_names(ws),
            further=further,
            dataset=dataset,
            preset=recipe.name if opened.is_preset else None,
            personal={index: sign.id for index, sign in opened.personal.items()},
            file_remarks=(*file_remarks(opened), *remarks),
            sheets_skipped=skipped,
            progress=progress,
        )
        delivery = Delivery(
            opened=opened,
            prepared=prepared,
            recipe=recipe,
            dataset=dataset,
            sha256=sha256,
            mode=mode,
            author=author,
        )
        return write(ws, delivery, progress)


def with_defaults(ws: Workspace, opened: Opened, recipe: Recipe) -> tuple[Recipe, list[Remark]]:
    """Area and variable for a file that names none: the project's own area, the file's name."""
    assert opened.header is not None  # a recipe was fitted to it
    present = {c.role for c in recipe.columns if opened.header.column(c.name) is not None}
    if any("variable" in c.fixed for c in recipe.columns):
        present.add("variable")
    present |= set(recipe.constants)
    given: dict[str, str] = {}
    remarks = []
    if "area" not in present:
        given["area"] = ws.settings.area
        if not given["area"]:
            raise OpenQuestions(opened.file.path, (Question(code="no_area"),))
        remarks.append(Remark(code="default_area", data={"area": given["area"]}))
    if "variable" not in present:
        given["variable"] = own_variable(opened.file.path.stem)
        remarks.append(Remark(code="default_variable", data={"variable": given["variable"]}))
    return _with_constants(recipe, given), remarks


def source_of(path: Path, recipe: Recipe) -> str:
    """Code of the source a file belongs to when nobody names one."""
    return recipe.dataset or slug(path.stem)


def with_learned(ws: Workspace, recipe: Recipe, dataset: str = "") -> Recipe:
    """The recipe with the decisions on names of earlier imports of its source.

    Args:
        ws: the project.
        recipe: what it says itself wins.
        dataset: code of the source; empty: that of the recipe.
    """
    return earlier.with_decisions(recipe, learned(ws.db, dataset or recipe.dataset))
