"""Every kind of remark an import can make, as data: code, weight, sentence and remedy.

``LEFT_OUT`` kinds name the reason a row or cell was set aside; all others are remarks on the
whole file. Templates have named fields; a remark always has the field ``count``.
"""

from __future__ import annotations

from indicators.errors import C_, N_
from indicators.registry import Registry
from workbench.importing.again_kinds import AGAIN_KINDS
from workbench.importing.issue_kind import IssueKind, note
from workbench.importing.oddity_kinds import ODDITY_KINDS


def _cell(code: str, text: str, hint: str = "") -> IssueKind:
    return IssueKind(id=code, text=text, hint=hint, left_out=True)


_LEFT_OUT = (
    _cell(
        "not_a_number",
        N_("“{value}” is not a number."),
        N_("Correct the file, or say what the mark means."),
    ),
    _cell(
        "other_number_format",
        N_("“{value}” does not fit the number format of its column."),
        N_("Choose the number format of the column, or correct the cell."),
    ),
    _cell("number_too_large", N_("“{value}” is too large to be a count or an amount.")),
    _cell(
        "scientific_notation",
        N_("“{value}” is in scientific notation, which loses digits."),
        N_("Show the column as a whole number and save the file again."),
    ),
    _cell("fraction_of_count", N_("“{value}” is not a whole number, but the input is a count.")),
    _cell("negative_count", N_("“{value}” is below zero, but the input is a count.")),
    _cell("unknown_status", N_("“{value}” is not a known state of a value.")),
    _cell("unknown_flag", N_("“{value}” is not a known mark of a value.")),
    _cell("status_conflict", N_("The value “{value}” and its state contradict each other.")),
    _cell("blank_period", N_("The year is empty.")),
    _cell("not_a_period", N_("“{value}” is not a year or period.")),
    _cell("year_out_of_range", N_("“{value}” is outside 1900 to next year.")),
    _cell(
        "date_number",
        N_("“{value}” looks like a date that a spreadsheet turned into a number."),
        N_("Write the year in the file."),
    ),
    _cell(
        "year_across",
        N_("“{value}” covers parts of two years."),
        N_("Say in which month such a year begins."),
    ),
    _cell("blank_area", N_("The area is empty.")),
    _cell("blank_variable", N_("The name of the input is empty.")),
    _cell("short_row", N_("Cells in the row: {value} instead of {width}.")),
    _cell("long_row", N_("The row has more cells than the header: “{value}”.")),
    _cell("nul", N_("The row holds a character that no text has (NUL): “{value}”.")),
    _cell("broken_quote", N_("A quotation mark is not closed: “{value}”.")),
    _cell(
        "conflict",
        N_("The same cell is given more than once with different values; one says “{value}”."),
        N_("Correct the file; none of them was taken."),
    ),
    _cell("exact_copy", N_("The same value is given more than once; one was taken.")),
    _cell(
        "other_unit",
        N_("The same series is given in two units; this one is “{value}”."),
        N_("Import the two parts as two inputs, or convert one of them."),
    ),
    _cell("unknown_magnitude", N_("“{value}” is no known magnitude, such as thousands.")),
    _cell(
        "out_of_range",
        N_("“{value}” is far larger than its neighbours; it looks like a code."),
        N_("Correct the file, or say that the value is right."),
    ),
    _cell(
        "letters_lost",
        N_("“{value}” has letters that are lost; they cannot be put right."),
        N_("Ask the office for the file as it was first saved."),
    ),
    _cell("unknown_part", N_("“{value}” holds a part that is not known.")),
    _cell("header_again", N_("The row repeats the names of the columns.")),
    _cell("not_mapped", N_("The recipe leaves “{value}” out.")),
    _cell("blank_label", N_("The row belongs to “{value}”, but its label is empty.")),
    _cell(
        "unknown_label",
        N_("“{value}” is no known citizenship, and more of the same cell count as unknown."),
        N_("Say what it means when names are matched, and import the file again."),
    ),
    _cell(
        "area_not_in_year",
        N_("The name could mean {value}; none, or more than one, existed in this year."),
        N_("Say which area is meant when names are matched, or use its code."),
    ),
    _cell("unknown_case", N_("The recipe does not say what “{value}” means.")),
    _cell("stray_text", N_("A row with only the text “{value}” stands among the data.")),
)

_REMARKS = (
    IssueKind(
        id="guessed_encoding",
        text=N_("The file does not say how its letters are coded; it was read as {encoding}."),
        hint=N_("Look at names with accents before you go on."),
    ),
    IssueKind(
        id="hidden_characters",
        text=C_(
            "{count} text holds hidden control characters; they are shown as marks: {values}.",
            "{count} texts hold hidden control characters; they are shown as marks: {values}.",
        ),
    ),
    IssueKind(
        id="censored",
        text=C_(
            "{count} value is given as a range, “{value}”; it stays a range.",
            "{count} values are given as a range, such as “{value}”; they stay ranges.",
        ),
    ),
    IssueKind(
        id="confidential",
        text=C_(
            "{count} value is confidential at the source; no number is known.",
            "{count} values are confidential at the source; no number is known.",
        ),
    ),
    IssueKind(
        id="dash_marks",
        text=C_(
            "{count} cell holds a dash; it was read as “not available”.",
            "{count} cells hold a dash; it was read as “not available”.",
        ),
        hint=N_("Some offices write a dash for zero; say so in the recipe then."),
    ),
    IssueKind(
        id="personal_column",
        text=N_("The column “{column}” looks like personal data ({what})."),
        hint=N_("It was not imported and is blanked in the kept copy of the file."),
    ),
    IssueKind(
        id="sheets_skipped",
        text=C_(
            "{count} sheet was not read: {values}.",
            "{count} sheets were not read: {values}.",
        ),
    ),
    IssueKind(
        id="left_out_uncounted",
        text=N_("More than {limit} rows were left out; the list is cut, the counts are complete."),
    ),
    IssueKind(
        id="corrections_overruled",
        text=C_(
            "{count} value that was corrected by hand has a newer value in this file.",
            "{count} values that were corrected by hand have newer values in this file.",
        ),
        hint=N_("Look at them, and correct them again where it is still needed."),
    ),
    IssueKind(
        id="unit_break",
        text=N_("The unit seems to change in {values}: whole numbers before, fractions after."),
        hint=N_("Check the unit. Import the two parts as two inputs if it changed."),
    ),
    IssueKind(
        id="units_parted",
        text=N_("The column holds more than one unit; each went to its own input: {values}."),
    ),
    IssueKind(
        id="magnitude_applied",
        text=N_("The numbers are given in another magnitude; they were multiplied by {values}."),
    ),
    IssueKind(
        id="region_split",
        text=N_("{values}. It looks like a change of borders, but the file does not say so."),
        hint=N_("Enter the change in the list of areas, so that trends are not read across it."),
    ),
    IssueKind(
        id="letters_repaired",
        text=N_("Letters were read wrongly once by another program and were put right."),
        hint=N_("Look at names with accents before you go on."),
    ),
    IssueKind(
        id="hidden_rows",
        text=C_(
            "{count} row of the sheet “{sheet}” is hidden; it is read.",
            "{count} rows of the sheet “{sheet}” are hidden; they are read.",
        ),
    ),
    IssueKind(
        id="hidden_columns",
        text=C_(
            "{count} column of the sheet “{sheet}” is hidden ({values}); it is read.",
            "{count} columns of the sheet “{sheet}” are hidden ({values}); they are read.",
        ),
    ),
    IssueKind(id="hidden_sheet", text=N_("The sheet “{sheet}” is hidden.")),
    note(
        "cell_comments",
        C_(
            "The sheet “{sheet}” has {count} comment; it is not read.",
            "The sheet “{sheet}” has {count} comments; they are not read.",
        ),
    ),
    note(
        "formulas",
        C_(
            "{count} cell of the sheet “{sheet}” is a formula; its last result is read.",
            "{count} cells of the sheet “{sheet}” are formulas; their last results are read.",
        ),
    ),
    note("protected_sheet", N_("The sheet “{sheet}” is protected; it is read as it is.")),
    note(
        "footnote_marks",
        C_(
            "{count} number has a mark beside it, which was taken apart: {values}.",
            "{count} numbers have a mark beside them, which was taken apart: {values}.",
        ),
    ),
    note("labels_repeated", N_("Blank labels say the same as the one above: {values}.")),
    note(
        "group_areas",
        C_(
            "{count} area is a group of countries; it is never added up: {values}.",
            "{count} areas are groups of countries; they are never added up: {values}.",
        ),
    ),
    note(
        "counted_cases",
        C_(
            "{count} row is one case; it was counted.",
            "{count} rows are one case each; they were counted.",
        ),
    ),
    note("editions", N_("The file holds {count} editions; the last one counts: {values}.")),
    note(
        "missing_marks",
        C_(
            "{count} cell holds a mark that was read as no value: {values}.",
            "{count} cells hold marks that were read as no value: {values}.",
        ),
    ),
    note(
        "new_variable",
        C_(
            "{count} input is new to the program: {values}.",
            "{count} inputs are new to the program: {values}.",
        ),
    ),
    IssueKind(
        id="unconfirmed_label",
        text=C_(
            "{count} citizenship is not known and counts as unknown: {values}.",
            "{count} citizenships are not known and count as unknown: {values}.",
        ),
        hint=N_("Say what each means when names are matched, and import the file again."),
    ),
    note(
        "new_area",
        C_(
            "{count} area is new and was added: {values}.",
            "{count} areas are new and were added: {values}.",
        ),
    ),
    note(
        "new_category",
        C_(
            "{count} category is new and was added: {values}.",
            "{count} categories are new and were added: {values}.",
        ),
    ),
    note(
        "matched_area",
        C_(
            "{count} area was recognised by name: {values}.",
            "{count} areas were recognised by name: {values}.",
        ),
    ),
    note(
        "ignored_column",
        C_(
            "{count} column was not needed and left out: {values}.",
            "{count} columns were not needed and left out: {values}.",
        ),
    ),
    note("default_area", N_("The file names no area; all values belong to {area}.")),
    note("default_variable", N_("The file names no input; all values belong to {variable}.")),
    note("same_file_again", N_("This very file was imported before, on {date}.")),
    note(
        "footer",
        C_(
            "{count} line below the table is a note.",
            "{count} lines below the table are notes.",
        ),
    ),
)

ISSUES: Registry[IssueKind] = Registry(
    "kind of remark", (*_LEFT_OUT, *_REMARKS, *AGAIN_KINDS, *ODDITY_KINDS)
)
"""All kinds, in the order reports list them."""
