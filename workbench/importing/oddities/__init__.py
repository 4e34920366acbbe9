"""What is odd about a file and where: found before an import, each with the cells that show it."""

from __future__ import annotations

from indicators.errors import Severity
from workbench.importing.oddities.cells import cell_oddities
from workbench.importing.oddities.file import file_oddities
from workbench.importing.oddities.keys import key_oddities
from workbench.importing.oddities.layout import layout_oddities
from workbench.importing.oddities.look import Look
from workbench.importing.oddities.units import unit_oddities
from workbench.importing.report import Remark

__all__ = ["Look", "oddities_of"]


def oddities_of(look: Look) -> tuple[Remark, ...]:
    """All oddities of a sheet, those that only inform behind the others."""
    found = (
        *file_oddities(look.opened),
        *layout_oddities(look),
        *cell_oddities(look),
        *key_oddities(look),
        *unit_oddities(look),
    )
    return tuple(sorted(found, key=lambda remark: remark.kind.severity is Severity.NOTE))
