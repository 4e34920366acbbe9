"""Pictures and PDF from SVG."""

from __future__ import annotations

import io

import pypdf
import pytest
from PySide6.QtGui import QImage

from tests.workbench.presenting import charts as c
from workbench.errors import WorkbenchError
from workbench.exporting import rendering
from workbench.exporting.svg.chart import write

pytestmark = pytest.mark.usefixtures("qapp")


def _image(data: bytes) -> QImage:
    image = QImage()
    assert image.loadFromData(data)
    return image


def test_a_picture_has_the_size_of_the_paper_at_300_dots_an_inch() -> None:
    image = _image(rendering.png_bytes(write(c.rising_chart())))

    assert abs(image.width() - 605 * 300 / 96) <= 1
    assert abs(image.height() - 378 * 300 / 96) <= 1
    assert image.dotsPerMeterX() == 11811


def test_the_picture_shows_marks_and_bundled_font() -> None:
    svg = write(c.rising_chart())
    image = _image(rendering.png_bytes(svg, dpi=96))
    other = _image(rendering.png_bytes(svg.replace("Workbench Sans, ", "", 1), dpi=96))

    colours = {image.pixelColor(x, y).name() for x in range(0, 605, 2) for y in range(0, 378, 2)}
    assert "#d55e00" in colours
    assert image != other  # another family would be drawn otherwise


def test_the_same_svg_gives_the_same_picture() -> None:
    svg = write(c.impact_chart())

    assert rendering.png_bytes(svg, dpi=96) == rendering.png_bytes(svg, dpi=96)


def test_pdf_keeps_words_as_words_one_page_a_picture() -> None:
    data = rendering.pdf_bytes([write(c.rising_chart()), write(c.shares_chart())], title="Report")

    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert len(pdf.pages) == 2
    assert float(pdf.pages[0].mediabox.width) == pytest.approx(605 * 0.75, abs=1)
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Persons convicted for forced labour rose" in first
    assert "Conviction rate of cases decided" in second


def test_something_else_is_refused_in_words() -> None:
    with pytest.raises(WorkbenchError, match="cannot be drawn"):
        rendering.png_bytes("no picture")
