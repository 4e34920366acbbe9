"""Sources at the left; values and series above the sheet as it was."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QTreeView,
    QWidget,
)

from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.data import DataState, DataViewModel
from ui.viewmodels.data_reading import ALL_INPUTS, Raw, Source
from ui.views.choices import plain_picker
from ui.views.tables import TableView
from ui.views.three_columns import keep_sizes
from ui.views.widgets import EmptyState, button, card, column, label, row, rule
from workbench.i18n import _, message

_WIDEST_SOURCES = 330
_LARGE_TEXT = 1.4
_SOURCE, _VERSION = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class DataView(QWidget):
    """Renders ``DataState``."""

    def __init__(
        self,
        viewmodel: DataViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_data")
        self.viewmodel, self._theme, self._actions = viewmodel, theme, actions
        self._shown = DataState()
        self._pages = QStackedWidget()
        column(self).addWidget(self._pages)
        page = QWidget()
        self._pages.addWidget(page)
        self.empty = EmptyState(theme, "data", "btn_empty_import")
        self.empty.button.clicked.connect(actions["import_file"].trigger)
        self._pages.addWidget(self.empty)
        split = QSplitter()
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        row(page, margins=(20, 0, 20, 16)).addWidget(split)
        split.addWidget(self._sources())
        centre = QSplitter(Qt.Orientation.Vertical)
        centre.setHandleWidth(13)
        centre.setChildrenCollapsible(False)
        centre.addWidget(self._values())
        centre.addWidget(self._sheet())
        centre.setSizes([360, 320])
        split.addWidget(centre)
        split.setStretchFactor(1, 1)
        split.setSizes([206, 852])
        keep_sizes(split, "data", viewmodel.session.preferences)
        keep_sizes(centre, "data_sheets", viewmodel.session.preferences)
        viewmodel.changed.connect(self.render)
        theme.changed.connect(self._paint)
        self._paint()
        self.retranslate()

    # building

    def _sources(self) -> QFrame:
        frame = card("sources")
        self._sources_card = frame
        layout = column(frame, margins=(8, 12, 8, 12), spacing=8)
        self._sources_head = label("lab")
        self._sources_head.setIndent(8)
        layout.addWidget(self._sources_head)
        self.tree = QTreeView()
        self.tree.setObjectName("tbl_sources")
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(True)
        self.tree.setIconSize(QSize(16, 16))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree_model = QStandardItemModel(self)
        self.tree.setModel(self.tree_model)
        self.tree.clicked.connect(self._tree_chosen)
        self.tree.activated.connect(self._tree_chosen)
        layout.addWidget(self.tree, 1)
        buttons = column(margins=(6, 0, 6, 0), spacing=8)
        self.import_button = button("btn_import_file", kind="primary")
        self.import_button.setIconSize(QSize(16, 16))
        self.import_button.clicked.connect(self._actions["import_file"].trigger)
        self.correct_button = button("btn_correct_value")
        self.correct_button.clicked.connect(self._actions["correct_value"].trigger)
        buttons.addWidget(self.import_button)
        self.break_button = button("btn_mark_break")
        self.break_button.clicked.connect(self._actions["mark_break"].trigger)
        buttons.addWidget(self.correct_button)
        buttons.addWidget(self.break_button)
        layout.addLayout(buttons)
        return frame

    def _paint(self) -> None:
        self.import_button.setIcon(self._theme.icon("upload", "on-primary", 16))
        self._sources_card.setMinimumWidth(min(self._theme.px(184), _WIDEST_SOURCES))
        for extra in (self.count, *self._legend, *self._legend_words):
            extra.setVisible(self._theme.scale < _LARGE_TEXT)

    def _values(self) -> QFrame:
        frame = card("values")
        layout = column(frame, margins=(1, 2, 1, 1))
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs_data")
        self.tabs.setDocumentMode(True)
        corner = QWidget()
        line = row(corner, margins=(0, 0, 12, 4), spacing=10)
        self.count = label("small")
        self.input = plain_picker("pick_input")
        self.input.setMinimumContentsLength(16 if self._theme.scale < _LARGE_TEXT else 8)
        self.input.activated.connect(lambda: self.viewmodel.choose_input(self.input.currentData()))
        line.addWidget(self.input)
        line.addWidget(self.count)
        self.tabs.setCornerWidget(corner)
        self.grid = TableView(self._theme, "tbl_grid")
        self.grid.chosen.connect(self.viewmodel.choose_value)
        self.series = TableView(self._theme, "tbl_series")
        self.tabs.addTab(self.grid, "")
        self.tabs.addTab(self.series, "")
        self.tabs.currentChanged.connect(lambda _index: self._show_count(self.viewmodel.state))
        layout.addWidget(self.tabs)
        frame.setMinimumHeight(180)
        return frame

    def _sheet(self) -> QFrame:
        frame = card("raw_sheet")
        layout = column(frame, margins=(1, 1, 1, 1))
        head = row(margins=(16, 8, 14, 8), spacing=12)
        self._sheet_head, self.sheet_name = label("heavy"), label("small")
        self.sheets = QComboBox()
        self.sheets.setObjectName("pick_sheet")
        self.sheets.activated.connect(
            lambda: self.viewmodel.choose_sheet(self.sheets.currentText())
        )
        self.sheet_note = label("small")
        head.addWidget(self._sheet_head)
        head.addWidget(self.sheet_name)
        head.addWidget(self.sheets)
        head.addStretch(1)
        head.addWidget(self.sheet_note)
        self._legend = [_Swatch(self._theme, "accent-soft", ""), _Swatch(self._theme, "", "border"),
                        _Swatch(self._theme, "warn-soft", "")]  # fmt: skip
        self._legend_words = [label("small") for _swatch in self._legend]
        for swatch, words in zip(self._legend, self._legend_words, strict=True):
            head.addWidget(swatch)
            head.addWidget(words)
        layout.addLayout(head)
        layout.addWidget(rule())
        self.raw = TableView(self._theme, "tbl_raw", grid=True)
        self.raw.verticalHeader().show()
        layout.addWidget(self.raw)
        frame.setMinimumHeight(140)
        return frame

    # rendering

    def render(self, state: DataState) -> None:
        """Show the state; only what changed is filled again."""
        before, self._shown = self._shown, state
        nothing = not state.sources and not state.loading
        self._pages.setCurrentIndex(1 if nothing else 0)
        if state.sources != before.sources or self.tree_model.rowCount() == 0:
            self._fill_tree(state.sources)
        self._mark_tree(state)
        if state.grid is not before.grid:
            self.grid.table.show_rows(state.grid.heads, state.grid.rows)
            self.grid.fit_soon()
        if state.series is not before.series:
            self.series.table.show_rows(state.series.heads, state.series.rows)
            self.series.fit_soon()
        if state.cell is not None:
            self.grid.choose(state.cell)
        self._show_inputs(state)
        self._show_count(state)
        if state.raw is not before.raw:
            self._show_raw(state.raw)
        self._mark_cell(state)

    def _fill_tree(self, sources: tuple[Source, ...]) -> None:
        self.tree_model.clear()
        for source in sources:
            item = QStandardItem(source.name)
            item.setData(source.code, _SOURCE)
            item.setData(0, _VERSION)
            data = {"count": source.count}
            item.setToolTip(f"{source.name}\n" + message("{count} values", data))
            for version in source.versions:
                child = QStandardItem(version.title)
                child.setData(source.code, _SOURCE)
                child.setData(version.id, _VERSION)
                child.setIcon(
                    self._theme.icon("file" if version.has_file else "pencil", "ink-2", 16)
                )
                words = message("{count} values", {"count": version.count})
                child.setToolTip(f"{version.title}\n{words}")
                item.appendRow(child)
            self.tree_model.appendRow(item)

    def _mark_tree(self, state: DataState) -> None:
        for index in range(self.tree_model.rowCount()):
            item = self.tree_model.item(index)
            if item.data(_SOURCE) != state.source:
                continue
            target = item
            for child in (item.child(i) for i in range(item.rowCount())):
                if state.version and child.data(_VERSION) == state.version:
                    target = child
            self.tree.setExpanded(item.index(), True)
            if self.tree.currentIndex() != target.index():
                self.tree.setCurrentIndex(target.index())

    def _tree_chosen(self) -> None:
        item = self.tree_model.itemFromIndex(self.tree.currentIndex())
        if item is None:
            return
        if item.data(_VERSION):
            self.viewmodel.choose_version(item.data(_SOURCE), item.data(_VERSION))
        else:
            self.viewmodel.choose_source(item.data(_SOURCE))

    def _show_inputs(self, state: DataState) -> None:
        wanted = [(ALL_INPUTS, _("All inputs")), *state.inputs]
        now = [(self.input.itemData(i), self.input.itemText(i)) for i in range(self.input.count())]
        if now != wanted:
            self.input.clear()
            for code, name in wanted:
                self.input.addItem(name, code)
        self.input.setCurrentIndex(max(self.input.findData(state.input), 0))
        self.input.setVisible(len(state.inputs) > 1)

    def _show_count(self, state: DataState) -> None:
        on_grid = self.tabs.currentIndex() == 0
        data = {"shown": len(state.grid.rows), "total": state.grid.total}
        text = message("{shown} of {total} values", data)
        series = message("{count} series", {"count": state.series.total})
        self.count.setText(text if on_grid else series)

    def _show_raw(self, raw: Raw) -> None:
        self.raw.table.show_rows(raw.heads, raw.rows, row_names=raw.row_names)
        self.sheet_name.setText(raw.file)
        self.sheet_note.setText(raw.note)
        self.sheets.clear()
        self.sheets.addItems(raw.sheets)
        self.sheets.setCurrentText(raw.sheet)
        self.sheets.setVisible(len(raw.sheets) > 1)
        self.raw.fit_soon(most=200)

    def _mark_cell(self, state: DataState) -> None:
        cell = state.cell
        if cell is None or cell.row is None or cell.vintage != state.raw.vintage:
            self.raw.clearSelection()
            return
        line = self.raw.table.row_of(cell.row)
        if line >= 0 and cell.column is not None:
            index = self.raw.table.index(line, cell.column - 1)
            self.raw.setCurrentIndex(index)
            self.raw.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self._sources_head.setText(_("Sources"))
        self.tree.setAccessibleName(_("Sources"))
        self.import_button.setText(_("Import a file…"))
        self.correct_button.setText(_("Correct a value…"))
        self.break_button.setText(_("Mark a break…"))
        self.tabs.setTabText(0, _("Grid"))
        self.tabs.setTabText(1, _("Series"))
        self.input.setAccessibleName(_("Input"))
        self.sheets.setAccessibleName(_("Sheet"))
        self._sheet_head.setText(_("Raw sheet"))
        self.grid.setAccessibleName(_("Values"))
        self.series.setAccessibleName(_("Series"))
        self.raw.setAccessibleName(_("Raw sheet"))
        texts = (_("header"), _("imported"), _("note"))
        for words, text in zip(self._legend_words, texts, strict=True):
            words.setText(text)
        self.empty.words.setText(_("No data yet. Drop an Excel, CSV or ODS file here."))
        self.empty.button.setText(_("Import a file…"))
        self.render(self.viewmodel.state)
        if self.viewmodel.state.sources:
            self.viewmodel.reload()

    # commands of the frame

    def recompute(self) -> None:
        """Read again."""
        self.viewmodel.reload()

    def find(self) -> None:
        """Go to the grid."""
        self.tabs.setCurrentIndex(0)
        self.grid.setFocus()


class _Swatch(QFrame):
    """A small square of the legend."""

    def __init__(self, theme: Theme, ground: str, frame: str) -> None:
        super().__init__()
        self._theme, self._ground, self._frame = theme, ground, frame
        self.setFixedSize(13, 13)

    def paintEvent(self, event: object) -> None:
        """Paint it."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter, QPen

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(self._theme.colour(self._frame), 1) if self._frame else Qt.PenStyle.NoPen
        )
        painter.setBrush(
            self._theme.colour(self._ground) if self._ground else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()
