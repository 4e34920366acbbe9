"""Cells that differ between two versions of a source, read when they are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from indicators.errors import N_
from indicators.model.codes import Status
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench.store.vintages import Mode

Kind = Literal["changed", "new", "gone"]
Cause = Literal["file", "correction", "entry"]
KINDS: Mapping[int, Kind] = {1: "changed", 2: "new", 3: "gone"}
CAUSES: Mapping[Mode, Cause] = {
    Mode.REPLACE: "file",
    Mode.APPEND: "file",
    Mode.CORRECTION: "correction",
    Mode.ENTRY: "entry",
}
CAUSE_TEXTS: Mapping[Cause, str] = {
    "file": N_("new file"),
    "correction": N_("correction"),
    "entry": N_("typed in"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """A cell in one version."""

    value: float | None
    low: float | None
    high: float | None
    status: Status
    vintage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedCell:
    """A cell that differs.

    Attributes:
        variable, area, breakdown, period: which.
        kind: ``changed``, ``new`` or ``gone``.
        cause: new file, correction or typed entry.
        before, after: None where the version does not hold it.
    """

    variable: str
    area: str
    breakdown: Breakdown
    period: Period
    kind: Kind
    cause: Cause
    before: CellState | None
    after: CellState | None

    @property
    def difference(self) -> float | None:
        """After minus before, where both are numbers."""
        if self.before is None or self.after is None:
            return None
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def percent(self) -> float | None:
        """The difference in percent of the value before; None from zero."""
        difference = self.difference
        if difference is None or self.before is None or not self.before.value:
            return None
        return 100.0 * difference / self.before.value


def _by_size(row: tuple[Any, ...]) -> tuple[float, int, int]:
    """Largest percentage first, those without one before all."""
    old, new = row[4], row[8]
    size = abs((new - old) / old) if old and new is not None else float("inf")
    return -size, row[0], row[1]


class Cells(Sequence[RevisedCell]):
    """Cells that differ, read when looked at; the project must still be open then."""

    def __init__(
        self,
        rows: Sequence[tuple[Any, ...]],
        keys: Callable[[], Mapping[int, tuple[str, str, str, str, str]]],
        modes: Mapping[int, Mode],
    ) -> None:
        self._rows = list(rows)
        self._is_sorted = False
        self._read_keys = keys
        self._keys: Mapping[int, tuple[str, str, str, str, str]] | None = None
        self._modes = modes

    def __len__(self) -> int:
        """How many."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> RevisedCell: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[RevisedCell, ...]: ...

    def __getitem__(self, place: int | slice) -> RevisedCell | tuple[RevisedCell, ...]:
        """The cell at a position, or those of a stretch."""
        if not self._is_sorted:
            self._rows.sort(key=_by_size)
            self._is_sorted = True
        if isinstance(place, slice):
            return tuple(self._cell(row) for row in self._rows[place])
        return self._cell(self._rows[place])

    def causes(self) -> Mapping[Cause, int]:
        """How many cells differ for each cause."""
        counts = Counter(self._cause(row[3]) for row in self._rows)
        return {cause: counts[cause] for cause in CAUSE_TEXTS}

    def _cause(self, vintage: int | None) -> Cause:
        return "file" if vintage is None else CAUSES[self._modes[vintage]]

    def _cell(self, row: tuple[Any, ...]) -> RevisedCell:
        series, period, a, b, *values, kind = row
        if self._keys is None:
            self._keys = self._read_keys()
        variable, area, dims, _, _ = self._keys[series]
        return RevisedCell(
            variable=variable,
            area=area,
            breakdown=Breakdown.from_json(dims),
            period=Period(period),
            kind=KINDS[kind],
            cause=self._cause(b),
            before=None if a is None else _state(values[:4], a),
            after=None if b is None else _state(values[4:], b),
        )


def _state(values: Sequence[object], vintage: object) -> CellState:
    value, low, high, status = values
    assert isinstance(status, int)
    return CellState(
        value=value if isinstance(value, float) else None,
        low=low if isinstance(low, float) else None,
        high=high if isinstance(high, float) else None,
        status=Status(status),
        vintage=int(str(vintage)),
    )
