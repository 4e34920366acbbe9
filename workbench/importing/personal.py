"""Columns that look like data about single persons: by their header and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators.errors import N_
from workbench.importing.layout import Header
from workbench.importing.names import normal
from workbench.importing.raw_table import BrokenRow, Row

_SHARE = 0.6
"""Share of filled cells that must fit a pattern."""
_LEAST = 3
"""Filled cells below which content alone proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One kind of personal data.

    Attributes:
        id: code kept with the blanked column.
        text: its name, a marked English text.
        header: pattern of normal forms of headers.
        content: pattern of cells, or None.
    """

    id: str
    text: str
    header: re.Pattern[str]
    content: re.Pattern[str] | None = None


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|.*[\s./(])(?:" + "|".join(words) + r")(?:$|[\s./)].*)")


SIGNS = (
    Sign(
        id="names",
        text=N_("names of persons"),
        header=_words(
            "first name",
            "last name",
            "full name",
            "family name",
            "surname",
            "given name",
            "victim name",
            "name of victim",
            "nombres?",
            "apellidos?",
            "nombre completo",
            "nome completo",
            "sobrenome",
            "nom de famille",
            "prenoms?",
            "alias",
        ),
    ),
    Sign(
        id="birth",
        text=N_("dates of birth"),
        header=_words(
            "birth ?date",
            "date of birth",
            "dob",
            "born",
            "fecha de nacimiento",
            "nacimiento",
            "data de nascimento",
            "nascimento",
            "date de naissance",
            "naissance",
        ),
        content=re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d"),
    ),
    Sign(
        id="phones",
        text=N_("telephone numbers"),
        header=_words("phone", "telephone", "mobile", "telefono", "telefone", "celular", "tel"),
        content=re.compile(r"\+\d[\d ()\-.]{7,}|\(\d{2,4}\)[\d \-]{6,}"),
    ),
    Sign(
        id="documents",
        text=N_("numbers of identity documents"),
        header=_words(
            "passport",
            "pasaporte",
            "passaporte",
            "passeport",
            "id number",
            "identity number",
            "national id",
            "cedula",
            "dni",
            "curp",
            "cpf",
            "rg",
            "ssn",
            "document number",
            "numero de documento",
        ),
    ),
    Sign(
        id="addresses",
        text=N_("addresses of persons"),
        header=_words(
            "e ?mail",
            "email address",
            "street",
            "home address",
            "address",
            "direccion",
            "domicilio",
            "endereco",
            "adresse",
            "correo",
        ),
        content=re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}"),
    ),
    Sign(
        id="coordinates",
        text=N_("exact places"),
        header=re.compile(r"$^"),
        content=re.compile(r"-?\d{1,3}\.\d{4,}"),
    ),
)
"""All kinds, in the order they are tried."""
_COORDINATE = _words(
    "lat",
    "latitude",
    "latitud",
    "lon",
    "lng",
    "long",
    "longitude",
    "longitud",
    "coordinates?",
    "coordenadas?",
    "gps",
)


def personal_columns(
    header: Header, rows: Sequence[Row], needed: Iterable[int] = ()
) -> dict[int, Sign]:
    """The sign found in each column that looks personal.

    Args:
        header: names of the columns.
        rows: rows below the header, a sample.
        needed: columns with a role; of these only headers are looked at, never the content.
    """
    needed = set(needed)
    found: dict[int, Sign] = {}
    for index, name in enumerate(header.names):
        cells = _cells(rows, index)
        sign = _sign(normal(name), cells, content=index not in needed)
        if sign is not None and not (sign.id == "names" and index in needed):
            found[index] = sign
    return found


def _cells(rows: Sequence[Row], index: int) -> list[str]:
    return [
        row[index].strip()
        for row in rows
        if not isinstance(row, BrokenRow) and index < len(row) and row[index].strip()
    ]


def _sign(name: str, cells: Sequence[str], *, content: bool) -> Sign | None:
    for sign in SIGNS:
        if name and sign.header.match(name) and cells:
            return sign
        if sign.id == "coordinates":
            if _COORDINATE.match(name) and cells and _fits(sign, cells, least=1):
                return sign
            continue
        if content and sign.content is not None and _fits(sign, cells, least=_LEAST):
            return sign
    return None


def _fits(sign: Sign, cells: Sequence[str], *, least: int) -> bool:
    assert sign.content is not None  # the caller asks only then
    if len(cells) < least:
        return False
    fitting = sum(
        1 for cell in cells if sign.content.fullmatch(cell.lstrip("\x1e").lower()) is not None
    )
    return fitting >= _SHARE * len(cells)
