"""How detections change once the effort to detect is taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indicators.compute import reasons
from indicators.compute.task import Outcome, Task
from indicators.errors import N_, Note, Severity
from indicators.formula.cells import Cells
from indicators.formula.evaluate import Evaluation, Grid
from indicators.formula.tree import references
from indicators.model.codes import Flags, Status
from indicators.model.period import Period
from indicators.model.results import Interval, Refusal
from indicators.model.series import Floats
from indicators.stats.censored import poisson_interval
from indicators.stats.guards import counts_refusal, no_convergence
from indicators.stats.intervals import student_quantile
from indicators.stats.limits import LENGTHS, has_spare_points
from indicators.stats.points import Points
from indicators.stats.regression import ols, standard_errors

MOST_INFLATION = 10.0
"""Above this variance inflation of the year, effort and time cannot be told apart."""
STEP = "step"
"""Value of the parameter ``breaks`` that gives each break a step instead of a new start."""

_TOO_SHORT = N_(
    "The trend net of effort needs {needed} years with all inputs since the last break; years so "
    "far: {found}."
)
_NO_EFFORT = N_("The effort is zero in {period}; its percent change is undefined.")
_FITTED = N_(
    "{n} years, {first} to {last}; without looking at effort the change is {gross} % per year."
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Years that enter one fit; arrays of shape ``(n,)``.

    Attributes:
        points: detections with bounds and population.
        efforts: one row an effort, on the log scale, shape ``(k, n)``.
        steps: one row a break, 0 before and 1 from it on, shape ``(s, n)``.
    """

    points: Points
    efforts: Floats
    steps: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class NetTrend:
    """A residual trend as yearly growth (0.05 is 5 percent).

    Attributes:
        net: growth with limits; the estimate is nan where only a range can be given.
        gross: growth without any effort in the model.
        inflation: variance inflation of the year by the efforts.
        dispersion: of the full model, at least 1.
    """

    net: Interval
    gross: float
    inflation: float
    dispersion: float


def fit(window: Window, level: float = 0.95) -> NetTrend | Refusal:
    """Quasi-Poisson trend of detections with population offset and efforts.

    Equation: ln E(count) = a + b (year - mean) + sum g_j ln(effort_j) + steps + ln(population);
    growth is exp(b) - 1. Standard errors are scaled by max(dispersion, 1), limits are Student's t
    on the exact points less the parameters. Suppressed counts enter with their bounds.
    Where the efforts explain the year so well that its variance is inflated more than tenfold,
    there is no estimate: the range is the hull of the limits over all choices of efforts.
    Assumes that effort acts by a constant elasticity and that no effort is left out.
    """
    refusal = counts_refusal(window.points)
    if refusal is not None:
        return refusal
    efforts = window.efforts[np.ptp(window.efforts, axis=1) > 0]
    full = _growth(window, efforts, level)
    gross = _growth(window, efforts[:0], level)
    if isinstance(full, Refusal) or isinstance(gross, Refusal):
        return no_convergence()
    inflation = _inflation(window.points.time, efforts)
    (net, dispersion), (without, _) = full, gross
    if inflation > MOST_INFLATION:
        net = _hull(window, efforts, level)
    return NetTrend(net=net, gross=without.estimate, inflation=inflation, dispersion=dispersion)


def _growth(window: Window, efforts: Floats, level: float) -> tuple[Interval, float] | Refusal:
    points = window.points
    assert points.population is not None  # the window holds years with population only
    time = points.time - points.time.mean()
    centred = efforts - efforts.mean(axis=1, keepdims=True)
    design = np.column_stack([np.ones(points.n), time, *centred, *window.steps])
    if not has_spare_points(points.exact, design.shape[1]):
        return _too_short(points.exact)
    found = poisson_interval(points.low, points.high, design, np.log(points.population))
    if not found.converged:
        return no_convergence()
    dispersion = max(found.dispersion, 1.0)
    slope = float(found.coef[1])
    reach = student_quantile(found.df, level) * float(
        standard_errors(found.covariance(dispersion))[1]
    )
    low, estimate, high = (float(np.expm1(slope + side * reach)) for side in (-1, 0, 1))
    return Interval(estimate=estimate, low=low, high=high, level=level), dispersion


def _inflation(time: Floats, efforts: Floats) -> float:
    """1 / (1 - R2) of the year on the efforts."""
    if not len(efforts):
        return 1.0
    centred = efforts - efforts.mean(axis=1, keepdims=True)
    residuals = ols(time, np.column_stack([np.ones(time.size), *centred])).residuals
    left = float((residuals**2).sum() / ((time - time.mean()) ** 2).sum())
    return 1 / left if left > 1e-12 else float("inf")


def _hull(window: Window, efforts: Floats, level: float) -> Interval:
    """Lowest and highest limit over all choices of efforts."""
    found = [
        _growth(window, efforts[list(chosen)], level)
        for number in range(len(efforts) + 1)
        for chosen in combinations(range(len(efforts)), number)
    ]
    usable = [each[0] for each in found if not isinstance(each, Refusal)]
    return Interval(
        estimate=float("nan"),
        low=min(each.low for each in usable),
        high=max(each.high for each in usable),
        level=level,
    )


def _too_short(found: int) -> Refusal:
    return Refusal(
        code="too_few_points",
        text=_TOO_SHORT,
        found=found,
        needed=LENGTHS["net_trend"].points,
    )


# over the grid ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Long:
    """One area and breakdown over all periods of the data."""

    periods: tuple[Period, ...]
    low: Floats
    high: Floats
    population: Floats
    efforts: Floats
    starts: Mask

    @property
    def usable(self) -> Mask:
        known = np.isfinite(self.low) & np.isfinite(self.high) & (self.population > 0)
        return np.asarray(known & np.isfinite(self.efforts).all(axis=0))


def net_trend(task: Task) -> Outcome:
    """Yearly change that effort does not explain, from the years up to each period.

    The value of a period uses all years up to it, from the last break on (parameter
    ``breaks = "step"``: all years, with a step at each break). Fewer than 12 usable years, or a
    period without all inputs, have no value.
    """
    shape = task.evaluation.grid.shape
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    cause = _lacking(task)
    notes: dict[tuple[int, int, int], tuple[Note, ...]] = {}
    why: dict[tuple[int, int, int], Note] = {}
    per = task.indicator.per
    with_steps = task.evaluation.parameters.get("breaks") == STEP
    for (b, a), long in _series(task):
        for p, period in enumerate(task.evaluation.grid.periods):
            place = (b, a, p)
            window = None if cause[place] else _window(long, period, with_steps=with_steps)
            if window is None:
                continue
            found = window if isinstance(window, Refusal) else fit(window, task.level)
            if isinstance(found, Refusal):
                cause[place], why[place] = reasons.REFUSED, reasons.refused(found)
                continue
            assert isinstance(window, Window)  # a refusal has become the finding
            value[place] = found.net.estimate * per
            low[place], high[place] = found.net.low * per, found.net.high * per
            notes[place] = (_note(window, found, per),)
            if np.isnan(value[place]):
                cause[place] = reasons.COLLINEAR
    return _outcome(value, (low, high), cause, notes, why)


def _lacking(task: Task) -> NDArray[np.int32]:
    """What is missing at each period itself; also looks up every input for the lineage."""
    shape = task.evaluation.grid.shape
    cause = np.zeros(shape, dtype=np.int32)
    for index in range(len(task.indicator.inputs)):
        found = task.evaluation.evaluate(task.input(index))
        own = np.where(found.status > int(Status.S), found.cause, 0)
        if index > 0:
            own = np.where(found.status == int(Status.S), reasons.SUPPRESSED, own)
        cause = np.where(cause == 0, np.broadcast_to(own, shape), cause)
    return cause.astype(np.int32)


def _series(task: Task) -> list[tuple[tuple[int, int], _Long]]:
    outer = task.evaluation
    main = outer.cubes.get(references(task.input(0))[0].variable)
    periods = main.periods if main is not None else ()
    grid = Grid(breakdowns=outer.grid.breakdowns, areas=outer.grid.areas, periods=periods)
    inner = Evaluation(cubes=outer.cubes, grid=grid, parameters=outer.parameters)
    found = [inner.evaluate(task.input(index)) for index in range(len(task.indicator.inputs))]
    low, high = (
        np.broadcast_to(np.where(found[0].status <= int(Status.S), bound, np.nan), grid.shape)
        for bound in found[0].bounds
    )
    others = [
        np.broadcast_to(np.where(each.is_point, each.value, np.nan), grid.shape)
        for each in found[1:]
    ]
    flags = np.zeros(grid.shape, dtype=np.int64)
    for read in inner.reads:
        flags = flags | read.flags
    starts = (flags & int(Flags.B)) > 0
    return [
        (
            (b, a),
            _Long(
                periods=periods,
                low=low[b, a],
                high=high[b, a],
                population=others[0][b, a],
                efforts=np.stack([each[b, a] for each in others[1:]]),
                starts=starts[b, a],
            ),
        )
        for b in range(grid.shape[0])
        for a in range(grid.shape[1])
    ]


def _window(long: _Long, last: Period, *, with_steps: bool) -> Window | Refusal:
    """The years up to a period that can be used."""
    inside = np.array([period <= last for period in long.periods], dtype=bool)
    begins = np.flatnonzero(long.starts & inside)
    if begins.size and not with_steps:
        inside[: begins[-1]] = False
    keep = inside & long.usable
    n = int(keep.sum())
    if n < LENGTHS["net_trend"].points:
        return _too_short(n)
    efforts = long.efforts[:, keep]
    if (efforts <= 0).any():
        where = np.flatnonzero(keep)[int(np.argwhere((efforts <= 0).any(axis=0))[0][0])]
        return Refusal(
            code="zero_effort", text=_NO_EFFORT, data={"period": str(long.periods[where])}
        )
    return _cut(long, keep, begins if with_steps else begins[:0])


def _cut(long: _Long, keep: Mask, begins: NDArray[np.intp]) -> Window:
    places = np.flatnonzero(keep)
    periods = tuple(long.periods[i] for i in places)
    low, high = long.low[keep], long.high[keep]
    steps = [(places >= start).astype(np.float64) for start in begins]
    # a step at the first year or after the last one is no step
    steps = [each for each in steps if 0 < each.sum() < each.size]
    return Window(
        points=Points(
            periods=periods,
            time=np.array([period.ordinal for period in periods], dtype=np.float64),
            value=np.where(low == high, low, np.nan),
            low=low,
            high=high,
            censored=low != high,
            provisional=np.zeros(len(periods), dtype=bool),
            population=long.population[keep],
        ),
        efforts=np.log(long.efforts[:, keep]),
        steps=np.stack(steps) if steps else np.zeros((0, len(periods))),
    )


def _note(window: Window, found: NetTrend, per: float) -> Note:
    return Note(
        code="net_trend",
        text=_FITTED,
        severity=Severity.NOTE,
        data={
            "n": window.points.n,
            "first": str(window.points.periods[0]),
            "last": str(window.points.periods[-1]),
            "gross": round(found.gross * per, 1),
            "dispersion": found.dispersion,
            "inflation": found.inflation,
        },
    )


def _outcome(
    value: Floats,
    limits: tuple[Floats, Floats],
    cause: NDArray[np.int32],
    notes: dict[tuple[int, int, int], tuple[Note, ...]],
    why: dict[tuple[int, int, int], Note],
) -> Outcome:
    known = ~np.isnan(value)
    result = Cells(
        value=value,
        low=limits[0],
        high=limits[1],
        status=np.where(known, np.int8(Status.A), np.int8(Status.M)),
        causes=np.where(known, 0, cause).astype(np.int32),
    )
    return Outcome(
        result=result, low=limits[0], high=limits[1], cell_notes=notes, cell_reasons=why
    )
