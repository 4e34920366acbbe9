"""Write the dirty files, their clean twins and expectations: what offices really send."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from sample_data.generator import (
    dirty_books,
    dirty_damage,
    dirty_files,
    dirty_formats,
    dirty_layout,
    dirty_meaning,
)
from sample_data.generator.cells import Row
from sample_data.generator.dirty_base import Spoiled, expectation_text, read_rows, twin_text

FOLDER = "dirty"
_STORED = Path(__file__).parents[1] / "valdoria" / FOLDER


def _spoiled(folder: Path) -> tuple[Spoiled, ...]:
    """Every dirty file, made from the clean files of a folder."""
    nrm, finance, police, social, courts, labour, prosecution, people, monthly, first, second = (
        read_rows(folder / f"{name}.csv")
        for name in (
            "referral_mechanism", "ministry_of_finance", "police", "social_services", "courts",
            "labour_inspectorate", "prosecution", "statistics_office", "police_monthly",
            "vintages/release_2025-03", "vintages/release_2025-09",
        )
    )  # fmt: skip
    by_variable: Mapping[str, Sequence[Row]] = {
        "insp_risk": labour, "vic_assisted": social, "inv_opened": police,
        "pro_persons": prosecution,
    }  # fmt: skip
    slice_ = dirty_formats.shared(nrm)
    return (
        dirty_layout.d01(finance),
        dirty_layout.d02(police),
        dirty_layout.d03(social),
        dirty_layout.d04(courts),
        dirty_books.d05(by_variable),
        dirty_books.d06(nrm),
        dirty_books.d07(nrm),
        dirty_layout.d08(nrm),
        dirty_layout.d09(labour),
        dirty_meaning.d10(nrm),
        dirty_meaning.d11(finance),
        dirty_meaning.d12(monthly),
        dirty_meaning.d13(first, second),
        dirty_meaning.d14(nrm, people),
        dirty_meaning.d15(police),
        dirty_meaning.d16(_cases(folder / "cases_2018_2024.csv")),
        dirty_formats.d17(slice_),
        dirty_formats.d18(slice_),
        *dirty_formats.d19(slice_),
        dirty_formats.d20(slice_),
        dirty_files.d21(slice_),
        dirty_files.d22(slice_),
        dirty_files.d23(slice_),
        dirty_files.d24(slice_),
        dirty_damage.d25(labour),
        dirty_damage.d26(prosecution),
        dirty_damage.d27(nrm, people),
        dirty_damage.d28(nrm),
        dirty_damage.d29(nrm),
        dirty_books.d30(monthly),
    )


def _cases(path: Path) -> list[dict[str, str]]:
    """The case records under their first line, a note."""
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


def write_dirty(folder: Path) -> None:
    """Write the folder ``dirty`` beside the clean files it is made from.

    Args:
        folder: holds the clean deliveries.
    """
    out = folder / FOLDER
    out.mkdir(parents=True, exist_ok=True)
    for spoiled in _spoiled(folder):
        target, stored = out / spoiled.name, _STORED / spoiled.name
        if spoiled.content:
            target.write_bytes(spoiled.content)
        elif target.resolve() != stored.resolve():
            shutil.copyfile(stored, target)
        texts = {
            spoiled.twin_name: twin_text(spoiled.clean, spoiled.units),
            f"{spoiled.stem}.expected.json": expectation_text(spoiled),
            **spoiled.further,
        }
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
