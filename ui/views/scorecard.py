"""The scorecard: one line a recommendation, its lead indicator, evidence, direction and reason."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ui.actions import Actions
from ui.charts.small import Evidence, PillarMark, Sparkline
from ui.theme import Theme
from ui.viewmodels.pillars import ROLES, SHAPES
from ui.viewmodels.scorecard import (
    EVIDENCE,
    FIVE,
    MOVEMENT,
    TEN,
    ScorecardState,
    ScorecardViewModel,
    ScoreLine,
)
from ui.viewmodels.wording import tip_text
from ui.views.three_columns import is_narrow
from ui.views.waiting import Waiting
from ui.views.widgets import Segments, button, card, clear, column, label, row, rule, scrolled
from workbench.i18n import _, language, message

_WIDTHS = (30, 140, 96, 104, 84, 92, 118, 210)
_STRETCH = (0, 3, 0, 0, 0, 0, 0, 6)


class Direction(QWidget):
    """An arrow up or down, a level line, both arrows, or a question mark; always with a word.

    Args:
        theme: the look in force.
        sign: ``up``, ``down``, ``level``, ``mixed``, ``unclear`` or ``none``.
    """

    def __init__(self, theme: Theme, sign: str) -> None:
        super().__init__()
        self._theme, self._sign = theme, sign
        side = theme.px(18)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign in ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("ink"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle, reach = QRectF(self.rect()).center(), self.width() * 0.3

        def chevron(at: QPointF, up: float) -> None:
            left, right = QPointF(at.x() - reach, at.y()), QPointF(at.x() + reach, at.y())
            tip = QPointF(at.x(), at.y() - up * reach)
            painter.drawLine(left, tip)
            painter.drawLine(tip, right)

        if self._sign == "up":
            chevron(middle + QPointF(0, reach / 2), 1)
        elif self._sign == "down":
            chevron(middle - QPointF(0, reach / 2), -1)
        elif self._sign == "mixed":
            chevron(middle - QPointF(0, 2), 1)
            chevron(middle + QPointF(0, 2), -1)
        elif self._sign == "level":
            painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
        else:
            painter.setFont(self._theme.font("heavy"))
            text = "?" if self._sign == "unclear" else "–"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class ScorecardView(QWidget):
    """Renders ``ScorecardState``.

    Signals:
        indicator_chosen: code of an indicator.
    """

    indicator_chosen = Signal(str)

    def __init__(
        self,
        viewmodel: ScorecardViewModel,
        theme: Theme,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen_scorecard")
        self.viewmodel, self._theme = viewmodel, theme
        frame = card("scorecard")
        row(self, margins=(20, 0, 20, 16)).addWidget(frame)
        layout = column(frame, margins=(1, 14, 1, 8), spacing=8)
        head = row(margins=(18, 0, 18, 0), spacing=12)
        words = column(spacing=3)
        self.title, self.about = label("title", wrap=True), label("body2", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        self.kinds = Segments("seg_kind")
        self.kinds.chosen.connect(viewmodel.choose_kind)
        head.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.waiting = Waiting("waiting_scorecard")
        self.waiting.stop.connect(viewmodel.stop)
        self.waiting.again.connect(viewmodel.reload)
        bar_line = row(margins=(18, 0, 18, 0))
        bar_line.addWidget(self.waiting)
        layout.addLayout(bar_line)
        content = QWidget()
        outer = column(content)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(18, 0, 18, 0)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(6)
        outer.addLayout(self.grid)
        outer.addStretch(1)
        layout.addWidget(scrolled(content, "scorecard_area"), 1)
        foot = row(margins=(18, 0, 18, 0))
        self.foot = label("micro", wrap=True)
        foot.addWidget(self.foot)
        layout.addLayout(foot)
        self._shown: tuple[object, ...] = ()
        viewmodel.changed.connect(self.render)
        theme.changed.connect(self._again)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """What waited for somebody to look is done now."""
        super().showEvent(event)
        self.viewmodel.see(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.viewmodel.see(on=False)

    def _again(self) -> None:
        self._shown = ()
        self.render(self.viewmodel.state)

    def render(self, state: ScorecardState) -> None:
        """Show the state."""
        ten = state.kind == TEN
        self.title.setText(
            _("Ten recommendations, one lead indicator each")
            if ten
            else _("Five challenges, one lead indicator each")
        )
        doubt = _("There is no total score: the lines do not measure the same thing.")
        self.about.setText(" ".join(part for part in (state.place, doubt) if part))
        self.kinds.show_choices([(TEN, _("Recommendations")), (FIVE, _("Challenges"))], state.kind)
        self.waiting.render(
            state.done,
            state.total,
            loading=state.loading,
            stopped=state.stopped,
            hides=state.hides,
        )
        narrow = is_narrow(self, self._theme)
        empty = state.loading if not state.lines else None
        key = (state.lines, empty, language(), self._theme.kind, self._theme.scale, narrow)
        if key != self._shown:
            self._shown = key
            self._build(state)

    def _build(self, state: ScorecardState) -> None:
        clear(self.grid)
        if is_narrow(self, self._theme):
            self._stack(state)
            return
        for index in range(len(_WIDTHS)):
            self.grid.setColumnMinimumWidth(index, self._theme.px(_WIDTHS[index]))
            self.grid.setColumnStretch(index, _STRETCH[index])
        heads = (
            "", _("Recommendation") if state.kind == TEN else _("Challenge"),
            _("Lead indicator"), _("Value"), _("Course"), _("Evidence"), _("Direction"),
            _("Why we say so"),
        )  # fmt: skip
        for index, text in enumerate(heads):
            head = label("lab")
            head.setText(text)
            if index == 3:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.grid.addWidget(head, 0, index)
        self.grid.addWidget(rule(), 1, 0, 1, len(heads))
        for place, line in enumerate(state.lines):
            at = 2 + 2 * place
            for index, widget in enumerate(self._cells(line)):
                self.grid.addWidget(widget, at, index)
            self.grid.addWidget(rule(), at + 1, 0, 1, len(heads))
        if not state.lines:
            waiting = label("quiet")
            waiting.setText(_("Computing…") if state.loading else _("There are no values yet."))
            self.grid.addWidget(waiting, 2, 0, 1, len(heads))

    def _stack(self, state: ScorecardState) -> None:
        """Each line as a small block, for large text and narrow windows."""
        for index in range(len(_WIDTHS)):
            self.grid.setColumnMinimumWidth(index, 0)
            self.grid.setColumnStretch(index, 1 if index == 1 else 0)
        for place, line in enumerate(state.lines):
            number, name, lead, value, course, evidence, moving, reason = self._cells(line)
            block = column(spacing=4)
            block.addWidget(name)
            for widgets in ((lead, value, course), (evidence, moving)):
                across = row(spacing=16)
                for widget in widgets:
                    across.addWidget(widget)
                across.addStretch(1)
                block.addLayout(across)
            block.addWidget(reason)
            self.grid.addWidget(number, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addLayout(block, 2 * place, 1)
            self.grid.addWidget(rule(), 2 * place + 1, 0, 1, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines become blocks when the window gets narrow."""
        super().resizeEvent(event)
        self.render(self.viewmodel.state)

    def _cells(self, line: ScoreLine) -> list[QWidget]:
        number, name = label("body2"), label("strong", wrap=True)
        number.setText(line.number)
        name.setText(line.name)
        name.setToolTip(tip_text(line.text))
        value = label("heavy", wrap=True)
        value.setText(line.value)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setFixedWidth(self._theme.px(_WIDTHS[3]))
        course = Sparkline(self._theme)
        course.setFixedSize(QSize(84, 34))
        if line.pillar is not None:
            course.show_values(line.values, ROLES[line.pillar], hollow=line.hollow)
        bars, word = EVIDENCE[line.evidence]
        evidence = Evidence(self._theme)
        evidence.show_level(bars)
        sign, moved = MOVEMENT[line.movement]
        reason = label("small", wrap=True)
        reason.setText(line.reason)
        moving = _pair(Direction(self._theme, sign), _(moved))
        moving.setFixedWidth(self._theme.px(_WIDTHS[6]))
        return [
            number,
            name,
            self._lead(line),
            value,
            course,
            _pair(evidence, _(word)),
            moving,
            reason,
        ]

    def _lead(self, line: ScoreLine) -> QWidget:
        holder = QFrame()
        layout = row(holder, spacing=4)
        if line.pillar is None:
            words = label("quiet", wrap=True)
            words.setText(_("no data"))
            layout.addWidget(words)
            return holder
        mark = PillarMark(self._theme)
        mark.show_pillar(ROLES[line.pillar], SHAPES[line.pillar])
        code = button(f"btn_lead_{line.code}", kind="plain")
        code.setText(line.code.replace("-", "\u2011"))
        code.setToolTip(tip_text(line.indicator))
        code.setAccessibleName(
            message("Show {code} {name}", {"code": line.code, "name": line.indicator})
        )
        code.clicked.connect(lambda _on=False, c=line.code: self.indicator_chosen.emit(c))
        layout.addWidget(mark)
        layout.addWidget(code)
        layout.addStretch(1)
        return holder

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.foot.setText(
            _("Evidence: how many indicators have recent values with a range, and how long their "
              "series are. Direction: only where the indicator says what is better.")
        )  # fmt: skip
        self.render(self.viewmodel.state)
        if self.viewmodel.state.lines:
            self.viewmodel.reload()

    # commands of the frame

    def recompute(self) -> None:
        """Judge again."""
        self.viewmodel.reload()


def _pair(sign: QWidget, text: str) -> QWidget:
    holder = QFrame()
    layout = row(holder, spacing=6)
    words = label("", wrap=True)
    words.setText(text)
    sign.setAccessibleName(text)
    layout.addWidget(sign)
    layout.addWidget(words, 1)
    return holder
