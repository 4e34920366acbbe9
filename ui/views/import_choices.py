"""Questions about a file, each with its answers and how the file reads with each of them."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from ui.theme import Theme
from ui.viewmodels.import_choices import ChoiceLine
from ui.viewmodels.import_state import ImportState
from ui.viewmodels.importing import ImportViewModel
from ui.views.widgets import clear, column, label, restyle


class ChoicesCard(QWidget):
    """All questions of one step; those still open are the only coloured thing.

    Args:
        viewmodel: the import.
        theme: the look in force.
        on_file: True for the questions of the first step, else those of the columns.
    """

    def __init__(self, viewmodel: ImportViewModel, theme: Theme, *, on_file: bool) -> None:
        super().__init__()
        self.viewmodel, self._theme, self._on_file = viewmodel, theme, on_file
        self._layout = column(self, spacing=10)
        self._shown: tuple[ChoiceLine, ...] = ()
        self.groups: dict[str, QButtonGroup] = {}

    def render(self, state: ImportState) -> None:
        """Show the state."""
        lines = tuple(line for line in state.choices if line.on_file == self._on_file)
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        focused = next((name for name, group in self.groups.items()
                        if any(b.hasFocus() for b in group.buttons())), "")  # fmt: skip
        clear(self._layout)
        self.groups = {}
        for line in lines:
            self._layout.addWidget(self._question(line))
        if focused in self.groups:
            chosen = self.groups[focused].checkedButton()
            if chosen is not None:
                chosen.setFocus()

    def _question(self, line: ChoiceLine) -> QFrame:
        frame = QFrame()
        frame.setObjectName(f"question_{line.code}")
        frame.setProperty("card" if line.chosen else "level", "true" if line.chosen else "stop")
        layout = column(frame, margins=(14, 11, 14, 12), spacing=6)
        text = label("heavy", wrap=True)
        text.setText(line.text)
        layout.addWidget(text)
        group = QButtonGroup(frame)
        for choice in line.choices:
            button = QRadioButton(choice.words)
            button.setObjectName(f"radio_{line.code}_{choice.value}")
            button.setAccessibleDescription(choice.preview)
            button.setChecked(choice.value == line.chosen)
            button.clicked.connect(
                lambda _on=False, key=line.key, value=choice.value: self.viewmodel.pick(key, value)
            )
            group.addButton(button)
            layout.addWidget(button)
            if choice.preview:
                sample = label("small", wrap=True)
                sample.setText(choice.preview)
                sample.setContentsMargins(self._theme.px(26), 0, 0, 4)
                layout.addWidget(sample)
        if not line.chosen:
            group.setExclusive(True)
        self.groups[line.key] = group
        restyle(frame)
        return frame
