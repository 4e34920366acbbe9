"""Which codes of a dimension make up a whole: complete, and without overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.checks.wholes import apart
from indicators.codelists import TOTAL_CODE, code_list

ADDABLE = ("SEX", "AGE", "CITG", "OUT", "PDEC", "SEN", "PIL", "BFN")
"""Dimensions in which everybody, every decision and every sum has exactly one code.

Left out are lists of which one person can have several codes (forms, means, services, risk
groups), lists without an end (countries, days), and sources, which may count the same person.
"""
OPTIONAL = {"SEX": frozenset({"X"})}
"""Codes that a complete file may lack because it knows no such case."""
_AGES = re.compile(r"Y(?:_GE)?(\d+)(?:T(\d+))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The codes that add up to a whole.

    Attributes:
        codes: codes that do not overlap, the unknown ones last.
        lacking: what is not covered; empty when the parts are complete.
    """

    codes: tuple[str, ...]
    lacking: tuple[str, ...] = ()


def parts_of_whole(dim: str, held: Iterable[str]) -> Parts:
    """The broadest codes that do not overlap, and what they leave open.

    Args:
        dim: one of ``ADDABLE``.
        held: codes for which there are cells.
    """
    codes = [code for code in dict.fromkeys(held) if code != TOTAL_CODE]
    unknown = tuple(code for code in codes if code.startswith("_"))
    broad = apart(dim, [code for code in codes if not code.startswith("_")])
    lacking = _open_ages(broad) if dim == "AGE" else _absent(dim, broad)
    return Parts(codes=(*broad, *unknown), lacking=lacking)


def _absent(dim: str, held: tuple[str, ...]) -> tuple[str, ...]:
    optional = OPTIONAL.get(dim, frozenset())
    return tuple(code for code in code_list(dim).top if code not in held and code not in optional)


def _open_ages(held: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches of age that no group covers, as codes would write them."""
    spans = sorted(
        (int(found[1]), None if code.startswith("Y_GE") else int(found[2] or found[1]))
        for code in held
        if (found := _AGES.match(code)) is not None
    )
    lacking, begin = [], 0
    for first, last in spans:
        if first > begin:
            lacking.append(f"Y{begin}T{first - 1}")
        if last is None:
            return tuple(lacking)
        begin = last + 1
    return (*lacking, f"Y_GE{begin}")
