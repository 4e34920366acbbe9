"""Files made from single victims: case records, the three lists of 2022, the releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from indicators.model.series import Integers
from sample_data.generator.cells import Ledger
from sample_data.generator.country import CODES, FIRST, YEARS
from sample_data.generator.draws import overdispersed
from sample_data.generator.reference import three_lists
from sample_data.generator.seeds import generator, settle
from sample_data.generator.tables import Country
from sample_data.generator.victims import FIXED_YEAR, Register, expected

CASES_FIRST = 2018
K_ANONYMOUS = 5
NOISY_K = 6
TRUE_NUMBER = 2300
RELEASES = ("2025-03", "2025-09", "2026-03")
RELEASED = ("vic_detected", "inv_opened")
Record = list[str]


def _code(register: Register, dim: str, who: np.integer[Any], order: Sequence[str]) -> str:
    marks = register.persons.marks[dim]
    return next((code for code in order if marks[code][who]), "_U")


def cases(register: Register) -> list[Record]:
    """Year, region, sex, age, citizenship group and main form of every victim since 2018.

    Cells are opened up to ``_U`` (from region to form) until five or more share each combination.
    """
    people = register.persons
    chosen = np.flatnonzero(people.year >= CASES_FIRST - FIRST)
    records = [
        [
            str(YEARS[people.year[i]]),
            CODES[people.region[i]],
            _code(register, "SEX", i, ("F", "M", "X", "_U")),
            _code(register, "AGE", i, ("Y0T11", "Y12T17", "Y18T29", "Y_GE30", "_U")),
            _code(register, "CITG", i, ("REP", "NREP", "_U")),
            _code(register, "FORM", i, ("CRM", "LAB", "SEX", "BEG", "OTH")),
        ]
        for i in chosen
    ]
    for column in (1, 4, 3, 2, 5):
        common = Counter(map(tuple, records))
        for record in records:
            if common[tuple(record)] < K_ANONYMOUS:
                record[column] = "_U"
    _fill_up(records)
    return sorted(records)


def _fill_up(records: list[Record]) -> None:
    """Hide further records of the most frequent kind where a few were left alone."""
    common = Counter(map(tuple, records))
    for kind, number in sorted(common.items()):
        if number < K_ANONYMOUS:
            largest = max((n, k) for k, n in common.items() if k[0] == kind[0])[1]
            donors = [record for record in records if tuple(record) == largest]
            for record in donors[: K_ANONYMOUS - number]:
                record[:] = kind


def lists(register: Register) -> tuple[list[Record], int]:
    """Who of 2022 stands on which list (police, civil society, labour inspectorate), and the seed.

    The probabilities are those of 2,300 victims with a police-civil society odds ratio of 2.
    """
    people = register.persons
    chosen = np.flatnonzero(people.year == FIXED_YEAR - FIRST)
    x, y = 0.22, 0.12
    z = TRUE_NUMBER / (TRUE_NUMBER - len(chosen)) / (1 + x + y + 2 * x * y) - 1
    chance = np.array([z, y, y * z, x, x * z, 2 * x * y, 2 * x * y * z])

    def make(rng: np.random.Generator) -> Integers:
        numbers = rng.multinomial(len(chosen), chance / chance.sum())
        return rng.permutation(np.repeat(np.arange(1, 8), numbers)).astype(np.int64)

    drawn, attempt = settle("lists_2022", make, lists_missed)
    records = [
        [
            f"V{n:04d}",
            *f"{pattern:03b}",
            _code(register, "SEX", i, ("F", "M", "X", "_U")),
            _code(register, "AGE", i, ("Y0T11", "Y12T17", "Y18T29", "Y_GE30", "_U")),
        ]
        for n, (i, pattern) in enumerate(zip(chosen, drawn, strict=True), start=1)
    ]
    return records, attempt


def lists_missed(drawn: Integers) -> tuple[str, ...]:
    """T16 unless the model with the police-civil society term finds the true number."""
    patterns = np.bincount(drawn, minlength=8)[1:].astype(float)
    right = three_lists(patterns, together=True)
    simple = three_lists(patterns, together=False)
    return () if 1_900 <= right <= 2_750 and 1_700 <= simple <= 2_035 else ("T16",)


def noisy() -> Ledger:
    """The victims of the old scope once more, from a country that counts far less evenly.

    An exercise in humility: with size 6 hardly any change of pace can be told.
    """
    drawn = overdispersed(generator("noisy"), expected(), NOISY_K)
    ledger = Ledger()
    ledger.nation("n_vic_old_scope", drawn)
    return ledger


def releases(country: Country) -> tuple[list[Ledger], int]:
    """Three releases of two variables: the first has 93 % of the last one (T17)."""
    people = country.register.persons
    final = {
        "vic_detected": people.counts(np.ones(people.n, dtype=bool)),
        "inv_opened": country.opened.cases.counts(np.ones(country.opened.cases.n, dtype=bool)),
    }

    def make(rng: np.random.Generator) -> dict[str, list[Any]]:
        made = {}
        for variable, last in final.items():
            early = rng.binomial(last, 0.93)
            made[variable] = [early, early + rng.binomial(last - early, 0.6), last]
        return made

    made, attempt = settle("releases", make, releases_missed)
    ledgers = []
    for i in range(len(RELEASES)):
        ledger = Ledger()
        for variable in RELEASED:
            ledger.both(variable, made[variable][i])
        ledgers.append(ledger)
    return ledgers, attempt


def releases_missed(made: dict[str, list[Any]]) -> tuple[str, ...]:
    """T17 unless the mean revision of the national values is 6.5 to 8.5 percent."""
    rises = [100 * (last.sum(axis=0) / early.sum(axis=0) - 1) for early, _, last in made.values()]
    return () if 6.5 <= float(np.mean(rises)) <= 8.5 else ("T17",)
