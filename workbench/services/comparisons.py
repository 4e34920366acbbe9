"""The series an impact is compared with: other areas, or other indicators and inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from indicators.errors import N_
from indicators.model.series import Series
from workbench.errors import WorkbenchError
from workbench.services.subjects import Subject, subject

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace

OTHERS = "others"
"""Stands for all other areas of the same level."""
Cut = Callable[[Series], Series]
Exposure = Callable[[Subject, Series], Series | None]


def beside(
    ws: Workspace,
    looked_at: Subject,
    *,
    controls: Sequence[str],
    treated: Sequence[str],
    cut: Cut,
    exposure: Exposure,
    dataset: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Mapping[str, object]:
    """The series without the event, and further ones with it.

    Args:
        ws: open project.
        looked_at: the series that the event touched.
        controls: area codes, or codes of indicators or inputs; ``others`` for all other areas of
            the same level.
        treated: further areas that the event touched.
        cut: keeps the window asked for.
        exposure: population of a series, or None.
        dataset: only source of an input.
        parameters: of the indicator's formula.

    Returns:
        Keywords of the design's ``fit``.

    Raises:
        WorkbenchError: no series to compare with is named, or a code is unknown.
    """
    names = _expanded(ws, looked_at, controls, treated)
    if not names:
        raise WorkbenchError(
            N_("Name at least one area or code to compare with."),
            hint=N_("Give --control once for each of them, or --control others."),
        )

    def found(name: str) -> tuple[Series, Series | None]:
        other = _subject(ws, looked_at, name, dataset, parameters)
        series = cut(_fitted(other, whole=looked_at.counts is not None))
        return series, exposure(other, series)

    without = [pair for name in names for pair in (found(name),) if pair[0].periods]
    also = [pair for name in treated for pair in (found(name),) if pair[0].periods]
    return {
        "controls": tuple(series for series, _ in without),
        "control_populations": tuple(people for _, people in without),
        "treated": tuple(series for series, _ in also),
        "treated_populations": tuple(people for _, people in also),
    }


def _fitted(other: Subject, *, whole: bool) -> Series:
    return other.counts if whole and other.counts is not None else other.series


def _expanded(
    ws: Workspace, looked_at: Subject, controls: Sequence[str], treated: Sequence[str]
) -> tuple[str, ...]:
    from workbench.services import observations

    names: list[str] = []
    for name in controls:
        if name != OTHERS:
            names.append(name)
            continue
        rows = {row.code: row for row in observations.areas(ws)}
        level = rows[looked_at.area].level if looked_at.area in rows else None
        names += [code for code, row in rows.items() if row.level == level]
    with_event = {looked_at.area, *treated}
    return tuple(name for name in dict.fromkeys(names) if name not in with_event)


def _subject(
    ws: Workspace,
    looked_at: Subject,
    name: str,
    dataset: str | None,
    parameters: Mapping[str, str] | None,
) -> Subject:
    """The same code in another area, or another code in the same area."""
    from workbench.services import observations

    is_area = name in {row.code for row in observations.areas(ws)}
    periods = looked_at.series.periods
    frequencies = (periods[0].frequency,) if periods else ()
    return subject(
        ws,
        looked_at.code if is_area else name,
        name if is_area else looked_at.area,
        looked_at.breakdown,
        dataset=dataset,
        parameters=parameters,
        **({"frequencies": frequencies} if frequencies else {}),  # type: ignore[arg-type]
    )
