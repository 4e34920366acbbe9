"""Every question an import can ask, as data: code, sentence and coded answers."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import C_, N_
from indicators.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionKind:
    """A thing only a person can decide before a file is imported.

    Attributes:
        id: stable code.
        text: the question, a template.
        choices: coded answers.
    """

    id: str
    text: str
    choices: tuple[str, ...] = ()


QUESTIONS: Registry[QuestionKind] = Registry(
    "question",
    (
        QuestionKind(id="no_table", text=N_("No table was found on this sheet. Where is it?")),
        QuestionKind(id="no_value_column", text=N_("Which column holds the values?")),
        QuestionKind(id="two_value_columns", text=N_("Which column holds the values: {values}?")),
        QuestionKind(id="no_period_column", text=N_("Which column holds the year?")),
        QuestionKind(
            id="ambiguous_number",
            text=N_(
                "Column “{column}”, row {row} says “{value}”. This could be {first} or {second}. "
                "Choose the number format of the column."
            ),
            choices=("1,234.5", "1.234,5"),
        ),
        QuestionKind(
            id="mixed_numbers",
            text=N_(
                "Column “{column}” mixes number formats: “{first}” and “{second}”. "
                "Choose the number format of the column."
            ),
            choices=("1,234.5", "1.234,5", "1 234"),
        ),
        QuestionKind(
            id="year_across",
            text=N_("In which month does the year “{value}” begin (column “{column}”)?"),
            choices=tuple(str(month) for month in range(1, 13)),
        ),
        QuestionKind(
            id="which_sheets",
            text=N_("Several sheets hold a table: {values}. Which ones belong to this import?"),
            choices=("all", "visible"),
        ),
        QuestionKind(
            id="two_level_header",
            text=N_(
                "The names of the columns stand in several rows, such as “{value}”. "
                "What do the columns hold?"
            ),
        ),
        QuestionKind(
            id="two_editions",
            text=N_("Many values are given twice. Does “{column}” say the edition ({values})?"),
            choices=("latest", "no"),
        ),
        QuestionKind(
            id="two_units_in_one_column",
            text=N_("The column “{column}” names several units: {values}. What shall be done?"),
            choices=("separate", "leave_out"),
        ),
        QuestionKind(
            id="one_row_a_case",
            text=N_("No column holds numbers. Is every row one case, to be counted?"),
            choices=("count", "no"),
        ),
        QuestionKind(
            id="values_out_of_range",
            text=C_(
                "{count} value of “{column}” is far larger than all others: “{value}” in row "
                "{row}. Is it a code that slipped in?",
                "{count} values of “{column}” are far larger than all others, such as “{value}” "
                "in row {row}. Are they codes that slipped in?",
            ),
            choices=("leave_out", "keep"),
        ),
        QuestionKind(
            id="repair_letters",
            text=N_(
                "Letters were read wrongly by another program: “{first}” was “{second}”. "
                "Shall they be put right?"
            ),
            choices=("yes", "no"),
        ),
        QuestionKind(
            id="declared_magnitude",
            text=N_("“{value}” says that numbers are not in single units. Multiply them by what?"),
            choices=("1", "1000", "100000", "1000000"),
        ),
        QuestionKind(
            id="january_dates",
            text=N_("All dates of “{column}” are the first of January. Are they years or months?"),
            choices=("years", "months"),
        ),
        QuestionKind(
            id="which_encoding",
            text=N_("How are the letters of the file coded? {values}"),
        ),
        QuestionKind(
            id="similar_names",
            text=N_("“{value}” in the column “{column}” is like “{first}”. Are they the same?"),
            choices=("yes", "no"),
        ),
        QuestionKind(
            id="which_name",
            text=N_("“{value}” in the column “{column}” could mean {values}. Which one is it?"),
        ),
        QuestionKind(
            id="blank_labels",
            text=N_("Blank cells of “{column}”: do they repeat the one above, or mean the total?"),
            choices=("repeat", "total"),
        ),
        QuestionKind(id="repeated_header", text=N_("Two columns have the same name: “{column}”.")),
        QuestionKind(
            id="two_columns_one_role",
            text=N_("The columns {values} seem to hold the same thing. Which one is right?"),
        ),
        QuestionKind(
            id="no_area", text=N_("The file names no area. To which area does it belong?")
        ),
        QuestionKind(
            id="renamed_column",
            text=N_("“{first}” is gone and “{column}” is new. Is it the same column?"),
            choices=("yes", "no"),
        ),
        QuestionKind(
            id="column_gone",
            text=N_("The column “{first}” of the earlier table is not there. Go on without it?"),
            choices=("yes", "no"),
        ),
    ),
)
"""All questions."""
