"""Every line of the history gives the command that does it again, or says why there is none."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from indicators.framework import checklists
from indicators.model.codes import Flags, Pillar, Status
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from indicators.model.series import Breakdown
from tests.indicators.test_catalog import GOOD, VARIABLE
from tests.places import ROOT
from workbench.cli.main import main
from workbench.services import (
    adding_up,
    commitments,
    entry,
    events,
    findings,
    history,
    history_commands,
    imports,
    inventory,
    notes,
    observations,
    own_indicators,
    packs,
    revisions,
    tracker,
    workspace,
)
from workbench.services.boundaries import import_boundaries
from workbench.services.checklists import answer_items
from workbench.services.commitments import ChecklistAnswer, Commitment, CommitmentKind, Evidence
from workbench.services.history_values import PURGED
from workbench.services.rows import AreaRow
from workbench.services.workspace import Workspace

LAW = Intervention(
    id="law_2011", name={"en": "Law, “of” 2011", "es": "Ley de 2011"}, kind="law",
    start=Period.of_year(2011), end=Period.of_year(2019), pillar=Pillar.PREVENTION,
    recommendations=(1, 4), delay=1, document="Gazette 5, p. 3; it's long", variables=("inv_opened",),
)  # fmt: skip
MOVED = SeriesBreak(
    id="b1", start=Period.parse("2015-03"), text={"es": "Nueva definición", "en": "New"},
    kind="counting", variables=("vic_detected",), areas=("XV-01",),
)  # fmt: skip
ASKED = Commitment(
    id="greta_1", kind=CommitmentKind.RECOMMENDATION, instrument="GRETA", title={"es": "Formar"},
    due=date(2021, 6, 30), pillar=Pillar.PREVENTION, made_by="Ana",
)  # fmt: skip
REPORT = Commitment(
    id="glotip", kind=CommitmentKind.REPORT, instrument="GLOTIP", title={"en": "Questionnaire"},
    due=date(2022, 5, 31), done=date(2022, 5, 30),
)  # fmt: skip
SHOWN = Evidence(
    text='Law 12, art. 3\n"in force"', link="https://example.org/4", date=date(2022, 1, 5)
)
SEX = {code: Breakdown.of(SEX=code) for code in ("F", "M")}


def files(folder: Path) -> dict[str, Path]:
    """The files that the history imports; their names are awkward on purpose."""
    odd = folder / "police, it's 2020.csv"
    odd.write_text(
        "area;anio;victimas\nXV-01;2019;1.200\nXV-01;2020;1.300\nXV-02;2020;7\n", encoding="utf-8"
    )
    later = folder / "later.csv"
    later.write_text("area;anio;victimas\nXV-01;2020;1.350\nXV-01;2021;9\n", encoding="utf-8")
    long = folder / "long.csv"
    long.write_text(
        "variable,area,period,value\nvic_detected,XVA,2020,12\nvic_assisted,XVA,2020,5\n"
    )
    pack = folder / "My office.toml"
    pack.write_text(VARIABLE + GOOD, encoding="utf-8")
    land = folder / "land.geojson"
    square = [[[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]]
    feature = {"type": "Feature", "properties": {"code": "XV-01", "name": "Norte"},
               "geometry": {"type": "Polygon", "coordinates": square}}  # fmt: skip
    land.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return {"odd": odd, "later": later, "long": long, "pack": pack, "land": land}


def import_files(ws: Workspace, given: dict[str, Path]) -> None:
    answers = {"ambiguous_number": "1.234,5"}
    police = partial(imports.accept, dataset="police", variable="vic_detected", answers=answers)
    police(ws, given["odd"], author="Ana")
    police(ws, given["later"], mode="append")
    imports.accept(ws, given["long"], dataset="office")
    import_boundaries(ws, given["land"], by="Ana")
    revisions.publish_revisions(ws, "police", "vic_detected", by="Ana")


def type_values(ws: Workspace) -> None:
    empty = entry.TypedCell(variable="vic_assisted", area="XVA", period=Period.of_year(2021))
    cells = [
        replace(empty, breakdown=SEX["F"], value=12.5),
        replace(empty, breakdown=SEX["M"], low=1, high=4, status=Status.S),
        replace(empty, period=Period.parse("2021-02")),
        replace(empty, area="XV-01", status=Status.X),
        entry.TypedCell(
            variable="n_own", area="XVA", period=Period.of_year(2021), value=1e-7, low=0.0,
            high=1e22, flags=Flags.E | Flags.P, unit="index, base 100",
        ),
    ]  # fmt: skip
    entry.enter(ws, cells, author="Ana", note="Letter of March, page 4")
    entry.enter(ws, [replace(cells[0], value=8.0)], replace=True)
    twenty = replace(cells[0], period=Period.of_year(2018))
    parts = [replace(twenty, value=3.0), replace(twenty, breakdown=SEX["M"], value=4.0)]
    entry.enter(ws, parts, dataset="parts")
    observations.correct(
        ws, variable="vic_assisted", area="XVA", period=Period.of_year(2018), breakdown=SEX["F"],
        value=-0.0 + 6.25, reason="-- typing error", author="Ana", dataset="parts",
    )  # fmt: skip
    adding_up.add_up(ws, "vic_assisted", "SEX", by="Ana")


def keep_registers(ws: Workspace) -> None:
    events.add_event(ws, LAW, by="Ana")
    bare = replace(LAW, name={"en": "Law"}, end=None, pillar=None, recommendations=(), delay=0)
    events.edit_event(ws, replace(bare, document="", variables=(), area="XV-01"))
    events.add_event(ws, replace(LAW, id="plan"))
    events.remove_event(ws, "plan")
    events.add_break(ws, MOVED)
    events.edit_break(ws, replace(MOVED, areas=(), text={"en": "-new"}))
    events.add_break(ws, replace(MOVED, id="b2"))
    events.remove_break(ws, "b2", by="Ana")
    commitments.add_commitment(ws, ASKED, by="Ana")
    commitments.edit_commitment(
        ws, replace(ASKED, status=commitments.Progress.PART, done=date(2021, 7, 1), pillar=None)
    )
    commitments.add_commitment(ws, REPORT)
    commitments.edit_commitment(ws, replace(REPORT, done=None))
    commitments.add_commitment(ws, replace(ASKED, id="gone"))
    commitments.remove_commitment(ws, "gone", by="Ana")


def keep_notes(ws: Workspace) -> None:
    about = notes.NoteAbout(
        dataset="parts", variable="vic_assisted", area="XVA", period=Period.of_year(2020),
        breakdown=SEX["F"],
    )  # fmt: skip
    notes.add_note(ws, "Two lines:\nask the 'office' \"again\"", about, by="Ana")
    notes.add_note(ws, "other", notes.NoteAbout(dataset="police"))
    notes.edit_note(ws, "1", "short", by="Ana")
    notes.remove_note(ws, "2")


def answer(ws: Workspace) -> None:
    met = ChecklistAnswer(item="law_01", met=True, since=date(2011, 1, 1), evidence=SHOWN)
    commitments.answer_item(ws, replace(met, made_by="Ana"), by="Ana")
    commitments.answer_item(ws, ChecklistAnswer(item="rap_01", met=False))
    commitments.withdraw_answer(ws, "rap_01")
    law = checklists()[1]
    rest = [replace(met, item=item.code, until=date(2030, 1, 1)) for item in law.items]
    rest[3] = replace(rest[3], made_by="Eva")
    answer_items(ws, rest, last=2021, by="Ana")
    answer_items(ws, [replace(met, item="law_02", met=False)], withdrawn=["law_01"], by="Ben")
    found = [finding.id for finding in findings.findings(ws)]
    findings.accept(ws, found, reason="as it's published", by="Ana")
    findings.reopen(ws, found)
    findings.put_off(ws, found[:1])


def scripted(folder: Path) -> Workspace:
    """A project whose history holds every kind of step that a command does again."""
    given = files(folder)
    ws = workspace.create(
        folder / "the project.tipw", area="XVA", title="Office's", country_format="es_MX"
    )
    import_files(ws, given)
    type_values(ws)
    keep_registers(ws)
    keep_notes(ws)
    answer(ws)
    packs.install(ws, given["pack"], by="Ana")
    packs.uninstall(ws, "My_office")
    packs.install(ws, given["pack"], name="office")
    workspace.change_settings(ws, title="-Other", threshold=7)
    workspace.change_settings(ws, title="", by="Ana")
    tracker.publish_tracker(ws, last=2022, by="Ana")
    history.undo(ws, by="Ana")
    history.undo(ws)
    history.redo(ws)
    observations.purge(ws, 1)
    return ws


def state(ws: Workspace) -> tuple[object, ...]:
    """Everything the steps decide: content, notes, findings, settings, and what can be undone."""
    rows = history.history(ws)
    return (
        history.content_digest(ws),
        ws.settings,
        [(note.id, note.text, note.about, note.made_by) for note in notes.notes(ws)],
        sorted((f.id, f.answer, f.reason, f.by) for f in findings.findings(ws)),
        [(row.id, row.action, row.text, row.undone, row.undoable) for row in rows],
    )


def test_the_commands_of_a_history_make_the_same_project_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    with scripted(old) as ws:
        before = state(ws)
        said = history_commands.commands(ws)
        authors = [row.by for row in history.history(ws)]
    new.mkdir()
    for file in old.glob("*.*"):
        if file.suffix != ".tipw":
            shutil.copy(file, new)
    monkeypatch.chdir(new)

    gone = [line for line in said.values() if not line.words]
    assert [line.why for line in gone] == [PURGED]
    # the file of the version that was removed for good is imported by hand
    by_hand = ["tip-workbench", "import", "police, it's 2020.csv", "-w", "the project.tipw",
               "--accept", "--answer", "ambiguous_number=1.234,5", "--dataset", "police",
               "--variable", "vic_detected", "--author", "Ana"]  # fmt: skip
    for line in said.values():
        words = shlex.split(line.text) if line.words else by_hand
        assert words[0] == "tip-workbench"
        assert main(words[1:]) == 0, (line.text, capsys.readouterr().err)

    with workspace.open_workspace(new / "the project.tipw") as ws:
        assert state(ws) == before
        made = [row.by for row in history.history(ws)]
    signed = [(was, now) for was, now in zip(authors, made, strict=True) if was != now]
    assert all(was == "" for was, _now in signed)


def test_every_coded_action_has_a_command_or_a_reason() -> None:
    """A new step of the history has to say what its command is."""
    folder = Path(history_commands.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    found = {m for text in texts for m in re.findall(r"\.write\(\s*\"(\w+)\",", text)}
    found |= {m for text in texts for m in re.findall(r"\baction(?:: str)?=\"(\w+)\"", text)}
    tables = {m for text in texts for m in re.findall(r"Register\(\s*table=\"?(\w+)\"?,", text)}
    assert {"import", "correct", "purge", "settings", "install_pack", "add_up"} <= found
    assert {"event", "break", "note", "commitment", "ANSWERS"} == tables
    known = set(history_commands.MAKERS) | set(history_commands.WITHOUT)
    other = {"checks", "entry", "duties", "revisions"}  # steps of the list of what to do next

    assert found - known - other - {"add_own_indicator"} == set()


def test_what_has_no_command_says_why(ws: Workspace) -> None:
    inventory.define_areas(ws, [AreaRow(code="XV-01", parent="XVA", level=1, names={})])
    inventory.define_dataset(ws, "police", publisher="Police")
    form = own_indicators.OwnIndicator(
        name="N", numerator="vic_assisted", denominator="vic_detected"
    )
    packs.add_own_indicator(ws, form)
    workspace.change_settings(ws, area="XVB")

    made = list(history_commands.commands(ws).values())

    assert made[0].words[:2] == ("tip-workbench", "new")
    assert [line.text for line in made[1:]] == [""] * 4
    assert all(line.why.endswith(".") for line in made[1:])


def test_commands_on_an_encrypted_project_name_the_file_of_its_passphrase(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    words = "correct horse battery staple 9"
    with workspace.create(tmp_path / "w.tipw", area="XVA", passphrase=words) as ws:
        line = history_commands.command(ws, 1)

    assert line.words[-2:] == ("--passphrase-file", "passphrase.txt")
    assert words not in line.text


def test_a_line_that_does_not_exist_has_no_command(ws: Workspace) -> None:
    assert history_commands.command(ws, 99).text == ""


def test_the_commands_of_the_sample_country_read_its_files_as_they_were_read(
    sample_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files have every layout and trap: what a recipe does not hold would be missing here."""
    with workspace.open_workspace(sample_project, read_only=True) as ws:
        before = history.content_digest(ws)
        said = history_commands.commands(ws)
    for file in sorted((ROOT / "sample_data" / "valdoria").rglob("*")):
        if file.is_file() and not (tmp_path / file.name).exists():
            shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)

    assert main(["new", sample_project.name, "--area", "XVA"]) == 0
    done = [main(list(line.words[1:])) for line in said.values() if line.words]

    assert set(done) == {0}
    with workspace.open_workspace(tmp_path / sample_project.name, read_only=True) as ws:
        assert history.content_digest(ws) == before
