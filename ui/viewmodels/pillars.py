"""Colour role, mark and name of each pillar."""

from __future__ import annotations

from indicators.errors import N_
from indicators.model.codes import Pillar
from workbench.presenting.spec import Role, Shape

ROLES = {
    Pillar.PREVENTION: Role.PREVENTION,
    Pillar.PROTECTION: Role.PROTECTION,
    Pillar.PROSECUTION: Role.PROSECUTION,
    Pillar.CROSS_CUTTING: Role.CROSS_CUTTING,
}
SHAPES = {
    Pillar.PREVENTION: Shape.TRIANGLE,
    Pillar.PROTECTION: Shape.CIRCLE,
    Pillar.PROSECUTION: Shape.SQUARE,
    Pillar.CROSS_CUTTING: Shape.DIAMOND,
}
NAMES = {
    Pillar.PREVENTION: N_("Prevention"),
    Pillar.PROTECTION: N_("Protection"),
    Pillar.PROSECUTION: N_("Prosecution"),
    Pillar.CROSS_CUTTING: N_("Cross-cutting"),
}
