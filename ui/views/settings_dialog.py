"""Settings: of this machine, applied at once; and of the open project, kept in its file."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QWidget

from indicators.errors import N_
from ui.tasks import TaskProgress
from ui.viewmodels.preferences import FORMATS, TEXT_SIZES, THEMES, Choices
from ui.viewmodels.session import SessionViewModel
from ui.views.choices import NumberBox
from ui.views.dialogs import FORMAT_NAMES, field
from ui.views.widgets import button, column, label, row, rule, scrolled
from workbench.i18n import _, message

LANGUAGE_NAMES = (("en", "English"), ("es", "Español"), ("pt", "Português"), ("fr", "Français"))
THEME_NAMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "high_contrast": N_("High contrast"),
}
LEAST, MOST = 3, 20
"""Limits of the smallest count shown in public."""


class SettingsDialog(QDialog):
    """Language, look, numbers, name, backups; and title and threshold of the project.

    Args:
        choices: what is chosen now.
        session: the open project, and where the name is kept.
        parent: the window.

    Signals:
        chosen: new ``Choices``.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Choices, session: SessionViewModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices, self._session = choices, session
        outer, content = column(self), QWidget()
        layout = column(content, margins=(20, 18, 20, 8))
        self._labels = {
            name: label("lab") for name in ("language", "theme", "text_percent", "country_format")
        }
        self.boxes = {name: QComboBox() for name in self._labels}
        for name, box in self.boxes.items():
            box.setObjectName(f"pick_{name}")
            field(layout, self._labels[name], box)
            box.activated.connect(self._picked)
        self._author_label, self.author = label("lab"), QLineEdit(session.preferences.author())
        self.author.setObjectName("edit_author")
        field(layout, self._author_label, self.author)
        self.backups = QCheckBox()
        self.backups.setObjectName("check_backups")
        self.backups.setChecked(_backups_on())
        layout.addWidget(self.backups)
        self._project(layout)
        layout.addStretch(1)
        outer.addWidget(scrolled(content, "settings_area"), 1)
        foot = row(margins=(20, 8, 20, 16))
        foot.addStretch(1)
        self._close = button("btn_close")
        self._close.clicked.connect(self.accept)
        foot.addWidget(self._close)
        outer.addLayout(foot)
        self._content = content
        self.setMinimumWidth(400)
        self.retranslate()
        self._fit()
        self.boxes["language"].setFocus()

    def _fit(self) -> None:
        """As large as its fields where the window allows it; the rest is scrolled to."""
        self.ensurePolished()
        width = max(self._content.sizeHint().width() + 24, self.minimumWidth())
        height = self._content.heightForWidth(width) if self._content.hasHeightForWidth() else -1
        height = max(height, self._content.sizeHint().height()) + 24
        height += self._close.sizeHint().height() + 24
        parent = self.parentWidget()
        if parent is not None:
            height = min(height, parent.window().height() - 40)
        self.resize(width, height)

    def _project(self, layout: object) -> None:
        """Fields of the open project; nothing without one."""
        from PySide6.QtWidgets import QVBoxLayout

        assert isinstance(layout, QVBoxLayout)
        state = self._session.state
        self._title_label, self._threshold_label = label("lab"), label("lab")
        self._heading, self._hint = label("heavy"), label("small", wrap=True)
        self.title, self.threshold = QLineEdit(state.title), NumberBox()
        self.title.setObjectName("edit_project_title")
        self.threshold.setObjectName("spin_threshold")
        self.threshold.setRange(LEAST, MOST)
        if not state.has_project:
            return
        self.threshold.setValue(self._session.workspace.settings.threshold)
        for widget in (self.title, self.threshold):
            widget.setEnabled(not state.read_only)
        layout.addSpacing(12)
        layout.addWidget(rule())
        layout.addSpacing(12)
        layout.addWidget(self._heading)
        layout.addSpacing(10)
        field(layout, self._title_label, self.title)
        field(layout, self._threshold_label, self.threshold)
        layout.addWidget(self._hint)
        layout.addSpacing(12)

    def _picked(self) -> None:
        self._choices = replace(
            self._choices,
            **{name: box.currentData() for name, box in self.boxes.items()},
        )
        self.chosen.emit(self._choices)
        self.retranslate()

    def done(self, result: int) -> None:
        """Keep name, backups and what belongs to the project; closing any way keeps them."""
        self._session.preferences.keep_author(self.author.text().strip())
        if self.backups.isChecked() != _backups_on():
            _keep_backups(on=self.backups.isChecked())
        self._keep_project()
        super().done(result)

    def _keep_project(self) -> None:
        state = self._session.state
        if not state.has_project or state.read_only:
            return
        ws, by = self._session.workspace, self._session.preferences.author()
        wanted = {"title": self.title.text().strip(), "threshold": self.threshold.value()}
        now = {"title": state.title, "threshold": ws.settings.threshold}
        changed = {name: value for name, value in wanted.items() if value and value != now[name]}
        if not changed:
            return

        def work(_progress: TaskProgress) -> object:
            from workbench.services.workspace import change_settings

            return change_settings(ws, by=by, **changed)

        self._session.runner.start(
            work, done=self._session.wrote, failed=self._session.failed.emit, writes=True
        )

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
        self._author_label.setText(_("Your name"))
        self.author.setToolTip(_("Stands beside every change you make."))
        self.backups.setText(_("Back up a changed project when it is closed"))
        self._heading.setText(_("This project"))
        self._title_label.setText(_("Name of the project"))
        self._threshold_label.setText(_("Smallest count shown in public"))
        self._hint.setText(
            _("Counts of persons below it are hidden in the public view and in public files.")
        )
        self._fill()

    def _fill(self) -> None:
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


def _backups_on() -> bool:
    from workbench.settings import load_program_settings

    return load_program_settings().backups


def _keep_backups(*, on: bool) -> None:
    from workbench.settings import load_program_settings, save_program_settings

    save_program_settings(replace(load_program_settings(), backups=on))
