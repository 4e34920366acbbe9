"""Names that are almost known: scored guesses, never taken without a person.

A guess below ``PROPOSED`` is only shown. Names that are easily confused (the two Congos, Niger and
Nigeria) and guesses with a rival close behind stay below it however alike they are, so that nobody
accepts them in passing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import chain

from workbench.importing.aliases_files import category_aliases
from workbench.importing.names import (
    Names,
    country_code,
    exists,
    normal,
    whole_country_words,
)

PROPOSED = 0.92
"""Score from which a guess is offered for acceptance."""
_DOUBTFUL = 0.91
_RIVAL = 0.08
"""A second guess this close behind makes the first doubtful."""
_AMBIGUOUS = 0.9
_INSIDE = 0.8
_LOST = "\ufffd"
_SHORTLIST = 30
_LEAST_SHARED = 0.4
"""Part of the pairs of letters that a name must share to be looked at."""
_LEAST = 0.6
COUNTRY_ROLES = ("CIT", "COR")
_CONFUSED = (
    *("NER NGA", "GIN GNQ GNB PNG", "KOR PRK", "COD COG", "DMA DOM", "AUS AUT", "SVK SVN"),
    *("MLI MWI", "MRT MUS", "GMB ZMB", "LBN LBR LBY", "CHE SWE SWZ", "IRL IRN IRQ", "IDN IND"),
    *(
        "GUF GUY",
        "SDN SSD",
        "ASM WSM",
        "VGB VIR",
        "MAF SXM",
        "PER",
        "SUN RUS",
        "SCG SRB YUG",
        "CAF ZAF",
    ),
)
EASILY_CONFUSED = frozenset(code for group in _CONFUSED for code in group.split())
"""Countries whose names are mistaken for each other; a person confirms each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A guess.

    Attributes:
        code: what the name may mean.
        label: the known name.
        score: 0 to 1.
    """

    code: str
    label: str
    score: float


class Pool:
    """Known names, found again by the pairs of letters they share with a text.

    Args:
        known: names by code.
    """

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self._labels: list[tuple[str, str, str]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        self.names: dict[str, str] = {}
        for code, label in known:
            name = normal(label)
            if not name or self.names.setdefault(name, code) != code:
                continue
            for pair in _pairs(name):
                self._places[pair].append(len(self._labels))
            self._labels.append((name, code, label))

    def guesses(self, text: str, least: float, most: int) -> tuple[Likeness, ...]:
        """The best guesses, best first, one for each code."""
        name = normal(text)
        best: dict[str, Likeness] = {}
        for like in (
            *self._alike(name, least),
            *self._with_lost_letters(name),
            *self._inside(name),
        ):
            if like.code not in best or best[like.code].score < like.score:
                best[like.code] = like
        ordered = sorted(best.values(), key=lambda like: (-like.score, like.code))
        return _careful(ordered)[:most]

    def _alike(self, name: str, least: float) -> Iterable[Likeness]:
        pairs = _pairs(name)
        shared = Counter(chain.from_iterable(self._places.get(pair, ()) for pair in pairs))
        wanted = _LEAST_SHARED * least * len(pairs)
        near = [place for place, count in shared.items() if count >= wanted]
        if len(near) > _SHORTLIST:
            size = len(pairs)
            near = nlargest(
                _SHORTLIST, near, key=lambda p: shared[p] / (size + len(self._labels[p][0]))
            )
        matcher = SequenceMatcher(b=name, autojunk=False)
        figures = _figures(name)
        for place in near:
            known, code, label = self._labels[place]
            matcher.set_seq1(known)
            if matcher.quick_ratio() < least or _figures(known) != figures:
                continue
            score = round(matcher.ratio(), 3)
            if score >= least:
                yield Likeness(code=code, label=label, score=score)

    def _with_lost_letters(self, name: str) -> Iterable[Likeness]:
        """Names that fit around letters that are lost."""
        if _LOST not in name or len(name.replace(_LOST, "")) < 3:
            return
        pattern = re.compile(re.escape(name).replace(_LOST, "."))
        for known, code, label in self._labels:
            if pattern.fullmatch(known):
                yield Likeness(code=code, label=label, score=0.95)

    def _inside(self, name: str) -> Iterable[Likeness]:
        """The one known name that stands whole inside a longer text."""
        words = re.findall(r"[^\W\d_]+", name)
        runs = (
            " ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)
        )
        found = {self.names[run]: run for run in runs if len(run) > 3 and run in self.names}
        if len(words) <= 8 and len(found) == 1:
            code, run = next(iter(found.items()))
            yield Likeness(code=code, label=run, score=_INSIDE)


def _careful(ordered: list[Likeness]) -> tuple[Likeness, ...]:
    """The guesses; a first one that is doubtful stays below what can be accepted at once."""
    if not ordered:
        return ()
    first, *rest = ordered
    rival = rest[0].score if rest else 0.0
    if first.code in EASILY_CONFUSED or rival > first.score - _RIVAL:
        first = replace(first, score=min(first.score, _DOUBTFUL))
    return (first, *(replace(like, score=min(like.score, first.score)) for like in rest))


def _pairs(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def _figures(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def nearest(
    text: str, known: Mapping[str, tuple[str, ...]], least: float = PROPOSED
) -> Likeness | None:
    """The known name most like a text; None when it is known itself or nothing is near enough.

    Names whose figures differ are never alike: Zone 11 is not Zone 12.
    """
    found = candidates(text, known, _LEAST)
    return found[0] if found and found[0].score >= least else None


def candidates(
    text: str, known: Mapping[str, tuple[str, ...]], least: float = _LEAST, most: int = 5
) -> tuple[Likeness, ...]:
    """The best guesses for the name of an area, best first; none for a name that is known."""
    name = normal(text)
    if len(name) < 4 or name in whole_country_words() or country_code(text) is not None:
        return ()
    pool = Pool((code, label) for code, own in known.items() for label in own)
    if name in pool.names or name in {normal(code) for code in known}:
        return ()
    return pool.guesses(text, least, most)


class Guesser:
    """Guesses at names of a project; what it is called is prepared once for many texts.

    Args:
        names: what the project and the catalogue call things.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, labels in names.areas.items():
            for name in dict.fromkeys(map(normal, labels)):
                self._codes[name].append(code)
        self._area_codes = {normal(code) for code in names.areas}
        self._pools: dict[str, Pool] = {}

    def areas_named(self, text: str) -> tuple[str, ...]:
        """Codes of the areas of the project that have this name."""
        return tuple(self._codes.get(normal(text), ()))

    def is_area(self, text: str, scheme: str) -> bool:
        """Whether a text is the code or the only name of an area of the project or the world.

        A name of several areas is known when the years in which they existed decide.
        """
        name = normal(text)
        if text in self._names.areas or (not scheme and name in whole_country_words()):
            return True
        own = self.areas_named(text)
        if own:
            return len(own) == 1 or any(code in self._names.spans for code in own)
        return name in self._area_codes or (scheme != "own" and country_code(text) is not None)

    def is_dated(self, text: str) -> bool:
        """Whether the years decide which area of the project has this name."""
        if text in self._names.areas:
            return False
        return any(code in self._names.spans for code in self.areas_named(text))

    def dated(self, text: str, years: Iterable[int]) -> bool:
        """Whether in each of these years exactly one area of this name existed."""
        codes = self.areas_named(text)
        return all(
            sum(exists(code, year, self._names.spans) for code in codes) == 1 for year in years
        )

    def has_several(self, role: str, text: str) -> bool:
        """Whether several things have exactly this name."""
        return len(self._several(role, text)) > 1

    def guesses(
        self, role: str, text: str, least: float = _LEAST, most: int = 5
    ) -> tuple[Likeness, ...]:
        """Codes that an unknown text could mean, the likeliest first.

        Args:
            role: ``area``, ``variable`` or a dimension.
            text: what the file says; it is known that no code or name is equal to it.
            least: lowest score.
            most: how many.
        """
        several = self._several(role, text)
        if several:
            return several
        if len(normal(text)) < (4 if role == "area" else 3):
            return ()  # a short code of another list is like too much
        if role == "AGE" and (band := _open_band(normal(text))):
            return (band,)
        found = self._pool(role).guesses(text, least, most)
        if role == "area":
            best = {like.code: like for like in _countries("area").guesses(text, least, most)}
            best |= {like.code: like for like in found}
            found = tuple(sorted(best.values(), key=lambda like: (-like.score, like.code))[:most])
        return found

    def _several(self, role: str, text: str) -> tuple[Likeness, ...]:
        """The codes of a name that has several."""
        from workbench.importing import countries

        if role not in ("area", *COUNTRY_ROLES):
            return ()
        codes = self.areas_named(text) if role == "area" else ()
        if len(codes) < 2 and not self.is_dated(text):
            codes = countries.ambiguous(text)
        return tuple(
            Likeness(code=code, label=self._first_name(code, text), score=_AMBIGUOUS)
            for code in codes
        )

    def _first_name(self, code: str, text: str) -> str:
        from workbench.importing import countries

        return next(iter(self._names.areas.get(code) or countries.labels().get(code, ())), text)

    def _pool(self, role: str) -> Pool:
        if role in COUNTRY_ROLES:
            return _countries("citizenship")
        if role not in ("area", "variable"):
            return _categories(role)
        if role not in self._pools:
            self._pools[role] = Pool(self._labels(role))
        return self._pools[role]

    def _labels(self, role: str) -> list[tuple[str, str]]:
        if role == "area":
            known = self._names.areas.items()
            return [(code, label) for code, labels in known for label in labels]
        pairs = [(code, name) for name, code in self._names.variable_names.items()]
        return [*pairs, *((code, code.replace("_", " ")) for code in self._names.variables)]


def guesses(
    role: str, text: str, names: Names, *, least: float = _LEAST, most: int = 5
) -> tuple[Likeness, ...]:
    """Codes that one unknown text could mean; for many texts see ``Guesser``."""
    return Guesser(names).guesses(role, text, least, most)


_OVER = re.compile(
    r"(?:mayor(?:es)? (?:de|a)|maior(?:es)? de|over|older than|mas de|mais de|plus de|acima de|>) ?"
    r"(\d{1,3})(?: .*)?"
)
_UP_TO = re.compile(r"(?:up to|hasta|ate|jusqu'a|to|<=|≤) ?(?:los )?(\d{1,3})(?: .*)?")


def _open_band(name: str) -> Likeness | None:
    """The band that an age above or up to a number most likely means; the number may be outside."""
    if match := _OVER.fullmatch(name):
        return Likeness(code=f"Y_GE{int(match[1])}", label=f"{int(match[1])}+", score=_AMBIGUOUS)
    if match := _UP_TO.fullmatch(name):
        return Likeness(code=f"Y0T{int(match[1])}", label=f"0-{int(match[1])}", score=_AMBIGUOUS)
    return None


@lru_cache(maxsize=2)
def _countries(kind: str) -> Pool:
    from workbench.importing import countries

    known = countries.labels(kind).items()
    pool = [(code, label) for code, own in known for label in own]
    if kind == "citizenship":
        pool += [
            (code, alias) for (dim, alias), code in category_aliases().items() if dim == "CIT"
        ]
        pool += [(code, alias) for (dim, alias), code in category_aliases().items() if dim == "*"]
    return Pool(pool)


@lru_cache(maxsize=64)
def _categories(role: str) -> Pool:
    from workbench.importing.categories import entries

    known = [(code, label) for code, labels in entries(role).items() for label in labels]
    known += [
        (code, alias) for (dim, alias), code in category_aliases().items() if dim in (role, "*")
    ]
    return Pool(known)
