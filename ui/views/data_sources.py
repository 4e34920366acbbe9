"""The sources of a project: as a tree beside the values, or as one picker where room is short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from ui.actions import Actions
from ui.theme import Theme
from ui.viewmodels.data import DataViewModel
from ui.viewmodels.data_reading import Source
from ui.viewmodels.data_state import DataState
from ui.viewmodels.wording import tip_text
from ui.views.choices import plain_picker
from ui.views.widgets import button, column, label
from workbench.i18n import _, counted

_WIDEST = 330
_SOURCE, _VERSION = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class SourcesCard(QFrame):
    """The tree of sources and their versions, with the buttons that bring data in."""

    def __init__(
        self,
        viewmodel: DataViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setObjectName("sources")
        self.viewmodel, self._theme = viewmodel, theme
        self._shown: tuple[Source, ...] = ()
        layout = column(self, margins=(8, 12, 8, 12), spacing=8)
        self._head = label("lab")
        self._head.setIndent(8)
        layout.addWidget(self._head)
        self.tree = QTreeView()
        self.tree.setObjectName("tbl_sources")
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(True)
        self.tree.setIconSize(QSize(16, 16))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree_model = QStandardItemModel(self)
        self.tree.setModel(self.tree_model)
        self.tree.clicked.connect(self._chosen)
        self.tree.activated.connect(self._chosen)
        layout.addWidget(self.tree, 1)
        buttons = column(margins=(6, 0, 6, 0), spacing=8)
        self.import_button = button("btn_import_file", kind="primary")
        self.import_button.setIconSize(QSize(16, 16))
        self.import_button.clicked.connect(actions["import_file"].trigger)
        self.enter_button = button("btn_enter_values")
        self.enter_button.clicked.connect(actions["enter_values"].trigger)
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.enter_button)
        layout.addLayout(buttons)
        theme.changed.connect(self._paint)
        self._paint()
        self.retranslate()

    def _paint(self) -> None:
        self.import_button.setIcon(self._theme.icon("upload", "on-primary", 16))
        self._fit()

    def _fit(self) -> None:
        """Wide enough for its buttons in every language."""
        both = (self.import_button, self.enter_button)
        wide = max(self._theme.px(184), *(made.sizeHint().width() + 32 for made in both))
        self.setMinimumWidth(min(wide, _WIDEST))

    def render(self, state: DataState) -> None:
        """Show the state."""
        if state.sources != self._shown or self.tree_model.rowCount() == 0:
            self._shown = state.sources
            self._fill(state.sources)
        self._mark(state)

    def _fill(self, sources: tuple[Source, ...]) -> None:
        self.tree_model.clear()
        for source in sources:
            item = QStandardItem(source.name)
            item.setData(source.code, _SOURCE)
            item.setData(0, _VERSION)
            words = counted("{n} value", "{n} values", source.count)
            item.setToolTip(tip_text(f"{source.name}\n{words}"))
            for version in source.versions:
                child = QStandardItem(version.title)
                child.setData(source.code, _SOURCE)
                child.setData(version.id, _VERSION)
                child.setIcon(
                    self._theme.icon("file" if version.has_file else "pencil", "ink-2", 16)
                )
                words = counted("{n} value", "{n} values", version.count)
                child.setToolTip(tip_text(f"{version.title}\n{words}"))
                item.appendRow(child)
            self.tree_model.appendRow(item)

    def _mark(self, state: DataState) -> None:
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

    def _chosen(self) -> None:
        item = self.tree_model.itemFromIndex(self.tree.currentIndex())
        if item is None:
            return
        if item.data(_VERSION):
            self.viewmodel.choose_version(item.data(_SOURCE), item.data(_VERSION))
        else:
            self.viewmodel.choose_source(item.data(_SOURCE))

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self._head.setText(_("Sources"))
        self.tree.setAccessibleName(_("Sources"))
        self.import_button.setText(_("Import a file…"))
        self.enter_button.setText(_("Type in values…"))
        self._fit()


class SourcePicker(QWidget):
    """The same choice as one picker: each source, and below it its versions."""

    def __init__(self, viewmodel: DataViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewmodel = viewmodel
        self.box = plain_picker("pick_source")
        self.box.activated.connect(self._chosen)
        column(self).addWidget(self.box)
        self._shown: tuple[Source, ...] = ()

    def render(self, state: DataState) -> None:
        """Show the state."""
        if state.sources != self._shown:
            self._shown = state.sources
            self.box.clear()
            for source in state.sources:
                self.box.addItem(source.name, (source.code, 0))
                for version in source.versions:
                    self.box.addItem(f"   {version.title}", (source.code, version.id))
        at = [self.box.itemData(i) for i in range(self.box.count())]
        wanted = (state.source, state.version)
        self.box.setCurrentIndex(at.index(wanted) if wanted in at else -1)

    def _chosen(self) -> None:
        source, version = self.box.currentData()
        if version:
            self.viewmodel.choose_version(source, version)
        else:
            self.viewmodel.choose_source(source)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.box.setAccessibleName(_("Source"))
