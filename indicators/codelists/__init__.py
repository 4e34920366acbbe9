"""Code lists: the codes of every dimension with labels in four languages."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indicators.errors import N_, IndicatorsError
from indicators.model.codes import LANGUAGES
from indicators.model.definition import LocalText

_FOLDER = Path(__file__).parent
TOTAL_CODE = "_T"
UNKNOWN_CODE = "_U"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a list.

    Attributes:
        code: short, upper case, unique inside its list.
        label: name in four languages.
        parent: the broader code, or None at the top.
    """

    code: str
    label: LocalText
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """The codes of one dimension in the order of tables.

    Attributes:
        id: name of the dimension (``SEX``).
        name: label of the dimension.
        entries: the codes.
        pattern: regular expression of further valid codes (countries, days), or None.
        several: one person can have several codes, so parts may exceed the total.
    """

    id: str
    name: LocalText
    entries: tuple[Code, ...]
    pattern: str | None = None
    several: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """All listed codes."""
        return tuple(entry.code for entry in self.entries)

    @property
    def top(self) -> tuple[str, ...]:
        """The broadest codes that do not overlap; without total and unknown."""
        return tuple(
            entry.code
            for entry in self.entries
            if entry.parent is None and not entry.code.startswith("_")
        )

    def parts(self, code: str) -> tuple[str, ...]:
        """The codes directly below a code."""
        return tuple(entry.code for entry in self.entries if entry.parent == code)

    def has(self, code: str) -> bool:
        """Whether a code is listed or fits the pattern."""
        return code in self.codes or (
            self.pattern is not None and re.fullmatch(self.pattern, code) is not None
        )

    def entry(self, code: str) -> Code | None:
        """The listed code, or None."""
        return next((entry for entry in self.entries if entry.code == code), None)


def _text(table: dict[str, str]) -> LocalText:
    return LocalText(**{language: table[language] for language in LANGUAGES})


@lru_cache(maxsize=1)
def _special() -> dict[str, LocalText]:
    content = tomllib.loads((_FOLDER / "special.toml").read_text(encoding="utf-8"))
    return {code: _text(label) for code, label in content["label"].items()}


@lru_cache(maxsize=1)
def list_names() -> tuple[str, ...]:
    """The dimensions that have a code list."""
    return tuple(
        sorted(path.stem.upper() for path in _FOLDER.glob("*.toml") if path.stem != "special")
    )


@lru_cache(maxsize=64)
def code_list(dimension: str) -> CodeList:
    """The code list of a dimension.

    Raises:
        IndicatorsError: there is no list of that name.
    """
    if dimension not in list_names():
        raise IndicatorsError(
            N_("There is no code list “{name}”."),
            hint=N_("Known lists: {known}."),
            name=dimension,
            known=", ".join(list_names()),
        )
    path = _FOLDER / f"{dimension.lower()}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [
        Code(code=code["code"], label=_text(code["label"]), parent=code.get("parent"))
        for code in content.get("code", [])
    ]
    entries += [Code(code=code, label=_special()[code]) for code in content["special"]]
    return CodeList(
        id=dimension,
        name=_text(content["name"]),
        entries=tuple(entries),
        pattern=content.get("pattern"),
        several=content.get("several", False),
    )


def has_list(dimension: str) -> bool:
    """Whether the dimension is known."""
    return dimension in list_names()


def has_code(dimension: str, code: str) -> bool:
    """Whether the code belongs to the dimension."""
    return has_list(dimension) and code_list(dimension).has(code)


@lru_cache(maxsize=4096)
def label(dimension: str, code: str) -> LocalText | None:
    """The name of a code, or None where it has none (a country, a day, a national region)."""
    if not has_list(dimension):
        return None
    entry = code_list(dimension).entry(code)
    return entry.label if entry else None
