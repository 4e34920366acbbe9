"""Names in the reader's language: units, inputs, breakdowns, formulas, and which pillar an input serves.

Each function takes the catalogue of the project, with its national packs; without one it names
what is built in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indicators.catalog import Catalogue, load_catalogue
from indicators.codelists import code_list, has_list
from indicators.compute.pieces import Piece, PieceKind
from indicators.errors import N_
from indicators.model.codes import Pillar
from indicators.model.definition import Indicator
from indicators.model.series import Breakdown
from workbench.i18n import _, local, message, number, period_text

_NAME = re.compile(r"[a-z][a-z0-9_]+")
_LONGEST_HEADING = 34
_MOST_NAMED = 4
"""Codes added up that are still named one by one."""


def unit_text(unit: str, catalogue: Catalogue | None = None) -> str:
    """The unit as shown; the key itself when the catalogue does not name it."""
    text = (catalogue or load_catalogue()).units.get(unit)
    return local(text) if text is not None else unit


def variable_name(code: str, catalogue: Catalogue | None = None) -> str:
    """The name of an input; its code for national ones that the catalogue does not know."""
    known = (catalogue or load_catalogue()).variables.get(code)
    return local(known.name) if known is not None else code


def breakdown_text(breakdown: Breakdown, catalogue: Catalogue | None = None) -> str:
    """The cuts in words; empty for the total."""
    known = catalogue or load_catalogue()
    labels = ((known.label(dim, code), code) for dim, code in breakdown.dims)
    return ", ".join(local(text) if text is not None else code for text, code in labels)


def inputs_of(indicator: Indicator) -> set[str]:
    """Codes of the inputs that a definition names anywhere."""
    sides = [side.formula for side in (indicator.numerator, indicator.denominator) if side]
    texts = [*sides, indicator.formula or "", *indicator.inputs]
    return {name for text in texts for name in _NAME.findall(text)}


def indicators_using(variable: str, catalogue: Catalogue | None = None) -> tuple[Indicator, ...]:
    """Indicators that use an input, in catalogue order."""
    entries = (catalogue or load_catalogue()).indicators.values()
    return tuple(entry for entry in entries if variable in inputs_of(entry))


@lru_cache(maxsize=1)
def _pillars_of_inputs() -> dict[str, Pillar]:
    found: dict[str, Pillar] = {}
    entries = list(load_catalogue().indicators.values())
    entries.sort(key=lambda entry: entry.pillar is Pillar.CROSS_CUTTING)
    for entry in entries:
        top = entry.numerator.formula if entry.numerator is not None else entry.formula or ""
        for name in (*_NAME.findall(top), *entry.inputs):
            found.setdefault(name, entry.pillar)
    for entry in entries:
        for name in inputs_of(entry):
            found.setdefault(name, entry.pillar)
    return found


def pillar_of(code: str, catalogue: Catalogue | None = None) -> Pillar:
    """The pillar of an indicator, or of the first one that uses an input, above the line first."""
    known = (catalogue or load_catalogue()).indicators
    if code in known:
        return known[code].pillar
    built_in = _pillars_of_inputs().get(code)
    if built_in is not None or catalogue is None:
        return built_in or Pillar.CROSS_CUTTING
    users = indicators_using(code, catalogue)
    return users[0].pillar if users else Pillar.CROSS_CUTTING


def headings_of_sides(indicator: Indicator, catalogue: Catalogue | None = None) -> tuple[str, str]:
    """Short headings of the counts above and below the line; empty without two sides."""
    if indicator.numerator is None or indicator.denominator is None:
        return "", ""
    known = (catalogue or load_catalogue()).variables
    heads = []
    for side, otherwise in (
        (indicator.numerator, _("Above the line")),
        (indicator.denominator, _("Below the line")),
    ):
        variable = known.get(side.formula.split("[")[0].strip())
        name = local(variable.name) if variable is not None else otherwise
        heads.append(name if len(name) <= _LONGEST_HEADING else otherwise)
    return heads[0], heads[1]


def pieces_text(pieces: Sequence[Piece], catalogue: Catalogue | None = None) -> str:
    """A formula of pieces as one line, with names instead of codes."""
    words = [_piece(piece, catalogue) for piece in pieces]
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def _piece(piece: Piece, catalogue: Catalogue | None) -> str:
    match piece.kind:
        case PieceKind.TEXT:
            return local(piece.text) if piece.text is not None else ""
        case PieceKind.VARIABLE:
            return _variable(piece, catalogue)
        case PieceKind.NUMBER:
            return _number(piece)
        case _:
            return piece.sign


def _variable(piece: Piece, catalogue: Catalogue | None) -> str:
    cut = breakdown_text(piece.breakdown, catalogue) if piece.breakdown is not None else ""
    sums = [_added(dim, codes, catalogue) for dim, codes in piece.added]
    when = period_text(piece.period) if piece.period is not None else ""
    extra = ", ".join(part for part in (cut, *sums, when) if part)
    name = variable_name(piece.variable or "", catalogue)
    return f"{name} ({extra})" if extra else name


def _added(dimension: str, codes: Sequence[str], catalogue: Catalogue | None) -> str:
    """Codes that are added up, by name; many of them by their number."""
    if len(codes) > _MOST_NAMED:
        known = code_list(dimension).name if has_list(dimension) else None
        name = local(known) if known is not None else dimension
        return message(N_("{name}: {count} kinds added up"), {"name": name, "count": len(codes)})
    cuts = (breakdown_text(Breakdown.of(**{dimension: code}), catalogue) for code in codes)
    return " + ".join(cuts)


def _number(piece: Piece) -> str:
    if piece.value is not None:
        return number(piece.value)
    if piece.low is not None and piece.high is not None:
        return f"{number(piece.low)}–{number(piece.high)}"
    return _("no value")
