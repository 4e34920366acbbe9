"""Events and breaks as rows of their tables."""

from __future__ import annotations

import json

from indicators.model.codes import Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from workbench.store.records import Row
from workbench.store.texts import parsed


def event_row(event: Intervention) -> Row:
    """The row of an event."""
    return {
        "code": event.id,
        "names": _json(dict(event.name)),
        "kind": event.kind,
        "start": event.start.code,
        "end": None if event.end is None else event.end.code,
        "area": event.area,
        "pillar": None if event.pillar is None else event.pillar.value,
        "recommendations": _json(list(event.recommendations)),
        "delay": event.delay,
        "document": event.document,
        "variables": _json(list(event.variables)),
    }


def event_of_row(row: Row) -> Intervention:
    """The event of a row."""
    return Intervention(
        id=str(row["code"]),
        name=parsed(str(row["names"])),
        kind=str(row["kind"]),
        start=Period(int(str(row["start"]))),
        end=None if row["end"] is None else Period(int(str(row["end"]))),
        area=None if row["area"] is None else str(row["area"]),
        pillar=None if row["pillar"] is None else Pillar(row["pillar"]),
        recommendations=tuple(parsed(str(row["recommendations"]))),
        delay=int(str(row["delay"])),
        document=str(row["document"]),
        variables=tuple(parsed(str(row["variables"]))),
    )


def break_row(entry: SeriesBreak) -> Row:
    """The row of a break."""
    return {
        "code": entry.id,
        "start": entry.start.code,
        "texts": _json(dict(entry.text)),
        "kind": entry.kind,
        "variables": _json(list(entry.variables)),
        "areas": _json(list(entry.areas)),
    }


def break_of_row(row: Row) -> SeriesBreak:
    """The break of a row."""
    return SeriesBreak(
        id=str(row["code"]),
        start=Period(int(str(row["start"]))),
        text=parsed(str(row["texts"])),
        kind=str(row["kind"]),
        variables=tuple(parsed(str(row["variables"]))),
        areas=tuple(parsed(str(row["areas"]))),
    )


def variables_of_row(row: Row) -> tuple[str, ...]:
    """Codes of the variables an event or break touches."""
    return tuple(parsed(str(row["variables"])))


def shown_name(row: Row) -> str:
    """What the history calls an event or break: its name in English or any language, else its id."""
    names = parsed(str(row.get("names") or row.get("texts")))
    return str(names.get("en") or next(iter(names.values()), "") or row["code"])


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
