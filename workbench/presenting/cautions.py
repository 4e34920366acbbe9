"""Remarks that stand beside a result, with a short heading each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.errors import N_, Note, Severity
from workbench import i18n
from workbench.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A remark as a card shows it.

    Attributes:
        code: stable identifier.
        title: two or three words.
        text: whole sentences.
        severity: note, warn or stop.
    """

    code: str
    title: str
    text: str
    severity: Severity = Severity.NOTE


TITLES: Mapping[str, str] = {
    "few_points": N_("Few years"),
    "rests_on_provisional": N_("Provisional year"),
    "provisional": N_("Provisional"),
    "fitted_from_break": N_("New way of counting"),
    "crosses_break": N_("Break in the series"),
    "small_denominator": N_("Small numbers"),
    "small_numbers": N_("Small numbers"),
    "autocorrelation": N_("Years resemble their neighbours"),
    "population_jump": N_("Jump in the population"),
    "censored_left_out": N_("Years left out"),
    "phase_in_left_out": N_("Periods left out"),
    "rival_events": N_("Other events"),
    "few_placebos": N_("Few false dates"),
    "break_near_event": N_("Break near the event"),
    "date_from_data": N_("Date taken from the data"),
    "open_cohort": N_("Cases still open"),
    "definition_differs": N_("Definition differs"),
    "low_reliability": N_("Not reliable"),
    "missing_input": N_("Input missing"),
    "bend_hidden_provisional": N_("Provisional year"),
    "fewer_bends_allowed": N_("Few years"),
    "loose_rule": N_("Rule for changes of pace"),
    "short_segment": N_("Short stretch"),
    "bend_near_end": N_("Change near the end"),
    "bend_from_few_years": N_("Few years"),
    "check_counting_first": N_("Ask about the counting"),
    "bend_fits_as_well": N_("Step or change of pace"),
    "range_censored": N_("Suppressed values"),
    "range_missing": N_("Missing values"),
    "unclear_in_family": N_("Many looked at together"),
    "share_on_log_scale": N_("Percent of a percentage"),
    "forecast_of_detections": N_("Detections, not victims"),
    "loses_to_no_change": N_("Not drawn"),
    "band_too_narrow": N_("Band too narrow"),
    "starts_provisional": N_("Provisional year"),
    "noise_unclear": N_("Noise"),
    "detection": N_("Detection is not the whole crime"),
}
"""Headings by code; a remark with another code gets the heading of its severity."""
_BY_SEVERITY = {
    Severity.NOTE: N_("Note"),
    Severity.WARN: N_("Caution"),
    Severity.STOP: N_("Do not use yet"),
}


def caution_of(note: Note) -> Caution:
    """A remark with its heading."""
    title = TITLES.get(note.code, _BY_SEVERITY[note.severity])
    return Caution(
        code=note.code, title=_(title), text=i18n.note_text(note), severity=note.severity
    )


def warnings_of(notes: Sequence[Note]) -> tuple[Caution, ...]:
    """The remarks of a result; grave ones first, each once."""
    order = (Severity.STOP, Severity.WARN, Severity.NOTE)
    ranked = sorted(notes, key=lambda note: order.index(note.severity))
    return tuple(dict.fromkeys(caution_of(note) for note in ranked))


def detection_caution(effort: str = "") -> tuple[Caution, ...]:
    """The fixed caution of everything that detection moves.

    Args:
        effort: series to look at beside it ("labour inspections"); may be empty.
    """
    text = _("More identified victims can mean more trafficking, or better detection.")
    if effort:
        text = i18n.message(
            N_(
                "More identified victims can mean more trafficking, or better detection. Look at it together with {effort}."
            ),
            {"effort": effort},
        )
    title = _(TITLES["detection"])
    return (Caution(code="detection", title=title, text=text, severity=Severity.WARN),)
