"""Code pages of texts that do not tell their own: found when certain, else asked."""

from pathlib import Path

import pytest

from workbench.importing.code_pages import PAGES, letters_of, utf16_without_mark
from workbench.services import imports, observations
from workbench.services.workspace import create

SPANISH = (
    "región;año;sexo;valor\nÑuble;2015;niñas;12\nCórdoba;2015;niñas;13\nBogotá;2015;niños;9\n"
)
POLISH = "województwo;rok;płeć;wartość\nŁódzkie;2015;kobieta;12\nŚląskie;2015;mężczyzna;13\n"
RUSSIAN = "регион;год;значение\nМосква;2015;12\nТверская область;2015;13\n"
GREEK = "περιοχή;έτος;τιμή\nΑττική;2015;12\nΚρήτη;2015;13\n"


def write(folder: Path, text: str, encoding: str) -> Path:
    path = folder / "t.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "latin_1", "iso8859_15", "mac_roman", "cp850"])
def test_western_texts_are_certain(tmp_path: Path, encoding: str) -> None:
    found = letters_of(write(tmp_path, SPANISH, encoding))

    assert SPANISH.encode(encoding).decode(found.encoding) == SPANISH
    assert found.rivals == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (GREEK, "iso8859_7"),
        ("İstanbul;2015;ışık\nŞanlıurfa;2015;güneş\nMuğla;2015;ağaç\n", "cp1254"),
        ("cœur;œuvre;€ 5\nPays;2015;1\n", "iso8859_15"),
    ],
)
def test_other_texts_are_found_or_asked(tmp_path: Path, text: str, encoding: str) -> None:
    found = letters_of(write(tmp_path, text, encoding))

    readings = [text.encode(encoding).decode(page) for page, _ in found.rivals]
    assert text in [*readings, text.encode(encoding).decode(found.encoding)]
    if not readings:
        assert text.encode(encoding).decode(found.encoding) == text


def test_the_page_fits_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a;b\n" * 5_000 + "Ñuble\n".encode("cp1252") + b"\x81\n")

    assert path.read_bytes().decode(letters_of(path).encoding)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("area,año\n".encode("utf-16-le"), "utf-16-le"),
        ("area,año\n".encode("utf-16-be"), "utf-16-be"),
        (b"area,value\n", ""),
        (b"a\0b", ""),
        (b"", ""),
    ],
)
def test_utf16(head: bytes, encoding: str) -> None:
    assert utf16_without_mark(head) == encoding


def test_a_doubt_is_asked_and_the_answer_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "area;year;value\nþing;2015;1\nmað;2015;2\n", "cp1252")

    with create(tmp_path / "w.tipw", area="XVA") as ws:
        seen = imports.preview(path, ws=ws)
        question = next(q for q in seen.questions if q.code == "which_encoding")
        with pytest.raises(imports.OpenQuestions, match="decided first"):
            imports.accept(ws, path, variable="vic_detected")
        choices = question.data["choices"]
        recipe = imports.answer(seen, {"which_encoding": "cp1252"})
        imports.commit(ws, path, recipe)
        names = {name for area in observations.areas(ws) for name in area.names.values()}

    assert isinstance(choices, tuple)
    assert {"cp1252", "cp1254"} <= set(choices) <= set(PAGES)
    assert "þing" in str(question.data["values"])
    assert {"þing", "mað"} <= names
