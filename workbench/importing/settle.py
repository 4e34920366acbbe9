"""A first recipe made finer by the doubts it raises and by what a person answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.importing import doubts
from workbench.importing.aliases_files import header_aliases
from workbench.importing.layout import Header
from workbench.importing.name_doubts import settled_names
from workbench.importing.names import Names, country_code, is_aggregate, is_m49, normal, slug
from workbench.importing.numbers import number_format
from workbench.importing.raw_table import BrokenRow, Row
from workbench.importing.recipe import Recipe

if TYPE_CHECKING:
    from workbench.importing.column_facts import ColumnFacts
    from workbench.importing.question import Question

Answers = Mapping[str, str]
_COUNTRIES = 0.8
"""Share of texts that must be countries before short codes are taken for countries."""
_BLANKS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the doubts look at.

    Attributes:
        header, facts: of the table.
        above: rows above the header.
        rows: rows of data, a sample.
        answers: by code of the question, or ``code:column``.
        names: what the project knows, or None.
        ask: makes a question.
    """

    header: Header
    facts: Sequence[ColumnFacts]
    above: Sequence[Row]
    rows: Sequence[Row]
    answers: Answers
    names: Names | None
    ask: Callable[..., Question]
    questions: list[Question] = field(default_factory=list)

    def answer(self, code: str, column: str = "", **data: object) -> str:
        """What was answered; empty when it was not, and then the question is asked."""
        said = self.answers.get(f"{code}:{column}") or self.answers.get(code) or ""
        if not said:
            fields = {"column": column, **data} if column else data
            self.questions.append(self.ask(code=code, data=fields))
        return said


def settled(recipe: Recipe, scene: Scene) -> Recipe:
    """The recipe after all doubts; what is open stands in ``scene.questions``."""
    for step in (
        _labels,
        _states,
        _periods,
        _editions,
        _units,
        _magnitude,
        _range,
        _areas,
        settled_names,
    ):
        recipe = step(recipe, scene)
    return recipe


def _index(recipe: Recipe, scene: Scene, role: str) -> int | None:
    name = next((c.name for c in recipe.columns if c.role == role), None)
    return None if name is None else scene.header.column(name)


def _changed(recipe: Recipe, name: str, **changes: object) -> Recipe:
    columns = tuple(
        replace(c, **changes) if c.name == name else c  # type: ignore[arg-type]
        for c in recipe.columns
    )
    return replace(recipe, columns=columns)


def _keys(recipe: Recipe, scene: Scene, *roles: str) -> list[int]:
    wanted = [
        scene.header.column(c.name)
        for c in recipe.columns
        if c.role in roles or c.role.isupper() or c.role == "split"
    ]
    return [index for index in wanted if index is not None]


def _values(recipe: Recipe, scene: Scene) -> list[int]:
    found = [scene.header.column(c.name) for c in recipe.columns if c.role == "value"]
    return [index for index in found if index is not None]


def _labels(recipe: Recipe, scene: Scene) -> Recipe:
    """Columns whose label stands on the first row of a group only."""
    values = _values(recipe, scene) or [
        i for i, name in enumerate(scene.header.names) if name[:4].isdigit()
    ]
    rows = [row for row in scene.rows if any(i < len(row) and row[i].strip() for i in values)]
    for column in recipe.columns:
        index = scene.header.column(column.name)
        if index is None or not rows or column.role not in ("area", "period", "variable"):
            continue
        texts = [row[index].strip() if index < len(row) else "" for row in rows]
        blanks = texts.count("") / len(texts)
        if texts[0] and blanks >= _BLANKS:
            recipe = _changed(recipe, column.name, fill=True)
    return recipe


_SDMX_MISSING = frozenset("LQOHK")
"""Letters of CL_OBS_STATUS that no other list of states has."""


def _states(recipe: Recipe, scene: Scene) -> Recipe:
    """A column of SDMX states: its M says that a value cannot exist, not that it is missing."""
    column = next((c for c in recipe.columns if c.role == "status"), None)
    index = _index(recipe, scene, "status")
    if column is None or index is None or normal(column.name) != "obs status":
        return recipe
    if _SDMX_MISSING.isdisjoint(scene.facts[index].texts):
        return recipe
    return _changed(recipe, column.name, values={**column.values, "M": "X"})


def _periods(recipe: Recipe, scene: Scene) -> Recipe:
    index = _index(recipe, scene, "period")
    if index is None:
        return recipe
    texts = scene.facts[index].filled
    name = scene.header.names[index]
    code, text = doubts.period_doubt(texts)
    if code == "year_across":
        said = scene.answer(code, name, value=text)
        return replace(recipe, fiscal_start=int(said) if said.isdigit() else 0)
    if code == "january_dates":
        return replace(recipe, dates=scene.answer(code, name) or "months")
    if doubts.are_quarters(texts):
        return replace(recipe, dates="quarters")
    return replace(recipe, dates="months") if doubts.are_months(texts) else recipe


def _editions(recipe: Recipe, scene: Scene) -> Recipe:
    values = _values(recipe, scene)
    for column in recipe.columns:
        index = scene.header.column(column.name)
        if index is None or header_aliases().get(normal(column.name)) != "edition" or not values:
            continue
        keys = _keys(recipe, scene, "variable", "area", "period", "unit")
        texts = doubts.tells_editions(scene.rows, keys, values[0], index)
        if not texts:
            return _changed(recipe, column.name, role="ignore")
        said = scene.answer("two_editions", column.name, values=", ".join(texts))
        return _changed(recipe, column.name, role="ignore" if said == "no" else "edition")
    return recipe


def _units(recipe: Recipe, scene: Scene) -> Recipe:
    index = _index(recipe, scene, "unit")
    if index is None:
        return recipe
    keys = _keys(recipe, scene, "variable", "area")
    units = doubts.changing_units(scene.rows, keys, index)
    if not units:
        return recipe
    name = scene.header.names[index]
    said = scene.answer("two_units_in_one_column", name, values=", ".join(units))
    others = units[1:]
    if said == "separate":
        return replace(recipe, by_unit={text: f"+{slug(text)}" for text in others})
    return replace(recipe, by_unit=dict.fromkeys(others, said or "leave_out"))


def _magnitude(recipe: Recipe, scene: Scene) -> Recipe:
    index = _index(recipe, scene, "magnitude")
    if index is not None:
        return _magnitude_column(recipe, scene, index)
    values = _values(recipe, scene)
    unit = _index(recipe, scene, "unit")
    said = [cell for row in scene.above for cell in row if cell.strip()]
    said += [scene.header.names[i] for i in values]
    said += scene.facts[unit].filled if unit is not None else []
    declared = next((text for text in said if doubts.magnitude_of(text) > 1), "")
    if not declared:
        return recipe
    answer = scene.answer("declared_magnitude", value=declared.strip()[:120])
    return replace(recipe, scale=int(answer) if answer.isdigit() and int(answer) else 1)


def _magnitude_column(recipe: Recipe, scene: Scene, index: int) -> Recipe:
    name = scene.header.names[index]
    texts = scene.facts[index].filled
    factors = {text: doubts.factor_of(text) for text in texts}
    if all(factor == 1 for factor in factors.values()):
        return _changed(recipe, name, role="ignore")
    text = next(text for text in texts if factors[text] != 1)
    said = scene.answer("declared_magnitude", name, value=text)
    if said == "1":
        return _changed(recipe, name, role="ignore")
    known = {text: str(factor) for text, factor in factors.items() if factor}
    return _changed(recipe, name, values=known)


def _range(recipe: Recipe, scene: Scene) -> Recipe:
    for column in recipe.columns:
        index = scene.header.column(column.name)
        if column.role != "value" or index is None or not column.number_format:
            continue
        facts = scene.facts[index]
        limit, far = doubts.far_numbers(facts.texts, number_format(column.number_format))
        if not far:
            continue
        count = sum(facts.texts[text] for text in far)
        data = {"count": count, "value": far[0], "row": facts.rows[far[0]]}
        said = scene.answer("values_out_of_range", column.name, **data)
        return recipe if said == "keep" else replace(recipe, largest=limit)
    return recipe


def _areas(recipe: Recipe, scene: Scene) -> Recipe:
    """Whether the areas of the file are countries, numbers of countries, or codes of its own."""
    index = _index(recipe, scene, "area")
    if index is None:
        return recipe
    name = scene.header.names[index]
    texts = [text for text in scene.facts[index].filled if not is_aggregate(text)]
    if not texts:
        return recipe
    countries = sum(1 for text in texts if country_code(text)) / len(texts)
    if countries >= _COUNTRIES and len(texts) > 1:
        return _changed(recipe, name, scheme="world")
    if len(texts) > 1 and sum(map(is_m49, texts)) >= _COUNTRIES * len(texts):
        return _changed(recipe, name, scheme="m49")
    short = any(len(text) <= 3 and country_code(text) for text in texts)
    if short and countries < _COUNTRIES:
        return _changed(recipe, name, scheme="own")
    return recipe


def sample(rows: Sequence[Row], header: Header) -> list[Row]:
    """Rows below a header that are whole."""
    end = header.row + header.rows - 1
    return [row for row in rows[end:] if not isinstance(row, BrokenRow)]
