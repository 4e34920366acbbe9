"""The command line that does again what a line of the history did, or why there is none.

Commands name the project and imported files by their names alone: they are run in the folder that
holds them. What a command needs is read from the line itself (its operations hold whole rows) and
from the version it wrote, never from what stands in the project now.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench.services import history_values as values
from workbench.services.history_values import NoCommandError, Words, known_name, option
from workbench.services.packs import pack_name
from workbench.services.typed_rows import row_text
from workbench.store import journal
from workbench.store.texts import parsed

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace
    from workbench.store.journal import Line
    from workbench.store.records import Row

PROGRAM = "tip-workbench"
SECRET = "passphrase.txt"  # noqa: S105 - the name of a file
"""File that commands on encrypted projects name; the person puts the passphrase on its first line."""
SETTINGS = {"title": "--title", "country_format": "--country-format", "threshold": "--threshold"}
"""Settings that have a command, with its options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """How a line of the history is done again.

    Attributes:
        words: the words of the command, the program first; empty where there is none.
        why: then the reason, an English sentence.
    """

    words: Words = ()
    why: str = ""

    @property
    def text(self) -> str:
        """The words as a shell reads them; empty where there is no command."""
        if not self.words:
            return ""
        if sys.platform == "win32":
            return subprocess.list2cmdline(self.words)
        return shlex.join(self.words)


Maker = Callable[["Workspace", "Line"], Words]
"""Gives the words after the program.

Raises:
    NoCommandError: this line has no command.
"""


def commands(ws: Workspace) -> dict[int, CommandLine]:
    """The commands of all lines, by number."""
    return {line.id: _command(ws, line) for line in journal.lines(ws.db)}


def command(ws: Workspace, number: int) -> CommandLine:
    """The command of one line; without words where there is no such line."""
    line = journal.line(ws.db, number)
    return CommandLine() if line is None else _command(ws, line)


def _command(ws: Workspace, line: Line) -> CommandLine:
    make = MAKERS.get(line.action)
    if make is None:
        return CommandLine(why=WITHOUT.get(line.action, _NONE))
    try:
        words = make(ws, line)
    except NoCommandError as reason:
        return CommandLine(why=reason.args[0])
    secret = ("--passphrase-file", SECRET) if ws.is_encrypted else ()
    return CommandLine(words=(PROGRAM, *words, *secret))


# what a line holds ------------------------------------------------------------------------------


def _put(line: Line) -> Row:
    """The row that the line put into its table."""
    return next(dict(op["row"]) for op in line.forward if op["op"] == "put")  # type: ignore[call-overload]


def _former(line: Line) -> Row:
    """The row that stood there before; empty where there was none."""
    return next((dict(op["row"]) for op in line.inverse if op["op"] == "put"), {})  # type: ignore[call-overload]


def _author(line: Line) -> Words:
    return option("--author", line.by)


# the project ------------------------------------------------------------------------------------


def _create(ws: Workspace, line: Line) -> Words:
    """With the settings of then: the first change of each tells what it was before."""
    now = ws.settings
    then: dict[str, object] = {
        "title": line.data.get("title", ""), "area": now.area, "fictitious": now.fictitious,
        "country_format": now.country_format,
    }  # fmt: skip
    for later in reversed(journal.lines(ws.db, ("settings",))):
        for op in later.inverse:
            if op["op"] == "put":
                row: Mapping[str, object] = op["row"]  # type: ignore[assignment]
                then[str(row["key"])] = parsed(str(row["value"]))
    if then["fictitious"]:
        raise NoCommandError(N_("Projects with invented data are made by the program itself."))
    named = (("--area", "area"), ("--title", "title"), ("--country-format", "country_format"))
    return ("new", known_name(ws.path.name), *_options({o: str(then[n]) for o, n in named}))


def _settings(ws: Workspace, line: Line) -> Words:
    rows = {op["row"]["key"]: op["row"]["value"] for op in line.forward if op["op"] == "put"}  # type: ignore[index]
    if not rows or not set(rows) <= set(SETTINGS):
        raise NoCommandError(N_("There is no command for this setting."))
    said = {SETTINGS[str(key)]: str(parsed(str(value))) for key, value in rows.items()}
    return ("settings", *values.project(ws), *_options(said, always=True), *_author(line))


def _step(ws: Workspace, line: Line) -> Words:
    return (line.action, *values.project(ws), *_author(line))


def _purge(ws: Workspace, line: Line) -> Words:
    number = str(line.data["vintage"])
    return ("purge", number, *values.project(ws), "--yes", *_author(line))


# registers --------------------------------------------------------------------------------------


def _options(said: Mapping[str, str], *, always: bool = False) -> Words:
    return tuple(word for name, text in said.items() for word in option(name, text, always=always))


def _in_languages(name: str, after: object, before: object) -> Words:
    """One option a language whose text differs; a language that is gone is said with no text."""
    new, old = parsed(str(after or "{}")), parsed(str(before or "{}"))
    differing = {
        code: new.get(code, "") for code in (*new, *old) if new.get(code) != old.get(code)
    }
    return tuple(word for code, text in differing.items() for word in (name, f"{code}={text}"))


def _event(row: Row) -> dict[str, str]:
    return {
        "--kind": str(row["kind"]),
        "--start": _period(row["start"]),
        "--end": _period(row["end"]),
        "--area": _text(row["area"]),
        "--pillar": _text(row["pillar"]),
        "--recommendations": _listed(row["recommendations"]),
        "--delay": str(row["delay"]),
        "--document": str(row["document"]),
        "--variables": _listed(row["variables"]),
    }


def _break(row: Row) -> dict[str, str]:
    return {
        "--kind": str(row["kind"]),
        "--start": _period(row["start"]),
        "--variables": _listed(row["variables"]),
        "--areas": _listed(row["areas"]),
    }


def _commitment(row: Row) -> dict[str, str]:
    names = ("instrument", "due", "status", "done", "pillar")
    said = {f"--{name}": _text(row[name]) for name in names}
    return {**said, **_evidence(row)}


def _evidence(row: Row) -> dict[str, str]:
    return {
        "--evidence": str(row["evidence"]),
        "--link": str(row["link"]),
        "--evidence-date": _text(row["evidence_date"]),
        "--sha256": str(row["sha256"]),
        "--by": str(row["made_by"]),
    }


def _period(code: object) -> str:
    return "" if code is None else str(Period(int(str(code))))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _listed(content: object) -> str:
    return ",".join(str(entry) for entry in parsed(str(content)))


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of a table are said: command, column and option of its texts, all other options."""

    command: str
    column: str
    option: str
    said: Callable[[Row], dict[str, str]]


_KINDS = {
    "event": _Kind("events", "names", "--name-in", _event),
    "break": _Kind("breaks", "texts", "--text-in", _break),
    "commitment": _Kind("recommendations", "titles", "--title-in", _commitment),
}


def _register(ws: Workspace, line: Line) -> Words:
    """Add, change or remove a row: a change says only what differs."""
    action, _, table = line.action.partition("_")
    kind = _KINDS[table]
    row = _former(line) if action == "remove" else _put(line)
    is_duty = table == "commitment" and row["kind"] != "recommendation"
    start = ("duties" if is_duty else kind.command, action, *values.project(ws))
    name = option("--id", str(row["code"]))
    if action == "remove":
        by = option("--by", line.by) if table == "commitment" else _author(line)
        return (*start, *name, *by)
    former = _former(line)
    before = kind.said(former) if former else {}
    said = {o: text for o, text in kind.said(row).items() if text != before.get(o, "")}
    texts = _in_languages(kind.option, row[kind.column], former.get(kind.column))
    is_report = action == "add" and row.get("kind") == "report"
    more = option("--kind", "report") if is_report and is_duty else ()
    by = () if table == "commitment" else _author(line)
    return (*start, *name, *more, *texts, *_options(said, always=True), *by)


def _note(ws: Workspace, line: Line) -> Words:
    action = line.action.partition("_")[0]
    start = ("notes", action, *values.project(ws))
    if action == "remove":
        return (*start, *option("--id", str(_former(line)["code"])), *_author(line))
    row = _put(line)
    text = option("--text", str(row["text"]))
    if action == "edit":
        return (*start, *option("--id", str(row["code"])), *text, *_author(line))
    dims = str(row["dims"])
    about = {f"--{name}": str(row[name]) for name in ("dataset", "variable", "area")}
    about["--period"] = _period(row["period"])
    about["--breakdown"] = str(Breakdown.from_json(dims)) if dims else ""
    return (*start, *text, *_options(about), *_author(line))


# checklists and checks --------------------------------------------------------------------------


def _answer(ws: Workspace, line: Line) -> Words:
    row = _put(line)
    said = {"--met": "yes" if row["met"] else "no", "--since": _text(row["since"]),
            "--until": _text(row["until"]), **_evidence(row)}  # fmt: skip
    return ("checklist", "answer", str(row["code"]), *values.project(ws), *_options(said))


def _withdraw(ws: Workspace, line: Line) -> Words:
    item = str(_former(line)["code"])
    return ("checklist", "withdraw", item, *values.project(ws), *option("--by", line.by))


def _checklist(ws: Workspace, line: Line) -> Words:
    """One row an item; an answer that was withdrawn is said as none."""
    rows: list[dict[str, str]] = []
    for op in line.forward:
        if op.get("table") != "checklist_answer":
            continue
        if op["op"] == "remove":
            rows.append({"item": str(op["key"]), "met": "none"})
            continue
        row: Mapping[str, object] = op["row"]  # type: ignore[assignment]
        names = ("since", "until", "evidence", "link", "evidence_date", "sha256")
        cells = {name: _text(row[name]) for name in names}
        cells["by"] = str(row["made_by"]) if row["made_by"] != line.by else ""
        rows.append({"item": str(row["code"]), "met": "yes" if row["met"] else "no", **cells})
    said = tuple(word for row_ in rows for word in ("--row", row_text(row_)))
    last = option("--last", _text(line.data.get("year")))
    return ("checklist", "enter", *values.project(ws), *said, *last, *option("--by", line.by))


def _findings(ws: Workspace, line: Line) -> Words:
    action = {"accept_check": "accept", "put_off_check": "later", "reopen_check": "reopen"}
    names = [str(op["key"] if op["op"] == "remove" else op["row"]["id"]) for op in line.forward]  # type: ignore[index]
    chosen = tuple(word for name in names for word in ("--id", name))
    reason = "" if line.action == "reopen_check" else str(_put(line)["reason"])
    return (
        "checks", action[line.action], *values.project(ws), *chosen,
        *option("--reason", reason), *_author(line),
    )  # fmt: skip


def _tracker(ws: Workspace, line: Line) -> Words:
    last = str(line.data["year"])
    return ("tracker", "publish", *values.project(ws), "--last", last, *option("--by", line.by))


def _withdrawal(ws: Workspace, line: Line) -> Words:
    said = {"--id": str(line.data["key"]), "--reason": str(line.data["reason"]), "--by": line.by}
    return ("publications", "withdraw", *values.project(ws), *_options(said))


def _pack(ws: Workspace, line: Line) -> Words:
    name = str(line.data["name"])
    if line.action == "uninstall_pack":
        return ("pack", "remove", name, *values.project(ws), *_author(line))
    file = str(line.data.get("file") or f"{name}.toml")
    own = () if pack_name(Path(file)) == name else option("--name", name)
    return ("pack", "install", known_name(file), *values.project(ws), *own, *_author(line))


MAKERS: Mapping[str, Maker] = {
    "create": _create,
    "settings": _settings,
    "undo": _step,
    "redo": _step,
    "purge": _purge,
    "import": values.import_words,
    "import_boundaries": values.boundary_words,
    "correct": values.correction_words,
    "entry": values.entry_words,
    "add_up": values.added_words,
    "publish_tracker": _tracker,
    "answer_item": _answer,
    "answer_checklist": _checklist,
    "remove_checklist_answer": _withdraw,
    "accept_check": _findings,
    "put_off_check": _findings,
    "reopen_check": _findings,
    "withdraw": _withdrawal,
    "install_pack": _pack,
    "uninstall_pack": _pack,
    **{f"{act}_note": _note for act in ("add", "edit", "remove")},
    **{f"{act}_{table}": _register for act in ("add", "edit", "remove") for table in _KINDS},
}
"""How the command of each coded action is made."""

_NONE = N_("There is no command for this step.")
_FORM = N_("An own indicator is made in a form; there is no command for it.")
WITHOUT: Mapping[str, str] = {
    "publish": N_("A publication is entered when its files are written; write them again."),
    "define_areas": N_("There is no command that names areas; they come with imported files."),
    "define_dataset": N_("There is no command for the name of a source."),
    "add_own_indicator": _FORM,
    "edit_own_indicator": _FORM,
    "remove_own_indicator": _FORM,
}
"""Coded actions without a command, and why."""
