"""Commands on the registers of events and breaks: list, add, edit, remove."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from indicators.errors import N_, TipError
from indicators.model.codes import LANGUAGES, Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from workbench import i18n
from workbench.cli.command import Argument, Command, Output, argument, table_lines
from workbench.cli.project import AUTHOR, WORKSPACE, change_output, opened
from workbench.i18n import _

T = TypeVar("T")
"""What a word of the command line is read as."""
ACTIONS = ("list", "add", "edit", "remove")


def event_fields(event: Intervention) -> dict[str, object]:
    """One event as data."""
    return {
        "id": event.id,
        "name": dict(event.name),
        "kind": event.kind,
        "start": str(event.start),
        "end": str(event.end) if event.end else None,
        "area": event.area,
        "pillar": event.pillar.value if event.pillar else None,
        "recommendations": list(event.recommendations),
        "delay": event.delay,
        "document": event.document,
        "variables": list(event.variables),
    }


def break_fields(entry: SeriesBreak) -> dict[str, object]:
    """One break as data."""
    return {
        "id": entry.id,
        "start": str(entry.start),
        "text": dict(entry.text),
        "kind": entry.kind,
        "variables": list(entry.variables),
        "areas": list(entry.areas),
    }


def needed(arguments: Namespace, *names: str) -> None:
    """Refuse an action that lacks an option.

    Raises:
        TipError: with the name of the option.
    """
    for name in names:
        if not getattr(arguments, name):
            raise TipError(
                N_("The action “{action}” needs --{name}."),
                action=arguments.action,
                name=name.replace("_", "-"),
            )


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _codes(text))


def _named(entries: tuple[Intervention, ...] | tuple[SeriesBreak, ...], wanted: str) -> object:
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise TipError(
        N_("There is no entry “{id}”."),
        hint=N_("Known: {known}."),
        id=wanted,
        known=", ".join(entry.id for entry in entries),
    )


def in_language(flag: str) -> Argument:
    """An option that says a text in one language."""
    return argument(
        flag,
        help=N_("the same in one language, as es=TEXT; no text takes it away; may be given again"),
        action="append",
        metavar="L=TEXT",
    )


def texts(
    before: Mapping[str, str], text: str | None, in_languages: Sequence[str] | None
) -> dict[str, str]:
    """Texts by language after what was said.

    Args:
        before: the texts that stand there.
        text: said in the language of the person; the English one too where there is none.
        in_languages: ``es=TEXT`` each.

    Raises:
        TipError: a language is not one of ours, or no text is left.
    """
    found = dict(before)
    if text:
        found[i18n.language()] = text
        found.setdefault("en", text)
    for said in in_languages or ():
        language, _equals, words = said.partition("=")
        if language not in LANGUAGES:
            raise TipError(
                N_("“{text}” does not begin with a language."),
                hint=N_("Write es=TEXT. Known: {known}."),
                text=said,
                known=", ".join(LANGUAGES),
            )
        found[language] = words
    kept = {language: words for language, words in found.items() if words}
    if not kept:
        raise TipError(N_("The text of one language must stay."))
    return kept


def said_or(text: str | None, earlier: T, read: Callable[[str], T], empty: T) -> T:
    """What was said; with an empty text what stands for nothing; else what stood there."""
    if text is None:
        return earlier
    return read(text) if text else empty


def _event(arguments: Namespace, before: Intervention | None) -> Intervention:
    """The event as asked for; what is not said stays as it was."""
    old = before or Intervention(
        id=arguments.id, name={}, kind="other", start=Period.parse(arguments.start)
    )
    return Intervention(
        id=arguments.id,
        name=texts(old.name, arguments.name, arguments.name_in),
        kind=said_or(arguments.kind, old.kind, str, "other"),
        start=said_or(arguments.start, old.start, Period.parse, old.start),
        end=said_or(arguments.end, old.end, Period.parse, None),
        area=said_or(arguments.area, old.area, str, None),
        pillar=said_or(arguments.pillar, old.pillar, Pillar, None),
        recommendations=said_or(arguments.recommendations, old.recommendations, _numbers, ()),
        delay=said_or(arguments.delay, old.delay, int, 0),
        document=said_or(arguments.document, old.document, str, ""),
        variables=said_or(arguments.variables, old.variables, _codes, ()),
    )


def events(arguments: Namespace) -> Output:
    """List, add, edit or remove events."""
    from workbench.services import events as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        entries = service.events(ws)
        if arguments.action == "list":
            rows = [(e.id, str(e.start), e.kind, i18n.local(e.name)) for e in entries]
            header = ("id", _("start"), _("kind"), _("name"))
            data = [event_fields(entry) for entry in entries]
            return Output(data=data, lines=table_lines(header, rows))
        needed(arguments, "id")
        by = arguments.author
        if arguments.action == "remove":
            return change_output(service.remove_event(ws, arguments.id, by=by))
        if arguments.action == "add":
            needed(arguments, *([] if arguments.name_in else ["name"]), "start")
            return change_output(service.add_event(ws, _event(arguments, None), by=by))
        before = _named(entries, arguments.id)
        assert isinstance(before, Intervention)  # entries hold nothing else
        return change_output(service.edit_event(ws, _event(arguments, before), by=by))


def _break(arguments: Namespace, before: SeriesBreak | None) -> SeriesBreak:
    old = before or SeriesBreak(
        id=arguments.id, start=Period.parse(arguments.start), text={}, kind="definition"
    )
    return SeriesBreak(
        id=arguments.id,
        start=said_or(arguments.start, old.start, Period.parse, old.start),
        text=texts(old.text, arguments.text, arguments.text_in),
        kind=said_or(arguments.kind, old.kind, str, "definition"),
        variables=said_or(arguments.variables, old.variables, _codes, ()),
        areas=said_or(arguments.areas, old.areas, _codes, ()),
    )


def breaks(arguments: Namespace) -> Output:
    """List, add, edit or remove breaks."""
    from workbench.services import events as service

    with opened(arguments, read_only=arguments.action == "list") as ws:
        entries = service.breaks(ws)
        if arguments.action == "list":
            rows = [(e.id, str(e.start), e.kind, i18n.local(e.text)) for e in entries]
            header = ("id", _("start"), _("kind"), _("what changed"))
            data = [break_fields(entry) for entry in entries]
            return Output(data=data, lines=table_lines(header, rows))
        needed(arguments, "id")
        by = arguments.author
        if arguments.action == "remove":
            return change_output(service.remove_break(ws, arguments.id, by=by))
        if arguments.action == "add":
            needed(arguments, *([] if arguments.text_in else ["text"]), "start")
            return change_output(service.add_break(ws, _break(arguments, None), by=by))
        before = _named(entries, arguments.id)
        assert isinstance(before, SeriesBreak)  # entries hold nothing else
        return change_output(service.edit_break(ws, _break(arguments, before), by=by))


def _common() -> tuple[Argument, ...]:
    return (
        argument(
            "action", help=N_("list, add, edit or remove"), choices=ACTIONS, metavar="ACTION"
        ),
        WORKSPACE,
        argument("--id", help=N_("short name of the entry"), metavar="ID"),
        argument("--start", help=N_("first period, such as 2011 or 2011-01"), metavar="P"),
        argument("--kind", help=N_("what kind it is"), metavar="KIND"),
        argument("--variables", help=N_("inputs it touches, with commas"), metavar="V,V"),
        AUTHOR,
    )


REGISTER_COMMANDS = (
    Command(
        id="events",
        help=N_("the register of laws, plans, campaigns and shocks"),
        arguments=(
            *_common(),
            argument("--name", help=N_("name of the event"), metavar="TEXT"),
            in_language("--name-in"),
            argument("--end", help=N_("last period, for passing shocks"), metavar="P"),
            argument("--area", help=N_("region, when not the whole country"), metavar="A"),
            argument("--pillar", help=N_("pillar it serves"), metavar="PRV|PRT|PRS|XCT"),
            argument("--recommendations", help=N_("numbers, with commas"), metavar="N,N"),
            argument("--delay", help=N_("periods until an effect can be expected"), metavar="N"),
            argument("--document", help=N_("where the text is found"), metavar="TEXT"),
        ),
        run=events,
    ),
    Command(
        id="breaks",
        help=N_("the register of changes of definition, boundary or counting"),
        arguments=(
            *_common(),
            argument("--text", help=N_("what changed"), metavar="TEXT"),
            in_language("--text-in"),
            argument("--areas", help=N_("regions it touches, with commas"), metavar="A,A"),
        ),
        run=breaks,
    ),
)
