"""What a write altered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
