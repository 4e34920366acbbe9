"""Three releases of the invented country: sums of each comparison, and the revision planted in them."""

from __future__ import annotations

from itertools import combinations
from statistics import fmean

import pytest

from tests.places import ROOT
from workbench.services import imports, observations
from workbench.services.revisions import Revision, compare_vintages, deliveries
from workbench.services.workspace import Workspace, create

RELEASES = sorted((ROOT / "sample_data/valdoria/vintages").glob("release_*.csv"))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], Revision]:
    """Every comparison of two of the three releases, by their numbers from 0."""
    path = tmp_path_factory.mktemp("releases") / "w.tipw"
    with create(path, area="XVA", fictitious=True) as ws:
        for file in RELEASES:
            imports.accept(ws, file, dataset="releases")
        ids = deliveries(ws, "releases")
        assert len(ids) == 3
        found = {
            (a, b): compare_vintages(ws, ids[a], ids[b]) for a, b in combinations(range(3), 2)
        }
        for revision in found.values():
            list(revision.cells)  # read while the project is open
        return {pair: _kept(revision) for pair, revision in found.items()}


def _kept(revision: Revision) -> Revision:
    from dataclasses import replace

    return replace(revision, cells=tuple(revision.cells))  # type: ignore[arg-type]


def test_every_comparison_closes(released: dict[tuple[int, int], Revision]) -> None:
    for found in released.values():
        assert found.total == found.unchanged + found.changed + found.new + found.gone
        assert len(found.cells) == found.changed + found.new + found.gone
        assert found.total >= 582


def test_the_planted_revision_is_found(released: dict[tuple[int, int], Revision]) -> None:
    whole = [
        cell.percent
        for cell in released[0, 2].cells
        if cell.area == "XVA" and cell.variable == "vic_detected" and cell.percent is not None
    ]

    assert len(whole) == 20
    assert 6.5 <= fmean(whole) <= 8.5


def test_a_correction_keeps_who_why_and_when(ws: Workspace) -> None:
    from indicators.model.period import Period

    imports.accept(ws, RELEASES[0], dataset="releases")
    year = Period.of_year(2020)
    observations.correct(
        ws, variable="vic_detected", area="XVA", period=year, value=760.0, reason="A typing error.",
        author="Ana",
    )  # fmt: skip

    cell = observations.source(ws, variable="vic_detected", area="XVA", period=year)

    assert (cell.observation.value, cell.mode, cell.made_by) == (760, "correction", "Ana")
    assert cell.note == "A typing error."
    assert [row.value for row in cell.corrections] == [752]
    assert cell.imported_at
