"""Notes of people on a source, an input, a series or one value; kept with the project, undoable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import TOTAL, Breakdown
from workbench.changes import Change
from workbench.errors import WorkbenchError
from workbench.services import register
from workbench.services.register import Register
from workbench.store import journal, records
from workbench.store.records import Row

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

LONGEST = 2_000
"""Characters of a note."""
_IN_HISTORY = 60


def _name(row: Row) -> str:
    text = " ".join(str(row["text"]).split())
    return text if len(text) <= _IN_HISTORY else text[: _IN_HISTORY - 1] + "…"


_NOTES = Register(table="note", name_of=_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAbout:
    """What a note is about; every empty field leaves it open.

    Attributes:
        dataset, variable, area: codes.
        period: None: all periods.
        breakdown: counts only where a variable is named.
    """

    dataset: str = ""
    variable: str = ""
    area: str = ""
    period: Period | None = None
    breakdown: Breakdown = TOTAL

    def covers(self, variable: str, area: str, period: Period, breakdown: Breakdown) -> bool:
        """Whether it is about this one value."""
        return (
            self.period is not None
            and (self.variable, self.area) == (variable, area)
            and (self.period, self.breakdown) == (period, breakdown)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNote:
    """A note.

    Attributes:
        id: its short name.
        text: what was written.
        about: what it is about.
        made_by, made_at: who wrote it and when.
    """

    id: str
    text: str
    about: NoteAbout
    made_by: str
    made_at: str


def notes(ws: Workspace, *, dataset: str | None = None) -> tuple[KeptNote, ...]:
    """All notes, or those of one source, the newest first."""
    found = (_note(row) for row in records.fetch_all(ws.db, "note"))
    wanted = [entry for entry in found if dataset in (None, entry.about.dataset)]
    return tuple(sorted(wanted, key=lambda entry: int(entry.id), reverse=True))


def add_note(ws: Workspace, text: str, about: NoteAbout, *, by: str = "") -> Change:
    """Write a note; undo takes it back.

    Raises:
        WorkbenchError: the text is empty or too long.
    """
    ws.refuse_read_only()
    row = {**_row(_checked(text), about), "code": _fresh(ws), "made_by": by}
    row["made_at"] = journal.now()
    return register.add(ws, _NOTES, N_("Wrote the note “{name}”"), row, by=by)


def edit_note(ws: Workspace, note: str, text: str, *, by: str = "") -> Change:
    """Change the text of a note; what it is about stays.

    Raises:
        WorkbenchError: there is no such note, or the text is empty or too long.
    """
    ws.refuse_read_only()
    former = register.known(ws, "note", note)
    row = {**former, "text": _checked(text), "made_by": by, "made_at": journal.now()}
    return register.edit(ws, _NOTES, N_("Changed the note “{name}”"), row, by=by)


def remove_note(ws: Workspace, note: str, *, by: str = "") -> Change:
    """Remove a note; undo brings it back.

    Raises:
        WorkbenchError: there is no such note.
    """
    ws.refuse_read_only()
    return register.remove(ws, _NOTES, N_("Removed the note “{name}”"), note, by=by)


def _fresh(ws: Workspace) -> str:
    """The next free number; also those of notes taken back are free again only when undone."""
    used = [int(str(row["code"])) for row in records.fetch_all(ws.db, "note")]
    return str(max(used, default=0) + 1)


def _checked(text: str) -> str:
    clean = text.strip()
    if not clean:
        raise WorkbenchError(N_("A note needs a text."))
    if len(clean) > LONGEST:
        raise WorkbenchError(
            N_("The note is too long."),
            hint=N_("At most {longest} characters are kept."),
            longest=LONGEST,
        )
    return clean


def _row(text: str, about: NoteAbout) -> Row:
    return {
        "text": text,
        "dataset": about.dataset,
        "variable": about.variable,
        "area": about.area,
        "period": None if about.period is None else about.period.code,
        "dims": about.breakdown.to_json() if about.variable else "",
    }


def _note(row: Row) -> KeptNote:
    dims, period = str(row["dims"]), row["period"]
    return KeptNote(
        id=str(row["code"]),
        text=str(row["text"]),
        about=NoteAbout(
            dataset=str(row["dataset"]),
            variable=str(row["variable"]),
            area=str(row["area"]),
            period=None if period is None else Period(int(str(period))),
            breakdown=Breakdown.from_json(dims) if dims else TOTAL,
        ),
        made_by=str(row["made_by"]),
        made_at=str(row["made_at"]),
    )
