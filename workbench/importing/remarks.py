"""Remarks on a whole import: what was left out, ranges, marks, new codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from indicators.model.codes import Missing, Status
from workbench.importing.doubts import magnitude_of
from workbench.importing.gather import MAX_LISTED, Gathered
from workbench.importing.issues import ISSUES
from workbench.importing.joined import Joined
from workbench.importing.names import visible
from workbench.importing.remark_texts import listed
from workbench.importing.report import Remark, SetAside

DASHES = ("-", "–", "—", "−")
_WORDS_ONLY = ("stray_text", "blank_area", "blank_period", "not_a_period", "blank_variable")
"""Why a row without numbers is left out."""


def remarks_of(
    data: Gathered | Joined,
    checked: Mapping[str, int],
    set_aside: Sequence[SetAside],
    missing: Mapping[str, int],
    censored: int,
) -> tuple[Remark, ...]:
    """All remarks on what was read, in the order of ``ISSUES``.

    Args:
        data: what was read.
        checked: how often each kind was found after reading.
        set_aside: what was left out, in order of rows.
        missing: cells by kind of missing.
        censored: cells given as a range.
    """
    found = [
        *_left_out(data, checked, set_aside),
        *_cells(data, missing, censored),
        *_codes(data),
    ]
    order = {name: place for place, name in enumerate(ISSUES.names)}
    return tuple(sorted(found, key=lambda remark: order[remark.code]))


def _left_out(
    data: Gathered | Joined, checked: Mapping[str, int], set_aside: Sequence[SetAside]
) -> list[Remark]:
    counts = Counter(data.fault_counts) + Counter(checked)
    first: dict[str, SetAside] = {}
    for entry in set_aside:
        first.setdefault(entry.code, entry)
    remarks = [
        Remark(
            code=code,
            count=count,
            data={
                "row": first[code].row if code in first else 0,
                "value": first[code].value if code in first else "",
                "width": data.plan.width,
            },
        )
        for code, count in counts.items()
        if count > 0
    ]
    if sum(counts.values()) > MAX_LISTED:
        remarks.append(Remark(code="left_out_uncounted", data={"limit": MAX_LISTED}))
    return remarks


def _cells(data: Gathered | Joined, missing: Mapping[str, int], censored: int) -> list[Remark]:
    cells = data.cells
    remarks = []
    if censored:
        example = next(
            (text for number, text in cells.texts.items() if cells.status[number] == Status.S),
            "<5",
        )
        remarks.append(Remark(code="censored", count=censored, data={"value": example}))
    confidential = missing.get(Missing.CONFIDENTIAL.value, 0)
    if confidential:
        remarks.append(Remark(code="confidential", count=confidential))
    return [*remarks, *_marks(data), *_footnotes(data), *_ways(data)]


def _footnotes(data: Gathered | Joined) -> list[Remark]:
    """How many numbers had a footnote or letter beside them."""
    marks = data.cells.marks
    if not marks:
        return []
    used = Counter(data.cell)
    counts: Counter[str] = Counter()
    for number, mark in marks.items():
        counts[mark] += used[number]
    values = listed(f"{mark} ({count})" for mark, count in sorted(counts.items()))
    return [Remark(code="footnote_marks", count=sum(counts.values()), data={"values": values})]


def _ways(data: Gathered | Joined) -> list[Remark]:
    """What the recipe did to the numbers beyond reading them."""
    recipe = data.plan.recipe
    remarks = []
    if data.is_cases:
        remarks.append(Remark(code="counted_cases", count=data.case_rows))
    if recipe.scale != 1:
        remarks.append(Remark(code="magnitude_applied", data={"values": str(recipe.scale)}))
    scales = {scale for reader in data.readers for scale in reader.memo.scales}
    if scales - {1}:
        values = ", ".join(map(str, sorted(scales - {1})))
        remarks.append(Remark(code="magnitude_applied", data={"values": values}))
    if recipe.by_unit:
        remarks.append(Remark(code="units_parted", data={"values": listed(recipe.by_unit)}))
    if recipe.reading.repair:
        remarks.append(Remark(code="letters_repaired"))
    filled = [column.name for column in recipe.columns if column.fill]
    if filled:
        remarks.append(Remark(code="labels_repeated", data={"values": ", ".join(filled)}))
    inside = _magnitudes_inside(data)
    if inside:
        fields = {"value": visible(inside[0])}
        remarks.append(Remark(code="magnitude_inside", count=len(inside), data=fields))
    editions = sorted({key.edition for key in data.finder.series if key.edition})
    if editions:
        fields = {"values": ", ".join(editions)}
        remarks.append(Remark(code="editions", count=len(editions), data=fields))
    return remarks


def _magnitudes_inside(data: Gathered | Joined) -> list[str]:
    """Words such as “(thousands)” in rows among the data, which say another unit from there on."""
    return [
        cell.strip()
        for part in data.parts
        for number, row, fault in part.odd
        if fault.code in _WORDS_ONLY and number < part.last_good_row
        for cell in row
        if cell and magnitude_of(cell) > 1
    ]


def _marks(data: Gathered | Joined) -> list[Remark]:
    """How often marks stand for no value; a dash is a doubt of its own."""
    cells = data.cells
    counts: Counter[str] = Counter()
    numbers = [
        number
        for number, text in cells.texts.items()
        if text and cells.missing[number] == Missing.NOT_AVAILABLE.value
    ]
    used: Counter[int] = Counter(data.cell) if numbers else Counter()
    for number in numbers:
        counts[cells.texts[number]] += used[number]
    dashes = sum(counts.pop(dash, 0) for dash in DASHES)
    remarks = [Remark(code="dash_marks", count=dashes)] if dashes else []
    total = sum(counts.values())
    if total:
        fields = {"values": listed(sorted(counts))}
        remarks.append(Remark(code="missing_marks", count=total, data=fields))
    return remarks


def _told(text: str, code: str) -> str:
    return code if text == code else f"{text} → {code}"


def _codes(data: Gathered | Joined) -> list[Remark]:
    finder = data.finder
    header = data.plan.header.names
    groups = (
        ("hidden_characters", list(finder.hidden)),
        ("new_variable", [f"{text} → {code}" for code, text in finder.new_variables.items()]),
        ("unconfirmed_label", list(finder.unconfirmed)),
        ("new_area", [_told(text, code) for code, text in finder.new_areas.items()]),
        ("group_areas", list(finder.aggregates)),
        ("new_category", list(finder.new_categories)),
        ("matched_area", [f"{text} → {code}" for text, code in finder.matched_areas.items()]),
        ("ignored_column", [header[index] for index in data.plan.ignored]),
    )
    remarks = [
        Remark(code=code, count=len(values), data={"values": listed(values)})
        for code, values in groups
        if values
    ]
    if data.footer_rows:
        remarks.append(Remark(code="footer", count=len(data.footer_rows)))
    return remarks
