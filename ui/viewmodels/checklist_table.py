"""The items of a checklist as rows to answer: checked row by row, with undo before saving."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QObject, Qt

from indicators.errors import N_
from ui.viewmodels.entry_table import FIXED, EntryModel, Index, Place
from ui.viewmodels.tables import GROUND_ROLE, MUTED_ROLE, STRONG_ROLE
from workbench.i18n import _

COLUMNS: tuple[str, ...] = (
    N_("Met"),
    N_("Since"),
    N_("Until"),
    N_("What shows it"),
    N_("Link"),
    N_("Dated"),
)
"""Headings of what can be typed, marked for translation."""
MET = 0
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def plain(text: str) -> str:
    """A word without case and accents."""
    parts = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def met_of(text: str) -> bool | None:
    """Yes or no as a person types it, a first letter being enough; None for anything else."""
    said = plain(text)
    if not said:
        return None
    for met, words in ((True, (_("yes"), "yes")), (False, (_("no"), "no"))):
        if any(plain(word).startswith(said) for word in words):
            return met
    return None


class ChecklistModel(EntryModel):
    """Item, where it comes from, the columns to type, and who answered it when.

    Attributes:
        check: gives, for a row and its texts, why they cannot be kept; empty when they can.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.check: Callable[[int, tuple[str, ...]], str] = lambda _row, _texts: ""

    def merged(self, row: int) -> tuple[str, ...]:
        """The texts of a row: what was typed over what is held."""
        held = self._rows[row].shown
        return tuple(self._texts.get((row, at), text) for at, text in enumerate(held))

    def _is_news(self, place: Place, text: str) -> bool:
        """An empty text takes away what is held."""
        return text != self._rows[place[0]].shown[place[1]]

    def _change(self, wanted: Mapping[Place, str]) -> None:
        """A first letter of yes or no becomes the word."""
        words = {True: _("yes"), False: _("no")}
        super()._change(
            {
                place: words.get(met_of(text), text) if place[1] == MET else text  # type: ignore[arg-type]
                for place, text in wanted.items()
            }
        )

    def _faults(self) -> dict[Place, str]:
        """One place a row: the answer itself, which is what lacks something."""
        found: dict[Place, str] = {}
        for row in sorted({row for row, _column in self._texts}):
            texts = self.merged(row)
            wrong = _("Write yes or no.") if texts[MET] and met_of(texts[MET]) is None else ""
            why = wrong or self.check(row, texts)
            if why:
                found[row, MET] = why
        return found

    # Qt

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The columns of the table and who answered."""
        count = super().columnCount(parent)
        return count + 1 if count else 0

    def _is_last(self, column: int) -> bool:
        return column == self.columnCount() - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Who answered cannot be typed."""
        found = super().flags(index)
        if index.isValid() and self._is_last(index.column()):
            found &= ~Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and marks of a cell; long ones in the tip too."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        if self._is_last(index.column()):
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            words = self._rows[index.row()].hints[0] if shown else ""
            return words or None if shown else {MUTED_ROLE: True}.get(role)
        if role == Qt.ItemDataRole.ToolTipRole:
            fault = self._wrong.get((index.row(), index.column() - FIXED))
            return fault or str(super().data(index) or "") or None
        if role in (GROUND_ROLE, STRONG_ROLE, MUTED_ROLE) and index.column() < FIXED:
            return role == MUTED_ROLE and index.column() == 1
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type into a cell."""
        if not index.isValid() or self._is_last(index.column()):
            return False
        return super().setData(index, value, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heads = (_("What must be so"), _("Reference"), *(_(text) for text in COLUMNS))
            return (*heads, _("Answered"))[section]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None
