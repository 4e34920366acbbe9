"""Short dialogs: a new project, and what dialogs share."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
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
        foot = row()
        foot.addStretch(1)
        cancel, self.make = button("btn_cancel"), button("btn_create", kind="primary")
        cancel.setText(_("Cancel"))
        self.make.setText(_("Choose the file…"))
        cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self._choose)
        foot.addWidget(cancel)
        foot.addWidget(self.make)
        layout.addLayout(foot)
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
