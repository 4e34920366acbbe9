"""What the README shows is what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readme import BLOCK, README, renewed


def test_outputs_in_the_readme_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = README.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert len(BLOCK.findall(text)) >= 4
    assert renewed(text) == text


def test_pictures_of_the_readme_exist() -> None:
    text = README.read_text(encoding="utf-8")

    for part in text.split("](")[1:]:
        target = part.split(")")[0]
        assert (README.parent / target).is_file(), target
