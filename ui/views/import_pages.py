"""Steps 1 and 2 of an import: the file with its sheets, and where the table stands."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from ui.theme import Theme
from ui.viewmodels.import_state import ImportState
from ui.viewmodels.importing import ImportViewModel
from ui.viewmodels.tables import CellText, HeadText, Row
from ui.views.choices import NumberBox
from ui.views.flow_layout import FlowLayout
from ui.views.import_bands import BandEdges, Bands
from ui.views.import_choices import ChoicesCard
from ui.views.tables import TableView
from ui.views.widgets import Message, card, clear, column, label, scrolled
from workbench.i18n import _, message

ROWS_OF_FILE = 12
_A, _LETTERS = ord("A"), 26


class FilePage(QWidget):
    """Which file and which sheet it is, and how it begins."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.viewmodel, self._theme = viewmodel, theme
        outer = column(self)
        content = QWidget()
        layout = column(content, spacing=12)
        outer.addWidget(scrolled(content, "file_area"))
        self.known = Message(theme, "note")
        self.known.setObjectName("known_layout")
        layout.addWidget(self.known)
        frame = card("file_card")
        inside = column(frame, margins=(16, 14, 16, 14), spacing=6)
        self.name, self.about = label("title"), label("body2", wrap=True)
        inside.addWidget(self.name)
        inside.addWidget(self.about)
        layout.addWidget(frame)
        self.choices = ChoicesCard(viewmodel, theme, on_file=True)
        layout.addWidget(self.choices)
        self.sheet_card = card("sheets_card")
        inside = column(self.sheet_card, margins=(16, 12, 16, 12), spacing=4)
        self.sheet_head = label("heavy")
        inside.addWidget(self.sheet_head)
        self.sheets = column(spacing=4)
        inside.addLayout(self.sheets)
        self.group = QButtonGroup(self)
        layout.addWidget(self.sheet_card)
        frame = card("first_rows")
        inside = column(frame, margins=(1, 10, 1, 1), spacing=6)
        self.rows_head = label("heavy")
        self.rows_head.setIndent(16)
        inside.addWidget(self.rows_head)
        self.table = TableView(theme, "tbl_first_rows", grid=True)
        self.table.verticalHeader().show()
        inside.addWidget(self.table)
        frame.setMinimumHeight(theme.px(190))
        layout.addWidget(frame, 1)

    def render(self, state: ImportState) -> None:
        """Show the state."""
        self.known.setVisible(state.offered)
        self.known.say(_("The program knows this file"), state.known)
        self.choices.render(state)
        self.name.setText(state.file)
        self.about.setText(" ".join(part for part in (state.about, state.size) if part))
        is_open = any(q.code == "which_sheets" and not q.chosen for q in state.choices)
        self.sheet_head.setText(_("Or only one of them?") if is_open else _("Which sheet?"))
        self.rows_head.setText(_("How it begins"))
        self.table.setAccessibleName(_("How it begins"))
        self._show_sheets(state)
        show_rows(self.table, state, ROWS_OF_FILE)

    def _show_sheets(self, state: ImportState) -> None:
        self.sheet_card.setVisible(len(state.sheets) > 1)
        now = [button.property("sheet") for button in self.group.buttons()]
        if now != [sheet.name for sheet in state.sheets]:
            for button in self.group.buttons():
                self.group.removeButton(button)
            clear(self.sheets)
            for sheet in state.sheets:
                text = message("{name} (hidden in the spreadsheet)", {"name": sheet.name})
                made = QRadioButton(text if sheet.hidden else sheet.name)
                made.setProperty("sheet", sheet.name)
                made.clicked.connect(
                    lambda _on=False, name=sheet.name: self.viewmodel.choose_sheet(name)
                )
                self.group.addButton(made)
                self.sheets.addWidget(made)
        for button in self.group.buttons():
            button.setChecked(button.property("sheet") == state.sheet)


class TablePage(QWidget):
    """Header and notes as coloured bands over the sheet, dragged or moved with three fields."""

    def __init__(self, viewmodel: ImportViewModel, theme: Theme) -> None:
        super().__init__()
        self.viewmodel, self._theme = viewmodel, theme
        layout = column(self, spacing=12)
        self.problem = Message(theme, "stop")
        layout.addWidget(self.problem)
        frame = card("bands")
        inside = FlowLayout(frame, spacing=24, stretch=3)
        inside.setContentsMargins(16, 10, 16, 12)
        self.labels = {}
        self.spins: dict[str, NumberBox] = {}
        for name in ("header_row", "header_rows", "footer_rows"):
            holder = QWidget()
            part = column(holder, spacing=4)
            words, spin = label("lab"), NumberBox()
            spin.setObjectName(f"spin_{name}")
            spin.setRange(1 if name != "footer_rows" else 0, 200 if name == "header_row" else 20)
            spin.setMinimumWidth(theme.px(90))
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(
                lambda value, key=name: viewmodel.place_table(**{key: value})
            )
            words.setBuddy(spin)
            part.addWidget(words)
            part.addWidget(spin)
            inside.addWidget(holder)
            self.labels[name], self.spins[name] = words, spin
        self.first = label("body2")
        inside.addWidget(self.first)
        layout.addWidget(frame)
        frame = card("sheet_card")
        inside_column = column(frame, margins=(1, 1, 1, 1))
        self.table = TableView(theme, "tbl_bands", grid=True)
        self.table.verticalHeader().show()
        self.table.table.setObjectName("bands_model")
        self.edges = BandEdges(self.table, theme)
        self.edges.moved.connect(self._moved)
        self.edges.dropped.connect(self._dropped)
        inside_column.addWidget(self.table)
        layout.addWidget(frame, 1)

    def render(self, state: ImportState) -> None:
        """Show the state."""
        texts = {
            "header_row": _("Header begins in row"),
            "header_rows": _("Rows of the header"),
            "footer_rows": _("Rows of notes below"),
        }
        for name, spin in self.spins.items():
            self.labels[name].setText(texts[name])
            spin.setAccessibleName(texts[name])
            spin.blockSignals(True)
            spin.setValue(getattr(state, name))
            spin.blockSignals(False)
        first = state.header_row + state.header_rows
        self.first.setText(
            message("The first row of data is row {row}.", {"row": first}) if state.columns else ""
        )
        self.problem.setVisible(not state.columns)
        self.problem.say(
            _("No table was found on this sheet"),
            _("Say in which row the names of the columns stand, or choose another sheet."),
        )
        self.table.setAccessibleName(_("The sheet with the rows of the header and the notes"))
        bands = Bands.of(state)
        show_rows(self.table, state, len(state.first_rows), bands=bands)
        self.edges.show_bands(bands)

    def _moved(self, bands: Bands) -> None:
        """The colours follow while an edge is dragged."""
        state = self.viewmodel.state
        show_rows(self.table, state, len(state.first_rows), bands=bands, fit=False)
        self.first.setText(message("The first row of data is row {row}.", {"row": bands.data + 1}))

    def _dropped(self, bands: Bands) -> None:
        notes = bands.rows - bands.notes if bands.whole else self.viewmodel.state.footer_rows
        self.viewmodel.place_table(
            header_row=bands.header + 1,
            header_rows=bands.data - bands.header,
            footer_rows=notes,
        )


def letter(index: int) -> str:
    """Letters of a spreadsheet column, from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _LETTERS)
        name = chr(_A + rest) + name
    return name


def show_rows(
    table: TableView,
    state: ImportState,
    count: int,
    *,
    bands: Bands | None = None,
    fit: bool = True,
) -> None:
    """The first rows of the sheet, with letters and numbers as in a spreadsheet."""
    rows = state.first_rows[:count]
    width = min(max((len(cells) for cells in rows), default=0), 40)
    heads = [HeadText(text=letter(index)) for index in range(width)]
    made = []
    for number, cells in enumerate(rows, start=1):
        ground = bands.ground(number - 1) if bands is not None and state.first_rows else ""
        strong = ground == "accent-soft"
        texts = [*cells, *[""] * (width - len(cells))][:width]
        made.append(
            Row(
                key=number,
                cells=tuple(
                    CellText(text=text.lstrip("\x1e"), ground=ground, strong=strong)
                    for text in texts
                ),
            )
        )
    names = [str(number) for number in range(1, len(rows) + 1)]
    place = table.verticalScrollBar().value()
    table.table.show_rows(heads, made, row_names=names)
    table.verticalScrollBar().setValue(place)
    if fit:
        table.fit_soon(most=200)
