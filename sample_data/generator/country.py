"""Valdoria itself: years, regions with their history, population and code lists in use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.model.series import Floats

AREA = "XVA"
FIRST, LAST = 2005, 2024
YEARS = tuple(range(FIRST, LAST + 1))
MONTHS = tuple((year, month) for year in YEARS for month in range(1, 13))
SPLIT_YEAR = 2014
SCOPE_YEAR = 2017
LAW_YEAR = 2011
PANDEMIC_YEAR = 2020
POPULATION = 9_400_000
GROWTH = 1.009

SEX = ("F", "M", "X", "_U")
AGE = ("Y0T11", "Y12T17", "Y18T29", "Y_GE30", "_U")
CITG = ("REP", "NREP", "_U")
FORM = ("SEX", "LAB", "CRM", "BEG", "OTH")
NEVER = ("MAR", "ORG", "ARM", "REP")
"""Known forms of which no case came up; the national totals confirm the zero."""
PARTNERS = ("XVB", "XVC", "XVD", "XVE", "XVF")
RSK = ("CAR", "IRR", "DMW")
PIL = ("PRV", "PRT", "PRS", "XCT")
BFN = ("POLI", "JUST", "LABI", "SHEL", "CAMP", "CSOG")
SEC = ("A", "C", "F", "H", "I", "T")
INS = ("OAS", "UNTOC", "GLOTIP", "GRETA")
SRC = ("POL", "LAB", "SHE", "NGO", "HOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the country.

    Attributes:
        code: area code.
        share: share of the population from 2014 on.
        z: how much detection differs from the national rate (truth T13).
        border: ``border``, ``coast`` or empty.
        names: by language.
    """

    code: str
    share: float
    z: float
    border: str
    names: tuple[str, str, str, str]


def _region(code: str, share: float, z: float, border: str, *names: str) -> Region:
    texts = names if len(names) == 4 else names * 4
    return Region(
        code=code, share=share, z=z, border=border, names=(texts[0], texts[1], texts[2], texts[3])
    )


REGIONS = (
    _region(
        "XV-01", 0.215, 1.25, "",
        "Merenta Capital District", "Distrito Capital de Merenta",
        "Distrito da Capital Merenta", "District de la capitale Merenta",
    ),
    _region("XV-02", 0.081, 0.9, "border", "Alta Norte"),
    _region("XV-03", 0.096, 0.35, "coast", "Bahía Verde"),
    _region("XV-04", 0.052, -0.5, "", "Cañada Real"),
    _region("XV-05", 0.061, 0.5, "border", "Drava-Kest"),
    _region("XV-06", 0.074, 0.1, "coast", "Estrela"),
    _region("XV-07", 0.047, -0.7, "", "Fossé-du-Lac"),
    _region(
        "XV-08", 0.118, -1.0, "",
        "Grand Plain", "Gran Llanura", "Grande Planície", "Grande Plaine",
    ),
    _region("XV-09", 0.066, 0.0, "border", "Hohenmark"),
    _region("XV-10", 0.029, -1.3, "coast", "Ilha do Sul"),
    _region("XV-11", 0.043, 0.2, "border", "Jarvenpaa"),
    _region(
        "XV-12", 0.057, -0.6, "",
        "Kordun Valley", "Valle de Kordun", "Vale de Kordun", "Vallée de Kordun",
    ),
    _region("XV-13", 0.038, -0.9, "", "Lisse"),
    _region("XV-14", 0.023, 0.0, "border", "Mitteland"),
)  # fmt: skip
"""The fourteen regions; the last one was part of XV-09 until 2014."""

CODES = tuple(region.code for region in REGIONS)
OLD, NEW = CODES.index("XV-09"), CODES.index("XV-14")


def region_shares() -> Floats:
    """Share of the population by region and year, shape ``(14, 20)``; XV-14 is 0 before 2014."""
    shares = np.repeat(np.array([region.share for region in REGIONS])[:, None], len(YEARS), axis=1)
    before = np.array(YEARS) < SPLIT_YEAR
    shares[OLD, before] += shares[NEW, before]
    shares[NEW, before] = 0.0
    normal: Floats = shares / shares.sum(axis=0)
    return normal


def growing(start: float, percent: float, *, first: int = FIRST) -> Floats:
    """A yearly path that grows by a percentage, shape ``(20,)``; ``start`` is the value of ``first``."""
    path: Floats = start * (1 + percent / 100) ** (np.array(YEARS) - first)
    return path


def moving(start: float, end: float) -> Floats:
    """A straight yearly path from the first to the last year, shape ``(20,)``."""
    return np.linspace(start, end, len(YEARS))
