"""Write a note: on the chosen value, or on the whole source."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from ui.theme import Theme
from ui.viewmodels.data import DataViewModel
from ui.views.dialogs import field, foot
from ui.views.short_words import shorten
from ui.views.widgets import column, label
from workbench.i18n import _, message


class NoteDialog(QDialog):
    """Asks for the text and what it is about.

    Args:
        viewmodel: the data screen.
        theme: the look in force.
        value: the chosen value in words; empty when none is chosen.
        source: name of the source.
        parent: the window.
    """

    def __init__(
        self,
        viewmodel: DataViewModel,
        theme: Theme,
        *,
        value: str,
        source: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_note")
        self.setWindowTitle(_("Add a note…"))
        self.viewmodel = viewmodel
        layout = column(self, margins=(20, 18, 20, 16))
        head = label("lab")
        head.setText(_("What is it about?"))
        layout.addWidget(head)
        layout.addSpacing(5)
        self.on_value, self.on_source = QRadioButton(), QRadioButton()
        self.on_value.setObjectName("radio_note_value")
        self.on_source.setObjectName("radio_note_source")
        for radio, text in (
            (self.on_value, message("This value: {value}", {"value": value})),
            (self.on_source, message("The whole source: {source}", {"source": source})),
        ):
            radio.setMinimumHeight(theme.px(28))
            shorten(radio, text, theme.px(400))
        if not value:
            self.on_value.hide()
        (self.on_value if value else self.on_source).setChecked(True)
        layout.addWidget(self.on_value)
        layout.addSpacing(4)
        layout.addWidget(self.on_source)
        layout.addSpacing(12)
        self.text, self.author = QPlainTextEdit(), QLineEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(110))
        self.author.setText(viewmodel.session.preferences.author())
        for name, words, widget in (
            ("edit_note", _("Note"), self.text),
            ("edit_author", _("Your name"), self.author),
        ):
            head = label("lab")
            head.setText(words)
            widget.setObjectName(name)
            widget.setAccessibleName(words)
            field(layout, head, widget)
        self.hint = label("small", wrap=True)
        self.hint.setText(_("The note stays with the project. You can undo this."))
        layout.addWidget(self.hint)
        layout.addSpacing(12)
        self.do = foot(self, layout, "btn_save", _("Add the note"), self._save)
        self.text.textChanged.connect(self._check)
        self.setMinimumWidth(theme.px(440))
        self._check()
        self.text.setFocus()

    def _check(self) -> None:
        self.do.setEnabled(bool(self.text.toPlainText().strip()))

    def _save(self) -> None:
        author = self.author.text().strip()
        self.viewmodel.session.preferences.keep_author(author)
        self.viewmodel.add_note(
            self.text.toPlainText(), author, whole_source=self.on_source.isChecked()
        )
        self.accept()
