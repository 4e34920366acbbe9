"""Workbooks of Excel 1997 to 2003."""

import base64
import zlib
from pathlib import Path

import pytest

from workbench.errors import UserFileError
from workbench.importing.numbers import MACHINE_MARK
from workbench.importing.readers import open_raw

BOOK = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izjX?|$_YAUos8wy74&p|{`v0YoNJz1(3iwK&U9JEbRVl2diR%?!e;7RdPs0Tr+g7||Xdh0="
        "`=s^&Kq#iwq3Le_5Z{BW9T2pACRwDZ?^JeDFyf<&>z4_UFJ0HkRKWxrp1$tmZL3g39j3+3$iWNVoUDsu?m^&"
        "%y7HSGECpogtj^~~?4(UVb?>rPdP+t=T7AT#-I0lo6SZD*$$2LTSw4qz56nhG8Q}UvT?P_3pn&~E{_qp#2rU"
        "#gFjcGUa&57ff*9P17m~lL;v~io4sK67J`N*7|XvCb1<4f0t(btaN)S1XwjWx8W^_T&<bRd?9rDWZQJ8%OTL"
        "RUQA6^-T)BzMo?haLjH7uWTxkj39vz5wxmF6TQ|;XBEREBQAR6_|v6O2}Z&!h^6XTkJR(Nhi-q#=bg((H|dA"
        "XBN@H%UmYvm`}wblx1R(lpUCejGd2BDD_h6qXn^lw_EP|yi53(?GhedJM~1P@Nqf7E67hqF5dn6?(oQvc9J="
        "hd@>m4$5v@9bX=AaB<$rDwwF#Epq(W;m|kJ6Te#fJG)V72d3dPNEF7BRK3BOlOylfgyw|psmA6wl`{l^fmh5"
        "M32bE_B@)v@$AGB$-(RmgndHGDCQ*?@3Hzl5F#ax&>%_pW!f9yI=#c$fKn}?(iOLCnN0!)pXoE`DIrkHajr9"
        "}m4!P0U*E-G%eE`YPG)Q{#%u=McWM{^S|ziCo~QbB{l8dOt*;hjV)%r>dPZjNtb>q^qHzm0d;g?kEmlm<MO%"
        "4kn5Vf|tPtHwkLwH6aRXQ(u17A#n>V8Ma~3;!O1Z==TDTjg&A<0j`Y|LZJKDp<cs{#zVHlAbhuQuZT3c?y}T"
        ";%77LqNq!(QKtC6P~sSkp28?b*pAVv<CkvYqWpc<Ea+dqB~<PBg=*~l%j5q7cufg3"
    )
)
"""Sheet "Datos" with a header, two rows and a date; an empty sheet "Empty"."""


def all_rows(path: Path) -> list[list[list[str]]]:
    return [list(table.rows()) for table in open_raw(path).tables]


def test_cells_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(BOOK)

    file = open_raw(path)

    assert file.format == "xls"
    assert [(table.name, table.index) for table in file.tables] == [("Datos", 1), ("Empty", 2)]
    assert list(file.tables[0].rows()) == [
        ["área", "year", "value"],
        ["A", "2010", MACHINE_MARK + "1.234"],
        ["B", "2011", "<5"],
        ["2020-01-02", "", ""],
    ]
    assert list(file.tables[1].rows()) == []


@pytest.mark.parametrize("length", [520, 1024, 3000, 4600])
def test_a_cut_workbook(tmp_path: Path, length: int) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(BOOK[:length])

    with pytest.raises(UserFileError):
        all_rows(path)


def test_flipped_bytes_never_end_the_program(tmp_path: Path) -> None:
    path = tmp_path / "book.xls"
    for place in range(60, len(BOOK), 611):
        data = bytearray(BOOK)
        data[place : place + 4] = b"\xff\xff\xff\x7f"
        path.write_bytes(data)
        try:
            all_rows(path)
        except UserFileError:
            continue


def test_a_protected_package_is_left_to_its_refusal(tmp_path: Path) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(BOOK + "EncryptedPackage".encode("utf-16-le"))

    with pytest.raises(UserFileError, match="password"):
        open_raw(path)
