"""Data checks: rules that find values which cannot all be right."""

from __future__ import annotations

from indicators.checks.rules import CheckInput, Rule, parts_above_total, stage_above_earlier
from indicators.errors import N_
from indicators.registry import Registry

RULES: Registry[Rule] = Registry(
    "data check",
    [
        Rule(
            id="part_above_total",
            title=N_("No region has more than the whole country"),
            find=parts_above_total,
        ),
        Rule(
            id="convicted_above_prosecuted",
            title=N_("Not more persons are convicted than were prosecuted in two years"),
            find=stage_above_earlier,
        ),
    ],
)
"""All checks, in the order reports show."""

__all__ = ["RULES", "CheckInput", "Rule"]
