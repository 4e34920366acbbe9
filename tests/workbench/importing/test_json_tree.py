"""JSON as trees."""

from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing import json_tree
from workbench.importing.numbers import MACHINE_MARK


def test_numbers_are_texts_that_are_known_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '{"a": 1.50, "b": "1.50", "c": NaN, "d": true, "e": [1, null]}', encoding="utf-8"
    )

    tree = json_tree.load(path)

    texts = {key: json_tree.value_text(value) for key, value in tree.items()}
    assert texts == {"a": MACHINE_MARK + "1.50", "b": "1.50", "c": "NaN", "d": "TRUE", "e": "1; "}


@pytest.mark.parametrize("head", [b'{"a"', b' \n{ "', b"{}", b'\xef\xbb\xbf{"a"'])
def test_an_object_is_recognised(head: bytes) -> None:
    assert json_tree.recognises(head)


@pytest.mark.parametrize("head", [b"[1]", b"{a;b", b"area,year", b""])
def test_other_texts_are_not(head: bytes) -> None:
    assert not json_tree.recognises(head)


@pytest.mark.parametrize(
    "value", [json_tree.NumberText("-1"), json_tree.NumberText("1.0"), "1", None]
)
def test_places_are_whole_numbers(value: object) -> None:
    with pytest.raises(UserFileError, match="not a whole number"):
        json_tree.whole_number(Path("a"), value, "size")


def test_brackets_inside_texts_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": "' + "[" * 200 + '\\"["}', encoding="utf-8")

    assert json_tree.load(path)["a"].endswith('["[')


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_tree, "MAX_SIZE", 1 << 20)
    path = tmp_path / "a.json"
    path.write_text('{"a": "' + "x" * (1 << 20) + '"}', encoding="utf-8")

    with pytest.raises(UserFileError, match="1 MB"):
        json_tree.load(path)
