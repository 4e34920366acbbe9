"""A recipe for a table nobody described: roles of columns, formats, and what must be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.importing.aliases_files import header_aliases
from workbench.importing.categories import DIMENSIONS, split_codes
from workbench.importing.cells import DEFAULT_MISSING
from workbench.importing.layout import Header, year_of_header
from workbench.importing.marks import bare
from workbench.importing.names import Names, normal
from workbench.importing.numbers import Decision, NumberFormat, decide, number_format, readings
from workbench.importing.periods import PeriodRules, is_year, part_of_year
from workbench.importing.plan import own_dimension
from workbench.importing.raw_table import BrokenRow, RawTable, Row
from workbench.importing.recipe import YEAR_HEADER, Column, Reading, Recipe, fingerprint
from workbench.importing.settle import Answers, Scene, settled
from workbench.importing.value_headers import GUESSED, all_fixed

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


def column_facts(table: RawTable, header: Header) -> list[ColumnFacts]:
    """Distinct texts of every column, from one pass over all rows."""
    facts = [ColumnFacts() for _ in header.names]
    start = header.row + header.rows
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
    answers: Answers | None = None,
    names: Names | None = None,
) -> Guess:
    """The best recipe for a table.

    Args:
        table: the sheet.
        header: its header.
        facts: of every column.
        last_year: latest year that is believed.
        skip: indexes of personal columns.
        known: constants a person gave (variable, area, unit).
        answers: what a person answered, by code of the question or ``code:column``.
        names: what the project and the catalogue know, or None.
    """
    end = header.row + header.rows - 1
    rows = table.first_rows(SAMPLE_ROWS + end)
    scene = Scene(
        header=header,
        facts=facts,
        above=rows[: header.row - 1],
        rows=[row for row in rows[end:] if not isinstance(row, BrokenRow)],
        answers=answers or {},
        names=names,
        ask=Question,
    )
    roles = _answered(header, _roles(header, facts, last_year, skip), scene.answers)
    fixed = _fixed(header, facts, roles, scene, last_year)
    for index in fixed:
        roles[index] = ("value", 0.9)
    questions = [Question(code="repeated_header", data={"column": n}) for n in header.repeated[:1]]
    roles, open_roles, layout = _resolved(header, facts, roles, fixed, scene.answers)
    questions += open_roles
    roles, into = _unlisted(scene.rows, header, facts, roles)
    decisions = _formats(facts, roles, together=bool(fixed))
    decisions, open_numbers = _number_questions(header, facts, decisions, scene.answers)
    recipe = _recipe(header, roles, decisions, known or {}, fixed, into, layout)
    recipe = settled(_in_year(recipe, scene.answers), scene)
    return Guess(
        recipe=recipe,
        confidence=tuple(sure for _, sure in roles),
        questions=(*questions, *open_numbers, *scene.questions),
    )


def _answered(header: Header, roles: Roles, answers: Answers) -> Roles:
    """The roles after a person said which column holds what."""
    for code, role in (("no_value_column", "value"), ("two_value_columns", "value"),
                       ("no_period_column", "period")):  # fmt: skip
        index = header.column(answers.get(code, ""))
        if index is not None:
            roles = [(("ignore", 1.0) if own[0] == role else own) for own in roles]
            roles[index] = (role, 1.0)
    return roles


def _in_year(recipe: Recipe, answers: Answers) -> Recipe:
    """The recipe for a table of one period that a person named."""
    period = answers.get("no_period_column", "")
    if not period[:1].isdigit() or any(c.role == "period" for c in recipe.columns):
        return recipe
    columns = tuple(
        replace(c, fixed={**c.fixed, "period": period}) if c.role == "value" else c
        for c in recipe.columns
    )
    return replace(recipe, columns=columns)


def _fixed(
    header: Header,
    facts: Sequence[ColumnFacts],
    roles: Roles,
    scene: Scene,
    last_year: int,
) -> dict[int, dict[str, str]]:
    """What the headers of several value columns say, by index; empty for one value column."""
    rules = PeriodRules(last_year=last_year, fiscal_start=1)
    years = [i for i, name in enumerate(header.names) if _is_year_column(name, i, roles)]
    has_period = "period" in [role for i, (role, _) in enumerate(roles) if i not in years]
    if len(years) >= 2 and not has_period:
        return {i: {"period": header.names[i].removesuffix(".0")} for i in years}
    columns = [
        i
        for i, (role, _) in enumerate(roles)
        if role in ("", "value") and header.names[i] and _numeric(facts[i])
    ]
    if len(columns) < 2:
        return {}
    variables = scene.names.variable_names if scene.names else {}
    found = all_fixed([header.names[i] for i in columns], variables, rules)
    if found is None:
        return {}
    if has_period and any("period" in fixed for fixed in found):
        return {}
    return dict(zip(columns, found, strict=True))


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
            role = aliases[normal(name)]
            roles.append(("part" if _is_part(role, facts[index]) else role, 0.95))
        elif not name:
            roles.append(("ignore", 0.9))
        elif facts[index].share(lambda text: is_year(text, last_year)) > 0.9:
            roles.append(("period", 0.8))
        else:
            roles.append(("", 0.0))
    return _companions(header, roles)


def _companions(header: Header, roles: Roles) -> Roles:
    """Columns that statistics programs write beside their own: labels and kinds of missing."""
    for index, name in enumerate(header.names):
        own, _, kind = normal(name).rpartition(" ")
        base = header.column(own) if own and kind in ("label", "missing") else None
        if base is None or roles[index][0]:
            continue
        if kind == "missing" or roles[base][0] == "value":
            roles[index] = ("status", 0.9 if kind == "label" else 0.8)
        elif roles[base][0].isupper():
            roles[index], roles[base] = roles[base], ("ignore", 0.9)
    return roles


def _is_part(role: str, facts: ColumnFacts) -> bool:
    """Whether a column of periods holds months or quarters without a year."""
    return role == "period" and facts.share(lambda text: part_of_year(text) > 0) > 0.9


def _is_year_column(name: str, index: int, roles: Roles) -> bool:
    return year_of_header(name, YEAR_HEADER) is not None and roles[index][0] in ("", "period")


def _numeric(facts: ColumnFacts) -> bool:
    """Whether most texts of a column are numbers or marks, and at least one a number."""
    marks = [text for text in facts.filled if text in DEFAULT_MISSING or text.startswith("<")]
    numbers = [text for text in facts.filled if readings(bare(text)) or text.startswith("\x1e")]
    return bool(numbers) and len(numbers) + len(marks) >= 0.8 * len(facts.filled)


def _resolved(
    header: Header,
    facts: Sequence[ColumnFacts],
    roles: Roles,
    fixed: Mapping[int, Mapping[str, str]],
    answers: Answers,
) -> tuple[Roles, list[Question], str]:
    """One column a role; the value column found; questions where two compete; the layout."""
    roles = _one_each(header, facts, roles)
    questions: list[Question] = []
    layout = "wide" if any("period" in said for said in fixed.values()) else "long"
    if not fixed:
        roles, questions = _value_role(header, facts, roles)
    has_period = "period" in [role for role, _ in roles]
    if questions and questions[0].code == "no_value_column" and has_period:
        said = answers.get("one_row_a_case", "")
        if said != "no" and _may_be_cases(facts, roles):
            layout = "cases"
            questions = [] if said else [Question(code="one_row_a_case")]
    if layout != "wide" and not has_period and not answers.get("no_period_column"):
        questions.append(Question(code="no_period_column"))
    if header.rows > 1 and any(q.code == "two_value_columns" for q in questions):
        name = next(name for name in header.names if " / " in name)
        questions = [Question(code="two_level_header", data={"value": name})]
    return roles, questions, layout


def _may_be_cases(facts: Sequence[ColumnFacts], roles: Roles) -> bool:
    """Whether rows may be cases: several columns of categories, and more rows than texts."""
    cuts = [i for i, (role, _) in enumerate(roles) if role.isupper()]
    return bool(cuts) and all(len(facts[i].texts) < sum(facts[i].texts.values()) for i in cuts)


def _one_each(header: Header, facts: Sequence[ColumnFacts], roles: Roles) -> Roles:
    """Roles that only one column can have stay with the best of several."""
    roles = list(roles)
    for role in ("variable", "area", "period", "unit", "status", "flags", "magnitude"):
        mine = [i for i, (own, _) in enumerate(roles) if own == role]
        if len(mine) < 2:
            continue
        chosen = _best(role, mine, header, facts, roles)
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


def _best(
    role: str, mine: list[int], header: Header, facts: Sequence[ColumnFacts], roles: Roles
) -> int:
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
    return max(mine, key=lambda i: (len(facts[i].filled) > 0, roles[i][1], -i))


def _unlisted(
    sample: Sequence[Row], header: Header, facts: Sequence[ColumnFacts], roles: Roles
) -> tuple[Roles, dict[int, tuple[str, ...]]]:
    """Columns still open: several dimensions in one, an own one when rows differ by it, else none."""
    roles = list(roles)
    into: dict[int, tuple[str, ...]] = {}
    open_columns = [i for i, (role, _) in enumerate(roles) if not role]
    keys = [
        i
        for i, (role, _) in enumerate(roles)
        if role in ("variable", "area", "period", "part", "edition") or role.isupper()
    ]
    for index in sorted(open_columns, key=lambda i: len(facts[i].filled)):
        texts = facts[index].filled
        dimensions = _several(texts) if len(texts) <= _MANY else ()
        usable = (
            len(facts[index].texts) >= 2 and len(texts) <= _MANY and not _numeric(facts[index])
        )
        if dimensions:
            roles[index], into[index] = ("split", 0.8), dimensions
        elif usable and _tells_apart(sample, keys, index):
            roles[index] = (own_dimension(header.names[index]), 0.4)
            keys.append(index)
        else:
            roles[index] = ("ignore", 0.5)
    return roles, into


def _several(texts: Sequence[str]) -> tuple[str, ...]:
    """The dimensions whose categories make up all texts, when there are at least two."""
    used: dict[str, None] = {}
    for text in texts:
        said = split_codes(text, GUESSED)
        if said is None:
            return ()
        used.update(dict.fromkeys(said))
    return tuple(used) if len(used) > 1 else ()


def _tells_apart(rows: Sequence[Sequence[str]], keys: Sequence[int], index: int) -> bool:
    """Whether two rows with the same keys differ in a column."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        if isinstance(row, BrokenRow) or len(row) <= max([*keys, index]):
            continue
        key = tuple(row[i] for i in keys)
        if seen.setdefault(key, row[index]) != row[index]:
            return True
    return False


def _formats(facts: Sequence[ColumnFacts], roles: Roles, *, together: bool) -> dict[int, Decision]:
    """The number format of each value column; parts of one table are decided together."""
    values = [i for i, (role, _) in enumerate(roles) if role == "value"]
    if together:
        decision = decide(_number_texts(text for i in values for text in facts[i].filled))
        return dict.fromkeys(values, decision)
    return {i: decide(_number_texts(facts[i].filled)) for i in values}


def _number_texts(texts: object) -> list[str]:
    """The texts, with the limit of ``<1.000`` in place of the whole."""
    assert hasattr(texts, "__iter__")
    return [bare(text.lstrip("<≤= ")) for text in texts]


def _number_questions(
    header: Header,
    facts: Sequence[ColumnFacts],
    decisions: Mapping[int, Decision],
    answers: Answers,
) -> tuple[dict[int, Decision], list[Question]]:
    """The formats with those a person chose, and the questions that are left."""
    settled_formats = dict(decisions)
    asked: list[Question] = []
    for index, decision in decisions.items():
        if decision.form is not None:
            continue
        name = header.names[index]
        said = answers.get(f"{decision.question}:{name}") or answers.get(decision.question)
        if said:
            settled_formats[index] = replace(decision, form=number_format(said))
        elif not any(q.code == decision.question for q in asked):
            asked.append(_number_question(header, facts, decisions, index))
    return settled_formats, asked


def _number_question(
    header: Header,
    facts: Sequence[ColumnFacts],
    decisions: Mapping[int, Decision],
    index: int,
) -> Question:
    decision = decisions[index]
    text = decision.examples[0]
    at = next((i for i in decisions if text in facts[i].rows), index)
    data: dict[str, object] = {"column": header.names[at]}
    if decision.question == "mixed_numbers":
        data |= {"first": text, "second": decision.examples[1]}
    else:
        found = readings(text)
        data |= {
            "row": facts[at].rows.get(text, 0),
            "value": text,
            "first": found[NumberFormat.POINT],
            "second": found[NumberFormat.COMMA],
        }
    return Question(code=decision.question, data=data)


def _recipe(
    header: Header,
    roles: Roles,
    decisions: Mapping[int, Decision],
    known: Mapping[str, str],
    fixed: Mapping[int, Mapping[str, str]],
    into: Mapping[int, tuple[str, ...]],
    layout: str,
) -> Recipe:
    columns = []
    year_format = ""
    for index, (name, (role, _)) in enumerate(zip(header.names, roles, strict=True)):
        form = decisions[index].form if index in decisions else None
        written = form.value if form is not None else ""
        is_year = layout == "wide" and year_of_header(name, YEAR_HEADER) is not None
        if role == "value" and is_year and set(fixed.get(index, ())) == {"period"}:
            year_format = written
        elif name:
            columns.append(
                Column(
                    name=name,
                    role=role,
                    number_format=written,
                    fixed=dict(fixed.get(index, {})),
                    into=into.get(index, ()),
                )
            )
    constants = {key: value for key, value in known.items() if value}
    return Recipe(
        name="",
        layout=layout,
        reading=Reading(header_rows=header.rows),
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
