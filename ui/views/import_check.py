"""Step 5 of an import: the check before anything is written, and what it changes in its source."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from ui.theme import Theme
from ui.viewmodels.import_state import ImportState, ReportLine, Trial
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.flow_layout import FlowLayout
from ui.views.tables import TableView
from ui.views.widgets import Message, card, clear, column, label, scrolled
from workbench.i18n import _, message, number
from workbench.presenting.spec import Alignment


class CheckPage(QWidget):
    """Personal columns first, then the sums, then where it goes; after the import its report."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.viewmodel, self._theme = viewmodel, theme
        outer = column(self)
        content = QWidget()
        layout = column(content, margins=(0, 0, 8, 0), spacing=12)
        self.known = Message(theme, "note")
        self.personal = Message(theme, "warn")
        self.problem = Message(theme, "stop")
        for box in (self.known, self.personal, self.problem):
            layout.addWidget(box)
        frame = card("sums")
        inside = column(frame, margins=(16, 14, 16, 16), spacing=10)
        self.sum_head = label("heavy")
        inside.addWidget(self.sum_head)
        self.sums = QGridLayout()
        self.sums.setHorizontalSpacing(44)
        self.sums.setVerticalSpacing(3)
        inside.addLayout(self.sums)
        layout.addWidget(frame)
        self.changes = card("differences")
        inside = column(self.changes, margins=(16, 14, 16, 14), spacing=10)
        self.changes_head = label("heavy", wrap=True)
        inside.addWidget(self.changes_head)
        self.counts = FlowLayout(spacing=18)
        inside.addLayout(self.counts)
        self.changes_table = TableView(theme, "tbl_changes")
        self.changes_table.setMinimumHeight(theme.px(130))
        inside.addWidget(self.changes_table)
        layout.addWidget(self.changes)
        self.target = card("target")
        inside = column(self.target, margins=(16, 12, 16, 14), spacing=6)
        self.target_head, self.source = label("lab"), QLineEdit()
        self.source.setObjectName("edit_source")
        self.source.setMaxLength(60)
        self.source.textEdited.connect(viewmodel.choose_dataset)
        self.author_head, self.author = label("lab"), QLineEdit()
        self.author.setObjectName("edit_author")
        self.append = QCheckBox()
        self.append.setObjectName("check_append")
        for widget in (self.target_head, self.source, self.author_head, self.author, self.append):
            inside.addWidget(widget)
        layout.addWidget(self.target)
        layout.addStretch(1)
        outer.addWidget(scrolled(content, "check_area"))

    def render(self, state: ImportState) -> None:
        """Show the state."""
        done = state.stage == "done"
        self.known.setVisible(bool(state.known) and not done)
        self.known.say(_("Known layout"), state.known)
        self.personal.setVisible(bool(state.personal))
        columns = ", ".join(state.personal)
        sentence = _("Not imported, and blanked in the kept copy of the file: {columns}.")
        self.personal.say(_("Personal data"), sentence.format(columns=columns))
        trial = state.trial
        problem = "" if trial is None or done else trial.problem
        if not done and state.questions:
            problem = state.questions[0].text
        self.problem.setVisible(bool(problem))
        self.problem.say(_("This stops the import"), problem)
        self.sum_head.setText(
            _("What was imported") if done else _("What will be imported: the sums close")
        )
        source: Sequence[tuple[ReportLine, ...]] = ((), ())
        if done:
            source = (state.rows, state.cells)
        elif trial is not None:
            source = (trial.rows, trial.cells)
        clear(self.sums)
        for side, lines in enumerate(source):
            self._show_sum(lines, side)
        self._show_changes(None if done else trial)
        self.target.setVisible(not done)
        self.target_head.setText(_("Source it belongs to"))
        self.source.setAccessibleName(self.target_head.text())
        self.source.setPlaceholderText(_("Named after the file"))
        if self.source.text() != state.dataset and not self.source.hasFocus():
            self.source.setText(state.dataset)
        self.author_head.setText(_("Your name"))
        self.author.setAccessibleName(_("Your name"))
        self.append.setText(_("Keep earlier versions of this source"))

    def _show_changes(self, trial: Trial | None) -> None:
        """What the file changes in its source."""
        self.changes.setVisible(trial is not None and bool(trial.differences))
        if trial is None or not trial.differences:
            return
        source = {"source": trial.source}
        self.changes_head.setText(message("Against what “{source}” holds now", source))
        clear(self.counts)
        for line in trial.differences:
            words = label("body2" if line.count == 0 else "strong")
            words.setText(f"{number(line.count)} {line.text}")
            self.counts.addWidget(words)
        heads = (
            HeadText(text=_("Largest changes"), elastic=True),
            HeadText(text=_("Before"), align=Alignment.RIGHT),
            HeadText(text=_("Now"), align=Alignment.RIGHT),
        )
        rows = [
            Row(
                key=index,
                cells=(CellText(text=what), CellText(text=was), CellText(text=now, strong=True)),
            )
            for index, (what, was, now) in enumerate(trial.changes)
        ]
        self.changes_table.setVisible(bool(rows))
        self.changes_table.setAccessibleName(self.changes_head.text())
        self.changes_table.table.show_rows(heads, rows)
        self.changes_table.fit_soon(most=420)

    def _show_sum(self, lines: Sequence[ReportLine], side: int) -> None:
        for index, line in enumerate(lines):
            text, count = QLabel(line.text), QLabel(number(line.count))
            for widget in (text, count):
                widget.setProperty("role", "strong" if line.depth == 0 else "body2")
            text.setIndent(14 * line.depth)
            self.sums.addWidget(text, index, side * 2)
            self.sums.addWidget(count, index, side * 2 + 1)
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.sums.setColumnStretch(side * 2, 1)
