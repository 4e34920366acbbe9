"""What a write altered, and the sentences of the history that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.errors import C_

# The history keeps templates. They stand here, so that whoever reads an old entry also knows the
# singular, without the service that wrote it.
AREAS_ENTERED = C_("Entered {count} area", "Entered {count} areas")
BOUNDARIES_READ = C_(
    "Boundaries of {count} area from “{file}”", "Boundaries of {count} areas from “{file}”"
)
CHECKLIST_ANSWERED = C_(
    "Answered {count} item of the checklist: {name}",
    "Answered {count} items of the checklist: {name}",
)
FINDINGS_ACCEPTED = C_("Accepted {count} finding: {reason}", "Accepted {count} findings: {reason}")
FINDINGS_PUT_OFF = C_("Put off {count} finding", "Put off {count} findings")
FINDINGS_REOPENED = C_("Reopened {count} finding", "Reopened {count} findings")
TOTALS_ADDED = C_(
    "Added up {count} total of “{variable}” over {over}",
    "Added up {count} totals of “{variable}” over {over}",
)
TRACKER_ENTERED = C_(
    "Entered {count} number of the tracker up to {year}",
    "Entered {count} numbers of the tracker up to {year}",
)
VALUES_TYPED = C_(
    "Typed {count} value into the source “{source}”",
    "Typed {count} values into the source “{source}”",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one user action altered, returned by every service that writes.

    Attributes:
        id: number in the journal.
        action: coded action such as ``import``, ``correct``, ``add_event``, ``purge``.
        text: English template of the sentence in the history.
        variables: codes of the variables whose content changed.
        data: fields of the template and further facts (``vintage``).
    """

    id: int
    action: str
    text: str
    variables: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
