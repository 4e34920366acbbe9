"""The command on the settings that travel in the project file."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from indicators.errors import N_, TipError
from workbench import i18n
from workbench.cli.command import Command, Output, argument, table_lines
from workbench.cli.project import AUTHOR, WORKSPACE, change_output, opened
from workbench.i18n import _
from workbench.settings import SETTINGS

CHANGEABLE = ("title", "country_format", "threshold")


def settings(arguments: Namespace) -> Output:
    """Show the settings of the project, or change those that are said."""
    from workbench.services.workspace import change_settings

    said = {name: getattr(arguments, name) for name in CHANGEABLE}
    said = {name: value for name, value in said.items() if value is not None}
    _refuse_out_of_range(said)
    with opened(arguments, read_only=not said) as ws:
        if said:
            return change_output(change_settings(ws, by=arguments.author, **said))
        data = asdict(ws.settings)
    titles = {entry.id: entry.title for entry in SETTINGS}
    rows = [(name, _shown(value), _(titles[name])) for name, value in data.items()]
    return Output(data=data, lines=table_lines((_("name"), _("value"), _("setting")), rows))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return i18n.number(value) if isinstance(value, int) else str(value)


def _refuse_out_of_range(said: dict[str, object]) -> None:
    for entry in SETTINGS:
        value = said.get(entry.id)
        if not isinstance(value, int) or entry.low is None or entry.high is None:
            continue
        if not entry.low <= value <= entry.high:
            raise TipError(
                N_("“{name}” must lie between {low} and {high}."),
                name=entry.id,
                low=entry.low,
                high=entry.high,
            )


SETTINGS_COMMANDS = (
    Command(
        id="settings",
        help=N_("show or change the settings of a project"),
        arguments=(
            WORKSPACE,
            argument("--title", help=N_("title of the project"), metavar="TEXT"),
            argument("--country-format", help=N_("how numbers are written"), metavar="FORMAT"),
            argument(
                "--threshold", help=N_("smallest count shown in public files"), type=int,
                metavar="N",
            ),
            AUTHOR,
        ),
        run=settings,
    ),
)  # fmt: skip
