"""Step 4 of an import: names nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from indicators.errors import N_
from ui.theme import Theme
from ui.viewmodels.import_state import ImportState, NameLine
from ui.viewmodels.importing import ACCEPT_FROM, ImportViewModel
from ui.views.choices import plain_picker
from ui.views.import_columns import role_words
from ui.views.widgets import button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _, counted, message

COUNTRY_ROLES = ("CIT", "COR")
"""Roles in which a name nobody knows counts as unknown."""


class NamesPage(QWidget):
    """One row a name, with the codes it could mean; new names may stay new."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.viewmodel, self._theme = viewmodel, theme
        layout = column(self, spacing=12)
        self.whole = card("whole_file")
        inside = column(self.whole, margins=(16, 12, 16, 14), spacing=8)
        self.whole_head = label("heavy")
        inside.addWidget(self.whole_head)
        self.pickers: dict[str, tuple[QLabel, QComboBox]] = {}
        for role in ("variable", "area"):
            words, pick = label("lab"), plain_picker(f"pick_constant_{role}")
            pick.activated.connect(
                lambda _i=0, r=role, p=pick: viewmodel.choose_constant(r, str(p.currentData()))
            )
            inside.addWidget(words)
            inside.addWidget(pick)
            self.pickers[role] = (words, pick)
        layout.addWidget(self.whole)
        frame = card("names_card")
        outer = column(frame, margins=(1, 10, 1, 1), spacing=8)
        head = row(margins=(16, 0, 14, 0), spacing=10)
        self.head, self.accept = label("heavy", wrap=True), button("btn_accept_names")
        self.accept.clicked.connect(viewmodel.accept_names)
        head.addWidget(self.head, 1)
        head.addWidget(self.accept)
        outer.addLayout(head)
        outer.addWidget(rule())
        content = QWidget()
        self.lines = column(content)
        self.lines.addStretch(1)
        outer.addWidget(scrolled(content, "names_area"), 1)
        layout.addWidget(frame, 1)
        self._picks: dict[tuple[str, str], QComboBox] = {}
        self._shown: tuple[object, ...] = ()

    def render(self, state: ImportState, language: str) -> None:
        """Show the state."""
        self._show_whole(state)
        names = state.names
        self.head.setText(_head(names))
        sure = [n for n in names if n.best >= ACCEPT_FROM and not self.viewmodel.answer_of(n)]
        self.accept.setText(counted("Accept {n} sure guess", "Accept {n} sure guesses", len(sure)))
        self.accept.setVisible(bool(sure))
        if (names, language) != self._shown:
            self._shown = (names, language)
            self._build(names)
        for (where, said), pick in self._picks.items():
            line = next(n for n in names if (n.column, n.text) == (where, said))
            pick.setCurrentIndex(max(pick.findData(self.viewmodel.answer_of(line)), 0))

    def _show_whole(self, state: ImportState) -> None:
        self.whole.setVisible(bool(state.needs))
        self.whole_head.setText(_("What no column says"))
        words = {"variable": _("All values belong to this input"),
                 "area": _("All values belong to this area")}  # fmt: skip
        fresh = {"variable": _("A new input, named after the file"),
                 "area": _("The country of the project")}  # fmt: skip
        targets, given = dict(state.targets), dict(state.constants)
        for role, (text, pick) in self.pickers.items():
            text.setText(words[role])
            pick.setAccessibleName(words[role])
            for widget in (text, pick):
                widget.setVisible(role in state.needs)
            entries = [("", fresh[role]), *targets.get(role, ())]
            now = [(pick.itemData(i), pick.itemText(i)) for i in range(pick.count())]
            if now != entries:
                pick.clear()
                for code, name in entries:
                    pick.addItem(name, code)
            pick.setCurrentIndex(max(pick.findData(given.get(role, "")), 0))

    def _build(self, names: Sequence[NameLine]) -> None:
        clear(self.lines)
        self._picks = {}
        for line in names:
            self.lines.addWidget(self._line(line))
            self.lines.addWidget(rule())
        self.lines.addStretch(1)

    def _line(self, line: NameLine) -> QFrame:
        frame = QFrame()
        layout = row(frame, margins=(16, 9, 16, 9), spacing=14)
        words = column(spacing=1)
        said, where = label("heavy", wrap=True), label("quiet", wrap=True)
        said.setText(line.text)
        data = {"column": line.column, "role": role_words(line.role)}
        where.setText(
            counted("{role}, column “{column}”, {n} row", "{role}, column “{column}”, {n} rows",
                    line.count, data)
        )  # fmt: skip
        words.addWidget(said)
        words.addWidget(where)
        hint = label("lab", wrap=True)
        hint.setText(_hint(line))
        hint.setVisible(bool(hint.text()))
        words.addWidget(hint)
        layout.addLayout(words, 1)
        pick = plain_picker(f"pick_name_{line.text}")
        pick.setMinimumWidth(self._theme.px(260))
        pick.addItem(_kept_words(line.role), "")
        for index, (code, name) in enumerate(line.guesses):
            score = line.scores[index] if index < len(line.scores) else 0
            alike = message("{name}, {score} % alike", {"name": name, "score": score})
            pick.addItem(alike if score and not line.learned else name, code)
        pick.setAccessibleName(message("Meaning of “{mark}”", {"mark": line.text}))
        pick.activated.connect(
            lambda _i=0, p=pick, n=line: self.viewmodel.choose_name(
                n.column, n.text, str(p.currentData())
            )
        )
        layout.addWidget(pick)
        self._picks[(line.column, line.text)] = pick
        return frame


def _head(names: Sequence[NameLine]) -> str:
    """How many names are new, and how many were decided before."""
    learned = sum(bool(line.learned) for line in names)
    new = len(names) - learned
    parts = [
        counted("{n} name is new to the program", "{n} names are new to the program", new)
        if new
        else _("All names are known")
    ]
    if learned:
        before = counted("{n} was decided before", "{n} were decided before", learned)
        parts.append(before)
    return "; ".join(parts)


def _hint(line: NameLine) -> str:
    """Where the answer comes from, or the best guess; empty without one."""
    if line.learned:
        return _("Decided at an earlier import")
    if not line.scores:
        return ""
    if len(line.scores) > 1 and line.scores[0] == line.scores[1]:
        pair = {"first": line.guesses[0][1], "second": line.guesses[1][1]}
        return message(N_("Could be {first} or {second}"), pair)
    data = {"name": line.guesses[0][1], "score": line.best}
    return message(N_("Best guess: {name}, {score} % alike"), data)


def _kept_words(role: str) -> str:
    """What happens to a name nobody says anything about."""
    return _("Count as unknown") if role in COUNTRY_ROLES else _("Keep as new")
