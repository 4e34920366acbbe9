"""The HTML report: one file, no script, no way out, readable by machines and on paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.workbench.presenting import charts as c
from workbench.exporting.document import Badge, Document, Heading, Note, Paragraph
from workbench.exporting.writers.html_report import POLICY, write
from workbench.presenting.spec import Alignment, Column, Role, Table

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\" ' & \x1b"
VOID = {"meta", "br", "path", "rect", "circle"}
TABLE = Table(
    title="Persons & cases",
    columns=(Column(id="a", title="Year"), Column(id="b", title="Value", align=Alignment.RIGHT)),
    rows=(("2024", "34"), ("2023", HOSTILE)),
    notes=("p = provisional",),
)


class Checker(HTMLParser):
    """Collects tags and attributes and checks that elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def _checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    return checker


def _document(words: str = "Convictions") -> Document:
    return Document(
        title=words,
        lead=words,
        language="es",
        publisher=words,
        edition=words,
        foot=words,
        watermark=words,
        blocks=(
            Heading(
                text=words, badges=(Badge(text=words, role=Role.PROSECUTION), Badge(text="X"))
            ),
            Paragraph(text=f"Before {words} after", strong=words),
            c.rising_chart(),
            Heading(text=words, level=3),
            TABLE,
            Note(title=words, text=words),
            Note(title="b", text="c"),
            c.impact_chart(),
        ),
    )


def test_a_report_needs_nothing_and_can_do_nothing() -> None:
    html = write(_document(HOSTILE))

    checked = _checked(html)
    assert not {"script", "link", "img", "iframe", "object", "a", "form", "base"} & set(
        checked.tags
    )
    names = {name for _, name, _ in checked.attributes}
    assert not [name for name in names if name.startswith("on") or name in {"src", "href"}]
    assert not re.findall(r"https?:|//[a-z]|@import", re.sub(r"base64,[A-Za-z0-9+/=]+", "", html))
    assert ("meta", "content", POLICY) in checked.attributes
    assert "\x1b" not in html


def test_the_policy_forbids_all_but_style_pictures_and_fonts_inside() -> None:
    assert POLICY == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
    )


def test_hostile_words_are_shown_as_words() -> None:
    words = _checked(write(_document(HOSTILE))).words

    assert words.count("<script>alert(1)</script>") >= 8


def test_language_and_headings_are_marked() -> None:
    checked = _checked(write(_document()))

    assert ("html", "lang", "es") in checked.attributes
    assert checked.tags.count("h1") == 1
    assert checked.tags.count("h2") == 1
    assert checked.tags.count("h3") == 1 + 2


def test_tables_have_caption_and_scopes() -> None:
    html = write(Document(title="t", language="en", blocks=(TABLE,)))

    checked = _checked(html)
    scopes = [value for _, name, value in checked.attributes if name == "scope"]
    assert scopes == ["col", "col", "row", "row"]
    assert "<caption>Persons &amp; cases</caption>" in html
    assert '<td class="right">34</td>' in html


def test_charts_stand_inside_with_their_table_twin() -> None:
    chart = c.rising_chart()

    checked = _checked(write(Document(title="t", language="en", blocks=(chart,))))

    assert checked.tags.count("svg") == 1
    assert checked.tags.count("details") == 1
    assert chart.description in checked.words
    assert "‹5" in checked.words


def test_the_key_phrase_is_bold_and_nothing_is_lost() -> None:
    html = write(
        Document(title="t", language="en", blocks=(Paragraph(text="a & b < c", strong="b <"),))
    )

    assert "<p>a &amp; <strong>b &lt;</strong> c</p>" in html


def test_neighbouring_notes_share_a_row() -> None:
    html = write(_document())

    assert html.count('<div class="notes">') == 1
    assert html.count("<section>") == 2


def test_the_same_document_gives_the_same_bytes_and_stays_small() -> None:
    html = write(_document())

    assert html == write(_document())
    assert len(html) < 260_000
    assert "FICTITIOUS DATA" in html


def test_empty_parts_leave_no_trace() -> None:
    html = write(Document(title="t", language="en", blocks=()))

    assert "<header>" not in html
    assert "<footer>" not in html
    assert 'class="lead"' not in html
    assert 'class="watermark"' not in html
