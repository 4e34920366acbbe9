"""Pens, brushes and fonts of a chart, asked from the theme by role."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from ui.charts.marks import HALO, haloed
from ui.theme import Theme
from workbench.presenting.spec import Dash, Role

_PILLARS = (Role.PREVENTION, Role.PROTECTION, Role.PROSECUTION, Role.CROSS_CUTTING)
_MOST_KEPT = 400
_DASHES = {Dash.DASHED: [6.0, 4.0], Dash.DOTTED: [2.0, 3.0]}


class Ink:
    """What marks are drawn with.

    Args:
        theme: the look in force.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._haloed: dict[tuple[str, str, str, int, str, float], QPixmap] = {}

    def colour(self, role: Role, opacity: float = 1.0) -> QColor:
        """The colour of marks and lines of a role."""
        return self.theme.colour(role.value, opacity)

    def text_colour(self, role: Role) -> QColor:
        """The colour of words of a role: darker than its marks where a pillar has one."""
        if role is Role.CONTEXT:
            return self.theme.colour("ink-2")
        return self.theme.colour(f"{role.value}-text" if role in _PILLARS else role.value)

    def token(self, name: str) -> QColor:
        """The colour of any token."""
        return self.theme.colour(name)

    def pen(
        self, colour: QColor, width: float = 1.0, dash: Dash = Dash.SOLID, *, crisp: bool = False
    ) -> QPen:
        """A pen with round joins; ``crisp`` for hairlines of axes."""
        pen = QPen(colour, width)
        if dash in _DASHES:
            pen.setDashPattern([length / max(width, 1.0) for length in _DASHES[dash]])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        elif not crisp:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def band(self, role: Role) -> QBrush:
        """The fill of a band; several bands of grey and colour stay readable."""
        opacity = self.theme.band_opacity
        return QBrush(self.colour(role, opacity + (0.05 if role is Role.CONTEXT else 0.0)))

    def font(self, name: str) -> QFont:
        """A font kind of the theme."""
        return self.theme.font(name)

    def metrics(self, name: str) -> QFontMetricsF:
        """Measures of a font kind."""
        return QFontMetricsF(self.theme.font(name))

    def words(
        self, painter: QPainter, baseline: QPointF, text: str, font: str, colour: QColor
    ) -> None:
        """Words over data, with a halo in the colour of the ground."""
        if not text:
            return
        theme, ratio = self.theme, painter.device().devicePixelRatioF()
        key = (text, font, colour.name(), theme.text_percent, theme.kind, ratio)
        if key not in self._haloed:
            if len(self._haloed) > _MOST_KEPT:
                self._haloed.clear()
            self._haloed[key] = haloed(
                text,
                font=self.font(font),
                colour=colour,
                halo=theme.colour("surface"),
                ratio=ratio,
            )
        ascent = self.metrics(font).ascent()
        place = QPointF(baseline.x() - HALO, baseline.y() - ascent - HALO)
        painter.drawPixmap(place, self._haloed[key])
