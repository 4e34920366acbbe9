"""Short dialogs: settings and new project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
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
from ui.viewmodels.preferences import FORMATS, TEXT_SIZES, THEMES, Choices
from ui.views.widgets import button, column, label, row
from workbench.i18n import _, message

LANGUAGE_NAMES = (("en", "English"), ("es", "Español"), ("pt", "Português"), ("fr", "Français"))
THEME_NAMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "high_contrast": N_("High contrast"),
}
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


class SettingsDialog(QDialog):
    """Language, look, text size and number format; every choice applies at once.

    Signals:
        chosen: new ``Choices``.
    """

    chosen = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_settings")
        self._choices = choices
        layout = column(self, margins=(20, 18, 20, 16))
        self._labels = {
            name: label("lab") for name in ("language", "theme", "text_percent", "country_format")
        }
        self.boxes = {name: QComboBox() for name in self._labels}
        for name, box in self.boxes.items():
            box.setObjectName(f"pick_{name}")
            field(layout, self._labels[name], box)
            box.activated.connect(self._picked)
        layout.addStretch(1)
        foot = row()
        foot.addStretch(1)
        self._close = button("btn_close")
        self._close.clicked.connect(self.accept)
        foot.addWidget(self._close)
        layout.addLayout(foot)
        self.setMinimumWidth(380)
        self.retranslate()

    def _picked(self) -> None:
        self._choices = replace(
            self._choices,
            **{name: box.currentData() for name, box in self.boxes.items()},
        )
        self.chosen.emit(self._choices)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language in force."""
        self.setWindowTitle(_("Settings"))
        self._close.setText(_("Close"))
        for name, text in (
            ("language", _("Language")),
            ("theme", _("Colours")),
            ("text_percent", _("Size of text")),
            ("country_format", _("Format of numbers")),
        ):
            self._labels[name].setText(text)
            self.boxes[name].setAccessibleName(text)
        entries: dict[str, list[tuple[str, object]]] = {
            "language": [(text, code) for code, text in LANGUAGE_NAMES],
            "theme": [(_(THEME_NAMES[kind]), kind) for kind in THEMES],
            "text_percent": [(message("{size} %", {"size": size}), size) for size in TEXT_SIZES],
            "country_format": [(_(FORMAT_NAMES[code]), code) for code in FORMATS],
        }
        for name, pairs in entries.items():
            box = self.boxes[name]
            box.clear()
            for text, data in pairs:
                box.addItem(text, data)
            box.setCurrentIndex(max(box.findData(getattr(self._choices, name)), 0))


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
