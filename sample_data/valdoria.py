"""The invented country as plain data, read from the packaged files."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicators.model.codes import LANGUAGES, Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak

AREA = "XVA"
"""Code of the country, from the range that ISO 3166 leaves to users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file that an office sends.

    Attributes:
        file: name inside ``folder()``.
        dataset: dataset code.
        publisher: name of the office by language.
        licence: licence of the file.
        variables: codes it holds.
        rows: data rows it has.
        units: units of the variables of money (``VLD:1e6``).
        fictitious: always true here.
    """

    file: str
    dataset: str
    publisher: Mapping[str, str]
    licence: str
    variables: tuple[str, ...]
    rows: int
    units: Mapping[str, str] = field(default_factory=dict)
    fictitious: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The country or one of its regions.

    Attributes:
        code: area code.
        names: by language.
        parent: code of the country, or None for the country itself.
        level: 0 for the country, 1 for a region.
        valid_from, valid_to: first and last period it exists; None without limit.
        predecessor: area it was split from, or None.
        predecessor_share: part of the predecessor it took.
        border: ``border``, ``coast`` or empty.
    """

    code: str
    names: Mapping[str, str]
    parent: str | None
    level: int
    valid_from: Period | None = None
    valid_to: Period | None = None
    predecessor: str | None = None
    predecessor_share: float | None = None
    border: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One line of the answer key.

    Attributes:
        id: ``T01`` ...
        variable, area: where it is; several areas are joined by ``|``.
        what: what was put in; English, marked for the translators where it was written.
        value: the number put in, in ``unit``.
        low, high: limits of what is accepted.
        test: how a user finds it; as ``what``.
    """

    id: str
    variable: str
    area: str
    what: str
    value: float
    unit: str
    low: float
    high: float
    test: str


def folder() -> Path:
    """The folder with the files of the country."""
    return Path(__file__).parent / "valdoria"


def deliveries() -> tuple[Delivery, ...]:
    """The files to import, in the order of the demonstration."""
    content = tomllib.loads((folder() / "deliveries.toml").read_text(encoding="utf-8"))
    return tuple(
        Delivery(
            file=entry["file"],
            dataset=entry["dataset"],
            publisher=entry["publisher"],
            licence=entry["licence"],
            variables=tuple(entry["variables"]),
            rows=entry["rows"],
            units=entry.get("units", {}),
            fictitious=entry["fictitious"],
        )
        for entry in content["delivery"]
    )


def releases() -> tuple[Path, ...]:
    """The three releases of two variables, oldest first."""
    return tuple(sorted((folder() / "vintages").glob("release_*.csv")))


def exercises() -> tuple[Path, ...]:
    """Further files for exercises; not part of the demonstration."""
    return tuple(sorted((folder() / "exercises").glob("*.csv")))


def wide_delivery() -> Path:
    """One delivery once more as a spreadsheet with years in columns."""
    return folder() / "labour_inspectorate.xlsx"


def national_pack() -> Path:
    """The pack with the variables that the catalogue lacks."""
    return folder() / "pack.toml"


def boundaries() -> Mapping[str, Any]:
    """The region boundaries as parsed GeoJSON."""
    content: dict[str, Any] = json.loads(
        (folder() / "regions.geojson").read_text(encoding="utf-8")
    )
    return content


def regions() -> tuple[Region, ...]:
    """The country and its regions."""
    return tuple(
        Region(
            code=line["code"],
            names=_texts(line, "name"),
            parent=line["parent"] or None,
            level=int(line["level"]),
            valid_from=_period(line["valid_from"]),
            valid_to=_period(line["valid_to"]),
            predecessor=line["predecessor"] or None,
            predecessor_share=float(line["predecessor_share"] or 0) or None,
            border=line["border"],
        )
        for line in _lines("regions.csv")
    )


def events() -> tuple[Intervention, ...]:
    """The dated events; one that touches several regions carries no area."""
    return tuple(
        Intervention(
            id=line["id"],
            name=_texts(line, "name"),
            kind=line["kind"],
            start=Period.parse(line["start"]),
            end=_period(line["end"]),
            area=line["areas"] if line["areas"] and "|" not in line["areas"] else None,
            pillar=Pillar(line["pillar"]) if line["pillar"] else None,
            recommendations=tuple(int(number) for number in _parts(line["recommendations"])),
            delay=int(line["delay"]),
            document=line["document"],
            variables=_parts(line["variables"]),
        )
        for line in _lines("events.csv")
    )


def breaks() -> tuple[SeriesBreak, ...]:
    """The dated changes of definition and boundary."""
    return tuple(
        SeriesBreak(
            id=line["id"],
            start=Period.parse(line["start"]),
            text=_texts(line, "text"),
            kind=line["kind"],
            variables=_parts(line["variables"]),
            areas=_parts(line["areas"]),
        )
        for line in _lines("breaks.csv")
    )


def answers() -> tuple[Answer, ...]:
    """The answer key of the exercises."""
    text = (folder() / "trainer" / "answers.json").read_text(encoding="utf-8")
    names = Answer.__dataclass_fields__
    return tuple(
        Answer(**{name: entry[name] for name in names}) for entry in json.loads(text)["answers"]
    )


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _texts(line: Mapping[str, str], column: str) -> dict[str, str]:
    return {language: line[f"{column}_{language}"] for language in LANGUAGES}


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _period(text: str) -> Period | None:
    return Period.parse(text) if text else None
