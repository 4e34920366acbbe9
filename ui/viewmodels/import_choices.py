"""Questions about a file that are answered by picking one of a few answers, with a preview each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.errors import N_

if TYPE_CHECKING:
    from workbench.services.imports import Preview

ON_FILE = ("which_encoding", "repair_letters", "which_sheets")
"""Questions that belong to the first step; the others to the columns."""
_LATER = ("similar_names", "which_name")
"""Asked in the step of the names."""
_OWN_WIDGETS = ("ambiguous_number", "mixed_numbers", "year_across")
"""Answered in the column itself."""
WORDS: Mapping[tuple[str, str], str] = {
    ("which_sheets", "all"): N_("All sheets with a table"),
    ("which_sheets", "visible"): N_("Only the visible sheets with a table"),
    ("two_editions", "latest"): N_("Yes, the latest one counts"),
    ("two_editions", "no"): N_("No"),
    ("two_units_in_one_column", "separate"): N_("Each unit becomes an input of its own"),
    ("two_units_in_one_column", "leave_out"): N_("Leave the other units out"),
    ("one_row_a_case", "count"): N_("Yes, count the rows"),
    ("one_row_a_case", "no"): N_("No"),
    ("values_out_of_range", "leave_out"): N_("Yes, leave them out"),
    ("values_out_of_range", "keep"): N_("No, the values are right"),
    ("repair_letters", "yes"): N_("Yes, put them right"),
    ("repair_letters", "no"): N_("No, keep them as they are"),
    ("declared_magnitude", "1"): N_("1: the numbers are single units"),
    ("declared_magnitude", "1000"): N_("1,000: the numbers are thousands"),
    ("declared_magnitude", "100000"): N_("100,000"),
    ("declared_magnitude", "1000000"): N_("1,000,000: the numbers are millions"),
    ("january_dates", "years"): N_("Years"),
    ("january_dates", "months"): N_("Months"),
    ("blank_labels", "repeat"): N_("They repeat the cell above"),
    ("blank_labels", "total"): N_("They mean the total"),
}
"""What an answer is called; answers that come from the file stand as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer: what is sent, what is shown, and how the file reads with it."""

    value: str
    words: str
    preview: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceLine:
    """A question with its answers.

    Attributes:
        key: code of the question, with the column where several columns ask the same.
        code, column, text: the question.
        choices: the answers.
        chosen: the answer given; empty while it is open.
    """

    key: str
    code: str
    text: str
    column: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: str = ""

    @property
    def on_file(self) -> bool:
        """Whether it belongs to the first step."""
        return self.code in ON_FILE


def choice_lines(seen: Preview) -> tuple[ChoiceLine, ...]:
    """The questions of a look that are answered by picking; none of them has a default."""
    told: Any = seen.as_dict()["questions"]
    lines = []
    for question, said in zip(seen.questions, told, strict=True):
        code = question.code
        if code in _LATER or code in _OWN_WIDGETS or not said["choices"]:
            continue
        column = str(said["column"] or "")
        lines.append(
            ChoiceLine(
                key=f"{code}:{column}" if column else code,
                code=code,
                text=_sentence(code, str(said["text"]), question.data),
                column=column,
                choices=tuple(_choice(code, str(v), question.data) for v in said["choices"]),
            )
        )
    return tuple(lines)


def _sentence(code: str, text: str, data: Mapping[str, object]) -> str:
    """The question; the previews of the encodings stand beside the answers instead."""
    values = str(data.get("values", ""))
    return text.replace(values, "").strip() if code == "which_encoding" and values else text


def _choice(code: str, value: str, data: Mapping[str, object]) -> Choice:
    from workbench.i18n import _

    words = WORDS.get((code, value))
    previews = data.get("previews", {})
    text = previews.get(value, "") if isinstance(previews, Mapping) else ""
    return Choice(value=value, words=_(words) if words else value, preview=str(text))
