"""Short dialogs: a new project, and what dialogs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from indicators.errors import N_
from ui.viewmodels.preferences import FORMATS
from ui.views.widgets import button, column, label, row
from workbench.i18n import _

FORMAT_NAMES = {
    "": N_("As in the project"),
    "en_US": N_("1,234.5 (United States, Jamaica)"),
    "es_MX": N_("1,234.5 (Mexico, Central America)"),
    "es_AR": N_("1.234,5 (Argentina, Chile)"),
    "es_CO": N_("1.234,5 (Colombia)"),
    "pt_BR": N_("1.234,5 (Brazil)"),
    "fr_CA": N_("1 234,5 (Canada, French)"),
    "fr_HT": N_("1 234,5 (Haiti)"),
    "en_JM": N_("1,234.5 (Caribbean)"),
}


def field(layout: QVBoxLayout, text: QLabel, widget: QWidget) -> None:
    """A label above its control."""
    text.setBuddy(widget)
    layout.addWidget(text)
    layout.addSpacing(5)
    layout.addWidget(widget)
    layout.addSpacing(12)


def foot(
    dialog: QDialog,
    layout: QVBoxLayout,
    name: str,
    text: str,
    act: Callable[[], object],
    *,
    keep: str = "",
    safe: bool = False,
) -> QPushButton:
    """The buttons at the foot of a dialog, at the right: one that leaves all as it is, one that acts.

    Args:
        dialog: is rejected by the first button.
        layout: of the dialog; the foot comes below what is there.
        name: object name of the button that acts.
        text: its words, a verb with its object.
        act: what it does.
        keep: words of the first button; *Cancel* by default.
        safe: Enter leaves all as it is, because what is done cannot be undone.

    Returns:
        The button that acts.
    """
    line = row()
    line.addStretch(1)
    cancel, do = button("btn_cancel"), button(name, kind="primary")
    cancel.setText(keep or _("Cancel"))
    do.setText(text)
    cancel.clicked.connect(dialog.reject)
    do.clicked.connect(lambda: act())
    for made, is_default in ((cancel, safe), (do, not safe)):
        made.setAutoDefault(is_default)
        made.setDefault(is_default)
        line.addWidget(made)
    layout.addLayout(line)
    return do


class NewProjectDialog(QDialog):
    """Name, country code and number format of a new project; asks for the file at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_new_project")
        self.setWindowTitle(_("New project"))
        layout = column(self, margins=(20, 18, 20, 16))
        self.title, self.area = QLineEdit(), QLineEdit()
        self.title.setObjectName("edit_title")
        self.area.setObjectName("edit_area")
        self.area.setMaxLength(12)
        self.area.setPlaceholderText("MEX")
        self.format = QComboBox()
        self.format.setObjectName("pick_country_format")
        for code in FORMATS[1:]:
            self.format.addItem(_(FORMAT_NAMES[code]), code)
        for text, widget in (
            (_("Name of the project"), self.title),
            (_("Country (three letters)"), self.area),
            (_("Format of numbers"), self.format),
        ):
            line = label("lab")
            line.setText(text)
            field(layout, line, widget)
        self.make = foot(self, layout, "btn_create", _("Choose the file…"), self._choose)
        self.setMinimumWidth(400)
        self.path: Path | None = None
        self.area.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        self.make.setEnabled(bool(self.area.text().strip()))

    def _choose(self) -> None:
        name = (self.title.text().strip() or self.area.text().strip()).replace("/", "-")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("New project"), f"{name}.tipw", _("Project (*.tipw)")
        )
        if chosen:
            path = Path(chosen)
            self.path = path if path.suffix == ".tipw" else path.with_name(path.name + ".tipw")
            self.accept()
