"""A thing about a file that only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A thing only a person can decide.

    Attributes:
        code: kind of the question.
        data: fields of its sentence.
    """

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
