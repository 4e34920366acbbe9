"""The planted errors of the invented country are found, and nothing right is stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from indicators.errors import Severity
from tests.places import ROOT
from workbench.services import findings, imports, observations
from workbench.services.findings import Finding
from workbench.services.workspace import create

VALDORIA = ROOT / "sample_data/valdoria"
FILES = ("police", "prosecution", "courts", "referral_mechanism", "statistics_office")
KEPT = ("variable", "area", "period", "value", "status", "flags")


def totals() -> Iterator[list[str]]:
    """The rows of the yearly deliveries without a breakdown."""
    for name in FILES:
        with (VALDORIA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                cut = [v for k, v in row.items() if k.isupper() and v]
                if not cut and not row.get("unit"):
                    yield [row.get(name, "") for name in KEPT]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    from sample_data import valdoria

    folder = tmp_path_factory.mktemp("sample")
    path = folder / "totals.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([KEPT, *totals()])
    with create(folder / "w.tipw", area="XVA", fictitious=True) as ws:
        rows = [
            observations.AreaRow(
                code=region.code, parent=region.parent, level=region.level, names=region.names
            )
            for region in valdoria.regions()
        ]
        observations.define_areas(ws, rows, by="x")
        imports.accept(ws, path)
        return findings.findings(ws)


def places(found: tuple[Finding, ...], *rules: str) -> set[tuple[object, ...]]:
    return {
        (entry.note.data["variable"], entry.note.data["area"], entry.note.data["period"])
        for entry in found
        if entry.rule in rules
    }


def test_the_mistyped_prosecutions_are_found_twice(found: tuple[Finding, ...]) -> None:
    wrong = ("pro_persons", "XV-08", "2012")

    assert places(found, "part_above_total") == {wrong}
    assert wrong in places(found, "jump")


def test_more_convicted_than_prosecuted_in_two_years_is_found_once(
    found: tuple[Finding, ...],
) -> None:
    assert ("cnv_persons", "XV-05", "2009") in places(found, "convicted_above_prosecuted")
    assert len(places(found, "convicted_above_prosecuted")) <= 2


def test_what_is_right_is_not_stopped(found: tuple[Finding, ...]) -> None:
    assert [entry.note.data for entry in found if entry.level is Severity.STOP] == []
    warned = {
        (entry.note.data["variable"], entry.note.data["area"], entry.note.data["period"])
        for entry in found
        if entry.level is Severity.WARN and entry.rule != "break_not_registered"
    }
    split = {
        (v, "XV-09", "2014") for v in ("pop_total", "vic_detected", "")
    }  # not registered here
    wrong = {
        ("pro_persons", "XV-08", "2012"),
        ("cnv_persons", "XV-05", "2009"),
    }
    assert wrong <= warned
    assert warned - split <= wrong | {("", "XV-14", "2014")}


def test_each_finding_says_a_whole_sentence(found: tuple[Finding, ...]) -> None:
    from workbench.i18n import note_text

    for entry in found:
        text = note_text(entry.note)
        assert text.endswith(".")
        assert "{" not in text
