"""Data checks: rules that find values which cannot all be right, or deserve a second look."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.checks.bounds import above_population, out_of_range
from indicators.checks.definitions import (
    boundaries,
    flagged_breaks,
    new_categories,
    rare_categories,
)
from indicators.checks.history import equal_runs, gaps, jumps, scale_changes
from indicators.checks.model import CheckInput, Rule
from indicators.checks.rules import parts_above_total, stage_above_earlier
from indicators.checks.same_year import convicted_in_the_same_year
from indicators.checks.wholes import cuts_above_total, part_above_whole
from indicators.errors import N_, Note, Severity
from indicators.registry import Registry

RULES: Registry[Rule] = Registry(
    "data check",
    [
        Rule(
            id="out_of_range",
            title=N_("No value lies outside what its unit allows"),
            find=out_of_range,
            level=Severity.STOP,
        ),
        Rule(
            id="above_population",
            title=N_("No more persons are counted than live there"),
            find=above_population,
        ),
        Rule(
            id="part_above_whole",
            title=N_("No part is larger than its whole"),
            find=part_above_whole,
            level=Severity.STOP,
        ),
        Rule(
            id="part_above_total",
            title=N_("No region has more than the whole country"),
            find=parts_above_total,
        ),
        Rule(
            id="cuts_above_total",
            title=N_("The parts of a total do not exceed it"),
            find=cuts_above_total,
        ),
        Rule(
            id="convicted_above_prosecuted",
            title=N_("Not more persons are convicted than were prosecuted in two years"),
            find=stage_above_earlier,
        ),
        Rule(
            id="convicted_in_the_same_year",
            title=N_("Not more persons are convicted than were prosecuted in the same year"),
            find=convicted_in_the_same_year,
            level=Severity.NOTE,
        ),
        Rule(id="jump", title=N_("No value is far from the periods around it"), find=jumps),
        Rule(
            id="scale_change",
            title=N_("The values of a series keep their unit"),
            find=scale_changes,
        ),
        Rule(
            id="break_not_registered",
            title=N_("Every change that a file marks is registered"),
            find=flagged_breaks,
        ),
        Rule(
            id="boundary_not_registered",
            title=N_("Every change of a boundary is registered"),
            find=boundaries,
        ),
        Rule(
            id="new_category",
            title=N_("The categories of a series stay the same"),
            find=new_categories,
            level=Severity.NOTE,
        ),
        Rule(
            id="rare_category",
            title=N_("No category occurs only once"),
            find=rare_categories,
            level=Severity.NOTE,
        ),
        Rule(
            id="equal_run",
            title=N_("No long row of equal values"),
            find=equal_runs,
            level=Severity.NOTE,
        ),
        Rule(
            id="missing_period",
            title=N_("No year is missing between others"),
            find=gaps,
            level=Severity.NOTE,
        ),
    ],
)
"""All checks, in the order reports show."""


def run_rules(checked: CheckInput) -> Iterator[Note]:
    """What all rules find, rule by rule."""
    for rule in RULES:
        yield from rule.run(checked)


__all__ = ["RULES", "CheckInput", "Rule", "run_rules"]
