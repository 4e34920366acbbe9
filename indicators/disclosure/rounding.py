"""Counts rounded instead of hidden: to multiples of five, or hidden below ten and rounded above.

Every count is rounded on its own, totals too: the same count always gives the same number, and
parts need not add up to their total any more. What a reader can work out from all numbers together
is audited as for hidden counts; where they would narrow a small count too far, numbers are hidden.

Source: Hundepool and others (2012), Statistical Disclosure Control, chapter 5 (conventional
rounding); Office for National Statistics (2023), Comparison of post-tabular statistical disclosure
control methods (the 10-5 rule).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indicators.disclosure.audit import Reach, failing, reach, reaches
from indicators.disclosure.joint import Earlier, Known, joined
from indicators.disclosure.protection import (
    class_warnings,
    complemented,
    given_away_by,
    named,
    quoted,
    remarks,
)
from indicators.disclosure.system import System, equations_of, system
from indicators.errors import N_, Note
from indicators.model.results import Refusal
from indicators.model.tables import Cell, CountTable, Zeros
from indicators.registry import Registry

BASE = 5
MOST_TRIED = 16
"""Numbers that are tried out, the smallest first, to hide one more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingRule:
    """A way to round.

    Attributes:
        id: name on the command line.
        hidden_below: counts above 0 and below it are hidden; 0 hides none.
        most_threshold: highest threshold whose small counts it protects.
        text: what was done, for the reader of the table.
    """

    id: str
    hidden_below: int
    most_threshold: int
    text: str

    def shown(self, count: int, zeros: Zeros = "publish") -> int | None:
        """The number shown for a count, None for a hidden one; at most 2 from the count."""
        is_small = count < self.hidden_below and (count > 0 or zeros == "protect")
        return None if is_small else BASE * ((count + BASE // 2) // BASE)

    def left_open(
        self, shown: int | None, zeros: Zeros = "publish", *, hides_more: bool = False
    ) -> Known:
        """The counts that a reader can think of who sees one number and knows the rule.

        Args:
            shown: the number, or None where it is hidden.
            zeros: whether a hidden count can be 0.
            hides_more: numbers are hidden in this table that the rule alone does not hide, so
                that a hidden one may be of any size.
        """
        if shown is None:
            most = None if hides_more or not self.hidden_below else self.hidden_below - 1
            return Known(low=0 if zeros == "protect" else 1, high=most)
        if shown == 0 and self.hidden_below:
            return Known(low=0, high=0)
        least = max(shown - BASE // 2, self.hidden_below)
        return Known(low=max(least, 0), high=shown + BASE // 2)

    def rule(self, threshold: int) -> tuple[int, int]:
        """Width and upper end that the range of a small count must have.

        A number that stands for 0, 1 and 2 is the narrowest that rounding alone gives; no other
        number may narrow a range further than that.
        """
        return (threshold - 1, threshold) if self.hidden_below else (BASE // 2, 0)


ROUNDINGS: Registry[RoundingRule] = Registry(
    "way to round",
    [
        RoundingRule(
            id="round5",
            hidden_below=0,
            most_threshold=BASE,
            text=N_(
                "Every number is rounded to the nearest multiple of 5, totals on their own: the "
                "parts do not always add up to their total. A 0 stands for 0, 1 or 2."
            ),
        ),
        RoundingRule(
            id="10-5",
            hidden_below=10,
            most_threshold=9,
            text=N_(
                "Counts below 10 are hidden, all others rounded to the nearest multiple of 5, "
                "totals on their own: the parts do not always add up to their total."
            ),
        ),
    ],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """A rounded table.

    Attributes:
        rule: how it was rounded.
        shown: by cell, the number shown, None where it is hidden.
        secondary: numbers that the rule shows and that are hidden, because they would narrow a
            small count too far.
        primary: cells whose true count is small, in the order of the table.
        reach: by small cell, the counts that all numbers together leave possible.
        unequal: sums that the rounded numbers do not bear out.
        warnings: as for hidden counts.
    """

    rule: RoundingRule
    shown: Mapping[Cell, int | None]
    primary: tuple[Cell, ...]
    secondary: tuple[Cell, ...] = ()
    reach: Mapping[Cell, Reach] = field(default_factory=dict)
    unequal: int = 0
    warnings: tuple[Note, ...] = ()

    @property
    def hidden(self) -> frozenset[Cell]:
        """The cells without a number."""
        return frozenset(cell for cell, number in self.shown.items() if number is None)


def rounded(
    table: CountTable, rule: RoundingRule, *, earlier: Sequence[Earlier] = ()
) -> Rounding | Refusal:
    """The table with every count rounded on its own, when no small count can be worked out.

    Args:
        table: counts, totals and sums.
        rule: how to round.
        earlier: what was published before, the newest first; a reader has all of it.

    Returns:
        The rounded table; a Refusal when the numbers together still give a small count away.

    Raises:
        IndicatorsError: the table does not add up.
    """
    if table.threshold > rule.most_threshold:
        return Refusal(
            code="threshold_too_high",
            text=N_(
                "Rounding by the rule {rule} protects counts below {most} only; here those below "
                "{threshold} are to be protected. Hide them instead, or join categories."
            ),
            data={"rule": rule.id, "most": rule.most_threshold, "threshold": table.threshold},
        )
    shown, base = _by_rule(table, rule), system(table)
    joint = joined(base, earlier)
    stuck = _hide_more(joint.system, table, shown, rule)
    if stuck is not None:
        return _refused(table, shown, rule, stuck, earlier)
    known = _of_reader(joint.system, table, shown, rule)
    by_rule = _by_rule(table, rule)
    return Rounding(
        rule=rule,
        shown=shown,
        primary=known.named(known.primary),
        secondary=tuple(c for c in table.cells if shown[c] is None and by_rule[c] is not None),
        reach={
            known.cells[cell]: reach
            for cell, reach in reaches(known, ~known.fixed).items()
            if cell < known.shown
        },
        unequal=_unequal(table, shown),
        warnings=(
            *class_warnings(table),
            *remarks(joint),
            *_complemented(base, table, rule, earlier),
        ),
    )


def _complemented(
    base: System, table: CountTable, rule: RoundingRule, earlier: Sequence[Earlier]
) -> Iterator[Note]:
    """Which earlier publications are the reason that more is hidden than the table alone needs."""
    shown = _by_rule(table, rule)
    if not earlier or _hide_more(base, table, shown, rule) is not None:
        return
    narrow = audit_rounded(table, shown, rule, earlier=earlier)
    if narrow:
        guilty = given_away_by(
            lambda some: audit_rounded(table, shown, rule, earlier=some), narrow[0], earlier
        )
        yield complemented(narrow[0], guilty)


def _by_rule(table: CountTable, rule: RoundingRule) -> dict[Cell, int | None]:
    pairs = zip(table.cells, table.counts, strict=True)
    return {cell: rule.shown(count, table.zeros) for cell, count in pairs}


def _hide_more(
    whole: System, table: CountTable, shown: dict[Cell, int | None], rule: RoundingRule
) -> Cell | None:
    """Hide numbers until no small count is given away; a cell for which that is not enough."""
    known = _of_reader(whole, table, shown, rule)
    for cell in failing(known, reaches(known, ~known.fixed)):
        while not _is_safe(known, cell):
            chosen = _widening(whole, table, shown, rule, cell)
            if chosen is None:
                return known.cells[cell]
            shown[chosen] = None
            known = _of_reader(whole, table, shown, rule)
    return None


def _is_safe(known: System, cell: int) -> bool:
    return not known.fixed[cell] and not failing(known, {cell: reach(known, ~known.fixed, cell)})


def _widening(
    whole: System,
    table: CountTable,
    shown: Mapping[Cell, int | None],
    rule: RoundingRule,
    cell: int,
) -> Cell | None:
    """The smallest number in the sums of a cell whose hiding makes it safe, or else helps most."""
    free = _may_be_hidden(whole, table, shown, cell)
    best: tuple[float, Cell] | None = None
    for place in free[:MOST_TRIED]:
        name = whole.cells[place]
        known = _of_reader(whole, table, {**shown, name: None}, rule)
        found = reach(known, ~known.fixed, cell)
        if found.leaves(int(known.width[cell]), int(known.top[cell])):
            return name
        width = np.inf if found.high is None else float(found.high - found.low)
        if best is None or width > best[0]:
            best = (width, name)
    return None if best is None else best[1]


def _may_be_hidden(
    whole: System, table: CountTable, shown: Mapping[Cell, int | None], cell: int
) -> list[int]:
    """The numbers in the sums of a cell, else all, smallest count first, the cell itself last."""
    rows = np.flatnonzero(whole.matrix[:, [cell]].toarray()[:, 0])
    near = np.unique(whole.matrix[rows].indices).tolist()
    for places in (near, range(whole.shown)):
        free = [
            place
            for place in places
            if place < whole.shown
            and not whole.public[place]
            and shown[whole.cells[place]] is not None
            and (whole.values[place] > 0 or table.zeros == "protect")
        ]
        if free:
            break
    return sorted(free, key=lambda place: (place == cell, int(whole.values[place]), place))


def audit_rounded(
    table: CountTable,
    shown: Mapping[Cell, int | None],
    rule: RoundingRule,
    *,
    earlier: Sequence[Earlier] = (),
) -> tuple[Cell, ...]:
    """Small cells whose count a reader of these numbers can work out too closely."""
    known = _of_reader(joined(system(table), earlier).system, table, shown, rule)
    narrow = failing(known, reaches(known, ~known.fixed))
    return tuple(known.cells[cell] for cell in narrow)


def _of_reader(
    known: System, table: CountTable, shown: Mapping[Cell, int | None], rule: RoundingRule
) -> System:
    """The system of somebody who sees rounded numbers only: every cell is open within its range."""
    least, most = known.least.copy(), known.most.copy()
    width, top = known.width.copy(), known.top.copy()
    by_rule = _by_rule(table, rule)
    more = any(number is None and by_rule[cell] is not None for cell, number in shown.items())
    for place, cell in enumerate(known.cells[: known.shown]):
        left = rule.left_open(shown[cell], table.zeros, hides_more=more)
        least[place] = max(least[place], left.low)
        most[place] = most[place] if left.high is None else min(most[place], left.high)
        width[place], top[place] = rule.rule(table.threshold)
    is_shown = np.arange(len(known.cells)) < known.shown
    # a combination that is left out is read as 0
    left_out = ~is_shown & ~known.absent
    return replace(
        known,
        fixed=known.public | left_out,
        floor=0,
        least=least,
        most=most,
        width=width,
        top=top,
    )


def _unequal(table: CountTable, shown: Mapping[Cell, int | None]) -> int:
    """How many sums have all their numbers and do not come out."""
    found = 0
    for equation in equations_of(table):
        numbers = [(shown.get(cell), factor) for cell, factor in equation]
        if all(number is not None for number, _ in numbers):
            found += sum((number or 0) * factor for number, factor in numbers) != 0
    return found


def _refused(
    table: CountTable,
    shown: Mapping[Cell, int | None],
    rule: RoundingRule,
    cell: Cell,
    earlier: Sequence[Earlier],
) -> Refusal:
    guilty = given_away_by(
        lambda some: audit_rounded(table, shown, rule, earlier=some), cell, earlier
    )
    if guilty:
        return Refusal(
            code="given_away",
            text=N_(
                "Rounding by the rule {rule} is not enough beside what was published before: "
                "together with {publications}, the numbers give the cell {cell} away. Join "
                "categories, or round as that publication did."
            ),
            data={"rule": rule.id, "cell": named(cell), "publications": quoted(guilty)},
        )
    return Refusal(
        code="rounding_gives_away",
        text=N_(
            "Rounding by the rule {rule} is not enough: the rounded numbers together give the cell "
            "{cell} away. Join categories, or hide small counts instead."
        ),
        data={"rule": rule.id, "cell": named(cell)},
    )
