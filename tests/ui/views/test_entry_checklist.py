"""A checklist answered in the entry window: by keys, checked, kept as one step, shown again."""

# ruff: noqa: TID251 - tests of widgets

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from indicators.framework import checklists as built_in
from ui.app import Program
from ui.tasks import TaskRunner
from ui.viewmodels.checklist_table import MET, met_of
from ui.viewmodels.entry_checklist import reference_text
from ui.viewmodels.entry_table import FIXED
from ui.viewmodels.wording import time_text
from ui.views.entry_checklist import ChecklistTable
from ui.views.entry_dialog import EntryDialog
from workbench import i18n
from workbench.services import checklists, history, indicators, observations

Settle = Callable[[TaskRunner], None]
SINCE, UNTIL, EVIDENCE, LINK, DAY = (FIXED + at for at in range(1, 6))
LAST = FIXED + 6


def make(program: Program, settle: Settle, qtbot: Any, kind: str) -> EntryDialog:
    dialog = EntryDialog(program.session, program.theme, program.window)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(program.runner)
    dialog.choose_kind(kind)
    settle(program.runner)
    return dialog


@pytest.fixture
def dialog(open_program: Program, settle: Settle, qtbot: Any) -> EntryDialog:
    return make(open_program, settle, qtbot, "law")


def put(dialog: EntryDialog, row: int, *texts: str) -> None:
    model = dialog.answers.model
    for at, text in enumerate(texts):
        model.setData(model.index(row, FIXED + at), text)


def answers(program: Program, checklist: str = "law") -> dict[str, Any]:
    found = checklists.answered(program.session.workspace, checklist)
    return {each.item.code: each.answer for each in found if each.answer is not None}


def test_every_checklist_is_offered_and_has_a_row_for_each_item(dialog: EntryDialog) -> None:
    offered = [dialog.kind.itemData(at) for at in range(dialog.kind.count())]
    law = built_in()[1]

    assert offered == ["", *(each.id for each in built_in())]
    assert dialog.answers.model.rowCount() == len(law.items)
    assert dialog.answers.model.index(0, 0).data() == law.items[0].text.en
    assert dialog.pages.currentIndex() == 1
    assert not dialog.input.isVisible()
    assert not dialog.note.isVisible()


def test_a_reference_that_nobody_read_says_so(dialog: EntryDialog, open_program: Program) -> None:
    items = checklists.answered(open_program.session.workspace)
    texts = {each.item.verified: reference_text(each) for each in items}

    assert texts[False].endswith("(not checked in the text yet)")
    assert all("not checked" not in text for read, text in texts.items() if read)
    first = checklists.answered(open_program.session.workspace, "law")[0]
    assert dialog.answers.model.index(0, 1).data() == reference_text(first)


def test_answers_are_kept_as_one_step_with_author_and_day_and_shown_again(
    dialog: EntryDialog, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    ws = open_program.session.workspace
    before, lines = history.content_digest(ws), len(history.history(ws))
    put(dialog, 0, "y", "2011-03-01", "", "Law 12", "https://example.org", "2011-02-01")
    put(dialog, 1, "no", "", "", "asked in March")
    assert dialog.do.text() == "Keep 2 answers"
    dialog.author.setText("A. Person")
    dialog.do.click()
    settle(open_program.runner)

    kept = answers(open_program)
    first = kept["law_01"]
    assert (first.met, str(first.since), first.until) == (True, "2011-03-01", None)
    assert (first.evidence.text, first.evidence.link) == ("Law 12", "https://example.org")
    assert str(first.evidence.date) == "2011-02-01"
    assert {answer.made_by for answer in kept.values()} == {"A. Person"}
    assert not kept["law_02"].met
    added = history.history(ws)[lines:]
    assert [(line.action, line.by) for line in added] == [("answer_checklist", "A. Person")]

    again = make(open_program, settle, qtbot, "law")
    shown = [again.answers.model.index(0, FIXED + at).data() for at in range(6)]
    assert shown == ["yes", "2011-03-01", "", "Law 12", "https://example.org", "2011-02-01"]
    when = time_text(checklists.answer_times(ws)["law_01"])
    assert again.answers.model.index(0, LAST).data() == f"A. Person, {when}"
    assert not again.do.isEnabled()

    open_program.session.undo()
    settle(open_program.runner)
    assert history.content_digest(ws) == before


def test_a_yes_without_day_or_evidence_stops_and_is_named(dialog: EntryDialog) -> None:
    put(dialog, 2, "yes")
    assert not dialog.do.isEnabled()
    assert "1 answer is not complete" in dialog.problem.heading.text()
    assert dialog.problem.text.text().startswith("3. ")
    assert "the first day or what shows it is missing" in dialog.problem.text.text()

    put(dialog, 2, "yes", "March 2011", "", "Law 12")
    assert "“March 2011” is not a day" in dialog.problem.text.text()
    put(dialog, 2, "perhaps", "2011-03-01", "", "Law 12")
    assert "Write yes or no." in dialog.problem.text.text()
    put(dialog, 2, "", "2011-03-01", "", "Law 12")
    assert "Say whether it is met" in dialog.problem.text.text()
    put(dialog, 2, "no")
    assert "has no first and no last day" in dialog.problem.text.text()
    put(dialog, 2, "yes")
    assert dialog.do.isEnabled()


def test_it_is_answered_with_keys_alone(
    dialog: EntryDialog, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    table = dialog.checklist.table
    table.setFocus()
    table.setCurrentIndex(dialog.answers.model.index(0, FIXED + MET))
    QTest.keyClick(table, Qt.Key.Key_N)
    box = table.findChild(QComboBox)
    assert box is not None
    assert box.currentText() == "no"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Y)
    boxes = [made for made in table.findChildren(QComboBox) if made.isVisible()]
    QTest.keyClick(boxes[-1], Qt.Key.Key_Tab)
    assert table.currentIndex().column() == SINCE
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "2012-01-31")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert dialog.answers.model.merged(0)[MET] == "no"
    assert dialog.answers.model.merged(1)[:2] == ("yes", "2012-01-31")
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.answers.model.merged(1)[:2] == ("yes", "")


def test_nothing_is_kept_when_it_is_cancelled(
    dialog: EntryDialog, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    ws = open_program.session.workspace
    before = history.content_digest(ws), len(history.history(ws))
    put(dialog, 0, "no")

    dialog.choose_kind("rights")
    assert dialog.answers.state.chosen == "law"
    assert "not kept yet" in dialog.problem.heading.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(open_program.runner)

    assert not dialog.isVisible()
    assert (history.content_digest(ws), len(history.history(ws))) == before


def test_an_answer_is_taken_away_by_emptying_it(
    dialog: EntryDialog, open_program: Program, settle: Settle, qtbot: Any
) -> None:
    put(dialog, 0, "no")
    put(dialog, 1, "no")
    dialog.do.click()
    settle(open_program.runner)
    again = make(open_program, settle, qtbot, "law")
    put(again, 0, "")
    again.do.click()
    settle(open_program.runner)

    assert list(answers(open_program)) == ["law_02"]


def test_a_whole_checklist_counts_for_its_indicator_with_its_author(
    open_program: Program, settle: Settle, qtbot: Any
) -> None:
    dialog = make(open_program, settle, qtbot, "rapporteur")
    count = dialog.answers.model.rowCount()
    put(dialog, 0, "yes", "2011-03-01", "", "Law 12")
    assert not dialog.checklist.counts.isEnabled()
    for row in range(1, count):
        put(dialog, row, "no")
    assert dialog.checklist.counts.isEnabled()
    assert "ACC-05" in dialog.checklist.counts.text()
    dialog.checklist.last.setValue(2013)
    dialog.author.setText("A. Person")
    dialog.do.click()
    settle(open_program.runner)

    ws = open_program.session.workspace
    rows = observations.observations(ws, variable="rap_met", dataset="tracker")
    assert {str(row.period): row.value for row in rows} == {"2011": 1, "2012": 1, "2013": 1}
    source = observations.source(
        ws, variable="rap_met", area=rows[0].area, period=rows[0].period, dataset="tracker"
    )
    assert (source.mode, source.made_by) == ("entry", "A. Person")
    computed = indicators.compute(ws, ["ACC-05"], areas=[rows[0].area])
    assert computed
    open_program.session.undo()
    settle(open_program.runner)
    assert observations.observations(ws, variable="rap_met", dataset="tracker") == ()
    assert answers(open_program, "rapporteur") == {}


@pytest.mark.parametrize(
    ("language", "yes", "no"), [("es", "s", "n"), ("pt", "Sim", "nao"), ("fr", "o", "non")]
)
def test_yes_and_no_are_read_in_the_language_of_the_screen(
    language: str, yes: str, no: str
) -> None:
    i18n.use(language)

    assert (met_of(yes), met_of(no), met_of("?"), met_of("")) == (True, False, None, None)


def test_no_head_is_cut(dialog: EntryDialog) -> None:
    i18n.use("es")
    dialog.answers.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 8)
    (table,) = dialog.findChildren(ChecklistTable)
    table.fit()
    head = table.horizontalHeader()

    assert dialog.answers.model.headerData(2, Qt.Orientation.Horizontal) == "Se cumple"
    assert all(head.sectionSize(at) >= head.sectionSizeHint(at) for at in range(head.count()))
