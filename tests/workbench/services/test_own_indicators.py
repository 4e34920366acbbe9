"""Indicators that a person defines in a form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indicators.catalog import load_catalogue, load_pack
from indicators.catalog.writing import indicator_block, replaced, variable_block
from indicators.errors import DefinitionError
from indicators.model.codes import Direction, IntervalRule, Kind, Pillar
from tests.indicators.test_catalog import GOOD, VARIABLE
from tests.workbench.deliveries import cells, deliver
from workbench import i18n
from workbench.errors import WorkbenchError
from workbench.services import indicators, own_indicators, packs
from workbench.services.history import content_digest, redo, undo
from workbench.services.own_indicators import OwnIndicator
from workbench.services.workspace import Workspace

SHARE = OwnIndicator(
    name="Assisted by police",
    numerator="vic_assisted",
    denominator="vic_detected",
    direction=Direction.UP,
    pillar=Pillar.PROTECTION,
    breakdowns=("SEX",),
)


def test_a_form_becomes_an_indicator_that_is_computed(ws: Workspace, tmp_path: Path) -> None:
    deliver(
        ws,
        [
            *cells([30, 40], variable="vic_assisted", area="XVA"),
            *cells([60, 50], variable="vic_detected", area="XVA"),
        ],
        tmp_path,
    )

    change, made = packs.add_own_indicator(ws, SHARE, by="Ana")

    assert (change.action, change.data["code"]) == ("add_own_indicator", "N-ASSISTED-BY-POLICE")
    assert change.text.format(**change.data) == ("Added the own indicator “N-ASSISTED-BY-POLICE”")
    assert made == packs.catalogue(ws).indicators["N-ASSISTED-BY-POLICE"]
    assert (made.unit, made.per, made.interval) == ("%", 100.0, IntervalRule.WILSON)
    (series,) = indicators.compute(ws, [made.code])
    assert [value.value for value in series.values] == [50.0, 80.0]
    assert series.values[0].low is not None


def test_adding_editing_and_removing_can_be_taken_back(ws: Workspace) -> None:
    empty = content_digest(ws)
    packs.add_own_indicator(ws, replace(SHARE, code="N-A"))
    first = content_digest(ws)
    packs.add_own_indicator(ws, replace(SHARE, code="N-B", kind=Kind.RATIO))
    both = content_digest(ws)

    _change, made = packs.edit_own_indicator(ws, "N-A", replace(SHARE, name="Helped"))
    assert (made.code, made.name.en) == ("N-A", "Helped")
    assert [each.code for each in own_indicators.own_indicators(ws)] == ["N-A", "N-B"]
    undo(ws)
    assert content_digest(ws) == both

    packs.remove_own_indicator(ws, "N-B")
    assert content_digest(ws) == first
    undo(ws)
    assert content_digest(ws) == both
    packs.remove_own_indicator(ws, "N-A")
    packs.remove_own_indicator(ws, "N-B")
    assert content_digest(ws) == empty
    assert packs.installed(ws) == ()
    for _time in range(2):
        undo(ws)
    redo(ws)
    assert [each.code for each in own_indicators.own_indicators(ws)] == ["N-B"]


def test_the_form_shows_what_was_kept(ws: Workspace) -> None:
    form = replace(
        SHARE,
        code="N-C",
        kind=Kind.CHANGE,
        numerator="",
        denominator="",
        formula="vic_detected / mean3(vic_detected@t-1) - 1",
        unit="%",
        per=100.0,
        definition="Growth",
        reason="Asked by parliament",
        cautions="Short series",
        interval=IntervalRule.NONE,
        recommendations=(9,),
    )

    packs.add_own_indicator(ws, form)

    (shown,) = own_indicators.own_indicators(ws)
    assert shown == form
    example = packs.catalogue(ws).indicators["N-C"].example
    assert sorted(example.inputs) == [
        "vic_detected",
        "vic_detected@t-1",
        "vic_detected@t-2",
        "vic_detected@t-3",
    ]


def test_an_input_that_only_the_project_knows_is_defined_with_it(
    ws: Workspace, tmp_path: Path
) -> None:
    deliver(ws, cells([3, 4], variable="n_raids", area="XVA", unit="raids"), tmp_path)
    form = replace(SHARE, code="N-R", kind=Kind.RATIO, numerator="n_raids", unit="raids")

    packs.add_own_indicator(ws, form)
    assert packs.catalogue(ws).variables["n_raids"].unit == "raids"
    assert packs.catalogue(ws).variables["n_raids"].subset_of is None

    packs.edit_own_indicator(ws, "N-R", replace(form, numerator="vic_assisted"))
    assert "n_raids" not in packs.catalogue(ws).variables


def test_a_share_says_that_its_own_input_is_a_part(ws: Workspace, tmp_path: Path) -> None:
    deliver(ws, cells([3, 4], variable="n_seen", area="XVA"), tmp_path)

    packs.add_own_indicator(ws, replace(SHARE, numerator="n_seen"))

    assert packs.catalogue(ws).variables["n_seen"].subset_of == "vic_detected"


@pytest.mark.parametrize(
    ("changes", "field", "words", "column"),
    [
        ({"name": " "}, "name", "“name” is missing", None),
        ({"numerator": "vic_asisted"}, "numerator", "Did you mean “vic_assisted”", 1),
        ({"denominator": "1 + vic_detectd"}, "denominator", "vic_detectd", 5),
        ({"numerator": "vic_assisted **"}, "numerator", "", 15),
        ({"numerator": "pro_persons"}, "numerator", "not declared to be part of", 1),
        ({"numerator": "bud_exec + vic_assisted"}, "numerator", "joins money", 1),
        ({"numerator": "sum9(vic_assisted)"}, "numerator", "no function", 1),
        ({"numerator": f"{'sum5(' * 12}vic_assisted{')' * 12}"}, "numerator", "looks up", 1),
        ({"numerator": "vic_assisted[SEX=Q]"}, "numerator", "no code of the list", 1),
        ({"interval": IntervalRule.POISSON}, "interval", "cannot have the range", None),
        ({"breakdowns": ("SEKS",)}, "breakdowns", "no known dimension", None),
        ({"code": "PRT-04"}, "code", "does not have the right form", None),
    ],
)
def test_faults_name_the_field_of_the_form(
    ws: Workspace, changes: dict[str, object], field: str, words: str, column: int | None
) -> None:
    form = replace(SHARE, **changes)  # type: ignore[arg-type]

    (found,) = own_indicators.check(ws, form)

    assert words in str(found)
    assert found.data["field"] == field
    assert found.data.get("formula_column") == column
    with pytest.raises(DefinitionError):
        packs.add_own_indicator(ws, form)
    assert packs.installed(ws) == ()


def test_a_code_that_is_taken_is_refused_and_a_made_one_is_free(ws: Workspace) -> None:
    packs.add_own_indicator(ws, SHARE)

    _change, second = packs.add_own_indicator(ws, SHARE)
    assert second.code == "N-ASSISTED-BY-POLI-2"
    with pytest.raises(DefinitionError, match="already defined"):
        packs.add_own_indicator(ws, replace(SHARE, code=second.code))
    with pytest.raises(DefinitionError, match="already defined"):
        packs.edit_own_indicator(ws, second.code, replace(SHARE, code="N-ASSISTED-BY-POLICE"))
    assert len(own_indicators.own_indicators(ws)) == 2


def test_what_a_form_cannot_define_is_refused(ws: Workspace) -> None:
    with pytest.raises(WorkbenchError, match="cannot be defined in a form"):
        packs.add_own_indicator(ws, replace(SHARE, kind=Kind.MODEL))
    with pytest.raises(WorkbenchError, match="no own indicator"):
        packs.remove_own_indicator(ws, "PRT-04")


def test_translations_that_are_there_stay(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / f"{own_indicators.PACK}.toml"
    path.write_text(f"# kept\n{VARIABLE}\n{GOOD}", encoding="utf-8")
    packs.install(ws, path)
    (form,) = own_indicators.own_indicators(ws)

    with i18n.using("es"):
        (spanish,) = own_indicators.own_indicators(ws)
        assert spanish.name == "B"
        _change, made = packs.edit_own_indicator(ws, "N-T01", replace(spanish, name="Nuevo"))

    assert (form.name, made.name.en, made.name.es, made.name.fr) == ("A", "A", "Nuevo", "D")
    assert packs.pack_text(ws, own_indicators.PACK).startswith("# kept")
    assert "n_raids" in packs.catalogue(ws).variables


def test_a_pack_that_builds_on_one_with_a_later_name_is_read_after_it(
    ws: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "zeta.toml").write_text(VARIABLE, encoding="utf-8")
    packs.install(ws, tmp_path / "zeta.toml")

    packs.add_own_indicator(ws, replace(SHARE, kind=Kind.RATIO, numerator="n_raids"))

    assert [each.pack.problems for each in packs.installed(ws)] == [(), ()]
    assert [each.name for each in packs.installed(ws)] == ["own-indicators", "zeta"]


@pytest.mark.parametrize("code", list(load_catalogue().indicators))
def test_every_definition_is_written_as_it_is_read(code: str) -> None:
    entry = replace(load_catalogue().indicators[code], code=f"N-{code}", digest="", members=())

    pack = load_pack(indicator_block(entry), "office.toml")

    assert pack.problems == ()
    assert replace(pack.indicators[entry.code], digest="", members=()) == entry


def test_every_input_is_written_as_it_is_read() -> None:
    for code, entry in load_catalogue().variables.items():
        own = replace(entry, code=f"n_{code}")
        assert load_pack(variable_block(own), "office.toml").variables == {own.code: own}


def test_hostile_words_stay_words(ws: Workspace) -> None:
    name = 'a" }\n[[indicator]]\ncode = "N-X" \\u0041 \x7f\t€'

    _change, made = packs.add_own_indicator(ws, replace(SHARE, name=name))

    assert made.name.fr == name
    assert list(packs.catalogue(ws).indicators)[-1] == made.code


def test_a_block_is_replaced_and_the_rest_stays_as_written() -> None:
    text = f"# one\n{VARIABLE}\n# two\n{GOOD}# three\n"

    assert replaced(text, "indicator", "N-NONE", "") == text
    assert replaced(text, "variable", "n_raids", "X = 1\n").startswith("# one\nX = 1\n")
    assert GOOD in replaced(text, "variable", "n_raids", "X = 1\n")
    assert replaced("", "variable", "n_raids", VARIABLE) == VARIABLE
