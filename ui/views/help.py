"""The handbook: contents and search at the left, the page at the right; prints and finds words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from ui.theme import TYPE, Theme
from ui.viewmodels.help import HelpEntry, HelpState, HelpViewModel
from ui.views.widgets import button, card, column, label, row
from workbench.i18n import _

SCHEME = "page"
SIZE = (980, 680)
_PAGE_ROLE = Qt.ItemDataRole.UserRole


class PageBrowser(QTextBrowser):
    """Shows a page; nothing is loaded from anywhere and no link opens by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("text_help")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Nothing: a page is its text."""
        return None

    def show_page(self, html: str, sizes: dict[int, int]) -> None:
        """Show a page from its beginning, its headings in the sizes of the theme.

        Args:
            html: the page.
            sizes: height of the letters of a heading by its level, in pixels.
        """
        self.setHtml(html)
        block = self.document().begin()
        while block.isValid():
            size = sizes.get(block.blockFormat().headingLevel())
            if size is not None:
                cursor = QTextCursor(block)
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                shown = cursor.charFormat()
                # Qt sizes headings by itself, whatever the style sheet says
                shown.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                shown.setProperty(QTextFormat.Property.FontPixelSize, size)
                cursor.setCharFormat(shown)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def find_words(self, words: str, *, back: bool = False) -> bool:
        """Mark the next place with these words, beginning again at the end."""
        flags = QTextDocument.FindFlag(0)
        if back:
            flags |= QTextDocument.FindFlag.FindBackward
        if self.find(words, flags):
            return True
        before = self.textCursor()
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End if back else cursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        if self.find(words, flags):
            return True
        self.setTextCursor(before)
        return False


class HelpWindow(QDialog):
    """Renders ``HelpState`` beside the window, which stays usable.

    Args:
        viewmodel: what is read.
        theme: the look in force.
        parent: the window, or the dialog that asked.
    """

    def __init__(
        self, viewmodel: HelpViewModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.viewmodel, self._theme = viewmodel, theme
        self._shown: HelpState | None = None
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(270), theme.px(690)])
        column(self, margins=(14, 14, 14, 14)).addWidget(split)
        self._keys()
        viewmodel.changed.connect(self.render)
        theme.changed.connect(self._paint)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        width, height = (self._theme.px(side) for side in SIZE)
        parent = self.parentWidget()
        if parent is not None:
            top = parent.window()
            width, height = min(width, top.width() - 60), min(height, top.height() - 60)
        self.resize(max(width, 640), max(height, 420))

    # building

    def _left(self) -> QFrame:
        frame = card("help_contents")
        layout = column(frame, margins=(10, 10, 10, 8), spacing=8)
        self.query = QLineEdit()
        self.query.setObjectName("edit_help_search")
        self.query.setClearButtonEnabled(True)
        self.query.textChanged.connect(self.viewmodel.search)
        self.query.returnPressed.connect(self._first_hit)
        self.pages = QListView()
        self.pages.setObjectName("tbl_help_pages")
        self.pages.setWordWrap(True)
        self.pages.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = QStandardItemModel(self)
        self.pages.setModel(self.model)
        self.pages.clicked.connect(self._picked)
        self.pages.activated.connect(self._picked)
        layout.addWidget(self.query)
        layout.addWidget(self.pages, 1)
        return frame

    def _right(self) -> QFrame:
        frame = card("help_page")
        layout = column(frame, margins=(6, 8, 6, 6), spacing=6)
        line = row(margins=(6, 0, 6, 0), spacing=6)
        self.back, self.forward = button("btn_help_back"), button("btn_help_on")
        self.back.clicked.connect(lambda: self.viewmodel.go(-1))
        self.forward.clicked.connect(lambda: self.viewmodel.go(1))
        self.told = label("small", name="lbl_help_find")
        self.words = QLineEdit()
        self.words.setObjectName("edit_help_find")
        self.words.setClearButtonEnabled(True)
        self.words.returnPressed.connect(self.find_next)
        self.words.textChanged.connect(lambda _text: self.told.setText(""))
        self.print_button = button("btn_help_print")
        self.print_button.clicked.connect(self.print_page)
        for made in (self.back, self.forward, self.print_button):
            made.setAutoDefault(False)
        line.addWidget(self.back)
        line.addWidget(self.forward)
        line.addStretch(1)
        line.addWidget(self.told)
        line.addWidget(self.words)
        line.addWidget(self.print_button)
        self.browser = PageBrowser()
        self.browser.anchorClicked.connect(self._follow)
        layout.addLayout(line)
        layout.addWidget(self.browser, 1)
        return frame

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+F", self._to_find),
            ("F3", self.find_next),
            ("Shift+F3", lambda: self.find_next(back=True)),
            ("Ctrl+P", self.print_page),
            ("Alt+Left", lambda: self.viewmodel.go(-1)),
            ("Alt+Right", lambda: self.viewmodel.go(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # rendering

    def render(self, state: HelpState) -> None:
        """Show the state."""
        before, self._shown = self._shown, state
        if before is None or state.entries is not before.entries:
            self._list(state.entries)
        if before is None or (state.page, state.html) != (before.page, before.html):
            self.browser.show_page(state.html, self._sizes())
            self.told.setText("")
        self.back.setEnabled(state.can_go_back)
        self.forward.setEnabled(state.can_go_on)
        self.setWindowTitle(f"{state.title} – {_('Help')}" if state.title else _("Help"))
        self._mark(state.page)

    def _list(self, entries: tuple[HelpEntry, ...]) -> None:
        self.model.clear()
        for entry in entries:
            item = QStandardItem("\n".join(part for part in (entry.title, entry.excerpt) if part))
            item.setData(entry.page, _PAGE_ROLE)
            if not entry.page:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setFont(self._theme.font("label"))
                item.setForeground(self._theme.colour("ink-3"))
            self.model.appendRow(item)
        if not entries and self.viewmodel.state.query.strip():
            nothing = QStandardItem(_("Nothing fits."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.model.appendRow(nothing)

    def _mark(self, page: str) -> None:
        for line in range(self.model.rowCount()):
            index = self.model.index(line, 0)
            if page and index.data(_PAGE_ROLE) == page:
                self.pages.setCurrentIndex(index)
                return
        self.pages.setCurrentIndex(QModelIndex())

    def _sizes(self) -> dict[int, int]:
        """Heights of headings by level."""
        kinds = {1: "screen", 2: "section", 3: "heavy"}
        return {level: self._theme.font(kind).pixelSize() for level, kind in kinds.items()}

    def _paint(self) -> None:
        """Sizes and colours of the theme for the page, which no style sheet reaches."""
        theme = self._theme

        def size(name: str) -> int:
            return theme.font(name).pixelSize()

        sheet = f"""
            body {{ color: {theme.value("ink")}; font-size: {size("body")}px; }}
            h1 {{ font-size: {size("screen")}px; font-weight: {TYPE["screen"][1]}; margin-bottom: 10px; }}
            h2 {{ font-size: {size("section")}px; font-weight: 600; margin-top: 18px; margin-bottom: 6px; }}
            h3 {{ font-size: {size("body")}px; font-weight: 600; }}
            p, li {{ margin-bottom: 8px; line-height: 140%; }}
            b {{ font-weight: 600; }}
            a {{ color: {theme.value("accent")}; text-decoration: underline; }}
            code, pre {{ font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace;
                background-color: {theme.value("sunken")}; }}
            pre {{ padding: 8px; margin: 8px; }}
            table {{ margin-top: 4px; margin-bottom: 10px; }}
            td, th {{ padding: 5px; }}
            th {{ color: {theme.value("ink-2")}; font-weight: 600; }}
            .note {{ background-color: {theme.value("note-soft")}; }}
        """
        document = self.browser.document()
        document.setDefaultStyleSheet(sheet)
        document.setDocumentMargin(theme.px(14))
        if self._shown is not None:
            self.browser.show_page(self._shown.html, self._sizes())
            self._list(self._shown.entries)
            self._mark(self._shown.page)

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.query.setPlaceholderText(_("Search the help"))
        self.query.setAccessibleName(_("Search the help"))
        self.pages.setAccessibleName(_("Pages"))
        self.words.setPlaceholderText(_("Find in this page"))
        self.words.setAccessibleName(_("Find in this page"))
        self.browser.setAccessibleName(_("Page of the help"))
        self.back.setText(_("Back"))
        self.forward.setText(_("Forward"))
        self.print_button.setText(_("Print…"))
        self.setWindowTitle(_("Help"))
        self._paint()
        self.viewmodel.retranslate()

    # what is done

    def _picked(self, index: QModelIndex) -> None:
        page = index.data(_PAGE_ROLE)
        if page:
            self.viewmodel.open(page)

    def _first_hit(self) -> None:
        entry = next((each for each in self.viewmodel.state.entries if each.page), None)
        if entry is not None and self.query.text().strip():
            self.viewmodel.open(entry.page)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == SCHEME:
            self.viewmodel.open(url.path())

    def _to_find(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    def find_next(self, *, back: bool = False) -> None:
        """Go to the next place with the words; say so when there is none."""
        words = self.words.text()
        found = bool(words) and self.browser.find_words(words, back=back)
        self.told.setText("" if found or not words else _("Not on this page"))

    def print_page(self) -> None:
        """Ask for a printer and print the page."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.viewmodel.state.title)
        if QPrintDialog(printer, self).exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print the page in black on white, whatever the colours of the window are."""
        document = QTextDocument()
        font = self._theme.font()
        font.setPointSizeF(9.5)  # paper has points, not pixels
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(
            "a { color: black; text-decoration: none; } code, pre { font-family: monospace; }"
            " b, h1, h2, h3, th { font-weight: 600; } p, li { margin-bottom: 6px; }"
        )
        document.setHtml(self.viewmodel.state.html)
        document.print_(printer)
