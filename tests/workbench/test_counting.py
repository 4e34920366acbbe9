"""Sentences with a number agree with it: one line is, two lines are, in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from indicators.errors import C_, COUNTING, Note, TipError, counting
from indicators.impact import comparison
from tests import translations
from tests.places import ROOT
from workbench import i18n
from workbench.changes import FINDINGS_ACCEPTED
from workbench.importing.issues import ISSUES
from workbench.importing.report import Remark

ALWAYS_SEVERAL = {
    "Charts:  {path} ({count} pictures)",
    "The file holds {count} editions; the last one counts: {values}.",
    "The formula has {found} characters; at most {limit} are allowed.",
    "There are {found} lists; at most {most} can be looked at together.",
    "{name} has {found} cells; at most {most} can be protected together.",
    "{name}: {count} kinds added up",
    "“{variable}” {area} is {value} in all {count} periods from {period} to {last}. "
    "Perhaps these are placeholders.",
}
"""Plain templates whose number is two or more wherever they are used."""

SHEEP = C_("{name} has {count} sheep here.", "{name} has {count} sheeps here.")


@dataclass(frozen=True, slots=True)
class Pair:
    """One call of ``C_`` in the program."""

    one: str
    many: str
    by: str


@cache
def calls(name: str) -> tuple[ast.Call, ...]:
    found: list[ast.Call] = []
    for package in translations.PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text("utf-8")
            if f"{name}(" in text:
                found += (
                    node
                    for node in ast.walk(ast.parse(text))
                    if isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == name
                )
    return tuple(found)


def pairs() -> Iterator[Pair]:
    for call in calls("C_"):
        words = [ast.literal_eval(part) for part in call.args]
        words += [ast.literal_eval(part.value) for part in call.keywords]
        yield Pair(*(words if len(words) == 3 else [*words, "count"]))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 line below the table is a note."),
        (2, "2 lines below the table are notes."),
        (1200, "1,200 lines below the table are notes."),
    ],
)
def test_an_issue_agrees_with_its_number(count: int, text: str) -> None:
    assert Remark(code="footer", count=count).text == text


def test_an_error_agrees_with_its_number() -> None:
    one, many = (TipError("Stop.", SHEEP, count=n, name="Ana") for n in (1, 3))

    assert i18n.error_text(one)[1] == "Ana has 1 sheep here."
    assert i18n.error_text(many)[1] == "Ana has 3 sheeps here."
    assert (str(one), str(many)) == (
        "Stop. Ana has 1 sheep here.",
        "Stop. Ana has 3 sheeps here.",
    )


def test_a_refusal_agrees_with_what_was_found() -> None:
    texts = [i18n.refusal_text(comparison.no_controls(n, 2)) for n in (0, 1)]

    assert texts == [
        "Only 0 series to compare with have enough values; 2 would be enough.",
        "Only 1 series to compare with has enough values; 2 would be enough.",
    ]


def test_an_old_entry_of_the_history_agrees_too() -> None:
    """The history holds the template for many, as earlier versions of the program wrote it."""
    kept = str(FINDINGS_ACCEPTED)

    assert i18n.message(kept, {"count": 1, "reason": "x"}) == "Accepted 1 finding: x"
    assert i18n.message(kept, {"count": 4, "reason": "x"}) == "Accepted 4 findings: x"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (1, 1),
        (1.0, 1),
        (np.int64(1), 1),
        (np.float64(1), 1),
        (0, 0),
        (1.5, 2),
        (float("nan"), 2),
        ("1", 2),
    ],
)
def test_what_is_no_whole_number_counts_as_several(value: object, number: int) -> None:
    assert counting(SHEEP, {"count": value}) == (COUNTING[SHEEP][0], number)
    assert counting(SHEEP, {}) == (COUNTING[SHEEP][0], 2)
    assert counting("{count} other", {"count": value}) is None


def test_a_translation_follows_its_own_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing at all is singular in French; a text that does not count is as before."""
    key = (COUNTING[SHEEP][0], SHEEP)
    words = {key: ("{name} : {count} mouton", "{name} : {count} moutons"), ("Here",): ("Ici",)}
    catalogue = tmp_path / "fr" / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(translations.mo_bytes(words, "fr"))
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setattr(i18n, "_load", i18n._load.__wrapped__)

    with i18n.using("fr"):
        texts = [i18n.note_text(Note(code="x", text=SHEEP, data={"name": "A", "count": n}))
                 for n in (0, 1, 2, 1.5)]  # fmt: skip
        plain = i18n.message("Here", {"count": 1})

    assert texts == ["A : 0 mouton", "A : 1 mouton", "A : 2 moutons", "A : 1,50 moutons"]
    assert plain == "Ici"


def test_every_pair_has_the_same_fields_and_its_number_among_them() -> None:
    listed = list(pairs())

    assert len(listed) > 90
    for pair in listed:
        fields = translations.fields(pair.many)
        assert translations.fields(pair.one) == fields, pair.many
        assert pair.by in fields, pair.many


def test_a_template_counts_in_one_way_only() -> None:
    ways: dict[str, Pair] = {}
    for pair in pairs():
        assert ways.setdefault(pair.many, pair) == pair
    with pytest.raises(ValueError, match="counts in two ways"):
        C_("{name} has {count} lamb here.", SHEEP)
    assert COUNTING[SHEEP][0] == "{name} has {count} sheep here."


def test_the_translators_get_every_pair_and_no_half_of_one_twice() -> None:
    marked = set(translations.marked_texts(translations.Project()))
    found = {(pair.one, pair.many) for pair in pairs()}

    assert found <= marked
    halves = {text for key in found for text in set(key)}
    assert [key for key in marked - found if halves & set(key)] == []
    assert len({one for one, _many in found}) == len(found)


def test_a_plain_template_never_counts_things() -> None:
    """``{count} rows`` is wrong for one row: such a text is a pair."""
    texts = {
        node.args[0].value
        for name in ("N_", "_")
        for node in calls(name)
        if node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    counts = {
        text for text in texts if re.search(r"\{(count|found)\} (?:[a-z]+ )?[a-z]+s\b", text)
    }

    assert counts == ALWAYS_SEVERAL


def test_issues_that_start_with_their_number_are_pairs() -> None:
    several = [kind.text for kind in ISSUES if kind.text.startswith("{count} ")]

    assert several
    assert set(several) <= set(COUNTING)
