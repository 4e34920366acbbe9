"""The sample country from files to report, by the same services that a person uses."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.errors import C_, N_
from indicators.model.codes import Flags
from indicators.model.period import Period
from indicators.model.results import IndicatorSeries, Refusal
from workbench import i18n
from workbench.errors import UserFileError
from workbench.exporting.files import safe_name
from workbench.i18n import system_reason
from workbench.progress import SILENT, Progress
from workbench.services import history, imports, observations, reports, workspace
from workbench.services import indicators as indicator_service
from workbench.services.demo_report import Finding, report

if TYPE_CHECKING:
    from sample_data.valdoria import Delivery
    from workbench.services.workspace import Workspace

AUTHOR = "demo"
PROJECT = "demo.tipw"
RELEASES = "releases"
REPORT = "report.html"
CHARTS = "charts"
TRENDS = (
    "vic_detected", "PVL-01", "PRV-03", "PRV-06", "PRT-03", "PRT-04", "PRS-01", "PRS-05",
    "cnv_persons", "INT-04", "RES-02", "INF-01",
)  # fmt: skip
"""Series whose change the tour reads."""
IMPACTS = (
    ("inv_opened", "law_2011"),
    ("hot_relevant", "campaign_2015"),
    ("RES-03", "budget_2016"),
)
"""Series and event whose before and after the tour reads."""
PICTURES = ("PRT-02", "PRS-06", "COO-01", "RTS-01")
"""Indicators drawn with their ranges and without a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOutcome:
    """What the tour made.

    Attributes:
        folder: where it is.
        workspace, report: the project file and the report.
        charts: picture files.
        files, rows, values: deliveries imported, their rows, and the values in the project.
        computed: codes of the indicators computed.
        trends, impacts: how many were fitted, and how many of them were refused.
        refused: how many of both the data could not answer.
    """

    folder: Path
    workspace: Path
    report: Path
    charts: tuple[Path, ...]
    files: int
    rows: int
    values: int
    computed: tuple[str, ...]
    trends: int
    impacts: int
    refused: int

    def as_dict(self) -> dict[str, object]:
        """The outcome as data; paths as written."""
        return {
            "folder": str(self.folder),
            "workspace": str(self.workspace),
            "report": str(self.report),
            "charts": [str(path) for path in self.charts],
            "files_imported": self.files,
            "rows_read": self.rows,
            "observations": self.values,
            "indicators": list(self.computed),
            "trends": self.trends,
            "impacts": self.impacts,
            "refused": self.refused,
        }


def summary(outcome: DemoOutcome) -> list[tuple[str, dict[str, object]]]:
    """What was done, as templates with their fields."""
    return [
        (
            N_(
                "Imported {files} files with {rows} rows: {values} values, every cell accounted for."
            ),
            {"files": outcome.files, "rows": outcome.rows, "values": outcome.values},
        ),
        (
            C_(
                "Computed {count} indicator with its ranges.",
                "Computed {count} indicators with their ranges.",
            ),
            {"count": len(outcome.computed)},
        ),
        (
            N_("Read {trends} trends and {impacts} events; {refused} times the data cannot tell."),
            {"trends": outcome.trends, "impacts": outcome.impacts, "refused": outcome.refused},
        ),
        (N_("Project: {path}"), {"path": str(outcome.workspace)}),
        (N_("Report:  {path}"), {"path": str(outcome.report)}),
        (
            N_("Charts:  {path} ({count} pictures)"),
            {"path": str(outcome.folder / CHARTS), "count": len(outcome.charts)},
        ),
    ]


def build_project(path: Path, progress: Progress = SILENT) -> tuple[Workspace, int, int]:
    """A new project with the sample country, open; number of files and rows imported.

    Raises:
        StoreError: the file exists already or cannot be written.
    """
    from sample_data import valdoria

    made = workspace.create(
        path,
        area=valdoria.AREA,
        title=i18n.local(valdoria.regions()[0].names),
        country_format=i18n.country_format(),
        fictitious=True,
    )
    try:
        _enter_registers(made)
        deliveries = valdoria.deliveries()
        rows = 0
        for done, delivery in enumerate(deliveries):
            progress.report(done, len(deliveries) + 1, N_("Importing the files of the offices"))
            rows += _import(made, valdoria.folder(), delivery)
        progress.report(
            len(deliveries), len(deliveries) + 1, N_("Entering what the office derives")
        )
        rows += _enter_derived(made)
    except BaseException:
        made.close()
        path.unlink(missing_ok=True)
        raise
    return made, len(deliveries) + len(valdoria.releases()), rows


def _enter_registers(ws: Workspace) -> None:
    from sample_data import valdoria
    from workbench.services import events, packs

    packs.install(ws, valdoria.national_pack(), name="valdoria", by=AUTHOR)
    regions = valdoria.regions()
    successors = {
        region.predecessor: (region.code, region.valid_from.code, region.predecessor_share)
        for region in regions
        if region.predecessor and region.valid_from and region.predecessor_share is not None
    }
    rows = [
        observations.AreaRow(
            code=region.code,
            parent=region.parent,
            level=region.level,
            names=region.names,
            valid_from=region.valid_from.code if region.valid_from else None,
            valid_to=region.valid_to.code if region.valid_to else None,
            successors=(successors[region.code],) if region.code in successors else (),
        )
        for region in regions
    ]
    observations.define_areas(ws, rows, by=AUTHOR)
    for event in valdoria.events():
        events.add_event(ws, event, by=AUTHOR)
    for entry in valdoria.breaks():
        events.add_break(ws, entry, by=AUTHOR)


def _import(ws: Workspace, folder: Path, delivery: Delivery) -> int:
    observations.define_dataset(
        ws,
        delivery.dataset,
        publisher=i18n.local(delivery.publisher),
        licence=delivery.licence,
        fictitious=True,
        by=AUTHOR,
    )
    outcome = imports.accept(ws, folder / delivery.file, dataset=delivery.dataset, author=AUTHOR)
    return outcome.report.rows_read


def _enter_derived(ws: Workspace) -> int:
    """Inputs that an office makes from its own files: revisions, actions, hidden population."""
    from sample_data import valdoria
    from workbench.services import revisions, tracker

    last = observations.variables(ws)[0].last.year
    rows = 0
    for path in valdoria.releases():
        outcome = imports.accept(ws, path, dataset=RELEASES, author=AUTHOR)
        rows += outcome.report.rows_read
    revisions.publish_revisions(ws, RELEASES, "vic_detected", by=AUTHOR)
    tracker.publish_tracker(ws, last=last, by=AUTHOR)
    _enter_hidden_population(ws, valdoria.folder() / "lists_2022.csv", Period.of_year(2022))
    return rows


def _enter_hidden_population(ws: Workspace, lists: Path, period: Period) -> None:
    """The estimate from three lists, with its range, as an entry that names its model."""
    from workbench.services import entry, prevalence

    found = prevalence.prevalence(lists, lists=("POL", "NGO", "LAB"), terms=("POL*NGO",))
    if isinstance(found, Refusal):
        return
    cell = entry.TypedCell(
        variable="prev_est",
        area=ws.settings.area,
        period=period,
        value=round(found.estimate),
        low=round(found.low),
        high=round(found.high),
        flags=Flags.E,
        unit="persons",
    )
    note = f"{lists.name}: {found.method} {found.method_version}, {', '.join(found.terms)}"
    entry.enter(ws, [cell], dataset="estimates", author=AUTHOR, note=note)


def run(folder: Path, *, progress: Progress = SILENT) -> DemoOutcome:
    """Build the project, compute, fit, draw and write the report.

    An earlier tour in the folder is replaced; a project that a person worked in is not.

    Args:
        folder: receives the project, the report and the folder of charts; made when missing.
        progress: told after each step.

    Raises:
        UserFileError: the folder cannot be written, or its project was worked in.
        StoreError: the project is open elsewhere.
    """
    target = folder / PROJECT
    _prepare(folder, target)
    draft = folder / f".{secrets.token_hex(4)}.tipw"
    ws, files, rows = build_project(draft, progress)
    try:
        with ws:
            progress.report(1, 3, N_("Computing indicators, trends and events"))
            computed = indicator_service.compute(ws, indicator_service.computable(ws))
            findings = _findings(ws)
            values = sum(row.observations for row in observations.datasets(ws))
            progress.report(2, 3, N_("Drawing charts and writing the report"))
            document = report(ws, computed, findings)
            charts = _draw(ws, folder / CHARTS, findings)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    reports.write_report(document, folder / REPORT)
    answered = [finding for finding in findings if finding.words is not None]
    return DemoOutcome(
        folder=folder,
        workspace=target,
        report=folder / REPORT,
        charts=charts,
        files=files,
        rows=rows,
        values=values,
        computed=tuple(dict.fromkeys(series.code for series in computed if _has_values(series))),
        trends=sum(finding.kind == "trend" for finding in answered),
        impacts=sum(finding.kind == "impact" for finding in answered),
        refused=sum(finding.refused for finding in findings),
    )


def _has_values(series: IndicatorSeries) -> bool:
    return any(value.value is not None for value in series.values)


def _prepare(folder: Path, target: Path) -> None:
    try:
        (folder / CHARTS).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UserFileError(
            N_("The folder “{name}” cannot be made."),
            detail=N_("The system says: {reason}."),
            path=folder,
            reason=system_reason(fault),
        ) from fault
    if not target.exists():
        return
    with workspace.open_workspace(target) as earlier:
        own = {"", AUTHOR}
        if any(
            row.by not in own or row.action not in MADE_BY_TOUR for row in history.history(earlier)
        ):
            raise UserFileError(
                N_("“{name}” was worked in since the tour made it, so it is not replaced."),
                hint=N_("Choose another folder with --out."),
                path=target,
            )


MADE_BY_TOUR = frozenset(
    {
        "create",
        "define_areas",
        "define_dataset",
        "install_pack",
        "add_event",
        "add_break",
        "import",
        "entry",
        "publish_tracker",
    }
)


def _findings(ws: Workspace) -> list[Finding]:
    """Trends, impacts and plain indicators with their pictures and words."""
    from workbench.services import analysis, pictures

    found = []
    for code in TRENDS:
        answer = analysis.trend(ws, code, ws.settings.area)
        found.append(
            Finding(
                kind="trend",
                code=code,
                name=i18n.local(answer.subject.name),
                pillar=pictures.pillar(answer.subject),
                chart=pictures.trend_chart(ws, answer),
                words=pictures.trend_words(answer),
                refused=isinstance(answer.result, Refusal),
            )
        )
    for code, event in IMPACTS:
        after = analysis.impact(ws, code, ws.settings.area, event)
        found.append(
            Finding(
                kind="impact",
                code=code,
                name=i18n.message(
                    N_("{name}, before and after: {event}"),
                    {
                        "name": i18n.local(after.subject.name),
                        "event": i18n.local(after.event.name),
                    },
                ),
                event=event,
                pillar=pictures.pillar(after.subject),
                chart=pictures.impact_chart(ws, after),
                words=pictures.impact_words(after),
                refused=isinstance(after.result, Refusal),
            )
        )
    for series in indicator_service.compute(ws, PICTURES):
        entry = indicator_service.definition(series.code, ws)
        chart = pictures.indicator_chart(ws, series)
        found.append(
            Finding(
                kind="indicator",
                code=series.code,
                name=i18n.local(entry.name),
                pillar=entry.pillar,
                chart=chart,
            )
        )
    return found


def _draw(ws: Workspace, folder: Path, findings: Sequence[Finding]) -> tuple[Path, ...]:
    for old in folder.glob("*.svg"):
        old.unlink()
    paths = []
    for finding in findings:
        parts = (finding.kind, finding.code, finding.event)
        name = safe_name("-".join(part for part in parts if part)).lower()
        paths.append(reports.write_chart(ws, finding.chart, folder / f"{name}.svg", public=True))
    return tuple(paths)
