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
SHEET_FILE = Path(__file__).parent / "style_sheet.txt"
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

        return re.sub(r"@([a-z0-9-]+)", filled, SHEET_FILE.read_text(encoding="utf-8"))

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
