"""The tabs below an indicator: definition, formula, cautions, reading, history, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from indicators.errors import N_
from indicators.model.definition import Indicator
from ui.theme import Theme
from ui.viewmodels.indicator_reading import DefinitionChange, MissingInput
from ui.viewmodels.indicators import IndicatorsState
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.tables import TableView
from ui.views.widgets import Message, button, clear, column, label, row, scrolled
from workbench.i18n import _, counted, local, message

DIRECTIONS = {
    "UP": N_("Higher is better, other things being equal."),
    "DOWN": N_("Lower is better, other things being equal."),
    "AMB": N_("It depends: no colour says “good” or “bad”."),
    "TARGET1": N_("Best near 1."),
    "CTX": N_("Background: it says nothing about good or bad."),
}


class DefinitionTab(QWidget):
    """Definition, what is counted above and below the line, why it matters."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 12, 8, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        self._heads = [label("lab") for _index in range(4)]
        self._texts = [label("", wrap=True) for _index in range(4)]
        for index, (head, text) in enumerate(zip(self._heads, self._texts, strict=True)):
            grid.addWidget(head, 2 * (index // 2), index % 2)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(text, 2 * (index // 2) + 1, index % 2, top)
            text.setContentsMargins(0, 0, 0, 8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)

    def render(self, indicator: Indicator) -> None:
        """Show a definition."""
        sides = [
            (_("Counted above the line"), indicator.numerator),
            (_("Counted below the line"), indicator.denominator),
        ]
        parts = [(head, local(side.text)) for head, side in sides if side is not None]
        parts += [
            (_("Definition"), local(indicator.definition)),
            (_("Why it matters"), local(indicator.reason)),
        ]
        parts += [("", "")] * (4 - len(parts))
        for (head, text), shown, words in zip(parts, self._heads, self._texts, strict=False):
            shown.setText(head)
            words.setText(text)


class FormulaTab(QWidget):
    """The formula in words, and with the numbers of the chosen year."""

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, margins=(8, 12, 8, 8), spacing=8)
        self.head = label("lab")
        self.words = label("", wrap=True)
        strip = QFrame()
        strip.setProperty("card", "flat")
        inside = row(strip, margins=(14, 9, 14, 9), spacing=12)
        self.period = label("body2")
        self.numbers = label("words", wrap=True)
        self.result = label("heavy")
        inside.addWidget(self.period)
        inside.addWidget(self.numbers, 1)
        inside.addWidget(self.result)
        self.strip = strip
        self.unit = label("quiet", wrap=True)
        layout.addWidget(self.head)
        layout.addWidget(self.words)
        layout.addWidget(strip)
        layout.addWidget(self.unit)
        layout.addStretch(1)

    def render(self, state: IndicatorsState) -> None:
        """Show the formula of the chosen value."""
        self.head.setText(_("In words and with this year's numbers"))
        self.words.setText(state.formula.words)
        self.period.setText(state.formula.period)
        self.numbers.setText(state.formula.numbers)
        self.result.setText(state.formula.result)
        self.strip.setVisible(bool(state.formula.numbers))
        indicator = state.indicator
        about = "" if indicator is None else _(indicator.time)
        sentence = N_("Unit: {unit}. Time: {time}.")
        self.unit.setText(
            message(sentence, {"unit": state.unit, "time": about}) if indicator is not None else ""
        )


class CautionTab(QWidget):
    """What a reader must know before quoting the number.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(8, 12, 8, 8), spacing=8)
        self.caution, self.direction = Message(theme, "warn"), Message(theme, "note")
        layout.addWidget(self.caution)
        layout.addWidget(self.direction)
        layout.addStretch(1)

    def render(self, indicator: Indicator) -> None:
        """Show the cautions of a definition."""
        text = local(indicator.cautions)
        self.caution.setVisible(bool(text))
        self.caution.say("", text)
        self.direction.say(_("How to read it"), _(DIRECTIONS[indicator.direction.value]))


class ReadingTab(QWidget):
    """Detected victims read beside the effort to find them.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(8, 12, 8, 8), spacing=8)
        self.likely, self.next = Message(theme, "note"), label("strong", wrap=True)
        self.series = label("body2", wrap=True)
        layout.addWidget(self.likely)
        layout.addWidget(self.next)
        layout.addWidget(self.series)
        layout.addStretch(1)

    def render(self, lines: Sequence[str]) -> None:
        """Show the sentences: the reading first, what to check last."""
        if lines:
            self.likely.say(lines[0], _("A reading is not a proof."))
            self.next.setText(lines[-1])
            self.series.setText("\n".join(lines[1:-1]))


class ChangesTab(QWidget):
    """From which year on something was counted in another way.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(0, 4, 0, 0))
        self.none = label("body2", wrap=True)
        self.none.setContentsMargins(8, 8, 8, 8)
        self.table = TableView(theme, "tbl_changes")
        layout.addWidget(self.none)
        layout.addWidget(self.table, 1)

    def render(self, changes: Sequence[DefinitionChange]) -> None:
        """Show the registered changes."""
        self.table.setAccessibleName(_("History of the definition"))
        self.none.setText(_("No change of definition is registered for its inputs."))
        self.none.setVisible(not changes)
        self.table.setVisible(bool(changes))
        heads = (
            HeadText(text=_("From")),
            HeadText(text=_("What changed"), elastic=True),
            HeadText(text=_("Kind")),
            HeadText(text=_("Inputs"), elastic=True),
        )
        rows = [
            Row(
                key=index,
                cells=tuple(
                    CellText(text=text) for text in (each.when, each.text, each.kind, each.inputs)
                ),
            )
            for index, each in enumerate(changes)
        ]
        self.table.table.show_rows(heads, rows)
        self.table.fit_soon(most=420)


class MissingList(QWidget):
    """Inputs that no file has delivered: what they count, who holds them, in what kind of file."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, margins=(8, 8, 8, 8), spacing=14)

    def render(self, missing: Sequence[MissingInput]) -> None:
        """Show the inputs."""
        clear(self._layout)
        for each in missing:
            part = column(spacing=2)
            for role, text in (
                ("strong", each.name),
                ("body2", each.definition),
                ("small", holders_text(each)),
                ("small", file_text(each)),
            ):
                if text:
                    line = label(role, wrap=True)
                    line.setText(text)
                    part.addWidget(line)
            self._layout.addLayout(part)
        self._layout.addStretch(1)


class MissingCard(QFrame):
    """In place of the chart: what is missing, and the ways to get it.

    Signals are those of its buttons: ``importing`` asks for a file.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setObjectName("card_missing")
        self._missing: tuple[MissingInput, ...] = ()
        self._name = ""
        layout = column(self, margins=(18, 14, 18, 12), spacing=6)
        self.about, self.title = label("lab"), label("title", wrap=True)
        self.lead = label("body2", wrap=True)
        self.list = MissingList()
        self.importing, self.copy = (
            button("btn_import_missing", kind="primary"),
            button("btn_copy_missing"),
        )
        self.copy.clicked.connect(self._copy)
        foot = row(spacing=8)
        foot.addWidget(self.importing)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        for widget in (self.about, self.title, self.lead):
            layout.addWidget(widget)
        layout.addWidget(scrolled(self.list, "missing_area"), 1)
        layout.addLayout(foot)

    def render(self, name: str, missing: tuple[MissingInput, ...]) -> None:
        """Show what an indicator lacks."""
        self._name, self._missing = name, missing
        self.about.setText(_("What is missing"))
        self.title.setText(name)
        self.lead.setText(
            counted(
                "This needs {n} input that no file has delivered yet.",
                "This needs {n} inputs that no file has delivered yet.",
                len(missing),
            )
        )
        self.importing.setText(_("Import a file…"))
        self.copy.setText(_("Copy as text"))
        self.list.render(missing)

    def as_text(self) -> str:
        """The list as plain text, for a letter to the offices that hold the numbers."""
        parts = [f"{_('What is missing')}: {self._name}"]
        for each in self._missing:
            lines = (each.name, each.definition, holders_text(each), file_text(each))
            parts.append("\n".join(line for line in lines if line))
        return "\n\n".join(parts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())


def holders_text(each: MissingInput) -> str:
    """Who usually holds an input, as a sentence; empty when it is not known."""
    return (
        message(N_("Usually held by: {offices}."), {"offices": each.holders})
        if each.holders
        else ""
    )


def file_text(each: MissingInput) -> str:
    """In what kind of file an input usually is; empty when it is not known."""
    return message(N_("Usually found in: {file}."), {"file": each.file}) if each.file else ""
