"""Packs of national offices in a project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indicators.errors import DefinitionError
from sample_data import valdoria
from tests.indicators.test_catalog import GOOD, TEXTS, VARIABLE
from tests.workbench.deliveries import cells, deliver
from workbench.errors import UserFileError, WorkbenchError
from workbench.presenting.naming import variable_name
from workbench.services import analysis, indicators, observations, packs
from workbench.services.history import content_digest, redo, undo
from workbench.services.workspace import Workspace, open_workspace

RATE = f"""
[[indicator]]
code = "N-RAIDS"
name = {TEXTS}
definition = {TEXTS}
pillar = "PRS"
type = "P"
kind = "RATIO"
unit = "raids per victim"
set = "ext"
direction = "UP"
reason = {TEXTS}
numerator = {{ of = "n_raids", en = "A", es = "B", pt = "C", fr = "D" }}
denominator = {{ of = "vic_detected", en = "A", es = "B", pt = "C", fr = "D" }}
interval = "none"
time = "same year"
example = {{ inputs = {{ n_raids = 60, vic_detected = 80 }}, value = 0.75 }}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A pack with a variable, an indicator that uses it, and one switched off."""
    path = tmp_path / "office.toml"
    path.write_text(f'switch_off = ["PRT-04"]\n{VARIABLE}{RATE}', encoding="utf-8")
    return path


def test_an_installed_pack_is_part_of_the_catalogue(ws: Workspace, office: Path) -> None:
    change, pack = packs.install(ws, office, by="Ana")

    whole = packs.catalogue(ws)
    assert (change.action, change.variables) == ("install_pack", ("n_raids",))
    assert change.text.format(**change.data) == "Installed the national pack “office”"
    assert pack.problems == ()
    assert "N-RAIDS" in whole.indicators
    assert "PRT-04" not in whole.indicators
    assert variable_name("n_raids", whole) == "A"
    assert variable_name("n_raids") == "n_raids"
    assert "N-RAIDS" not in packs.catalogue().indicators
    assert indicators.definition("N-RAIDS", ws).unit == "raids per victim"
    assert "PRT-04" not in {entry.indicator.code for entry in indicators.catalogue(ws)}


def test_a_national_indicator_is_computed_and_read_like_any(
    ws: Workspace, office: Path, tmp_path: Path
) -> None:
    packs.install(ws, office)
    deliver(
        ws,
        [
            *cells([30, 40], variable="n_raids", area="XVA", unit="raids"),
            *cells([60, 50], variable="vic_detected", area="XVA"),
        ],
        tmp_path,
    )

    (series,) = indicators.compute(ws, ["N-RAIDS"])
    answer = analysis.trend(ws, "n_raids", "XVA")

    assert [value.value for value in series.values] == [0.5, 0.8]
    assert "N-RAIDS" in indicators.computable(ws)
    assert answer.subject.name.en == "A"  # type: ignore[union-attr]


def test_the_catalogue_is_made_once_and_survives_other_writes(
    ws: Workspace, office: Path, tmp_path: Path
) -> None:
    packs.install(ws, office)
    whole = packs.catalogue(ws)

    deliver(ws, cells([30, 40], variable="n_raids"), tmp_path)

    assert packs.catalogue(ws) is whole
    office.write_text(VARIABLE, encoding="utf-8")
    packs.install(ws, office)
    assert "N-RAIDS" not in packs.catalogue(ws).indicators


def test_install_and_removal_can_be_taken_back(ws: Workspace, office: Path) -> None:
    empty = content_digest(ws)
    packs.install(ws, office)
    full = content_digest(ws)
    packs.uninstall(ws, "office")

    assert content_digest(ws) == empty
    undo(ws)
    assert content_digest(ws) == full
    assert [entry.name for entry in packs.installed(ws)] == ["office"]
    undo(ws)
    assert packs.installed(ws) == ()
    assert packs.catalogue(ws) is packs.catalogue()
    redo(ws)
    assert "N-RAIDS" in packs.catalogue(ws).indicators


def test_text_and_hash_are_kept_in_the_file(ws: Workspace, office: Path) -> None:
    _change, pack = packs.install(ws, office)
    ws.close()
    office.unlink()

    with open_workspace(ws.path) as again:
        (entry,) = packs.installed(again)

    assert entry.sha256 == pack.digest == entry.pack.digest
    assert entry.installed_at


def test_the_good_blocks_of_a_faulty_pack_are_used(ws: Workspace, office: Path) -> None:
    office.write_text(VARIABLE + GOOD.replace('"SHARE"', '"SHAER"'), encoding="utf-8")

    _change, pack = packs.install(ws, office)

    assert [problem.data["line"] for problem in pack.problems] == [14]
    assert "n_raids" in packs.catalogue(ws).variables
    assert [len(entry.pack.problems) for entry in packs.installed(ws)] == [1]


def test_a_pack_of_which_nothing_is_left_is_refused(ws: Workspace, office: Path) -> None:
    for text, kind in (
        (GOOD.replace('"SHARE"', '"SHAER"'), DefinitionError),
        ("", UserFileError),
        ("= 1", DefinitionError),
    ):
        office.write_text(text, encoding="utf-8")
        with pytest.raises(kind):
            packs.install(ws, office)

    assert packs.installed(ws) == ()
    assert ws.any_revision() == 1


def test_two_packs_cannot_define_the_same(ws: Workspace, office: Path, tmp_path: Path) -> None:
    packs.install(ws, office)
    other = tmp_path / "other.toml"
    other.write_text(VARIABLE, encoding="utf-8")

    with pytest.raises(DefinitionError, match="already"):
        packs.install(ws, other)
    packs.install(ws, office)


def test_an_unknown_pack_is_not_removed(ws: Workspace, office: Path) -> None:
    packs.install(ws, office)

    with pytest.raises(WorkbenchError, match="Known: office"):
        packs.uninstall(ws, "police")


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes("# a\u00f1o".encode("latin-1"))
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)

    for path in (latin, pipe, tmp_path, tmp_path / "absent.toml"):
        with pytest.raises(UserFileError, match=path.name):
            packs.check(path)


@pytest.mark.xdist_group("sample")
def test_the_sample_country_has_its_pack(sample_project: Path) -> None:
    with open_workspace(sample_project, read_only=True) as ws:
        assert [entry.name for entry in packs.installed(ws)] == ["valdoria"]
        held = [row.code for row in observations.variables(ws) if row.code.startswith("n_")]
        whole = packs.catalogue(ws)

    assert held
    assert all(variable_name(code, whole) != code for code in held)


def test_the_pack_of_the_sample_country_is_sound(ws: Workspace) -> None:
    _change, pack = packs.install(ws, valdoria.national_pack())

    assert pack.problems == ()
    assert variable_name("n_shelter_places", packs.catalogue(ws)) == "Shelter places"
