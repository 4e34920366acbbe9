"""A recipe for a table nobody described: roles of columns, formats, and what must be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.importing.aliases_files import header_aliases
from workbench.importing.categories import DIMENSIONS
from workbench.importing.cells import DEFAULT_MISSING
from workbench.importing.layout import Header, year_of_header
from workbench.importing.names import normal
from workbench.importing.numbers import Decision, NumberFormat, decide, readings
from workbench.importing.periods import is_across, is_year
from workbench.importing.plan import own_dimension
from workbench.importing.raw_table import RawTable
from workbench.importing.recipe import YEAR_HEADER, Column, Recipe, fingerprint

SAMPLE_ROWS = 5_000
"""Rows whose keys are compared when a column's use is guessed."""
MOST_DISTINCT = 100_000
_MANY = 200


@dataclass(slots=True)
class ColumnFacts:
    """What all rows say about one column.

    Attributes:
        texts: how often each distinct text occurs (the first ``MOST_DISTINCT`` of them).
        rows: first row of each of these texts.
    """

    texts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def filled(self) -> list[str]:
        """Distinct texts that are not blank."""
        return [text for text in self.texts if text]

    def share(self, test: object) -> float:
        """Share of distinct filled texts that pass a test."""
        texts = self.filled
        assert callable(test)
        return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A thing only a person can decide.

    Attributes:
        code: kind of the question.
        data: fields of its sentence.
    """

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The recipe that fits best, how sure each role is, and the open questions."""

    recipe: Recipe
    confidence: tuple[float, ...]
    questions: tuple[Question, ...]


def column_facts(table: RawTable, header: Header, header_rows: int = 1) -> list[ColumnFacts]:
    """Distinct texts of every column, from one pass over all rows."""
    facts = [ColumnFacts() for _ in header.names]
    start = header.row + header_rows
    for number, row in enumerate(table.rows(), start=1):
        if number < start or len(row) < 2:
            continue
        for column, text in zip(facts, row, strict=False):
            if text in column.texts:
                column.texts[text] += 1
            elif len(column.texts) < MOST_DISTINCT:
                column.texts[text] = 1
                column.rows[text] = number
    return [_cleaned(column) for column in facts]


def _cleaned(facts: ColumnFacts) -> ColumnFacts:
    """The facts by trimmed texts."""
    result = ColumnFacts()
    for text, count in facts.texts.items():
        bare = text.strip()
        result.texts[bare] += count
        result.rows.setdefault(bare, facts.rows[text])
    return result


def guess(
    table: RawTable,
    header: Header,
    facts: Sequence[ColumnFacts],
    *,
    last_year: int,
    skip: Sequence[int] = (),
    known: Mapping[str, str] | None = None,
) -> Guess:
    """The best recipe for a table.

    Args:
        table: the sheet.
        header: its header.
        facts: of every column.
        last_year: latest year that is believed.
        skip: indexes of personal columns.
        known: constants a person gave (variable, area, unit).
    """
    roles = _roles(header, facts, last_year, skip)
    years = [i for i, name in enumerate(header.names) if _is_year_column(name, i, roles)]
    is_wide = len(years) >= 2 and "period" not in [role for role, _ in roles]
    if is_wide:
        roles = [("value", 1.0) if i in years else role for i, role in enumerate(roles)]
    questions = [Question(code="repeated_header", data={"column": n}) for n in header.repeated[:1]]
    roles, open_roles = _resolved(header, facts, roles, wide=is_wide)
    questions += open_roles
    roles = _unlisted(table, header, facts, roles)
    decisions = _formats(facts, roles, wide=is_wide)
    questions += _number_questions(header, facts, decisions)
    questions += _period_questions(header, facts, roles)
    recipe = _recipe(header, roles, decisions, known or {}, wide=is_wide)
    return Guess(
        recipe=recipe,
        confidence=tuple(sure for _, sure in roles),
        questions=tuple(questions),
    )


Roles = list[tuple[str, float]]


def _roles(
    header: Header, facts: Sequence[ColumnFacts], last_year: int, skip: Sequence[int]
) -> Roles:
    """Role and confidence of each column, by its name, else by what it holds; "" when open."""
    aliases = header_aliases()
    roles: Roles = []
    for index, name in enumerate(header.names):
        if index in skip:
            roles.append(("personal", 1.0))
        elif name.upper() in DIMENSIONS and name == name.upper():
            roles.append((name, 1.0))
        elif normal(name) in aliases:
            roles.append((aliases[normal(name)], 0.95))
        elif not name:
            roles.append(("ignore", 0.9))
        elif facts[index].share(lambda text: is_year(text, last_year)) > 0.9:
            roles.append(("period", 0.8))
        else:
            roles.append(("", 0.0))
    return roles


def _is_year_column(name: str, index: int, roles: Roles) -> bool:
    return year_of_header(name, YEAR_HEADER) is not None and roles[index][0] in ("", "period")


def _numeric(facts: ColumnFacts) -> bool:
    """Whether most texts of a column are numbers or marks, and at least one a number."""
    marks = [text for text in facts.filled if text in DEFAULT_MISSING or text.startswith("<")]
    numbers = [text for text in facts.filled if readings(text) or text.startswith("\x1e")]
    return bool(numbers) and len(numbers) + len(marks) >= 0.8 * len(facts.filled)


def _resolved(
    header: Header, facts: Sequence[ColumnFacts], roles: Roles, *, wide: bool
) -> tuple[Roles, list[Question]]:
    """One column a role; the value column found; questions where two columns compete."""
    roles = _one_each(header, facts, roles)
    if wide:
        return roles, []
    roles, questions = _value_role(header, facts, roles)
    if "period" not in [role for role, _ in roles]:
        questions.append(Question(code="no_period_column"))
    return roles, questions


def _one_each(header: Header, facts: Sequence[ColumnFacts], roles: Roles) -> Roles:
    """Roles that only one column can have stay with the best of several."""
    roles = list(roles)
    for role in ("variable", "area", "period", "unit", "status", "flags"):
        mine = [i for i, (own, _) in enumerate(roles) if own == role]
        if len(mine) < 2:
            continue
        chosen = _best(role, mine, header, facts)
        for index in mine:
            if index != chosen:
                roles[index] = ("" if role in ("variable", "period") else "ignore", 0.5)
    return roles


def _value_role(
    header: Header, facts: Sequence[ColumnFacts], roles: Roles
) -> tuple[Roles, list[Question]]:
    """The one column of values: by its name, else the only one that holds numbers."""
    roles = list(roles)
    values = [i for i, (role, _) in enumerate(roles) if role == "value"]
    if not values:
        values = [i for i, (role, _) in enumerate(roles) if not role and _numeric(facts[i])]
        for index in values:
            roles[index] = ("value", 0.7)
    if not values:
        return roles, [Question(code="no_value_column")]
    if len(values) == 1:
        return roles, []
    exact = [i for i in values if normal(header.names[i]) in ("value", "obs value")]
    if len(exact) == 1:
        for index in values:
            if index not in exact:
                roles[index] = ("", 0.0)
        return roles, []
    data = {"values": ", ".join(header.names[i] for i in values)}
    return roles, [Question(code="two_value_columns", data=data)]


def _best(role: str, mine: list[int], header: Header, facts: Sequence[ColumnFacts]) -> int:
    """The column of a role that several could have: for areas the one with codes."""
    if role == "area":
        coded = [
            i
            for i in mine
            if "code" in normal(header.names[i]) or "iso" in header.names[i].lower()
        ]
        short = [i for i in mine if facts[i].share(lambda text: len(text) <= 6) > 0.9]
        for group in (coded, short):
            if len(group) == 1:
                return group[0]
    return max(mine, key=lambda index: (len(facts[index].filled) > 0, -index))


def _unlisted(
    table: RawTable, header: Header, facts: Sequence[ColumnFacts], roles: Roles
) -> Roles:
    """Columns still open: an own dimension when rows differ by nothing else, else not needed."""
    roles = list(roles)
    open_columns = [i for i, (role, _) in enumerate(roles) if not role]
    keys = [
        i
        for i, (role, _) in enumerate(roles)
        if role in ("variable", "area", "period", "unit") or role.isupper()
    ]
    sample = table.first_rows(SAMPLE_ROWS + header.row)[header.row :]
    for index in sorted(open_columns, key=lambda i: len(facts[i].filled)):
        texts = facts[index].filled
        usable = (
            len(facts[index].texts) >= 2 and len(texts) <= _MANY and not _numeric(facts[index])
        )
        if usable and _tells_apart(sample, keys, index):
            roles[index] = (own_dimension(header.names[index]), 0.4)
            keys.append(index)
        else:
            roles[index] = ("ignore", 0.5)
    return roles


def _tells_apart(rows: Sequence[Sequence[str]], keys: Sequence[int], index: int) -> bool:
    """Whether two rows with the same keys differ in a column."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        if len(row) <= max([*keys, index]):
            continue
        key = tuple(row[i] for i in keys)
        if seen.setdefault(key, row[index]) != row[index]:
            return True
    return False


def _formats(facts: Sequence[ColumnFacts], roles: Roles, *, wide: bool) -> dict[int, Decision]:
    """The number format of each value column; years in columns are decided together."""
    values = [i for i, (role, _) in enumerate(roles) if role == "value"]
    if wide:
        together = decide(_number_texts(text for i in values for text in facts[i].filled))
        return dict.fromkeys(values, together)
    return {i: decide(_number_texts(facts[i].filled)) for i in values}


def _number_texts(texts: object) -> list[str]:
    """The texts, with the limit of ``<1.000`` in place of the whole."""
    assert hasattr(texts, "__iter__")
    return [text.lstrip("<≤= ") for text in texts]


def _number_questions(
    header: Header, facts: Sequence[ColumnFacts], decisions: Mapping[int, Decision]
) -> list[Question]:
    asked: list[Question] = []
    for index, decision in decisions.items():
        if decision.form is not None or any(q.code == decision.question for q in asked):
            continue
        text = decision.examples[0]
        at = next((i for i in decisions if text in facts[i].rows), index)
        found = readings(text)
        if decision.question == "mixed_numbers":
            data: dict[str, object] = {
                "column": header.names[at],
                "first": text,
                "second": decision.examples[1],
            }
        else:
            data = {
                "column": header.names[at],
                "row": facts[at].rows.get(text, 0),
                "value": text,
                "first": found[NumberFormat.POINT],
                "second": found[NumberFormat.COMMA],
            }
        asked.append(Question(code=decision.question, data=data))
    return asked


def _period_questions(
    header: Header, facts: Sequence[ColumnFacts], roles: Roles
) -> list[Question]:
    """Ask for the month when most years of a column run over two calendar years."""
    for index, (role, _) in enumerate(roles):
        if role == "period" and facts[index].share(lambda t: is_across(t) is not None) > 0.5:
            text = next(t for t in facts[index].filled if is_across(t) is not None)
            data = {"column": header.names[index], "value": text}
            return [Question(code="year_across", data=data)]
    return []


def _recipe(
    header: Header,
    roles: Roles,
    decisions: Mapping[int, Decision],
    known: Mapping[str, str],
    *,
    wide: bool,
) -> Recipe:
    columns = []
    year_format = ""
    for index, (name, (role, _)) in enumerate(zip(header.names, roles, strict=True)):
        form = decisions[index].form if index in decisions else None
        written = form.value if form is not None else ""
        if role == "value" and year_of_header(name, YEAR_HEADER) and wide:
            year_format = written
        elif name:
            columns.append(Column(name=name, role=role, number_format=written))
    constants = {key: value for key, value in known.items() if value}
    return Recipe(
        name="",
        layout="wide" if wide else "long",
        columns=tuple(_without_given(column, constants) for column in columns),
        year_format=year_format,
        constants=constants,
        fingerprint=fingerprint(header.names),
    )


def _without_given(column: Column, constants: Mapping[str, str]) -> Column:
    """A column whose role a person gave as a constant is not needed."""
    if column.role in ("variable", "area") and column.role in constants:
        return replace(column, role="ignore")
    return column
