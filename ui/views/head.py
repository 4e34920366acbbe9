"""The line above every screen: its name, and the area and years in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from indicators.errors import N_
from ui.theme import Theme
from ui.viewmodels.session import SessionState
from ui.views.widgets import button, label, row
from workbench import i18n
from workbench.i18n import _, local


class Head(QWidget):
    """Screen title and context pickers.

    Signals:
        area_chosen: code of an area.
        years_chosen: first and last year.
        search_asked: the search button.
        cut_chosen: a written breakdown, or empty for everybody.
        public_left: the mark of the public view.
    """

    area_chosen = Signal(str)
    years_chosen = Signal(int, int)
    search_asked = Signal()
    public_left = Signal()
    cut_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("head")
        layout = row(self, margins=(20, 10, 20, 8), spacing=8)
        self.title = label("screen", name="lbl_screen")
        layout.addWidget(self.title)
        layout.addSpacing(10)
        self.area = _picker("pick_area")
        self.first = _picker("pick_first_year")
        self.dash = label("body2")
        self.last = _picker("pick_last_year")
        self.cut = _picker("pick_group")
        for widget in (self.area, self.first, self.dash, self.last, self.cut):
            layout.addWidget(widget)
        self.chip = button("btn_remove_filter", kind="chip")
        self.chip.clicked.connect(lambda: self.cut_chosen.emit(""))
        self.chip.hide()
        layout.addWidget(self.chip)
        self.public = button("btn_leave_public", kind="chip")
        self.public.clicked.connect(self.public_left)
        self.public.hide()
        layout.addWidget(self.public)
        layout.addStretch(1)
        self.search = SearchButton(theme)
        self.search.clicked.connect(self.search_asked)
        layout.addWidget(self.search)
        self.area.activated.connect(lambda: self.area_chosen.emit(self.area.currentData()))
        self.cut.activated.connect(lambda: self.cut_chosen.emit(self.cut.currentData()))
        self.first.activated.connect(self._years)
        self.last.activated.connect(self._years)
        self.setMinimumHeight(54)

    def _years(self) -> None:
        self.years_chosen.emit(self.first.currentData(), self.last.currentData())

    def show_title(self, text: str) -> None:
        """Name the screen."""
        self.title.setText(text)

    def render(self, state: SessionState, *, context: bool, groups: bool) -> None:
        """Fill the pickers.

        Args:
            state: of the session.
            context: False on screens that do not use area and years.
            groups: True on screens that can look at one group of persons.
        """
        self._show_cut(state, shown=groups and context and state.has_project)
        self.public.setVisible(state.has_project and state.public_view)
        shown = context and state.has_project and bool(state.years)
        for widget in (self.area, self.first, self.dash, self.last):
            widget.setVisible(shown)
        if not shown:
            return
        areas = [(choice.code, local(choice.names) or choice.code) for choice in state.areas]
        _fill(self.area, [(text, code) for code, text in areas], state.area)
        years = [(str(year), year) for year in state.years]
        _fill(self.first, years, state.first_year)
        _fill(self.last, years, state.last_year)

    def _show_cut(self, state: SessionState, *, shown: bool) -> None:
        self.cut.setVisible(shown and bool(state.cuts))
        self.chip.setVisible(shown and bool(state.cut))
        entries = [(_("Everybody"), ""), *((cut_text(cut), cut) for cut in state.cuts)]
        _fill(self.cut, entries, state.cut)
        self.chip.setText(
            i18n.message(N_("Only: {group}"), {"group": cut_text(state.cut)}) + "  ✕"
        )
        self.chip.setAccessibleName(_("Remove the filter"))
        self.chip.setToolTip(_("Remove the filter"))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.cut.setAccessibleName(_("Group of persons"))
        self.cut.setToolTip(_("Group of persons"))
        self.dash.setText("–")
        self.public.setText(_("Public view") + "  ✕")
        self.public.setAccessibleName(_("Leave the public view"))
        self.public.setToolTip(
            _("Small counts of persons are hidden, and what would give them away. Click to leave.")
        )
        self.search.say(_("Search everything"), "Ctrl K")
        self.area.setAccessibleName(_("Area"))
        self.first.setAccessibleName(_("First year"))
        self.last.setAccessibleName(_("Last year"))
        self.area.setToolTip(_("Area"))
        self.first.setToolTip(_("First year"))
        self.last.setToolTip(_("Last year"))


class SearchButton(QPushButton):
    """Looks like a field and opens the search; shows its keys at the right.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("btn_search")
        self.setProperty("search", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = row(self, margins=(10, 2, 8, 2), spacing=8)
        self._icon, self._words, self._keys = QLabel(), label("body2"), label("keys")
        for widget in (self._icon, self._words, self._keys):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._keys)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("search", "ink-2", 16))
        self.setMinimumHeight(self._theme.px(32))

    def say(self, words: str, keys: str) -> None:
        """Take the words."""
        self._words.setText(words)
        self._keys.setText(keys)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})")

    def set_narrow(self, *, narrow: bool) -> None:
        """Only the sign where room is short."""
        self._words.setVisible(not narrow)
        self._keys.setVisible(not narrow)

    def sizeHint(self) -> QSize:
        """Room for its parts."""
        inside = self.layout()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()


def cut_text(cut: str) -> str:
    """A written breakdown in words; empty for everybody."""
    if not cut:
        return ""
    from indicators.model.series import Breakdown
    from workbench.presenting.naming import breakdown_text

    return breakdown_text(Breakdown.parse(cut))


def _picker(name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setProperty("head", "true")
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaxVisibleItems(20)
    return box


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
    box.blockSignals(True)
    now = [(box.itemText(index), box.itemData(index)) for index in range(box.count())]
    if now != list(entries):
        box.clear()
        for text, data in entries:
            box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)
