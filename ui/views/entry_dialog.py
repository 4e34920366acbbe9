"""Type values into a small table, or answer a checklist: see what is wrong, keep it in one step."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from ui import messages
from ui.theme import Theme
from ui.viewmodels.entry import (
    CUTS,
    LAST_YEAR,
    TYPED,
    WHICH_AREAS,
    EntryState,
    EntryViewModel,
)
from ui.viewmodels.entry_checklist import ChecklistState, ChecklistViewModel, checklist_names
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.source import CellRef
from ui.views.choices import NumberBox, plain_picker
from ui.views.entry_checklist import ChecklistPage
from ui.views.entry_table import EntryTable
from ui.views.flow_layout import FlowLayout
from ui.views.widgets import Message, button, card, column, label
from workbench.i18n import _, counted, local, message

SIZE = (1180, 660)
VALUES = ""
"""What is typed when no checklist is."""


class EntryDialog(QDialog):
    """Renders ``EntryState``, and ``ChecklistState`` while a checklist is chosen.

    Args:
        session: the open project.
        theme: the look in force.
        parent: the window.
        cell: the value chosen last, whose table is shown first, or None.
    """

    def __init__(
        self,
        session: SessionViewModel,
        theme: Theme,
        parent: QWidget | None = None,
        cell: object = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_entry")
        self.setWindowTitle(_("Type in values…"))
        self._theme, self._session = theme, session
        self.viewmodel = EntryViewModel(session, self)
        self.answers = ChecklistViewModel(session, self)
        self._warned = False
        layout = column(self, margins=(18, 14, 18, 14), spacing=12)
        layout.addWidget(self._choices())
        self.problem = Message(theme, "stop")
        layout.addWidget(self.problem)
        self.checklist = ChecklistPage(self.answers, theme, session.state.last_year or LAST_YEAR)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._values(theme))
        self.pages.addWidget(self.checklist)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._foot())
        self._fit(parent)
        self.viewmodel.changed.connect(self.render)
        self.viewmodel.model.modelReset.connect(self.table.fit)
        self.answers.changed.connect(self._show_answers)
        for each in (self.viewmodel, self.answers):
            each.failed.connect(lambda problem: messages.show_problem(self, problem))
        chosen = cell if isinstance(cell, CellRef) else None
        if chosen is None:
            self.viewmodel.begin()
        else:
            year = int(chosen.period[:4]) if chosen.period[:4].isdigit() else 0
            self.viewmodel.begin(chosen.variable, chosen.area, year)

    def _fit(self, parent: QWidget | None) -> None:
        width, height = (self._theme.px(side) for side in SIZE)
        if parent is not None:
            room = QRect(parent.window().rect())
            width, height = min(width, room.width() - 40), min(height, room.height() - 20)
        self.resize(width, height)

    def _values(self, theme: Theme) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=12)
        frame = card("entry")
        inside = column(frame, margins=(1, 1, 1, 1))
        self.table = EntryTable(self.viewmodel, theme)
        self.table.setAccessibleName(_("Values to type"))
        inside.addWidget(self.table)
        layout.addWidget(frame, 1)
        self.hint = label("small", wrap=True)
        self.hint.setText(
            _("Type a number, <5, 1-4, .. for no value, or x where it does not apply. "
              "A block copied from a spreadsheet can be pasted with Ctrl+V.")
        )  # fmt: skip
        layout.addWidget(self.hint)
        return page

    def _choices(self) -> QWidget:
        holder = QWidget()
        layout = FlowLayout(holder, spacing=12)
        self.kind = self._kinds()
        self._parts: list[QWidget] = []
        self.input = plain_picker("pick_entry_input")
        self.input.setMinimumContentsLength(22)
        self.area, self.cut = plain_picker("pick_entry_area"), plain_picker("pick_entry_cut")
        self.source = plain_picker("pick_entry_source")
        self.source.activated.connect(lambda: self._choose(dataset=self.source.currentData()))
        self.first, self.last = NumberBox(), NumberBox()
        for spin, name in ((self.first, "spin_entry_first"), (self.last, "spin_entry_last")):
            spin.setObjectName(name)
            spin.setRange(1900, 2199)
            spin.setKeyboardTracking(False)
            spin.setMinimumWidth(self._theme.px(84))
        self.input.activated.connect(lambda: self._choose(variable=self.input.currentData()))
        self.area.activated.connect(lambda: self._choose(area=self.area.currentData()))
        self.cut.activated.connect(lambda: self._choose(cut=self.cut.currentData()))
        self.first.valueChanged.connect(lambda year: self._choose(first=year))
        self.last.valueChanged.connect(lambda year: self._choose(last=year))
        for text, widget in (
            (_("What to type"), self.kind),
            (_("Input"), self.input),
            (_("Area"), self.area),
            (_("Breakdown"), self.cut),
            (_("From"), self.first),
            (_("To"), self.last),
            (_("Kept in the source"), self.source),
        ):
            part = QWidget()
            inside = column(part, spacing=4)
            head = label("lab")
            head.setText(text)
            head.setBuddy(widget)
            widget.setAccessibleName(text)
            inside.addWidget(head)
            inside.addWidget(widget)
            layout.addWidget(part)
            self._parts.append(part)
        return holder

    def _kinds(self) -> QComboBox:
        """A picker of what is typed: values, or one of the checklists."""
        box = plain_picker("pick_entry_kind")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code, text in ((VALUES, _("Values")), *checklist_names()):
            box.addItem(text, code)
        box.activated.connect(lambda: self.choose_kind(box.currentData()))
        return box

    def choose_kind(self, kind: str) -> None:
        """Type values, or answer the checklist of that name; only while nothing is typed."""
        if self._typed():
            self._say_typed()
            self.kind.setCurrentIndex(self.kind.findData(self.answers.state.chosen))
            return
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        for part in self._parts[1:]:
            part.setVisible(kind == VALUES)
        self.note.setVisible(kind == VALUES)
        self.pages.setCurrentIndex(0 if kind == VALUES else 1)
        self.problem.setVisible(False)
        self.answers.look(kind) if kind else self.answers.leave()
        self.render(self.viewmodel.state)

    def _typed(self) -> int:
        return self.viewmodel.state.typed + self.answers.state.typed

    @property
    def _is_checklist(self) -> bool:
        return bool(self.answers.state.chosen)

    def _choose(self, **fields: object) -> None:
        if self.viewmodel.state.typed:
            self._say_typed()
            self.render(self.viewmodel.state)
        else:
            self.viewmodel.choose(**fields)

    def _foot(self) -> QFrame:
        frame = QFrame()
        layout = FlowLayout(frame, spacing=10, stretch=0)
        self.note, self.author = QLineEdit(), QLineEdit()
        self.note.setObjectName("edit_entry_note")
        self.note.setMinimumWidth(self._theme.px(260))
        self.note.setPlaceholderText(_("Where do the numbers come from?"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.author.setObjectName("edit_author")
        self.author.setPlaceholderText(_("Your name"))
        self.author.setAccessibleName(_("Your name"))
        self.author.setText(self._session.preferences.author())
        self.count = label("body2")
        self.cancel, self.do = button("btn_cancel"), button("btn_enter", kind="primary")
        self.cancel.setText(_("Cancel"))
        for made in (self.cancel, self.do):
            made.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._save)
        for widget in (self.note, self.author, self.count, self.cancel, self.do):
            layout.addWidget(widget)
        return frame

    # rendering

    def render(self, state: EntryState) -> None:
        """Show the state."""
        asked = state.question
        whole = [(key, _(words)) for key, words in WHICH_AREAS.items()]
        _fill(self.input, state.inputs, asked.variable)
        _fill(self.area, [*whole, *state.areas], asked.area)
        _fill(self.source, [(TYPED, _("Typed by hand")), *state.sources], asked.dataset)
        _fill(self.cut, [(key, _cut_words(key)) for key in CUTS], asked.cut)
        for spin, year in ((self.first, asked.first), (self.last, asked.last)):
            spin.blockSignals(True)
            spin.setValue(year)
            spin.blockSignals(False)
        if self._is_checklist:
            self._show_answers(self.answers.state)
            return
        self.problem.setVisible(bool(state.problem))
        if state.problem:
            head = counted("{n} cell cannot be read", "{n} cells cannot be read", state.wrong)
            self.problem.say(head, state.problem)
        self.count.setText(self._sum(state))
        self.do.setText(counted("Keep {n} value", "Keep {n} values", state.typed)
                        if state.typed else _("Keep the values"))  # fmt: skip
        self.do.setEnabled(state.may_save)
        if state.saved:
            self.accept()

    def _show_answers(self, state: ChecklistState) -> None:
        """Show what was answered."""
        if not self._is_checklist:
            return
        self.problem.setVisible(bool(state.problem))
        if state.problem:
            self.problem.say(self.checklist.problem_head(), state.problem)
        self.count.setText(_outside(self.checklist.table.outside))
        self.do.setText(self.checklist.button_text())
        self.do.setEnabled(state.may_save)
        if state.saved:
            self.accept()

    def _sum(self, state: EntryState) -> str:
        outside = _outside(self.table.outside)
        if outside:
            return outside
        return message("Unit: {unit}", {"unit": state.unit}) if state.unit else ""

    # commands

    def _save(self) -> None:
        author = self.author.text().strip()
        self._session.preferences.keep_author(author)
        if self._is_checklist:
            self.answers.save(author=author, last=self.checklist.last_year())
            return
        self.viewmodel.save(note=self.note.text().strip(), author=author)

    def _say_typed(self) -> None:
        self.problem.setVisible(True)
        self.problem.say(
            _("Some answers are typed and not kept yet")
            if self._is_checklist
            else _("Some values are typed and not kept yet"),
            _("Keep them first. To leave without them, choose Cancel once more."),
        )

    def reject(self) -> None:
        """Typed values are not lost by one careless key."""
        if self._typed() and not self._warned:
            self._warned = True
            self._say_typed()
            return
        super().reject()


def _outside(count: int) -> str:
    """Words on cells that were pasted beyond the table."""
    if not count:
        return ""
    return counted("{n} pasted cell did not fit in the table.",
                   "{n} pasted cells did not fit in the table.", count)  # fmt: skip


def _cut_words(key: str) -> str:
    if not key:
        return _("Only the total")
    from indicators.codelists import code_list

    return message("By {dimension}", {"dimension": local(code_list(key).name)})


def _fill(box: QComboBox, entries: object, chosen: str) -> None:
    wanted = list(entries)  # type: ignore[call-overload]
    now = [(box.itemData(i), box.itemText(i)) for i in range(box.count())]
    if now != wanted:
        box.clear()
        for code, text in wanted:
            box.addItem(text, code)
    box.setCurrentIndex(max(box.findData(chosen), 0))
