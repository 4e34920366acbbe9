"""Write what an import prepared: the file, its version, areas, series and values, at once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from typing import Any

import numpy as np

from indicators.errors import N_, IndicatorsError
from workbench.changes import Change
from workbench.importing import presets
from workbench.importing.names import is_country
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.opening import Opened
from workbench.importing.prepared import LOT, Prepared
from workbench.importing.recipe import Recipe
from workbench.importing.report import ImportReport, Remark
from workbench.progress import Progress
from workbench.services.workspace import Workspace
from workbench.store import codes, observations, originals, page_cache, records
from workbench.store.connection import Connection
from workbench.store.journal import Draft
from workbench.store.records_text import Dialect
from workbench.store.texts import parsed

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is written.

    Attributes:
        opened, prepared, recipe: the file, its values, and how it was read.
        dataset: code of its source.
        sha256: hash of the file.
        mode: ``replace`` or ``append``.
        author: who imports.
    """

    opened: Opened
    prepared: Prepared
    recipe: Recipe
    dataset: str
    sha256: str
    mode: str
    author: str


def write(ws: Workspace, delivery: Delivery, progress: Progress) -> ImportOutcome:
    """One transaction: original, version, areas, series, observations, report.

    Raises:
        StoreError: the project cannot be written; nothing is changed then.
        Cancelled: the person stopped; nothing is changed then.
    """
    prepared, dataset = delivery.prepared, delivery.dataset
    mode = observations.Mode(delivery.mode)
    file = delivery.opened.file.path.name
    text = N_("Import of “{file}”")
    by = delivery.author
    db = ws.db
    with (
        page_cache.read_once(db),
        ws.write("import", text, by=by, file=file, dataset=dataset) as draft,
    ):
        sheet = _store_file(db, delivery.opened, prepared, delivery.sha256)
        _add_areas(db, prepared)
        ids = _series_numbers(db, prepared, dataset)
        editions = prepared.editions or ("",)
        for number, edition in enumerate(editions):
            own = mode if number == 0 else observations.Mode.APPEND
            record = observations.VintageRecord(
                dataset=dataset,
                mode=own,
                sha256=delivery.sha256,
                recipe=delivery.recipe.dump(),
                made_by=by,
                fictitious=ws.settings.fictitious,
            )
            vintage = observations.begin_vintage(db, record)
            lots = _lots(prepared, ids, vintage, sheet, progress, edition)
            observations.insert_observations(db, chain.from_iterable(lots))
            report = _final_report(db, prepared, vintage)
            observations.finish_vintage(
                db, vintage, report=_kept(report), layout=_layout(prepared)
            )
            observations.settle_delivery(db, draft, vintage, own)
        _learn(db, draft, dataset, delivery.recipe)
        observations.after_load(db)
    return ImportOutcome(change=draft.change(), report=report, recipe=delivery.recipe)


def _layout(prepared: Prepared) -> tuple[observations.SheetLayout, ...]:
    """Of each sheet, the rows that are no data."""
    is_text = not prepared.plan.table.name
    return tuple(
        observations.SheetLayout(
            sheet=0 if is_text else sheet.table.index,
            header_rows=sheet.header_rows,
            note_rows=sheet.note_rows,
        )
        for sheet in prepared.layouts
    )


def _final_report(db: Connection, prepared: Prepared, vintage: int) -> ImportReport:
    """The report with its version, and a word on corrections that the file has newer values for."""
    report = prepared.report.with_vintage(vintage)
    overruled = observations.corrections_overruled(db, vintage)
    if not overruled:
        return report
    remark = Remark(code="corrections_overruled", count=overruled)
    return replace(report, remarks=(*report.remarks, remark))


def _store_file(db: Connection, opened: Opened, prepared: Prepared, sha256: str) -> int:
    """Keep the original, blanked where it is personal; the number its sheet has in the store."""
    file = opened.file
    is_text = file.format == "csv"
    sheet = 0 if is_text else opened.table.index
    hidden = [
        originals.RedactedColumn(
            column=index + 1,
            name=header.names[index],
            sheet=0 if is_text else table.index,
            first_row=header.row + header.rows,
            reason=sign.id,
        )
        for table, header in opened.chosen
        for index, sign in opened.personal_of.get(table.index, {}).items()
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
        for part in prepared.layouts:
            table = part.table
            number = sheet if len(prepared.layouts) == 1 else table.index
            rows = ((n, _without_marks(row)) for n, row in enumerate(table.rows(), 1) if row)
            observations.store_sheet_rows(db, sha256, number, table.name, rows)
    return sheet


def _series_numbers(db: Connection, prepared: Prepared, dataset: str) -> array[int]:
    """The store's number of every series of the file that is used; new ones are made.

    Raises:
        WorkbenchError: a series exists with another unit.
    """
    variable = lru_cache(maxsize=None)(partial(codes.variable_id, db))
    area = lru_cache(maxsize=None)(partial(codes.area_id, db))
    cut = lru_cache(maxsize=None)(partial(codes.breakdown_id, db))
    source = codes.dataset_id(db, dataset)
    is_new = not codes.holds_series(db, source)
    numbers = array("q", bytes(8 * len(prepared.series)))
    for place in np.flatnonzero(prepared.used).tolist():
        key = prepared.series[place]
        row = {
            "variable": variable(key.variable),
            "area": area(key.area),
            "breakdown": cut(key.breakdown),
            "dataset": source,
            "unit": key.unit,
        }
        numbers[place], unit = codes.series_held(db, row, likely_new=is_new)
        if unit != key.unit:
            codes.series_id(db, *key[:3], dataset, key.unit)
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
        if is_country(code) or code in prepared.alone:
            stand_alone = {"parent_id": None, "level": 0, "valid_from": None, "valid_to": None}
            row = {"code": code, "names": json.dumps(names, ensure_ascii=False), **stand_alone}
            records.put(db, "area", row)
        else:
            codes.area_id(db, code, names=names)


def _lots(
    prepared: Prepared,
    ids: Sequence[int],
    vintage: int,
    sheet: int,
    progress: Progress,
    edition: str,
) -> Iterator[Iterable[tuple[Any, ...]]]:
    """The rows for the store in lots, with a report before each."""
    total = len(prepared.cell)
    for number, lot in enumerate(prepared.lots(ids, vintage, sheet, edition=edition)):
        progress.report(number * LOT, total, N_("Writing the values"))
        yield lot


def learned_key(dataset: str) -> str:
    """Under which key the project keeps what was decided on the names of a source."""
    return f"names:{dataset}"


def learned(db: Connection, dataset: str) -> dict[str, dict[str, str]]:
    """Our code by text of the file, by header of the column, as decided before."""
    row = records.fetch(db, "setting", learned_key(dataset))
    found: dict[str, dict[str, str]] = parsed(str(row["value"])) if row else {}
    return found


def _learn(db: Connection, draft: Draft, dataset: str, recipe: Recipe) -> None:
    """Keep the decisions on names that a person put into a recipe; undone with the import."""
    shipped = _preset_values(recipe)
    new = {
        column.name: own
        for column in recipe.columns
        if column.role not in ("status", "flags", "magnitude")
        and (own := _without(column.values, shipped.get(column.name, {})))
    }
    before = learned(db, dataset)
    after = {name: {**before.get(name, {}), **new.get(name, {})} for name in {**before, **new}}
    if after == before:
        return
    key = learned_key(dataset)
    former = records.fetch(db, "setting", key)
    row = {"key": key, "value": json.dumps(after, ensure_ascii=False, sort_keys=True)}
    records.put(db, "setting", row)
    draft.forward.append({"op": "put", "table": "setting", "row": row})
    draft.inverse.append(
        {"op": "put", "table": "setting", "row": former}
        if former
        else {"op": "remove", "table": "setting", "key": key}
    )


def _preset_values(recipe: Recipe) -> dict[str, Mapping[str, str]]:
    """What the preset of a recipe says itself on names, by header; empty for other recipes."""
    if not recipe.match.requires:
        return {}
    try:
        columns = presets.preset(recipe.name).columns
    except IndicatorsError:  # a recipe of that kind from elsewhere
        columns = recipe.columns
    return {column.name: column.values for column in columns}


def _without(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {text: code for text, code in values.items() if known.get(text) != code}


def _kept(report: ImportReport) -> dict[str, object]:
    """The report as it is kept with the version: counts, and the first rows left out."""
    content = report.as_dict()
    content["set_aside"] = list(content["set_aside"])[:MOST_KEPT]  # type: ignore[call-overload]
    return content
