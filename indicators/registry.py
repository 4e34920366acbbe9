"""A named list of things that menus, tests, documents and the command line all walk."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from indicators.errors import N_, IndicatorsError


class Named(Protocol):
    """Anything with an identifier."""

    @property
    def id(self) -> str:
        """The name under which it is found."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Things by name, in the order menus show; a double name is refused.

    Args:
        subject: what the things are, for messages ("trend model").
        entries: the things.

    Raises:
        IndicatorsError: two entries have one name.
    """

    def __init__(self, subject: str, entries: Iterable[T]) -> None:
        self.subject = subject
        self._entries: dict[str, T] = {}
        for entry in entries:
            if entry.id in self._entries:
                raise IndicatorsError(
                    N_("The {subject} “{name}” is registered twice."),
                    subject=subject,
                    name=entry.id,
                )
            self._entries[entry.id] = entry

    def __getitem__(self, name: str) -> T:
        """The thing of that name; a miss answers with the nearest name."""
        if name in self._entries:
            return self._entries[name]
        near = difflib.get_close_matches(name, self._entries, n=1)
        raise IndicatorsError(
            N_("There is no {subject} “{name}”."),
            hint=N_("Did you mean “{near}”?") if near else N_("Known names: {known}."),
            subject=self.subject,
            name=name,
            near=near[0] if near else "",
            known=", ".join(self._entries),
        )

    def __iter__(self) -> Iterator[T]:
        """The things in menu order."""
        return iter(self._entries.values())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        """Whether a thing of that name is registered."""
        return name in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """All names in menu order."""
        return tuple(self._entries)
