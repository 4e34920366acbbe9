"""Letters of menu entries: each entry of a menu gets one of its own, in every language."""

from __future__ import annotations

from collections.abc import Sequence


def with_letters(texts: Sequence[str]) -> list[str]:
    """The texts with ``&`` before the letter that opens them; no letter occurs twice.

    First letters of words are preferred, then letters without accents. A text for which no letter
    is left stays without. A ``&`` of the text itself is doubled, as Qt wants it.
    """
    choices = [_choices(text) for text in texts]
    owner: dict[str, int] = {}

    def place(index: int, tried: set[str]) -> bool:
        letters = [letter for letter, _at in choices[index]]
        # a free letter is better than one that another text must give up
        for letter in sorted(letters, key=lambda each: each in owner):
            if letter in tried:
                continue
            tried.add(letter)
            if letter not in owner or place(owner[letter], tried):
                owner[letter] = index
                return True
        return False

    for index in range(len(texts)):
        place(index, set())
    letters = {index: letter for letter, index in owner.items()}
    return [_marked(text, letters.get(index), choices[index]) for index, text in enumerate(texts)]


def _choices(text: str) -> list[tuple[str, int]]:
    """Letters that may open a text with their places, the best first."""
    rated: dict[str, tuple[int, int]] = {}
    for at, sign in enumerate(text):
        letter = sign.casefold()
        if not sign.isalnum() or len(letter) != 1:
            continue
        begins = at == 0 or not text[at - 1].isalnum()
        rank = (0 if at == 0 else 1 if begins else 2) + (0 if letter.isascii() else 3)
        rated[letter] = min(rated.get(letter, (9, at)), (rank, at))
    return [
        (letter, at) for letter, (_rank, at) in sorted(rated.items(), key=lambda item: item[1])
    ]


def _marked(text: str, letter: str | None, choices: Sequence[tuple[str, int]]) -> str:
    place = next((at for known, at in choices if known == letter), None)
    if place is None:
        return text.replace("&", "&&")
    before, after = text[:place], text[place:]
    return f"{before.replace('&', '&&')}&{after.replace('&', '&&')}"
