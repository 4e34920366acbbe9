"""Files that leave the project: a chart as a picture, a document as a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import N_
from workbench.errors import UserFileError, WorkbenchError
from workbench.exporting.files import write_atomically
from workbench.exporting.writers import html_report, svg_chart
from workbench.i18n import _, system_reason

if TYPE_CHECKING:
    from workbench.exporting.document import Document
    from workbench.presenting.spec import Chart
    from workbench.services.workspace import Workspace

INTERNAL = N_("INTERNAL: not for publication")


class NotProtected(WorkbenchError):  # noqa: N818 - it is a state of the data, not a fault
    """Values that may not leave as public before they were protected."""


def write_chart(ws: Workspace, chart: Chart, path: Path, *, public: bool = False) -> Path:
    """Write a chart as SVG, PNG or PDF, told by the suffix.

    A chart of invented data (the project's and its own) is public. Any other carries the internal mark, because small counts
    in it were not protected.

    Raises:
        NotProtected: asked to be public, and the data are not invented.
        UserFileError: the suffix is no picture format, or the folder cannot be written.
    """
    invented = ws.settings.fictitious and chart.fictitious
    if public and not invented:
        raise NotProtected(
            N_("This chart cannot leave as public: its small counts were not protected."),
            hint=N_("Leave --public out; the chart then carries the internal mark."),
        )
    marked = chart if invented else replace(chart, watermark=_(INTERNAL))
    write(path, _picture(marked, path))
    return path


def _picture(chart: Chart, path: Path) -> str | bytes:
    svg = svg_chart.write(chart)
    match path.suffix.lower():
        case ".svg":
            return svg
        case ".png":
            from workbench.exporting.rendering import png_bytes

            return png_bytes(svg)
        case ".pdf":
            from workbench.exporting.rendering import pdf_bytes

            return pdf_bytes([svg], title=chart.title)
        case _:
            raise UserFileError(
                N_("“{name}” is no picture file."),
                hint=N_("End the name in .svg, .png or .pdf."),
                path=path,
            )


def write_report(document: Document, path: Path) -> Path:
    """Write a document as one HTML file.

    Raises:
        UserFileError: the folder cannot be written.
    """
    write(path, html_report.write(document))
    return path


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        UserFileError: the folder cannot be written.
    """
    try:
        write_atomically(path, content)
    except OSError as fault:
        raise UserFileError(
            N_("“{name}” cannot be written."),
            detail=N_("The system says: {reason}."),
            path=path,
            reason=system_reason(fault),
        ) from fault
