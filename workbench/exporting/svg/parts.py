"""Colours, fonts and text elements of the SVG files; the light theme, which files always have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from workbench.i18n import visible
from workbench.presenting.font_table import FALLBACKS
from workbench.presenting.placing import Placed
from workbench.presenting.spec import Role

FONT_LIST = ", ".join((*FALLBACKS, "sans-serif"))
"""The families every file asks for, in order."""
TOKENS: Mapping[str, str] = {
    "surface": "#FFFFFF",
    "line": "#E2E2DD",
    "ink": "#1B2027",
    "ink-2": "#4A525D",
    "ink-3": "#5F6671",
    "grid": "#E5E5E5",
    "axis": "#6B7280",
    "event": "#4A525D",
}
MARKS: Mapping[Role, str] = {
    Role.PREVENTION: "#009E73",
    Role.PROTECTION: "#0072B2",
    Role.PROSECUTION: "#D55E00",
    Role.CROSS_CUTTING: "#6B7280",
    Role.CONTEXT: "#8C8C8C",
    Role.EVENT: TOKENS["event"],
    Role.INK: TOKENS["ink"],
    Role.INK_2: TOKENS["ink-2"],
    Role.INK_3: TOKENS["ink-3"],
}
"""Colours of marks, lines and bars."""
TEXTS: Mapping[Role, str] = {
    **MARKS,
    Role.PREVENTION: "#00694C",
    Role.PROSECUTION: "#A34700",
    Role.CROSS_CUTTING: "#4A525D",
    Role.CONTEXT: "#4A525D",
}
"""Colours of words and numbers: dark enough on white."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decimal(value: float) -> str:
    """A length with at most two decimals; the same value gives the same text everywhere."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def xml_text(text: str) -> str:
    """Text for an element or attribute: escaped, without what XML cannot hold."""
    return escape(_NOT_XML.sub("\ufffd", visible(text)), quote=True)


def text_element(place: Placed, colour: str, more: str = "") -> str:
    """A line of text."""
    anchor = f' text-anchor="{place.anchor}"' if place.anchor != "start" else ""
    weight = f' font-weight="{place.weight}"' if place.weight != 400 else ""
    where = f'x="{decimal(place.x)}" y="{decimal(place.y)}" font-size="{decimal(place.size)}"'
    words = xml_text(place.text)
    return f'<text {where}{weight}{anchor} fill="{colour}"{more}>{words}</text>'


def halo_text(place: Placed, colour: str) -> Iterator[str]:
    """A line of text over data: first its halo as a text of its own, then the words."""
    surface = TOKENS["surface"]
    halo = f' stroke="{surface}" stroke-width="4" stroke-linejoin="round" aria-hidden="true"'
    yield text_element(place, surface, halo)
    yield text_element(place, colour)
