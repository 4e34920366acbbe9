"""The command that lists the known layouts and says where an office keeps its own."""

from __future__ import annotations

from argparse import Namespace

from indicators.errors import N_
from workbench import i18n
from workbench.cli.command import Command, Output, table_lines
from workbench.i18n import _


def presets(arguments: Namespace) -> Output:
    """List the layouts that load without a question."""
    from workbench.importing import presets as known

    found = known.all_presets()
    folder = known.own_folder()
    data = [
        {
            "name": entry.id,
            "title": entry.recipe.title,
            "own": entry.own,
            "layout": entry.recipe.layout,
            "requires": list(entry.recipe.match.requires),
        }
        for entry in found
    ]
    rows = [
        (entry.id, _("own") if entry.own else _("shipped"), entry.recipe.title) for entry in found
    ]
    lines = list(table_lines((_("name"), _("origin"), _("what it reads")), rows))
    if folder is not None:
        text = N_("Your own presets belong in {folder}.")
        lines.append(i18n.message(text, {"folder": str(folder)}))
    faults = [" ".join(filter(None, i18n.error_text(fault))) for fault in known.faults()]
    return Output(data=data, lines=lines, warnings=faults)


PRESET_COMMANDS = (
    Command(
        id="presets",
        help=N_("list the layouts that load without a question, shipped and your own"),
        arguments=(),
        run=presets,
    ),
)
