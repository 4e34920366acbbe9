"""The axes of a cube: breakdowns, areas and periods in order, and where series stand on them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.errors import N_, IndicatorsError
from indicators.model.period import Period
from indicators.model.series import Breakdown, Integers
from workbench.services.cube_rows import numbers
from workbench.store import journal
from workbench.store import packed_rows as store

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

Label = TypeVar("Label", str, Breakdown)
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Axes:
    """Labels in order, and one place and data set a series asked for.

    Attributes:
        unit: what the series count.
        breakdowns, areas: labels; the total comes first.
        places: place of the breakdown times the number of areas, and place of the area.
        datasets: numbers of the data sets.
    """

    unit: str
    breakdowns: tuple[Breakdown, ...]
    areas: tuple[str, ...]
    places: Places
    datasets: Integers


def axes_of(ws: Workspace, variable: str, dataset: str | None, wanted: Integers) -> Axes:
    """The axes of some series of a variable.

    Args:
        ws: open project.
        variable: variable code.
        dataset: code of the only source to read, or None for all.
        wanted: numbers of the series, each once.

    Raises:
        IndicatorsError: the series differ in unit.
    """
    texts = store.series_texts(ws.db, variable, dataset)
    _, area, breakdown, source, unit = _columns(texts, wanted)
    codes, cuts = _labels(ws)
    areas, area_at = _sorted_labels(codes, area)
    breakdowns, breakdown_at = _sorted_labels(cuts, breakdown)
    return Axes(
        unit=_unit(variable, {texts[at].unit for at in set(unit.tolist())}),
        breakdowns=ws.cache.same(breakdowns),
        areas=ws.cache.same(areas),
        places=breakdown_at * len(areas) + area_at,
        datasets=source,
    )


def _columns(texts: list[store.SeriesTexts], wanted: Integers) -> list[Integers]:
    """Number, area, breakdown, data set and place of the unit of the series asked for."""
    columns = [
        np.concatenate([numbers(getattr(text, name)) for text in texts])
        for name in ("series", "areas", "breakdowns", "datasets")
    ]
    sizes = [text.series.count(",") + 1 for text in texts]
    columns.append(np.repeat(np.arange(len(texts)), sizes))
    if np.array_equal(columns[0], wanted):
        return columns
    order = np.argsort(columns[0])
    chosen = order[np.searchsorted(columns[0], wanted, sorter=order)]
    return [column[chosen] for column in columns]


def _labels(ws: Workspace) -> tuple[dict[int, str], dict[int, Breakdown]]:
    """Codes of areas and breakdowns by number, read again after any write."""
    db = ws.db

    def read() -> tuple[dict[int, str], dict[int, Breakdown]]:
        texts = store.breakdown_texts(db)
        cuts = {number: Breakdown.from_json(text) for number, text in texts.items()}
        return store.area_codes(db), cuts

    return ws.cache.kept(("labels of axes", threading.get_ident()), journal.mark(db), read)


def periods_of(ws: Workspace, codes: Integers) -> tuple[tuple[Period, ...], Places]:
    """The periods of some codes in order, and the place of each code among them."""
    least = int(codes.min())
    occurs = np.zeros(int(codes.max()) - least + 1, dtype=bool)
    occurs[codes - least] = True
    periods = tuple(Period(code + least) for code in np.flatnonzero(occurs).tolist())
    return ws.cache.same(periods), (np.cumsum(occurs) - 1)[codes - least]


def _sorted_labels(labels: dict[int, Label], used: Integers) -> tuple[tuple[Label, ...], Places]:
    """Labels of the numbers that occur, in order, and the place of each number among them."""
    occurs = np.zeros(int(used.max()) + 1, dtype=bool)
    occurs[used] = True
    known = np.flatnonzero(occurs)
    named = [labels[number] for number in known.tolist()]
    axis = tuple(sorted(set(named)))
    place = {label: position for position, label in enumerate(axis)}
    at = np.zeros(len(occurs), dtype=np.intp)
    at[known] = [place[label] for label in named]
    return axis, at[used]


def _unit(variable: str, units: set[str]) -> str:
    if len(units) > 1:
        raise IndicatorsError(
            N_("The sources of “{variable}” count in different units: {units}."),
            hint=N_("Choose one source for it."),
            variable=variable,
            units=", ".join(sorted(units)),
        )
    return next(iter(units))
