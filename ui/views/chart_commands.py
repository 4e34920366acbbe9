"""What can be done with the chart in view: copy, save, describe; files follow the rules of reports."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from ui.tasks import TaskProgress
from ui.viewmodels.session import SessionViewModel
from ui.views.frame import MainWindow
from ui.views.widgets import button, column, label, row
from workbench.i18n import _, message
from workbench.presenting.spec import Chart

if TYPE_CHECKING:
    from ui.views.chart_card import ChartCard

ENDINGS = (".svg", ".png", ".pdf")


class ChartCommands(QObject):
    """Acts on the chart of the current screen.

    Args:
        window: the frame.
        session: the open project.
    """

    def __init__(self, window: MainWindow, session: SessionViewModel) -> None:
        super().__init__(window)
        self.window, self.session = window, session

    def chart(self) -> Chart | None:
        """The chart in view; None where the screen has none."""
        from ui.views.chart_card import ChartCard

        screen = self.window.screens.get(self.window.current_screen)
        card: ChartCard | None = getattr(screen, "chart", None)
        if not isinstance(card, ChartCard) or card.chart is None:
            self.window.undo_bar.say(_("There is no chart in this screen."), undoable=False)
            return None
        return card.chart

    def copy_data(self) -> None:
        """Copy the table of the chart with its title and source."""
        chart = self.chart()
        if chart is not None:
            QGuiApplication.clipboard().setText(data_text(chart))
            self.window.undo_bar.say(_("The data of the chart are copied."), undoable=False)

    def copy_picture(self) -> None:
        """Copy the chart as it goes to paper."""
        chart = self.chart()
        if chart is None:
            return
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> QImage:
            from workbench.services import reports

            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "chart.png"
                reports.write_chart(ws, chart, file)
                return QImage(str(file))

        def done(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self.window.undo_bar.say(_("The picture of the chart is copied."), undoable=False)

        self.session.runner.start(work, done=done, failed=self.session.failed.emit)

    def save_chart(self) -> None:
        """Ask for a file and write the chart."""
        chart = self.chart()
        if chart is None:
            return
        chosen, kind = QFileDialog.getSaveFileName(
            self.window,
            _("Save the chart…"),
            f"{file_name(chart.title)}.svg",
            _("Drawing (*.svg);;Picture (*.png);;Page (*.pdf)"),
        )
        if chosen:
            self.write(chart, with_ending(Path(chosen), kind))

    def write(self, chart: Chart, path: Path) -> None:
        """Write the chart to a file."""
        ws = self.session.workspace

        def work(_progress: TaskProgress) -> Path:
            from workbench.services import reports

            return reports.write_chart(ws, chart, path)

        def done(file: Path) -> None:
            text = message("Saved “{file}”.", {"file": file.name})
            self.window.undo_bar.say(text, undoable=False)

        self.session.runner.start(work, done=done, failed=self.session.failed.emit)

    def describe_chart(self) -> None:
        """Show the chart in words."""
        chart = self.chart()
        if chart is not None:
            DescribeDialog(chart, self.window).open()


class DescribeDialog(QDialog):
    """A chart in words, to read, to hear, or to copy."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dlg_describe")
        self.setWindowTitle(_("The chart in words"))
        layout = column(self, margins=(20, 18, 20, 16), spacing=12)
        title = label("section", wrap=True)
        title.setText(chart.title)
        self.text = QPlainTextEdit(chart.description)
        self.text.setObjectName("text_description")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The chart in words"))
        layout.addWidget(title)
        layout.addWidget(self.text, 1)
        foot = row()
        self.copy, close = button("btn_copy"), button("btn_close", kind="primary")
        self.copy.setText(_("Copy as text"))
        self.copy.setAutoDefault(False)
        close.setText(_("Close"))
        close.setDefault(True)
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        close.clicked.connect(self.accept)
        foot.addStretch(1)
        foot.addWidget(self.copy)
        foot.addWidget(close)
        layout.addLayout(foot)
        self.resize(520, 320)


def data_text(chart: Chart) -> str:
    """Title, subtitle, the table parted by tabs, and the source."""
    lines = [chart.title, chart.subtitle]
    if chart.table is not None:
        lines.append("\t".join(head.title for head in chart.table.columns))
        lines += ["\t".join(cells) for cells in chart.table.rows]
    lines.append(chart.source)
    return "\n".join(line for line in lines if line)


def file_name(title: str) -> str:
    """A title as the name of a file."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title)
    return " ".join(kept.split())[:60].strip() or "chart"


def with_ending(path: Path, kind: str) -> Path:
    """The path with an ending of a picture: its own, else that of the chosen kind."""
    if path.suffix.lower() in ENDINGS:
        return path
    ending = next((end for end in ENDINGS if f"*{end}" in kind), ENDINGS[0])
    return path.with_name(path.name + ending)
