"""What an import found: counts that must close, what was left out and why, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indicators.errors import C_, N_, Severity
from indicators.model.codes import Missing
from workbench.errors import WorkbenchError
from workbench.i18n import message
from workbench.importing.issue_kind import IssueKind
from workbench.importing.issues import ISSUES


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row or cell that was left out.

    Attributes:
        sheet: name of the sheet, None for text files.
        row, column: address, from 1; column None when the whole row is meant.
        value: the text that was the reason.
        code: kind of the remark.
        data: further fields of its sentence.
    """

    sheet: str | None
    row: int
    column: int | None
    value: str
    code: str
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason as a sentence in the language of the process."""
        return message(ISSUES[self.code].text, {**self.data, "value": self.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark on the whole import.

    Attributes:
        code: kind of the remark.
        count: how often.
        data: fields of its sentence.
        cells: addresses such as ``C5``, the first ones; empty when it is about the whole file.
    """

    code: str
    count: int = 1
    data: Mapping[str, object] = field(default_factory=dict)
    cells: tuple[str, ...] = ()

    @property
    def kind(self) -> IssueKind:
        """Weight, template and hint."""
        return ISSUES[self.code]

    @property
    def text(self) -> str:
        """The sentence in the language of the process."""
        if self.kind.left_out:
            reason = message(self.kind.text, self.data)
            sentence = C_(
                "Left out {count} time, at row {row}: {reason}",
                "Left out {count} times, first at row {row}: {reason}",
            )
            return message(sentence, {**self.data, "count": self.count, "reason": reason})
        return message(self.kind.text, {**self.data, "count": self.count})

    def as_dict(self) -> dict[str, object]:
        """Code, sentence and count, as the command line prints them."""
        return {"code": self.code, "text": self.text, "count": self.count}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The counts of one import.

    A row is imported when at least one of its cells was taken, as a value, a range or a kind of
    missing. Cells are those of value columns in rows of data, and the filled ones of columns that
    were not needed (``cells_ignored``).
    """

    dataset: str
    rows_read: int
    header_rows: int
    footer_rows: int
    blank_rows: int
    rows_imported: int
    rows_set_aside: int
    cells_read: int
    observations: int
    missing: Mapping[str, int]
    censored: int
    cells_set_aside: int
    cells_ignored: int
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sheets_skipped: tuple[str, ...] = ()
    preset: str | None = None
    vintage: int | None = None

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """Remarks that a person should look at."""
        return tuple(r for r in self.remarks if r.kind.severity is not Severity.NOTE)

    @property
    def notes(self) -> tuple[Remark, ...]:
        """Remarks for information."""
        return tuple(r for r in self.remarks if r.kind.severity is Severity.NOTE)

    def check(self) -> None:
        """Refuse sums that do not close.

        Raises:
            WorkbenchError: rows or cells are unaccounted for; nothing may be written then.
        """
        rows = (
            self.header_rows
            + self.footer_rows
            + self.blank_rows
            + self.rows_imported
            + self.rows_set_aside
        )
        cells = (
            self.observations
            + sum(self.missing.values())
            + self.cells_set_aside
            + self.cells_ignored
        )
        if rows == self.rows_read and cells == self.cells_read:
            return
        raise WorkbenchError(
            N_("The import does not add up, so nothing was written."),
            detail=N_(
                "Rows: {rows_read} read, {rows} accounted for; cells: {cells_read}, {cells}."
            ),
            hint=N_("Please report this file to the makers of the program."),
            rows_read=self.rows_read,
            rows=rows,
            cells_read=self.cells_read,
            cells=cells,
        )

    def with_vintage(self, vintage: int) -> ImportReport:
        """The report of what was written."""
        return replace(self, vintage=vintage)

    def as_dict(self) -> dict[str, object]:
        """All keys of the command line's ``import``."""
        return {
            "dataset": self.dataset,
            "vintage": self.vintage,
            "preset": self.preset,
            "rows_read": self.rows_read,
            "header_rows": self.header_rows,
            "footer_rows": self.footer_rows,
            "blank_rows": self.blank_rows,
            "rows_imported": self.rows_imported,
            "rows_set_aside": self.rows_set_aside,
            "cells_read": self.cells_read,
            "observations": self.observations,
            "missing": {kind.value: self.missing.get(kind.value, 0) for kind in Missing},
            "censored": self.censored,
            "cells_set_aside": self.cells_set_aside,
            "cells_ignored": self.cells_ignored,
            "set_aside": [
                {
                    "sheet": entry.sheet,
                    "row": entry.row,
                    "column": entry.column,
                    "value": entry.value,
                    "code": entry.code,
                    "text": entry.text,
                }
                for entry in self.set_aside
            ],
            "warnings": [remark.as_dict() for remark in self.warnings],
            "notes": [remark.as_dict() for remark in self.notes],
            "sheets_skipped": list(self.sheets_skipped),
        }
