"""One event over many series in plain words: what is clear among all, and what chance can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.errors import C_, N_
from workbench import i18n
from workbench.i18n import counted
from workbench.presenting import naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.catalog import Catalogue
    from indicators.impact.family import ImpactsAnswer, OneOfMany
    from indicators.model.results import Intervention

MOST_NAMED = 25
_LEAD = N_("“{event}”: {tested} looked at together, {clear}.")
_ONE = N_("{name}: {size} ({low} to {high}).")
_MORE = C_(
    "{n} more is in the data.",
    "{n} more are in the data.",
    by="n",
)
_CHANCE = N_("Among the clear ones about one in {odds} can still be chance.")
_NONE = N_("A change that looks clear in one series alone can be chance among so many.")
_BREAKS = N_("Not tested because the way of counting changed at the same time: {n}.")
_FEW = N_("Not tested for too few values before or after the event: {n}.")
_LEFT = N_("Inputs that measure and do not count are left out: {n}.")
_RIVALS = N_(
    "Other events lie within two years of this one: {names}. A change may come from them."
)
_CARE = N_("A step after an event shows that both came together, not that one made the other.")


def sentences(answer: ImpactsAnswer, known: Catalogue) -> tuple[str, ...]:
    """What one event shows over many series: counts, the clear ones, cautions."""
    clear = [row for row in answer.rows if row.clear]
    lines = [_lead(answer, len(clear))]
    lines += [_row(row, known) for row in clear[:MOST_NAMED]]
    if len(clear) > MOST_NAMED:
        lines.append(i18n.message(_MORE, {"n": len(clear) - MOST_NAMED}))
    odds = round(1 / (1 - answer.level))
    lines.append(i18n.message(_CHANCE if clear else _NONE, {"odds": odds}))
    lines += _not_tested(answer)
    if answer.rivals:
        lines.append(i18n.message(_RIVALS, {"names": _names(answer.rivals)}))
    lines.append(i18n.message(_CARE, {}))
    return tuple(lines)


def _lead(answer: ImpactsAnswer, clear: int) -> str:
    data = {
        "event": i18n.local(answer.event.name),
        "tested": counted("{n} series", "{n} series", answer.family_size),
        "clear": counted("{n} of them changed clearly", "{n} of them changed clearly", clear),
    }
    return i18n.message(_LEAD, data)


def _row(row: OneOfMany, known: Catalogue) -> str:
    cut = naming.breakdown_text(row.breakdown, known)
    parts = [naming.variable_name(row.variable, known), row.area, cut]
    data = {
        "name": ", ".join(part for part in parts if part),
        "size": _signed(row.estimate),
        "low": _signed(row.low),
        "high": _signed(row.high),
    }
    return i18n.message(_ONE, data)


def _signed(value: float | None) -> str:
    text = i18n.percent(value or 0.0, 0)
    return f"+{text}" if (value or 0.0) > 0 else text


def _not_tested(answer: ImpactsAnswer) -> list[str]:
    codes = [row.reason.code for row in answer.rows if not row.is_tested and row.reason]
    found = (
        (_BREAKS, codes.count("break_at_event")),
        (_FEW, codes.count("not_tested")),
        (_LEFT, len(answer.left_out)),
    )
    return [i18n.message(text, {"n": n}) for text, n in found if n]


def _names(rivals: Sequence[Intervention]) -> str:
    return ", ".join(i18n.local(rival.name) for rival in rivals)
