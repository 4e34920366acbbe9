"""The form of an own indicator while it is filled in: what was typed, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from indicators.errors import N_
from indicators.model.codes import Direction, Kind
from ui.tasks import TaskProgress
from ui.viewmodels.indicators import IndicatorsViewModel
from ui.viewmodels.pillars import NAMES
from ui.viewmodels.session import SessionViewModel
from workbench.i18n import _, error_text, local, message

if TYPE_CHECKING:
    from indicators.errors import DefinitionError
    from workbench.services.own_indicators import OwnIndicator
    from workbench.services.workspace import Workspace

AFTER_MS = 250
"""The form is checked when nothing was typed for so long."""
KIND_NAMES = {
    Kind.SHARE: N_("Share: part of a whole"),
    Kind.RATE: N_("Rate: for each 100,000 people, or another base"),
    Kind.RATIO: N_("Ratio: one number for each other"),
    Kind.COHORT: N_("Share of a group followed over the years"),
    Kind.RELATIVE: N_("Relative change"),
    Kind.CHANGE: N_("Change since an earlier year"),
}
DIRECTION_NAMES = {
    Direction.AMB: N_("A rise can be good or bad news"),
    Direction.UP: N_("Higher is better"),
    Direction.DOWN: N_("Lower is better"),
    Direction.CTX: N_("It describes and does not judge"),
    Direction.TARGET1: N_("Best near 1"),
}
PILLARS = tuple((pillar.value, text) for pillar, text in NAMES.items())
PLACE = "▸"
"""Stands before the sign of a formula that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """What the form renders.

    Attributes:
        form: what the person filled in.
        inputs: code and name of the inputs that a formula can use.
        problem: what is wrong, in words; empty when the form can be kept.
        hint: what to do about it.
        place: the formula with a mark where it cannot be read; may be empty.
        field: name of the field that is wrong.
        checking: the newest form is being checked.
        kept: it is in the project now.
    """

    form: OwnIndicator
    inputs: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    hint: str = ""
    place: str = ""
    field: str = ""
    checking: bool = False
    kept: bool = False

    @property
    def may_be_kept(self) -> bool:
        """Whether the button works."""
        return not self.problem and not self.checking and bool(self.form.name.strip())


class OwnIndicatorViewModel(QObject):
    """State of the form.

    Args:
        catalogue: the screen it was opened from.
        code: the own indicator that is changed; empty for a new one.

    Signals:
        changed: a new ``FormState``.
    """

    changed = Signal(object)

    def __init__(
        self, catalogue: IndicatorsViewModel, code: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        from workbench.services.own_indicators import OwnIndicator

        self.catalogue, self.code = catalogue, code
        self.session: SessionViewModel = catalogue.session
        self.state = FormState(form=OwnIndicator(name="", direction=Direction.AMB))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.check)

    def _set(self, **fields: Any) -> None:
        self.state = replace(self.state, **fields)
        self.changed.emit(self.state)

    def load(self) -> None:
        """Read the inputs, and the form of the indicator that is changed."""
        ws, code = self.session.workspace, self.code
        self.session.runner.start(
            lambda _progress: read_form(ws, code), done=self._loaded, lane="own form"
        )

    def _loaded(self, answer: tuple[OwnIndicator | None, tuple[tuple[str, str], ...]]) -> None:
        form, inputs = answer
        self._set(form=form or self.state.form, inputs=inputs)
        self.check()

    def fill(self, **fields: Any) -> None:
        """Take what was typed; it is checked a moment later."""
        form = replace(self.state.form, **fields)
        if form != self.state.form:
            self._set(form=form, checking=True)
            self._timer.start()

    def check(self) -> None:
        """Ask the loader of packs whether the form can be kept."""
        self._timer.stop()
        lacking = lacking_field(self.state.form)
        if lacking:
            field, text = lacking
            self._told(field=field, problem=text)
            return
        ws, form, code = self.session.workspace, self.state.form, self.code
        self._set(checking=True)

        def work(_progress: TaskProgress) -> tuple[DefinitionError, ...]:
            from workbench.services import own_indicators

            return own_indicators.check(ws, form, instead_of=code)

        self.session.runner.start(work, done=self._checked, lane="own check")

    def _checked(self, problems: tuple[DefinitionError, ...]) -> None:
        if not problems:
            self._told()
            return
        title, _where, hint = error_text(problems[0])
        data = problems[0].data
        self._told(
            problem=title,
            hint=hint,
            field=str(data.get("field", "")),
            place=marked(str(data.get("formula", "")), data.get("formula_column")),
        )

    def _told(
        self, *, problem: str = "", hint: str = "", field: str = "", place: str = ""
    ) -> None:
        self._set(problem=problem, hint=hint, field=field, place=place, checking=False)

    def keep(self) -> None:
        """Put the indicator into the project."""
        ws, form, code = self.session.workspace, self.state.form, self.code
        by = self.session.preferences.author()

        def work(_progress: TaskProgress) -> Any:
            from workbench.services import packs

            if code:
                return packs.edit_own_indicator(ws, code, form, by=by)
            return packs.add_own_indicator(ws, form, by=by)

        self.session.runner.start(
            work, done=self._kept, failed=self.session.failed.emit, writes=True
        )

    def _kept(self, answer: Any) -> None:
        change, made = answer
        self.catalogue.expect(made.code)
        self.session.wrote(change)
        self._set(kept=True)


def lacking_field(form: OwnIndicator) -> tuple[str, str] | None:
    """The first obligatory field that is empty, and what to say about it."""
    from workbench.services.own_indicators import SIDED

    sided = form.kind in SIDED
    wanted = [("name", form.name, N_("Give the indicator a name."))]
    if sided:
        wanted += [
            (
                "numerator_text",
                form.numerator_text,
                N_("Say in words what is counted above the line."),
            ),
            ("numerator", form.numerator, N_("Write the formula above the line.")),
            (
                "denominator_text",
                form.denominator_text,
                N_("Say in words what is counted below the line."),
            ),
            ("denominator", form.denominator, N_("Write the formula below the line.")),
        ]
    else:
        wanted.append(("formula", form.formula, N_("Write the formula.")))
    return next(((field, _(text)) for field, typed, text in wanted if not typed.strip()), None)


def marked(formula: str, column: object) -> str:
    """The formula with a mark before the place that cannot be read; empty without a place."""
    if not formula or not isinstance(column, int):
        return ""
    at = min(max(column - 1, 0), len(formula))
    shown = f"{formula[:at]}{PLACE}{formula[at:]}"
    return message(N_("Here: {formula}"), {"formula": shown})


def read_form(ws: Workspace, code: str) -> tuple[OwnIndicator | None, tuple[tuple[str, str], ...]]:
    """The form of an own indicator, and the inputs by name: those with values first."""
    from workbench.services import indicators, own_indicators, packs

    held = indicators.available_variables(ws)
    known = packs.catalogue(ws).variables
    inputs = [(each.code, local(each.name)) for each in known.values()]
    inputs += [(name, name) for name in held if name not in known]
    inputs.sort(key=lambda pair: (pair[0] not in held, pair[1].casefold()))
    forms = own_indicators.own_indicators(ws)
    return next((form for form in forms if form.code == code), None), tuple(inputs)
