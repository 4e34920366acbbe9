"""Step 3 of an import: what each column is, how its numbers are written, what marks mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from ui.theme import Theme
from ui.viewmodels.import_recipe import DIMENSIONS, PERSONAL, ROLES
from ui.viewmodels.import_state import FORMATS, MARK_KINDS, ColumnLine, ImportState, MarkLine
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.wording import tip_text
from ui.views.choices import plain_picker
from ui.views.import_choices import ChoicesCard
from ui.views.widgets import Message, card, clear, column, label, restyle, row, rule, scrolled
from workbench.i18n import _, counted, local, message

MOST_COLUMNS = 80
_WIDTHS = (122, 158, 118)
_MOST_SIGNS = 16
STACKED_FROM = 1.4
"""Size of text from which the two pickers stand below each other."""


def role_words(key: str) -> str:
    """A role in words."""
    named = dict(ROLES)
    if key in named:
        return _(named[key])
    if key == PERSONAL:
        return _("Personal data")
    if key.startswith("N_"):
        return message("Own breakdown ({name})", {"name": key.removeprefix("N_").lower()})
    if key.isupper():
        from indicators.codelists import code_list
        from indicators.errors import IndicatorsError

        try:
            return local(code_list(key).name)
        except IndicatorsError:
            return key
    return key


class ColumnRow(QFrame):
    """One column of the file."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme, line: ColumnLine) -> None:
        super().__init__()
        self._theme, self.name = theme, line.name
        self.setProperty("asked", "false")
        layout = row(self, margins=(16, 9, 16, 9), spacing=16)
        words = column(spacing=1)
        self.title, self.sure = label("heavy", wrap=True), label("quiet", wrap=True)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.sure)
        words.addStretch(1)
        holder = QWidget()
        holder.setLayout(words)
        holder.setFixedWidth(theme.px(_WIDTHS[0]))
        layout.addWidget(holder)
        self.role = plain_picker(f"pick_role_{line.name}")
        self.form = plain_picker(f"pick_format_{line.name}")
        self.role.activated.connect(
            lambda: viewmodel.choose_role(self.name, str(self.role.currentData()))
        )
        self.form.activated.connect(self._form_chosen)
        self._viewmodel = viewmodel
        self.no_form = label("body2", wrap=True)
        stacked = theme.scale >= STACKED_FROM
        slots = [column(spacing=4)] if stacked else [column(), column()]
        slots[0].addWidget(self.role)
        for widget in (self.form, self.no_form):
            slots[-1].addWidget(widget)
        for slot, width in zip(slots, _WIDTHS[1:], strict=False):
            holder = QWidget()
            outer = column(holder)
            outer.addStretch(1)
            outer.addLayout(slot)
            outer.addStretch(1)
            holder.setFixedWidth(theme.px(width))
            layout.addWidget(holder)
        self.samples = QGridLayout()
        self.samples.setVerticalSpacing(1)
        self.samples.setHorizontalSpacing(8)
        self.samples.setColumnStretch(0, 1)
        self.samples.setColumnStretch(2, 1)
        lines = column()
        lines.addStretch(1)
        lines.addLayout(self.samples)
        lines.addStretch(1)
        layout.addLayout(lines, 1)
        self._shown: ColumnLine | None = None

    def _form_chosen(self) -> None:
        chosen = str(self.form.currentData() or "")
        if chosen:
            self._viewmodel.choose_format(self.name, chosen)

    def render(self, line: ColumnLine) -> None:
        """Show the column."""
        if line == self._shown:
            return
        self._shown = line
        self.title.setText(line.name)
        open_words = _("choose the format") if line.has_numbers else _("choose what it is")
        self.sure.setText(open_words if line.question else line.sure)
        self._fill_roles(line)
        self._fill_forms(line)
        self._show_samples(line)
        asked = "true" if line.question else "false"
        if self.property("asked") != asked:
            self.setProperty("asked", asked)
            restyle(self)

    def _fill_roles(self, line: ColumnLine) -> None:
        keys = [key for key, _words in ROLES] + list(DIMENSIONS)
        if line.role not in keys:
            keys.append(line.role)
        if line.fixed:
            keys = [line.role]
        _fill(self.role, [(key, role_words(key)) for key in keys], line.role)
        self.role.setEnabled(not line.fixed)
        self.role.setAccessibleName(message("What “{column}” is", {"column": line.name}))

    def _fill_forms(self, line: ColumnLine) -> None:
        self.form.setVisible(line.has_numbers)
        self.no_form.setVisible(not line.has_numbers)
        self.no_form.setText(_("will be blanked") if line.fixed else _("text"))
        entries = [(code, _(words)) for code, words in FORMATS]
        if not line.form:
            entries.insert(0, ("", _("Choose…")))
        _fill(self.form, entries, line.form)
        self.form.setAccessibleName(message("Number format of “{column}”", {"column": line.name}))

    def _show_samples(self, line: ColumnLine) -> None:
        clear(self.samples)
        for index, (says, reads) in enumerate(line.samples):
            texts = (label("body2"), label("quiet"), label("strong"))
            for place, (widget, text) in enumerate(zip(texts, (says, "→", reads), strict=True)):
                widget.setText(text if len(text) <= _MOST_SIGNS else text[: _MOST_SIGNS - 1] + "…")
                widget.setToolTip(tip_text(text))
                self.samples.addWidget(widget, index, place)
            texts[0].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if reads == "?":
                texts[2].setProperty("role", "open")


class ColumnsPage(QWidget):
    """All columns, the open question above them."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.viewmodel, self._theme = viewmodel, theme
        layout = column(self, spacing=12)
        self.question = Message(theme, "stop")
        layout.addWidget(self.question)
        self.choices = ChoicesCard(viewmodel, theme, on_file=False)
        layout.addWidget(self.choices)
        self.month_line = row(spacing=8)
        self.month_label, self.month = label("lab"), plain_picker("pick_month")
        self.month.activated.connect(self._month_chosen)
        self.month_line.addWidget(self.month_label)
        self.month_line.addWidget(self.month)
        self.month_line.addStretch(1)
        layout.addLayout(self.month_line)
        frame = card("columns_card")
        outer = column(frame, margins=(1, 1, 1, 1))
        heads = row(margins=(16, 9, 16, 9), spacing=16)
        self.heads = [label("lab", wrap=True) for _width in range(4)]
        for head, width in zip(self.heads, (*_WIDTHS, 0), strict=True):
            if width:
                head.setFixedWidth(theme.px(width))
            heads.addWidget(head, 0 if width else 1)
        self.heads[3].setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addLayout(heads)
        outer.addWidget(rule())
        content = QWidget()
        self.lines = column(content)
        self.lines.addStretch(1)
        outer.addWidget(scrolled(content, "columns_area"), 1)
        layout.addWidget(frame, 1)
        self._rows: list[ColumnRow] = []

    def _month_chosen(self) -> None:
        if self.month.currentData():
            self.viewmodel.choose_month(int(self.month.currentData()))

    def render(self, state: ImportState) -> None:
        """Show the state; rows are built again only for another sheet."""
        words = (_("Column"), _("What it is"), _("Number format"), _("File says → we read"))
        for head, text in zip(self.heads, words, strict=True):
            head.setText(text)
        self.heads[2].setVisible(self._theme.scale < STACKED_FROM)
        lines = state.columns[:MOST_COLUMNS]
        if [made.name for made in self._rows] != [line.name for line in lines]:
            self._build(lines)
        for made, line in zip(self._rows, lines, strict=True):
            made.render(line)
        self._show_question(state)

    def _build(self, lines: Sequence[ColumnLine]) -> None:
        clear(self.lines)
        self._rows = [ColumnRow(self.viewmodel, self._theme, line) for line in lines]
        for made in self._rows:
            self.lines.addWidget(made)
            self.lines.addWidget(rule())
        self.lines.addStretch(1)

    def _show_question(self, state: ImportState) -> None:
        self.choices.render(state)
        picked = {line.code for line in state.choices}
        own = [question for question in state.questions if question.code not in picked]
        self.question.setVisible(bool(own))
        if own:
            head = counted("One thing is open", "{n} things are open", len(own))
            self.question.say(head, own[0].text)
        asks = next((q for q in state.questions if q.code == "year_across"), None)
        for widget in (self.month, self.month_label):
            widget.setVisible(asks is not None)
        if asks is not None:
            self.month_label.setText(_("Month in which the year begins"))
            self.month.setAccessibleName(self.month_label.text())
            _fill(self.month, [("", _("Choose…")), *((n, n) for n in asks.choices)], "")

    def focus_question(self) -> None:
        """Go to what is open."""
        for line, group in zip(self.viewmodel.state.choices, self.choices.groups.values(),
                               strict=False):  # fmt: skip
            if not line.chosen and group.buttons():
                group.buttons()[0].setFocus()
                return
        for made in self._rows:
            if made.property("asked") == "true":
                (made.form if made.form.isVisible() else made.role).setFocus()
                return


class MarksCard(QFrame):
    """Cells without a number: what each mark means, decided once."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setObjectName("marks_card")
        self.viewmodel, self._theme = viewmodel, theme
        layout = column(self, margins=(14, 12, 14, 12), spacing=6)
        self.head = label("heavy")
        layout.addWidget(self.head)
        self.lines = column(spacing=6)
        layout.addLayout(self.lines)
        self._shown: tuple[object, ...] = ()

    def render(self, marks: Sequence[MarkLine], language: str) -> None:
        """Show the marks."""
        self.head.setText(_("Cells without a number"))
        self.setVisible(bool(marks))
        key = (tuple(marks), language)
        if key == self._shown:
            return
        self._shown = key
        clear(self.lines)
        for mark in marks:
            self.lines.addWidget(rule())
            line = row(spacing=8)
            sign, count = label("heavy"), label("small")
            sign.setText(mark.text)
            sign.setMinimumWidth(self._theme.px(36))
            count.setText(counted("{n} cell", "{n} cells", mark.count))
            pick = plain_picker(f"pick_mark_{mark.text}")
            pick.setAccessibleName(message("Meaning of “{mark}”", {"mark": mark.text}))
            _fill(pick, [(kind, _(words)) for kind, words in MARK_KINDS], mark.kind)
            pick.activated.connect(
                lambda _i=0, p=pick, text=mark.text: self.viewmodel.choose_mark(
                    text, str(p.currentData())
                )
            )
            line.addWidget(sign)
            line.addWidget(count, 1)
            line.addWidget(pick)
            self.lines.addLayout(line)


def _fill(box: QComboBox, entries: Sequence[tuple[str, str]], chosen: str) -> None:
    box.blockSignals(True)
    now = [(box.itemData(index), box.itemText(index)) for index in range(box.count())]
    if now != list(entries):
        box.clear()
        for data, text in entries:
            box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)
