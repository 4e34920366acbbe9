"""The report of the tour as a document: findings in plain words, charts, one table of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.codes import Pillar
from indicators.model.results import IndicatorSeries, IndicatorValue
from workbench import i18n
from workbench.exporting.document import Badge, Block, Document, Heading, Paragraph, words_blocks
from workbench.i18n import _
from workbench.presenting import naming, tables
from workbench.presenting.frame import ROLES, range_text, value_text
from workbench.presenting.sentences import Words
from workbench.presenting.spec import Alignment, Chart, Column, Table
from workbench.services.packs import Catalogue, catalogue

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

PILLAR_NAMES = {
    Pillar.PREVENTION: N_("Prevention"),
    Pillar.PROTECTION: N_("Protection"),
    Pillar.PROSECUTION: N_("Prosecution"),
    Pillar.CROSS_CUTTING: N_("Cross-cutting"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One picture of the report with what it says.

    Attributes:
        kind: ``trend``, ``impact`` or ``indicator``.
        code: indicator or input code.
        name: label of the series, with the event for impacts.
        pillar: section it stands in.
        chart: the picture.
        words: what it says; None where nothing is claimed.
        event: id of the event looked at, for impacts.
        refused: the data could not answer.
    """

    kind: str
    code: str
    name: str
    pillar: Pillar
    chart: Chart
    words: Words | None = None
    event: str = ""
    refused: bool = False


def report(
    ws: Workspace, computed: Sequence[IndicatorSeries], findings: Sequence[Finding]
) -> Document:
    """The whole report in the language in force."""
    blocks: list[Block] = []
    impacts = [finding for finding in findings if finding.kind == "impact"]
    others = [finding for finding in findings if finding.kind != "impact"]
    if impacts:
        blocks.append(Heading(text=_("Before and after events")))
        blocks.append(Paragraph(text=_(IMPACT_LEAD)))
        for finding in impacts:
            blocks += _finding(finding)
    for pillar in Pillar:
        section = [finding for finding in others if finding.pillar is pillar]
        if section:
            blocks.append(Heading(text=_(PILLAR_NAMES[pillar])))
            for finding in section:
                blocks += _finding(finding)
    blocks.append(Heading(text=_("All indicators, newest value")))
    blocks.append(results_table(computed, catalogue(ws)))
    return Document(
        title=i18n.message(N_("{country}: what the numbers say"), {"country": ws.settings.title}),
        lead=_(LEAD),
        blocks=tuple(blocks),
        language=i18n.language(),
        publisher="TIP Workbench",
        edition=_("Tour of the sample country"),
        foot=_("Invented data. The same numbers come from the window and the command line."),
        watermark=_("FICTITIOUS DATA") if ws.settings.fictitious else "",
    )


LEAD = N_(
    "Every value below was read from a file of an invented office, kept with the cell it came "
    "from, and computed with its range. Where the data cannot answer, the text says so. More "
    "detected victims can mean more trafficking, or better detection."
)
IMPACT_LEAD = N_(
    "Each picture compares the values after an event with where the series was heading. Other "
    "things changed in the same years; none of this shows a cause."
)


def _finding(finding: Finding) -> list[Block]:
    pillar = Badge(text=_(PILLAR_NAMES[finding.pillar]), role=ROLES[finding.pillar])
    badges = (pillar, Badge(text=finding.code)) if is_indicator(finding.code) else (pillar,)
    blocks: list[Block] = [Heading(text=finding.name, level=3, badges=badges)]
    if finding.words is not None:
        blocks += words_blocks(finding.words)
    return [*blocks, finding.chart]


def is_indicator(code: str) -> bool:
    """Whether a code is one of the catalogue, which is worth printing."""
    return "-" in code


def results_table(computed: Sequence[IndicatorSeries], known: Catalogue) -> Table:
    """Newest value of each indicator with range, counts and how to read it."""
    columns = (
        Column(id="code", title=_("Code")),
        Column(id="name", title=_("Indicator")),
        Column(id="period", title=_("Year")),
        Column(id="value", title=_("Value"), align=Alignment.RIGHT),
        Column(id="range", title=_("Range"), align=Alignment.RIGHT),
        Column(id="above", title=_("Above the line"), align=Alignment.RIGHT),
        Column(id="below", title=_("Below the line"), align=Alignment.RIGHT),
    )
    rows = tuple(_row(series, known) for series in computed)
    notes = (
        _(
            "Ranges hold the true value in 95 of 100 such cases; they cover chance, not undercount."
        ),
    )
    return Table(title="", columns=columns, rows=rows, notes=notes)


def _row(series: IndicatorSeries, known: Catalogue) -> tuple[str, ...]:
    entry = known.indicators[series.code]
    unit = "%" if entry.unit == "%" else naming.unit_text(entry.unit, known)
    newest = newest_value(series)
    head = (series.code, i18n.local(entry.name))
    if newest is None or newest.value is None:
        reason = next((value.reason for value in reversed(series.values) if value.reason), None)
        return (*head, "", i18n.note_text(reason) if reason else _("no value"), "", "", "")
    few = tables.has_few(newest)
    written = i18n.with_unit(value_text(newest.value, entry.unit, few=few), unit)
    limits = ""
    if newest.low is not None and newest.high is not None:
        limits = range_text(newest.low, newest.high, entry.unit, few=few)
    counts = (
        i18n.number(count) if count is not None else ""
        for count in (newest.numerator, newest.denominator)
    )
    return (*head, i18n.period_text(newest.period), written, limits, *counts)


def newest_value(series: IndicatorSeries) -> IndicatorValue | None:
    """The last value there is, or None."""
    return next((value for value in reversed(series.values) if value.value is not None), None)
