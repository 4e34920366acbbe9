"""Collects the texts of the program for the translators, compiles and checks their work.

``python -m tests.translations extract`` reads every marked text of the program into
``workbench.pot`` and brings the catalogues up to date (no guesses; texts that are gone leave).
``compile`` writes the ``.mo`` files the program reads. ``check`` lists what is missing or wrong
and ends with 1 when there is anything.
"""

from __future__ import annotations

import io
import string
import struct
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.places import ROOT

PACKAGES = ("indicators", "workbench", "ui")
PLURALS = {"es": "(n != 1)", "pt": "(n > 1)", "fr": "(n > 1)"}
KEYWORDS: dict[str, tuple[int, ...] | None]
KEYWORDS = {"_": None, "N_": None, "message": None}
KEYWORDS |= dict.fromkeys(("C_", "ngettext", "counted"), (1, 2))

Texts = dict[tuple[str, ...], tuple[str, ...]]
"""Translations by English text: one text, or two where there are plural forms."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where texts and catalogues are."""

    root: Path = ROOT

    @property
    def template(self) -> Path:
        """All texts, without translation."""
        return self.root / "workbench" / "locale" / "workbench.pot"

    def catalogue(self, language: str) -> Path:
        """The file the translators edit."""
        folder = self.root / "workbench" / "locale" / language / "LC_MESSAGES"
        return folder / "workbench.po"


def marked_texts(project: Project) -> Texts:
    """Every text of the program that a person may see."""
    texts: Texts = {}
    for package in PACKAGES:
        for found in extract_from_dir(
            project.root / package, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            text = found[2]
            key = (text,) if isinstance(text, str) else tuple(text)
            texts[key] = ("",) * len(key)
    texts.update(((text,), ("",)) for text in time_rules(project))
    texts.pop(("",), None)
    return texts


def time_rules(project: Project) -> Iterator[str]:
    """Time rules of the indicators: English in the definition files, translated here."""
    for path in sorted((project.root / "indicators" / "definitions").glob("*.toml")):
        for block in tomllib.loads(path.read_text("utf-8")).get("indicator", ()):
            if isinstance(block.get("time"), str):
                yield block["time"]


def read_texts(path: Path) -> Texts:
    """The translations of a catalogue; nothing when the file does not exist yet."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, ignore_obsolete=True, abort_invalid=True)
    return {
        _several(entry.id): ("",) if entry.fuzzy else _several(entry.string)
        for entry in catalogue
        if entry.id
    }


def _several(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _header(language: str) -> str:
    lines = ["Project-Id-Version: TIP Workbench", "MIME-Version: 1.0"]
    lines += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if language:
        lines.append(f"Language: {language}")
        lines.append(f"Plural-Forms: nplurals=2; plural={PLURALS[language]};")
    return "".join(f"{line}\n" for line in lines)


def po_bytes(texts: Texts, language: str = "") -> bytes:
    """A catalogue sorted by English text, without dates, places and names."""
    catalogue = Catalog(charset="utf-8")
    for key, words in texts.items():
        catalogue.add(key if len(key) > 1 else key[0], words if len(key) > 1 else words[0])
    for entry in catalogue:
        entry.flags -= {"python-format", "python-brace-format", "fuzzy"}
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True, omit_header=True)
    header = "".join(f'"{line}\\n"\n' for line in _header(language).splitlines())
    return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + buffer.getvalue()


def mo_bytes(texts: Texts, language: str) -> bytes:
    """The compiled form of a catalogue (GNU MO format); the same texts give the same bytes."""
    pairs = {"\0".join(key): "\0".join(words) for key, words in texts.items() if all(words)}
    pairs[""] = _header(language)
    entries = sorted((key.encode(), words.encode()) for key, words in pairs.items())
    tables: list[tuple[int, int]] = []
    body = b""
    start = 28 + 16 * len(entries)
    for column in (0, 1):
        for entry in entries:
            tables.append((len(entry[column]), start + len(body)))
            body += entry[column] + b"\0"
    numbers = (0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, start)
    return struct.pack("<7I", *numbers) + b"".join(struct.pack("<2I", *t) for t in tables) + body


def extract(project: Project) -> None:
    """Bring the template and the catalogues up to date with the program."""
    texts = marked_texts(project)
    project.template.parent.mkdir(parents=True, exist_ok=True)
    project.template.write_bytes(po_bytes(texts))
    for language in PLURALS:
        path = project.catalogue(language)
        known = read_texts(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes({key: known.get(key, texts[key]) for key in texts}, language))


def compile_all(project: Project) -> None:
    """Write the ``.mo`` files."""
    for language in PLURALS:
        path = project.catalogue(language)
        path.with_suffix(".mo").write_bytes(mo_bytes(read_texts(path), language))


def problems(project: Project) -> list[str]:
    """Everything that is missing or wrong, one sentence each."""
    wanted = marked_texts(project)
    found: list[str] = []
    for language in PLURALS:
        path = project.catalogue(language)
        texts = read_texts(path)
        found += [
            f"{language}: not in the catalogue: {key[0]!r}" for key in wanted if key not in texts
        ]
        found += [f"{language}: no longer used: {key[0]!r}" for key in texts if key not in wanted]
        for key, words in texts.items():
            found += [f"{language}: {fault}: {key[0]!r}" for fault in _faults(key, words)]
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != mo_bytes(texts, language):
            found.append(f"{language}: {compiled.name} is not up to date; run compile")
    return found


def _faults(key: tuple[str, ...], words: tuple[str, ...]) -> Iterator[str]:
    if not any(words):
        yield "not translated"
        return
    if len(words) != len(key) or not all(words):
        yield "plural forms are not complete"
        return
    for english, text in zip(key, words, strict=True):
        try:
            same = fields(text) == fields(english)
        except ValueError:
            yield "a brace is open"
            continue
        if not same and not _one_without_count(key, english, text):
            yield "fields differ"


def _one_without_count(key: tuple[str, ...], english: str, text: str) -> bool:
    """The form for one thing may leave its number out or name it."""
    return len(key) > 1 and english == key[0] and fields(text) ^ fields(english) <= {"n"}


def fields(text: str) -> frozenset[str]:
    """Names of the fields of a template."""
    return frozenset(field for _, field, _, _ in string.Formatter().parse(text) if field)


def main(arguments: list[str], project: Project | None = None) -> int:
    """Run one of the three commands."""
    place = project or Project()
    match arguments:
        case ["extract"]:
            extract(place)
        case ["compile"]:
            compile_all(place)
        case ["check"]:
            found = problems(place)
            print("\n".join(found) or "All texts are translated.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
