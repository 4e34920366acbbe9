"""The command on packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_data import valdoria
from tests.indicators.test_catalog import GOOD, VARIABLE
from tests.places import SHARED
from tests.workbench.cli.running import run
from workbench.services.workspace import create

HOSTILE = ("definition_names", "definition_power", "definition_method", "definition_depth")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A closed project."""
    path = tmp_path / "w.tipw"
    create(path, area="XVA").close()
    return path


def test_a_good_pack_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "pack", "check", valdoria.national_pack())

    assert ran.code == 0
    assert "Inputs: 9," in ran.out


def test_every_problem_is_printed_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(VARIABLE.replace("POL", "XXX") + GOOD.replace("n_", "x_"), encoding="utf-8")
    path.write_text(path.read_text().replace('"SHARE"', '"SHAER"'), encoding="utf-8")

    ran = run(capsys, "pack", "check", path)
    as_data = run(capsys, "pack", "check", path, "--json")

    assert ran.code == as_data.code == 1
    assert "office.toml:6:1:" in ran.out
    assert "office.toml:14:1:" in ran.out
    assert "Did you mean “SHARE”?" in ran.out
    assert [each["line"] for each in as_data.data["problems"]] == [6, 14]
    assert as_data.data["problems"][0]["file"] == "office.toml"


def test_a_text_that_is_no_definition_file_is_one_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text("code = ", encoding="utf-8")

    ran = run(capsys, "pack", "check", path)

    assert ran.code == 1
    assert "office.toml" in ran.err
    assert "line 1" in ran.err


@pytest.mark.skipif(SHARED is None, reason="needs the reference material")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formulas_are_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    ran = run(capsys, "pack", "check", SHARED / "reference/hostile" / f"{name}.toml")

    assert ran.code == 1
    assert f"{name}.toml:13:" in ran.out


@pytest.mark.skipif(SHARED is None, reason="needs the reference material")
def test_the_control_of_the_hostile_ones_loads(capsys: pytest.CaptureFixture[str]) -> None:
    assert SHARED is not None
    ran = run(capsys, "pack", "check", SHARED / "reference/hostile/definition_zero.toml", "--json")

    assert ran.code == 0
    assert ran.data["indicators"] == ["N-H01"]
    assert ran.data["problems"] == []


def test_install_list_and_remove(
    capsys: pytest.CaptureFixture[str], project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "office.toml"
    path.write_text(VARIABLE + GOOD.replace('"SHARE"', '"SHAER"'), encoding="utf-8")

    installed = run(capsys, "pack", "install", path, "-w", project)
    assert installed.code == 0
    assert installed.err.startswith("warning: office.toml:14:1:")

    (entry,) = run(capsys, "pack", "list", "-w", project, "--json").data
    assert (entry["name"], entry["variables"]) == ("office", ["n_raids"])
    assert len(entry["sha256"]) == 64
    assert "office" in run(capsys, "pack", "list", "-w", project).out

    assert run(capsys, "pack", "remove", "office", "-w", project).code == 0
    assert run(capsys, "pack", "list", "-w", project, "--json").data == []


def test_what_is_missing_is_asked_for(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert "-w" in run(capsys, "pack", "list").err
    assert "file" in run(capsys, "pack", "install", "-w", project).err


def ratio(numerator: str, *, kind: str = "RATIO", code: str = "N-BAD") -> str:
    """A block with a formula above the line."""
    text = GOOD.replace("N-T01", code).replace('of = "vic_assisted"', f'of = "{numerator}"')
    return (
        text if kind == "SHARE" else text.replace('"SHARE"', '"RATIO"').replace("wilson", "none")
    )


CIRCLE = VARIABLE.replace(
    'unit = "raids"', 'unit = "raids"\nsubset_of = "n_stops"'
) + VARIABLE.replace("n_raids", "n_stops").replace(
    'unit = "raids"', 'unit = "raids"\nsubset_of = "n_raids"'
)
HEAD = 'numerator = { of = "'
FAULTS = {
    "a key without a value": ("code = \n", 1, "not valid TOML"),
    "a circle of parts": (CIRCLE, 6, "is part of itself"),
    "money and persons": (ratio("bud_exec + vic_assisted"), 13, "joins money and count"),
    "days and persons": (ratio("vic_detected - id_days"), 13, "joins count and duration"),
    "not a part of its whole": (ratio("pro_persons", kind="SHARE"), 13, "not declared to be part"),
    "a power": (ratio("vic_detected ** 2"), 13, ""),
    "a name of the language": (ratio("__import__"), 13, ""),
    "an attribute": (ratio("vic_detected.real"), 13, ""),
    "an index": (ratio("vic_detected[0]"), 13, ""),
    "a text": (ratio("'x'"), 13, ""),
    "a call of something else": (ratio("eval(vic_detected)"), 13, "no function “eval”"),
    "a lambda": (ratio("lambda x: x"), 13, ""),
    "two statements": (ratio("vic_detected; vic_assisted"), 13, ""),
    "too deep": (ratio("(" * 60 + "vic_detected" + ")" * 60), 13, ""),
    "too long": (ratio(" + ".join(["vic_detected"] * 120)), 13, ""),
    "too many looks": (ratio("sum5(sum5(sum5(sum5(vic_detected))))"), 13, "looks up more than"),
    "an endless number": (ratio("vic_detected * 1e999"), 13, ""),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_named_with_file_line_and_column_and_the_rest_loads(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "office.toml"
    good = ratio("vic_assisted", kind="SHARE", code="N-FINE")
    path.write_text(f"{text}\n{good}", encoding="utf-8")

    ran = run(capsys, "pack", "check", path, "--json")
    said = run(capsys, "pack", "check", path)

    assert ran.code == said.code == 1
    assert "Traceback" not in said.out + said.err + ran.err
    if line == 1:  # nothing of a file that is no TOML can be used
        assert "office.toml" in said.err
        assert "line 1" in said.err
        return
    problem = ran.data["problems"][0]
    assert (problem["file"], problem["line"]) == ("office.toml", line)
    assert problem["column"] >= (len(HEAD) if line == 13 else 1)
    assert words in f"{problem['title']} {problem['detail']} {problem['hint']}"
    assert f"office.toml:{line}:{problem['column']}:" in said.out
    assert ran.data["indicators"] == ["N-FINE"]
    assert len(ran.data["problems"]) in (1, 2)
