"""Words at the foot of the import window."""

from __future__ import annotations

from indicators.errors import N_
from ui.viewmodels.import_state import CHECK, COLUMNS, FILE, NAMES, TABLE, ImportState
from workbench.i18n import _, counted, message


def next_words(state: ImportState) -> str:
    """What the button says that goes on."""
    if state.stage == "done":
        return _("Close")
    if state.offered:
        return _("Use the same mapping")
    if state.step == CHECK:
        rows = state.imports
        return counted("Import {n} row", "Import {n} rows", rows) if rows else _("Import")
    if state.step == COLUMNS and not state.names and not state.needs:
        return _("Next: check and import")
    return {
        FILE: _("Next: table"),
        TABLE: _("Next: columns"),
        COLUMNS: _("Next: match names"),
        NAMES: _("Next: check and import"),
    }[state.step]


def closing_words(state: ImportState) -> str:
    """The sum that must close, or how many questions are open; empty while there is neither."""
    if state.stage == "done" and state.rows:
        data = {"read": state.rows[0].count, "kept": state.rows[1].count}
        return message("{read} rows read, {kept} imported. You can undo this.", data)
    trial = state.trial
    if state.stage == "ready" and state.questions and state.step >= COLUMNS:
        return counted("{n} question is open.", "{n} questions are open.", len(state.questions))
    if trial is not None and not trial.problem and trial.rows and state.stage == "ready":
        other = trial.rows[0].count - trial.rows_in - trial.rows_left
        data = {"read": trial.rows[0].count, "kept": trial.rows_in, "left": trial.rows_left,
                "other": other}  # fmt: skip
        sentence = N_(
            "{read} rows = {kept} to import + {left} left out + {other} header and notes"
        )
        return message(sentence, data)
    return ""
