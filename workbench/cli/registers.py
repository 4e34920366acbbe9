"""Commands on the registers of events and breaks: list, add, edit, remove."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from indicators.errors import N_, TipError
from indicators.model.codes import Pillar
from indicators.model.period import Period
from indicators.model.results import Intervention, SeriesBreak
from workbench import i18n
from workbench.cli.command import Argument, Command, Output, argument, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.i18n import _

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


def _needed(arguments: Namespace, *names: str) -> None:
    for name in names:
        if not getattr(arguments, name):
            raise TipError(
                N_("The action “{action}” needs --{name}."),
                action=arguments.action,
                name=name.replace("_", "-"),
            )


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


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


def _event(arguments: Namespace, before: Intervention | None) -> Intervention:
    """The event as asked for; what is not said stays as it was."""

    def said(name: str, earlier: object, read: Callable[[str], object] = str) -> object:
        text = getattr(arguments, name)
        return earlier if text is None else read(text)

    names = dict(before.name) if before else {}
    if arguments.name:
        names[i18n.language()] = arguments.name
        names.setdefault("en", arguments.name)
    return Intervention(
        id=arguments.id,
        name=names,
        kind=str(said("kind", before.kind if before else "other")),
        start=said("start", before.start if before else None, Period.parse),  # type: ignore[arg-type]
        end=said("end", before.end if before else None, Period.parse),  # type: ignore[arg-type]
        area=said("area", before.area if before else None),  # type: ignore[arg-type]
        pillar=said("pillar", before.pillar if before else None, Pillar),  # type: ignore[arg-type]
        recommendations=tuple(int(n) for n in _codes(arguments.recommendations))
        or (before.recommendations if before else ()),
        delay=int(str(said("delay", before.delay if before else 0))),
        document=str(said("document", before.document if before else "")),
        variables=_codes(arguments.variables) or (before.variables if before else ()),
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
        _needed(arguments, "id")
        if arguments.action == "remove":
            return change_output(service.remove_event(ws, arguments.id))
        if arguments.action == "add":
            _needed(arguments, "name", "start")
            return change_output(service.add_event(ws, _event(arguments, None)))
        before = _named(entries, arguments.id)
        assert isinstance(before, Intervention)  # entries hold nothing else
        return change_output(service.edit_event(ws, _event(arguments, before)))


def _break(arguments: Namespace, before: SeriesBreak | None) -> SeriesBreak:
    texts = dict(before.text) if before else {}
    if arguments.text:
        texts[i18n.language()] = arguments.text
        texts.setdefault("en", arguments.text)
    start = Period.parse(arguments.start) if arguments.start else before.start if before else None
    assert start is not None  # add asks for it, edit has the earlier one
    return SeriesBreak(
        id=arguments.id,
        start=start,
        text=texts,
        kind=arguments.kind or (before.kind if before else "definition"),
        variables=_codes(arguments.variables) or (before.variables if before else ()),
        areas=_codes(arguments.areas) or (before.areas if before else ()),
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
        _needed(arguments, "id")
        if arguments.action == "remove":
            return change_output(service.remove_break(ws, arguments.id))
        if arguments.action == "add":
            _needed(arguments, "text", "start")
            return change_output(service.add_break(ws, _break(arguments, None)))
        before = _named(entries, arguments.id)
        assert isinstance(before, SeriesBreak)  # entries hold nothing else
        return change_output(service.edit_break(ws, _break(arguments, before)))


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
    )


REGISTER_COMMANDS = (
    Command(
        id="events",
        help=N_("the register of laws, plans, campaigns and shocks"),
        arguments=(
            *_common(),
            argument("--name", help=N_("name of the event"), metavar="TEXT"),
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
            argument("--areas", help=N_("regions it touches, with commas"), metavar="A,A"),
        ),
        run=breaks,
    ),
)
