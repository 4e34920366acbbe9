"""SDMX-ML data messages 2.1 (also 2.0 and 3.0): generic and structure-specific.

A data set is flattened to one row an observation: the key (of the series and of the
observation), the value, then the attributes of observation, series, groups and data set in
columns of their own, each named by its id. Rows are in the order of the message; row 1 holds
the names. The message is read as a stream, twice: once for the columns, once for the rows.
A document type or entity declaration is refused before anything of it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.parsers import expat

from indicators.errors import N_
from workbench.errors import UserFileError
from workbench.importing.flat_rows import check_columns, damaged, flat_table, typed, unique
from workbench.importing.raw_table import MAX_FIELD, RawFile, ReadOptions, Row
from workbench.importing.strict_text import start_of

MAX_DEPTH = 64
MAX_GROUPS = 200_000
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"
_CHUNK = 1 << 16
_ROOTS = frozenset(
    (
        *("GenericData", "GenericTimeSeriesData", "StructureSpecificData"),
        *("StructureSpecificTimeSeriesData", "CompactData"),
    )
)
_START = re.compile(r"\s*<(?:\?xml|!--|(?:[A-Za-z_][\w.\-]*:)?(?:" + "|".join(_ROOTS) + r")\b)")
_MESSAGE = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?([A-Za-z]+)[\s>]")
_OF_MESSAGE = (
    *("structureRef", "setID", "action", "keyFamilyURI", "dataProviderID", "dataflowID"),
    *("reportingBeginDate", "reportingEndDate", "validFromDate", "validToDate"),
    *("publicationYear", "publicationPeriod", "datasetID", "dataProviderSchemeAgencyId"),
    *("dataProviderSchemeId", "dataflowAgencyID", "dataScope"),
)
"""Attributes of a data set that describe the message, not the data."""

Values = dict[str, str]


def recognises(head: bytes) -> bool:
    """Whether the file begins as XML."""
    return _START.match(start_of(head)) is not None


def belongs(path: Path) -> bool:
    """Whether the first element is that of a data message."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK).replace(b"\0", b"")
    match = _MESSAGE.search(_without_comments(head))
    return match is not None and match[1].decode() in _ROOTS


def _without_comments(head: bytes) -> bytes:
    """The text without comments; one that does not end takes the rest."""
    kept = []
    while head:
        before, _, rest = head.partition(b"<!--")
        kept.append(before)
        head = rest.partition(b"-->")[2]
    return b"".join(kept)


@dataclass(slots=True)
class _DataSet:
    """What the first reading finds in a data set."""

    key: dict[str, None] = field(default_factory=dict)
    attributes: dict[str, None] = field(default_factory=dict)
    own: Values = field(default_factory=dict)
    groups: list[tuple[Values, Values]] = field(default_factory=list)
    observations: int = 0


@dataclass(frozen=True, slots=True)
class _Observation:
    """One observation with everything that stands at it and its series."""

    data_set: int
    key: Values
    attributes: Values


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The data sets of the message as tables.

    Raises:
        UserFileError: damaged, with a document type declaration, a message that deletes, or
            one without observations.
    """
    del options
    data_sets: dict[int, _DataSet] = {}
    reading = _Reading(path, data_sets)
    for found in reading.observations():
        data_set = data_sets.setdefault(found.data_set, _DataSet())
        data_set.observations += 1
        data_set.key.update(dict.fromkeys(found.key))
        data_set.attributes.update(dict.fromkeys(found.attributes))
    filled = {number: one for number, one in data_sets.items() if one.observations}
    if not filled:
        raise UserFileError(
            N_("“{name}” holds no observations."),
            hint=N_("Ask its source for data, not for the structure alone."),
            path=path,
        )
    tables = tuple(
        flat_table(
            path,
            f"DataSet {number}" if len(filled) > 1 else "",
            index,
            partial(_rows, path, number, one),
        )
        for index, (number, one) in enumerate(filled.items(), start=1)
    )
    return RawFile(
        path=path,
        format="sdmx_ml",
        tables=tables,
        encoding=reading.encoding,
        size=path.stat().st_size,
    )


def _rows(path: Path, number: int, data_set: _DataSet) -> Iterator[Row]:
    """The names, then one row an observation of one data set."""
    key = list(data_set.key)
    groups = _Groups(data_set)
    names = [*data_set.attributes, *groups.names, *data_set.own]
    attributes = [name for name in dict.fromkeys(names) if name not in data_set.key]
    check_columns(path, len(key) + len(attributes))
    has_value = VALUE in data_set.attributes
    if has_value:
        attributes.remove(VALUE)
        key.append(VALUE)
    yield unique([*key, *attributes])
    for found in _Reading(path, {}).observations():
        if found.data_set != number:
            continue
        cells = {**data_set.own, **groups.of(found), **found.attributes, **found.key}
        if VALUE in cells:
            cells[VALUE] = typed(cells[VALUE].strip())
        yield [cells.get(name, "") for name in (*key, *attributes)]


class _Groups:
    """Attributes of groups, found by the key of an observation."""

    def __init__(self, data_set: _DataSet) -> None:
        self.names: dict[str, None] = {}
        self._by_key: dict[tuple[str, ...], dict[tuple[str, ...], Values]] = {}
        series = {*data_set.key, *data_set.attributes}
        for key, values in data_set.groups:
            own = key or {name: text for name, text in values.items() if name in series}
            rest = {k: v for k, v in values.items() if k not in own}
            names = tuple(sorted(own))
            mine = self._by_key.setdefault(names, {})
            mine.setdefault(tuple(own[name] for name in names), {}).update(rest)
            self.names.update(dict.fromkeys(rest))

    def of(self, found: _Observation) -> Values:
        """What groups say about an observation."""
        result: Values = {}
        for names, by_key in self._by_key.items():
            place = tuple(found.key.get(name, found.attributes.get(name, "")) for name in names)
            result.update(by_key.get(place, {}))
        return result


class _Reading:
    """One pass over a message with a streaming parser.

    Args:
        path: the message.
        data_sets: filled with data sets, their own attributes and their groups.
    """

    def __init__(self, path: Path, data_sets: dict[int, _DataSet]) -> None:
        self.path = path
        self.encoding = "utf-8"
        self._data_sets = data_sets
        self._number = 0
        self._stack: list[str] = []
        self._target: Values | None = None
        self._text = ""
        self._at_observation = TIME
        self._parts: dict[str, Values] = {"series": {}, "series attributes": {}}
        self._found: list[_Observation] = []
        self._starts = {
            "Structure": self._start_structure,
            "DataSet": self._start_data_set,
            "Series": self._start_series,
            "Group": self._start_group,
            "Obs": self._start_obs,
            "SeriesKey": self._start_series_key,
            "ObsKey": self._start_obs_key,
            "GroupKey": self._start_group_key,
            "Attributes": self._start_attributes,
            "Value": self._start_value,
            "ObsDimension": self._start_obs_dimension,
            "ObsValue": self._start_obs_value,
        }
        self._ends = {
            "Series": self._end_series,
            "Group": self._end_group,
            "Obs": self._end_obs,
            "Time": self._end_time,
        }

    def observations(self) -> Iterator[_Observation]:
        """All observations in order.

        Raises:
            UserFileError: see ``open_file``.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        parser.EntityDeclHandler = self._refuse_declaration
        parser.XmlDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            with self.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                    yield from self._found
                    self._found = []
                parser.Parse(b"", True)
                yield from self._found
        except expat.ExpatError as error:
            raise damaged(
                self.path,
                N_("Line {line}, column {column}: {reason}."),
                line=error.lineno,
                column=error.offset + 1,
                reason=expat.errors.messages.get(error.code, "XML"),
            ) from error

    def _refuse_declaration(self, *_: object) -> None:
        raise UserFileError(
            N_("“{name}” holds a declaration that no data message needs (DOCTYPE)."),
            hint=N_("Download it again from its source."),
            path=self.path,
        )

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        self.encoding = (encoding or "utf-8").lower()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._stack.append(name)
        self._text = ""
        if len(self._stack) > MAX_DEPTH:
            raise UserFileError(
                N_("“{name}” is nested more than {limit} levels deep."),
                hint=N_("Statistical files are flat; check where it comes from."),
                path=self.path,
                limit=MAX_DEPTH,
            )
        begin = self._starts.get(name)
        if begin is not None:
            begin(attributes)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        finish = self._ends.get(name)
        if finish is not None:
            finish()
        self._stack.pop()
        self._text = ""

    def _characters(self, text: str) -> None:
        self._text += text
        if len(self._text) > MAX_FIELD:
            raise damaged(
                self.path, N_("A text is longer than {limit} characters."), limit=MAX_FIELD
            )

    def _start_structure(self, attributes: Mapping[str, str]) -> None:
        """The header says which dimension stands at the observation."""
        at = attributes.get("dimensionAtObservation", "")
        if at and at != "AllDimensions":
            self._at_observation = at

    def _start_data_set(self, attributes: Mapping[str, str]) -> None:
        self._number += 1
        action = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "action"), "")
        if action.casefold() in ("delete", "d"):
            raise UserFileError(
                N_("“{name}” asks to delete observations, which this program never does."),
                hint=N_("Ask its source for the data themselves."),
                path=self.path,
            )
        self._parts = {"series": {}, "series attributes": {}}
        own = self._data_sets.setdefault(self._number, _DataSet()).own
        own.update(_plain(attributes, skip=_OF_MESSAGE))

    def _start_series(self, attributes: Mapping[str, str]) -> None:
        self._parts = {"series": {}, "series attributes": _plain(attributes)}

    def _end_series(self) -> None:
        self._parts = {"series": {}, "series attributes": {}}

    def _start_group(self, attributes: Mapping[str, str]) -> None:
        self._parts["group"] = {}
        self._parts["group attributes"] = _plain(attributes, skip=("type",))

    def _end_group(self) -> None:
        groups = self._data_sets.setdefault(self._number, _DataSet()).groups
        groups.append((self._parts.pop("group", {}), self._parts.pop("group attributes", {})))
        if len(groups) > MAX_GROUPS:
            raise damaged(self.path, N_("It has more than {limit} groups."), limit=MAX_GROUPS)

    def _start_obs(self, attributes: Mapping[str, str]) -> None:
        self._parts["obs"] = {}
        self._parts["obs attributes"] = _plain(attributes)

    def _end_obs(self) -> None:
        key = {**self._parts["series"], **self._parts.pop("obs", {})}
        attributes = {**self._parts["series attributes"], **self._parts.pop("obs attributes", {})}
        if TIME in attributes:
            key[TIME] = attributes.pop(TIME)
        self._found.append(_Observation(self._number, key, attributes))

    def _start_series_key(self, _: Mapping[str, str]) -> None:
        self._target = self._parts["series"]

    def _start_obs_key(self, _: Mapping[str, str]) -> None:
        self._target = self._parts.get("obs")

    def _start_group_key(self, _: Mapping[str, str]) -> None:
        self._target = self._parts.get("group")

    def _start_attributes(self, _: Mapping[str, str]) -> None:
        above = self._stack[-2].lower() if len(self._stack) > 1 else ""
        if above == "dataset":
            self._target = self._data_sets.setdefault(self._number, _DataSet()).own
        else:
            self._target = self._parts.get(f"{above} attributes")

    def _start_value(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("id") or attributes.get("concept")
        if name and self._target is not None and "value" in attributes:
            self._target[name] = attributes["value"]

    def _start_obs_dimension(self, attributes: Mapping[str, str]) -> None:
        if "obs" in self._parts:
            name = attributes.get("id") or self._at_observation
            self._parts["obs"][name] = attributes.get("value", "")

    def _start_obs_value(self, attributes: Mapping[str, str]) -> None:
        if "obs attributes" in self._parts:
            self._parts["obs attributes"][VALUE] = attributes.get("value", "")

    def _end_time(self) -> None:
        """The period of an observation in version 2.0."""
        if "obs" in self._parts:
            self._parts["obs"][TIME] = self._text.strip()


def _plain(attributes: Mapping[str, str], skip: tuple[str, ...] = ()) -> Values:
    """Attributes of an element that are data: those of no XML namespace."""
    return {
        name: value
        for name, value in attributes.items()
        if ":" not in name and name != "xmlns" and name not in skip
    }
