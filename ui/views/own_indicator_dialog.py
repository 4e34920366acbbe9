"""The form of an own indicator, checked while it is filled in."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from indicators.model.codes import Direction, Kind, Pillar
from ui.theme import Theme
from ui.viewmodels.own_indicator import (
    DIRECTION_NAMES,
    KIND_NAMES,
    PILLARS,
    FormState,
    OwnIndicatorViewModel,
)
from ui.views.widgets import Message, button, column, label, row, rule, scrolled
from workbench.i18n import _

if TYPE_CHECKING:
    from ui.viewmodels.indicators import IndicatorsViewModel

SIDED = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.COHORT)
_NOTES = ("definition", "reason", "cautions")
SIZE = (860, 640)


class OwnIndicatorDialog(QDialog):
    """Renders ``FormState``: the same fields as a definition of the catalogue.

    Args:
        catalogue: the screen it was opened from.
        theme: the look in force.
        code: the own indicator that is changed; empty for a new one.
        parent: the screen.
    """

    def __init__(
        self,
        catalogue: IndicatorsViewModel,
        theme: Theme,
        code: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_own_indicator")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.viewmodel = OwnIndicatorViewModel(catalogue, code, self)
        self._theme, self._loaded = theme, False
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._heads: dict[str, QWidget] = {}
        self._formula_field = "numerator"
        self.setWindowTitle(_("Change the indicator") if code else _("Add an indicator"))
        layout = column(self)
        content = QWidget()
        inside = column(content, margins=(20, 18, 20, 10), spacing=14)
        self._build_top(inside)
        self._build_sides(inside)
        self._build_words(inside)
        inside.addStretch(1)
        layout.addWidget(scrolled(content, "own_area"), 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot(code))
        self._order()
        self.viewmodel.changed.connect(self.render)
        self._fit()
        self.render(self.viewmodel.state)
        self.viewmodel.load()

    def _fit(self) -> None:
        width, height = (self._theme.px(side) for side in SIZE)
        parent = self.parentWidget()
        if parent is not None:
            top = parent.window()
            width, height = min(width, top.width() - 40), min(height, top.height() - 40)
        self.resize(width, height)

    # building

    def _build_top(self, layout: QVBoxLayout) -> None:
        grid = _grid(layout)
        self.kind = _picker("pick_kind", [(kind, _(text)) for kind, text in KIND_NAMES.items()])
        self.pillar = _picker("pick_pillar", [(code, _(text)) for code, text in PILLARS])
        self.direction = _picker(
            "pick_direction", [(way, _(text)) for way, text in DIRECTION_NAMES.items()]
        )
        self._field(grid, 0, 0, "name", _("Name"))
        self._field(grid, 0, 1, "code", _("Code (empty: made from the name)"))
        self._place(grid, 1, 0, self.kind, _("Kind"))
        self._place(grid, 1, 1, self.pillar, _("Action"))
        self.kind.activated.connect(
            lambda: self.viewmodel.fill(kind=Kind(self.kind.currentData()))
        )
        self.pillar.activated.connect(
            lambda: self.viewmodel.fill(pillar=Pillar(self.pillar.currentData()))
        )
        self.direction.activated.connect(
            lambda: self.viewmodel.fill(direction=Direction(self.direction.currentData()))
        )
        self.fields["code"].setPlaceholderText("N-S01")

    def _build_sides(self, layout: QVBoxLayout) -> None:
        frame = QFrame()
        frame.setProperty("card", "flat")
        inside = column(frame, margins=(14, 12, 14, 12), spacing=12)
        self.sides = QWidget()
        grid = QGridLayout(self.sides)
        _set_grid(grid)
        self._field(grid, 0, 0, "numerator_text", _("What is counted above the line"))
        self._field(grid, 0, 1, "numerator", _("Formula above the line"))
        self._field(grid, 1, 0, "denominator_text", _("What is counted below the line"))
        self._field(grid, 1, 1, "denominator", _("Formula below the line"))
        self.whole = QWidget()
        one = QGridLayout(self.whole)
        _set_grid(one)
        self._field(one, 0, 0, "formula", _("Formula"))
        inside.addWidget(self.sides)
        inside.addWidget(self.whole)
        self.inputs = QComboBox()
        self.inputs.setObjectName("pick_input")
        self.inputs.setAccessibleName(_("Insert an input"))
        self.inputs.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.inputs.activated.connect(self._insert)
        line = row(spacing=10)
        head = label("lab")
        head.setText(_("Insert an input"))
        head.setBuddy(self.inputs)
        line.addWidget(head)
        line.addWidget(self.inputs, 1)
        inside.addLayout(line)
        self.told = Message(self._theme, "warn")
        self.fine = Message(self._theme, "note")
        self.place = label("strong", wrap=True, name="lbl_place")
        inside.addWidget(self.told)
        inside.addWidget(self.place)
        inside.addWidget(self.fine)
        layout.addWidget(frame)
        for name in ("numerator", "denominator", "formula"):
            field = self.fields[name]
            assert isinstance(field, QLineEdit)
            field.cursorPositionChanged.connect(lambda _a, _b, name=name: self._at(name))

    def _build_words(self, layout: QVBoxLayout) -> None:
        grid = _grid(layout)
        self._field(grid, 0, 0, "unit", _("Unit"))
        self._field(grid, 0, 1, "per", _("Factor"))
        self.fields["unit"].setPlaceholderText("%")
        self.fields["per"].setPlaceholderText("100")
        self._place(grid, 1, 0, self.direction, _("How to read it"))
        texts = (_("Definition"), _("Why it matters"), _("Cautions"))
        for index, (name, text) in enumerate(zip(_NOTES, texts, strict=True)):
            made = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(self._theme.px(62))
            made.textChanged.connect(
                lambda name=name, made=made: self._typed(name, made.toPlainText())
            )
            self.fields[name] = made
            made.setObjectName(f"edit_{name}")
            self._place(grid, 2 + index, 0, made, text, wide=True)

    def _foot(self, code: str) -> QVBoxLayout:
        outer = column(margins=(20, 12, 20, 14))
        line = row(spacing=10)
        self.cancel, self.do = button("btn_cancel"), button("btn_keep", kind="primary")
        self.cancel.setText(_("Cancel"))
        self.do.setText(_("Keep the changes") if code else _("Add the indicator"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self.viewmodel.keep)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.do)
        outer.addLayout(line)
        return outer

    def _field(self, grid: QGridLayout, line: int, side: int, name: str, text: str) -> None:
        made = QLineEdit()
        made.setObjectName(f"edit_{name}")
        made.textEdited.connect(lambda typed, name=name: self._typed(name, typed))
        self.fields[name] = made
        self._place(grid, line, side, made, text)

    def _place(
        self,
        grid: QGridLayout,
        line: int,
        side: int,
        widget: QWidget,
        text: str,
        *,
        wide: bool = False,
    ) -> None:
        head = label("lab", wrap=True)
        head.setText(text)
        head.setBuddy(widget)
        head.setContentsMargins(0, 7 if line else 0, 0, 0)
        widget.setAccessibleName(text)
        span = 2 if wide else 1
        grid.addWidget(head, 2 * line, side, 1, span)
        grid.addWidget(widget, 2 * line + 1, side, 1, span)

    def _order(self) -> None:
        """Tab goes down each side of the line before it goes on."""
        order: list[QWidget] = [
            self.fields["name"], self.fields["code"], self.kind, self.pillar,
            self.fields["numerator_text"], self.fields["numerator"],
            self.fields["denominator_text"], self.fields["denominator"],
            self.fields["formula"], self.inputs, self.fields["unit"], self.fields["per"],
            self.direction, *(self.fields[name] for name in _NOTES), self.cancel, self.do,
        ]  # fmt: skip
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    # rendering

    def render(self, state: FormState) -> None:
        """Show the state; what is being typed is left alone."""
        if state.kept:
            self.accept()
            return
        sided = state.form.kind in SIDED
        self.sides.setVisible(sided)
        self.whole.setVisible(not sided)
        if state.inputs and not self._loaded:
            self._loaded = True
            self._fill(state)
        self.told.setVisible(bool(state.problem))
        self.told.say(state.problem, state.hint)
        self.place.setText(state.place)
        self.place.setVisible(bool(state.place))
        fine = state.may_be_kept
        self.fine.setVisible(fine)
        self.fine.say(_("The form is complete and can be read."))
        self.do.setEnabled(fine)

    def _fill(self, state: FormState) -> None:
        form = state.form
        for name, field in self.fields.items():
            value = getattr(form, name)
            text = "" if value is None else f"{value:g}" if name == "per" else str(value)
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)
        for box, value in (
            (self.kind, form.kind),
            (self.pillar, form.pillar),
            (self.direction, form.direction),
        ):
            box.setCurrentIndex(max(box.findData(value.value), 0))
        self.inputs.addItem(_("Choose…"), "")
        for code, name in state.inputs:
            self.inputs.addItem(f"{name} ({code})" if name != code else code, code)
        self.fields["name"].setFocus()

    def _typed(self, name: str, text: str) -> None:
        if not self._loaded:
            return
        if name == "per":
            from ui.viewmodels.wording import number_typed

            self.viewmodel.fill(per=number_typed(text))
        else:
            self.viewmodel.fill(**{name: text})

    def _at(self, name: str) -> None:
        if self.fields[name].hasFocus():
            self._formula_field = name

    def _insert(self) -> None:
        code = self.inputs.currentData()
        self.inputs.setCurrentIndex(0)
        sided = self.viewmodel.state.form.kind in SIDED
        name = self._formula_field if sided else "formula"
        field = self.fields["numerator" if sided and name == "formula" else name]
        if code and isinstance(field, QLineEdit):
            field.insert(str(code))
            self._typed(field.objectName().removeprefix("edit_"), field.text())
            field.setFocus()


def _picker(name: str, entries: list[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for data, text in entries:
        box.addItem(text, getattr(data, "value", data))
    return box


def _set_grid(grid: QGridLayout) -> None:
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)


def _grid(layout: QVBoxLayout) -> QGridLayout:
    grid = QGridLayout()
    _set_grid(grid)
    layout.addLayout(grid)
    return grid
