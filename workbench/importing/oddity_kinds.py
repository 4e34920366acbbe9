"""What a look at a file can find before anything is imported, as data.

Each kind is one habit of the tables that offices send. ``oddities`` finds them and names the cells.
"""

from __future__ import annotations

from indicators.errors import C_, N_
from workbench.importing.issue_kind import IssueKind, note

_FILE = (
    note("stated_encoding", N_("The file says how its letters are coded: {encoding}.")),
    note("parted_by", N_("The sign “{value}” stands between the cells of a row.")),
    note("parted_by_tab", N_("A tab stands between the cells of a row.")),
    note("quoted_cells", N_("Cells stand in quotation marks.")),
    note(
        "beyond_sight",
        N_(
            "This program cannot see hidden rows, hidden columns, comments or formulas in a file "
            "of this kind ({format})."
        ),
        N_("Look for them in the spreadsheet program, or save the file as xlsx."),
    ),
    note("dates_from_1904", N_("The workbook counts its days from 1904; its dates are read so.")),
    note("dates_from_1900", N_("Dates were stored as counted days and are read as dates.")),
    IssueKind(
        id="letters_misread",
        text=C_(
            "{count} text has letters that another program read wrongly: “{value}”.",
            "{count} texts have letters that another program read wrongly, such as “{value}”.",
        ),
    ),
)

_LAYOUT = (
    note(
        "header_rows_joined",
        C_(
            "The names of the columns stand in {count} row; it is read.",
            "The names of the columns stand in {count} rows; all are read.",
        ),
    ),
    note(
        "merged_headers",
        C_(
            "{count} name stands over more than one column: {values}.",
            "{count} names stand over more than one column: {values}.",
        ),
    ),
    note(
        "preamble",
        C_(
            "{count} line above the table is a title or a note.",
            "{count} lines above the table are titles or notes.",
        ),
    ),
    note(
        "blank_rows",
        C_(
            "{count} blank row stands inside the table; it is skipped.",
            "{count} blank rows stand inside the table; they are skipped.",
        ),
    ),
    note(
        "blank_columns",
        C_(
            "{count} column is blank ({values}); it is skipped.",
            "{count} columns are blank ({values}); they are skipped.",
        ),
    ),
    note(
        "wide_periods",
        C_(
            "{count} column is a year or a period ({values}); each cell becomes one value.",
            "{count} columns are years or periods ({values}); each cell becomes one value.",
        ),
    ),
    note(
        "wide_groups",
        C_(
            "{count} column of values is named by what it holds ({values}).",
            "{count} columns of values are named by what they hold ({values}).",
        ),
    ),
    IssueKind(
        id="repeated_names",
        text=C_(
            "{count} column shares its name with another one: {values}.",
            "{count} columns share their name with another one: {values}.",
        ),
        hint=N_("Rename them in the file, so that none is taken for the other."),
    ),
)

_CELLS = (
    note(
        "number_format",
        N_("Numbers of the column “{column}” are written like “{value}” and read as {first}."),
    ),
    IssueKind(
        id="formula_text",
        text=C_(
            "{count} cell begins like a formula, “{value}”; it stays text.",
            "{count} cells begin like a formula, such as “{value}”; they stay text.",
        ),
    ),
    note(
        "markup_text",
        C_(
            "{count} cell holds signs of markup, “{value}”; it stays plain text.",
            "{count} cells hold signs of markup, such as “{value}”; they stay plain text.",
        ),
    ),
    note("flags_column", N_("The column “{column}” holds marks of the values: {values}.")),
    IssueKind(
        id="magnitude_said",
        text=N_("“{value}” says that the numbers are not in single units."),
    ),
    IssueKind(
        id="magnitude_inside",
        text=N_(
            "Inside the table stands “{value}”. The numbers below it may be in another unit, and "
            "they were not changed."
        ),
        hint=N_("Compare the numbers above and below it; import the two parts as two files."),
    ),
)

_KEYS = (
    note(
        "month_names",
        C_(
            "{count} period names a month: “{value}”.",
            "{count} periods name a month, such as “{value}”.",
        ),
    ),
    note(
        "years_across",
        C_(
            "{count} period covers parts of two years: “{value}”.",
            "{count} periods are parts of two years, such as “{value}”.",
        ),
    ),
    note("several_in_one", N_("The column “{column}” says several things at once: {values}.")),
    note(
        "total_cells",
        C_(
            "{count} cell names a total ({values}); totals are never added to their parts.",
            "{count} cells name a total ({values}); totals are never added to their parts.",
        ),
    ),
    note(
        "total_by_blank",
        C_(
            "{count} blank cell of “{column}” is read as the total.",
            "{count} blank cells of “{column}” are read as the total.",
        ),
    ),
    IssueKind(
        id="unit_changes",
        text=N_("The column “{column}” names more than one unit: {values}."),
    ),
    IssueKind(
        id="unit_jump",
        text=N_(
            "The unit seems to change in {values}: the numbers become about a thousand or a "
            "million times larger or smaller and stay so."
        ),
        hint=N_("Check the unit. Import the two parts as two inputs if it changed."),
    ),
)

ODDITY_KINDS = (*_FILE, *_LAYOUT, *_CELLS, *_KEYS)
"""All kinds that only a look at a file finds, in the order they are listed."""
