"""A document as one HTML file that needs nothing else and can do nothing: no script, no link out."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from workbench.exporting.document import Badge, Block, Document, Heading, Note, Paragraph
from workbench.exporting.svg.chart import write as write_svg
from workbench.exporting.svg.marks import outline
from workbench.exporting.svg.parts import FONT_LIST, MARKS, TEXTS, TOKENS, xml_text
from workbench.i18n import _
from workbench.presenting.font_table import FAMILY, FILES
from workbench.presenting.frame import SHAPE_OF
from workbench.presenting.spec import Alignment, Chart, Role, Table

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""What a browser may do with the file."""
_WEIGHTS = (400, 600)
_SOFT = {
    Role.PREVENTION: "#E1F3EC",
    Role.PROTECTION: "#EAF3F9",
    Role.PROSECUTION: "#FBEADF",
    Role.CROSS_CUTTING: "#ECEDEF",
}
_NEUTRAL = "#EEEFF1"
_STYLE = """
@page { size: A4; margin: 18mm }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 40px 24px 32px; max-width: 720px; background: %(surface)s; color: %(ink)s;
  font: 15px/1.5 %(fonts)s }
header, footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px;
  font-size: 13px; color: %(ink-2)s }
header { border-bottom: 1px solid %(ink)s; padding-bottom: 10px; margin-bottom: 28px }
header b { color: %(ink)s }
footer { border-top: 1px solid %(line)s; padding-top: 10px; margin-top: 40px; font-size: 12px; color: %(ink-3)s }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.005em; font-weight: 600; margin: 0 0 10px }
h2 { font-size: 20px; line-height: 1.3; font-weight: 600; margin: 36px 0 8px }
h3 { font-size: 17px; line-height: 1.3; font-weight: 600; margin: 24px 0 6px }
h1, h2, h3, caption { break-after: avoid }
p { margin: 0 0 10px; max-width: 68ch }
.lead { font-size: 17px; line-height: 1.5 }
b, strong { font-weight: 600 }
.badges { display: flex; flex-wrap: wrap; gap: 8px; margin: 28px 0 -24px }
.badge { border-radius: 5px; padding: 1px 8px; font-size: 12px; font-weight: 600 }
.badge svg { vertical-align: -1px; margin-right: 5px }
figure { margin: 20px 0; break-inside: avoid }
figure > svg { width: 105.3%%; height: auto; display: block; margin-left: -2.65%% }
details { font-size: 13px; margin: 4px 0 0 }
summary { color: %(ink-2)s; cursor: pointer }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%%; font-size: 13px; margin: 16px 0 }
caption { text-align: left; font-size: 17px; font-weight: 600; padding-bottom: 6px }
details caption { font-size: 13px }
th, td { padding: 5px 10px; text-align: left; vertical-align: top }
thead th { color: %(ink-3)s; font-weight: 400; border-bottom: 1px solid %(axis)s; vertical-align: bottom }
tbody th { font-weight: 400; white-space: nowrap }
tbody tr { border-bottom: 1px solid %(line)s; break-inside: avoid }
thead { display: table-header-group }
th:first-child, td:first-child { padding-left: 0 }
main { overflow-x: clip }
.right { text-align: right; white-space: nowrap }
th.right { white-space: normal }
.small { font-size: 12px; color: %(ink-3)s }
.notes { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 12px 24px; margin: 20px 0 }
.notes section { font-size: 13px; color: %(ink-2)s; break-inside: avoid }
.notes h3 { font-size: 14px; margin: 0 0 2px; color: %(ink)s }
.mark { border: 1px solid %(ink-2)s; border-radius: 5px; padding: 0 6px; font-size: 11px; font-weight: 600;
  letter-spacing: .06em; color: %(ink)s }
.watermark { position: fixed; top: 42%%; left: 0; right: 0; text-align: center; transform: rotate(-16deg);
  font-size: 56px; font-weight: 600; letter-spacing: .06em; opacity: .05; pointer-events: none }
@media print { body { padding: 0; max-width: none } details { display: none } }
"""


def write(document: Document) -> str:
    """The document as HTML text, with its fonts and pictures inside."""
    title = xml_text(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{xml_text(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
        + "\n".join(_body(document))
        + "\n</body>\n</html>\n"
    )


@lru_cache(maxsize=1)
def _style() -> str:
    fonts = FONT_LIST.replace(FAMILY, f'"{FAMILY}"')
    return _font_faces() + _STYLE % {**TOKENS, "fonts": fonts}


def _font_faces() -> str:
    faces = []
    for weight in _WEIGHTS:
        data = base64.b64encode(FILES[weight].read_bytes()).decode("ascii")
        source = f'url("data:font/ttf;base64,{data}") format("truetype")'
        faces.append(
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: {source} }}\n'
        )
    return "\n" + "".join(faces)


def _body(document: Document) -> Iterator[str]:
    mark = xml_text(document.watermark)
    if mark:
        yield f'<div class="watermark" aria-hidden="true">{mark}</div>'
    if document.publisher or document.edition or mark:
        publisher, edition = xml_text(document.publisher), xml_text(document.edition)
        stamp = f'<span class="mark">{mark}</span>' if mark else ""
        yield f"<header><span><b>{publisher}</b> {edition}</span>{stamp}</header>"
    yield f"<main>\n<h1>{xml_text(document.title)}</h1>"
    if document.lead:
        yield f'<p class="lead">{xml_text(document.lead)}</p>'
    for is_note, group in groupby(document.blocks, lambda block: isinstance(block, Note)):
        if is_note:
            yield '<div class="notes">' + "".join(_block(block) for block in group) + "</div>"
        else:
            yield from (_block(block) for block in group)
    yield "</main>"
    if document.foot:
        yield f"<footer><span>{xml_text(document.foot)}</span></footer>"


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = min(max(block.level, 2), 4)
            heading = f"<h{level}>{xml_text(block.text)}</h{level}>"
            return _badges(block.badges) + heading
        case Paragraph():
            kind = ' class="lead"' if block.is_lead else ""
            return f"<p{kind}>{_emphasised(block.text, block.strong)}</p>"
        case Note():
            return f"<section><h3>{xml_text(block.title)}</h3>{xml_text(block.text)}</section>"
        case Chart():
            return _figure(block)
        case Table():
            return _table(block)


def _badges(badges: tuple[Badge, ...]) -> str:
    return f'<div class="badges">{"".join(map(_badge, badges))}</div>' if badges else ""


def _badge(badge: Badge) -> str:
    words = xml_text(badge.text)
    if badge.role is None or badge.role not in _SOFT:
        return f'<span class="badge" style="background:{_NEUTRAL}">{words}</span>'
    mark = outline(SHAPE_OF[badge.role], 5, 5, 8)
    picture = (
        f'<svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">'
        f'<{mark} fill="{MARKS[badge.role]}"/></svg>'
    )
    style = f"background:{_SOFT[badge.role]};color:{TEXTS[badge.role]}"
    return f'<span class="badge" style="{style}">{picture}{words}</span>'


def _emphasised(text: str, strong: str) -> str:
    before, found, after = text.partition(strong) if strong else (text, "", "")
    bold = f"<strong>{xml_text(found)}</strong>" if found else ""
    return xml_text(before) + bold + xml_text(after)


def _figure(chart: Chart) -> str:
    # inside HTML the picture needs no namespace, and the file then names no address at all
    picture = write_svg(chart).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    picture = picture.replace(" xml:lang=", " lang=", 1)
    twin = ""
    if chart.table is not None:
        words = xml_text(_("Show the values as a table"))
        twin = f"<details><summary>{words}</summary>{_table(chart.table)}</details>"
    return f"<figure>\n{picture}{twin}</figure>"


def _table(table: Table) -> str:
    kinds = [
        ' class="right"' if column.align is Alignment.RIGHT else "" for column in table.columns
    ]
    head = "".join(
        f'<th scope="col"{kind}>{xml_text(column.title)}</th>'
        for column, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "\n".join(_row(row, kinds) for row in table.rows)
    notes = "".join(f'<p class="small">{xml_text(note)}</p>' for note in table.notes)
    caption = f"<caption>{xml_text(table.title)}</caption>" if table.title else ""
    return (
        f'<div class="scroll"><table>{caption}\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>{notes}"
    )


def _row(row: tuple[str, ...], kinds: list[str]) -> str:
    cells = "".join(
        f"<td{kind}>{xml_text(text)}</td>" for text, kind in zip(row[1:], kinds[1:], strict=True)
    )
    return f'<tr><th scope="row"{kinds[0]}>{xml_text(row[0])}</th>{cells}</tr>'
