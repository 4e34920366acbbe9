"""Colours, fonts, sizes and icons of the window; the only place in ``ui`` that holds colour values.

``TOKENS`` is the table of the visual design. From it come the palette, the style sheet and the
colours of the charts. Everything a view needs is asked from the one ``Theme`` that the composition
root builds and hands down.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

TOKENS: dict[str, tuple[str, str, str]] = {
    # token: light, dark, high contrast
    "canvas": ("#F6F5F2", "#10131A", "#FFFFFF"),
    "rail": ("#EEECE8", "#0C0F15", "#FFFFFF"),
    "surface": ("#FFFFFF", "#171B24", "#FFFFFF"),
    "sunken": ("#F1F1EE", "#1E2430", "#FFFFFF"),
    "line": ("#E2E2DD", "#2A313E", "#000000"),
    "border": ("#878D97", "#6F7889", "#000000"),
    "ink": ("#1B2027", "#E9EBEF", "#000000"),
    "ink-2": ("#4A525D", "#B6BDC8", "#000000"),
    "ink-3": ("#5F6671", "#929BA9", "#1A1A1A"),
    "accent": ("#4B42B8", "#AAA5F6", "#2A1FA8"),
    "accent-soft": ("#ECEBF9", "#28284A", "#E4E2FF"),
    "primary": ("#1B2027", "#E9EBEF", "#000000"),
    "on-primary": ("#FFFFFF", "#10131A", "#FFFFFF"),
    "on-ink-link": ("#C9C6FF", "#4B42B8", "#FFFFFF"),
    "prevention": ("#009E73", "#009E73", "#006B4E"),
    "prevention-text": ("#00694C", "#2DBE93", "#00523B"),
    "prevention-soft": ("#E1F3EC", "#10302A", "#FFFFFF"),
    "protection": ("#0072B2", "#56B4E9", "#005A8F"),
    "protection-text": ("#0072B2", "#56B4E9", "#004A76"),
    "protection-soft": ("#EAF3F9", "#13303F", "#FFFFFF"),
    "prosecution": ("#D55E00", "#F07A2B", "#A34700"),
    "prosecution-text": ("#A34700", "#F38B47", "#8A3B00"),
    "prosecution-soft": ("#FBEADF", "#3B2416", "#FFFFFF"),
    "cross": ("#6B7280", "#929BA9", "#3A3F47"),
    "cross-text": ("#4A525D", "#B6BDC8", "#2A2E35"),
    "cross-soft": ("#ECEDEF", "#262C38", "#FFFFFF"),
    "stop": ("#A8123A", "#F58CA6", "#8A0E2E"),
    "stop-soft": ("#FBE9EE", "#3B1824", "#FFFFFF"),
    "warn": ("#7A5200", "#F0C25E", "#5C3D00"),
    "warn-soft": ("#FFF3D6", "#352A12", "#FFFFFF"),
    "note": ("#4A525D", "#B6BDC8", "#000000"),
    "note-soft": ("#EEEFF1", "#232936", "#FFFFFF"),
    "grid": ("#E5E5E5", "#2A313E", "#B0B0B0"),
    "axis": ("#6B7280", "#6F7889", "#000000"),
    "context": ("#8C8C8C", "#7E8796", "#6B6B6B"),
    "event": ("#4A525D", "#B6BDC8", "#000000"),
}

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "surface"), ("ink", "canvas"), ("ink", "accent-soft"), ("ink", "warn-soft"),
    ("ink", "stop-soft"), ("ink-2", "surface"), ("ink-2", "rail"), ("ink-3", "rail"),
    ("ink-3", "surface"), ("accent", "surface"), ("on-primary", "primary"),
    ("on-ink-link", "ink"), ("prevention-text", "surface"), ("protection-text", "surface"),
    ("prosecution-text", "surface"), ("prevention-text", "prevention-soft"),
    ("protection-text", "protection-soft"), ("prosecution-text", "prosecution-soft"),
    ("cross-text", "cross-soft"), ("stop", "stop-soft"), ("warn", "warn-soft"),
    ("note", "note-soft"),
)  # fmt: skip
"""Text over ground: every pair reaches 4.5 in every theme (tested)."""

MARK_PAIRS: tuple[tuple[str, str], ...] = (
    ("border", "surface"), ("prevention", "surface"), ("protection", "surface"),
    ("prosecution", "surface"), ("cross", "surface"), ("axis", "surface"),
    ("context", "surface"), ("event", "surface"), ("accent", "surface"),
)  # fmt: skip
"""Marks and control outlines: every pair reaches 3.0 in every theme (tested)."""

KINDS = ("light", "dark", "high_contrast")
FAMILIES = ("Workbench Sans", "Inter", "DejaVu Sans")
BASE_PX = 13.0
TYPE: dict[str, tuple[float, int]] = {
    # name: factor of the base, weight
    "micro": (0.85, 400),
    "mark": (0.85, 600),
    "small": (0.92, 400),
    "label": (0.92, 500),
    "body": (1.0, 400),
    "strong": (1.0, 500),
    "heavy": (1.0, 600),
    "event": (0.92, 600),
    "words": (1.15, 400),
    "section": (1.15, 600),
    "value": (1.08, 600),
    "title": (1.31, 600),
    "screen": (1.54, 600),
    "figure": (2.3, 600),
    "hero": (2.05, 600),
}
FONT_FOLDER = Path(__file__).parent.parent / "workbench" / "presenting" / "fonts"
ICON_FOLDER = Path(__file__).parent / "icons"
_ICONS_IN_SHEET = ("down", "check", "chev")
_DARK_LIGHTNESS = 128


def load_fonts() -> int:
    """Load the bundled font; returns how many files were loaded (the fallback list serves else)."""
    files = sorted(FONT_FOLDER.glob("*.ttf"))
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


class Theme(QObject):
    """The look in force; ``changed`` asks everything that paints to paint again.

    Args:
        kind: one of ``KINDS`` or ``system``.
        text_percent: text size, 100 to 200.
    """

    changed = Signal()

    def __init__(self, kind: str = "light", text_percent: int = 100) -> None:
        super().__init__()
        self.choice = kind
        self.text_percent = text_percent
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._folder: QTemporaryDir | None = None

    @property
    def kind(self) -> str:
        """The theme in force: the choice, or what the system asks for."""
        if self.choice in KINDS:
            return self.choice
        hints = QGuiApplication.styleHints()
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    @property
    def scale(self) -> float:
        """Factor of the text size."""
        return self.text_percent / 100

    def value(self, token: str) -> str:
        """The colour of a token as the style sheet writes it."""
        return TOKENS[token][KINDS.index(self.kind)]

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        """The colour of a token."""
        colour = QColor(self.value(token))
        colour.setAlphaF(opacity)
        return colour

    @property
    def band_opacity(self) -> float:
        """Strength of bands: a little more on dark grounds."""
        return 0.2 if self.kind == "dark" else 0.16

    def px(self, pixels: float) -> int:
        """A length that grows with the text."""
        return round(pixels * self.scale)

    def font(self, name: str = "body") -> QFont:
        """The font of a text kind (``micro``, ``small``, ``body``, ``words``, ``title`` ...)."""
        factor, weight = TYPE[name]
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(max(11, round(BASE_PX * factor * self.scale)))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def pixmap(self, name: str, tone: str = "ink-2", size: int = 18) -> QPixmap:
        """An icon drawn in the colour of a token."""
        key = (name, self.value(tone), self.px(size))
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def _draw(self, name: str, colour: str, size: int) -> QPixmap:
        ratio = 2
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        text = _drawing(name).replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(text.encode()))
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, tone: str = "ink-2", size: int = 18) -> QIcon:
        """An icon with its pale state for what is off."""
        icon = QIcon(self.pixmap(name, tone, size))
        icon.addPixmap(self.pixmap(name, "ink-3", size), QIcon.Mode.Disabled)
        return icon

    def palette(self) -> QPalette:
        """The palette of the theme; text stays ink on selected ground."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, token in (
            (role.Window, "canvas"), (role.WindowText, "ink"), (role.Base, "surface"),
            (role.AlternateBase, "sunken"), (role.Text, "ink"), (role.Button, "surface"),
            (role.ButtonText, "ink"), (role.Highlight, "accent-soft"),
            (role.HighlightedText, "ink"), (role.PlaceholderText, "ink-3"),
            (role.Link, "accent"), (role.LinkVisited, "accent"), (role.ToolTipBase, "ink"),
            (role.ToolTipText, "on-primary"), (role.Accent, "accent"), (role.Midlight, "line"),
            (role.Mid, "border"),
        ):  # fmt: skip
            palette.setColor(target, self.colour(token))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.colour("ink-3"))
        return palette

    def style_sheet(self) -> str:
        """The style sheet with colours, sizes and icon files of the theme."""

        def filled(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.startswith("icon-"):
                return self._icon_file(name.removeprefix("icon-"))
            if name.startswith("font-"):
                factor, weight = TYPE[name.removeprefix("font-")]
                pixels = max(11, round(BASE_PX * factor * self.scale))
                return f"font-size: {pixels}px; font-weight: {weight}"
            if name.startswith("px-"):
                return f"{self.px(float(name.removeprefix('px-')))}px"
            return self.value(name)

        return re.sub(r"@([a-z0-9-]+)", filled, SHEET)

    def _icon_file(self, name: str) -> str:
        """A coloured copy of an icon, because style sheets take only files."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        drawing, _, token = name.partition("--")
        file = Path(self._folder.path()) / f"{drawing}-{self.value(token).lstrip('#')}.svg"
        if not file.exists():
            text = _drawing(drawing).replace("currentColor", self.value(token))
            file.write_text(text, encoding="utf-8")
        return f"url({file.as_posix()})"

    def apply(self, app: QApplication) -> None:
        """Set style, palette, font and sheet of the application; tells who paints."""
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(self.palette())
        app.setFont(self.font())
        app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def choose(self, app: QApplication, *, kind: str, text_percent: int) -> None:
        """Change theme and text size at run time."""
        if (kind, text_percent) == (self.choice, self.text_percent):
            return
        self.choice, self.text_percent = kind, text_percent
        self.apply(app)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours (WCAG 2 formula), 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)


SHEET = """
QMainWindow, QDialog { background: @canvas; }
QMenuBar { background: @rail; color: @ink-2; padding: 2px 8px; spacing: 2px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @surface; color: @ink; }
QMenu { background: @surface; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 5px; }
QMenu::item:selected { background: @accent-soft; color: @ink; }
QMenu::item:disabled { color: @ink-3; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QStatusBar { background: @rail; color: @ink-2; min-height: @px-28; @font-small; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @ink-2; @font-small; background: transparent; }
QLabel#lbl_fictitious { border: 1px solid @border; border-radius: 4px; padding: 1px 7px;
    @font-mark; color: @ink-2; }
QWidget#rail, QWidget#rail_corner { background: @rail; }
QListView#nav { background: @rail; border: 0; outline: 0; }
QWidget#head, QStackedWidget#screens, QWidget[page="true"] { background: @canvas; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QFrame[card="true"] { background: @surface; border: 1px solid @line; border-radius: 10px; }
QFrame[card="flat"] { background: @sunken; border: 0; border-radius: 8px; }
QFrame[card="drop"] { background: transparent; border: 1px dashed @border; border-radius: 10px; }
QFrame[rule="true"] { background: @line; border: 0; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[role="screen"] { @font-screen; }
QLabel[role="title"] { @font-title; }
QLabel[role="words"] { @font-words; }
QLabel[role="section"] { @font-section; }
QLabel[role="strong"] { @font-strong; }
QLabel[role="heavy"] { @font-heavy; }
QLabel[role="figure"] { @font-figure; }
QLabel[role="hero"] { @font-hero; }
QLabel[role="lab"] { @font-label; color: @ink-3; }
QLabel[role="small"] { @font-small; color: @ink-2; }
QLabel[role="quiet"] { @font-small; color: @ink-3; }
QLabel[role="body2"] { color: @ink-2; }
QLabel[role="micro"] { @font-micro; color: @ink-3; }
QLabel[level="stop"] { color: @stop; font-weight: 600; }
QLabel[level="warn"] { color: @warn; font-weight: 600; }
QLabel[level="note"] { color: @note; font-weight: 600; }
QFrame[level="stop"] { background: @stop-soft; border: 0; border-radius: 8px; }
QFrame[level="warn"] { background: @warn-soft; border: 0; border-radius: 8px; }
QFrame[level="note"] { background: @note-soft; border: 0; border-radius: 8px; }
QPushButton { border: 1px solid @border; border-radius: 7px; padding: 6px 13px; background: @surface;
    color: @ink; @font-strong; }
QPushButton:hover { background: @sunken; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 12px; }
QPushButton:disabled { color: @ink-3; border-color: @line; }
QPushButton[primary="true"] { background: @primary; color: @on-primary; border-color: @primary;
    @font-heavy; }
QPushButton[primary="true"]:hover { background: @ink-2; border-color: @ink-2; }
QPushButton[primary="true"]:focus { border: 2px solid @accent; padding: 5px 12px; }
QPushButton[primary="hero"] { background: @primary; color: @on-primary; border-color: @primary;
    margin: 4px; padding: 8px 18px; @font-heavy; }
QPushButton[primary="hero"]:hover { background: @ink-2; border-color: @ink-2; }
QPushButton[primary="hero"]:focus { border: 1px solid @primary; padding: 8px 18px; }
QPushButton[primary="true"]:disabled { background: @sunken; color: @ink-3; border-color: @line; }
QPushButton[plain="true"] { border: 1px solid transparent; background: transparent; color: @accent;
    padding: 4px 6px; }
QPushButton[plain="true"]:focus { border: 2px solid @accent; padding: 3px 5px; }
QPushButton[rail="true"] { border: 1px solid transparent; background: transparent; color: @ink-2;
    text-align: left; margin: 0 10px; padding: 8px 9px; }
QPushButton[rail="true"]:hover { background: @line; }
QPushButton[rail="true"]:focus { border: 2px solid @accent; padding: 7px 8px; }
QPushButton[start="true"] { text-align: left; border: 1px solid @line; border-radius: 10px;
    background: @surface; padding: 10px 16px; }
QPushButton[recent="true"] { border: 1px solid transparent; border-radius: 0; padding: 0; }
QPushButton[start="true"]:hover { background: @sunken; }
QPushButton[start="true"]:focus { border: 2px solid @accent; padding: 9px 15px; }
QToolButton { border: 1px solid transparent; border-radius: 7px; padding: 5px; background: transparent;
    color: @ink-2; }
QToolButton:hover { background: @sunken; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton:checked { background: @accent-soft; }
QWidget[segments="true"] { background: @sunken; border-radius: 7px; }
QWidget[segments="true"] QToolButton { border: 1px solid transparent; border-radius: 5px;
    padding: 4px 10px; color: @ink-2; @font-label; }
QWidget[segments="true"] QToolButton:checked { background: @surface; color: @ink;
    border-color: @line; }
QWidget[segments="true"] QToolButton:focus { border: 2px solid @accent; padding: 3px 9px; }
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QTextEdit { border: 1px solid @border;
    border-radius: 7px; padding: 5px 9px; background: @surface; color: @ink; min-height: @px-18;
    selection-background-color: @accent-soft; selection-color: @ink; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid @accent; padding: 4px 8px; }
QComboBox[head="true"] { border-color: @line; @font-strong; }
QComboBox::drop-down { border: 0; width: @px-22; }
QComboBox::down-arrow { image: @icon-down--ink-3; width: @px-14; height: @px-14; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @line; outline: 0;
    selection-background-color: @accent-soft; selection-color: @ink; }
QCheckBox, QRadioButton { spacing: 9px; background: transparent; }
QCheckBox::indicator { width: @px-14; height: @px-14; border: 1px solid @border; border-radius: 4px;
    background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
    image: @icon-check--surface; }
QCheckBox::indicator:disabled { border-color: @line; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @border; border-radius: 8px;
    background: @surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QRadioButton::indicator:disabled { border-color: @line; }
QFrame[choice="true"] { border: 0; border-radius: 8px; background: transparent; }
QFrame[choice="chosen"] { border: 0; border-radius: 8px; background: @accent-soft; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { padding: 9px 2px 9px 2px; margin: 0 9px; color: @ink-2; background: transparent;
    border: 0; border-bottom: 2px solid transparent; @font-strong; }
QTabBar::tab:selected { color: @ink; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @ink; }
QTabBar:focus::tab:selected { color: @accent; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTableView, QTreeView, QListView { background: transparent; border: 0; outline: 0;
    selection-background-color: @accent-soft; selection-color: @ink; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 0; }
QTreeView::item { min-height: @px-28; padding: 0 4px; border-radius: 5px; }
QTreeView::item:selected { background: @accent-soft; color: @ink; }
QTreeView { show-decoration-selected: 0; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: @icon-chev--ink-2; }
QTreeView::branch:has-children:open { image: @icon-down--ink-2; }
QHeaderView { background: @surface; border: 0; }
QHeaderView::section { background: @surface; border: 0; border-bottom: 1px solid @border;
    padding: 8px 10px; color: @ink-3; @font-label; }
QTableView#tbl_raw QHeaderView::section { background: @sunken; border-bottom: 1px solid @line;
    border-right: 1px solid @line; padding: 3px 8px; }
QTableCornerButton::section { background: @sunken; border: 0; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 1px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 1px; }
QScrollBar::handle { background: @line; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @border; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[page="clear"] { background: transparent; }
QWidget[page="clear"] { background: transparent; }
QSplitter::handle { background: transparent; }
QProgressBar { border: 0; border-radius: 3px; background: @sunken; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @ink; border-radius: 3px; }
QProgressBar#busy { border-radius: 0; max-height: 2px; min-height: 2px; background: transparent; }
QProgressBar#busy::chunk { background: @accent; border-radius: 0; }
QToolTip { background: @ink; color: @on-primary; border: 0; padding: 6px 9px; @font-small; }
QFrame#undo_bar, QFrame#chart_tip { background: @ink; border: 0; border-radius: 8px; }
QFrame#undo_bar QLabel, QFrame#chart_tip QLabel { color: @on-primary; }
QFrame#chart_tip QLabel { @font-small; }
QFrame#undo_bar QPushButton { border: 1px solid transparent; background: transparent;
    color: @on-ink-link; @font-heavy; }
QFrame#undo_bar QPushButton:focus { border: 2px solid @on-ink-link; padding: 5px 12px; }
QDockWidget { background: @canvas; border: 0; }
QMainWindow::separator { background: @canvas; width: 6px; }
"""
