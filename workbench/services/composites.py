"""A composite index of any indicators and inputs: over the years of an area, or over its regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from indicators.composite.index import (
    MOST_MEMBERS,
    MOVING,
    Aggregation,
    Component,
    Index,
    Normalisation,
    index,
)
from indicators.errors import C_, N_, Note, Severity
from indicators.model.codes import Direction, Flags, Status
from indicators.model.period import Period
from indicators.model.series import Series
from indicators.stats.limits import MIN_DENOMINATOR
from workbench.errors import WorkbenchError
from workbench.services.fitting import window
from workbench.services.subjects import subject

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.services.workspace import Workspace

Over = Literal["years", "regions"]
_MOVES = Note(
    code="moves_with_data",
    text=N_(
        "On this scale earlier scores move when later values come or others change: do not compare "
        "scores of different editions."
    ),
    severity=Severity.WARN,
)
_RANGES = Note(
    code="ranges_used",
    text=N_("Values that are known only as a range were taken at their middle: {members}."),
    severity=Severity.WARN,
)
_SMALL = Note(
    code="small_denominator",
    text=N_("Fewer than {minimum} cases, so shown but not ranked: {members}."),
    severity=Severity.WARN,
)
_BREAKS = Note(
    code="breaks_inside",
    text=N_("The way of counting changed inside the time looked at: {members}."),
    severity=Severity.WARN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One member as asked for.

    Attributes:
        code: indicator or input.
        weight: above 0.
        pillar: name of its pillar; empty when there is one only.
        sign: 1 or -1; 0 takes the direction of the indicator.
        posts: values that mean 0 and 100 points; None takes those of the definition.
    """

    code: str
    weight: float = 1.0
    pillar: str = ""
    sign: int = 0
    posts: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeAnswer:
    """An index with all that a reader must see beside it.

    Attributes:
        name: of the pillar in a profile, else empty.
        units: written periods, or area codes.
        over: years of one area, or regions of one country in one period.
        area: whose.
        components: the members as used.
        index: scores, ranges and runs.
        normalisation, aggregation: the choices asked for.
        notes: what a reader must know.
        vintages: versions of the values used.
        fictitious: all data of the project are invented.
    """

    name: str
    units: tuple[str, ...]
    over: Over
    area: str
    components: tuple[Component, ...]
    index: Index
    normalisation: Normalisation
    aggregation: Aggregation
    notes: tuple[Note, ...] = ()
    vintages: tuple[int, ...] = ()
    fictitious: bool = False


def composite(
    ws: Workspace,
    wanted: Sequence[Wanted],
    area: str,
    *,
    over: Over = "years",
    first: Period | None = None,
    last: Period | None = None,
    normalisation: Normalisation = "goalposts",
    aggregation: Aggregation | None = None,
) -> CompositeAnswer:
    """An index of some indicators or inputs, its own data or those of an outside index.

    Over years an area is compared with itself. Regions of one country may be compared with each
    other in one period, with the range of their ranks; countries never are.

    Args:
        ws: open project.
        wanted: two to twelve members.
        area: area code; with ``regions`` the area above them.
        over: ``years`` or ``regions``.
        first: first period of the window; with ``regions`` the one period.
        last: last period of the window.
        normalisation: the scale asked for; the others are tried beside it.
        aggregation: the mean between pillars; None takes ``geometric`` with pillars, else
            ``arithmetic``.

    Raises:
        WorkbenchError: a code is unknown, a direction or goalposts are missing, there are too few
            members or regions, or nothing is known.
    """
    _check_members(wanted)
    has_pillars = len({member.pillar for member in wanted}) > 1
    how: Aggregation = aggregation or ("geometric" if has_pillars else "arithmetic")
    table = _Table(ws, area, over, first, last)
    components = [table.component(member) for member in wanted]
    if normalisation == "goalposts":
        _check_posts(components)
    units = table.units
    if not units:
        raise WorkbenchError(
            N_("The members of the index have no period in common in {area}."), area=area
        )
    made = index(
        components,
        normalisation=normalisation,
        aggregation=how,
        others=_others(components, normalisation, over),
        ranked=table.ranked,
    )
    return CompositeAnswer(
        name="",
        units=units,
        over=over,
        area=area,
        components=tuple(components),
        index=made,
        normalisation=normalisation,
        aggregation=how,
        notes=table.notes(normalisation),
        vintages=table.vintages,
        fictitious=ws.settings.fictitious,
    )


def _check_members(wanted: Sequence[Wanted]) -> None:
    codes = [member.code for member in wanted]
    if not 2 <= len(codes) <= MOST_MEMBERS or len(set(codes)) != len(codes):
        raise WorkbenchError(
            C_(
                "An index has 2 to {most} different members; {found} was named.",
                "An index has 2 to {most} different members; {found} were named.",
                by="found",
            ),
            most=MOST_MEMBERS,
            found=len(codes),
        )
    if any(not member.weight > 0 for member in wanted):
        raise WorkbenchError(N_("The weight of a member is a number above 0."))


def _check_posts(components: Sequence[Component]) -> None:
    without = [component.code for component in components if component.posts is None]
    if without:
        raise WorkbenchError(
            N_("Fixed goalposts are missing for: {members}."),
            hint=N_("Write --goalposts CODE=LOW:HIGH, or choose --normalisation baseline."),
            members=", ".join(without),
        )


def _others(
    components: Sequence[Component], chosen: Normalisation, over: Over
) -> tuple[Normalisation, ...]:
    """Scales that mean something for these members."""
    found: list[Normalisation] = []
    if all(component.posts is not None for component in components):
        found.append("goalposts")
    if over == "years":
        found.append("baseline")
    found += ["minmax", "zscore", "rank"]
    return tuple(how for how in found if how != chosen)


@dataclass(slots=True)
class _Table:
    """Members over one axis of units; remembers versions, ranges and breaks."""

    ws: Workspace
    area: str
    over: Over
    first: Period | None
    last: Period | None
    _ranged: list[str] = field(default_factory=list)
    _broken: list[str] = field(default_factory=list)
    _small: set[str] = field(default_factory=set)
    _used: set[int] = field(default_factory=set)
    _axis: tuple[str, ...] | None = None

    @property
    def vintages(self) -> tuple[int, ...]:
        """Versions read."""
        return tuple(sorted(self._used))

    @property
    def units(self) -> tuple[str, ...]:
        """The axis of units."""
        return self._axis or ()

    @property
    def ranked(self) -> NDArray[np.bool_]:
        """Units that are not too small to be ranked."""
        return np.array([unit not in self._small for unit in self.units], dtype=bool)

    def component(self, wanted: Wanted) -> Component:
        """One member on the axis; the first one sets the axis of regions."""
        if self._axis is None:
            self._axis = self._units([wanted.code])
        sign, posts, row = self._read(wanted)
        ends = [np.array([row.get(unit, _NOTHING)[i] for unit in self._axis]) for i in range(3)]
        return Component(
            code=wanted.code,
            values=ends[0],
            low=ends[1],
            high=ends[2],
            sign=sign,
            weight=wanted.weight,
            pillar=wanted.pillar,
            posts=posts,
        )

    def _units(self, codes: Sequence[str]) -> tuple[str, ...]:
        if self.over == "regions":
            return self._regions()
        found = subject(self.ws, codes[0], self.area)
        series = window(found.series, self.first, self.last)
        if not series.periods:
            return ()
        ends = self.first or series.periods[0], self.last or series.periods[-1]
        span = int(ends[1].ordinal - ends[0].ordinal)
        return tuple(str(ends[0].shift(step)) for step in range(span + 1))

    def _regions(self) -> tuple[str, ...]:
        from workbench.services import indicators

        if self.first is None or self.first != (self.last or self.first):
            raise WorkbenchError(
                N_("Regions are compared in one period."), hint=N_("Write --period 2022.")
            )
        above = indicators.parents_of(self.ws)
        found = tuple(code for code, parent in above.items() if parent == self.area)
        if len(found) < 3:
            raise WorkbenchError(
                C_(
                    "{area} has {found} region; comparing needs 3.",
                    "{area} has {found} regions; comparing needs 3.",
                    by="found",
                ),
                hint=N_("Countries are never ranked."),
                area=self.area,
                found=len(found),
            )
        return found

    def _read(
        self, wanted: Wanted
    ) -> tuple[int, tuple[float, float] | None, dict[str, tuple[float, float, float]]]:
        from workbench.services import packs

        entry = packs.catalogue(self.ws).indicators.get(wanted.code)
        sign = wanted.sign or _direction(wanted.code, None if entry is None else entry.direction)
        posts = wanted.posts
        if posts is None and entry is not None:
            from indicators.compute.profile import goal_of

            goal = goal_of(entry)
            if np.isfinite(goal.floor) and np.isfinite(goal.ceiling):
                posts = (goal.floor, goal.ceiling)
        if posts is not None and not posts[0] < posts[1]:
            raise WorkbenchError(
                N_("The goalposts of {code} must rise: {low} is not below {high}."),
                code=wanted.code,
                low=posts[0],
                high=posts[1],
            )
        row: dict[str, tuple[float, float, float]] = {}
        places = self.units if self.over == "regions" else (self.area,)
        for place in places:
            found = subject(self.ws, wanted.code, place).series
            shown = window(found, self.first, self.last)
            self._remember(wanted.code, shown)
            if self.over == "regions" and entry is not None and self._is_small(wanted.code, place):
                self._small.add(place)
            for period, cell in _cells(shown).items():
                row[place if self.over == "regions" else period] = cell
        return sign, posts, row

    def _remember(self, code: str, series: Series) -> None:
        self._used.update(series.vintages)
        if (series.status == Status.S).any() and code not in self._ranged:
            self._ranged.append(code)
        if (series.flags[1:] & int(Flags.B)).any() and code not in self._broken:
            self._broken.append(code)

    def _is_small(self, code: str, place: str) -> bool:
        from workbench.services import indicators

        (found,) = indicators.compute(
            self.ws, [code], areas=[place], first=self.first, last=self.last
        )
        return any(
            note.code == "small_denominator" for value in found.values for note in value.notes
        )

    def notes(self, normalisation: Normalisation) -> tuple[Note, ...]:
        """What a reader must know of the members and of the scale."""
        found = [_MOVES] if normalisation in MOVING and self.over == "years" else []
        for note, codes in ((_RANGES, self._ranged), (_BREAKS, self._broken)):
            if codes:
                found.append(replace(note, data={"members": ", ".join(codes)}))
        if self._small:
            names = ", ".join(sorted(self._small))
            data = {"members": names, "minimum": MIN_DENOMINATOR}
            found.append(replace(_SMALL, data=data))
        return tuple(found)


_NOTHING = (np.nan, np.nan, np.nan)


def _direction(code: str, direction: Direction | None) -> int:
    if direction is Direction.UP:
        return 1
    if direction is Direction.DOWN:
        return -1
    raise WorkbenchError(
        N_("Whether more of {code} is better is not said."),
        hint=N_("Write --higher {code} or --lower {code}."),
        code=code,
    )


def _cells(series: Series) -> dict[str, tuple[float, float, float]]:
    """Value and ends by written period; a suppressed one stands at the middle of its bounds."""
    found = {}
    for i, period in enumerate(series.periods):
        value, low, high = (float(a[i]) for a in (series.values, series.low, series.high))
        status = series.status[i]
        if status == Status.Z:
            value = 0.0
        if status == Status.S and np.isfinite(low) and np.isfinite(high):
            found[str(period)] = ((low + high) / 2, low, high)
        elif status in (Status.A, Status.Z) and np.isfinite(value):
            found[str(period)] = (value, value, value)
    return found
