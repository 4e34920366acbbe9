"""What only packs of national offices hold: code lists, targets and texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from indicators.catalog.fields import Fields
from indicators.codelists import Code, CodeList
from indicators.errors import N_
from indicators.model.codes import Direction
from indicators.model.definition import Indicator, LocalText, Target

NATIONAL_LIST = re.compile(r"N[A-Z]{2,19}")
NATIONAL_TEXT = re.compile(r"n_[a-z0-9_]{1,38}")
_CODE = re.compile(r"[A-Z0-9][A-Za-z0-9_]{0,19}")
_LIST_FIELDS = ("id", "name", "codes", "several")
_CODE_FIELDS = ("code", "label", "parent")
_TARGET_FIELDS = ("indicator", "value", "year", "text")
_TEXT_FIELDS = ("key", "text")
_WITHOUT_TARGET = (Direction.AMB, Direction.CTX)


def code_list(fields: Fields) -> CodeList:
    """The list of a ``[[code_list]]`` block."""
    fields.only(_LIST_FIELDS)
    id_ = fields.string("id")
    if NATIONAL_LIST.fullmatch(id_) is None:
        raise fields.error(
            N_("{subject}: a national code list is named by capital letters that begin with “N”."),
            "id",
        )
    tables = fields.required("codes")
    if not isinstance(tables, list) or not tables:
        raise fields.error(N_("{subject}: “codes” must be a list of codes."), "codes")
    return CodeList(
        id=id_,
        name=fields.local("name"),
        entries=_codes(fields, tables),
        several=fields.boolean("several"),
    )


def _codes(fields: Fields, tables: list[Any]) -> tuple[Code, ...]:
    found: dict[str, Code] = {}
    for table in tables:
        code = table.get("code") if isinstance(table, Mapping) else None
        if not isinstance(code, str) or _CODE.fullmatch(code) is None or code in found:
            raise fields.error(
                N_("{subject}: “{code}” is no code, or stands there twice."), "codes", code=code
            )
        fields.only(_CODE_FIELDS, "codes", table)
        parent = table.get("parent")
        if parent is not None and parent not in found:
            raise fields.error(
                N_("{subject}: the broader code “{code}” does not stand before its parts."),
                "codes",
                code=parent,
            )
        found[code] = Code(
            code=code, label=fields.local("codes", table.get("label")), parent=parent
        )
    return tuple(found.values())


def target(fields: Fields, indicators: Mapping[str, Indicator]) -> Target:
    """The target of a ``[[target]]`` block.

    Args:
        fields: the block.
        indicators: the indicators that exist.
    """
    fields.only(_TARGET_FIELDS)
    code = fields.string("indicator")
    if code not in indicators:
        raise fields.error(
            N_("{subject}: there is no indicator “{code}”."), "indicator", code=code
        )
    if indicators[code].direction in _WITHOUT_TARGET:
        raise fields.error(
            N_("{subject}: “{code}” says nothing about better or worse, so it has no target."),
            "indicator",
            code=code,
        )
    value = fields.required("value")
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        raise fields.error(N_("{subject}: “{field}” must be a number."), "value")
    year = fields.count("year", 0)
    if year and not 1900 <= year <= 2200:
        raise fields.error(N_("{subject}: “{field}” must be a year."), "year")
    return Target(
        indicator=code,
        value=float(value),
        year=year or None,
        text=fields.local("text") if "text" in fields.table else None,
    )


def text(fields: Fields) -> tuple[str, LocalText]:
    """Key and words of a ``[[text]]`` block."""
    fields.only(_TEXT_FIELDS)
    key = fields.string("key")
    if NATIONAL_TEXT.fullmatch(key) is None:
        raise fields.error(N_("{subject}: the key of a national text begins with “n_”."), "key")
    return key, fields.local("text")
