"""A forecast as a result: the path drawn, the paths tried, and how each did in the past."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import Note
from indicators.model.period import Period
from indicators.model.results import FittedPoint

DRAWN_LEVEL = 0.80
"""Level of the inner band, whose share of hits in the past is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """How a model would have done from earlier years on.

    Attributes:
        origins: years from which it was started again.
        pairs: forecasts compared with what came.
        mase: mean absolute error over the mean absolute change from year to year.
        relative: mean absolute error over that of "no change"; above 1 it loses.
        coverage: share of values that came inside the 80 % band, 0 to 1.
    """

    origins: int
    pairs: int
    mase: float
    relative: float
    coverage: float

    @property
    def loses(self) -> bool:
        """Whether "no change" would have done better."""
        return self.relative > 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One model of a forecast.

    Attributes:
        model: its id.
        points: path with the band of ``level``.
        inner: path with the 80 % band.
        test: its past.
    """

    model: str
    points: tuple[FittedPoint, ...]
    inner: tuple[FittedPoint, ...]
    test: BackTest


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastResult:
    """Years ahead of a series, never drawn by a model that loses to "no change".

    Attributes:
        method: id of the model drawn.
        asked: id of the model proposed or asked for.
        members: every model tried, the baseline first.
        lost: ids of the models that lose to "no change", named and not drawn.
        horizon: years ahead.
        level: of the outer band.
        scale: ``log``, ``sqrt`` or ``identity``.
        others: as in ``ModelResult``.
    """

    method: str
    method_version: str
    asked: str
    members: tuple[Member, ...]
    lost: tuple[str, ...]
    horizon: int
    level: float
    scale: str
    unit: str
    n: int
    first: Period
    last: Period
    missing: tuple[Period, ...] = ()
    provisional_used: bool = False
    breaks_crossed: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[Note, ...] = ()
    data_hash: str = ""
    vintages: tuple[int, ...] = ()

    @property
    def drawn(self) -> Member:
        """The member that is drawn."""
        return next(member for member in self.members if member.model == self.method)
