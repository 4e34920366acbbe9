"""The catalogue screen: what is missing, own indicators by form, reading, history of the definition."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from indicators.catalog import load_catalogue
from indicators.model.codes import Kind
from indicators.model.series import Breakdown
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.own_indicator import OwnIndicatorViewModel, marked
from ui.viewmodels.palette import matching
from ui.views.indicator_tabs import MissingList
from ui.views.indicators import MISSING, READING, IndicatorsView
from ui.views.own_indicator_dialog import OwnIndicatorDialog
from workbench.services import history, indicators, packs
from workbench.services.own_indicators import OwnIndicator

Settle = Callable[[TaskRunner], None]
GOOD = {
    "name": "Convicted of those prosecuted",
    "numerator_text": "Persons convicted",
    "numerator": "cnv_persons",
    "denominator_text": "Persons prosecuted",
    "denominator": "pro_persons",
}


@pytest.fixture
def screen(open_program: Program, settle: Settle) -> IndicatorsView:
    open_program.window.show_screen("indicators")
    settle(open_program.runner)
    made = open_program.window.screens["indicators"]
    assert isinstance(made, IndicatorsView)
    return made


def words_of(widget: Any) -> str:
    return "\n".join(
        made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)
    )


def without_data(screen: IndicatorsView) -> str:
    return next(entry.code for entry in screen.viewmodel.state.entries if entry.state == "not")


def test_what_is_missing_stands_in_place_of_the_chart(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    code = without_data(screen)
    screen.viewmodel.choose(code)
    settle(open_program.runner)

    (row,) = [
        row
        for row in indicators.catalogue(open_program.session.workspace)
        if row.indicator.code == code
    ]
    shown = words_of(screen.missing_card)
    assert not screen.chart.isVisible()
    assert screen.missing_card.isVisible()
    for name in row.missing:
        each = load_catalogue().variables[name]
        assert each.name.en in shown
        assert each.definition.en in shown
        assert each.usual_source is not None
        assert each.usual_source.en in shown
        assert name not in shown
    assert "Usually held by:" in shown

    screen.viewmodel.choose("PRS-05")
    settle(open_program.runner)
    assert screen.chart.isVisible()
    assert not screen.missing_card.isVisible()


def test_what_is_missing_can_be_sent_to_the_office(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    screen.viewmodel.choose(without_data(screen))
    settle(open_program.runner)
    screen.missing_card.copy.click()
    text = QApplication.clipboard().text()
    assert text == screen.missing_card.as_text()
    assert text.startswith("What is missing: ")
    assert "Usually found in: " in text


def test_missing_inputs_never_show_as_codes(screen: IndicatorsView) -> None:
    model = screen.list.entries
    tips = [
        model.index(line).data(3)  # ToolTipRole
        for line in range(model.rowCount())
    ]
    codes = load_catalogue().variables
    assert [tip for tip in tips if tip and any(f" {code}" in tip for code in codes)] == []


def test_a_partly_computable_indicator_lists_what_it_lacks_in_a_tab(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    from dataclasses import replace

    from ui.viewmodels.indicator_reading import MissingInput

    lacking = (MissingInput(code="n_x", name="Nights", file="Register of nights"),)
    screen.render(replace(screen.viewmodel.state, missing=lacking))
    assert screen.tabs.isTabVisible(MISSING)
    assert "Register of nights" in words_of(screen.tabs.widget(MISSING).findChild(MissingList))
    screen.render(replace(screen.viewmodel.state, missing=()))
    assert not screen.tabs.isTabVisible(MISSING)


def test_detected_victims_are_read_beside_the_effort(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    assert not screen.tabs.isTabVisible(READING)
    screen.viewmodel.choose("PVL-01")
    settle(open_program.runner)
    assert screen.tabs.isTabVisible(READING)
    lines = screen.viewmodel.state.reading
    assert screen.reading.likely.heading.text() == lines[0]
    assert screen.reading.next.text() == lines[-1]
    assert "PRT-03" in screen.reading.series.text()

    screen.viewmodel.choose("PRS-05")
    settle(open_program.runner)
    assert not screen.tabs.isTabVisible(READING)


def test_the_history_of_the_definition_lists_breaks_of_its_inputs(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    screen.viewmodel.choose("PVL-01")
    settle(open_program.runner)
    changes = screen.viewmodel.state.changes
    assert [change.when for change in changes] == sorted(change.when for change in changes)
    assert any("forced criminality" in change.text for change in changes)
    assert all("vic_" not in change.inputs for change in changes)
    assert screen.changes.table.table.rowCount() == len(changes)


def test_without_a_project_the_screen_says_how_to_begin(program: Program, settle: Settle) -> None:
    program.window.show_screen("indicators")
    settle(program.runner)
    screen = program.window.screens["indicators"]
    assert isinstance(screen, IndicatorsView)
    total = str(len(screen.viewmodel.state.entries))
    assert screen.right.currentWidget() is screen.empty
    assert total in screen.empty.words.text()
    assert screen.empty.button.text() == "Open the sample country"
    assert not screen.add.isEnabled()

    screen.viewmodel.choose("PRS-05")
    settle(program.runner)
    assert screen.right.currentWidget() is not screen.empty


def test_an_empty_project_says_how_many_can_be_computed(
    program: Program, settle: Settle, tmp_path: Path
) -> None:
    program.session.new_project(tmp_path / "new.tipw", area="MEX", title="New", country_format="")
    settle(program.runner)
    program.window.show_screen("indicators")
    settle(program.runner)
    screen = program.window.screens["indicators"]
    assert isinstance(screen, IndicatorsView)
    assert screen.right.currentWidget() is screen.empty
    assert screen.empty.words.text().startswith("Choose an indicator. 0 of ")
    assert screen.empty.button.text() == "Import a file…"


def test_one_group_of_persons_is_shown_with_its_formula(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    everybody = screen.viewmodel.state.formula
    open_program.session.choose_cut("SEX=F")
    settle(open_program.runner)
    women = screen.viewmodel.state.formula
    assert women.numbers
    assert women != everybody
    series = indicators.compute(
        open_program.session.workspace, ["PRS-05"], breakdowns=[Breakdown.parse("SEX=F")]
    )[0]
    assert screen.viewmodel.state.chart is not None
    assert len(screen.viewmodel.state.chart.points[0].points) == len(
        [value for value in series.values if value.value is not None]
    )
    screen.viewmodel.choose("ACC-01")
    settle(open_program.runner)
    assert screen.viewmodel.state.chart is None
    assert "group" in screen.viewmodel.state.refusal


# own indicators --------------------------------------------------------------------------------


def opened_form(program: Program, screen: IndicatorsView, settle: Settle) -> OwnIndicatorDialog:
    screen.add.click()
    settle(program.runner)
    (dialog,) = screen.findChildren(OwnIndicatorDialog)
    return dialog


def type_in(dialog: OwnIndicatorDialog, **fields: str) -> None:
    for name, text in fields.items():
        field = dialog.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)
        field.textEdited.emit(text)


def checked(program: Program, dialog: OwnIndicatorDialog, settle: Settle) -> None:
    dialog.viewmodel.check()
    settle(program.runner)


def test_an_own_indicator_is_made_in_a_form_and_undone(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    dialog = opened_form(open_program, screen, settle)
    assert not dialog.do.isEnabled()
    type_in(dialog, **GOOD)
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.RATIO.value))
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    checked(open_program, dialog, settle)
    assert dialog.told.isHidden()

    dialog.do.click()
    settle(open_program.runner)

    state = screen.viewmodel.state
    assert (state.chosen, state.is_own) == ("N-CONVICTED-OF-THOSE", True)
    assert state.chart is not None
    # inputs are named, never coded
    assert "Persons convicted" in state.formula.words
    assert screen.change.isVisible()
    open_program.session.undo()
    settle(open_program.runner)
    assert "N-CONVICTED-OF-THOSE" not in {entry.code for entry in screen.viewmodel.state.entries}


@pytest.mark.parametrize("lacking", list(GOOD))
def test_every_side_must_be_told(
    open_program: Program, screen: IndicatorsView, settle: Settle, lacking: str
) -> None:
    dialog = opened_form(open_program, screen, settle)
    type_in(dialog, **{**GOOD, lacking: ""})
    checked(open_program, dialog, settle)
    assert not dialog.do.isEnabled()
    assert dialog.viewmodel.state.field == lacking
    assert dialog.told.heading.text()
    dialog.reject()


def test_a_formula_that_cannot_be_read_shows_the_place(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    dialog = opened_form(open_program, screen, settle)
    type_in(dialog, **{**GOOD, "numerator": "cnv_persons +* 2"})
    checked(open_program, dialog, settle)
    assert dialog.place.text() == "Here: cnv_persons +▸* 2"
    assert dialog.viewmodel.state.field == "numerator"
    assert not dialog.do.isEnabled()

    type_in(dialog, numerator="cnv_person")
    checked(open_program, dialog, settle)
    assert "cnv_persons" in dialog.told.text.text()
    dialog.reject()


def test_a_change_has_one_formula(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    dialog = opened_form(open_program, screen, settle)
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.CHANGE.value))
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    assert dialog.whole.isVisible()
    assert not dialog.sides.isVisible()
    type_in(dialog, name="More", formula="cnv_persons - cnv_persons@t-1", unit="persons")
    checked(open_program, dialog, settle)
    assert dialog.do.isEnabled()
    dialog.reject()


def test_inputs_are_put_into_the_formula_by_name(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    dialog = opened_form(open_program, screen, settle)
    texts = [dialog.inputs.itemText(index) for index in range(dialog.inputs.count())]
    assert "Persons convicted (cnv_persons)" in texts
    dialog.inputs.setCurrentIndex(dialog.inputs.findData("cnv_persons"))
    dialog.inputs.activated.emit(dialog.inputs.currentIndex())
    assert dialog.viewmodel.state.form.numerator == "cnv_persons"
    dialog.reject()


def test_an_own_indicator_is_changed_and_removed(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    ws = open_program.session.workspace
    form = OwnIndicator(kind=Kind.RATIO, code="N-A", **GOOD)  # type: ignore[arg-type]
    change, _made = packs.add_own_indicator(ws, form)
    screen.viewmodel.expect("N-A")
    open_program.session.wrote(change)
    settle(open_program.runner)
    screen.change.click()
    settle(open_program.runner)
    (dialog,) = screen.findChildren(OwnIndicatorDialog)
    name = dialog.fields["name"]
    assert isinstance(name, QLineEdit)
    assert name.text() == GOOD["name"]
    type_in(dialog, name="Another name")
    checked(open_program, dialog, settle)
    dialog.do.click()
    settle(open_program.runner)
    assert packs.catalogue(ws).indicators["N-A"].name.en == "Another name"

    screen.remove.click()
    settle(open_program.runner)
    assert "N-A" not in packs.catalogue(ws).indicators
    assert screen.viewmodel.state.chosen != "N-A"


def test_the_place_of_a_fault() -> None:
    assert marked("a +* b", 4) == "Here: a +▸* b"
    assert marked("a", 99) == "Here: a▸"
    assert marked("", 1) == ""
    assert marked("a", None) == ""


def test_own_indicators_are_reached_by_the_search(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    ws = open_program.session.workspace
    packs.add_own_indicator(ws, OwnIndicator(kind=Kind.RATIO, code="N-A", **GOOD))  # type: ignore[arg-type]
    entries = open_program.commands.reach._palette_entries()
    assert "N-A" in [entry.key for entry in matching("convicted of those prosecuted", entries)]


def test_checking_a_form_writes_nothing(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    ws = open_program.session.workspace
    before = len(history.history(ws))
    view = OwnIndicatorViewModel(screen.viewmodel)
    view.fill(**{**GOOD, "kind": Kind.RATIO})
    view.check()
    settle(open_program.runner)
    assert view.state.may_be_kept
    assert len(history.history(ws)) == before


def test_inputs_of_a_pack_have_names_in_formula_and_source(
    open_program: Program, screen: IndicatorsView, settle: Settle
) -> None:
    ws = open_program.session.workspace
    held = indicators.available_variables(ws)
    known = packs.catalogue(ws).variables
    codes = [code for code in known if code.startswith("n_") and code in held][:2]
    form = OwnIndicator(
        name="Two of ours",
        kind=Kind.RATIO,
        numerator=codes[0],
        denominator=codes[1],
        numerator_text="Above",
        denominator_text="Below",
    )
    change, made = packs.add_own_indicator(ws, form)
    screen.viewmodel.expect(made.code)
    open_program.session.wrote(change)
    settle(open_program.runner)
    assert screen.viewmodel.state.chart is not None
    screen.viewmodel.choose_period(screen.viewmodel.state.period)
    settle(open_program.runner)
    shown = words_of(open_program.commands.ensure_dock())
    for code in codes:
        assert code not in screen.viewmodel.state.formula.words

        assert known[code].name.en in shown
