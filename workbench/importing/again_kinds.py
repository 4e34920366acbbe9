"""Kinds of remark on a table that is read as an earlier one, and differs from it."""

from __future__ import annotations

from indicators.errors import N_
from workbench.importing.issue_kind import IssueKind, note

AGAIN_KINDS: tuple[IssueKind, ...] = (
    note("read_again", N_("The table was read as “{source}” was read before.")),
    IssueKind(
        id="column_renamed",
        text=N_("The column “{column}” was read as “{former}” was before."),
        hint=N_("Correct the roles of the columns if it holds something else."),
    ),
    note("column_new", N_("The column “{column}” was not in the earlier table.")),
    IssueKind(
        id="column_gone", text=N_("The column “{former}” of the earlier table is not there.")
    ),
    IssueKind(
        id="format_changed",
        text=N_("The numbers of “{column}” are written as {now}; before it was {former}."),
    ),
    note("sheet_changed", N_("The table stands on the sheet “{now}”; before it was “{former}”.")),
)
