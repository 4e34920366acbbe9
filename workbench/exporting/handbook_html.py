"""Pages of the handbook as HTML for the window: a small, closed part of Markdown, all text escaped.

Headings, paragraphs, lists, tables, quotes, definition lists and code blocks, parted by blank
lines; inside a line bold, code and links to other pages. Anything else stays text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

Link = Callable[[str], str]
"""Address for the target of a link; empty when it leads nowhere."""

_INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)")
_FENCE = "```"
_NUMBERED = re.compile(r"\d+\. ")


def to_html(text: str, link: Link) -> str:
    """The body of a page.

    Args:
        text: the page.
        link: address of a link's target.
    """
    return "\n".join(_block(lines, link) for lines in _blocks(text))


def plain(text: str) -> str:
    """The words of a page without its signs, for searching."""
    lines = [
        re.sub(r"^(#+|-|\d+\.|>|:|\|) ", "", line).replace("|", " ")
        for line in text.splitlines()
        if not line.startswith((_FENCE, "|--", "| --", "{{"))
    ]
    return " ".join(_INLINE.sub(_words, "\n".join(lines)).split())


def folded(text: str) -> str:
    """The text without accents and case; the hyphen that keeps a code together is a hyphen."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\u2011", "-"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _words(found: re.Match[str]) -> str:
    return next(part for part in found.groups()[:3] if part)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            fenced = not fenced
        if line.strip() or fenced:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _block(lines: list[str], link: Link) -> str:
    first = lines[0]
    if first.startswith(_FENCE):
        inside = [line for line in lines if not line.startswith(_FENCE)]
        return f"<pre>{escape(chr(10).join(inside))}</pre>"
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        return f"<h{level}>{_inline(first.lstrip('# '), link)}</h{level}>"
    if first.startswith("|"):
        return _table(lines, link)
    if first.startswith("- ") or _NUMBERED.match(first):
        kind = "ul" if first.startswith("- ") else "ol"
        items = "".join(f"<li>{_inline(line.split(' ', 1)[1], link)}</li>" for line in lines)
        return f"<{kind}>{items}</{kind}>"
    if len(lines) > 1 and lines[1].startswith(": "):
        return f"<p><b>{_inline(first, link)}</b><br/>{_inline(lines[1][2:], link)}</p>"
    if first.startswith("> "):
        joined = " ".join(line.removeprefix("> ") for line in lines)
        return f'<p class="note">{_inline(joined, link)}</p>'
    return f"<p>{_inline(' '.join(lines), link)}</p>"


def _table(lines: list[str], link: Link) -> str:
    rows = [_cells(line) for line in lines]
    head, body = rows[0], rows[2:]
    right = [cell.endswith(":") for cell in rows[1]]
    shown = []
    if any(head):
        shown.append(_row(head, right, "th", link))
    shown += [_row(cells, right, "td", link) for cells in body]
    return f'<table cellspacing="0" cellpadding="5">{"".join(shown)}</table>'


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inside)]


def _row(cells: list[str], right: list[bool], tag: str, link: Link) -> str:
    sides = right + [False] * (len(cells) - len(right))
    inside = "".join(
        f'<{tag} align="{"right" if side else "left"}">{_inline(cell, link)}</{tag}>'
        for cell, side in zip(cells, sides, strict=False)
    )
    return f"<tr>{inside}</tr>"


def _inline(text: str, link: Link) -> str:
    parts, at = [], 0
    for found in _INLINE.finditer(text):
        parts.append(escape(text[at : found.start()]))
        parts.append(_marked(found, link))
        at = found.end()
    return "".join([*parts, escape(text[at:])])


def _marked(found: re.Match[str], link: Link) -> str:
    code, bold, words, target = found.groups()
    if code:
        return f"<code>{escape(code)}</code>"
    if bold:
        return f"<b>{escape(bold)}</b>"
    address = link(target)
    shown = escape(words)
    return f'<a href="{escape(address, quote=True)}">{shown}</a>' if address else shown
