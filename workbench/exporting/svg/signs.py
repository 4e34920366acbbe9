"""Signs that stand in the plot and in the key line: hatching, double lines, letters, swatches."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.exporting.svg.marks import hatch_lines, outline
from workbench.exporting.svg.parts import MARKS, TOKENS, decimal, text_element
from workbench.presenting.frame import SHAPE_OF
from workbench.presenting.layout import KeyPlace
from workbench.presenting.placing import Placed
from workbench.presenting.spec import Role, Shape, Sign

BAND_OPACITY = 0.16


def stroke(path: str, token: str, width: float, more: str = "") -> str:
    """A line in the colour of a token."""
    colour = TOKENS[token]
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{more}/>'


def lettered(letter: str, x: float, y: float, radius: float) -> Iterator[str]:
    """A circle with the letter of a rival event."""
    circle = f'<circle cx="{decimal(x)}" cy="{decimal(y)}" r="{decimal(radius)}"'
    yield f'{circle} fill="{TOKENS["surface"]}" stroke="{TOKENS["event"]}" stroke-width="1"/>'
    size = radius * 1.25
    place = Placed(x=x, y=y + 0.36 * size, text=letter, size=size, weight=600, anchor="middle")
    yield text_element(place, TOKENS["ink"])


def faint(path: str, role: Role, width: float, opacity: float) -> str:
    """A translucent line: stems and whiskers."""
    return (
        f'<path d="{path}" fill="none" stroke="{MARKS[role]}" stroke-width="{width}" '
        f'stroke-opacity="{opacity}"/>'
    )


def hatched(left: float, top: float, width: float, height: float, role: Role) -> Iterator[str]:
    """A hatched bar with its outline."""
    box = f'x="{decimal(left)}" y="{decimal(top)}" width="{decimal(width)}" height="{decimal(height)}"'
    yield f'<rect {box} fill="{TOKENS["surface"]}"/>'
    yield stroke(hatch_lines(left, top, width, height), "ink-3", 1.1)
    yield f'<rect {box} fill="none" stroke="{MARKS[role]}" stroke-width="1.2"/>'


def double_line(x: float, top: float, bottom: float) -> Iterator[str]:
    """A break: two lines on a strip that nothing crosses."""
    strip = f'x="{decimal(x - 2)}" y="{decimal(top)}" width="4" height="{decimal(bottom - top)}"'
    yield f'<rect {strip} fill="{TOKENS["surface"]}"/>'
    down = f"V{decimal(bottom)}"
    left, right = decimal(x - 2), decimal(x + 2)
    yield stroke(f"M{left} {decimal(top)}{down}M{right} {decimal(top)}{down}", "event", 1)


def sign(place: KeyPlace) -> Iterator[str]:
    """The sign of an entry of the key line."""
    x, y, item = place.x, place.y, place.item
    colour = MARKS[item.role]
    match item.sign:
        case Sign.TREND_BAND | Sign.EXPECTED_BAND:
            box = f'x="{decimal(x)}" y="{decimal(y - 5)}" width="22" height="10"'
            yield f'<rect {box} fill="{colour}" fill-opacity="{BAND_OPACITY}"/>'
            yield _key_line(x, y, colour, dashed=item.sign is Sign.EXPECTED_BAND)
        case Sign.LINE:
            yield _key_line(x, y, colour, dashed=False)
        case Sign.HOLLOW:
            shape = SHAPE_OF.get(item.role, Shape.CIRCLE)
            look = f'fill="{TOKENS["surface"]}" stroke="{colour}" stroke-width="1.8"'
            yield f"<{outline(shape, x + 5, y, 8)} {look}/>"
        case Sign.RANGE | Sign.HIDDEN:
            yield from hatched(x + 1, y - 5, 8, 10, item.role)
        case Sign.WHISKER:
            yield faint(f"M{decimal(x + 5)} {decimal(y - 6)}v12", item.role, 1.5, 0.55)
        case Sign.BREAK:
            yield from double_line(x + 5, y - 6, y + 6)
        case Sign.RIVAL:
            yield from lettered(item.letter, x + 6, y, 6.5)


def _key_line(x: float, y: float, colour: str, *, dashed: bool) -> str:
    dash = ' stroke-dasharray="6 4"' if dashed else ""
    path = f"M{decimal(x)} {decimal(y)}h22"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
