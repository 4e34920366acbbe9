"""A composite index in plain words: scores with ranges, what they depend on, no ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indicators.errors import N_
from indicators.model.codes import Pillar
from workbench import i18n
from workbench.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.composite.index import Component, Index
    from indicators.errors import Note

PILLAR_NAMES = {
    Pillar.PREVENTION.value: N_("Prevention"),
    Pillar.PROTECTION.value: N_("Protection"),
    Pillar.PROSECUTION.value: N_("Prosecution"),
}
FACTOR_NAMES = {
    "normalisation": N_("the scale"),
    "aggregation": N_("the kind of mean"),
    "weights": N_("the weights"),
    "left_out": N_("which member is left out"),
}
_SCORE = N_(
    "{name}: {score} of 100 in {unit}; {low} to {high} with other weights, means or members."
)
_SCORE_ENDS = N_(
    "{name}: {score} of 100 in {unit}; {low} to {high} with other weights, means or members, and "
    "{worst} to {best} within the ranges of the values."
)
_NONE = N_("{name}: not scored; too little of the weight is known.")
_CHANGE = N_("From {first} to {last} it {moved} in {share} of all {runs} runs.")
_DEPENDS = N_("The runs differ most by {factor}.")
_MADE_OF = N_("Members and weights: {members}.")
_RANKS = N_("{unit}: {score}, place {low} to {high} over all runs.")
_UNRANKED = N_("{unit}: {score}, not ranked.")
_TIED = N_("Cannot be told apart: {groups}.")
_UNTIED = N_("No two places overlap.")
_INDEX = N_("Index")


def sentences(
    *,
    name: str,
    units: Sequence[str],
    ranked: bool,
    components: Sequence[Component],
    index: Index,
    notes: Sequence[Note],
) -> list[str]:
    """What an index says.

    Args:
        name: pillar code of a profile, or empty.
        units: written periods or area codes.
        ranked: the units are regions of one country.
        components: the members.
        index: the result.
        notes: remarks of the service.
    """
    title = _(PILLAR_NAMES.get(name, _INDEX))
    lines = _ranked(units, index) if ranked else _over_time(title, units, index)
    lines.append(i18n.message(_MADE_OF, {"members": _members(components)}))
    if index.total:
        factor = max(index.total, key=lambda key: index.total[key])
        lines.append(i18n.message(_DEPENDS, {"factor": _(FACTOR_NAMES[factor])}))
    return [*lines, *(i18n.note_text(note) for note in notes)]


def _members(components: Sequence[Component]) -> str:
    whole = sum(component.weight for component in components)
    return ", ".join(
        f"{component.code} {i18n.percent(100 * component.weight / whole, 0)}"
        for component in components
    )


def _over_time(title: str, units: Sequence[str], index: Index) -> list[str]:
    known = np.flatnonzero(~np.isnan(index.scores))
    if not known.size:
        return [i18n.message(_NONE, {"name": title})]
    last = int(known[-1])
    data = {"name": title, "unit": units[last]} | {
        key: i18n.number(float(getattr(index, field)[last]), 0)
        for key, field in (
            ("score", "scores"),
            ("low", "low"),
            ("high", "high"),
            ("worst", "worst"),
            ("best", "best"),
        )
    }
    has_ends = float(index.best[last] - index.worst[last]) > 0.5
    lines = [i18n.message(_SCORE_ENDS if has_ends else _SCORE, data)]
    share = index.agreement()
    if share is not None:
        moved = float(index.scores[last] - index.scores[known[0]])
        lines.append(
            i18n.message(
                _CHANGE,
                {
                    "first": units[int(known[0])],
                    "last": units[last],
                    "moved": _("rose") if moved > 0 else _("fell") if moved < 0 else _("stayed"),
                    "share": i18n.percent(100 * share, 0),
                    "runs": len(index.runs),
                },
            )
        )
    return lines


def _ranked(units: Sequence[str], index: Index) -> list[str]:
    order = sorted(
        (i for i in range(len(units)) if not np.isnan(index.rank_low[i] + index.scores[i])),
        key=lambda i: (-float(index.scores[i]), units[i]),
    )
    lines = [
        i18n.message(
            _RANKS,
            {
                "unit": units[i],
                "score": i18n.number(float(index.scores[i]), 0),
                "low": round(float(index.rank_low[i])),
                "high": round(float(index.rank_high[i])),
            },
        )
        for i in order
    ]
    lines += [
        i18n.message(
            _UNRANKED, {"unit": units[i], "score": i18n.number(float(index.scores[i]), 0)}
        )
        for i in range(len(units))
        if i not in order and not np.isnan(index.scores[i])
    ]
    groups = "; ".join(", ".join(units[i] for i in group) for group in tied(order, index))
    return [*lines, i18n.message(_TIED, {"groups": groups}) if groups else _(_UNTIED)]


def tied(order: Sequence[int], index: Index) -> list[list[int]]:
    """Runs of neighbours whose ranges of places overlap, the best first; alone is no group."""
    groups: list[list[int]] = []
    reach = -1.0
    for i in order:
        if groups and index.rank_low[i] <= reach:
            groups[-1].append(i)
            reach = max(reach, float(index.rank_high[i]))
        else:
            groups.append([i])
            reach = float(index.rank_high[i])
    return [group for group in groups if len(group) > 1]
