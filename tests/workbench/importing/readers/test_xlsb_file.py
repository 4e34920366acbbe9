"""Binary Excel workbooks."""

import struct
import zipfile
from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    """One record of the format: kind and length in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: float | str) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(6, place + wide(value))
    return record(5, place + struct.pack("<d", value))


def book(path: Path, rows: list[list[float | str]]) -> Path:
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows), 0, 9)) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", number) + b"\0" * 13)
        sheet += b"".join(cell(column, value) for column, value in enumerate(row))
    sheet += record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Datos"))
    workbook = record(131) + record(143) + bundle + record(144) + record(132)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
        "</Relationships>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_cells_become_texts(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["área", "value"], ["A", 1.234], ["B", 12]])

    file = open_raw(path)

    assert (file.format, file.tables[0].name) == ("xlsb", "Datos")
    assert list(file.tables[0].rows()) == [
        ["área", "value"],
        ["A", MACHINE_MARK + "1.234"],
        ["B", "12"],
    ]


def test_a_cut_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsb", [["a", 1]])
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(UserFileError):
        open_raw(path)


def test_a_far_cell_ends_only_its_reader(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsb", [["a", 1]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = record(0, struct.pack("<I", 1_048_575) + b"\0" * 13) + cell(16_383, 1.0)
    name = "xl/worksheets/sheet1.bin"
    parts[name] = parts[name].replace(record(146), far + record(146))
    with zipfile.ZipFile(path, "w") as archive:
        for own, data in parts.items():
            archive.writestr(own, data)

    with pytest.raises(UserFileError):
        list(open_raw(path).tables[0].rows())
