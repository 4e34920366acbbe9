"""The log of what was published: kept with the project, read when a new table touches its cells.

A publication that was handed out stays known to the public whatever becomes of it: one that is
withdrawn still counts when a new table is looked at. Only one that never went out is taken back,
by undo, and then counts no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services.table_places import Naming
from workbench.store import journal, records
from workbench.store import publications as store
from workbench.store.publications import CellPlace, PublishedCell
from workbench.store.records import Row
from workbench.store.texts import parsed

if TYPE_CHECKING:
    from indicators.disclosure.joint import Earlier
    from indicators.model.tables import Cell, CountTable, Equation
    from workbench.services.workspace import Workspace

TABLE = "publication"
OUT, WITHDRAWN, UNDONE = "out", "withdrawn", "undone"
LONGEST = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication in the log.

    Attributes:
        id: its number.
        name: what it is called.
        made_at, made_by: when it was entered and who did it.
        file, sha256: the file that was written, and its hash.
        method: ``hide``, ``round5`` or ``10-5``.
        threshold, zeros: as for the table.
        cells, hidden: how many cells it has and how many of them without a number.
        withdrawn_at, withdrawn_by, reason: empty while it is out.
    """

    id: str
    name: str
    made_at: str
    made_by: str
    file: str
    sha256: str
    method: str
    threshold: int
    zeros: str
    cells: int
    hidden: int
    withdrawn_at: str
    withdrawn_by: str
    reason: str

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back after it was handed out."""
        return bool(self.withdrawn_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A table that goes out, as the log keeps it.

    Attributes:
        name: of the publication.
        table: the true table; no true count of a hidden cell is kept.
        naming: how its cells are named.
        method: ``hide``, ``round5`` or ``10-5``.
        rule: width and upper end that the range of a small count has to have.
        shown: by cell, the number printed; None where it is hidden.
        known: by cell, the counts that leaves possible, and whether the count is small.
        left_out: cells that the table leaves out and that a reader takes to be 0.
        file: name of the file.
        content: its bytes.
    """

    name: str
    table: CountTable
    naming: Naming
    method: str
    rule: tuple[int, int]
    shown: Mapping[Cell, int | None]
    known: Mapping[Cell, tuple[int, int | None, bool]]
    left_out: Sequence[Cell]
    file: str
    content: bytes


# the log ---------------------------------------------------------------------------------------


def publications(ws: Workspace) -> tuple[Publication, ...]:
    """All publications, the newest first, those withdrawn too; those undone are not there."""
    counts = store.counts(ws.db)
    found = [_publication(row, counts) for row in _rows(ws)]
    return tuple(sorted(found, key=lambda entry: int(entry.id), reverse=True))


def _rows(ws: Workspace) -> list[Row]:
    return [row for row in records.fetch_all(ws.db, TABLE) if row["state"] != UNDONE]


def _publication(row: Row, counts: Mapping[str, tuple[int, int]]) -> Publication:
    cells, hidden = counts.get(str(row["code"]), (0, 0))
    return Publication(
        id=str(row["code"]),
        name=str(row["name"]),
        made_at=str(row["made_at"]),
        made_by=str(row["made_by"]),
        file=str(row["file"]),
        sha256=str(row["sha256"]),
        method=str(row["method"]),
        threshold=int(str(row["threshold"])),
        zeros=str(row["zeros"]),
        cells=cells,
        hidden=hidden,
        withdrawn_at=str(row["withdrawn_at"]),
        withdrawn_by=str(row["withdrawn_by"]),
        reason=str(row["reason"]),
    )


def cells(ws: Workspace, publication: str) -> tuple[PublishedCell, ...]:
    """What the public has seen of each cell of a publication, in the order of its table.

    Raises:
        WorkbenchError: there is no such publication.
    """
    return store.cells(ws.db, str(_known(ws, publication)["code"]))


def free_name(ws: Workspace, name: str) -> str:
    """The name without blanks around it, when a publication can have it.

    Raises:
        WorkbenchError: it is empty, too long or taken.
    """
    ws.refuse_read_only()
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST:
        raise WorkbenchError(
            N_("A publication needs a name of at most {longest} characters."), longest=LONGEST
        )
    if any(row["name"] == clean for row in _rows(ws)):
        raise WorkbenchError(
            N_("There is already a publication “{name}”."),
            hint=N_("Give this one another name, such as with its date."),
            name=clean,
        )
    return clean


def record(ws: Workspace, issue: Issue, *, by: str = "") -> Change:
    """Enter a publication with its cells; undo takes it out of the log again.

    Raises:
        WorkbenchError: the name is empty, too long or taken.
    """
    name = free_name(ws, issue.name)
    with ws.write("publish", N_("Entered the publication “{name}”"), by=by, name=name) as draft:
        used = [int(str(row["code"])) for row in records.fetch_all(ws.db, TABLE)]
        row = _row(issue, str(max(used, default=0) + 1), name, by)
        records.put(ws.db, TABLE, row)
        store.add_cells(ws.db, str(row["code"]), _cells(issue))
        draft.data["key"] = row["code"]
        draft.forward.append({"op": "put", "table": TABLE, "row": row})
        # what was typed or published stays in the file; it only counts no more
        draft.inverse.append({"op": "put", "table": TABLE, "row": {**row, "state": UNDONE}})
    return draft.change()


def _row(issue: Issue, code: str, name: str, by: str) -> Row:
    table = issue.table
    extra = [[[list(cell), factor] for cell, factor in terms] for terms in table.extra_equations]
    sums = {"hierarchy": table.hierarchy, "extra": extra, "naming": issue.naming.as_dict()}
    return {
        "code": code,
        "name": name,
        "state": OUT,
        "made_at": journal.now(),
        "made_by": by,
        "file": issue.file,
        "sha256": hashlib.sha256(issue.content).hexdigest(),
        "method": issue.method,
        "threshold": table.threshold,
        "zeros": table.zeros,
        "width": issue.rule[0],
        "top": issue.rule[1],
        "dims": json.dumps(table.dims, ensure_ascii=False),
        "sums": json.dumps(sums, ensure_ascii=False),
        "withdrawn_at": "",
        "withdrawn_by": "",
        "reason": "",
    }


def _cells(issue: Issue) -> list[PublishedCell]:
    found = []
    for cell in issue.table.cells:
        low, high, small = issue.known[cell]
        found.append(
            PublishedCell(
                codes=cell,
                place=issue.naming.place(cell),
                shown=issue.shown[cell],
                low=low,
                high=high,
                small=small,
            )
        )
    for cell in issue.left_out:
        place = issue.naming.place(cell)
        found.append(
            PublishedCell(codes=cell, place=place, shown=None, low=0, high=0, small=False)
        )
    return found


def withdraw(ws: Workspace, publication: str, *, reason: str, by: str = "") -> Change:
    """Say that a publication was taken back after it had been handed out.

    It stays in the log and still counts when a new table is looked at: the public has seen it.

    Args:
        ws: open project.
        publication: its number or name.
        reason: why; kept.
        by: who says so.

    Raises:
        WorkbenchError: there is no such publication, it is withdrawn already, or no reason is
            given.
    """
    former = _known(ws, publication)
    name = str(former["name"])
    if not reason.strip():
        raise WorkbenchError(N_("Say why “{name}” is withdrawn."), name=name)
    if former["state"] == WITHDRAWN:
        raise WorkbenchError(N_("“{name}” is withdrawn already."), name=name)
    row = {
        **former,
        "state": WITHDRAWN,
        "withdrawn_at": journal.now(),
        "withdrawn_by": by,
        "reason": reason.strip(),
    }
    text = N_("Withdrew the publication “{name}”: {reason}")
    key = str(row["code"])
    with ws.write("withdraw", text, by=by, name=name, reason=reason.strip(), key=key) as draft:
        records.put(ws.db, TABLE, row)
        draft.forward.append({"op": "put", "table": TABLE, "row": row})
        draft.inverse.append({"op": "put", "table": TABLE, "row": former})
    return draft.change()


def _known(ws: Workspace, publication: str) -> Row:
    rows = _rows(ws)
    for row in rows:
        if publication in (row["name"], row["code"]):
            return row
    raise WorkbenchError(
        N_("There is no publication “{name}”."),
        hint=N_("Known: {known}."),
        name=publication,
        known=", ".join(str(row["name"]) for row in rows),
    )


# what a new table meets ------------------------------------------------------------------------


def earlier(ws: Workspace, table: CountTable, naming: Naming) -> tuple[Earlier, ...]:
    """The publications that tell something of the cells of a table, the newest first."""
    from indicators.disclosure.system import equations_of

    own: dict[CellPlace, Cell] = {}
    sums = (cell for equation in equations_of(table) for cell, _ in equation)
    for cell in (*table.cells, *sums):
        own.setdefault(naming.place(cell), cell)
    return tuple(_earlier(ws, code, own) for code in store.touching(ws.db, list(own)))


def _earlier(ws: Workspace, code: str, own: Mapping[CellPlace, Cell]) -> Earlier:
    from indicators.disclosure.joint import Earlier, Known
    from indicators.disclosure.system import equations_of
    from indicators.model.tables import CountTable

    row = records.fetch(ws.db, TABLE, code)
    assert row is not None  # the store named it
    seen = store.cells(ws.db, code)
    sums = parsed(str(row["sums"]))
    named = Naming(**{**sums["naming"], "dims": tuple(sums["naming"]["dims"])})
    table = CountTable(
        dims=named.dims,
        cells=tuple(cell.codes for cell in seen),
        counts=(0,) * len(seen),
        hierarchy={
            dim: {parent: tuple(parts) for parent, parts in parents.items()}
            for dim, parents in sums["hierarchy"].items()
        },
        extra_equations=tuple(
            tuple((tuple(cell), factor) for cell, factor in terms) for terms in sums["extra"]
        ),
    )

    def common(place: CellPlace) -> Cell:
        # the empty part keeps it apart from the cells of any table
        return own.get(place, ("", place.variable, place.area, place.breakdown, place.period))

    def bound(equation: Equation) -> Equation:
        return tuple((common(named.place(cell)), factor) for cell, factor in equation)

    return Earlier(
        name=str(row["name"]),
        cells={
            common(cell.place): Known(low=cell.low, high=cell.high, small=cell.small)
            for cell in seen
        },
        equations=tuple(bound(equation) for equation in equations_of(table)),
        width=int(str(row["width"])),
        top=int(str(row["top"])),
    )
