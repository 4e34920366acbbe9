"""The command on notes: list, add, edit, remove."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.files import BREAKDOWN, VARIABLE
from workbench.cli.project import AREA, AUTHOR, WORKSPACE, change_output, opened
from workbench.cli.registers import ACTIONS, needed
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.notes import KeptNote, NoteAbout


def note_fields(note: KeptNote) -> dict[str, object]:
    """One note as data."""
    about = note.about
    return {
        "id": note.id,
        "text": note.text,
        "dataset": about.dataset or None,
        "variable": about.variable or None,
        "area": about.area or None,
        "period": None if about.period is None else str(about.period),
        "breakdown": about.breakdown.as_dict(),
        "by": note.made_by,
        "at": note.made_at,
    }


def _about(arguments: Namespace) -> NoteAbout:
    from workbench.services.notes import NoteAbout

    return NoteAbout(
        dataset=arguments.dataset or "",
        variable=arguments.variable or "",
        area=arguments.area or "",
        period=Period.parse(arguments.period) if arguments.period else None,
        breakdown=Breakdown.parse(arguments.breakdown),
    )


def notes(arguments: Namespace) -> Output:
    """List, write, change or remove notes."""
    from workbench.services import notes as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        if arguments.action == "list":
            return _listed(service.notes(ws, dataset=arguments.dataset or None))
        if arguments.action != "remove":
            needed(arguments, "text")
        if arguments.action != "add":
            needed(arguments, "id")
        text, by = arguments.text, arguments.author
        if arguments.action == "add":
            return change_output(service.add_note(ws, text, _about(arguments), by=by))
        if arguments.action == "edit":
            return change_output(service.edit_note(ws, arguments.id, text, by=by))
        return change_output(service.remove_note(ws, arguments.id, by=by))


def _listed(found: tuple[KeptNote, ...]) -> Output:
    data = [note_fields(note) for note in found]
    rows = [
        (note.id, note.about.dataset, note.about.variable, note.about.area,
         "" if note.about.period is None else str(note.about.period), " ".join(note.text.split()))
        for note in found
    ]  # fmt: skip
    header = ("id", _("source"), _("input"), _("area"), _("period"), _("note"))
    return Output(data=data, lines=table_lines(header, rows))


NOTE_COMMANDS = (
    Command(
        id="notes",
        help=N_("notes of people on a source, an input or one value"),
        arguments=(
            argument(
                "action", help=N_("list, add, edit or remove"), choices=ACTIONS, metavar="ACTION"
            ),
            WORKSPACE,
            argument("--id", help=N_("number of the note"), metavar="ID"),
            argument("--text", help=N_("what is noted"), metavar="TEXT"),
            argument("--dataset", help=N_("code of the source"), metavar="D"),
            VARIABLE,
            AREA,
            argument("--period", help=N_("the period, such as 2020"), metavar="P"),
            BREAKDOWN,
            AUTHOR,
        ),
        run=notes,
    ),
)
