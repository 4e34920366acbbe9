"""Write the invented country: ``python -m sample_data.generate OUT_FOLDER``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sample_data.generator.answers import answers_text
from sample_data.generator.cells import Row
from sample_data.generator.dirty import write_dirty
from sample_data.generator.micro import RELEASES, cases, lists, noisy, releases
from sample_data.generator.office_marks import marked, not_counted
from sample_data.generator.offices import OFFICES, Office
from sample_data.generator.shapes import geojson
from sample_data.generator.tables import Country, country
from sample_data.generator.write import (
    breaks_text,
    csv_text,
    deliveries_text,
    delivery_text,
    events_text,
    regions_text,
    wide_book,
)

FICTIONAL = "Fictional data: no record describes a real person"
WIDE = "labour_inspectorate.xlsx"


def _save(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _deliveries(folder: Path, made: Country) -> None:
    rows = {}
    for office in OFFICES:
        lines = _rows(office, made)
        rows[office.file] = len(lines)
        _save(folder, office.file, delivery_text(lines))
        if office.dataset == "labour_inspectorate":
            wide_book(folder / WIDE, lines, f"{office.names[0]}: yearly tables (fictional data)")
    _save(folder, "deliveries.toml", deliveries_text(rows))


def _rows(office: Office, made: Country) -> list[Row]:
    ledger = made.monthly if office.monthly else made.yearly
    lines = []
    for variable in office.variables:
        own = list(ledger.rows[variable])
        if variable == "vic_detected":
            own += not_counted()
        lines += marked(own, office)
    return lines


def _micro(folder: Path, made: Country, attempts: dict[str, int]) -> None:
    header = ("year", "region", "SEX", "AGE", "CITG", "FORM")
    _save(folder, "cases_2018_2024.csv", csv_text(header, cases(made.register), FICTIONAL))
    listed, attempts["lists_2022"] = lists(made.register)
    header = ("record", "POL", "NGO", "LAB", "SEX", "AGE")
    _save(folder, "lists_2022.csv", csv_text(header, listed, FICTIONAL))
    uneven = [row for own in noisy().rows.values() for row in own]
    _save(folder, "exercises/old_scope_noisy.csv", delivery_text(uneven))
    ledgers, attempts["releases"] = releases(made)
    for name, ledger in zip(RELEASES, ledgers, strict=True):
        lines = [
            row for own in ledger.rows.values() for row in sorted(own, key=lambda row: row.key())
        ]
        _save(folder, f"vintages/release_{name}.csv", delivery_text(lines))


def write_country(folder: Path) -> dict[str, int]:
    """Write every file of the country into a folder.

    Args:
        folder: where to; made when it does not exist.

    Returns:
        The child seed of every table with a truth.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = country()
    attempts = dict(made.attempts)
    _deliveries(folder, made)
    _micro(folder, made, attempts)
    _save(folder, "regions.csv", regions_text())
    _save(folder, "regions.geojson", geojson())
    _save(folder, "events.csv", events_text())
    _save(folder, "breaks.csv", breaks_text())
    _save(folder, "trainer/answers.json", answers_text(attempts))
    write_dirty(folder)
    return attempts


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the folder from the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m sample_data.generate", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder that receives the files")
    folder = parser.parse_args(arguments).folder
    for table, attempt in sorted(write_country(folder).items()):
        sys.stdout.write(f"{table}: child seed {attempt}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
