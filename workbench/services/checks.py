"""Checks of the project: the file, the kept originals, the sums of imports, and the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import C_, N_, IndicatorsError, Note, Severity
from indicators.model.period import Frequency
from indicators.model.series import Cube
from workbench.progress import SILENT, Progress
from workbench.services.cubes import PARTS, cube
from workbench.services.inventory import variables
from workbench.store import inventory, maintenance, originals
from workbench.store.vintages import StoredVintage, stored_vintages

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

ROWS = ("header_rows", "footer_rows", "blank_rows", "rows_imported", "rows_set_aside")
CELLS = ("observations", "missing", "cells_set_aside", "cells_ignored")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Attributes:
        integrity: True when the file itself is whole: pages, references, originals.
        observations: current values looked at.
        originals: files whose hash was compared.
        findings: remarks, with their level.
    """

    integrity: bool
    observations: int
    originals: int
    findings: tuple[Note, ...]


def check(ws: Workspace, *, progress: Progress = SILENT) -> CheckReport:
    """Look at everything; nothing is changed. A damaged file is not looked at further."""
    progress.report(0, 4, N_("Checking the file"))
    broken = tuple(_file_notes(ws))
    if broken:
        return CheckReport(integrity=False, observations=0, originals=0, findings=broken)
    progress.report(1, 4, N_("Checking the kept files"))
    kept = originals.stored_originals(ws.db)
    damage = tuple(
        _original_note(entry) for entry in kept if not originals.is_intact(ws.db, entry)
    )
    progress.report(2, 4, N_("Checking the imports"))
    sums = version_notes(ws)
    progress.report(3, 4, N_("Checking the data"))
    data = data_notes(ws)
    progress.report(4, 4)
    return CheckReport(
        integrity=not damage,
        observations=sum(row.observations for row in variables(ws)),
        originals=len(kept),
        findings=(*damage, *sums, *data),
    )


def data_notes(ws: Workspace) -> tuple[Note, ...]:
    """Values that cannot all be right, in every frequency, and inputs that cannot be read."""
    from indicators.checks import run_rules
    from workbench.services import adding_up
    from workbench.services.check_inputs import check_input, source_conflicts

    held = inventory.period_parts(ws.db)
    found: list[Note] = []
    for frequency in Frequency:
        first, last = PARTS[frequency]
        if not any(first <= part <= last for part in held):
            continue
        cubes, unreadable = _cubes(ws, frequency)
        found.extend(note for note in unreadable if note not in found)
        if cubes:
            found.extend(run_rules(check_input(ws, cubes)))
    found.extend(source_conflicts(ws))
    found.extend(adding_up.outdated(ws))
    return tuple(found)


def version_notes(ws: Workspace) -> tuple[Note, ...]:
    """What imports left behind: counts that do not close, conflicts, personal data."""
    from workbench.services.check_inputs import conflict_notes, personal_notes, set_aside_notes

    found: list[Note] = []
    seen: set[str] = set()
    for entry in stored_vintages(ws.db):
        found.extend(import_notes(entry))
        found.extend(conflict_notes(entry))
        found.extend(set_aside_notes(entry))
        if entry.sha256 is not None and entry.sha256 not in seen:
            seen.add(entry.sha256)
            found.extend(personal_notes(ws, entry))
    return tuple(found)


def _cubes(ws: Workspace, frequency: Frequency) -> tuple[dict[str, Cube], list[Note]]:
    cubes: dict[str, Cube] = {}
    notes: list[Note] = []
    for row in variables(ws):
        try:
            made = cube(ws, row.code, frequency=frequency, everything=True)
        except IndicatorsError as error:
            notes.append(
                Note(
                    code="units_differ",
                    text=error.title,
                    severity=Severity.WARN,
                    data=error.data,
                )
            )
            continue
        if made.periods:
            cubes[row.code] = made
    return cubes, notes


def _file_notes(ws: Workspace) -> Iterator[Note]:
    for problem in maintenance.file_problems(ws.db):
        yield Note(
            code="file_damaged",
            text=N_("The project file is damaged: {problem}. Restore a backup."),
            severity=Severity.STOP,
            data={"problem": problem},
        )


def _original_note(entry: originals.StoredOriginal) -> Note:
    return Note(
        code="original_changed",
        text=N_("The kept file “{file}” is no longer as it was stored."),
        severity=Severity.STOP,
        data={"file": entry.name, "sha256": entry.sha256},
    )


def import_notes(entry: StoredVintage) -> Iterator[Note]:
    """Whether the counts of an import close and fit what is stored."""
    report = entry.report
    if report is None:
        return
    for whole, parts in (("rows_read", ROWS), ("cells_read", CELLS)):
        if whole in report and _count(report, whole) != sum(_count(report, p) for p in parts):
            yield Note(
                code="import_sums",
                text=N_("The counts of the import of version {vintage} do not close ({field})."),
                severity=Severity.STOP,
                data={"vintage": entry.id, "field": whole},
            )
    held = _count(report, "observations")
    if not held <= entry.count <= held + _count(report, "missing"):
        yield Note(
            code="import_rows",
            text=C_(
                "Version {vintage} should hold {expected} value but holds {found}.",
                "Version {vintage} should hold {expected} values but holds {found}.",
                by="expected",
            ),
            severity=Severity.STOP,
            data={"vintage": entry.id, "expected": held, "found": entry.count},
        )


def _count(report: Mapping[str, object], key: str) -> int:
    value = report.get(key, 0)
    if isinstance(value, Mapping):
        return sum(int(str(part)) for part in value.values())
    return int(str(value or 0))
