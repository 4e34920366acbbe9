"""What is odd about a file and where: found before an import, each with the cells that show it."""

from __future__ import annotations

from workbench.importing.oddities.cells import cell_oddities
from workbench.importing.oddities.file import file_oddities
from workbench.importing.oddities.keys import key_oddities
from workbench.importing.oddities.layout import layout_oddities
from workbench.importing.oddities.look import Look
from workbench.importing.oddities.units import unit_oddities
from workbench.importing.report import Remark

__all__ = ["Look", "oddities_of"]


def oddities_of(look: Look) -> tuple[Remark, ...]:
    """All oddities of a sheet: of the file, of its layout, of its cells and of its keys."""
    return (
        *file_oddities(look.opened),
        *layout_oddities(look),
        *cell_oddities(look),
        *key_oddities(look),
        *unit_oddities(look),
    )
