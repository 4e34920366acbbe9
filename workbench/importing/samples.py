"""“The file says, we read”: what one text of a column becomes."""

from __future__ import annotations

from indicators.model.codes import Status
from indicators.model.period import Period
from workbench.importing.categories import category
from workbench.importing.cells import CellRules, read_cell
from workbench.importing.names import clean
from workbench.importing.numbers import NumberFormat, number_format, plain
from workbench.importing.periods import PeriodRules, parse_period
from workbench.importing.recipe import Recipe

UNREAD = "?"


def read_as(role: str, form: str, recipe: Recipe, text: str) -> str:
    """What a text becomes in a column of that role; ``?`` when it cannot be taken."""
    if role == "value":
        return _value(form, recipe, text)
    if role == "period":
        start = recipe.fiscal_start or None
        rules = PeriodRules(last_year=2200, fiscal_start=start, machine=recipe.machine_periods)
        code = parse_period(text, rules)
        return UNREAD if isinstance(code, str) else str(Period(code))
    if role.isupper():
        return category(role, clean(text))[0]
    return clean(text)


def _value(form: str, recipe: Recipe, text: str) -> str:
    rules = CellRules(
        form=number_format(form) if form else NumberFormat.WHOLE, below_low=recipe.below_low
    )
    cell = read_cell(text, "", "", rules)
    if cell.fault:
        return UNREAD
    if cell.value is not None:
        return plain(cell.value)
    if cell.status == Status.S and cell.low is not None:
        return f"{plain(cell.low)}–{plain(cell.high) if cell.high is not None else ''}"
    return cell.missing.value if cell.missing else UNREAD
