"""Series that are decided when the whole table is read: labels nobody knows, areas with a history.

A citizenship that is not known counts as unknown, but never beside another unknown of the same cell:
then it is set aside and named. A name that areas had in different years means the one that existed in
the period of the value; where none or several did, the value is set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from workbench.importing.categories import UNKNOWN_CODE
from workbench.importing.names import SEVERAL, exists

if TYPE_CHECKING:
    from workbench.importing.gather import Gathered
    from workbench.importing.series_keys import SeriesKey

UNSURE_ROLES = frozenset(("CIT", "COR"))
"""Dimensions of countries: an unknown label is no new country."""
_MARK = "\x1e"
_GROUPS = {"REP", "NREP"}
Spans = Mapping[str, tuple[int, int]]


def unsure(text: str) -> str:
    """The code of a label nobody knows while the table is read."""
    return f"{UNKNOWN_CODE}{_MARK}{text}"


@dataclass(slots=True)
class LateKeys:
    """What is decided at the end.

    Attributes:
        labels: unknown label by number of its series.
        areas: codes that the name of the area can mean, by number of the series.
    """

    labels: dict[int, str] = field(default_factory=dict)
    areas: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def taken(
        self, number: int, area: str, cut: tuple[tuple[str, str], ...]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The area and the cut of a new series without marks, which are remembered."""
        if area.endswith(SEVERAL):
            codes = tuple(area.rstrip(SEVERAL).split(SEVERAL))
            self.areas[number], area = codes, codes[0]
        if any(_MARK in code for _, code in cut):
            texts = [code.partition(_MARK)[2] for _, code in cut if _MARK in code]
            self.labels[number] = ", ".join(texts)
            cut = tuple((dim, code.partition(_MARK)[0]) for dim, code in cut)
        return area, cut

    def area_of(self, number: int, area: str) -> str:
        """The area of a series with its mark."""
        codes = self.areas.get(number)
        return area if codes is None else "".join(code + SEVERAL for code in codes)


def regrouped(
    cut: tuple[tuple[str, str], ...], area: str, home: str
) -> tuple[tuple[str, str], ...]:
    """The cut with words for all citizens and all foreigners in their place.

    Citizens of the reporting country are those of the area when it is a country, of the project's
    country (``home``; empty in a table of countries) in one of its regions; else, and for foreigners,
    the group of citizenships says it.
    """
    from workbench.importing.names import is_country

    dims = dict(cut)
    code = dims.get("CIT")
    if code not in _GROUPS:
        return cut
    country = area if is_country(area) else home
    if code == "REP" and len(country) == 3:
        dims["CIT"] = country
    else:
        del dims["CIT"]
        dims.setdefault("CITG", str(code))
    return tuple(sorted(dims.items()))


def settle(data: Gathered, spans: Spans) -> None:
    """Give every late series its number, or set its values aside."""
    late = data.finder.late
    if late.labels or late.areas:
        _Settling(data, spans).run()


class _Settling:
    """One table at its end.

    Args:
        data: what was read; its columns are changed.
        spans: first and last period code by area; 0 for open.
    """

    def __init__(self, data: Gathered, spans: Spans) -> None:
        self._data, self._spans, self._late = data, spans, data.finder.late
        self._series = data.series.whole()
        self._period = data.period.whole()
        self._keys: list[SeriesKey] = data.finder.series
        self._sure = {
            key: number
            for number, key in reversed(tuple(enumerate(self._keys)))
            if number not in self._late.labels and number not in self._late.areas
        }
        self._drop: dict[int, tuple[str, str, str]] = {}

    def run(self) -> None:
        """Areas first, then labels; then what is left over goes."""
        for place in self._places(self._late.areas):
            self._place_area(place)
        places = [place for place in self._places(self._late.labels) if place not in self._drop]
        self._place_labels(places)
        self._write()

    def _places(self, numbers: Mapping[int, object]) -> Iterator[int]:
        wanted = np.array(sorted(numbers), dtype=np.int32)
        yield from np.flatnonzero(np.isin(self._series, wanted)).tolist()

    def _place_area(self, place: int) -> None:
        number = int(self._series[place])
        codes = self._late.areas[number]
        year = int(self._period[place]) // 100
        valid = [code for code in codes if exists(code, year, self._spans)]
        if len(valid) != 1:
            self._drop[place] = ("area_not_in_year", ", ".join(codes), "area")
            return
        key = self._keys[number]._replace(area=valid[0])
        label = self._late.labels.get(number)
        self._series[place] = self._number(key, label)

    def _number(self, key: SeriesKey, label: str | None) -> int:
        """The number of a key, made when new; with a label it stays one of its own."""
        if label is None:
            number = self._sure.setdefault(key, len(self._keys))
        else:
            mine = (n for n, own in self._late.labels.items() if own == label)
            number = next(
                (n for n in mine if self._keys[n] == key and n not in self._late.areas),
                len(self._keys),
            )
            self._late.labels[number] = label
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def _place_labels(self, places: list[int]) -> None:
        """Each alone in its cell becomes unknown; the others, and those beside a sure one, go."""
        base = {
            number: self._number(self._keys[number], None)
            for number in {int(self._series[place]) for place in places}
        }
        cells = [(base[int(self._series[p])], int(self._period[p])) for p in places]
        bases = np.array(sorted(set(base.values())), dtype=np.int32)
        taken = {
            (int(self._series[p]), int(self._period[p]))
            for p in np.flatnonzero(np.isin(self._series, bases)).tolist()
        }
        count = Counter(cells)
        for place, cell in zip(places, cells, strict=True):
            if cell in taken or count[cell] > 1:
                label = self._late.labels[int(self._series[place])]
                self._drop[place] = ("unknown_label", label, "CIT")
            else:
                self._series[place] = cell[0]

    def _write(self) -> None:
        from workbench.importing.packed import Packed
        from workbench.importing.series_keys import Fault

        data = self._data
        for place, (code, text, role) in sorted(self._drop.items()):
            fault = Fault(code, self._column(role), text)
            data.faulty_cells += 1
            data.fault_counts[code] = data.fault_counts.get(code, 0) + 1
            data.faults.append((data.row[place], fault))
        keep = np.ones(len(self._series), dtype=bool)
        keep[list(self._drop)] = False
        kept = np.flatnonzero(keep)
        data.series = Packed(self._series[kept].tolist())
        for name in ("period", "cell", "row", "column"):
            setattr(data, name, getattr(data, name).taken(kept))

    def _column(self, role: str) -> int:
        keys = self._data.plan.keys
        return next((key.index for key in keys if key.role in (role, "case")), -1)
