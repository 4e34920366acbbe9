"""Import a file in five steps; Back is always possible, Cancel leaves nothing."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from ui import messages
from ui.theme import Theme
from ui.viewmodels.import_state import CHECK, COLUMNS, FILE, NAMES, STEPS, TABLE, ImportState
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.session import SessionViewModel
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.import_check import CheckPage
from ui.views.import_columns import STACKED_FROM, ColumnsPage, MarksCard
from ui.views.import_names import NamesPage
from ui.views.import_pages import FilePage, TablePage
from ui.views.import_stepper import Stepper
from ui.views.import_words import closing_words, next_words
from ui.views.tables import TableView
from ui.views.widgets import Message, button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _, language, message
from workbench.presenting.spec import Alignment

SIZE = (1140, 708)
SIDE = 352
Page = TypeVar("Page", bound=QWidget)


class ImportDialog(QDialog):
    """Renders ``ImportState``.

    Args:
        path: the file.
        session: the open project.
        theme: the look in force.
        parent: the window.
    """

    def __init__(
        self,
        path: Path,
        session: SessionViewModel,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_import")
        self._theme, self._session = theme, session
        self.viewmodel = ImportViewModel(path, session, self)
        layout = column(self)
        layout.addWidget(self._head())
        layout.addWidget(rule())
        self._large = theme.scale >= STACKED_FROM
        margins = (16, 16, 16, 16)
        body = (
            column(margins=margins, spacing=12)
            if self._large
            else row(margins=margins, spacing=14)
        )
        self.pages = QStackedWidget()
        self.wait_page = self._added(self._waiting())
        body.addWidget(self.pages, 5)
        self.side = self._side()
        body.addWidget(self.side, 2 if self._large else 0)
        layout.addLayout(body, 1)
        layout.addWidget(rule())
        layout.addWidget(self._foot())
        self._fit()
        self._step = 0
        self.viewmodel.changed.connect(self.render)
        self.viewmodel.failed.connect(self._tell)
        self.viewmodel.look()

    def _fit(self) -> None:
        width, height = (self._theme.px(side) for side in SIZE)
        parent = self.parentWidget()
        if parent is not None:
            width = min(width, parent.window().width() - 40)
            height = min(height, parent.window().height() - 20)
        self.resize(max(width, 900), max(height, 560))

    # building: a page is made when it is first shown, so that the window is there at once

    def _added(self, page: Page) -> Page:
        self.pages.addWidget(page)
        return page

    @cached_property
    def file_page(self) -> FilePage:
        """The sheets of the file."""
        return self._added(FilePage(self.viewmodel, self._theme))

    @cached_property
    def table_page(self) -> TablePage:
        """Where the table begins and ends."""
        return self._added(TablePage(self.viewmodel, self._theme))

    @cached_property
    def columns_page(self) -> ColumnsPage:
        """What each column holds."""
        return self._added(ColumnsPage(self.viewmodel, self._theme))

    @cached_property
    def names_page(self) -> NamesPage:
        """Names that are not known yet."""
        return self._added(NamesPage(self.viewmodel, self._theme))

    @cached_property
    def check_page(self) -> CheckPage:
        """What would be imported."""
        page = CheckPage(self.viewmodel, self._theme)
        page.author.setText(self._session.preferences.author())
        return self._added(page)

    def _head(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("dialog", "edge")
        layout = row(frame, margins=(22, 10, 22, 10), spacing=24)
        words = column(spacing=0)
        self.title, self.file = label("section"), label("small")
        words.addWidget(self.title)
        words.addWidget(self.file)
        layout.addLayout(words)
        self.stepper = Stepper(self._theme, len(STEPS))
        self.stepper.chosen.connect(self.viewmodel.go_to)
        layout.addWidget(self.stepper, 1)
        return frame

    def _foot(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("dialog", "edge")
        layout = row(frame, margins=(22, 12, 22, 12), spacing=10)
        self.closing = label("body2", wrap=True)
        self.why = button("btn_why", kind="plain")
        self.why.clicked.connect(self._show_why)
        layout.addWidget(self.closing, 1)
        layout.addWidget(self.why)
        self.cancel, self.back = button("btn_cancel"), button("btn_back")
        self.steps = button("btn_go_through")
        self.steps.clicked.connect(self._go_through)
        self.do = button("btn_import", kind="primary")
        self.cancel.clicked.connect(self._stop)
        self.back.clicked.connect(self.viewmodel.go_back)
        self.do.clicked.connect(self._next)
        self.do.setDefault(True)
        for widget in (self.why, self.cancel, self.back, self.steps):
            widget.setAutoDefault(False)
        for widget in (self.cancel, self.back, self.steps, self.do):
            layout.addWidget(widget)
        return frame

    def _waiting(self) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=10)
        layout.addStretch(1)
        self.wait = label("words")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.progress = label("small")
        for widget in (self.wait, self.bar, self.progress):
            layout.addWidget(widget)
        layout.addStretch(1)
        return page

    def _side(self) -> QWidget:
        content = QWidget()
        layout = column(content, spacing=12)
        self.marks = MarksCard(self.viewmodel, self._theme)
        layout.addWidget(self.marks)
        self.stored = card("stored")
        inside = column(self.stored, margins=(1, 12, 1, 1), spacing=6)
        self.stored_head = label("heavy", wrap=True)
        self.stored_head.setIndent(14)
        inside.addWidget(self.stored_head)
        self.stored_table = TableView(self._theme, "tbl_stored")
        inside.addWidget(self.stored_table, 1)
        layout.addWidget(self.stored, 1)
        self.remarks = column(spacing=8)
        layout.addLayout(self.remarks)
        layout.addStretch(0)
        area = scrolled(content, "import_side")
        if not self._large:  # with large text the side stands below
            area.setFixedWidth(self._theme.px(SIDE))
        return area

    # rendering

    def render(self, state: ImportState) -> None:
        """Show the state."""
        self.setWindowTitle(message("Import of {file}", {"file": state.file}))
        self.title.setText(_("Import"))
        self.file.setText(state.file)
        done = state.stage == "done"
        self.stepper.render(
            [_(text) for _number, text in STEPS], state.step, finished=done, compact=self._large
        )
        busy = state.stage == "importing" or (state.stage == "reading" and not state.columns)
        self.pages.setCurrentWidget(self.wait_page if busy else self._page(state.step))
        self.side.setVisible(not busy)
        if busy:
            self._show_progress(state)
        else:
            self._show_page(state)
            self._show_side(state)
        self._show_foot(state, busy=busy)
        if state.step != self._step and state.stage == "ready":
            self._step = state.step
            self.do.setFocus()
            if state.step == COLUMNS:
                self.columns_page.focus_question()

    def _page(self, step: int) -> QWidget:
        pages = (FILE, "file"), (TABLE, "table"), (COLUMNS, "columns"), (NAMES, "names")
        page: QWidget = getattr(self, f"{dict(pages).get(step, 'check')}_page")
        return page

    def _show_page(self, state: ImportState) -> None:
        if state.step == FILE:
            self.file_page.render(state)
        elif state.step == TABLE:
            self.table_page.render(state)
        elif state.step == COLUMNS:
            self.columns_page.render(state)
        elif state.step == NAMES:
            self.names_page.render(state, language())
        else:
            self.check_page.render(state)

    def _show_progress(self, state: ImportState) -> None:
        reading = state.stage == "reading"
        self.wait.setText(_("Reading the file…") if reading else _("Importing…"))
        self.bar.setRange(0, max(state.total, 0))
        self.bar.setValue(state.done)
        data = {"done": state.done, "total": state.total}
        known = state.total > 0
        self.progress.setText(message("{done} of {total} values", data) if known else "")

    def _show_side(self, state: ImportState) -> None:
        self.marks.render(state.marks if state.step == COLUMNS else (), language())
        trial = state.trial
        first = () if trial is None or state.stage == "done" else trial.first
        self.stored.setVisible(bool(first) and state.step >= COLUMNS)
        if first and trial is not None:
            data = {"shown": len(first), "total": trial.total}
            self.stored_head.setText(
                message("What will be stored: first {shown} of {total} values", data)
            )
            heads = (
                HeadText(text=_("Where and when"), elastic=True),
                HeadText(text=_("Group")),
                HeadText(text=_("Value"), align=Alignment.RIGHT),
            )
            rows = [
                Row(
                    key=index,
                    cells=(CellText(text=place), CellText(text=cut), CellText(text=value)),
                )
                for index, (place, cut, value) in enumerate(first)
            ]
            self.stored_table.table.show_rows(heads, rows)
            self.stored_table.setAccessibleName(self.stored_head.text())
            self.stored_table.fit_soon(most=150)
        self._show_remarks(state)
        marks = state.step == COLUMNS and bool(state.marks)
        needed = marks or self.remarks.count() > 0 or (bool(first) and state.step >= COLUMNS)
        self.side.setVisible(needed or not self._large)

    def _show_remarks(self, state: ImportState) -> None:
        clear(self.remarks)
        for level, head, texts in self._remarks(state):
            if texts:
                box = Message(self._theme, level)
                box.say(head, "\n".join(texts[:12]))
                self.remarks.addWidget(box)

    @staticmethod
    def _remarks(state: ImportState) -> list[tuple[str, str, tuple[str, ...]]]:
        if state.step <= TABLE:
            hint = _("A header row holds the names of the columns. Notes below the table, such as "
                     "sources and remarks, are kept but not read as numbers.")  # fmt: skip
            found = [("note", _("Remarks on the file"), state.oddities)]
            if state.step == TABLE:
                found.append(("note", _("Bands"), (hint,)))
            return found
        if state.step < CHECK:
            return []
        trial = state.trial
        source = state if state.stage == "done" else trial
        if source is None:
            return []
        return [
            ("warn", _("Left out"), source.left_out),
            ("note", _("Remarks"), source.remarks),
        ]

    def _show_foot(self, state: ImportState, *, busy: bool) -> None:
        done = state.stage == "done"
        self.cancel.setText(_("Cancel"))
        self.cancel.setVisible(not done)
        self.back.setText(_("Back"))
        self.back.setVisible(state.step > FILE and not done and not busy)
        offered = state.offered and state.stage == "ready"
        self.steps.setText(_("Look at every step"))
        self.steps.setVisible(offered)
        self.do.setVisible(not busy)
        self.do.setText(next_words(state))
        self.do.setEnabled(done or state.may_go_on)
        adrift = isinstance(self.focusWidget(), QScrollArea)
        if self.do.isEnabled() and (
            self.focusWidget() in (None, self.cancel) or (done and adrift)
        ):
            self.do.setFocus()
        self.closing.setText(closing_words(state))
        trial = state.trial
        left = 0 if trial is None or done else trial.rows_left
        self.why.setText(message("Why {count}?", {"count": left}))
        self.why.setVisible(left > 0 and state.step < CHECK)

    # commands

    def _tell(self, problem: object) -> None:
        """Tell a problem; a file that cannot be read at all leaves no empty window behind."""
        parent: QWidget | None = self
        if self.viewmodel.state.stage == "failed" and self.parentWidget() is not None:
            parent = self.parentWidget()
            self.reject()
        messages.show_problem(parent, problem)  # type: ignore[arg-type]

    def _show_why(self) -> None:
        while self.viewmodel.state.step < CHECK and self.viewmodel.state.may_go_on:
            self.viewmodel.go_on()

    def _go_through(self) -> None:
        self.viewmodel.go_through()
        self.viewmodel.go_on()

    def _next(self) -> None:
        state = self.viewmodel.state
        if state.stage == "done":
            self.accept()
        elif state.offered:
            self.viewmodel.use_same()
        elif state.step == CHECK:
            author = self.check_page.author.text().strip()
            self._session.preferences.keep_author(author)
            mode = "append" if self.check_page.append.isChecked() else "replace"
            self.viewmodel.run(mode=mode, author=author)
        else:
            self.viewmodel.go_on()

    def _stop(self) -> None:
        if self.viewmodel.state.stage == "importing":
            self.viewmodel.cancel()
        else:
            self.reject()

    def reject(self) -> None:
        """Esc stops the work first."""
        self.viewmodel.cancel()
        super().reject()
