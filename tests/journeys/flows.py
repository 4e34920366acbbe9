"""Six journeys through the real window, each within its budget of clicks.

Run: ``python -m tests.journeys.flows [OUT]``; under a display (Xvfb makes one without a screen)
clicks come from the display server. Prints one JSON line a journey. With a folder, a picture of
the window is written after every step.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# ruff: noqa: TID251 - drives the window
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

from tests.journeys.hand import Hand, NotThere
from ui.app import Program, make_application
from ui.viewmodels.preferences import Choices, Preferences
from workbench import i18n
from workbench.services import history, indicators, observations

SIZE = (1280, 800)
MESSY = (
    "Police of Valdoria;;;;\nIdentified victims by region;;;;\n;;;;\n"
    "Region;Year;Sex;Victims;Surname\n"
    "XV-01;2025;F;1.204;Gomez\nXV-01;2025;M;..;Perez\nIsla Nueva;2025;F;<5;Ruiz\n"
    "XV-02;2025;F;1.015;Lopez\nXV-02;2025;M;310;Lopez\nTotal;2025;;2.529;\n"
    "Source: police register;;;;\n"
)
"""A file as a ministry sends it: title, dots in numbers, an unknown name, marks, surnames, a total."""


def pause_nothing(_hand: Hand, _step: str) -> None:
    """No pictures."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """What a journey works with.

    Attributes:
        hand: acts and counts.
        folder: for its files.
        picture: called after each step.
        notes: what it leaves for the next journey.
    """

    hand: Hand
    folder: Path
    picture: Callable[[Hand, str], None] = pause_nothing
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def window(self) -> Any:
        """The window."""
        return self.hand.program.window

    @property
    def session(self) -> Any:
        """The open project."""
        return self.hand.program.session

    def screen(self, name: str) -> Any:
        """A screen that was shown."""
        return self.window.screens[name]

    def step(self, name: str) -> None:
        """A step is done."""
        self.picture(self.hand, name)

    def go(self, name: str) -> None:
        """Click a screen in the rail."""
        rail = self.window.rail
        at = [entry[0] for entry in _screens()].index(name)
        self.hand.click_row(rail.list, rail.model.index(at))
        if self.window.current_screen != name:
            raise NotThere(f"the rail did not lead to {name}")


def _screens() -> Any:
    from ui.views.rail import SCREENS

    return SCREENS


def one(parent: QWidget, name: str) -> Any:
    """The visible widget of that name."""
    found = [widget for widget in parent.findChildren(QWidget, name) if widget.isVisible()]
    if not found:
        raise NotThere(f"there is no “{name}”")
    return found[0]


def dialog(walk: Walk, name: str) -> Any:
    """The open dialog of that name."""
    found = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.objectName() == name and widget.isVisible()
    ]
    if not found:
        raise NotThere(f"the dialog “{name}” is not open")
    return found[0]


# the journeys


def first_run(walk: Walk) -> None:
    """From the first start to values of the sample country."""
    walk.step("start")
    walk.hand.click(walk.screen("home").first.open)
    walk.hand.until(lambda: bool(walk.screen("home").viewmodel.state.tiles), "the tiles of Home")
    walk.hand.settle()
    walk.step("sample")
    tiles = walk.screen("home").viewmodel.state.tiles
    assert all(tile.value for tile in tiles), tiles
    assert walk.session.state.fictitious


def messy_file(walk: Walk) -> None:
    """A file of the police for the first time: bands, number format, input, names, import."""
    hand, ws = walk.hand, walk.session.workspace
    before = history.content_digest(ws)
    file = walk.folder / "police_2025.csv"
    file.write_text(MESSY, encoding="utf-8")
    hand.drop(file)
    made = dialog(walk, "dlg_import")
    view = made.viewmodel
    walk.step("file")
    hand.click(made.do)
    walk.step("table")
    hand.click(made.do)
    walk.step("columns")
    answer_columns(walk, made)
    walk.step("columns-answered")
    hand.click(made.do)
    walk.step("names")
    answer_names(walk, made)
    walk.step("names-answered")
    if view.state.step == 4:
        hand.click(made.do)
    walk.step("check")
    assert history.content_digest(ws) == before, "nothing may be written before the last click"
    hand.click(made.do)
    walk.step("imported")
    newest = observations.vintages(ws)[-1]
    assert newest.redacted == ("Surname",), newest
    values = {
        (row.area, str(row.breakdown)): (row.value, row.low, row.high)
        for row in observations.observations(ws, dataset=newest.dataset)
    }
    assert values[("XV-02", "SEX=F")][0] == 1015.0, values
    assert values[("XV-03", "SEX=F")] == (None, 1.0, 4.0), values
    walk.notes["dataset"] = newest.dataset
    hand.key("Escape")


def answer_columns(walk: Walk, made: Any) -> None:
    """Choose how the numbers are written: 1.204 could be two things."""
    assert not made.do.isEnabled(), "an ambiguous column must be answered first"
    box = offering(made.columns_page, "1.234,5")
    walk.hand.choose(box, "1.234,5")


def answer_names(walk: Walk, made: Any) -> None:
    """Say what is counted, and which region the unknown name means."""
    walk.hand.choose(offering(made, "vic_identified"), "vic_identified")
    walk.hand.choose(offering(made, "XV-03"), "XV-03")


def offering(parent: QWidget, data: object) -> QComboBox:
    """The first visible list that offers these data."""
    for box in parent.findChildren(QComboBox):
        if box.isVisible() and box.findData(data) >= 0:
            return box
    raise NotThere(f"no list offers {data!r}")


def next_year(walk: Walk) -> None:
    """The same layout a year later: the file is known, and nothing is asked."""
    hand, ws = walk.hand, walk.session.workspace
    file = walk.folder / "police_2026.csv"
    file.write_text(MESSY.replace("2025", "2026"), encoding="utf-8")
    hand.drop(file)
    made = dialog(walk, "dlg_import")
    walk.step("known")
    hand.click(made.do)
    walk.step("check")
    hand.click(made.do)
    walk.step("imported")
    newest = observations.vintages(ws)[-1]
    assert newest.dataset == walk.notes["dataset"]
    years = {str(row.period) for row in observations.observations(ws, dataset=newest.dataset)}
    assert "2026" in years
    hand.key("Escape")


def proof(walk: Walk) -> None:
    """An indicator down to the cell of the file it came from."""
    hand = walk.hand
    walk.go("indicators")
    walk.step("catalogue")
    screen = walk.screen("indicators")
    view = one(screen, "tbl_catalogue")
    hand.click_row(view, index_of(view, "PRS-05"))
    walk.step("indicator")
    click_last_point(walk, screen.chart)
    walk.step("point")
    dock = walk.window.findChild(QWidget, "dock_source")
    if dock is None or not dock.isVisible():
        hand.key("ctrl+i")
    walk.step("source")
    dock = walk.window.findChild(QWidget, "dock_source")
    hand.click(one(dock, "btn_open_cell"))
    walk.step("cell")
    assert walk.window.current_screen == "data"
    raw = walk.screen("data").viewmodel.state
    assert raw.cell is not None
    assert raw.raw.file.endswith(".csv"), raw.raw.file


def journalist(walk: Walk) -> None:
    """Somebody calls: the number and where it comes from, as text to read out."""
    hand = walk.hand
    QGuiApplication.clipboard().clear()
    hand.key("ctrl+k")
    walk.step("palette")
    hand.type("conviction rate of cases" if i18n.language() == "en" else "PRS-05")
    walk.step("typed")
    hand.key("Return")
    hand.settle()
    dock = walk.window.findChild(QWidget, "dock_source")
    if dock is None or not dock.isVisible():
        hand.key("ctrl+i")
    walk.step("source")
    dock = walk.window.findChild(QWidget, "dock_source")
    hand.click(one(dock, "btn_copy_source"))
    walk.step("copied")
    text = QGuiApplication.clipboard().text()
    name = i18n.local(indicators.definition("PRS-05").name)
    assert name in text, text
    assert ".csv" in text, text


def correct(walk: Walk) -> None:
    """A published number was wrong: the right one with its reason, and the history shows it."""
    hand, ws = walk.hand, walk.session.workspace
    walk.go("data")
    walk.step("data")
    screen = walk.screen("data")
    grid = screen.grid
    hand.click_row(grid, grid.model().index(2, 0))
    walk.step("value")
    try:
        button = one(screen, "btn_correct_value")
    except NotThere:  # with large text it stands in the menu; the dock has it too
        button = one(walk.window.findChild(QWidget, "dock_source"), "btn_correct_source")
    hand.click(button)
    made = dialog(walk, "dlg_correct")
    walk.step("dialog")
    hand.type("1")
    hand.key("Tab")
    hand.type("the court sent the right number")
    hand.click(made.do)
    walk.step("corrected")
    line = history.history(ws)[-1]
    assert "Correct" in line.text, line
    hand.key("ctrl+h")
    walk.step("history")
    hand.key("ctrl+z")
    walk.step("undone")
    assert history.next_redo(ws) is not None


def index_of(view: Any, code: str) -> Any:
    """Place of a row by the key of its first column."""
    model = view.model()
    for number in range(model.rowCount()):
        index = model.index(number, 0)
        texts = [str(index.data(role)) for role in range(0x0100, 0x0110)] + [str(index.data())]
        if any(code in text for text in texts):
            return index
    raise NotThere(f"no row {code}")


def click_last_point(walk: Walk, card: Any) -> None:
    """Click the newest value in the chart."""
    plot = card.ensure_plot()
    point = card.chart.points[0].points[-1]
    place = plot.geometry_now().at(point.x, point.y).toPoint()
    walk.hand.click(plot.viewport(), place)


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey with its budget of clicks; what a key does is no click."""

    name: str
    walk: Callable[[Walk], None]
    clicks: int


JOURNEYS = (
    Journey("first_run", first_run, 1),
    Journey("messy_file", messy_file, 12),
    Journey("next_year", next_year, 3),
    Journey("proof", proof, 4),
    Journey("journalist", journalist, 4),
    Journey("correct", correct, 6),
)


def run(
    app: QApplication,
    folder: Path,
    choices: Choices,
    picture: Callable[[Hand, str], None] = pause_nothing,
) -> list[dict[str, object]]:
    """Run all journeys in one window, as a person would on a first day."""
    preferences = Preferences(folder / "window.ini")
    preferences.keep(choices)
    program = Program(app, preferences)
    problems: list[object] = []
    program.commands.tell = problems.append  # type: ignore[method-assign, assignment]
    program.session.failed.connect(problems.append)
    program.show()
    program.window.resize(*SIZE)
    hand = Hand(app, program)
    hand.settle()
    program.window.activateWindow()
    notes: dict[str, Any] = {}
    told = []
    for journey in JOURNEYS:
        hand.clicks, start = 0, time.monotonic()

        def shown(hand: Hand, step: str, name: str = journey.name) -> None:
            picture(hand, f"{name}-{step}")

        walk = Walk(hand=hand, folder=folder, picture=shown, notes=notes)
        fault = ""
        try:
            journey.walk(walk)
        except (AssertionError, LookupError, AttributeError) as error:
            fault = f"{type(error).__name__}: {error}"
        told.append(
            {
                "journey": journey.name,
                "clicks": hand.clicks,
                "budget": journey.clicks,
                "seconds": round(time.monotonic() - start, 1),
                "platform": QGuiApplication.platformName(),
                "fault": fault,
                "problems": [getattr(item, "report", str(item)) for item in problems],
            }
        )
        problems.clear()
        leave(hand)
    program.window.close()
    program.window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return told


def leave(hand: Hand) -> None:
    """Close what a journey left open, so that the next one starts clean."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    hand.settle()


def taken(out: Path, end: str) -> Callable[[Hand, str], None]:
    """Writes a picture of what is in front after each step.

    Args:
        out: folder.
        end: of the names, such as ``es-dark``.
    """
    out.mkdir(parents=True, exist_ok=True)

    def picture(hand: Hand, step: str) -> None:
        top = QApplication.activeModalWidget() or hand.program.window
        top.grab().save(str(out / f"flow-{step}-{end}.png"))

    return picture


def main(arguments: Sequence[str]) -> int:
    """Run the journeys in English and light colours."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place  # the sample country is made there
        app = make_application()
        picture = taken(Path(arguments[0]), "en-light") if arguments else pause_nothing
        told = run(app, Path(place), Choices(language="en", theme="light"), picture)
    for line in told:
        print(json.dumps(line))
    good = all(not line["fault"] and line["clicks"] <= line["budget"] for line in told)  # type: ignore[operator]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
