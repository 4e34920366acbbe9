"""The handbook: complete in every language, no dead link, only names that the program shows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from indicators.catalog import load_catalogue
from indicators.model.codes import LANGUAGES
from workbench import i18n
from workbench.errors import WorkbenchError
from workbench.exporting.handbook_html import plain, to_html
from workbench.services import handbook

ROOT = Path(handbook.__file__).parents[2]
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
DEVELOPMENT = re.compile(
    r"\.py\b|\bpytest\b|\bTODO\b|\bREADME\b|docs/|tests/|ux\.md|decisions\.md|architecture\.md"
)
WORDS_OF_STATISTICIANS = re.compile(
    r"\b(significant|p-value|coefficient|regression|hypothesis|outlier|dataset|workspace|vintage)\b"
)


def pages(language: str) -> list[handbook.Page]:
    return [handbook.written(name, language) for name in handbook.page_ids()]


def own(language: str) -> list[handbook.Page]:
    return [page for page in pages(language) if page.language == language]


@cache
def texts_of_the_program() -> frozenset[str]:
    found: set[str] = set()
    for folder in ("ui", "workbench", "indicators"):
        for file in (ROOT / folder).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            found |= set(re.findall(r'"((?:[^"\\\n]|\\.)+)"', text))
            found |= set(re.findall(r'_\(\s*"((?:[^"\\\n]|\\.)+)"', text))
    return frozenset(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_exists_in_the_language(language: str) -> None:
    missing = [page.id for page in pages(language) if page.language != language]
    if missing and language != "en":
        pytest.xfail(f"to be translated: {', '.join(missing)}")
    assert missing == []


def test_no_file_is_left_out_of_the_contents() -> None:
    for language in LANGUAGES:
        files = {file.stem for file in (handbook.FOLDER / language).glob("*.md")}
        assert files <= set(handbook.page_ids())


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages(language: str) -> None:
    known = {*handbook.page_ids(), *load_catalogue().indicators}
    dead = [
        (page.id, target)
        for page in own(language)
        for target in LINK.findall(page.text)
        if target.removesuffix(".md") not in known
    ]
    assert dead == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_bold_is_shown_by_the_program(language: str) -> None:
    with i18n.using(language):
        shown = {i18n._(text) for text in texts_of_the_program()}
    strange = [
        (page.id, name)
        for page in own(language)
        for name in BOLD.findall(page.text)
        if name not in shown
    ]
    assert strange == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_of_the_product_alone(language: str) -> None:
    assert [(page.id, DEVELOPMENT.findall(page.text)) for page in own(language)] == [
        (page.id, []) for page in own(language)
    ]


def test_pages_use_the_words_of_the_screen() -> None:
    for page in own("en"):
        prose = re.sub(r"`[^`]*`|```.*?```", "", page.text, flags=re.DOTALL)
        assert WORDS_OF_STATISTICIANS.findall(prose) == [], page.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_shape_of_the_page(language: str) -> None:
    """Same headings, links, code and places to fill as in English."""
    for page in own(language):
        english = handbook.written(page.id, "en").text
        for pattern in (r"^#+ ", r"\{\{\w+\}\}", r"^\| ", r"^```"):
            found = re.findall(pattern, page.text, flags=re.MULTILINE)
            assert found == re.findall(pattern, english, flags=re.MULTILINE), page.id
        assert sorted(LINK.findall(page.text)) == sorted(LINK.findall(english)), page.id


def test_every_command_is_explained() -> None:
    from workbench.cli.registry import COMMANDS

    text = handbook.written("command-line", "en").text
    assert [name for name in COMMANDS.names if f"`{name}`" not in text] == []


def test_a_language_without_the_page_shows_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "home.md").write_text("# Home\n\nWords.\n", encoding="utf-8")
    monkeypatch.setattr(handbook, "FOLDER", tmp_path)
    handbook.written.cache_clear()
    try:
        page = handbook.written("home", "fr")
    finally:
        handbook.written.cache_clear()
    assert (page.language, page.title) == ("en", "Home")


def test_there_is_no_other_page() -> None:
    with pytest.raises(WorkbenchError, match="no page"):
        handbook.page("../../pyproject", "en")


def test_search_ignores_accents_and_case() -> None:
    assert handbook.search("ENCRÝPTED", "en")[0].id == "projects"
    assert handbook.search("  ", "en") == ()
    assert handbook.search("qqqqq", "en") == ()


def test_titles_come_first_and_texts_after() -> None:
    hits = handbook.search("trends", "en")
    assert (hits[0].id, hits[0].excerpt) == ("trends", "")
    assert any(hit.excerpt for hit in hits)


def test_indicators_are_found_in_any_language() -> None:
    name = load_catalogue().indicators["PRS-05"].name
    (found,) = [hit for hit in handbook.search(name.in_language("es"), "en") if hit.id == "PRS-05"]
    assert found.title == f"PRS-05 {name.in_language('en')}"


def test_the_page_of_an_indicator_is_made_from_its_definition() -> None:
    page = handbook.page("PRS-05", "es")
    assert page.title.startswith("PRS-05 ")
    assert "<table" in handbook.html(page, {})


def test_the_list_of_methods_pages_has_every_indicator() -> None:
    body = handbook.html(handbook.page("methods", "pt"), {})
    assert [code for code in load_catalogue().indicators if f'"page:{code}"' not in body] == []


def test_places_are_filled_and_none_stays() -> None:
    body = handbook.html(handbook.page("keyboard", "en"), {"shortcuts": "| A | B |\n|---|---|\n"})
    assert "{{" not in body
    for name in handbook.page_ids():
        if name != "keyboard":
            assert "{{" not in handbook.html(handbook.page(name, "en"), {}), name


# the small part of Markdown -------------------------------------------------------------------


def nowhere(_target: str) -> str:
    return ""


def test_text_is_never_markup() -> None:
    assert to_html("a <b>x</b> & `<i>` **<u>**", nowhere) == (
        "<p>a &lt;b&gt;x&lt;/b&gt; &amp; <code>&lt;i&gt;</code> <b>&lt;u&gt;</b></p>"
    )


def test_links_that_lead_nowhere_are_words() -> None:
    assert to_html("[x](https://example.org)", nowhere) == "<p>x</p>"
    assert to_html("[x](a.md)", lambda target: f'page:"{target}') == (
        '<p><a href="page:&quot;a.md">x</a></p>'
    )


def test_blocks() -> None:
    text = "## T\n\n- a\n- b\n\n1. c\n2. d\n\nTerm\n: what\n\n> q\n\n```\na\n\n<b>\n```\n"
    assert to_html(text, nowhere).splitlines() == [
        "<h2>T</h2>",
        "<ul><li>a</li><li>b</li></ul>",
        "<ol><li>c</li><li>d</li></ol>",
        "<p><b>Term</b><br/>what</p>",
        '<p class="note">q</p>',
        "<pre>a",
        "",
        "&lt;b&gt;</pre>",
    ]


def test_tables_keep_sides_and_escaped_bars() -> None:
    table = to_html("| A | B |\n|---|---:|\n| a \\| b | 1 |", nowhere)
    assert '<th align="right">B</th>' in table
    assert '<td align="left">a | b</td><td align="right">1</td>' in table


def test_a_table_without_headings_has_no_head_row() -> None:
    assert "<th" not in to_html("|  |  |\n| --- | --- |\n| a | b |", nowhere)


def test_search_sees_words_and_no_signs() -> None:
    assert plain("# T\n\n- **a** `b` [c](d.md)\n\n| x | y |\n|---|---|\n") == "T a b c x y"
