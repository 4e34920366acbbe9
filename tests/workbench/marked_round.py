"""A round of work in one project with marks in all that is kept; it ends in the middle of a write.

``python -m tests.workbench.marked_round FOLDER [WORDS]`` is the program that is killed. It reads
its files from ``FOLDER/in``; everything else below ``FOLDER`` is what the product wrote.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

MARKS = tuple(f"quetzal-{number:02d}-marked" for number in range(1, 21))
LARGE = 400
"""Rows of the write that is cut off; with a cache of ten pages most of them reach the log."""


def mark(number: int) -> str:
    """The mark of one place, counted from 1."""
    return MARKS[number - 1]


def table_name() -> str:
    """Name of the imported file."""
    return f"{mark(1)}.csv"


def write_inputs(folder: Path) -> None:
    """The files of the round."""
    folder.mkdir(parents=True)
    rows = [f"inv_opened,XVA,{year},{year % 9 + 10},{mark(2)}" for year in range(2010, 2022)]
    rows.append(f"inv_opened,{mark(3)},2020,4,")
    rows.append(f"{mark(4)},XVA,2020,4,")
    text = "\n".join(["variable,area,period,value,remark", *rows]) + "\n"
    (folder / table_name()).write_text(text, encoding="utf-8")
    typed = "variable,area,period,value\nvic_detected,XVA,2020,5\n"
    (folder / "typed.csv").write_text(typed, encoding="utf-8")


def commands(folder: Path) -> list[list[str]]:
    """What is typed, without the passphrase."""
    path = folder / "w.tipw"
    project = ["-w", str(path)]
    cell = ["--variable", "inv_opened", "--area", "XVA", "--period", "2020"]
    return [
        ["new", str(path), "--area", "XVA", "--title", mark(5)],
        ["import", str(folder / "in" / table_name()), *project, "--accept", "--dataset", mark(6)],
        [
            "enter", str(folder / "in/typed.csv"), *project,
            "--dataset", mark(7), "--author", mark(8), "--reason", mark(9),
        ],
        ["correct", *cell, "--value", "11", "--reason", mark(10), "--author", mark(11), *project],
        [
            "events", "add", *project, "--id", "law", "--name", mark(12), "--start", "2015",
            "--kind", "law", "--document", mark(13),
        ],
        ["breaks", "add", *project, "--id", "b", "--text", mark(14), "--start", "2016"],
        ["compute", "--all", *project],
        ["trend", "inv_opened", "--area", "XVA", *project],
        ["check", *project],
        ["undo", *project],
        ["redo", *project],
        ["backup", *project, "-o", str(folder / "copy.tipw")],
        ["history", *project],
    ]  # fmt: skip


def work(folder: Path, words: Path | None) -> None:
    """The round; every command has to succeed."""
    from tests.workbench.store.drivers import FEW_ROUNDS, set_rounds
    from workbench.cli.main import main

    if words is not None:
        set_rounds(FEW_ROUNDS)
    secret = [] if words is None else ["--passphrase-file", str(words)]
    for command in commands(folder):
        if main([*command, *secret]) != 0:
            raise SystemExit(f"failed: {command[0]}")
    if words is not None:  # a wrong one and none at all are told without the right one
        wrong = folder / "in" / "wrong.txt"
        wrong.write_text("not the right words at all", encoding="utf-8")
        main(["check", "-w", str(folder / "w.tipw"), "--passphrase-file", str(wrong)])
        main(["check", "-w", str(folder / "w.tipw")])


def cut_off(folder: Path, words: Path | None) -> None:
    """Notes and settings, then a write that never ends."""
    from workbench.services.notes import NoteAbout, add_note
    from workbench.services.workspace import change_settings, open_workspace, passphrase
    from workbench.store import records

    ws = open_workspace(folder / "w.tipw", passphrase=None if words is None else passphrase(words))
    add_note(ws, f"{mark(15)} {mark(16)}", NoteAbout(dataset=mark(6)), by=mark(17))
    change_settings(ws, by=mark(18), title=mark(19))
    ws.db.execute("pragma cache_size = 10")
    with ws.write("settings", "test"):
        for number in range(LARGE):
            text = f'"{mark(20)} {"x" * 2000}"'
            records.put(ws.db, "setting", {"key": f"k{number}", "value": text})
        sys.stdout.flush()
        os._exit(9)


if __name__ == "__main__":
    place, secret_file = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None
    work(place, secret_file)
    cut_off(place, secret_file)
