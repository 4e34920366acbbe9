"""The whole history as a file: number, time, who, what in words, and the command of each line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.i18n import _, message
from workbench.services import history_commands
from workbench.services.history import history

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

COLUMNS = ("id", "at", "by", "action", "text", "state", "command", "why_no_command")


def history_fields(ws: Workspace) -> list[dict[str, object]]:
    """Every line of the history as data, oldest first; words in the language of the person.

    ``state`` is ``done``, ``undone`` or ``fixed`` (it cannot be taken back); ``command`` is empty
    where there is none, and then ``why_no_command`` says why.
    """
    known = history_commands.commands(ws)
    found: list[dict[str, object]] = []
    for row in history(ws):
        command = known[row.id]
        found.append(
            {
                "id": row.id,
                "at": row.at,
                "by": row.by,
                "action": row.action,
                "text": message(row.text, row.data),
                "state": "undone" if row.undone else "done" if row.undoable else "fixed",
                "undoable": row.undoable,
                "undone": row.undone,
                "command": command.text,
                "why_no_command": _(command.why) if command.why else "",
            }
        )
    return found


def write_history(ws: Workspace, path: str | Path) -> Path:
    """Write the history as CSV or JSON, by the end of the name.

    Raises:
        UserFileError: the ending is another, or the folder cannot be written.
    """
    from workbench.services import reports

    target = Path(path)
    ending = target.suffix.lower()
    if ending not in (".csv", ".json"):
        raise UserFileError(N_("“{path}” is neither a .csv nor a .json file."), path=target)
    rows = history_fields(ws)
    content = _csv(rows) if ending == ".csv" else json.dumps(rows, ensure_ascii=False, indent=1)
    reports.write(target, content)
    return target


def _csv(rows: list[dict[str, object]]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_plain(str(row[name])) for name in COLUMNS])
    return "\ufeff" + sheet.getvalue()  # spreadsheets take it for UTF-8 only with the mark


def _plain(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text
