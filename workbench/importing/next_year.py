"""A table like one that was read before: its recipe fitted to it, and what differs.

Columns are found by their names, in any order. A column that is gone and one that is new may be
the same: equal meanings of the two headers settle it, otherwise a person is asked. What was decided
before is not asked again; what is new in the file is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from workbench.importing.aliases_files import header_aliases
from workbench.importing.layout import Header, year_of_header
from workbench.importing.marks import bare
from workbench.importing.names import normal
from workbench.importing.numbers import NumberFormat, decide, number_format
from workbench.importing.question import Question
from workbench.importing.raw_table import BrokenRow, Row
from workbench.importing.recipe import Column, Match, Recipe
from workbench.importing.report import Remark

LEAST_KNOWN = 0.5
"""Share of the columns an earlier recipe needs that must be found."""
LEAST_OF_PRESET = 0.7
"""The same for a preset, which any table could be taken for."""
FEWEST_OWN = 1
"""Headers found that only the layout of the preset has."""
_NOT_NEEDED = ("ignore", "note", "personal")
_PLAIN = "1234"
_ABOUT_ROLES = frozenset(
    (
        *("no_value_column", "two_value_columns", "no_period_column", "one_row_a_case"),
        *("two_level_header", "two_columns_one_role"),
    )
)
"""Questions that a complete earlier recipe answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """An earlier recipe fitted to a table.

    Attributes:
        recipe: how the table would be read.
        remarks: what differs from the earlier table.
        questions: what must be decided.
        share: how many of the needed columns were found, 0 to 1.
    """

    recipe: Recipe
    remarks: tuple[Remark, ...]
    questions: tuple[Question, ...]
    share: float


def fitted(
    former: Recipe,
    now: Recipe,
    questions: Sequence[Question],
    answers: Mapping[str, str],
) -> Again | None:
    """An earlier recipe for the table of another, or None when they have too little in common.

    Args:
        former: the earlier recipe.
        now: the best guess for the table, with all its columns.
        questions: those of the guess.
        answers: by code of the question, or ``code:column``.
    """
    names = {normal(column.name): column for column in now.columns}
    wanted = {normal(name) for name in former.match.requires}
    wanted = wanted or {normal(column.name) for column in _needed(former)}
    there = wanted & names.keys()
    share = len(there) / len(wanted) if wanted else 0.0
    if former.match.requires and not _is_meant(there, share):
        return None
    if share < LEAST_KNOWN or (
        former.layout != now.layout and "cases" in (former.layout, now.layout)
    ):
        return None
    fit = _Fit(former, names, answers)
    columns = fit.columns(now)
    recipe = replace(
        former,
        name="" if former.match.requires else former.name,
        match=Match(),
        columns=columns,
        reading=replace(
            now.reading,
            repair=now.reading.repair or former.reading.repair,
            encoding=now.reading.encoding or former.reading.encoding,
        ),
        fingerprint=now.fingerprint,
        year_format=fit.format("", former.year_format, now.year_format),
        largest=former.largest or now.largest,
        scale=former.scale if former.scale != 1 else now.scale,
        dates=former.dates or now.dates,
    )
    is_whole = not fit.gone
    kept = [q for q in questions if not _is_settled(q, former, recipe, is_whole=is_whole)]
    return Again(
        recipe=recipe,
        remarks=tuple(fit.remarks),
        questions=(*fit.questions, *kept),
        share=share,
    )


def _is_meant(there: Set[str], share: float) -> bool:
    """Whether the headers of a preset that were found are its own, and not those of any table."""
    own = [name for name in there if name not in header_aliases()]
    return share >= LEAST_OF_PRESET and len(own) >= FEWEST_OWN


def _needed(former: Recipe) -> list[Column]:
    """The columns an earlier recipe cannot do without; a preset says which these are."""
    if former.match.requires:
        required = {normal(name) for name in former.match.requires}
        return [column for column in former.columns if normal(column.name) in required]
    return [
        column
        for column in former.columns
        if column.role not in _NOT_NEEDED and "period" not in column.fixed
    ]


class _Fit:
    """Earlier columns in the table of now."""

    def __init__(
        self, former: Recipe, names: Mapping[str, Column], answers: Mapping[str, str]
    ) -> None:
        self._former = {normal(column.name): column for column in former.columns}
        self._now = names
        self._answers = answers
        self._required = {normal(name) for name in former.match.requires}
        self.remarks: list[Remark] = []
        self.questions: list[Question] = []
        self.gone: list[Column] = []
        missing = [c for c in _needed(former) if normal(c.name) not in names]
        self._renamed = self._find_renamed(missing)

    def columns(self, now: Recipe) -> tuple[Column, ...]:
        """The columns of the table, read as before where they are known."""
        found = []
        has_value = any(
            column.role == "value" and normal(column.name) in self._now
            for column in self._former.values()
        )
        for column in now.columns:
            before = self._former.get(normal(column.name)) or self._renamed.get(column.name)
            if before is None:
                found.append(self._new(column, has_value))
                continue
            form = self.format(column.name, before.number_format, column.number_format)
            values = {**column.values, **before.values} if before.role == "area" else before.values
            found.append(replace(before, name=column.name, number_format=form, values=values))
        return tuple(found)

    def format(self, name: str, before: str, now: str) -> str:
        """The number format of this table; a change is remarked."""
        if not before or not now or now in (_PLAIN, before):
            return before or now
        if {before, now} <= {"1234.5", "1,234.5"} or (before == "1 234,5" and now == "1.234,5"):
            return now
        if before != _PLAIN:
            fields = {"column": name, "former": before, "now": now}
            self.remarks.append(Remark(code="format_changed", data=fields))
        return now

    def _new(self, column: Column, has_value: bool) -> Column:
        """A column that was not there: years and breakdowns are read, others are not."""
        if column.role == "value" and "period" in column.fixed:
            return column
        if normal(column.name) in self._required:
            return replace(column, role="ignore", number_format="")
        if column.role == "personal":
            return column  # blanked as before, and told as what it is
        self.remarks.append(Remark(code="column_new", data={"column": column.name}))
        is_read = column.role.isupper() or column.role in ("note", "flags", "status")
        if is_read or (column.role == "value" and not has_value):
            return column
        return replace(column, role="ignore", number_format="")

    def _find_renamed(self, missing: Sequence[Column]) -> dict[str, Column]:
        """Earlier column by the new name of it; open pairs become questions."""
        known = self._former.keys() | self._required
        free = [c for key, c in self._now.items() if key not in known and c.name]
        found: dict[str, Column] = {}
        for column in missing:
            fitting = [c for c in free if _may_be(column, c)]
            best = max(fitting, key=lambda c: _likeness(column, c), default=None)
            if best is None:
                self._without(column)
                continue
            said = self._said("renamed_column", best.name)
            if _same_meaning(column, best) or said == "yes":
                fields = {"column": best.name, "former": column.name}
                self.remarks.append(Remark(code="column_renamed", data=fields))
                found[best.name] = column
                free.remove(best)
            elif said == "no":
                self._without(column)
            else:
                data = {"column": best.name, "first": column.name}
                self.questions.append(Question(code="renamed_column", data=data))
                self.gone.append(column)
        return found

    def _without(self, column: Column) -> None:
        """A column that is gone: named when a person agreed, asked otherwise."""
        self.gone.append(column)
        if self._said("column_gone", column.name) == "yes":
            self.remarks.append(Remark(code="column_gone", data={"former": column.name}))
            return
        data = {"column": column.name, "first": column.name}
        self.questions.append(Question(code="column_gone", data=data))

    def _said(self, code: str, column: str) -> str:
        return self._answers.get(f"{code}:{column}") or self._answers.get(code) or ""


def with_formats(
    recipe: Recipe, header: Header, rows: Sequence[Row]
) -> tuple[Recipe, list[Remark]]:
    """A preset with the number formats of the table, where they are surely others than it says.

    Args:
        recipe: the preset.
        header: of the table.
        rows: the first rows of the sheet.
    """
    body = [row for row in rows[header.row + header.rows - 1 :] if not isinstance(row, BrokenRow)]
    remarks: list[Remark] = []
    columns = []
    for column in recipe.columns:
        index = header.column(column.name) if column.role == "value" else None
        form = "" if index is None else _other_format(column.number_format, body, [index])
        if form:
            fields = {"column": column.name, "former": column.number_format, "now": form}
            remarks.append(Remark(code="format_changed", data=fields))
        columns.append(replace(column, number_format=form) if form else column)
    years = [i for i, n in enumerate(header.names) if year_of_header(n, recipe.year_columns)]
    form = _other_format(recipe.year_format, body, years) if recipe.layout == "wide" else ""
    if form:
        fields = {"column": header.names[years[0]], "former": recipe.year_format, "now": form}
        remarks.append(Remark(code="format_changed", data=fields))
        recipe = replace(recipe, year_format=form)
    return replace(recipe, columns=tuple(columns)), remarks


def _other_format(former: str, rows: Sequence[Row], places: Sequence[int]) -> str:
    """The format that some number of these columns can only have, when the former is another."""
    if not former or not places:
        return ""
    texts = [bare(row[i].lstrip("<≤= ")) for row in rows for i in places if i < len(row)]
    form = decide(dict.fromkeys(texts)).form
    if form is None or number_format(former) in (form, NumberFormat.GROUPED):
        return ""
    is_point = number_format(former) in (NumberFormat.MACHINE, NumberFormat.POINT)
    if form is NumberFormat.WHOLE or (is_point and form is NumberFormat.POINT):
        return ""
    return str(form.value)


def _may_be(before: Column, now: Column) -> bool:
    """Whether a new column can be one that is gone: values stay values, remarks stay remarks."""
    if now.role in ("note", "personal", "flags", "status"):
        return now.role == before.role
    return (before.role == "value") == (now.role == "value") or now.role == "ignore"


def _likeness(before: Column, now: Column) -> float:
    """How likely a new column is an earlier one: by name and by what it seems to hold."""
    if _same_meaning(before, now):
        return 2.0
    same_role = 0.5 if before.role == now.role else 0.0
    return same_role + SequenceMatcher(None, normal(before.name), normal(now.name)).ratio()


def _same_meaning(before: Column, now: Column) -> bool:
    """Whether the list of headers gives both names one meaning that the column has."""
    known = header_aliases()
    meaning = known.get(normal(before.name), "")
    return meaning != "" and meaning == known.get(normal(now.name)) and before.role == meaning


def _is_settled(question: Question, former: Recipe, now: Recipe, *, is_whole: bool) -> bool:
    """Whether a question was answered by the earlier recipe."""
    name = str(question.data.get("column", ""))
    before = next((c for c in now.columns if c.name == name), None)
    known = {normal(column.name) for column in former.columns}
    is_old = before is not None and normal(name) in known
    settled = {
        "ambiguous_number": bool(
            (before is not None and before.number_format not in ("", _PLAIN))
            or (before is None and former.year_format not in ("", _PLAIN))
        ),
        "year_across": former.fiscal_start > 0,
        "january_dates": former.dates != "",
        "declared_magnitude": former.scale != 1 or (is_old and bool(before and before.values)),
        "two_units_in_one_column": bool(former.by_unit),
        "values_out_of_range": former.largest > 0,
        "repair_letters": former.reading.repair != "",
        "two_editions": is_old,
        "blank_labels": is_old,
    }
    if question.code in _ABOUT_ROLES:
        return is_whole
    if question.code in ("similar_names", "which_name"):
        return before is not None and str(question.data.get("value")) in before.values
    return settled.get(question.code, False)
