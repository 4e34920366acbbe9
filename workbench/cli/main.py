"""Reads the command line, runs one command, prints its answer, and turns errors into exit codes."""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import sys
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path

from indicators.errors import N_, Cancelled, TipError
from indicators.model.codes import LANGUAGES
from indicators.model.period import Period
from indicators.model.series import Breakdown
from workbench import i18n
from workbench.cli.command import DONE, FAULT, REFUSED, USAGE, Argument, Command, Output
from workbench.cli.registry import COMMANDS
from workbench.i18n import _

GLOBAL = (
    Argument(
        flags=("--json",),
        help=N_("print data instead of words"),
        options={"action": "store_true"},
    ),
    Argument(
        flags=("--language",),
        help=N_("language of the words: en, es, pt or fr"),
        options={"choices": LANGUAGES, "metavar": "L"},
    ),
    Argument(flags=("--quiet",), help=N_("print errors only"), options={"action": "store_true"}),
    Argument(
        flags=("--passphrase-file",),
        help=N_("file that holds the passphrase of an encrypted project"),
        options={"metavar": "F", "type": Path},
    ),
)
SPACES = "\t\u00a0\u202f\u2009"
"""Blanks that our own number formats use."""


class Parser(argparse.ArgumentParser):
    """A parser whose usage errors end with code 2 and one plain line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Tell what is wrong with the words and stop."""
        self.print_usage(sys.stderr)
        print(f"tip-workbench: {message}", file=sys.stderr)
        raise SystemExit(USAGE)


def asked_language(arguments: Sequence[str]) -> str:
    """The language asked for, else that of the environment, else English."""
    for position, word in enumerate(arguments):
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language" and position + 1 < len(arguments):
            return arguments[position + 1]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(name, "")[:2].lower()
        if language:
            return language if language in LANGUAGES else "en"
    return "en"


def add(parser: argparse.ArgumentParser, entry: Argument, *, suppress: bool = False) -> None:
    """Add one argument with its translated help."""
    options = dict(entry.options)
    if suppress:
        options["default"] = argparse.SUPPRESS
    parser.add_argument(*entry.flags, help=_(entry.help).replace("%", "%%"), **options)  # type: ignore[arg-type]


def parser() -> Parser:
    """The whole command line in the language in use."""
    return _parser(i18n.language())


@lru_cache(maxsize=len(LANGUAGES))
def _parser(_language: str) -> Parser:
    """The command line with its help in one language; its many words are put together once."""
    top = Parser(
        prog="tip-workbench",
        description=_(
            "National indicators on trafficking in persons: from files to numbers anyone can check."
        ),
        epilog=_("Without a command the window opens."),
    )
    top.add_argument("--version", action="store_true", help=_("print versions and stop"))
    for entry in GLOBAL:
        add(top, entry)
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=Parser)
    for command in COMMANDS:
        sub = commands.add_parser(command.id, help=_(command.help), description=_(command.help))
        for entry in command.arguments:
            add(sub, entry)
        for entry in GLOBAL:
            add(sub, entry, suppress=True)
    return top


def plain(value: object) -> object:
    """The value as JSON knows it; nan and infinity become null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Period | Breakdown | Path):
        return value.as_dict() if isinstance(value, Breakdown) else str(value)
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"no JSON form for {type(value).__name__}")


def cleaned(value: object) -> object:
    """The value with every nan replaced, at any depth (json writes nan without asking)."""
    if isinstance(value, dict):
        return {str(key): cleaned(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or type(value) in (str, int, float, bool):
        return value
    return cleaned(plain(value))


def visible(text: str) -> str:
    """The line with control characters made visible, so that data cannot steer the terminal."""
    return "".join(
        sign if sign.isprintable() or sign in SPACES else f"\\u{ord(sign):04x}" for sign in text
    )


def show(output: Output, *, as_json: bool, quiet: bool) -> None:
    """Print an answer: data or words on the output, warnings on the error stream."""
    if as_json:
        print(json.dumps(cleaned(output.data), ensure_ascii=False, indent=1))
    elif not quiet:
        for line in output.lines:
            print(visible(line))
    for line in output.warnings:
        print(visible(f"warning: {line}"), file=sys.stderr)


def show_error(error: TipError, *, as_json: bool) -> None:
    """Print an expected error: what happened, where, what to do."""
    title, detail, hint = i18n.error_text(error)
    if as_json:
        text = json.dumps({"title": title, "detail": detail, "hint": hint}, ensure_ascii=False)
        print(text, file=sys.stderr)
        return
    print(visible(" ".join(part for part in (title, detail, hint) if part)), file=sys.stderr)


def run(command: Command, arguments: argparse.Namespace) -> int:
    """Run one command; its exit code."""
    as_json = bool(arguments.json)
    try:
        output = command.run(arguments)
    except TipError as error:
        show_error(error, as_json=as_json)
        return REFUSED
    except Cancelled:
        print(_("Stopped; nothing was changed."), file=sys.stderr)
        return REFUSED
    except Exception:
        logging.getLogger(__name__).exception("fault in %s", command.id)
        text = _("This is a fault in the program; nothing was changed by this command.")
        print(text, file=sys.stderr)
        return FAULT
    try:
        show(output, as_json=as_json, quiet=bool(arguments.quiet))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader had seen enough (head, less)
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the end
    return output.code


def versions() -> str:
    """Program, Python and SQLite in one line."""
    from workbench.services.workspace import versions as parts

    return "  ".join(f"{name} {version}" for name, version in parts().items())


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    i18n.use(asked_language(words))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    top = parser()
    try:
        asked = top.parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    if asked.version:
        print(versions())
        return DONE
    if asked.command is None:
        top.print_help()
        return USAGE
    return run(COMMANDS[asked.command], asked)
