"""Numbers and short sentences as the reader sees them; called in workers and in views."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.model.definition import Indicator
    from indicators.model.results import IndicatorValue
    from workbench.services.observations import ObservationRow


def indicator_number(value: float | None, indicator: Indicator) -> str:
    """A value of an indicator: percents with one decimal, counts whole."""
    from workbench.i18n import number

    if value is None:
        return ""
    if indicator.unit == "%":
        return number(value, 1)
    return number(value)


def value_text(value: IndicatorValue, indicator: Indicator) -> str:
    """A value with its unit, or why there is none."""
    from workbench.i18n import _, note_text, number, with_unit

    if value.value is not None:
        unit = "%" if indicator.unit == "%" else ""
        return with_unit(indicator_number(value.value, indicator), unit)
    if value.low is not None and value.high is not None:
        low, high = number(value.low), number(value.high)
        return _("between {low} and {high}").format(low=low, high=high)
    return note_text(value.reason) if value.reason is not None else _("no value")


def observation_text(row: ObservationRow) -> str:
    """A value of an input: the number, the range of a hidden one, or words."""
    from indicators.model.codes import Status
    from workbench.i18n import _, number

    if row.value is not None:
        return number(row.value)
    if row.status is Status.S and row.low is not None and row.high is not None:
        return _("between {low} and {high}").format(low=number(row.low), high=number(row.high))
    return _("no value")


def state_words(row: ObservationRow, *, corrected: bool = False) -> str:
    """What kind of cell it is."""
    from indicators.model.codes import Flags, Status
    from workbench.i18n import _, message, number

    if row.status is Status.S:
        low, high = row.low, row.high
        if low is None or high is None:
            return _("hidden by the source")
        return message("hidden, {low} to {high}", {"low": number(low), "high": number(high)})
    if row.status is Status.M:
        return _("not available")
    if row.status is Status.X:
        return _("not applicable")
    if corrected:
        return _("corrected")
    if Flags.P in row.flags:
        return _("provisional")
    if Flags.E in row.flags or Flags.I in row.flags:
        return _("estimated by the source")
    return _("as in the file") if row.file else _("typed")


def state_icon(row: ObservationRow, *, corrected: bool = False) -> tuple[str, str]:
    """Drawing and colour token of the state."""
    from indicators.model.codes import Flags, Status

    if row.status is Status.S:
        return "hide", "ink-2"
    if row.status in (Status.M, Status.X):
        return "x", "ink-3"
    if corrected:
        return "undo", "accent"
    return ("cal", "ink-2") if Flags.P in row.flags else ("check", "ink-2")


def time_text(stamp: str) -> str:
    """A stored time as day, hour and minute."""
    from datetime import datetime

    from workbench.i18n import date_text

    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{date_text(when.date())}, {when:%H:%M}"


def grid_value(row: ObservationRow) -> tuple[str, bool]:
    """A value for a table cell, and whether it is a number."""
    from indicators.model.codes import Status
    from workbench.i18n import _, number

    if row.value is not None:
        return number(row.value), True
    if row.status is Status.S and row.low is not None and row.high is not None:
        return f"{number(row.low)}–{number(row.high)}", True
    return _("no value"), False


def number_typed(text: str) -> float | None:
    """A number as typed, with point or comma for decimals and no grouping; None when it is none."""
    cleaned = text.strip().replace("−", "-").replace(",", ".")
    try:
        value = float(cleaned)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def tip_text(text: str) -> str:
    """A text for a tooltip: Qt would read one with signs of markup as markup."""
    if "<" not in text:
        return text
    from html import escape

    return f"<qt>{escape(text)}</qt>".replace("\n", "<br/>")
