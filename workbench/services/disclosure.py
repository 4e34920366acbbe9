"""Disclosure control on tables in files: read, protect, check the bytes, write, remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_, Note
from workbench.errors import UserFileError, WorkbenchError
from workbench.services import publications, table_files
from workbench.services.disclosure_words import below, first, left_open
from workbench.services.table_files import TableFile
from workbench.services.table_places import Naming, naming

if TYPE_CHECKING:
    from indicators.disclosure.joint import Earlier
    from indicators.disclosure.protection import Protection
    from indicators.disclosure.rounding import Rounding
    from indicators.model.results import Refusal
    from indicators.model.tables import Cell, CountTable
    from workbench.services.workspace import Workspace

HIDE = "hide"
METHODS = (HIDE, "round5", "10-5")
"""Ways to protect a table; a test holds them to those of the rounding rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a table is to be protected.

    Attributes:
        method: one of ``METHODS``.
        earlier: files published before with the same cells.
        ws: project whose log of publications is looked at, or None.
        publish: name under which the table enters the log; empty: it does not.
        by: who publishes it.
        variable, area, period: what the table is about, where no column says it.
    """

    method: str = HIDE
    earlier: tuple[Path, ...] = ()
    ws: Workspace | None = None
    publish: str = ""
    by: str = ""
    variable: str = ""
    area: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectOutcome:
    """What became of a table.

    Attributes:
        result: hidden cells or rounded numbers, or why none are enough.
        table: the table.
        path: file written, or None when nothing was.
        method: as asked.
        earlier: names of the earlier publications it was looked at together with.
        notes: what to think of first.
        publication: number in the log, or None.
    """

    result: Protection | Rounding | Refusal
    table: CountTable
    path: Path | None
    method: str = HIDE
    earlier: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    publication: str | None = None


def protect_file(
    path: Path, structure: Path, out: Path, asked: Asked | None = None
) -> ProtectOutcome:
    """Protect the table of a file and write it, every hidden cell as ``MARK``.

    The bytes are read back and audited before they are written, together with earlier
    publications of the same cells; nothing is written when the table cannot be made safe. The
    log is written before the file: a publication that is known too early does no harm.

    Raises:
        UserFileError: a file cannot be read or written.
        IndicatorsError: the table does not add up.
        WorkbenchError: it is not known what the table counts, or the name is taken.
    """
    from indicators.model.results import Refusal

    asked = asked or Asked()
    if out.resolve() in {given.resolve() for given in (path, structure, *asked.earlier)}:
        raise UserFileError(
            N_("{name} is a file that is read; choose another file to write."), path=out
        )
    ws = asked.ws
    file = table_files.read(path, structure, threshold=ws.settings.threshold if ws else 5)
    named = _named(file, asked)
    before = _before(file, named, asked)
    result = _protected(file.table, asked.method, before)
    outcome = ProtectOutcome(
        result=result,
        table=file.table,
        path=None,
        method=asked.method,
        earlier=tuple(entry.name for entry in before),
        notes=tuple(first(file.table)),
    )
    if isinstance(result, Refusal):
        return outcome
    shown = _shown(file.table, result)
    content = table_files.rendered(file, shown, below(outcome))
    narrow = _narrow(file, table_files.shown_in(file, content), asked.method, before)
    if narrow:
        return replace(outcome, result=_unsafe(narrow[0]))
    return _handed_out(outcome, file, named, asked, out, content)


def _named(file: TableFile, asked: Asked) -> Naming | None:
    """How the cells are named in the log; None without a project."""
    if asked.ws is None:
        if asked.publish:
            raise WorkbenchError(
                N_("A publication is entered in a project, and none is named."),
                hint=N_("Name the project with -w."),
            )
        return None
    if asked.publish:
        publications.free_name(asked.ws, asked.publish)
    return naming(
        file.table,
        file.case,
        variable=asked.variable,
        area=asked.area,
        period=asked.period,
        country=asked.ws.settings.area,
    )


def _before(file: TableFile, named: Naming | None, asked: Asked) -> tuple[Earlier, ...]:
    """What was published before, the newest first: the files named are read as the newest."""
    files = [table_files.earlier_file(file, path) for path in reversed(asked.earlier)]
    logged: Sequence[Earlier] = ()
    if asked.ws is not None and named is not None:
        logged = publications.earlier(asked.ws, file.table, named)
    return (*files, *logged)


def _protected(
    table: CountTable, method: str, before: Sequence[Earlier]
) -> Protection | Rounding | Refusal:
    from indicators.disclosure.protection import protect
    from indicators.disclosure.rounding import ROUNDINGS, rounded

    if method == HIDE:
        return protect(table, earlier=before)
    return rounded(table, ROUNDINGS[method], earlier=before)


def _narrow(
    file: TableFile, shown: Mapping[Cell, int | None], method: str, before: Sequence[Earlier]
) -> tuple[Cell, ...]:
    """Small cells that these numbers give away."""
    from indicators.disclosure.protection import audit
    from indicators.disclosure.rounding import ROUNDINGS, audit_rounded

    if method == HIDE:
        hidden = frozenset(cell for cell, number in shown.items() if number is None)
        return audit(file.table, hidden, earlier=before)
    return audit_rounded(file.table, shown, ROUNDINGS[method], earlier=before)


def _shown(table: CountTable, result: Protection | Rounding) -> dict[Cell, int | None]:
    from indicators.disclosure.rounding import Rounding

    if isinstance(result, Rounding):
        return dict(result.shown)
    pairs = zip(table.cells, table.counts, strict=True)
    return {cell: None if cell in result.hidden else count for cell, count in pairs}


def _handed_out(
    outcome: ProtectOutcome,
    file: TableFile,
    named: Naming | None,
    asked: Asked,
    out: Path,
    content: bytes,
) -> ProtectOutcome:
    """The outcome after the log and the file are written."""
    from workbench.exporting.files import write_atomically

    number = None
    if asked.ws is not None and named is not None and asked.publish:
        issue = _issue(outcome, file, named, asked.publish, out.name, content)
        number = str(publications.record(asked.ws, issue, by=asked.by).data["key"])
    try:
        write_atomically(out, content)
    except OSError as error:
        raise UserFileError(
            N_("{name} cannot be written."),
            hint=N_("If it was entered as a publication, take that back with “undo”."),
            path=out,
        ) from error
    return replace(outcome, path=out, publication=number)


def _issue(
    outcome: ProtectOutcome,
    file: TableFile,
    named: Naming,
    name: str,
    out: str,
    content: bytes,
) -> publications.Issue:
    from indicators.disclosure.rounding import Rounding
    from indicators.disclosure.system import system
    from indicators.model.results import Refusal

    table, result = file.table, outcome.result
    assert not isinstance(result, Refusal)  # a refused table is never handed out
    shown = table_files.shown_in(file, content)
    known = {}
    for cell, number in shown.items():
        low, high = left_open(table, result, number)
        known[cell] = (low, high, cell in result.primary and low != high)
    whole = system(table)
    rule = (table.threshold - 1, table.threshold)
    return publications.Issue(
        name=name,
        table=table,
        naming=named,
        method=outcome.method,
        rule=result.rule.rule(table.threshold) if isinstance(result, Rounding) else rule,
        shown=shown,
        known=known,
        left_out=[
            cell
            for cell, count in zip(
                whole.cells[whole.shown :], whole.values[whole.shown :], strict=True
            )
            if count == 0
        ],
        file=out,
        content=content,
    )


def _unsafe(cell: Cell) -> Refusal:
    from indicators.model.results import Refusal

    return Refusal(
        code="audit_failed",
        text=N_("Nothing was written: the cell {cell} could still be worked out."),
        data={"cell": " / ".join(part for part in cell if part)},
    )
