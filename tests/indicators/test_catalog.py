"""Loading definitions: obligatory fields, places of faults, packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.catalog import Catalogue, Pack, load_catalogue, load_pack
from indicators.catalog.places import blocks, of_key
from indicators.errors import DefinitionError
from indicators.model.codes import IntervalRule, Kind
from tests.places import SHARED

TEXTS = '{ en = "A", es = "B", pt = "C", fr = "D" }'
GOOD = f"""\
[[indicator]]
code = "N-T01"
name = {TEXTS}
definition = {TEXTS}
pillar = "PRS"
type = "O"
kind = "SHARE"
unit = "%"
set = "ext"
direction = "CTX"
reason = {TEXTS}
cautions = {TEXTS}
numerator = {{ of = "vic_assisted", en = "A", es = "B", pt = "C", fr = "D" }}
denominator = {{ of = "vic_detected", en = "A", es = "B", pt = "C", fr = "D" }}
interval = "wilson"
time = "same year"
breakdowns = ["SEX", "(AGE)"]
recommendations = [2]
example = {{ inputs = {{ vic_assisted = 60, vic_detected = 80 }}, value = 75.0 }}
"""
VARIABLE = f"""\
[[variable]]
code = "n_raids"
name = {TEXTS}
definition = {TEXTS}
unit = "raids"
sources = ["POL"]
dimensions = ["REG"]
"""


def pack(text: str) -> Pack:
    return load_pack(text, "office.toml")


def problem(text: str) -> DefinitionError:
    """The one problem of a pack."""
    (found,) = pack(text).problems
    return found


def place(error: DefinitionError) -> tuple[object, object]:
    return error.data["line"], error.data["column"]


def test_a_complete_block_loads_with_sensible_defaults() -> None:
    loaded = pack(GOOD)

    indicator = loaded.indicators["N-T01"]
    assert loaded.problems == ()
    assert (indicator.kind, indicator.interval) == (Kind.SHARE, IntervalRule.WILSON)
    assert (indicator.per, indicator.minimum_denominator) == (100.0, 20)
    assert indicator.numerator is not None
    assert indicator.numerator.text.fr == "D"
    assert len(indicator.digest) == 64


def test_a_changed_block_has_another_digest_and_a_moved_one_the_same() -> None:
    def digest(text: str) -> str:
        return pack(text).indicators["N-T01"].digest

    assert digest(GOOD) == digest(f"# a remark\n\n{GOOD}")
    assert digest(GOOD) != digest(GOOD.replace('set = "ext"', 'set = "core"'))


@pytest.mark.parametrize(
    "field",
    [
        *("code", "name", "definition", "pillar", "type", "kind", "unit", "set", "direction"),
        *("reason", "numerator", "denominator", "interval", "time", "example"),
    ],
)
def test_every_obligatory_field_is_asked_for(field: str) -> None:
    without = "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{field} ="))

    found = problem(f"\n\n{without}")

    assert f"the field “{field}” is missing" in str(found)
    assert place(found) == (3, 1)
    assert "office.toml" in str(found)


WRONG = {
    "unknown field": ('set = "ext"', 'sett = "ext"', "Did you mean “set”", 9),
    "wrong pillar": ('"PRS"', '"PRZ"', "is no value of “pillar”", 5),
    "wrong kind": ('"SHARE"', '"SHAER"', "Did you mean “SHARE”", 7),
    "text in three languages": (', fr = "D" }\ndefinition', " }\ndefinition", "language “fr”", 3),
    "empty text": (
        'en = "A", es = "B", pt = "C", fr = "D" }\ndefinition',
        'en = " ", es = "B", pt = "C", fr = "D" }\ndefinition',
        "language “en”",
        3,
    ),
    "fifth language": (
        'fr = "D" }\ndefinition',
        'fr = "D", de = "E" }\ndefinition',
        "“de” is not known",
        3,
    ),
    "text without languages": (f"reason = {TEXTS}", 'reason = "A"', "texts in four languages", 11),
    "no formula in a side": ('of = "vic_assisted", ', "", "needs a formula “of”", 13),
    "unknown variable": ('"vic_assisted"', '"vic_asisted"', "Did you mean “vic_assisted”", 13),
    "not a part": ('"vic_assisted"', '"pro_persons"', "not declared to be part of", 13),
    "range that the kind lacks": ('"wilson"', '"poisson"', "cannot have the range “poisson”", 15),
    "unknown dimension": ('"SEX", ', '"SEKS", ', "“SEKS” is no known dimension", 17),
    "recommendation eleven": ("[2]", "[11]", "numbers from 1 to 10", 18),
    "recommendation as text": ("[2]", '["2"]', "numbers from 1 to 10", 18),
    "example without inputs": ("inputs = {", "inptus = {", "needs “inputs”", 19),
    "example in words": ("60,", '"60",', "must hold numbers", 19),
    "wrong example": ("75.0", "0.75", "gives 75.0 and not 0.75", 19),
    "built-in code": ("N-T01", "PRT-04", "does not have the right form", 2),
    "lower-case code": ("N-T01", "n-t01", "does not have the right form", 2),
    "formula in a share": (
        'set = "ext"',
        'set = "ext"\nformula = "vic_detected"',
        "has no “formula”",
        10,
    ),
    "example without end": ("75.0", "inf", "must hold numbers", 19),
    "per below zero": ('set = "ext"', 'set = "ext"\nper = -1', "above zero", 10),
    "per that is no number": ('set = "ext"', 'set = "ext"\nper = nan', "above zero", 10),
    "minimum in words": (
        'set = "ext"',
        'set = "ext"\nminimum_denominator = "20"',
        "whole number",
        10,
    ),
}


@pytest.mark.parametrize(("old", "new", "words", "line"), WRONG.values(), ids=WRONG.keys())
def test_faults_are_named_with_their_line(old: str, new: str, words: str, line: int) -> None:
    assert GOOD.count(old) >= 1

    found = problem(GOOD.replace(old, new, 1))

    assert words in str(found)
    assert place(found)[0] == line
    assert "N-T01" in str(found) or found.data["subject"] != "N-T01"


def test_a_formula_fault_has_the_column_inside_the_line() -> None:
    found = problem(GOOD.replace("vic_assisted", "vic_assisted ** 2", 1))

    line, column = place(found)
    text = GOOD.replace("vic_assisted", "vic_assisted ** 2", 1).splitlines()[int(str(line)) - 1]
    assert text[int(str(column)) - 1 :].startswith("* 2")


def test_a_calculator_that_is_not_built_is_refused() -> None:
    text = (
        GOOD.replace('"SHARE"', '"INDEX"')
        .replace('"wilson"', '"none"')
        .replace(
            'numerator = { of = "vic_assisted", en = "A", es = "B", pt = "C", fr = "D" }',
            'calculator = "pilar_profile"',
        )
        .replace(
            'denominator = { of = "vic_detected", en = "A", es = "B", pt = "C", fr = "D" }',
            'inputs = ["vic_assisted", "vic_detected"]',
        )
    )

    assert "no calculator “pilar_profile”" in str(problem(text))


def test_a_calculator_of_another_kind_is_refused() -> None:
    text = (
        GOOD.replace('"SHARE"', '"MEDIAN"')
        .replace('"wilson"', '"none"')
        .replace(
            'numerator = { of = "vic_assisted", en = "A", es = "B", pt = "C", fr = "D" }',
            'calculator = "level"',
        )
        .replace(
            'denominator = { of = "vic_detected", en = "A", es = "B", pt = "C", fr = "D" }',
            'inputs = ["vic_assisted"]',
        )
    )

    assert "makes SCORE" in str(problem(text))


def test_a_bad_block_is_listed_and_the_rest_still_loads() -> None:
    other = GOOD.replace("N-T01", "N-T02").replace("vic_assisted", "vic_asisted", 1)

    loaded = pack(f"{VARIABLE}\n{GOOD}\n{other}\n{GOOD.replace('N-T01', 'N-T03')}")

    assert list(loaded.variables) == ["n_raids"]
    assert list(loaded.indicators) == ["N-T01", "N-T03"]
    (found,) = loaded.problems
    assert found.data["subject"] == "N-T02"
    with pytest.raises(DefinitionError, match="vic_asisted"):
        loaded.check()


def test_problems_come_in_the_order_of_the_file() -> None:
    text = f"{GOOD.replace('PRS', 'PRZ')}\n{VARIABLE.replace('n_raids', 'raids')}\nextra = 1\n"

    lines = [int(str(error.data["line"])) for error in pack(text).problems]

    assert lines == sorted(lines)
    assert len(lines) == 2


def test_an_indicator_may_use_the_variables_of_its_pack() -> None:
    text = VARIABLE + GOOD.replace('"SHARE"', '"RATIO"').replace('"wilson"', '"none"').replace(
        "vic_assisted", "n_raids"
    ).replace('unit = "%"', 'unit = "raids per victim"').replace("75.0", "0.75")

    loaded = pack(text)

    assert loaded.problems == ()
    assert loaded.indicators["N-T01"].per == 1.0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"n_raids"', '"raids"', "does not have the right form"),
        ('"POL"', '"POLICE"', "“POLICE” is no code"),
        ('["REG"]', '["REGION"]', "no known dimension"),
        ('unit = "raids"', "unit = 5", "“unit” must be a text"),
        ('unit = "raids"', 'unit = "raids"\nsubset_of = "zzz"', "“zzz”, which does not exist"),
        ('unit = "raids"', 'unit = "raids"\nsubset_of = "n_raids"', "is part of itself"),
        ('unit = "raids"', 'unit = "raids"\ndetection = "yes"', "must be true or false"),
    ],
)
def test_faults_of_variables(old: str, new: str, words: str) -> None:
    found = problem(VARIABLE.replace(old, new, 1))

    assert words in str(found)
    assert int(str(found.data["line"])) > 1


def test_nothing_is_defined_twice() -> None:
    again = pack(f"{GOOD}\n{GOOD}")

    assert "already defined" in str(again.problems[0])
    assert again.problems[0].data["line"] == GOOD.count("\n") + 3


def test_a_pack_may_switch_built_in_indicators_off_but_only_those_that_exist() -> None:
    loaded = pack('switch_off = ["PRT-04", "PRT-99"]')

    catalogue = load_catalogue().with_pack(loaded)
    assert loaded.switched_off == ("PRT-04",)
    assert "PRT-99" in str(loaded.problems[0])
    assert "PRT-04" not in catalogue.indicators
    assert "PRT-05" in catalogue.indicators


def test_a_pack_is_added_to_the_catalogue() -> None:
    catalogue = load_catalogue().with_pack(pack(VARIABLE + GOOD))

    assert catalogue.indicators["N-T01"].code == "N-T01"
    assert catalogue.sources_of("n_raids") == ("POL",)
    assert catalogue.sources_of("zzz") == ()


def test_keys_outside_of_blocks_are_named() -> None:
    found = problem('titel = "x"\n')

    assert "“titel” is not known" in str(found)
    assert place(found) == (1, 1)


def test_a_byte_order_mark_and_windows_lines_are_no_problem() -> None:
    loaded = pack("\ufeff" + GOOD.replace("\n", "\r\n"))

    assert loaded.problems == ()
    assert place(problem("\ufeff" + GOOD.replace("PRS", "PRZ").replace("\n", "\r\n"))) == (5, 1)


def test_the_namespace_is_national() -> None:
    assert pack('namespace = "N-XV"').problems == ()
    assert "begins with “N-”" in str(problem('namespace = "PRT"'))


def test_an_indicator_that_is_no_list_is_refused() -> None:
    assert "[[indicator]]" in str(problem("[indicator]\ncode = 'N-T01'\n"))


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = [1, 2\n", 2), ('code = "x\n', 1), ("= 3", 1), ("a = 1\na = 2\n", 2)],
)
def test_what_is_not_toml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DefinitionError, match="not valid TOML") as caught:
        pack(text)

    assert caught.value.data["line"] == line
    assert caught.value.data["pack"] == "office.toml"


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{b=" * 50_000])
def test_endless_nesting_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        pack(text)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(DefinitionError, match="more than 5000000"):
        pack("#" * 5_000_001)


# places


def test_headers_inside_long_texts_are_no_blocks() -> None:
    text = 'a = """\n[[indicator]]\n"""\n[[indicator]]\ncode = 1\n'

    assert [block.line for block in blocks(text)] == [4]


def test_places_of_fields_and_keys() -> None:
    text = 'x = 1\n\n[[unit]]\nkey = "a"\n  text = "b"\n[[unit]]\nkey = "c"\n'
    first, second = blocks(text)

    assert (first.of_field("text"), second.of_field("key")) == ((5, 3), (7, 1))
    assert second.of_field("text") == (6, 1)
    assert of_key(text, "x") == (1, 1)
    assert of_key(text, "unit") == (3, 1)


# hostile definitions


HOSTILE = (SHARED or Path("absent")) / "reference" / "hostile"


@pytest.mark.skipif(SHARED is None, reason="the hostile files are not beside the repository")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("depth", "deeper than 20 levels"),
        ("method", "“.” is not expected"),
        ("names", "“'” is not expected"),
        ("power", "“*” is not expected"),
    ],
)
def test_hostile_definitions_are_refused_with_file_line_and_column(name: str, words: str) -> None:
    path = HOSTILE / f"definition_{name}.toml"

    loaded = load_pack(path.read_text(encoding="utf-8"), path.name)

    (found,) = loaded.problems
    assert loaded.indicators == {}
    assert words in str(found)
    assert all(part in str(found) for part in (path.name, "line 13", "column", "N-H01"))


@pytest.mark.skipif(SHARED is None, reason="the hostile files are not beside the repository")
def test_the_harmless_twin_of_the_hostile_definitions_loads() -> None:
    path = HOSTILE / "definition_zero.toml"

    loaded = load_pack(path.read_text(encoding="utf-8"), path.name)

    assert loaded.problems == ()
    assert list(loaded.indicators) == ["N-H01"]


def test_a_pack_can_build_on_another_catalogue() -> None:
    empty = Catalogue(variables={}, indicators={}, units={})

    (found,) = load_pack(GOOD, "office.toml", base=empty).problems

    assert "no variable “vic_assisted”" in str(found)


# kinds of files


def test_a_pack_tells_the_usual_file_in_words_or_by_a_built_in_key() -> None:
    told = pack(VARIABLE + f"usual_source = {TEXTS}\n").variables["n_raids"].usual_source
    named = pack(VARIABLE + 'usual_source = "budget"\n').variables["n_raids"].usual_source

    assert told is not None
    assert told.es == "B"
    assert named is load_catalogue().source_files["budget"]
    assert pack(VARIABLE).variables["n_raids"].usual_source is None


@pytest.mark.parametrize(
    ("stated", "words"),
    [('"bugdet"', "no kind of file “bugdet”"), ("5", "four languages"), ('{ en = "A" }', "“es”")],
)
def test_a_usual_file_that_does_not_exist_is_named_with_its_line(stated: str, words: str) -> None:
    found = problem(VARIABLE + f"usual_source = {stated}\n")

    assert words in str(found)
    assert place(found)[0] == 8


def test_a_source_outside_of_the_list_is_refused() -> None:
    assert "“CSO” is no code of the list SRC" in str(problem(VARIABLE.replace("POL", "CSO")))


def test_kinds_of_files_belong_to_the_catalogue_alone() -> None:
    assert "“source_file” is not known" in str(
        problem(f'[[source_file]]\nkey = "x"\ntext = {TEXTS}')
    )
