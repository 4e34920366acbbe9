"""What an import would change in its source, in words; called in workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.viewmodels.import_state import ReportLine

if TYPE_CHECKING:
    from workbench.services.import_differences import ChangedValue, ImportDifferences
    from workbench.services.workspace import Workspace


def difference_fields(ws: Workspace, found: ImportDifferences | None) -> dict[str, Any]:
    """The fields of ``Trial`` about the source; none when there is nothing to compare."""
    from ui.viewmodels.data_grid import Names
    from workbench.i18n import _
    from workbench.services import observations

    if found is None:
        return {}
    publisher = {row.code: row.publisher for row in observations.datasets(ws)}
    names = Names(ws)
    return {
        "source": publisher.get(found.dataset) or found.dataset,
        "differences": (
            ReportLine(text=_("new values"), count=found.new),
            ReportLine(text=_("changed values"), count=found.changed),
            ReportLine(text=_("same as before"), count=found.same),
            ReportLine(text=_("no longer in the file"), count=found.gone),
        ),
        "changes": tuple(_change(one, names) for one in found.examples),
    }


def _change(one: ChangedValue, names: Any) -> tuple[str, str, str]:
    from workbench.i18n import period_text

    parts = [
        names.variable(one.variable),
        names.area(one.area),
        period_text(one.period, short=True),
    ]
    if one.breakdown.dims:
        parts.append(names.cut(one.breakdown))
    return ", ".join(parts), _number(one.was, one.was_range), _number(one.now, one.now_range)


def _number(value: float | None, bounds: tuple[float, float] | None) -> str:
    from workbench.i18n import _, number

    if value is not None:
        return number(value)
    if bounds is not None:
        return f"{number(bounds[0])}–{number(bounds[1])}"
    return _("no value")
