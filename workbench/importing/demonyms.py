"""Demonyms in four languages: feminine and plural forms by the rules of the language.

The list ``aliases/demonyms.csv`` holds the masculine singular, several with ``;``. A form behind an
equals sign is taken as it stands.
"""

from __future__ import annotations

from collections.abc import Callable


def forms(listed: str, language: str) -> tuple[str, ...]:
    """All forms of the demonyms of one country in one language.

    Args:
        listed: masculine singular forms with ``;`` between them; ``=`` before irregular ones.
        language: ``en``, ``es``, ``pt`` or ``fr``.
    """
    found: dict[str, None] = {}
    for part in listed.split(";"):
        word = part.strip()
        if word.startswith("="):
            found[word[1:]] = None
        elif word:
            found.update(dict.fromkeys(_RULES[language](word)))
    return tuple(found)


def _english(word: str) -> tuple[str, ...]:
    invariant = word.endswith(("ese", "ish", "ch", "sh", "ss", "s", "x"))
    return (word,) if invariant else (word, f"{word}s")


def _spanish(word: str) -> tuple[str, ...]:
    if word.endswith("o"):
        stem = word[:-1]
        return word, f"{stem}a", f"{stem}os", f"{stem}as"
    for ending, plain in (("és", "es"), ("án", "an"), ("ín", "in"), ("ón", "on")):
        if word.endswith(ending):
            stem = word[:-2] + plain
            return word, f"{stem}a", f"{stem}es", f"{stem}as"
    if word.endswith(("í", "ú")):
        return word, f"{word}es", f"{word}s"
    if word.endswith(("l", "r", "s", "n")):
        return word, f"{word}a", f"{word}es", f"{word}as"
    return word, f"{word}s"


def _portuguese(word: str) -> tuple[str, ...]:
    if word.endswith("o"):
        stem = word[:-1]
        return word, f"{stem}a", f"{stem}os", f"{stem}as"
    if word.endswith("ês"):
        stem = f"{word[:-2]}es"
        return word, f"{stem}a", f"{stem}es", f"{stem}as"
    return word, f"{word}s"


def _french(word: str) -> tuple[str, ...]:
    if word.endswith(("e", "é", "è")):
        return word, f"{word}s"
    doubled = word.endswith(("ien", "éen", "yen"))
    feminine = f"{word}ne" if doubled else f"{word}e"
    plural = word if word.endswith("s") else f"{word}s"
    return word, feminine, plural, f"{feminine}s"


_RULES: dict[str, Callable[[str], tuple[str, ...]]] = {
    "en": _english,
    "es": _spanish,
    "pt": _portuguese,
    "fr": _french,
}
