"""What an office does to its numbers: suppress, leave out, mark, mistype."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sample_data.generator.cells import Row
from sample_data.generator.country import AREA, LAST, REGIONS, SCOPE_YEAR, SPLIT_YEAR, YEARS
from sample_data.generator.offices import Office

PLANTED = {
    ("pro_persons", "XV-08", "2012"): "170",
    ("cnv_persons", "XV-05", "2009"): "23",
}
"""Typing errors in regional totals; the national totals are right (T18, T19)."""

MISSING = {
    ("staff_trained", "XV-07", "2007"),
    ("staff_trained", "XV-07", "2008"),
    ("insp_scope", "XV-04", "2010"),
    ("n_agencies_licensed", "XV-03", "2009"),
    ("ref_accepted", "XV-12", "2006"),
    ("vic_assisted_state", "XV-13", "2006"),
    ("vic_geo_known", "XV-04", "2007"),
    ("cso_mou", "XV-05", "2005"),
}
"""Cells that never arrived; none of them carries a truth."""

SMALL_CUTS = ("XV-10", "XV-13")
SMALL_TOTALS = ("vic_presumed", "vic_presumed_id", "vic_assisted", "vic_assisted_state")
THRESHOLD = 5


def _is_suppressed(row: Row) -> bool:
    if row.status != "A" or not 0 < float(row.value) < THRESHOLD:
        return False
    if row.variable == "vic_detected":
        return bool(row.cut) and row.area in SMALL_CUTS
    return row.variable in SMALL_TOTALS and row.area == "XV-10"


def _flags(row: Row, office: Office) -> str:
    flags = set(row.flags)
    if office.provisional and row.period.startswith(str(LAST)):
        flags.add("P")
    if row.variable == "vic_detected" and row.period == str(SCOPE_YEAR) and not row.cut:
        flags.add("B")
    if row.variable in ("vic_detected", "pop_total"):
        flags |= {"B"} if (row.area, row.period) == ("XV-09", str(SPLIT_YEAR)) else set()
    if row.variable == "pop_risk":
        flags.add("E")
    small = {region.code for region in REGIONS if region.share < 0.05}
    if row.variable.startswith("kap_") and row.area in small:
        flags.add("U")
    return "".join(sorted(flags))


def marked(rows: Iterable[Row], office: Office) -> list[Row]:
    """The rows as the office sends them, sorted by area, cut and period."""
    result = []
    for row in rows:
        key = (row.variable, row.area, row.period)
        if not row.cut and not office.monthly and key in PLANTED:
            row = replace(row, value=PLANTED[key])
        if not row.cut and key in MISSING:
            row = replace(row, value="..", status="M")
        if _is_suppressed(row):
            row = replace(row, value=f"<{THRESHOLD}", status="S")
        result.append(replace(row, flags=_flags(row, office)))
    return sorted(result, key=Row.key)


def not_counted() -> list[Row]:
    """Forced criminality before it was counted: not applicable, for the nation."""
    return [
        Row(
            variable="vic_detected",
            area=AREA,
            period=str(year),
            cut=(("FORM", "CRM"),),
            value="n/a",
            status="X",
        )
        for year in YEARS
        if year < SCOPE_YEAR
    ]
