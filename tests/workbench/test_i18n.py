"""Words, numbers and dates in four languages, and the tool that keeps the catalogues complete."""

from __future__ import annotations

import datetime
import errno
import gettext
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.errors import Note, TipError
from indicators.model.definition import LocalText
from indicators.model.period import Period
from indicators.model.results import Refusal
from tests import translations
from workbench import i18n

NBSP = "\u00a0"
NARROW = "\u202f"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("country", "thousand", "negative"),
    [
        ("es_MX", "1,234.5", "−0.25"),
        ("es_AR", "1.234,5", "−0,25"),
        ("fr_CA", f"1{NBSP}234,5", "−0,25"),
        ("fr_HT", f"1{NARROW}234,5", "−0,25"),
        ("pt_BR", "1.234,5", "−0,25"),
        ("es-MX", "1,234.5", "−0.25"),
        ("zz_ZZ", "1,234.5", "−0.25"),
    ],
)
def test_numbers_follow_the_country_not_the_language(
    country: str, thousand: str, negative: str
) -> None:
    i18n.use("en", country)

    assert i18n.number(1234.5) == thousand
    assert i18n.number(-0.25) == negative


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (31.0, None, "31"),
        (36.94, None, "36.9"),
        (3.456, None, "3.46"),
        (0.01234, None, "0.012"),
        (12345678, None, "12,345,678"),
        (2.0, 1, "2.0"),
        (-0.04, 1, "0.0"),
        (float("nan"), None, "–"),
    ],
)
def test_numbers_are_rounded_for_reading(value: float, decimals: int | None, text: str) -> None:
    assert i18n.number(value, decimals) == text


def test_percent_keeps_number_and_sign_together() -> None:
    assert i18n.percent(12.5) == f"12.5{NARROW}%"


def test_message_writes_numbers_for_the_reader_but_never_groups_a_year_or_a_row() -> None:
    i18n.use("es", "es_AR")

    text = i18n.message(
        "Row {row} of {n}: {share:.1f}, {year}, {period}, {areas}",
        {
            "row": 1234,
            "n": 12345,
            "share": 2.25,
            "year": 2013,
            "period": Period.parse("2023/2024"),
            "areas": ("Norte", "Sur"),
        },
    )

    assert text == "Row 1234 of 12.345: 2,2, 2013, 2023–2024, Norte, Sur"


def test_message_never_evaluates_what_data_says_and_marks_control_characters() -> None:
    text = i18n.message("Column “{name}”", {"name": "{row}\x1b[2J\u202e<b>"})

    assert text == "Column “{row}␛[2J\ufffd<b>”"


def test_a_field_without_value_stays_visible() -> None:
    assert i18n.message("{a} and {b}", {"a": 1}) == "1 and {b}"


def test_local_text_follows_the_language_and_falls_back_to_english() -> None:
    text = LocalText(en="Rate", es="Tasa", pt="Taxa", fr="Taux")

    seen = []
    for language in ("en", "es", "pt", "fr", "qps", "xx"):
        i18n.use(language)
        seen.append(i18n.local(text))
    i18n.use("fr")

    assert seen == ["Rate", "Tasa", "Taxa", "Taux", "Rate", "Rate"]
    assert i18n.local({"en": "Law", "es": "Ley"}) == "Law"
    assert i18n.message("{name}", {"name": text}) == "Taux"


@pytest.mark.parametrize(
    ("language", "written", "text", "short"),
    [
        ("en", "2024-05", "May 2024", f"May{NBSP}2024"),
        ("es", "2024-05", "mayo de 2024", f"may{NBSP}2024"),
        ("pt", "2024-02", "fevereiro de 2024", f"fev.{NBSP}de{NBSP}2024"),
        ("fr", "2024-08", "août 2024", f"août{NBSP}2024"),
        ("en", "2024-S2", "second half of 2024", f"S2{NBSP}2024"),
        ("en", "2024-Q4", "fourth quarter of 2024", f"Q4{NBSP}2024"),
        ("en", "2023/2024", "2023–2024", "2023–2024"),
        ("en", "2024", "2024", "2024"),
    ],
)
def test_periods_in_words(language: str, written: str, text: str, short: str) -> None:
    i18n.use(language)
    period = Period.parse(written)

    assert i18n.period_text(period) == text
    assert i18n.period_text(period, short=True).replace(" ", NBSP) == short


def test_every_period_part_can_be_written() -> None:
    for part in (0, *range(2, 10), 21, 22, *range(31, 35), *range(41, 53), *range(61, 73)):
        text = i18n.period_text(Period(202400 + part))

        assert "2024" in text
        assert "{" not in text


def test_month_names_follow_the_language_when_the_country_speaks_another() -> None:
    i18n.use("fr", "es_MX")

    assert i18n.date_text(datetime.date(2011, 1, 5)) == "5 janvier 2011"


def test_refusals_notes_and_errors_become_sentences() -> None:
    refusal = Refusal(
        code="x", text="Only {found} years in {area}; {needed} needed.", found=7, needed=12.0,
        data={"area": "Norte"},
    )  # fmt: skip
    note = Note(code="n", text="Fewer than {n} persons.", data={"n": 20})
    error = TipError("File {name}.", "", "Look at line {line}.", name="a.csv", line=1200)

    assert i18n.refusal_text(refusal) == "Only 7 years in Norte; 12 needed."
    assert i18n.note_text(note) == "Fewer than 20 persons."
    assert i18n.error_text(error) == ("File a.csv.", "", "Look at line 1200.")


def test_another_language_inside_a_block_leaves_the_process_alone() -> None:
    i18n.use("en")

    with i18n.using("es", "es_AR"):
        inside = (i18n.language(), i18n.number(1234.5))

    assert inside == ("es", "1.234,5")
    assert (i18n.language(), i18n.number(1234.5)) == ("en", "1,234.5")


def test_pseudo_language_is_longer_and_keeps_the_fields() -> None:
    i18n.use("qps")

    text = i18n.message("Import {n} rows", {"n": 830})

    assert len(text) >= 1.4 * len("Import 830 rows")
    assert "830" in text


def test_counted_uses_the_plural_of_the_number() -> None:
    assert i18n.counted("{n} year", "{n} years", 1) == "1 year"
    assert i18n.counted("{n} year", "{n} years", 2) == "2 years"


@pytest.fixture
def project(tmp_path: Path) -> translations.Project:
    """A small program with two texts and one time rule."""
    for package in translations.PACKAGES:
        (tmp_path / package).mkdir()
    (tmp_path / "ui" / "a.py").write_text(
        '_("Open {name}")\nngettext("{n} row at 10 % a day", "{n} rows", 2)\n_(name)\n', "utf-8"
    )
    definitions = tmp_path / "indicators" / "definitions"
    definitions.mkdir()
    (definitions / "x.toml").write_text('[[indicator]]\ntime = "cohort"\n', "utf-8")
    return translations.Project(tmp_path)


def _translate(project: translations.Project, texts: translations.Texts) -> None:
    for language in translations.PLURALS:
        project.catalogue(language).write_bytes(translations.po_bytes(texts, language))
    translations.compile_all(project)


GOOD: translations.Texts = {
    ("Open {name}",): ("Abrir {name}",),
    ("{n} row at 10 % a day", "{n} rows"): ("{n} fila al 10 %", "{n} filas"),
    ("cohort",): ("cohorte",),
}


def test_extract_finds_every_marked_text_and_keeps_translations(
    project: translations.Project,
) -> None:
    translations.extract(project)
    first = project.catalogue("es").read_text("utf-8")
    _translate(project, {**GOOD, ("Gone",): ("Ido",)})
    translations.extract(project)

    assert set(translations.read_texts(project.template)) == set(GOOD)
    assert translations.read_texts(project.catalogue("es")) == GOOD
    assert "Date" not in first
    assert str(project.root) not in first
    assert "#" not in first


def test_compiled_catalogue_is_read_by_gettext(project: translations.Project) -> None:
    compiled = io.BytesIO(translations.mo_bytes(GOOD, "es"))

    catalogue = gettext.GNUTranslations(compiled)

    assert catalogue.gettext("Open {name}") == "Abrir {name}"
    assert catalogue.ngettext("{n} row at 10 % a day", "{n} rows", 5) == "{n} filas"
    assert catalogue.gettext("unknown") == "unknown"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({("Open {name}",): ("",)}, "not translated"),
        ({("Open {name}",): ("Abrir {nombre}",)}, "fields differ"),
        ({("Open {name}",): ("Abrir {name",)}, "a brace is open"),
        ({("{n} row at 10 % a day", "{n} rows"): ("{n} fila", "")}, "plural forms"),
        ({("Old",): ("Viejo",)}, "no longer used"),
    ],
)
def test_check_names_each_fault(
    project: translations.Project,
    change: translations.Texts,
    fault: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    translations.extract(project)
    _translate(project, {**GOOD, **change})

    code = translations.main(["check"], project)

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert len(lines) == 3  # one a language and nothing else
    assert all(fault in line for line in lines)


def test_check_sees_a_missing_text_and_an_old_compiled_file(
    project: translations.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    translations.extract(project)
    _translate(project, GOOD)
    assert translations.main(["check"], project) == 0
    (project.root / "ui" / "b.py").write_text('N_("New")', "utf-8")
    changed = {**GOOD, ("cohort",): ("la cohorte",)}
    project.catalogue("es").write_bytes(translations.po_bytes(changed, "es"))
    capsys.readouterr()

    code = translations.main(["check"], project)

    out = capsys.readouterr().out
    assert code == 1
    assert out.count("not in the catalogue: 'New'") == 3
    assert "es: workbench.mo is not up to date" in out


def test_what_is_not_translated_stays_english() -> None:
    texts: translations.Texts = {("A",): ("",), ("b", "bs"): ("", "")}

    catalogue = gettext.GNUTranslations(io.BytesIO(translations.mo_bytes(texts, "es")))

    assert catalogue.gettext("A") == "A"
    assert catalogue.ngettext("b", "bs", 2) == "bs"


def test_words_need_neither_babel_nor_numpy_to_start() -> None:
    program = (
        "import sys; from workbench import i18n; i18n.use('es'); i18n._('x');"
        "print(sorted({'babel', 'numpy', 'pandas'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert found.stdout.strip() == b"[]"


def test_reasons_of_the_system_are_told_in_the_language_in_force() -> None:
    missing = FileNotFoundError(errno.ENOENT, "No such file or directory")
    odd = OSError(9999, "something odd")

    with i18n.using("es"):
        assert i18n.system_reason(missing) == "no existe ese archivo o carpeta"
        assert i18n.system_reason(odd) == "something odd"
