"""SVG to PNG and PDF: the only Qt below the window, imported when a picture is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from indicators.errors import N_
from workbench.errors import WorkbenchError
from workbench.exporting.svg.parts import FONT_LIST
from workbench.presenting.font_table import FAMILY, FILES

DPI = 300
UNITS_PER_INCH = 96.0


def png_bytes(svg: str, *, dpi: int = DPI) -> bytes:
    """The SVG as a PNG picture on white.

    Raises:
        WorkbenchError: the text is not a picture.
    """
    _prepare()
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter, QPainter

    picture = _renderer(svg)
    size = picture.defaultSize() * (dpi / UNITS_PER_INCH)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    picture.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def pdf_bytes(pictures: Sequence[str], *, title: str = "") -> bytes:
    """SVG texts as a PDF, one page each, of the size of the picture; text stays text.

    Dates and identifier are those of Qt; the report writer replaces them with the release's.

    Raises:
        WorkbenchError: a text is not a picture.
    """
    _prepare()
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("TIP Workbench")
    painter: Any = None
    for svg in pictures:
        picture = _renderer(svg)
        size = QSizeF(picture.defaultSize()) * (72.0 / UNITS_PER_INCH)
        page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        orientation = QPageLayout.Orientation.Portrait
        writer.setPageLayout(QPageLayout(page, orientation, QMarginsF(0, 0, 0, 0)))
        if painter is None:
            painter = QPainter(writer)
        else:
            writer.newPage()
        picture.render(painter)
    if painter is not None:
        painter.end()
    return bytes(buffer.data().data())


def _renderer(svg: str) -> Any:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    # Qt takes a list of families for the name of one and falls back to the system's font
    text = svg.replace(f'font-family="{FONT_LIST}"', f'font-family="{FAMILY}"')
    renderer = QSvgRenderer(QByteArray(text.encode("utf-8")))
    if not renderer.isValid():
        raise WorkbenchError(N_("The picture cannot be drawn."), N_("Its description is damaged."))
    return renderer


_application: Any = None


def _prepare() -> None:
    """Make sure that Qt runs, without a screen, and knows the bundled font."""
    global _application  # Qt ends when its application object is collected
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication  # noqa: TID251 - a later window needs this class

    if QApplication.instance() is None:
        platform = [] if "QT_QPA_PLATFORM" in os.environ else ["-platform", "offscreen"]
        _application = QApplication(["tip-workbench", *platform])
    if FAMILY not in QFontDatabase.families():
        for path in FILES.values():
            QFontDatabase.addApplicationFont(str(path))
