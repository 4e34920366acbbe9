"""The command on the log of publications: list, show, withdraw."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from indicators.errors import N_, TipError
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import WORKSPACE, change_output, opened
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.services.publications import Publication
    from workbench.store.publications import PublishedCell

ACTIONS = ("list", "show", "withdraw")


def publications(arguments: Namespace) -> Output:
    """List what was published, show its cells, or withdraw it."""
    from workbench.services import publications as service

    with opened(arguments, read_only=arguments.action != "withdraw") as ws:
        if arguments.action == "list":
            return _listed(service.publications(ws))
        _needed(arguments, "id")
        if arguments.action == "show":
            return _shown(service.cells(ws, arguments.id))
        _needed(arguments, "reason")
        change = service.withdraw(ws, arguments.id, reason=arguments.reason, by=arguments.by or "")
    output = change_output(change)
    still = _("It still counts when a new table is looked at: the public has seen it.")
    return Output(data=output.data, lines=[*output.lines, still])


def _needed(arguments: Namespace, name: str) -> None:
    if not getattr(arguments, name):
        raise TipError(
            N_("The action “{action}” needs --{name}."), action=arguments.action, name=name
        )


def publication_fields(entry: Publication) -> dict[str, object]:
    """One publication as data."""
    return {
        "id": entry.id,
        "name": entry.name,
        "at": entry.made_at,
        "by": entry.made_by,
        "file": entry.file,
        "sha256": entry.sha256,
        "method": entry.method,
        "threshold": entry.threshold,
        "zeros": entry.zeros,
        "cells": entry.cells,
        "hidden": entry.hidden,
        "withdrawn": entry.is_withdrawn,
        "withdrawn_at": entry.withdrawn_at or None,
        "withdrawn_by": entry.withdrawn_by or None,
        "reason": entry.reason or None,
    }


def _listed(entries: tuple[Publication, ...]) -> Output:
    header = (
        "id",
        _("name"),
        _("made at"),
        _("method"),
        _("cells"),
        _("hidden"),
        _("withdrawn because"),
    )
    rows = [
        (
            entry.id,
            entry.name,
            entry.made_at,
            entry.method,
            i18n.number(entry.cells),
            i18n.number(entry.hidden),
            entry.reason,
        )
        for entry in entries
    ]
    lines = table_lines(header, rows, "rlllrrl") if entries else [_("Nothing was published yet.")]
    return Output(data=[publication_fields(entry) for entry in entries], lines=lines)


def _shown(cells: tuple[PublishedCell, ...]) -> Output:
    """What the public has seen; which cells are small is not told."""
    from workbench.services.table_files import MARK

    printed = [cell for cell in cells if cell.shown is not None or cell.low != cell.high]
    data = [
        {
            "variable": cell.place.variable,
            "area": cell.place.area,
            "period": cell.place.period,
            "breakdown": cell.place.breakdown,
            "shown": cell.shown,
            "low": cell.low,
            "high": cell.high,
        }
        for cell in printed
    ]
    rows = [
        (
            cell.place.variable,
            cell.place.area,
            cell.place.breakdown,
            cell.place.period,
            MARK if cell.shown is None else i18n.number(cell.shown),
        )
        for cell in printed
    ]
    header = (_("input"), _("area"), _("breakdown"), _("period"), _("shown"))
    return Output(data=data, lines=table_lines(header, rows, "llllr"))


PUBLICATION_COMMANDS = (
    Command(
        id="publications",
        help=N_("the log of published tables: list, show one, withdraw one"),
        arguments=(
            argument(
                "action", help=N_("list, show or withdraw"), choices=ACTIONS, metavar="ACTION"
            ),
            WORKSPACE,
            argument("--id", help=N_("number or name of the publication"), metavar="ID"),
            argument("--reason", help=N_("why it is withdrawn"), metavar="TEXT"),
            argument("--by", help=N_("who does it"), metavar="NAME"),
        ),
        run=publications,
    ),
)
