"""Which column of a table nobody described holds what; what must be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.importing.aliases_files import header_aliases
from workbench.importing.categories import DIMENSIONS, split_codes
from workbench.importing.cells import DEFAULT_MISSING, is_hidden_number
from workbench.importing.column_facts import ColumnFacts
from workbench.importing.layout import Header, year_of_header
from workbench.importing.marks import bare
from workbench.importing.names import normal
from workbench.importing.numbers import readings
from workbench.importing.periods import is_year, part_of_year
from workbench.importing.plan import own_dimension
from workbench.importing.question import Question
from workbench.importing.raw_table import BrokenRow, Row
from workbench.importing.recipe import YEAR_HEADER
from workbench.importing.settle import Answers
from workbench.importing.value_headers import GUESSED

_MANY = 200

Roles = list[tuple[str, float]]


def first_roles(
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


def is_year_column(name: str, index: int, roles: Roles) -> bool:
    """Whether a header is a year and its column is not something else."""
    return year_of_header(name, YEAR_HEADER) is not None and roles[index][0] in ("", "period")


def is_numeric(facts: ColumnFacts) -> bool:
    """Whether most texts of a column are numbers or marks, and at least one a number."""
    marks = [text for text in facts.filled if text in DEFAULT_MISSING or is_hidden_number(text)]
    numbers = [text for text in facts.filled if readings(bare(text)) or text.startswith("\x1e")]
    return bool(numbers) and len(numbers) + len(marks) >= 0.8 * len(facts.filled)


def answered_roles(header: Header, roles: Roles, answers: Answers) -> Roles:
    """The roles after a person said which column holds what."""
    for code, role in (("no_value_column", "value"), ("two_value_columns", "value"),
                       ("no_period_column", "period")):  # fmt: skip
        said = answers.get(code, "")
        index = header.column(said) if said else None  # a blank name is no answer
        if index is not None:
            roles = [(("ignore", 1.0) if own[0] == role else own) for own in roles]
            roles[index] = (role, 1.0)
    return roles


def resolved(
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
        values = [i for i, (role, _) in enumerate(roles) if not role and is_numeric(facts[i])]
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


def unlisted(
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
            len(facts[index].texts) >= 2 and len(texts) <= _MANY and not is_numeric(facts[index])
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
