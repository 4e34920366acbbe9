"""Import a file: look at it, then write it as one version of its source, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.errors import N_
from workbench.changes import Change
from workbench.errors import UsageError, WorkbenchError
from workbench.importing import presets
from workbench.importing.collector import paused_collector
from workbench.importing.guess import Question
from workbench.importing.names import Names, is_country, normal, own_variable, slug
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.plan import make_plan
from workbench.importing.preview import (
    Opened,
    Preview,
    file_remarks,
    make_preview,
    open_for,
    question_dict,
)
from workbench.importing.recipe import Recipe
from workbench.importing.report import ImportReport, Remark
from workbench.importing.validate import Prepared, prepare
from workbench.progress import SILENT, Progress
from workbench.services.workspace import Workspace
from workbench.store import codes, inventory, observations, originals, records, vintages
from workbench.store.records_text import Dialect

if TYPE_CHECKING:
    from sqlite3 import Connection

REPORTED_EVERY = 1_000
MOST_KEPT = 10_000
"""Rows left out that the version keeps one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What an import did.

    Attributes:
        change: the line in the history.
        report: the counts.
        recipe: how the file was read; it can be saved and used again.
    """

    change: Change
    report: ImportReport
    recipe: Recipe


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
            hint=N_("Answer in the import window, or give a recipe."),
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
) -> Preview:
    """What a file is and how it would be read; nothing is written.

    Args:
        path: the file.
        sheet: name of the sheet, or None for the first with a table.
        recipe: recipe to try, or None.
        preset: name of a shipped recipe to try, or None.
        variable: code for the whole file.
        area: code for the whole file.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
        IndicatorsError: there is no such preset.
    """
    chosen = presets.preset(preset) if preset else recipe
    opened = open_for(Path(path), chosen, last_year=_last_year(), sheet=sheet or "")
    return make_preview(opened, last_year=_last_year(), known=_given(variable, area))


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
        progress: told about rows.

    Raises:
        OpenQuestions: a column is ambiguous.
        UserFileError: the file cannot be read.
        StoreError: the project cannot be written.
    """
    path = Path(path)
    chosen = presets.preset(preset) if preset else None
    opened = open_for(path, chosen, last_year=_last_year(), sheet=sheet or "")
    if opened.recipe is not None:
        recipe = _with_constants(opened.recipe, _given(variable, area))
        return _commit(ws, opened, recipe, dataset, mode, author, progress)
    seen = make_preview(opened, last_year=_last_year(), known=_given(variable, area))
    if seen.questions:
        raise OpenQuestions(path, seen.questions)
    return _commit(ws, opened, seen.recipe, dataset, mode, author, progress)


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
) -> ImportOutcome:
    """Import by a recipe; arguments as for ``accept``.

    Raises:
        UserFileError: the file cannot be read, or the recipe does not fit it.
        StoreError: the project cannot be written.
    """
    opened = open_for(Path(path), recipe, last_year=_last_year(), sheet=sheet or "")
    recipe = _with_constants(recipe, _given(variable, area))
    return _commit(ws, opened, recipe, dataset, mode, author, progress)


def _given(variable: str | None, area: str | None) -> dict[str, str]:
    pairs = (("variable", variable), ("area", area))
    return {name: code for name, code in pairs if code}


def _with_constants(recipe: Recipe, given: Mapping[str, str]) -> Recipe:
    """The recipe with codes for the whole file in place of its columns of that role."""
    if not given:
        return recipe
    columns = tuple(
        replace(column, role="ignore") if column.role in given else column
        for column in recipe.columns
    )
    return replace(recipe, columns=columns, constants={**recipe.constants, **given})


def _last_year() -> int:
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
) -> ImportOutcome:
    ws.refuse_read_only()
    if mode not in ("replace", "append"):
        raise UsageError(N_("“{mode}” is no way to import."), mode=mode)
    dataset = dataset or recipe.dataset or slug(opened.file.path.stem)
    recipe, remarks = _defaults(ws, opened, recipe)
    assert opened.header is not None  # a recipe was fitted to it
    plan = make_plan(
        opened.file,
        opened.table,
        opened.header,
        recipe,
        last_year=_last_year(),
        personal=tuple(opened.personal),
    )
    skipped = [t.name for t in opened.file.tables if t.index != opened.table.index]
    if skipped:
        data = {"values": ", ".join(skipped[:8])}
        remarks.append(Remark(code="sheets_skipped", count=len(skipped), data=data))
    sha256 = _sha256(opened.file.path)
    again = _imported_before(ws, sha256)
    if again:
        remarks.append(Remark(code="same_file_again", data={"date": again}))
    with paused_collector():
        prepared = prepare(
            plan,
            _names(ws),
            dataset=dataset,
            preset=recipe.name if opened.is_preset else None,
            personal={index: sign.id for index, sign in opened.personal.items()},
            file_remarks=(*file_remarks(opened), *remarks),
            sheets_skipped=skipped,
            progress=progress,
        )
        return _write(ws, opened, recipe, prepared, dataset, sha256, mode, author, progress)


def _defaults(ws: Workspace, opened: Opened, recipe: Recipe) -> tuple[Recipe, list[Remark]]:
    """Area and variable for a file that names none: the project's own area, the file's name."""
    assert opened.header is not None  # a recipe was fitted to it
    present = {c.role for c in recipe.columns if opened.header.column(c.name) is not None}
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


def _names(ws: Workspace) -> Names:
    """What the catalogue and the project call things."""
    from indicators.catalog import load_catalogue

    units: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, variable in load_catalogue().variables.items():
        units[code] = variable.unit
        for language in ("en", "es", "pt", "fr"):
            names.setdefault(normal(variable.name.in_language(language)), code)
    for variable_code, _, _, _, unit in inventory.series_keys(ws.db).values():
        units.setdefault(variable_code, unit)
    areas = {
        str(row["code"]): tuple(json.loads(str(row["names"])).values())
        for row in records.fetch_all(ws.db, "area")
    }
    return Names(areas=areas, variables=units, variable_names=names, own_area=ws.settings.area)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(partial(stream.read, 1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _imported_before(ws: Workspace, sha256: str) -> str:
    """When this very file was imported last, or an empty text."""
    if not observations.has_original(ws.db, sha256):
        return ""
    dates = [v.made_at for v in vintages.stored_vintages(ws.db) if v.sha256 == sha256]
    return dates[-1][:10] if dates else ""


def _write(
    ws: Workspace,
    opened: Opened,
    recipe: Recipe,
    prepared: Prepared,
    dataset: str,
    sha256: str,
    mode: str,
    author: str,
    progress: Progress,
) -> ImportOutcome:
    """One transaction: original, version, areas, series, observations, report."""
    text = N_("Import of “{file}”")
    file = opened.file.path.name
    with ws.write("import", text, by=author, file=file, dataset=dataset) as draft:
        db = ws.db
        sheet = _store_file(db, opened, prepared, sha256)
        vintage = observations.begin_vintage(
            db,
            observations.VintageRecord(
                dataset=dataset,
                mode=observations.Mode(mode),
                sha256=sha256,
                recipe=recipe.dump(),
                made_by=author,
                fictitious=ws.settings.fictitious,
            ),
        )
        _add_areas(db, prepared)
        ids = _series_numbers(db, prepared, dataset)
        lots = _lots(prepared, ids, vintage, sheet, progress)
        observations.insert_observations(db, chain.from_iterable(lots))
        report = prepared.report.with_vintage(vintage)
        layout = observations.SheetLayout(
            sheet=sheet, header_rows=prepared.header_rows, note_rows=prepared.note_rows
        )
        observations.finish_vintage(db, vintage, report=_kept(report), layout=(layout,))
        observations.settle_delivery(db, draft, vintage, observations.Mode(mode))
        observations.after_load(db)
    return ImportOutcome(change=draft.change(), report=report, recipe=recipe)


def _store_file(db: Connection, opened: Opened, prepared: Prepared, sha256: str) -> int:
    """Keep the original, blanked where it is personal; the number its sheet has in the store."""
    file = opened.file
    is_text = file.format == "csv"
    sheet = 0 if is_text else opened.table.index
    header = prepared.plan.header
    hidden = [
        originals.RedactedColumn(
            column=index + 1,
            name=header.names[index],
            sheet=sheet,
            first_row=header.row + prepared.plan.recipe.reading.header_rows,
            reason=reason,
        )
        for index, reason in prepared.personal.items()
    ]
    has_broken = any(entry.code == "broken_quote" for entry in prepared.report.set_aside)
    by_row = is_text and not has_broken
    observations.store_original(
        db,
        data_path=file.path,
        sha256=sha256,
        name=file.path.name,
        format=file.format,
        dialect=Dialect(encoding=file.encoding, delimiter=file.delimiter) if by_row else None,
        redacted=hidden,
    )
    if not by_row:
        rows = ((n, _without_marks(row)) for n, row in enumerate(opened.table.rows(), 1) if row)
        observations.store_sheet_rows(db, sha256, sheet, opened.table.name, rows)
    return sheet


def _series_numbers(db: Connection, prepared: Prepared, dataset: str) -> list[int]:
    """The store's number of every series of the file; new ones are made in one go.

    Raises:
        WorkbenchError: a series exists with another unit.
    """
    known = {key[:4]: (number, key[4]) for number, key in inventory.series_keys(db).items()}
    variable = lru_cache(maxsize=None)(partial(codes.variable_id, db))
    area = lru_cache(maxsize=None)(partial(codes.area_id, db))
    cuts = {key.breakdown: key.breakdown.to_json() for key in prepared.series}
    cut = {breakdown: codes.breakdown_id(db, breakdown) for breakdown in cuts}
    source = codes.dataset_id(db, dataset)
    numbers = []
    for key in prepared.series:
        found = known.get((key.variable, key.area, cuts[key.breakdown], dataset))
        if found is None:
            row = {
                "variable": variable(key.variable),
                "area": area(key.area),
                "breakdown": cut[key.breakdown],
                "dataset": source,
                "unit": key.unit,
            }
            numbers.append(int(db.execute(codes.INSERT_SERIES, row).lastrowid or 0))
        elif found[1] == key.unit:
            numbers.append(found[0])
        else:
            numbers.append(codes.series_id(db, *key[:3], dataset, key.unit))
    return numbers


def _without_marks(row: Sequence[str]) -> list[str]:
    """The texts of a row without the sign before typed numbers."""
    return [cell[1:] if cell.startswith(MACHINE_MARK) else cell for cell in row]


def _add_areas(db: Connection, prepared: Prepared) -> None:
    """Make the areas that are new: countries stand alone, others under the project's country."""
    used = {key.area for key in prepared.series}
    known = {str(row["code"]) for row in records.fetch_all(db, "area")}
    for code in sorted(used - known):
        names = {"en": prepared.new_areas.get(code, code)}
        if is_country(code):
            stand_alone = {"parent_id": None, "level": 0, "valid_from": None, "valid_to": None}
            row = {"code": code, "names": json.dumps(names, ensure_ascii=False), **stand_alone}
            records.put(db, "area", row)
        else:
            codes.area_id(db, code, names=names)


def _lots(
    prepared: Prepared, ids: Sequence[int], vintage: int, sheet: int, progress: Progress
) -> Iterator[Iterable[tuple[Any, ...]]]:
    """The rows for the store in lots, with a report before each."""
    total = len(prepared.cell)
    for number, lot in enumerate(prepared.lots(ids, vintage, sheet, size=REPORTED_EVERY)):
        progress.report(number * REPORTED_EVERY, total, N_("Writing the values"))
        yield lot


def _kept(report: ImportReport) -> dict[str, object]:
    """The report as it is kept with the version: counts, and the first rows left out."""
    content = report.as_dict()
    content["set_aside"] = list(content["set_aside"])[:MOST_KEPT]  # type: ignore[call-overload]
    return content
