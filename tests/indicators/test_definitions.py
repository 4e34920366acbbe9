"""Walk over everything that ships: every definition is complete and its example computes."""

from __future__ import annotations

import re

import pytest

from indicators import codelists
from indicators.catalog import load_catalogue
from indicators.compute.examples import check_example, example_value
from indicators.compute.explain import explain
from indicators.compute.indicator import required
from indicators.compute.task import all_trees
from indicators.formula.tree import CHOSEN_SERIES, parameters
from indicators.model.codes import LANGUAGES, Direction, IndicatorSet, IntervalRule, Kind, Pillar
from indicators.model.definition import Indicator, LocalText, Variable

CATALOGUE = load_catalogue()
INDICATORS = tuple(CATALOGUE.indicators.values())
COMPUTED = tuple(each for each in INDICATORS if CHOSEN_SERIES not in each.inputs)
VARIABLES = tuple(CATALOGUE.variables.values())
PILLARS = {"PRV": Pillar.PREVENTION, "DEM": Pillar.PREVENTION} | {
    **dict.fromkeys(("PRT", "VPA", "RTS"), Pillar.PROTECTION),
    **dict.fromkeys(("PRS", "INT"), Pillar.PROSECUTION),
}
every_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
every_computed = pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.code)
every_variable = pytest.mark.parametrize("variable", VARIABLES, ids=lambda each: each.code)


def test_the_core_set_ships() -> None:
    core = [each for each in INDICATORS if each.set is IndicatorSet.CORE]

    assert len(core) == 45
    assert len(VARIABLES) == 133


@every_computed
def test_the_worked_example_computes(indicator: Indicator) -> None:
    assert check_example(indicator) is None


@every_computed
def test_the_example_is_explained_with_the_same_value(indicator: Indicator) -> None:
    from indicators.compute.examples import (
        AREA,
        PERIOD,
        example_breakdown,
        example_cubes,
        latest,
    )

    found = explain(
        indicator,
        example_cubes(indicator),
        AREA,
        PERIOD,
        example_breakdown(indicator),
        latest=latest(indicator),
    )

    assert found.value == example_value(indicator)
    assert found.words
    assert {cell.variable for cell in found.inputs} <= set(required(indicator))


@every_indicator
def test_every_text_is_there_in_every_language(indicator: Indicator) -> None:
    texts = [indicator.name, indicator.definition, indicator.reason, indicator.cautions]
    texts += [side.text for side in (indicator.numerator, indicator.denominator) if side]

    for text in texts:
        assert_complete(text)


@every_indicator
def test_names_are_labels_and_definitions_are_sentences(indicator: Indicator) -> None:
    for language in LANGUAGES:
        assert not indicator.name.in_language(language).endswith(".")
        assert indicator.definition.in_language(language).endswith(".")
        assert indicator.reason.in_language(language).endswith(".")
        assert indicator.cautions.in_language(language).endswith(".")


@every_indicator
def test_pillar_and_code_agree(indicator: Indicator) -> None:
    group = indicator.code.partition("-")[0]

    assert indicator.pillar is PILLARS.get(group, Pillar.CROSS_CUTTING)


@every_indicator
def test_unit_has_a_text(indicator: Indicator) -> None:
    assert indicator.unit in CATALOGUE.units


@every_indicator
def test_it_serves_the_founding_document(indicator: Indicator) -> None:
    assert indicator.recommendations or indicator.challenges


@every_indicator
def test_parameters_have_a_value_in_the_example(indicator: Indicator) -> None:
    needed = {name for tree in all_trees(indicator) for name in parameters(tree)}

    assert needed <= set(indicator.example.parameters)


@every_indicator
def test_the_broken_down_dimensions_can_come_from_the_main_variable(indicator: Indicator) -> None:
    main = CATALOGUE.variables[required(indicator)[0]]
    carried = {*main.dimensions, *(("CITG",) if "CIT" in main.dimensions else ())}

    for name in indicator.breakdowns:
        if indicator.kind is not Kind.MODEL and not indicator.members:
            assert name.strip("()") in carried | {"REG"}


@every_indicator
def test_survey_shares_have_an_effective_number(indicator: Indicator) -> None:
    is_survey = any(code.startswith("kap_") for code in required(indicator))

    assert (indicator.n_effective is not None) == (is_survey and not indicator.members)


@every_indicator
def test_money_and_ambiguity_have_their_rules(indicator: Indicator) -> None:
    units = {CATALOGUE.variables[code].unit for code in required(indicator)}
    if "money" in units:
        assert indicator.interval is IntervalRule.NONE or indicator.kind is Kind.MODEL
    assert isinstance(indicator.direction, Direction)


@every_variable
def test_variables_are_complete(variable: Variable) -> None:
    assert_complete(variable.name)
    assert_complete(variable.definition)
    assert variable.sources
    assert variable.unit
    assert all(codelists.has_list(dim) for dim in variable.dimensions)


@every_variable
def test_a_part_is_counted_in_the_unit_of_its_whole(variable: Variable) -> None:
    if variable.subset_of is not None:
        assert CATALOGUE.variables[variable.subset_of].unit == variable.unit


def test_units_of_variables_have_texts() -> None:
    lacking = {each.unit for each in VARIABLES} - set(CATALOGUE.units)

    assert lacking <= {"any"}


def test_names_are_unique() -> None:
    for language in LANGUAGES:
        names = [each.name.in_language(language) for each in INDICATORS]
        assert len(set(names)) == len(names)


def assert_complete(text: LocalText) -> None:
    for language in LANGUAGES:
        words = text.in_language(language)
        assert words.strip() == words != ""
        assert not re.search(r"\s{2}|TODO|\?\?", words)


def test_every_input_says_which_kind_of_file_usually_holds_it() -> None:
    catalogue = load_catalogue()
    texts = {code: each.usual_source for code, each in catalogue.variables.items()}

    assert [code for code, text in texts.items() if text is None] == []
    used = {id(text) for text in texts.values()}
    unused = [key for key, text in catalogue.source_files.items() if id(text) not in used]
    assert unused == []
    for text in catalogue.source_files.values():
        assert len({text.en, text.es, text.pt, text.fr}) == 4
        assert not any(getattr(text, language).endswith(".") for language in LANGUAGES)
