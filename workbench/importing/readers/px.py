"""PC-Axis files (px) with their keywords, code pages and dense or keyed data.

The cube is flattened to one row a cell: for each variable its text, and its code where the file
has CODES that differ, then the unit, the value and, where the file has them, cell notes. Rows
run as the data do (the last HEADING variable fastest); row 1 holds the names. Signs for values
that are not there (``..``, ``-``) stay as they are. A file with KEYS leaves out rows that hold
nothing but zeros: they are put back, behind the rows that are there.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import prod
from pathlib import Path

from indicators.errors import C_, N_
from workbench.errors import UserFileError
from workbench.importing.flat_rows import (
    check_sizes,
    column_name,
    damaged,
    flat_table,
    too_many_rows,
    typed,
    unique,
)
from workbench.importing.raw_table import MAX_ROWS, RawFile, ReadOptions, Row
from workbench.importing.strict_text import start_of, whole_text

MAX_SIZE = 200 * 1024 * 1024
_BEGINNING = re.compile(r"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|MATRIX)=")
_CODE_PAGE = re.compile(rb'(?:^|;)\s*CODEPAGE\s*=\s*"([^"]{1,40})"')
_KEYWORD = re.compile(
    r'\s*([A-Z][A-Z0-9_\-]*)(?:\[([^\]]*)\])?(?:\(((?:"[^"]*+"|[^()"])*+)\))?\s*='
)
_TOKEN = re.compile(r'\s*+(?:"([^"]*+)"|([^\s";,=]++)|(,|;))')
_CELL = re.compile(r'"([^"]*+)"|([^\s";,]++)|([;"])')
_OLD_PAGE = "iso-8859-1"
"""What PC-Axis takes ``ANSI`` for when a file names no code page."""

Values = dict[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variable:
    """One variable; its sequences run over its values."""

    name: str
    texts: tuple[str, ...]
    codes: tuple[str, ...]
    units: tuple[str, ...]
    is_keyed: str = ""

    @property
    def has_codes(self) -> bool:
        """Whether codes say more than texts."""
        return self.codes != self.texts


def recognises(head: bytes) -> bool:
    """Whether the file begins with a keyword of PC-Axis."""
    return _BEGINNING.match(start_of(head)) is not None


def open_file(path: Path, options: ReadOptions) -> RawFile:
    """The cube of the file as one table.

    Raises:
        UserFileError: damaged, in another code page than it says, or too large.
    """
    encoding = options.encoding or _code_page(path)
    text = whole_text(path, encoding, MAX_SIZE)
    keywords, start = _keywords(path, text)
    variables = _variables(path, keywords)
    cells = tuple(_cells(path, text, start))
    if not any(variable.is_keyed for variable in variables):
        check_sizes(path, [len(variable.texts) for variable in variables], len(cells))
    unit = " ".join(keywords.get(("UNITS", ""), ()))
    rows = partial(_rows, path, variables, cells, unit)
    return RawFile(
        path=path,
        format="px",
        tables=(flat_table(path, "", 1, rows),),
        encoding=encoding,
        size=path.stat().st_size,
    )


def _code_page(path: Path) -> str:
    """The code page the file names; that of old files without."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    match = _CODE_PAGE.search(head)
    if match is None:
        return _OLD_PAGE
    name = match[1].decode("ascii", "replace")
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise UserFileError(
            N_("“{name}” is written in the code page “{page}”, which is not known."),
            hint=N_("Choose the encoding when you import it."),
            path=path,
            page=name,
        ) from error


def _keywords(path: Path, text: str) -> tuple[Values, int]:
    """Values by keyword and variable, of the main language, and where the data begin."""
    found: Values = {}
    position = 0
    while match := _KEYWORD.match(text, position):
        keyword, language, about = match[1], match[2], match[3] or ""
        if keyword == "DATA":
            return found, match.end()
        values, position = _list(path, text, match.end(), keyword)
        if language is None:
            found[(keyword, about.strip().strip('"'))] = values
    if not text[position:].strip():
        raise damaged(path, N_("The keyword DATA is missing."))
    line = text.count("\n", 0, position) + 1
    raise damaged(path, N_("Line {line} is no keyword of PC-Axis."), line=line)


def _list(path: Path, text: str, position: int, keyword: str) -> tuple[tuple[str, ...], int]:
    """The values up to the semicolon, and the position after it."""
    values: list[list[str]] = []
    is_new = True
    while match := _TOKEN.match(text, position):
        position = match.end()
        if match[3] == ";":
            return tuple("".join(parts) for parts in values), position
        if match[3] == ",":
            is_new = True
            continue
        part = match[1] if match[1] is not None else match[2]
        if is_new:
            values.append([part])
        else:
            values[-1].append(part)
        is_new = False
    raise damaged(path, N_("The keyword {keyword} does not end."), keyword=keyword)


def _variables(path: Path, keywords: Values) -> tuple[_Variable, ...]:
    names = (*keywords.get(("STUB", ""), ()), *keywords.get(("HEADING", ""), ()))
    if not names:
        raise damaged(path, N_("The keywords STUB and HEADING are missing."))
    times = [name for name in names if ("TIMEVAL", name) in keywords]
    places = [name for name in names if ("MAP", name) in keywords]
    metrics = keywords.get(("CONTVARIABLE", ""), ())[:1]
    roles = dict.fromkeys(metrics, "metric")
    roles.update({name: "geo" for name in places if len(places) == 1})
    roles.update({name: "time" for name in times if len(times) == 1})
    return tuple(_variable(path, keywords, name, roles.get(name, "")) for name in names)


def _variable(path: Path, keywords: Values, name: str, role: str) -> _Variable:
    texts = keywords.get(("VALUES", name), ())
    codes = keywords.get(("CODES", name), ()) or texts
    texts = texts or codes
    if not texts or len(texts) != len(codes):
        raise damaged(
            path,
            C_(
                "The dimension “{dimension}” has {found} category instead of {size}.",
                "The dimension “{dimension}” has {found} categories instead of {size}.",
                by="found",
            ),
            dimension=name,
            found=len(texts),
            size=len(codes),
        )
    coded = " ".join(keywords.get(("VARIABLECODE", name), ()))
    return _Variable(
        name=column_name(name, coded, role) if role else name,
        texts=texts,
        codes=codes,
        units=tuple(" ".join(keywords.get(("UNITS", text), ())) for text in texts)
        if role == "metric"
        else (),
        is_keyed=" ".join(keywords.get(("KEYS", name), ())),
    )


def _cells(path: Path, text: str, position: int) -> Iterator[str]:
    """The texts behind DATA up to the semicolon."""
    for number, match in enumerate(_CELL.finditer(text, position)):
        if match[3] == ";":
            return
        if number > 2 * MAX_ROWS:
            raise too_many_rows(path)
        if match[3] is not None:
            break
        yield match[1] if match[1] is not None else match[2]
    raise damaged(path, N_("The keyword {keyword} does not end."), keyword="DATA")


def _rows(
    path: Path, variables: Sequence[_Variable], cells: Sequence[str], unit: str
) -> Iterator[Row]:
    """The names, then one row a cell."""
    yield _names(variables)
    for key, value in _placed(path, variables, cells):
        row: Row = []
        own = ""
        for variable, place in zip(variables, key, strict=True):
            row.append(variable.texts[place])
            if variable.has_codes:
                row.append(variable.codes[place])
            if variable.units:
                own = variable.units[place]
        yield [*row, own or unit, typed(value)]


def _names(variables: Sequence[_Variable]) -> Row:
    first = []
    for variable in variables:
        first.append(variable.name)
        if variable.has_codes:
            first.append(f"{variable.name} code")
    names = unique(["unit", "value", *first])
    return names[2:] + names[:2]


def _placed(
    path: Path, variables: Sequence[_Variable], cells: Sequence[str]
) -> Iterator[tuple[Sequence[int], str]]:
    """Places of categories and text of each cell."""
    keyed = [variable for variable in variables if variable.is_keyed]
    dense = [range(len(variable.texts)) for variable in variables if not variable.is_keyed]
    if not keyed:
        yield from zip(product(*dense), cells, strict=True)
        return
    if [bool(variable.is_keyed) for variable in variables] != [True] * len(keyed) + [False] * len(
        dense
    ):
        raise damaged(path, N_("Keys stand behind variables without keys."))
    inner = list(product(*dense))
    width = len(keyed) + len(inner)
    if len(cells) % width:
        raise damaged(
            path,
            C_(
                "Its rows need {cells} values each, but {found} is left over.",
                "Its rows need {cells} values each, but {found} are left over.",
                by="found",
            ),
            cells=width,
            found=len(cells) % width,
        )
    yield from _keyed(path, keyed, inner, cells, width)


def _keyed(
    path: Path,
    keyed: Sequence[_Variable],
    inner: Sequence[tuple[int, ...]],
    cells: Sequence[str],
    width: int,
) -> Iterator[tuple[Sequence[int], str]]:
    """The rows by their keys, then the rows of zeros that the file leaves out."""
    if prod(len(variable.texts) for variable in keyed) * len(inner) > MAX_ROWS:
        raise too_many_rows(path)
    places = [_places_of(variable) for variable in keyed]
    seen: set[tuple[int, ...]] = set()
    for start in range(0, len(cells), width):
        keys = cells[start : start + len(keyed)]
        outer = tuple(_place(path, *pair) for pair in zip(places, keys, strict=True))
        values = cells[start + len(keyed) : start + width]
        seen.add(outer)
        for rest, value in zip(inner, values, strict=True):
            yield (*outer, *rest), value
    for outer in product(*(range(len(variable.texts)) for variable in keyed)):
        if outer not in seen:
            yield from (((*outer, *rest), "0") for rest in inner)


def _places_of(variable: _Variable) -> dict[str, int]:
    texts: Iterable[str] = variable.texts
    if variable.is_keyed.upper() == "CODES":
        texts = variable.codes
    return {text: place for place, text in enumerate(texts)}


def _place(path: Path, places: dict[str, int], key: str) -> int:
    place = places.get(key)
    if place is None:
        raise damaged(path, N_("The key “{key}” is no value of its variable."), key=key[:80])
    return place
